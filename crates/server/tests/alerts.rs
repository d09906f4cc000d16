//! Nothing fails silently: flows that watch others, warnings and pauses of those that keep failing, catching up, webhooks that are
//! gone, and the switch for a whole workspace.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

mod world;

use serde_json::{Value, json};
use std::collections::HashMap;
use world::{Received, Receiver, SEAL_KEY, Server, command, ended, text, webhook};

/// A flow that sends its calls to `url`, once each.
fn lead(url: &str) -> Value {
    json!({ "name": "Lead", "on": ["call.ended"], "steps": [
        { "id": "lead", "do": "http.request", "with": { "method": "POST", "url": url, "json": { "call": "{{ call_id }}" } }, "retry": { "attempts": 1 } }] })
}

/// The same, paused after so many failures at once.
fn doomed(url: &str, failures: u32) -> Value {
    let mut flow = lead(url);
    flow["pause_after"] = json!({ "failures": failures, "minutes": 0 });
    flow
}

/// A flow that watches others and tells `url` what it knows.
fn watcher(on: &[&str], url: &str) -> Value {
    let say = json!({
        "event": "{{ call_id }}", "code": "{{ error.code }}", "status": "{{ error.status }}", "step": "{{ error.step }}",
        "run": "{{ failed.run_id }}", "flow": "{{ failed.flow_name }}", "attempts": "{{ failed.attempts }}",
        "caller": "{{ caller_number }}", "level": "{{ failing.level | default(0) }}" });
    let mut say = say;
    if on == ["run.failed"] {
        say.as_object_mut().unwrap().shift_remove("level");
    }
    json!({ "name": "Watcher", "on": on, "steps": [
        { "id": "tell", "do": "webhook.send", "with": { "url": url, "json": say } }] })
}

async fn receiver(script: fn(usize) -> (u16, &'static str)) -> Receiver {
    Receiver::start(script).await
}

/// Sends a call and waits until its run has ended.
async fn fail(server: &Server, call: &str) -> String {
    let run = text(&server.send(&ended(call)).await, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "failed", "{call}");
    run
}

async fn alert(server: &Server, kind: &str, fact: impl Fn(&Value) -> bool) -> Value {
    let is_it = |alert: &&Value| alert["kind"] == kind && fact(alert);
    let of = |list: &Value| list["data"].as_array().unwrap().iter().find(is_it).cloned();
    let list = server.until("/v1/alerts", |list| of(list).is_some()).await;
    of(&list).unwrap()
}

fn levels(received: &[Received]) -> Vec<u64> {
    received
        .iter()
        .map(|received| received.json()["level"].as_u64().unwrap())
        .collect()
}

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
async fn a_resumed_flow_catches_up_with_what_it_missed_once() {
    let dir = tempfile::tempdir().unwrap();
    let mended = receiver(|n| if n < 2 { (422, "{}") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    let flow = server.flow(doomed(&mended.url(), 2)).await;
    fail(&server, "c-1").await;
    fail(&server, "c-2").await;
    alert(&server, "flow_paused", |_| true).await;
    let mut missed = Vec::new();
    for n in 0..3 {
        let answer = server.send(&ended(&format!("missed-{n}"))).await;
        missed.push(text(&answer, "/events/0/call_id"));
    }
    let early = server
        .ask("POST", &format!("/v1/flows/{flow}/catch-up"), &json!({}))
        .await;
    assert_eq!(
        (early.status, text(&early.json(), "/code")),
        (409, "not_now".into())
    );
    let resumed = server
        .ask("POST", &format!("/v1/flows/{flow}/resume"), &json!({}))
        .await
        .ok(200);
    assert_eq!(
        (&resumed["missed"]["events"], &resumed["paused"]),
        (&json!(3), &Value::Null)
    );
    let again = server
        .ask("POST", &format!("/v1/flows/{flow}/resume"), &json!({}))
        .await
        .ok(200);
    assert_eq!(
        (&again["missed"], &again["id"]),
        (&Value::Null, &json!(flow))
    );
    let enabled = server
        .ask("POST", &format!("/v1/flows/{flow}/enable"), &json!({}))
        .await
        .ok(200);
    assert_eq!(enabled, again, "both answer alike");
    let path = format!("/v1/flows/{flow}/catch-up");
    let dry = server
        .ask("POST", &path, &json!({ "dry": true }))
        .await
        .ok(200);
    assert_eq!((&dry["events"], &dry["runs"]), (&json!(3), &json!([])));
    let body = json!({});
    let (one, two) = tokio::join!(
        server.ask("POST", &path, &body),
        server.ask("POST", &path, &body)
    );
    let (one, two) = (one.ok(200), two.ok(200));
    let of = |answer: &Value| answer["runs"].as_array().unwrap().len();
    assert_eq!(
        of(&one) + of(&two),
        3,
        "each event once, whoever asks: {one:#} {two:#}"
    );
    let last = server.ask("POST", &path, &json!({})).await.ok(200);
    assert_eq!((of(&last), &last["done"]), (0, &json!(3)));
    let all = mended.wait(5).await;
    let mut sent: Vec<String> = all[2..]
        .iter()
        .map(|received| text(&received.json(), "/call"))
        .collect();
    sent.sort();
    missed.sort();
    assert_eq!(sent, missed);
    // What failed before the pause says nothing any more.
    let run = text(&server.send(&ended("c-9")).await, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_is_gone_pauses_its_flow_with_an_alert_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let (gone, told) = (
        receiver(|_| (410, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let flow = server.flow(webhook(&gone.url())).await;
    server.flow(watcher(&["flow.paused"], &told.url())).await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    let run = server.ended(&run).await;
    assert_eq!(
        (&run["status"], &run["entries"][0]["error"]["code"]),
        (&json!("failed"), &json!("gone"))
    );
    let alert = alert(&server, "webhook_gone", |_| true).await;
    assert_eq!(
        (&alert["address"], &alert["flow_id"]),
        (&json!(gone.url()), &json!(flow))
    );
    assert_eq!(alert["run_id"], run["id"]);
    let shown = server.get(&format!("/v1/flows/{flow}")).await;
    assert_eq!(
        (&shown["paused"]["why"], &shown["paused"]["address"]),
        (&json!("webhook_gone"), &json!(gone.url()))
    );
    assert_eq!(
        server.send(&ended("c-2")).await["events"][0]["runs"],
        json!([])
    );
    assert_eq!(told.wait(1).await[0].json()["code"], "gone");
    assert_eq!(gone.all().len(), 1);
    // Enabling it again, with a pen at the right place, is enough.
    server
        .ask("POST", &format!("/v1/flows/{flow}/enable"), &json!({}))
        .await
        .ok(200);
    assert_eq!(
        server.get(&format!("/v1/flows/{flow}")).await["paused"],
        Value::Null
    );
    assert_eq!(server.get("/v1/alerts?open=true").await["data"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_is_told_of_failures_once_in_a_while_with_their_count() {
    let dir = tempfile::tempdir().unwrap();
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let settings = json!({ "webhook_url": told.url(), "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "min_interval_s": 1 });
    let saved = server
        .ask("PUT", "/v1/settings/notify", &settings)
        .await
        .ok(200);
    assert_eq!(
        (&saved["has_secret"], &saved["min_interval_s"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(server.get("/v1/settings/notify").await, saved);
    server.flow(lead(&bad.url())).await;
    let first = fail(&server, "c-0").await;
    let message = told.wait(1).await[0].clone();
    assert!(message.header("webhook-signature").starts_with("v1,"));
    let said = message.json();
    assert_eq!(
        (&said["failed"]["run_id"], &said["failed"]["count"]),
        (&json!(first), &json!(1))
    );
    assert_eq!(
        (&said["error"]["status"], &said["failed"]["flow_name"]),
        (&json!(422), &json!("Lead"))
    );
    for n in 1..6 {
        fail(&server, &format!("c-{n}")).await;
    }
    // All of them are told of, in fewer messages than failures.
    let count = |received: &[Received]| -> u64 {
        received
            .iter()
            .map(|received| received.json()["failed"]["count"].as_u64().unwrap())
            .sum()
    };
    let mut messages = 2;
    while count(&told.wait(messages).await) < 6 {
        messages += 1;
    }
    assert_eq!(count(&told.all()), 6);
    assert!(told.all().len() < 6, "{}", told.all().len());
    // The flow that does it is looked at like any other, and changed at its settings alone.
    let flow = text(&saved, "/flow_id");
    let shown = server.get(&format!("/v1/flows/{flow}")).await;
    assert_eq!(shown["kept_by"], "/v1/settings/notify");
    let refused = server
        .ask("PUT", &format!("/v1/flows/{flow}"), &lead(&bad.url()))
        .await;
    assert_eq!(
        (refused.status, text(&refused.json(), "/code")),
        (409, "not_now".into())
    );
    assert_eq!(
        server
            .ask("DELETE", &format!("/v1/flows/{flow}"), &Value::Null)
            .await
            .status,
        409
    );
    server
        .ask("DELETE", "/v1/settings/notify", &Value::Null)
        .await
        .ok(204);
    assert_eq!(
        server.get("/v1/settings/notify").await["webhook_url"],
        Value::Null
    );
    let wrong = json!({ "webhook_url": "ftp://x", "min_interval_s": 100_000 });
    let wrong = server
        .ask("PUT", "/v1/settings/notify", &wrong)
        .await
        .ok(422);
    assert_eq!(wrong["errors"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_told_of_once_though_the_process_ended_before_anybody_looked() {
    let dir = tempfile::tempdir().unwrap();
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let mut server = Server::start(dir.path());
    let settings = json!({ "webhook_url": told.url(), "min_interval_s": 300 });
    server
        .ask("PUT", "/v1/settings/notify", &settings)
        .await
        .ok(200);
    server.flow(lead(&bad.url())).await;
    fail(&server, "c-0").await;
    // Having looked, the watch rests: what fails now is only noted. Flows before this one were told of already.
    for n in 1..4 {
        told.wait(n).await;
        let mut flow = lead(&bad.url());
        flow["name"] = format!("Lead {n}").into();
        server.flow(flow).await;
        let answer = server.send(&ended(&format!("c-{n}"))).await;
        let run = text(&answer, &format!("/events/0/runs/{n}"));
        server.ended(&run).await;
        if n == 2 {
            server.stop();
        } else {
            server.kill();
        }
        server = Server::start(dir.path());
        let said = told.wait(n + 1).await[n].json();
        assert_eq!(said["failed"]["run_id"], run);
    }
    assert_eq!(told.all().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_before_a_flow_was_deleted_is_told_and_holds_nothing_up() {
    let dir = tempfile::tempdir().unwrap();
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let settings = json!({ "webhook_url": told.url(), "min_interval_s": 2 });
    server
        .ask("PUT", "/v1/settings/notify", &settings)
        .await
        .ok(200);
    let flow = server.flow(doomed(&bad.url(), 3)).await;
    fail(&server, "c-0").await;
    told.wait(1).await;
    for n in 1..3 {
        fail(&server, &format!("c-{n}")).await;
    }
    alert(&server, "flow_paused", |alert| alert["open"] == true).await;
    server
        .ask("DELETE", &format!("/v1/flows/{flow}"), &Value::Null)
        .await
        .ok(204);
    alert(&server, "flow_paused", |alert| {
        alert["resolved_at"].is_string()
    })
    .await;
    let counts = |received: &[Received]| -> u64 {
        let said = received.iter().map(Received::json);
        said.map(|said| said["failed"]["count"].as_u64().unwrap_or(0))
            .sum()
    };
    let mut messages = 2;
    while counts(&told.wait(messages).await) < 3 {
        messages += 1;
    }
    assert_eq!(counts(&told.all()), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_off_does_not_catch_up() {
    let dir = tempfile::tempdir().unwrap();
    let good = receiver(|_| (200, "{}")).await;
    let server = Server::start(dir.path());
    let flow = server.flow(lead(&good.url())).await;
    let from = "2020-01-01T00:00:00Z";
    server
        .ask("POST", &format!("/v1/flows/{flow}/disable"), &json!({}))
        .await
        .ok(200);
    server.send(&ended("c-1")).await;
    let path = format!("/v1/flows/{flow}/catch-up");
    let refused = server.ask("POST", &path, &json!({ "from": from })).await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    assert!(refused.text.contains("enable it first"), "{}", refused.text);
    server
        .ask("POST", &format!("/v1/flows/{flow}/enable"), &json!({}))
        .await
        .ok(200);
    let caught = server
        .ask("POST", &path, &json!({ "from": from }))
        .await
        .ok(200);
    assert_eq!(caught["runs"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_hears_of_failures_now_and_then_catches_up_with_no_single_ones() {
    let dir = tempfile::tempdir().unwrap();
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let mut seldom = watcher(&["run.failed"], &told.url());
    seldom["name"] = "Now and then".into();
    seldom["where"] = json!({ "every_s": 3600 });
    let seldom = server.flow(seldom).await;
    let every = server.flow(watcher(&["run.failed"], &told.url())).await;
    server.flow(lead(&bad.url())).await;
    for n in 0..3 {
        fail(&server, &format!("c-{n}")).await;
    }
    // One for each, and one now and then.
    told.wait(4).await;
    let body = json!({ "from": "2020-01-01T00:00:00Z" });
    for (flow, done) in [(&seldom, 1), (&every, 3)] {
        let caught = server
            .ask("POST", &format!("/v1/flows/{flow}/catch-up"), &body)
            .await
            .ok(200);
        assert_eq!(
            (&caught["runs"], &caught["done"]),
            (&json!([]), &json!(done))
        );
    }
    assert_eq!(told.all().len(), 4);
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

#[tokio::test(flavor = "multi_thread")]
async fn the_live_stream_tells_of_alerts() {
    let dir = tempfile::tempdir().unwrap();
    let bad = receiver(|_| (422, "{}")).await;
    let server = Server::start(dir.path());
    let flow = server.flow(doomed(&bad.url(), 1)).await;
    let auth = format!("Bearer {}", world::ROOT);
    let mut stream = server.open("/v1/stream", &[("authorization", &auth)]).await;
    server.send(&ended("c-1")).await;
    let mut heard = String::new();
    while !heard.contains("event: alert") {
        heard.push_str(&stream.next().await.expect("the stream goes on"));
    }
    assert!(
        heard.contains("\"kind\":\"flow_paused\"") && heard.contains(&flow),
        "{heard}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_of_an_agent_that_is_gone_is_switched_off_and_the_others_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let (gone, told) = (
        receiver(|_| (410, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let hook = |url: String| json!({ "kind": "webhook", "enabled": true, "only_completed": false, "url": url });
    let mut lost = hook(gone.url());
    lost["name"] = "CRM".into();
    let settings = json!({ "name": "Sarah", "actions": [lost, hook(told.url())] });
    let made = server.ask("POST", "/v1/agents", &settings).await.ok(201);
    let path = format!("/v1/agents/{}", text(&made, "/id"));
    let call = |id: &str| {
        let mut call = ended(id);
        call["call"]["agent"] = json!({ "name": "Sarah" });
        call["call"]["analysis"] = json!({ "summary": "Hi" });
        call
    };
    server.send(&call("c-1")).await;
    let alert = alert(&server, "webhook_gone", |_| true).await;
    assert_eq!(
        (&alert["agent_id"], &alert["flow_id"], &alert["address"]),
        (&made["id"], &Value::Null, &json!(gone.url()))
    );
    assert_eq!(
        alert["title"],
        "Webhook “CRM” of Sarah is switched off: its receiver is gone"
    );
    let is_off = |agent: &Value| agent["actions"][0]["enabled"] == false;
    let mut settings = server.until(&path, is_off).await;
    assert_eq!(settings["actions"][1]["enabled"], true);
    server.send(&call("c-2")).await;
    told.wait(2).await;
    assert_eq!(gone.all().len(), 1);
    for said in ["id", "version", "created_at", "updated_at", "flows"] {
        settings.as_object_mut().unwrap().shift_remove(said);
    }
    settings["actions"][0]["enabled"] = true.into();
    server.ask("PUT", &path, &settings).await.ok(200);
    let open = server.get("/v1/alerts?open=true").await;
    assert_eq!(open["data"], json!([]));
}
