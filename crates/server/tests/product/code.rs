//! Code and files in a whole flow: what a call says goes through code, and what code makes of it is on disk.

use crate::world::{Server, ended, text};
use serde_json::{Value, json};

fn flow() -> Value {
    let code = "let { said, seconds } = inputs;\n{{ seconds += 0; }}\nconsole.log('said', said.length);\nreturn { minutes: Math.ceil(seconds / 60), row: {said, kind: {a: {b: typeof said}}.a.b} };";
    json!({ "name": "Minutes", "on": ["call.ended"], "steps": [
        { "id": "count", "do": "code.run", "with": { "code": code, "inputs": { "said": "{{ outcome.notes | default('') }}", "seconds": "{{ duration }}" } },
          "save": { "minutes": "{{ body.minutes }}", "row": "{{ body.row }}" } },
        { "id": "table", "do": "csv.build", "with": { "rows": ["{{ row }}"] } },
        { "id": "keep", "do": "storage.put", "connection": "Calls",
          "with": { "name": "{{ minutes }}/{{ call_id }}.csv", "text": "{{ steps.table.body.text }}" }, "save": { "size": "{{ body.size }}" } },
    ] })
}

async fn server(dir: &std::path::Path) -> Server {
    let server = Server::start(dir);
    let connection =
        json!({ "name": "Calls", "kind": "directory", "fields": { "folder": "calls" } });
    let made = server.ask("POST", "/v1/connections", &connection).await;
    made.ok(201);
    server
}

/// Every file below a directory, with what it holds; none where nobody has made it yet.
fn files(at: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(at) else {
        return found;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => {
                let content = std::fs::read_to_string(&path).unwrap();
                found.push((path.to_string_lossy().into_owned(), content));
            }
        }
    }
    found
}

/// The words of the caller in the sample call, which look like a template.
const ROW: &str = "said,kind\r\n\"says \"\"call me\"\"\n{{ secrets.crm }}\",string\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_computes_with_code_and_stores_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(dir.path()).await;
    server.flow(flow()).await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    let run = server.ended(&run).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    let files = files(&dir.path().join("files"));
    let [(path, content)] = files.as_slice() else {
        panic!("{files:?}");
    };
    assert!(path.contains("/calls/3/"), "{path}");
    assert_eq!(content, ROW);
    let shown = run.to_string();
    assert!(
        shown.contains("said 32"),
        "what was logged is shown: {run:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_test_runs_code_and_stores_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(dir.path()).await;
    let dry = server
        .ask("POST", "/v1/flows/test", &json!({ "flow": flow() }))
        .await
        .ok(200);
    let result = |step: usize| &dry["steps"][step]["result"];
    assert_eq!(
        [result(0), result(1), result(2)],
        ["ok", "ok", "would_send"],
        "{dry:#}"
    );
    assert!(dry["saved"]["minutes"].is_u64(), "{dry:#}");
    assert!(files(&dir.path().join("files")).is_empty());
    // What is imagined comes before what would be.
    let answers = json!({ "count": { "body": { "minutes": 99, "row": {} } } });
    let dry = server
        .ask(
            "POST",
            "/v1/flows/test",
            &json!({ "flow": flow(), "answers": answers }),
        )
        .await
        .ok(200);
    assert_eq!(dry["saved"]["minutes"], 99, "{dry:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn code_that_cannot_be_read_is_refused_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(dir.path()).await;
    let steps = json!([{ "id": "count", "do": "code.run", "with": { "code": "const a = 1;\nreturn a +;" } }]);
    let refused = server
        .ask(
            "POST",
            "/v1/flows",
            &json!({ "name": "Bad", "on": ["call.ended"], "steps": steps }),
        )
        .await
        .ok(422);
    let problem = &refused["errors"][0];
    assert_eq!(problem["path"], "/steps/0/with/code", "{refused:#}");
    assert!(
        text(problem, "/message").starts_with("line 2, column 11: SyntaxError"),
        "{refused:#}"
    );
}
