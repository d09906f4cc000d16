//! Flows that watch others: each failed run starts them once.

use super::*;
use crate::world;
use std::collections::HashMap;

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_fails_starts_the_flows_that_watch_once_and_they_know_why() {
    let dir = tempfile::tempdir().unwrap();
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(lead(&bad.url())).await;
    server.flow(watcher(&["run.failed"], &told.url())).await;
    let mut other = watcher(&["run.failed"], &told.url());
    other["name"] = "Of another flow".into();
    other["where"] = json!({ "flows": ["Another flow"] });
    server.flow(other).await;
    let run = fail(&server, "c-1").await;
    let said = told.wait(1).await[0].json();
    assert_eq!(said["run"], run);
    assert_eq!(
        (&said["code"], &said["status"]),
        (&json!("http_status"), &json!(422))
    );
    assert_eq!(
        (&said["step"], &said["flow"]),
        (&json!("lead"), &json!("Lead"))
    );
    assert_eq!(said["attempts"], 1);
    assert_eq!(
        said["caller"], "+15550100",
        "what is known of the call is known too"
    );
    // Its run is one of the call, on an event of its own.
    let runs = server
        .get(&format!("/v1/runs?call={}", text(&said, "/event")))
        .await;
    assert_eq!(runs["data"].as_array().unwrap().len(), 2, "{runs:#}");
    let events = server.get("/v1/events").await;
    let kinds: Vec<&str> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.contains(&"run.failed"), "{kinds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_watches_and_fails_starts_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let bad = receiver(|_| (422, "{}")).await;
    let server = Server::start(dir.path());
    server.flow(lead(&bad.url())).await;
    let mut failing = watcher(&["run.failed"], &bad.url());
    failing["steps"][0]["retry"] = json!({ "attempts": 1 });
    failing["pause_after"] = json!({ "failures": 2, "minutes": 0 });
    let watching = server.flow(failing).await;
    fail(&server, "c-1").await;
    fail(&server, "c-2").await;
    // Four requests in all: two of the flow, two of the one that watches; and that one is not failing silently.
    alert(&server, "flow_paused", |alert| {
        alert["flow_id"] == watching.as_str()
    })
    .await;
    assert_eq!(bad.all().len(), 4);
    let runs = server.get("/v1/runs?status=failed").await;
    assert_eq!(runs["data"].as_array().unwrap().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_would_watch_and_start_on_calls_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let mut both = lead("https://x.example/");
    both["on"] = json!(["call.ended", "run.failed"]);
    let refused = server.ask("POST", "/v1/flows", &both).await;
    assert_eq!(refused.status, 422);
    let problem = refused.json();
    assert_eq!(
        (&problem["code"], &problem["errors"][0]["path"]),
        (&json!("invalid_flow"), &json!("/on"))
    );
    // Nobody outside says that a run has failed.
    let mut event = ended("c-1");
    event["kind"] = "run.failed".into();
    assert_eq!(server.ask("POST", "/v1/events", &event).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn however_the_process_dies_each_failed_run_has_one_run_of_the_flow_that_watches() {
    let dir = tempfile::tempdir().unwrap();
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(lead(&bad.url())).await;
    let watching = server.flow(watcher(&["run.failed"], &told.url())).await;
    drop(server);
    let mut call = 0;
    for point in [
        "before_commit:9",
        "after_commit:16",
        "before_begin:23",
        "after_commit:30",
        "before_commit:37",
        "after_commit:44",
    ] {
        let mut command = command(dir.path());
        command.env("SWITCHHOOK_CRASH_AT", point);
        let Some(mut server) = Server::spawn(command) else {
            continue;
        };
        while !server.has_ended() && call < 200 {
            call += 1;
            let event = ended(&format!("c-{call}")).to_string();
            let auth = format!("Bearer {}", world::ROOT);
            let headers = [
                ("authorization", auth.as_str()),
                ("content-type", "application/json"),
            ];
            let _ = server.call("POST", "/v1/events", &headers, event).await;
        }
        server.kill();
    }
    let server = Server::start(dir.path());
    let quiet = |stats: &Value| {
        stats["queued"] == 0 && stats["performing"] == 0 && stats["runs"]["running"] == 0
    };
    server.until("/v1/stats", quiet).await;
    let mut of_event: HashMap<String, u32> = HashMap::new();
    let watched = server
        .get(&format!("/v1/runs?flow={watching}&limit=200"))
        .await;
    for run in watched["data"].as_array().unwrap() {
        let run = server.get(&format!("/v1/runs/{}", text(run, "/id"))).await;
        let body = text(&run, "/entries/0/exchange/request/body");
        let told: Value = serde_json::from_str(&body).unwrap();
        *of_event.entry(text(&told, "/run")).or_default() += 1;
    }
    let failed = server.get("/v1/runs?status=failed&limit=200").await;
    let failed = failed["data"].as_array().unwrap();
    assert!(failed.len() > 5, "{}", failed.len());
    assert_eq!(of_event.len(), failed.len());
    for run in failed {
        assert_eq!(of_event.get(&text(run, "/id")), Some(&1), "{run:#}");
    }
}
