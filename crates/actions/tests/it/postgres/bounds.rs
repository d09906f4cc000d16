//! Time, size and lines: what has no end is stopped, what waits is told so, what was lost is in doubt.

use super::*;

#[tokio::test]
async fn a_statement_without_end_and_an_answer_without_end_are_stopped() {
    let (world, office) = (open(), office("create table t (n int)"));
    what_has_no_end_is_stopped(&world, &office, &[("sql.query", "select pg_sleep(600)"), ("sql.execute", "insert into t select 1 from pg_sleep(600)"), ("sql.query", "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r")], &[("sql.query", "select repeat('x', 100000000) as big"), ("sql.query", "select repeat('x', 10000) as big from generate_series(1, 900)"), ("sql.query", "select a.n from generate_series(1, 30000) a(n), generate_series(1, 30000) b"), ("sql.execute", "insert into t select n from generate_series(1, 2000) n returning n")]).await;
    // Nor goes anything on behind our back, or is anything kept.
    let left = "select count(*) from pg_stat_activity where query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()";
    assert_eq!(rows(&world, &office, left).await, json!([{ "count": 0 }]));
    assert_eq!(
        rows(&world, &office, "select count(*) from t").await,
        json!([{ "count": 0 }])
    );
    let few = json!({ "sql": { "text": ["select n from generate_series(1, 9) n"], "values": [] }, "max_rows": 5 });
    let refused = failure(run(&world, &office, "sql.query", few).await);
    assert!(
        refused.message.contains("more than 5 rows"),
        "{}",
        refused.message
    );
}

#[tokio::test]
async fn steps_share_lines_and_wait_where_there_are_no_more() {
    let url = lab::database();
    let (world, office) = (open(), at(&url, json!({ "connections": 2 })));
    let ask = || {
        rows(
            &world,
            &office,
            "select pg_backend_pid() as pid from pg_sleep(0.1)",
        )
    };
    let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
    let mut pids: Vec<String> = [a, b, c, d]
        .iter()
        .map(|rows| rows[0]["pid"].to_string())
        .collect();
    pids.sort();
    pids.dedup();
    assert_eq!(pids.len(), 2, "{pids:?}");
    let outcome = run(&world, &office, "sql.query", sql(&["select 1"], json!([]))).await;
    assert!(outcome.exchange.unwrap().timing.reused);
    // A line that the server has closed is not used again.
    lab::sql(&url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'switchhook' and datname = current_database()").unwrap();
    assert_eq!(
        rows(&world, &office, "select 1 as n").await,
        json!([{ "n": 1 }])
    );
}

#[tokio::test]
async fn who_only_waited_for_a_line_is_told_so_and_may_try_again() {
    let (world, office) = (open(), at(&lab::database(), json!({ "connections": 1 })));
    let holds = step(
        "sql.query",
        sql(&["select 1 as n from pg_sleep(2)"], json!([])),
    );
    let mut waits = step("sql.execute", sql(&["select 1"], json!([])));
    waits.timeout = Duration::from_millis(300);
    let (held, waited) = tokio::join!(
        world.perform(&holds, &office),
        world.perform(&waits, &office)
    );
    held.result.unwrap();
    let waited = failure(waited);
    assert_eq!(
        (&*waited.code, waited.retry),
        ("busy", Retriable::Yes),
        "{}",
        waited.message
    );
    assert!(
        waited.message.contains("`connections`"),
        "{}",
        waited.message
    );
}

#[tokio::test]
async fn what_a_statement_holds_for_its_session_the_next_one_does_not_find() {
    let url = lab::database();
    let (world, office) = (open(), at(&url, json!({ "connections": 1 })));
    rows(&world, &office, "select pg_advisory_lock(7), set_config('statement_timeout', '1', false), set_config('search_path', 'x', false)").await;
    let set = sql(&["set search_path = y"], json!([]));
    run(&world, &office, "sql.execute", set)
        .await
        .result
        .unwrap();
    let text = "select current_setting('search_path') as path, (select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())) as locks";
    assert_eq!(
        rows(&world, &office, text).await,
        json!([{ "path": "\"$user\", public", "locks": 0 }])
    );
}

#[tokio::test]
async fn an_answer_to_commit_that_is_lost_leaves_the_result_unknown() {
    let dir = tempfile::tempdir().unwrap();
    let mut cluster =
        lab::Cluster::start_with(&dir.path().join("c"), lab::Options::set(&["fsync=off"])).unwrap();
    let url = cluster.url("postgres");
    let late = "create table t (n int primary key);
        create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(600); return null; end';
        create constraint trigger late after insert on t deferrable initially deferred for each row execute function wait();
        create table u (n int primary key references t deferrable initially deferred)";
    lab::sql(&url, late).unwrap();
    let (world, office) = (open(), at(&url, json!({})));
    // What the server refuses at the last moment is refused, and no doubt.
    let orphan = json!({ "table": "u", "values": { "n": 5 } });
    let refused = failure(run(&world, &office, "sql.insert", orphan).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("sql_refused", Retriable::No),
        "{}",
        refused.message
    );
    let mut step = step("sql.insert", json!({ "table": "t", "values": { "n": 1 } }));
    step.timeout = Duration::from_secs(60);
    let kill = async {
        let busy = "select count(*) from pg_stat_activity where query = 'commit' and wait_event = 'PgSleep'";
        while lab::sql(&url, busy).unwrap() == "0" {
            tokio::task::yield_now().await;
        }
        cluster.stop(lab::Mode::Kill).unwrap();
    };
    let (outcome, ()) = tokio::join!(world.perform(&step, &office), kill);
    nobody_knows(outcome);
}
