//! Flows that keep failing: warnings, pauses, and what a workspace says of them.

use super::*;
use crate::world::SEAL_KEY;

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_keeps_failing_warns_once_at_each_level_and_is_paused() {
    let dir = tempfile::tempdir().unwrap();
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let flow = server.flow(doomed(&bad.url(), 10)).await;
    server
        .flow(watcher(&["flow.failing", "flow.paused"], &told.url()))
        .await;
    for n in 0..10 {
        fail(&server, &format!("c-{n}")).await;
        match n + 1 {
            5 | 7 | 9 => {
                let level = (n + 1) * 10;
                let warned = alert(&server, "flow_failing", |alert| alert["level"] == level).await;
                assert_eq!(
                    (&warned["flow_id"], &warned["count"]),
                    (&json!(flow), &json!(n + 1))
                );
                assert_eq!(warned["open"], true);
                assert!(text(&warned, "/cause").contains("422"), "{warned:#}");
                told.wait(1 + (n as usize - 4) / 2).await;
            }
            _ => {}
        }
    }
    let paused = alert(&server, "flow_paused", |_| true).await;
    assert_eq!(
        (&paused["flow_id"], &paused["count"]),
        (&json!(flow), &json!(10))
    );
    assert_eq!(levels(&told.wait(4).await), [50, 70, 90, 100]);
    let shown = server.get(&format!("/v1/flows/{flow}")).await;
    assert_eq!(
        (&shown["paused"]["why"], &shown["paused"]["failures"]),
        (&json!("failures"), &json!(10))
    );
    assert_eq!(shown["version"], 1, "a pause is no version of the flow");
    let list = server.get("/v1/flows").await;
    assert!(
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .any(|flow| flow["paused"]["why"] == "failures")
    );
    // No new runs; the alert of the warnings has become the one of the pause.
    let none = server.send(&ended("late")).await;
    assert_eq!(none["events"][0]["runs"], json!([]));
    let open = server.get("/v1/alerts?open=true").await;
    assert_eq!(open["data"].as_array().unwrap().len(), 1, "{open:#}");
    let id = text(&paused, "/id");
    let seen = server
        .ask("POST", &format!("/v1/alerts/{id}/acknowledge"), &json!({}))
        .await
        .ok(200);
    assert_eq!(
        (&seen["open"], &seen["acknowledged_by"]),
        (&json!(false), &json!("root"))
    );
    assert_eq!(server.get("/v1/alerts?open=true").await["data"], json!([]));
    assert_eq!(levels(&told.all()), [50, 70, 90, 100]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_ends_the_warning_and_failures_count_anew() {
    let dir = tempfile::tempdir().unwrap();
    let moody = receiver(|n| if n == 2 { (200, "{}") } else { (422, "{}") }).await;
    let server = Server::start(dir.path());
    let flow = server.flow(doomed(&moody.url(), 4)).await;
    fail(&server, "c-1").await;
    fail(&server, "c-2").await;
    alert(&server, "flow_failing", |alert| alert["level"] == 50).await;
    let run = text(&server.send(&ended("c-3")).await, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "succeeded");
    fail(&server, "c-4").await;
    let over = alert(&server, "flow_failing", |alert| {
        alert["resolved_at"].is_string()
    })
    .await;
    assert_eq!(over["open"], false);
    fail(&server, "c-5").await;
    alert(&server, "flow_failing", |alert| {
        alert["open"] == true && alert["count"] == 2
    })
    .await;
    assert_eq!(
        server.get(&format!("/v1/flows/{flow}")).await["paused"],
        Value::Null
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_says_when_its_flows_are_paused() {
    let dir = tempfile::tempdir().unwrap();
    let bad = receiver(|_| (422, "{}")).await;
    let server = Server::start(dir.path());
    let wrong = server
        .ask("PUT", "/v1/settings/pausing", &json!({ "pause_after": 0 }))
        .await
        .ok(422);
    assert_eq!(wrong["errors"][0]["path"], "/pause_after");
    let pausing = json!({ "pause_after": { "failures": 1, "minutes": 0 } });
    server
        .ask("PUT", "/v1/settings/pausing", &pausing)
        .await
        .ok(200);
    assert_eq!(server.get("/v1/settings/pausing").await, pausing);
    let mut never = lead(&bad.url());
    never["pause_after"] = false.into();
    never["name"] = "Never".into();
    let (usual, never) = (
        server.flow(lead(&bad.url())).await,
        server.flow(never).await,
    );
    server.send(&ended("c-1")).await;
    alert(&server, "flow_paused", |alert| {
        alert["flow_id"] == usual.as_str()
    })
    .await;
    assert_eq!(
        server.get(&format!("/v1/flows/{never}")).await["paused"],
        Value::Null
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_count_the_failures_of_a_flow_together_and_tell_of_them_once() {
    let database = tokio::task::spawn_blocking(lab::database).await.unwrap();
    let node = || {
        let mut command = command("/nonexistent/switchhook".as_ref());
        command
            .env("SWITCHHOOK_DATABASE", &database)
            .env("SWITCHHOOK_SEAL_KEY", SEAL_KEY);
        Server::spawn(command).expect("a node starts")
    };
    let (one, two) = (node(), node());
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let flow = one.flow(doomed(&bad.url(), 20)).await;
    one.flow(watcher(&["flow.failing", "flow.paused"], &told.url()))
        .await;
    let mut every = watcher(&["run.failed"], &told.url());
    every["name"] = "Every run".into();
    let every = one.flow(every).await;
    for n in 0..20 {
        fail([&one, &two][n % 2], &format!("c-{n}")).await;
    }
    alert(&two, "flow_paused", |alert| {
        alert["flow_id"] == flow.as_str() && alert["count"] == 20
    })
    .await;
    let of = |list: &Value| list["data"].as_array().map_or(0, Vec::len);
    let path = format!("/v1/runs?flow={every}&limit=200");
    assert_eq!(of(&one.until(&path, |list| of(list) >= 20).await), 20);
    // Messages of runs carry no level, warnings one, each once.
    let is_paused = |received: &[Received]| {
        received
            .iter()
            .any(|received| received.json()["level"] == 100)
    };
    let mut count = 21;
    while !is_paused(&told.wait(count).await) {
        count += 1;
    }
    let mut levels: Vec<u64> = told
        .all()
        .iter()
        .filter_map(|received| received.json()["level"].as_u64())
        .collect();
    levels.sort_unstable();
    let told = levels.len();
    levels.dedup();
    assert_eq!(told, levels.len(), "{levels:?}");
    assert_eq!(levels.last(), Some(&100));
    for node in [&one, &two] {
        assert_eq!(
            node.send(&ended("late")).await["events"][0]["runs"],
            json!([])
        );
    }
}
