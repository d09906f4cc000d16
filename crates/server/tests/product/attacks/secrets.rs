//! Where a secret could be shown: answers, log lines, metrics, files.

use super::*;
use crate::world::{command, inbox};
use std::fs;
use std::path::Path;

/// Every file below a directory.
fn files(directory: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_in_no_answer_no_log_line_no_metric_and_no_file() {
    let (dir, logs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (good, bad) = (
        Receiver::start(|_| (200, ECHO)).await,
        Receiver::start(|_| (422, ECHO)).await,
    );
    let log = logs.path().join("log");
    let mut traced = command(dir.path());
    traced.env("SWITCHHOOK_LOG", "trace");
    let mut server = Server::spawn_logging(traced, fs::File::create(&log).unwrap()).unwrap();
    let mut shown = Vec::new();
    let new = |value: Value| json!({ "name": "crm", "value": value });
    shown.push(server.ask("POST", "/v1/secrets", &new(CANARY.into())).await);
    shown.push(
        server
            .ask("POST", "/v1/secrets", &new(json!([CANARY])))
            .await,
    );
    shown.push(
        server
            .ask(
                "POST",
                "/v1/secrets",
                &json!({ "name": "no name", "value": CANARY }),
            )
            .await,
    );
    let endpoint = |auth: Value| json!({ "provider": "custom", "name": "e", "auth": auth });
    shown.push(
        server
            .ask(
                "POST",
                "/v1/endpoints",
                &endpoint(json!({ "secret": CANARY })),
            )
            .await,
    );
    shown.push(
        server
            .ask("POST", "/v1/endpoints", &endpoint(CANARY.into()))
            .await,
    );
    for (name, url) in [
        ("succeeds", good.url()),
        ("fails", bad.url()),
        ("blocked", "http://10.0.0.1/".into()),
        ("nobody listens", "http://127.0.0.1:1/".into()),
        ("no such name", "http://nothing.invalid/".into()),
    ] {
        server.flow(with_secret(name, &url)).await;
    }
    let mut echoed = with_secret("what comes back is used again", &good.url());
    echoed["steps"][0]["save"] = json!({ "echoed": "{{ body.you_sent }}" });
    let again = [
        json!({ "id": "name", "set": { "again": "{{ echoed }}" } }),
        request(
            "two",
            &good.url(),
            json!({ "it": "{{ again }}", "all": "{{ steps.send.body }}" }),
        ),
    ];
    echoed["steps"].as_array_mut().unwrap().extend(again);
    server.flow(echoed).await;
    let answer = server.send(&ended("c-1")).await;
    let runs: Vec<String> = answer["events"][0]["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| run.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(runs.len(), 6);
    let mut failed = None;
    for run in &runs {
        if server.ended(run).await["status"] == "failed" {
            failed = Some(run);
        }
    }
    assert_eq!(
        good.wait(1).await[0].header("authorization"),
        format!("Bearer {CANARY}")
    );
    let replay = format!("/v1/runs/{}/replay", failed.unwrap());
    shown.push(
        server
            .ask(
                "POST",
                &replay,
                &json!({ "from": "start", "version": "same" }),
            )
            .await,
    );
    let mut paths: Vec<String> = [
        "flows",
        "runs",
        "calls",
        "events",
        "endpoints",
        "secrets",
        "keys",
        "stats",
        "session",
    ]
    .iter()
    .map(|list| format!("/v1/{list}"))
    .collect();
    paths.extend(runs.iter().map(|run| format!("/v1/runs/{run}")));
    for list in ["flows", "endpoints", "calls", "events"] {
        let id = text(&server.get(&format!("/v1/{list}")).await, "/data/0/id");
        paths.push(format!("/v1/{list}/{id}"));
    }
    paths.push("/metrics".into());
    for path in paths {
        let answer = server.ask("GET", &path, &Value::Null).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        shown.push(answer);
    }
    for answer in &shown {
        assert!(!answer.text.contains(CANARY), "{}", answer.text);
    }
    for file in files(dir.path()) {
        assert!(
            !holds(&fs::read(&file).unwrap(), CANARY),
            "{} while it runs",
            file.display()
        );
    }
    assert_eq!(server.stop(), Some(0));
    for file in files(dir.path()) {
        let bytes = fs::read(&file).unwrap();
        for secret in [CANARY, ROOT] {
            assert!(!holds(&bytes, secret), "{secret} in {}", file.display());
        }
    }
    let log = fs::read_to_string(&log).unwrap();
    assert!(log.lines().count() > 20, "tracing is on: {log}");
    for secret in [CANARY, ROOT] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_signed_an_inbound_webhook_is_shown_nowhere() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let payload = json!({ "all": "{{ payload }}" });
    let flow = json!({ "name": "all", "on": ["call.ended"], "steps": [request("send", &receiver.url(), payload)] });
    server.flow(flow).await;
    let endpoint = json!({ "provider": "custom", "name": "e", "auth": { "secret": CANARY } });
    let endpoint = server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let path = inbox(&endpoint);
    let bearer = format!("Bearer {CANARY}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("cookie", CANARY),
        ("content-type", "application/json"),
    ];
    let answer = server
        .call("POST", &path, &headers, ended("c-1").to_string())
        .await
        .unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text);
    let run = text(&server.get("/v1/runs").await, "/data/0/id");
    let event = text(&server.get("/v1/events").await, "/data/0/id");
    let call = text(&server.get("/v1/calls").await, "/data/0/id");
    assert_eq!(server.ended(&run).await["status"], "succeeded");
    for path in [
        format!("/v1/runs/{run}"),
        format!("/v1/events/{event}"),
        format!("/v1/calls/{call}"),
    ] {
        let shown = server.get(&path).await.to_string();
        assert!(!shown.contains(CANARY), "{path}: {shown}");
    }
    let delivered = &receiver.all()[0];
    assert!(
        !delivered.body.contains(CANARY) && !format!("{:?}", delivered.headers).contains(CANARY)
    );
}
