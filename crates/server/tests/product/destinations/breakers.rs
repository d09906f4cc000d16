//! Breakers: runs that are held while a destination fails, and the alert of it.

use super::*;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test(flavor = "multi_thread")]
async fn an_open_breaker_holds_runs_without_an_attempt_and_a_probe_lets_them_go() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n < 10 { (500, "{}") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    server.flow(flow("hook", &receiver.url())).await;
    let failing = send(&server, "fails", 10).await;
    let path = path(&receiver);
    let shown = server.until(&path, |shown| shown["state"] == "open").await;
    assert_eq!(shown["last_failure"]["code"], "http_status");
    assert!(shown["next_probe_at"].is_string() && shown["failing_since"].is_string());
    assert_eq!(shown["recent"]["failed"], 10);
    let waiting = send(&server, "waits", 50).await;
    let run = server.get(&format!("/v1/runs/{}", waiting[49])).await;
    assert_eq!(
        (&run["held"]["why"], &run["held"]["destination"]),
        (&json!("circuit"), &json!(receiver.destination()))
    );
    assert!(run["held"]["until"].is_string());
    assert!(server.get(&path).await["waiting"].as_u64().unwrap() >= 50);
    assert_eq!(receiver.all().len(), 10, "nothing was sent meanwhile");
    let metrics = server.call("GET", "/metrics", &[], "").await.unwrap().text;
    assert!(metrics.contains("switchhook_breakers_open 1"), "{metrics}");
    succeeded_at_the_first_attempt(&server, &waiting).await;
    for run in &failing {
        assert_eq!(server.ended(run).await["status"], "succeeded");
    }
    // Ten were refused; of sixty runs each was delivered, so each once.
    assert_eq!(
        (receiver.all().len(), times(&receiver).len()),
        (10 + 60, 60)
    );
    let shown = server.get(&path).await;
    assert_eq!(
        (&shown["failing_since"], &shown["waiting"]),
        (&Value::Null, &json!(0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destination_that_keeps_failing_is_an_alert_until_it_answers() {
    let dir = tempfile::tempdir().unwrap();
    static ANSWERS: AtomicBool = AtomicBool::new(false);
    let answer = |_| match ANSWERS.load(Ordering::Relaxed) {
        true => (200, "{}"),
        false => (500, "{}"),
    };
    let receiver = Receiver::start(answer).await;
    let told = Receiver::start(|_| (200, "{}")).await;
    let mut server = Server::start(dir.path());
    let say = json!({ "to": "{{ failing.destination }}", "level": "{{ failing.level }}", "code": "{{ error.code }}",
        "run": "{{ failed.run_id }}", "flow": "{{ failed.flow_name }}", "caller": "{{ caller_number }}" });
    server
        .flow(
            json!({ "name": "watcher", "on": ["destination.failing"], "steps": [
            { "id": "tell", "do": "webhook.send", "with": { "url": told.url(), "json": say } }] }),
        )
        .await;
    server.flow(flow("hook", &receiver.url())).await;
    let failing = send(&server, "fails", 10).await;
    // The newest.
    let of = |list: &Value| {
        let mut alerts = list["data"].as_array().unwrap().iter();
        alerts
            .find(|alert| alert["kind"] == "destination_failing")
            .cloned()
    };
    let list = server.until("/v1/alerts", |list| of(list).is_some()).await;
    let alert = of(&list).unwrap();
    assert!(
        text(&alert, "/title").contains(&receiver.destination()),
        "{alert:#}"
    );
    assert_eq!((&alert["open"], &alert["level"]), (&json!(true), &json!(0)));
    // Flows that watch hear of it, once, as of a call that it failed.
    let said = told.wait(1).await[0].json();
    assert_eq!(
        (&said["to"], &said["level"], &said["code"], &said["flow"]),
        (
            &json!(receiver.destination()),
            &json!(0),
            &json!("http_status"),
            &json!("hook")
        )
    );
    assert!(failing.contains(&text(&said, "/run")), "{said:#}");
    ANSWERS.store(true, Ordering::Relaxed);
    // Instead of waiting for the next probe.
    act(&server, &receiver, "pause").await;
    act(&server, &receiver, "resume").await;
    let is_over = |list: &Value| of(list).is_some_and(|alert| alert["resolved_at"].is_string());
    server.until("/v1/alerts", is_over).await;
    // One that an earlier process has raised is over all the same.
    ANSWERS.store(false, Ordering::Relaxed);
    send(&server, "again", 10).await;
    server.until("/v1/alerts", |list| !is_over(list)).await;
    told.wait(2).await;
    server.stop();
    ANSWERS.store(true, Ordering::Relaxed);
    let server = Server::start(dir.path());
    server.until("/v1/alerts", is_over).await;
    assert_eq!(told.all().len(), 2, "once for each time that it failed");
}
