//! Two nodes on one PostgreSQL give the same answers as one, and what a lost one was doing goes on elsewhere.

use crate::world;
use crate::world::{ROOT, Receiver, SEAL_KEY, Server, ended, text, webhook};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

fn command(database: &str) -> Command {
    on(database, world::command)
}

fn on(database: &str, command: impl Fn(&Path) -> Command) -> Command {
    // Relative to a directory that does not exist: a node on a shared database keeps nothing on its own disk.
    let mut command = command("/nonexistent/switchhook".as_ref());
    command
        .env("SWITCHHOOK_DATABASE", database)
        .env("SWITCHHOOK_SEAL_KEY", SEAL_KEY);
    command
}

fn node(database: &str) -> Server {
    Server::spawn(command(database)).expect("a node starts")
}

async fn metric(server: &Server, name: &str) -> f64 {
    let text = server.call("GET", "/metrics", &[], "").await.unwrap().text;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.map_or(0.0, |value| value.trim().parse().unwrap())
}

/// Waits until each node owns its share of the partitions.
async fn divided(nodes: &[&Server]) {
    let started = Instant::now();
    loop {
        let mut owned = Vec::new();
        for node in nodes {
            owned.push(metric(node, "switchhook_partitions ").await);
        }
        let fair = 1024.0 / nodes.len() as f64 / 2.0;
        if owned.iter().sum::<f64>() == 1024.0 && owned.iter().all(|owned| *owned > fair) {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "{owned:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn two() -> (String, Server, Server) {
    let database = tokio::task::spawn_blocking(lab::database).await.unwrap();
    let (one, two) = (node(&database), node(&database));
    divided(&[&one, &two]).await;
    (database, one, two)
}

/// Sends so many calls to the nodes in turn; answers the runs they caused.
async fn send(nodes: &[&Server], name: &str, count: usize) -> Vec<String> {
    let mut runs = Vec::new();
    for n in 0..count {
        let answer = nodes[n % nodes.len()]
            .send(&ended(&format!("{name}-{n}")))
            .await;
        runs.push(text(&answer, "/events/0/runs/0"));
    }
    runs
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_saved_on_one_node_matches_on_the_other_at_once() {
    let (_, one, two) = two().await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    // Both have matched before, so both have an old book in memory.
    one.send(&ended("before-1")).await;
    two.send(&ended("before-2")).await;
    let flow = one.flow(webhook(&receiver.url())).await;
    let answer = two.send(&ended("c-1")).await;
    let run = one.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded");
    two.ask("POST", &format!("/v1/flows/{flow}/disable"), &Value::Null)
        .await
        .ok(200);
    let answer = one.send(&ended("c-2")).await;
    assert_eq!(answer["events"][0]["runs"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_opened_on_one_node_is_open_on_the_other_until_it_is_shut() {
    let database = tokio::task::spawn_blocking(lab::database).await.unwrap();
    let shut = || Server::spawn(on(&database, world::shut)).expect("a node starts");
    let (one, two) = (shut(), shut());
    divided(&[&one, &two]).await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let flow = json!({ "name": "inside", "on": ["call.ended"],
        "steps": [{ "id": "a", "do": "http.request", "with": { "url": receiver.url() } }] });
    one.flow(flow).await;
    let outcome = async |node: &Server, call: &str| {
        let run = text(&node.send(&ended(call)).await, "/events/0/runs/0");
        text(&one.ended(&run).await, "/status")
    };
    let open = async |node: &Server, networks: Value| {
        let body = json!({ "allow_networks": networks, "egress_addresses": ["198.51.100.7"] });
        let path = "/v1/settings/network";
        let saved = node.ask("PUT", path, &body).await.ok(200);
        assert_eq!(saved["allow_networks"], body["allow_networks"]);
    };
    for (n, (asked, other)) in [(&one, &two), (&two, &one)].into_iter().enumerate() {
        assert_eq!(outcome(other, &format!("shut-{n}")).await, "failed");
        open(asked, json!(["127.0.0.0/8"])).await;
        for node in [other, asked] {
            let call = format!("open-{n}-{}", std::ptr::eq(node, asked));
            assert_eq!(outcome(node, &call).await, "succeeded");
        }
        open(asked, json!([])).await;
        for node in [other, asked] {
            let call = format!("shut-again-{n}-{}", std::ptr::eq(node, asked));
            assert_eq!(outcome(node, &call).await, "failed");
        }
    }
    assert_eq!(receiver.all().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_call_is_delivered_once_wherever_it_was_accepted() {
    let (_, one, two) = two().await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    one.flow(webhook(&receiver.url())).await;
    let runs = send(&[&one, &two], "c", 200).await;
    for run in &runs {
        let shown = two.ended(run).await;
        assert_eq!(shown["status"], "succeeded");
        assert_eq!(shown, one.get(&format!("/v1/runs/{run}")).await);
    }
    assert_eq!(receiver.all().len(), 200, "nothing twice");
    // The same event on the other node is the same event.
    let again = two.send(&ended("c-0")).await;
    assert_eq!(
        (again["accepted"].as_u64(), again["duplicates"].as_u64()),
        (Some(0), Some(1))
    );
    assert_eq!(again["events"][0]["runs"][0], runs[0].as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_of_a_killed_node_go_on_elsewhere_within_ten_seconds() {
    let (database, mut one, two) = two().await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    two.flow(webhook(&receiver.url())).await;
    receiver.hold();
    let runs = send(&[&one, &two], "c", 60).await;
    receiver.wait(60).await;
    one.kill();
    let killed = Instant::now();
    receiver.release();
    let mut own = HashSet::new();
    for run in &runs {
        let shown = two.ended(run).await;
        assert_eq!(shown["status"], "succeeded");
        own.insert(shown["entries"][0]["attempt"].as_u64());
    }
    let took = killed.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(own.contains(&Some(2)), "a lost owner counts as an attempt");
    let keys: HashSet<String> = receiver
        .all()
        .iter()
        .map(|received| received.header("idempotency-key"))
        .collect();
    assert_eq!(keys.len(), 60, "repeats carry the key of the first");
    divided(&[&two]).await;
    let again = node(&database);
    divided(&[&again, &two]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orderly_end_hands_everything_over_and_nothing_is_sent_twice() {
    let (_, mut one, two) = two().await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    two.flow(webhook(&receiver.url())).await;
    let runs = send(&[&one, &two], "c", 100).await;
    let stopped = tokio::task::spawn_blocking(move || one.stop());
    let more = send(&[&two], "d", 100).await;
    assert_eq!(stopped.await.unwrap(), Some(0));
    for run in runs.iter().chain(&more) {
        let shown = two.ended(run).await;
        assert_eq!(shown["status"], "succeeded");
        assert_eq!(shown["entries"][0]["attempt"], 1);
    }
    assert_eq!(receiver.all().len(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_is_told_the_other_knows() {
    let (_, one, two) = two().await;
    let receiver = Receiver::start(|_| (500, "{}")).await;
    one.ask(
        "POST",
        "/v1/secrets",
        &json!({ "name": "crm", "value": "s3cret-0123456789" }),
    )
    .await
    .ok(201);
    let slow = json!({ "name": "slow", "on": ["call.ended"], "steps": [
        { "id": "send", "do": "http.request", "retry": { "attempts": 3, "first_s": 600 },
          "with": { "method": "POST", "url": receiver.url(), "headers": { "Authorization": "{{ secrets.crm }}" } } }] });
    two.flow(slow).await;
    let runs = send(&[&one, &two], "c", 16).await;
    receiver.wait(16).await;
    assert!(
        receiver
            .all()
            .iter()
            .all(|received| received.header("authorization") == "s3cret-0123456789")
    );
    // Cancelled on both, wherever they wait.
    for (n, run) in runs.iter().enumerate() {
        let node = [&one, &two][n % 2];
        node.until(&format!("/v1/runs/{run}"), |run| run["status"] == "waiting")
            .await;
        let path = format!("/v1/runs/{run}/cancel");
        node.ask("POST", &path, &json!({})).await;
    }
    for run in &runs {
        assert_eq!(two.ended(run).await["status"], "cancelled");
    }
    // A POST repeated on the other node is not done again.
    let auth = format!("Bearer {ROOT}");
    let headers = [
        ("authorization", auth.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", "replay-1"),
    ];
    let path = format!("/v1/runs/{}/replay", runs[0]);
    let body = r#"{"from":"start","version":"same"}"#;
    let first = one.call("POST", &path, &headers, body).await.unwrap();
    let again = two.call("POST", &path, &headers, body).await.unwrap();
    assert_eq!(first.text, again.text);
    assert_eq!(again.headers["idempotency-replayed"], "true");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_together_keep_the_rate_of_a_destination() {
    let (_, one, two) = two().await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let path = format!("/v1/destinations/{}", receiver.destination());
    let rate = json!({ "rate": { "per_s": 10, "burst": 2 } });
    one.ask("PUT", &path, &rate).await.ok(200);
    one.flow(webhook(&receiver.url())).await;
    let runs = send(&[&one, &two], "c", 30).await;
    let mut began: Vec<jiff::Timestamp> = Vec::new();
    for run in &runs {
        let shown = two.ended(run).await;
        assert_eq!(shown["entries"].as_array().unwrap().len(), 1, "{shown:#}");
        began.push(text(&shown, "/entries/0/started_at").parse().unwrap());
    }
    began.sort_unstable();
    // Two at once and ten a second; a token may be spent a quarter of a second late.
    for (n, from) in began.iter().enumerate() {
        for (m, to) in began.iter().enumerate().skip(n) {
            let passed = to.duration_since(*from).as_secs_f64();
            let most = 2.0 + (passed + 0.5) * 10.0;
            assert!((m - n + 1) as f64 <= most, "{} in {passed} s", m - n + 1);
        }
    }
    assert_eq!(receiver.all().len(), 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paused_on_one_node_is_held_on_both_and_seen_on_both() {
    let (_, one, two) = two().await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    one.flow(webhook(&receiver.url())).await;
    // Both have sent to it before.
    for run in send(&[&one, &two], "before", 8).await {
        one.ended(&run).await;
    }
    let path = format!("/v1/destinations/{}", receiver.destination());
    one.ask("POST", &format!("{path}/pause"), &Value::Null)
        .await
        .ok(200);
    // Whatever was accepted after the pause is held, wherever it was and is.
    let runs = send(&[&two, &one], "held", 16).await;
    for node in [&one, &two] {
        node.until(&path, |shown| {
            shown["waiting"] == 16 && shown["state"] == "paused"
        })
        .await;
    }
    assert_eq!(receiver.all().len(), 8);
    two.ask("POST", &format!("{path}/resume"), &Value::Null)
        .await
        .ok(200);
    for run in &runs {
        assert_eq!(one.ended(run).await["entries"][0]["attempt"], 1);
    }
    assert_eq!(receiver.all().len(), 24);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_watches_one_node_sees_what_happens_on_the_other() {
    let (_, one, two) = two().await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    one.flow(webhook(&receiver.url())).await;
    let auth = format!("Bearer {ROOT}");
    let mut seen = one
        .open("/v1/stream", &[("authorization", auth.as_str())])
        .await;
    let heard = async {
        for n in 0.. {
            // The first may come before the other node has heard that somebody watches.
            let answer = two.send(&ended(&format!("c-{n}"))).await;
            let event = text(&answer, "/events/0/id");
            let soon = tokio::time::Instant::now() + Duration::from_millis(500);
            while let Ok(Some(said)) = tokio::time::timeout_at(soon, seen.next()).await {
                if said.contains(&event) {
                    return;
                }
            }
        }
    };
    tokio::time::timeout(PATIENCE, heard)
        .await
        .expect("news of the other node");
}

#[test]
fn a_shared_database_needs_the_seal_key_of_its_first_node() {
    let database = lab::database();
    let refused = |command: &mut Command| {
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let mut without = command(&database);
    without.env_remove("SWITCHHOOK_SEAL_KEY");
    assert!(refused(&mut without).contains("SWITCHHOOK_SEAL_KEY"));
    drop(node(&database));
    let mut other = command(&database);
    other.env("SWITCHHOOK_SEAL_KEY", "ab".repeat(32));
    assert!(refused(&mut other).contains("another seal key"));
    let mut nowhere = command("postgres://nobody:hush-hush@127.0.0.1:1/none");
    let why = refused(&mut nowhere);
    assert!(!why.contains("hush-hush"), "{why}");
}
