//! Forgetting a phone number: everything about it goes, on either store and to the last byte, runs that wait included; what is
//! about others stays, and a receipt says what was removed.

use crate::world::{ROOT, Receiver, Server, database, inbox, on_postgres, text, webhook};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const NUMBER: &str = "+14155550173";
const OTHER: &str = "+14155550199";

fn ended(call: &str, from: &str, to: &str) -> Value {
    json!({ "kind": "call.ended", "call": { "provider_call_id": call, "direction": "outbound", "from": from, "to": to,
        "status": "completed", "transcript": [{ "role": "customer", "text": format!("I am {to}, call me at {from}") }] } })
}

/// Where a text stands in what the store has on disk, after whatever it does to clean up by itself.
fn traces(data: &Path, number: &str) -> Vec<String> {
    if on_postgres() {
        let url = database(data);
        let tables = lab::sql(
            &url,
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
        )
        .unwrap();
        let hex: String = number.bytes().map(|byte| format!("{byte:02x}")).collect();
        let holds = |table: &&str| {
            let query = format!(
                "SELECT count(*) FROM {table} t WHERE t::text LIKE '%{number}%' OR t::text LIKE '%{hex}%'"
            );
            lab::sql(&url, &query).unwrap().trim() != "0"
        };
        return tables
            .lines()
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .filter(holds)
            .map(String::from)
            .collect();
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(data)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_file())
    {
        let bytes = std::fs::read(entry.path()).unwrap();
        if bytes
            .windows(number.len())
            .any(|window| window == number.as_bytes())
        {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found
}

fn digits(number: &str) -> &str {
    number.trim_start_matches('+')
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_about_a_number_goes_and_nothing_else_does() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start(dir.path());
    let receiver = Receiver::start(|_| (200, WAV)).await;
    server
        .ask("PUT", "/v1/settings/recordings", &json!({ "keep": "copy" }))
        .await
        .ok(200);
    server.flow(webhook(&receiver.url())).await;
    server
        .flow(json!({ "name": "later", "on": ["call.ended"], "steps": [{ "id": "w", "wait": { "for": "2 days" } }] }))
        .await;
    let contact = json!({ "phone": NUMBER, "first_name": "Ada" });
    let auth = format!("Bearer {ROOT}");
    let once = [
        ("authorization", auth.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", "k-1"),
    ];
    server
        .call("POST", "/v1/contacts", &once, contact.to_string())
        .await
        .unwrap()
        .ok(201);
    let other = json!({ "phone": OTHER, "columns": { "mobile": NUMBER, "city": "Berlin" } });
    let other = server.ask("POST", "/v1/contacts", &other).await.ok(201);
    let mut calls = Vec::new();
    for (call, from, to) in [
        ("f-1", "+15550100", NUMBER),
        ("f-2", NUMBER, "+15550100"),
        ("o-1", "+15550100", OTHER),
    ] {
        let mut event = ended(call, from, to);
        event["call"]["recording"] = json!({ "url": format!("{}?call={call}", receiver.url()) });
        let sent = server.send(&event).await;
        calls.push(format!("/v1/calls/{}", text(&sent, "/events/0/call_id")));
    }
    for call in &calls {
        server
            .until(call, |call| {
                let runs = call["runs"].as_array().unwrap();
                let is_at_rest =
                    |run: &Value| run["status"] == "succeeded" || run["status"] == "waiting";
                runs.len() == 3 && runs.iter().all(is_at_rest)
            })
            .await;
    }

    let endpoint = json!({ "provider": "custom", "name": "e", "auth": { "secret": "a-secret" } });
    let endpoint = server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let path = inbox(&endpoint);
    let guessed = [
        ("authorization", "Bearer guessed"),
        ("content-type", "application/json"),
    ];
    let refused = ended("r-1", NUMBER, "+15550100").to_string();
    server
        .call("POST", &path, &guessed, refused)
        .await
        .unwrap()
        .ok(401);
    let dry = json!({ "number": NUMBER, "dry_run": true });
    let kept = async || server.ask("POST", "/v1/forget", &dry).await.ok(200);
    while kept().await["found"]["messages"] != 1 {
        tokio::task::yield_now().await;
    }

    let dry = server
        .ask(
            "POST",
            "/v1/forget",
            &json!({ "number": "+1 (415) 555-0173", "dry_run": true }),
        )
        .await
        .ok(200);
    let found = &dry["found"];
    for (kind, count) in [
        ("calls", 2),
        ("runs", 6),
        ("recordings", 2),
        ("contacts", 1),
        ("columns", 1),
        ("answers", 1),
    ] {
        assert_eq!(found[kind], count, "{kind}: {dry:#}");
    }
    assert_eq!(dry["cancelled"], 2);
    assert!(server.ask("GET", &calls[0], &Value::Null).await.status == 200);

    let begun = server
        .ask("POST", "/v1/forget", &json!({ "number": NUMBER }))
        .await
        .ok(202);
    let receipt = format!("/v1/forget/{}", text(&begun, "/id"));
    let done = server
        .until(&receipt, |receipt| !receipt["done_at"].is_null())
        .await;
    for (kind, count) in [
        ("calls", 2),
        ("runs", 6),
        ("recordings", 2),
        ("contacts", 1),
        ("columns", 1),
        ("answers", 1),
    ] {
        assert_eq!(done["removed"][kind], count, "{kind}: {done:#}");
    }
    assert!(
        done["removed"]["messages"].as_u64().unwrap() >= 3
            && done["removed"]["entries"].as_u64().unwrap() >= 6
    );
    assert!(!done.to_string().contains(digits(NUMBER)));
    for gone in &calls[..2] {
        assert_eq!(server.ask("GET", gone, &Value::Null).await.status, 404);
    }
    let stays = server
        .get(&format!("/v1/contacts/{}", text(&other, "/id")))
        .await;
    assert_eq!(stays["columns"], json!({ "city": "Berlin" }));
    assert_eq!(
        server.get(&format!("{}/recordings", calls[2])).await["data"][0]["kept"],
        "copy"
    );
    assert_eq!(
        server.get("/v1/forget").await["data"][0]["number_hash"],
        done["number_hash"]
    );

    server.stop();
    assert_eq!(traces(dir.path(), digits(NUMBER)), [""; 0]);
    assert_ne!(traces(dir.path(), digits(OTHER)), [""; 0]);

    // A call that comes later is a new one.
    let server = Server::start(dir.path());
    server.send(&ended("f-9", "+15550100", NUMBER)).await;
    let listed = server
        .get(&format!("/v1/calls?number=%2B{}", digits(NUMBER)))
        .await;
    assert_eq!(listed["data"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_deleted_takes_the_runs_along_that_wait() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start(dir.path());
    server
        .flow(json!({ "name": "later", "on": ["call.ended"], "steps": [{ "id": "w", "wait": { "for": "2 days" } }] }))
        .await;
    let sent = server.send(&ended("d-1", "+15550100", NUMBER)).await;
    let call = format!("/v1/calls/{}", text(&sent, "/events/0/call_id"));
    let known = server
        .until(&call, |call| call["runs"][0]["status"] == "waiting")
        .await;
    let run = format!("/v1/runs/{}", text(&known, "/runs/0/id"));
    server.ask("DELETE", &call, &Value::Null).await.ok(204);
    for gone in [&call, &run] {
        assert_eq!(server.ask("GET", gone, &Value::Null).await.status, 404);
    }
    server.stop();
    assert_eq!(traces(dir.path(), digits(NUMBER)), [""; 0]);
}

const WAV: &str = "RIFF$\0\0\0WAVEfmt sound";

#[tokio::test(flavor = "multi_thread")]
async fn the_command_forgets_and_a_job_survives_its_server() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start(dir.path());
    let receiver = Receiver::start(|_| (200, "{}")).await;
    receiver.hold();
    server.flow(webhook(&receiver.url())).await;
    let sent = server.send(&ended("j-1", "+15550100", NUMBER)).await;
    receiver.wait(1).await;
    let run = |more: &[&str], server: &Server| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchhook"));
        command
            .args([
                "forget",
                NUMBER,
                "--json",
                "--url",
                &server.url,
                "--key",
                ROOT,
            ])
            .args(more);
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    assert_eq!(run(&["--dry-run"], &server)["found"]["calls"], 1);
    // While its request is under way the run cannot end: the job waits, and goes on after the crash.
    let begun = server
        .ask("POST", "/v1/forget", &json!({ "number": NUMBER }))
        .await
        .ok(202);
    let receipt = format!("/v1/forget/{}", text(&begun, "/id"));
    server
        .until(&receipt, |receipt| receipt["waits_for"].is_string())
        .await;
    server.kill();
    receiver.release();
    let server = Server::start(dir.path());
    let done = server
        .until(&receipt, |receipt| !receipt["done_at"].is_null())
        .await;
    assert_eq!(
        (&done["removed"]["calls"], &done["waits_for"]),
        (&json!(1), &Value::Null)
    );
    let call = format!("/v1/calls/{}", text(&sent, "/events/0/call_id"));
    assert_eq!(server.ask("GET", &call, &Value::Null).await.status, 404);
    assert_eq!(run(&[], &server)["removed"]["calls"], 0);
    let wrong = server
        .ask("POST", "/v1/forget", &json!({ "number": "nobody" }))
        .await
        .ok(422);
    assert_eq!(wrong["errors"][0]["path"], "/number");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_not_written_down_yet_is_forgotten_with_the_number() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let endpoint = json!({ "provider": "custom", "name": "e", "auth": { "secret": "a-secret" } });
    let endpoint = server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let path = inbox(&endpoint);
    let refused = async |id: &str, number: &str| {
        let headers = [
            ("authorization", "Bearer guessed"),
            ("content-type", "application/json"),
        ];
        let body = ended(id, number, "+15550100").to_string();
        let answer = server.call("POST", &path, &headers, body).await;
        answer.unwrap().ok(401);
    };
    let kept = async |number: &str| {
        let dry = json!({ "number": number, "dry_run": true });
        let dry = server.ask("POST", "/v1/forget", &dry).await.ok(200);
        dry["found"]["messages"].clone()
    };
    let [first, last] = ["+15550111", "+15550112"];
    // The first is written at once, what comes next a little later.
    refused("r-1", first).await;
    while kept(first).await != 1 {
        tokio::task::yield_now().await;
    }
    refused("r-2", NUMBER).await;
    let asked = json!({ "number": NUMBER });
    let begun = server.ask("POST", "/v1/forget", &asked).await.ok(202);
    let receipt = format!("/v1/forget/{}", text(&begun, "/id"));
    let is_done = |receipt: &Value| !receipt["done_at"].is_null();
    server.until(&receipt, is_done).await;
    refused("r-3", last).await;
    while kept(last).await != 1 {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        (kept(first).await, kept(NUMBER).await),
        (json!(1), json!(0))
    );
}
