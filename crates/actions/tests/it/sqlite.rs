//! `sql.*` in SQLite files: only below the directory that is meant for them, each workspace in a folder of its own.

use crate::sql::{run, sql};
use crate::world::{Workspace, failure, step};
use actions::{Actions, Config, World};
use kernel::run::Retriable;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

fn world(directory: &Path) -> World {
    World::new(Config {
        files: Some(directory.to_owned()),
        ..Config::default()
    })
}

fn office(file: &str) -> Workspace {
    Workspace {
        connection: Some(("CRM", "sqlite", json!({ "file": file }))),
        ..Workspace::default()
    }
}

async fn set_up(world: &World, office: &Workspace) {
    let create = "create table leads (id integer primary key, phone text unique, hot int)";
    run(world, office, "sql.execute", sql(&[create], json!([])))
        .await
        .result
        .unwrap();
}

#[tokio::test]
async fn a_file_is_read_and_written() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("crm.db"), "").unwrap();
    let (world, office) = (world(dir.path()), office("crm.db"));
    set_up(&world, &office).await;
    let lead = json!({ "table": "leads", "rows": [{ "phone": "+1'; drop table leads; --", "hot": true }, { "phone": "2", "hot": null }],
        "on_conflict": "update", "keys": ["phone"], "returning": "id, hot" });
    let output = run(&world, &office, "sql.insert", lead)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body,
        json!({ "count": 2, "rows": [{ "id": 1, "hot": 1 }, { "id": 2, "hot": null }], "insert_id": 2 })
    );
    let change = json!({ "table": "leads", "set": { "hot": false }, "where": { "phone": "+1'; drop table leads; --" } });
    assert_eq!(
        run(&world, &office, "sql.update", change)
            .await
            .result
            .unwrap()
            .body["count"],
        1
    );
    let found = sql(
        &["select phone, hot from leads where phone = ", ""],
        json!(["+1'; drop table leads; --"]),
    );
    let outcome = run(&world, &office, "sql.query", found).await;
    assert_eq!(outcome.exchange.unwrap().request.url, "sqlite:crm.db");
    assert_eq!(
        outcome.result.unwrap().body["rows"],
        json!([{ "phone": "+1'; drop table leads; --", "hot": 0 }])
    );
    let verdict = world.try_connection(office.take(), &office).await;
    assert_eq!(
        (verdict.works, &*verdict.message),
        (Some(true), "`crm.db` is an SQLite database with one table")
    );
}

#[tokio::test]
async fn nothing_outside_of_the_directory_is_reached() {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    std::fs::create_dir(&files).unwrap();
    for path in [dir.path().join("switchhook.db"), files.join("crm.db")] {
        std::fs::write(path, "").unwrap();
    }
    std::os::unix::fs::symlink(dir.path().join("switchhook.db"), files.join("link.db")).unwrap();
    let world = world(&files);
    for file in [
        "../switchhook.db",
        "link.db",
        "/etc/passwd",
        "..",
        "gone.db",
        "file:crm.db",
        ":memory:",
    ] {
        let office = office(file);
        let refused =
            failure(run(&world, &office, "sql.query", sql(&["select 1"], json!([]))).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("sql_refused", Retriable::No),
            "{file}: {}",
            refused.message
        );
        assert_eq!(
            world.try_connection(office.take(), &office).await.works,
            Some(false),
            "{file}"
        );
    }
    let attach = format!(
        "attach '{}' as o",
        dir.path().join("switchhook.db").display()
    );
    for text in [
        &*attach,
        "pragma journal_mode = off",
        "vacuum into 'x.db'",
        "commit",
    ] {
        let refused = failure(
            run(
                &world,
                &office("crm.db"),
                "sql.execute",
                sql(&[text], json!([])),
            )
            .await,
        );
        assert_eq!(refused.code, "sql_refused", "{text}: {}", refused.message);
    }
    let problems = actions::check_connection(
        "sqlite",
        json!({ "file": "../x.db" }).as_object().unwrap(),
        &[],
    );
    assert_eq!(problems[0].path, "/file");
    let none = World::new(Config::default());
    let refused = failure(
        run(
            &none,
            &office("crm.db"),
            "sql.query",
            sql(&["select 1"], json!([])),
        )
        .await,
    );
    assert!(refused.message.contains("--files"), "{}", refused.message);
}

#[tokio::test]
async fn a_statement_without_end_is_stopped_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("crm.db"), "").unwrap();
    let (world, office) = (world(dir.path()), office("crm.db"));
    set_up(&world, &office).await;
    let endless = "with recursive r(n) as (select 1 union all select n + 1 from r)";
    for (action, text, code, retry) in [
        (
            "sql.query",
            format!("{endless} select count(*) from r"),
            "timeout",
            Retriable::Yes,
        ),
        (
            "sql.execute",
            format!("{endless} insert into leads (id) select n from r"),
            "timeout",
            Retriable::Yes,
        ),
        (
            "sql.query",
            format!("{endless} select n from r"),
            "output_too_large",
            Retriable::No,
        ),
        (
            "sql.query",
            "select hex(zeroblob(100000000))".to_owned(),
            "output_too_large",
            Retriable::No,
        ),
    ] {
        let mut step = step(action, sql(&[&text], json!([])));
        step.timeout = Duration::from_secs(1);
        let refused = failure(world.perform(&step, &office).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, retry),
            "{text}: {}",
            refused.message
        );
    }
    let left = run(
        &world,
        &office,
        "sql.query",
        sql(&["select count(*) as n from leads"], json!([])),
    )
    .await;
    assert_eq!(left.result.unwrap().body["rows"], json!([{ "n": 0 }]));
}

#[tokio::test]
async fn one_workspace_does_not_take_all_places_for_files() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("crm.db"), "").unwrap();
    let (world, office) = (world(dir.path()), office("crm.db"));
    let endless =
        "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r";
    let lasting = |seconds: f64| {
        let mut step = step("sql.query", sql(&[endless], json!([])));
        step.timeout = Duration::from_secs_f64(seconds);
        step
    };
    let (one, two, three) = (lasting(2.0), lasting(2.0), lasting(0.3));
    let (one, two, three) = tokio::join!(
        world.perform(&one, &office),
        world.perform(&two, &office),
        world.perform(&three, &office)
    );
    let codes = [one, two, three].map(|outcome| failure(outcome).code);
    assert_eq!(codes, ["timeout", "timeout", "busy"]);
}
