//! Destinations over HTTP: breakers, rates, pauses; what waits is lost nowhere and no attempt is spent on it.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

mod world;

use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use world::{Receiver, Server, ended, text};

fn flow(name: &str, url: &str) -> Value {
    json!({ "name": name, "on": ["call.ended"], "steps": [{ "id": "send", "do": "http.request",
        "with": { "method": "POST", "url": url, "json": { "call": "{{ call_id }}" } },
        "retry": { "attempts": 3, "first_s": 0.05, "factor": 1 } }] })
}

fn path(receiver: &Receiver) -> String {
    format!("/v1/destinations/{}", receiver.destination())
}

async fn act(server: &Server, receiver: &Receiver, what: &str) -> Value {
    let path = format!("{}/{what}", path(receiver));
    server.ask("POST", &path, &Value::Null).await.ok(200)
}

/// Sends so many calls at once; answers the runs they caused.
async fn send(server: &Server, name: &str, count: usize) -> Vec<String> {
    let calls: Vec<Value> = (0..count).map(|n| ended(&format!("{name}-{n}"))).collect();
    let answer = server.send(&json!(calls)).await;
    let events = answer["events"].as_array().unwrap().iter();
    let runs = events.flat_map(|event| event["runs"].as_array().unwrap());
    runs.map(|run| run.as_str().unwrap().to_owned()).collect()
}

/// How often each idempotency key came.
fn times(receiver: &Receiver) -> HashMap<String, usize> {
    let mut times = HashMap::new();
    for received in receiver.all() {
        *times.entry(received.header("idempotency-key")).or_default() += 1;
    }
    times
}

async fn succeeded_at_the_first_attempt(server: &Server, runs: &[String]) {
    for run in runs {
        let run = server.ended(run).await;
        let entries = run["entries"].as_array().unwrap();
        assert_eq!(
            (&run["status"], entries.len(), &entries[0]["attempt"]),
            (&json!("succeeded"), 1, &json!(1)),
            "{run:#}"
        );
        assert_eq!(run["held"], Value::Null);
    }
}

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
async fn two_flows_share_the_rate_of_their_destination() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let server = Server::start(dir.path());
    let rate = json!({ "rate": { "per_s": 20, "burst": 5 } });
    let set = server.ask("PUT", &path(&receiver), &rate).await.ok(200);
    assert_eq!(
        set["rate"],
        json!({ "count": 20, "period_s": 1.0, "burst": 5 })
    );
    for name in ["one", "two"] {
        server.flow(flow(name, &receiver.url())).await;
    }
    let runs = send(&server, "c", 20).await;
    assert_eq!(runs.len(), 40);
    let mut began: Vec<jiff::Timestamp> = Vec::new();
    for run in &runs {
        let run = server.ended(run).await;
        assert_eq!(run["entries"].as_array().unwrap().len(), 1);
        began.push(text(&run, "/entries/0/started_at").parse().unwrap());
    }
    began.sort_unstable();
    // A token may be spent a quarter of a second late.
    for (n, from) in began.iter().enumerate() {
        for (m, to) in began.iter().enumerate().skip(n) {
            let passed = to.duration_since(*from).as_secs_f64();
            let most = 5.0 + (passed + 0.3) * 20.0;
            assert!((m - n + 1) as f64 <= most, "{} in {passed} s", m - n + 1);
        }
    }
    assert_eq!(receiver.all().len(), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_asks_for_a_pause_gets_it_from_all_runs() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n == 0 { (429, "2") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    server.flow(flow("hook", &receiver.url())).await;
    let first = send(&server, "first", 1).await;
    server
        .until(&path(&receiver), |shown| shown["state"] == "limited")
        .await;
    let others = send(&server, "others", 5).await;
    let run = server.get(&format!("/v1/runs/{}", others[0])).await;
    assert_eq!(run["held"]["why"], "rate");
    assert_eq!(receiver.all().len(), 1);
    succeeded_at_the_first_attempt(&server, &others).await;
    assert_eq!(server.ended(&first[0]).await["entries"][1]["attempt"], 2);
    assert_eq!(receiver.all().len(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_test_is_held_back_as_runs_are_and_says_until_when() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n == 1 { (429, "30") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    let hook = flow("hook", &receiver.url());
    let test = async || {
        let question = json!({ "flow": hook, "mode": "live" });
        let told = server.ask("POST", "/v1/flows/test", &question).await;
        told.ok(200)["steps"][0].clone()
    };
    let refused = |step: &Value, why: &str| {
        assert_eq!(step["error"]["code"], "held_back", "{step:#}");
        let message = text(step, "/error/message");
        assert!(message.contains(why) && message.contains(&receiver.destination()));
    };
    act(&server, &receiver, "pause").await;
    refused(&test().await, "is paused: resume it first");
    act(&server, &receiver, "resume").await;
    let rate = json!({ "rate": { "count": 1, "period_s": 3600, "burst": 1 } });
    server.ask("PUT", &path(&receiver), &rate).await.ok(200);
    assert_eq!(test().await["result"], "ok");
    refused(&test().await, "has its rate used up until 20");
    server
        .ask("PUT", &path(&receiver), &json!({}))
        .await
        .ok(200);
    server.flow(hook.clone()).await;
    send(&server, "asked", 1).await;
    server
        .until(&path(&receiver), |shown| shown["state"] == "limited")
        .await;
    refused(&test().await, "until 20");
    assert_eq!(receiver.all().len(), 2, "a test and a run");
}

#[tokio::test(flavor = "multi_thread")]
async fn senseless_waits_are_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n % 2 == 0 { (429, "-5") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    server.flow(flow("hook", &receiver.url())).await;
    for run in send(&server, "c", 3).await {
        assert_eq!(server.ended(&run).await["status"], "succeeded");
    }
    assert_eq!(server.get(&path(&receiver)).await["state"], "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_destination_holds_its_runs_over_a_restart_and_one_can_be_cancelled() {
    let dir = tempfile::tempdir().unwrap();
    let (receiver, other) = (
        Receiver::start(|_| (200, "{}")).await,
        Receiver::start(|_| (200, "{}")).await,
    );
    let mut server = Server::start(dir.path());
    server.flow(flow("held", &receiver.url())).await;
    assert_eq!(act(&server, &receiver, "pause").await["state"], "paused");
    let runs = send(&server, "c", 6).await;
    server
        .until(&path(&receiver), |shown| shown["waiting"] == 6)
        .await;
    server.flow(flow("beside", &other.url())).await;
    let beside = send(&server, "d", 1).await;
    other.wait(1).await;
    let cancel = format!("/v1/runs/{}/cancel", runs[0]);
    server.ask("POST", &cancel, &json!({})).await.ok(202);
    assert_eq!(server.ended(&runs[0]).await["status"], "cancelled");
    assert_eq!(server.stop(), Some(0));
    let server = Server::start(dir.path());
    let shown = server
        .until(&path(&receiver), |shown| shown["waiting"] == 6)
        .await;
    assert_eq!(shown["state"], "paused");
    let run = server.get(&format!("/v1/runs/{}", runs[1])).await;
    assert_eq!(
        (&run["status"], &run["held"]["why"]),
        (&json!("running"), &json!("paused"))
    );
    assert_eq!(receiver.all().len(), 0);
    act(&server, &receiver, "resume").await;
    succeeded_at_the_first_attempt(&server, &runs[1..]).await;
    for run in &beside {
        assert_eq!(server.ended(run).await["status"], "succeeded");
    }
    assert_eq!(receiver.all().len(), 6);
    assert!(times(&receiver).values().all(|times| *times == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_sent_twice_waits_through_a_kill_and_is_sent_once() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let mut server = Server::start(dir.path());
    let mut once = flow("once", &receiver.url());
    once["steps"][0]["on_unknown"] = "stop".into();
    server.flow(once).await;
    act(&server, &receiver, "pause").await;
    let runs = send(&server, "c", 3).await;
    server
        .until(&path(&receiver), |shown| shown["waiting"] == 3)
        .await;
    server.kill();
    let server = Server::start(dir.path());
    server
        .until(&path(&receiver), |shown| shown["waiting"] == 3)
        .await;
    act(&server, &receiver, "resume").await;
    for run in &runs {
        let run = server.ended(run).await;
        assert_eq!(
            (&run["status"], run["entries"].as_array().unwrap().len()),
            (&json!("succeeded"), 1),
            "{run:#}"
        );
    }
    assert_eq!(receiver.all().len(), 3);
    assert_eq!(times(&receiver).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_cancelled_before_its_destination_was_paused_ends_while_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (receiver, other) = (
        Receiver::start(|_| (200, "{}")).await,
        Receiver::start(|_| (200, "{}")).await,
    );
    let mut command = world::command(dir.path());
    command.args(["--per-destination", "1"]);
    let server = Server::spawn(command).unwrap();
    act(&server, &other, "pause").await;
    server.flow(flow("beside", &other.url())).await;
    let beside = send(&server, "k", 1).await;
    server.flow(flow("hook", &receiver.url())).await;
    receiver.hold();
    send(&server, "hangs", 1).await;
    receiver.wait(1).await;
    let parked = send(&server, "parked", 1).await;
    // Timers fire in their order: once the last is cancelled, all have been asked for.
    for run in parked.iter().chain(&beside) {
        let cancel = format!("/v1/runs/{run}/cancel");
        server.ask("POST", &cancel, &json!({})).await.ok(202);
    }
    assert_eq!(server.ended(&beside[0]).await["status"], "cancelled");
    act(&server, &receiver, "pause").await;
    receiver.release();
    for run in &parked {
        assert_eq!(server.ended(run).await["status"], "cancelled");
    }
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_paused_and_limited_by_the_name_that_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let path = "/v1/destinations/email%20Sales%20mail";
    let set = server
        .ask("PUT", path, &json!({ "max_concurrent": 2 }))
        .await;
    assert_eq!(set.ok(200)["name"], "email Sales mail");
    let pause = format!("{path}/pause");
    let paused = server.ask("POST", &pause, &Value::Null).await.ok(200);
    assert_eq!(paused["state"], "paused");
    for name in [
        "no.such%20Sales%20mail",
        "email.send%20Sales%20mail",
        "email%20",
        "email%20a%0Ab",
    ] {
        let path = format!("/v1/destinations/{name}");
        let answer = server.ask("PUT", &path, &json!({})).await;
        assert_eq!(answer.status, 404, "{name}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_limits_is_said_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let wrong = json!({ "rate": { "count": 0, "period_s": 1e9, "burst": 0 }, "max_concurrent": 0, "note": "x".repeat(1001) });
    let answer = server
        .ask("PUT", "/v1/destinations/a.example:443", &wrong)
        .await
        .ok(422);
    let mut paths: Vec<_> = answer["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| text(error, "/path"))
        .collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "/max_concurrent",
            "/note",
            "/rate/burst",
            "/rate/count",
            "/rate/period_s"
        ]
    );
    for name in [
        "a.example",
        "A.example:443",
        "a.example:0",
        "http:%2F%2Fa:1",
        "a:99999",
        ":1",
        "a%20b:1",
    ] {
        let path = format!("/v1/destinations/{name}");
        let answer = server.ask("PUT", &path, &json!({})).await;
        assert_eq!(answer.status, 404, "{name}: {}", answer.text);
    }
    let path = "/v1/destinations/a.example:443";
    server
        .ask("PUT", path, &json!({ "note": "first" }))
        .await
        .ok(200);
    let auth = format!("Bearer {}", world::ROOT);
    let headers = [
        ("authorization", auth.as_str()),
        ("content-type", "application/json"),
        ("if-match", "\"7\""),
    ];
    let answer = server.call("PUT", path, &headers, "{}").await.unwrap();
    assert_eq!(answer.ok(412)["code"], "version_conflict");
    assert_eq!(server.get(path).await["note"], "first");
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

#[tokio::test(flavor = "multi_thread")]
async fn the_rate_and_the_pause_of_a_connection_hold_the_runs_that_go_through_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    // Nobody listens there: a call that was let go fails at once.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    let smtp = json!({ "host": "127.0.0.1", "port": port, "security": "plain", "from": "a@company.example" });
    let made = json!({ "name": "Sales mail", "kind": "smtp", "fields": smtp });
    server.ask("POST", "/v1/connections", &made).await.ok(201);
    let mail = json!({ "to": "b@company.example", "subject": "s", "text": "t" });
    let step = json!({ "id": "mail", "do": "email.send", "connection": "Sales mail", "with": mail, "retry": { "attempts": 1 } });
    server
        .flow(json!({ "name": "mail", "on": ["call.ended"], "steps": [step] }))
        .await;
    let path = "/v1/destinations/email%20Sales%20mail";
    let rate = json!({ "rate": { "count": 1, "period_s": 3600, "burst": 1 } });
    server.ask("PUT", path, &rate).await.ok(200);
    let runs = send(&server, "c", 2).await;
    let went = server
        .until("/v1/runs?status=failed", |page| !page["data"][0].is_null())
        .await;
    let went = text(&went, "/data/0/id");
    let failed = server.ended(&went).await;
    assert_eq!(failed["entries"][0]["error"]["code"], "connect");
    let other = runs.iter().find(|run| **run != went).unwrap();
    let other = format!("/v1/runs/{other}");
    let held = server.get(&other).await["held"].clone();
    assert_eq!(
        (&held["why"], &held["destination"]),
        (&json!("rate"), &json!("email Sales mail"))
    );
    let pause = format!("{path}/pause");
    server.ask("POST", &pause, &Value::Null).await.ok(200);
    server
        .until(&other, |run| run["held"]["why"] == "paused")
        .await;
}
