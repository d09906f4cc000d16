//! Databases of a workspace's own, by the real binary: a caller is looked up, the flow branches, a row is kept; and what a
//! caller says is a value in them, never a statement.

use crate::world::{Server, command, ended, text};
use serde_json::{Value, json};

const NASTY: &str = "Robert'); drop table calls; -- {{ secrets.crm }}";

async fn connect(server: &Server, name: &str, kind: &str, fields: Value) -> String {
    let connection = json!({ "name": name, "kind": kind, "fields": fields });
    let made = server.ask("POST", "/v1/connections", &connection).await;
    text(&made.ok(201), "/id")
}

async fn tried(server: &Server, connection: &str) -> Value {
    let path = format!("/v1/connections/{connection}/test");
    server.ask("POST", &path, &Value::Null).await.ok(200)
}

fn flow() -> Value {
    json!({ "name": "known", "on": ["call.ended"], "steps": [
        { "id": "find", "do": "sql.query", "connection": "CRM",
          "with": { "sql": "select id, tier from customers where phone = {{ customer_number }}" },
          "save": { "customer": "{{ body.rows[0] }}" } },
        { "id": "known", "if": "steps.find.body.count == 1",
          "then": [
            { "id": "log", "do": "sql.insert", "connection": "CRM", "with": { "table": "calls", "returning": "id",
              "values": { "customer": "{{ customer.id }}", "call": "{{ call_id }}", "at": "{{ ended_at }}", "seconds": "{{ duration }}",
                          "summary": "{{ summary }}", "outcome": "{{ outcome }}" } }, "save": { "log_id": "{{ body.rows[0].id }}" } },
            { "id": "mark", "do": "sql.update", "connection": "CRM",
              "with": { "table": "customers", "set": { "last_call": "{{ log_id }}" }, "where": { "id": "{{ customer.id }}" } } }],
          "else": [
            { "id": "add", "do": "sql.execute", "connection": "CRM",
              "with": { "sql": "insert into customers (phone, tier) select {{ customer_number }}, 'new' where not exists (select 1 from customers where phone = {{ customer_number }})" } }] }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_is_looked_up_and_a_row_is_kept_whatever_was_said() {
    let dir = tempfile::tempdir().unwrap();
    let database = lab::database();
    lab::sql(&database, "create table customers (id int primary key generated always as identity, phone text unique, tier text, last_call int);
        create table calls (id int primary key generated always as identity, customer int, call text, at timestamptz, seconds int, summary text, outcome jsonb);
        insert into customers (phone, tier) values ('+15550101', 'gold')").unwrap();
    let server = Server::start(dir.path());
    let url = database.trim_start_matches("postgres://switchhook@");
    let (address, name) = url.split_once('/').unwrap();
    let (host, port) = address.split_once(':').unwrap();
    let port: u16 = port.parse().unwrap();
    let fields = json!({ "host": host, "port": port, "database": name, "user": "switchhook", "password": "canary-password", "tls": "off" });
    let connection = connect(&server, "CRM", "postgres", fields).await;
    let verdict = tried(&server, &connection).await;
    assert_eq!(verdict["works"], true, "{verdict}");
    let body = json!({ "flow": flow() });
    let dry = server.ask("POST", "/v1/flows/test", &body).await.ok(200);
    let shown = &dry["steps"][0]["request"];
    assert_eq!(
        shown["body"], "select id, tier from customers where phone = $1",
        "{dry:#}"
    );
    assert_eq!(
        lab::sql(&database, "select count(*) from customers").unwrap(),
        "1"
    );

    server.flow(flow()).await;
    let mut event = ended("c-1");
    event["call"]["analysis"]["summary"] = NASTY.into();
    let answer = server.send(&event).await;
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    assert!(!run.to_string().contains("canary"), "{run:#}");
    let kept = lab::sql(&database, "select customer, seconds, summary, at = '2026-11-20T17:30:05Z', outcome->>'budget', last_call = calls.id
        from calls join customers on customer = customers.id").unwrap();
    assert_eq!(kept, format!("1|125|{NASTY}|t|5000|t"));

    let mut stranger = ended("c-2");
    stranger["call"]["to"] = "+15550199".into();
    let answer = server.send(&stranger).await;
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    let tiers = lab::sql(&database, "select tier from customers order by id").unwrap();
    assert_eq!(tiers, "gold\nnew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_lies_in_its_workspaces_folder_and_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    let data = dir.path().join("data");
    let mut started = command(&data);
    started.arg("--files").arg(&files);
    let server = Server::spawn(started).unwrap();
    let connection = connect(&server, "Notes", "sqlite", json!({ "file": "notes.db" })).await;
    let verdict = tried(&server, &connection).await;
    let message = verdict["message"].as_str().unwrap();
    assert!(
        verdict["works"] == false && message.contains("there is no file `notes.db`"),
        "{message}"
    );
    let folder = message
        .split('`')
        .find(|part| part.starts_with("ws_"))
        .unwrap();
    std::fs::create_dir_all(files.join(folder)).unwrap();
    for place in [files.join(folder), files.clone()] {
        std::fs::write(place.join("notes.db"), "").unwrap();
    }
    assert_eq!(tried(&server, &connection).await["works"], true);
    let outside = json!({ "name": "Other", "kind": "sqlite", "fields": { "file": "../notes.db" } });
    let refused = server.ask("POST", "/v1/connections", &outside).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    server
        .flow(json!({ "name": "notes", "on": ["call.ended"], "steps": [
            { "id": "table", "do": "sql.execute", "connection": "Notes", "with": { "sql": "create table if not exists notes (id integer primary key, note text)" } },
            { "id": "note", "do": "sql.insert", "connection": "Notes", "with": { "table": "notes", "values": { "note": "{{ summary }}" } } },
            { "id": "read", "do": "sql.query", "connection": "Notes", "with": { "sql": "select note from notes" }, "save": { "note": "{{ body.rows[0].note }}" } }] }))
        .await;
    let mut event = ended("c-1");
    event["call"]["analysis"]["summary"] = NASTY.into();
    let answer = server.send(&event).await;
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    let last = run["entries"].as_array().unwrap().last().unwrap();
    assert_eq!(last["detail"]["note"], NASTY, "{run:#}");
    assert_eq!(std::fs::metadata(files.join("notes.db")).unwrap().len(), 0);
}

#[test]
fn a_directory_for_files_that_holds_the_data_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    for files in [&data, dir.path()] {
        let mut started = command(&data);
        started.arg("--files").arg(files);
        let output = started.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && said.contains("--files"),
            "{said}"
        );
    }
}
