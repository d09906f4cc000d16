//! kill -9 at random moments and at every commit point, restart, compare: nothing acknowledged is lost, no run is stuck, and what
//! is delivered twice was in flight and carries the same idempotency key. `SWITCHHOOK_KILLS=1000` runs the long form.

use crate::world::{ROOT, Received, Receiver, Server, command, ended, text, webhook};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::{Duration, Instant};

const POINTS: [&str; 3] = ["before_begin", "before_commit", "after_commit"];
const SENDERS: usize = 8;
const PER_DESTINATION: usize = 64;

#[derive(Default)]
struct Tally {
    kills: usize,
    acknowledged: HashSet<String>,
    slowest: Duration,
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_however_often_the_process_is_killed() {
    let kills: usize = std::env::var("SWITCHHOOK_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(18);
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    Server::start(dir.path())
        .flow(webhook(&receiver.url()))
        .await;
    let mut tally = Tally::default();
    while tally.kills < kills {
        let planned = tally.kills % 2 == 0;
        burst(dir.path(), planned.then(|| point(tally.kills)), &mut tally).await;
        tally.kills += 1;
    }
    let server = Server::start(dir.path());
    let started = Instant::now();
    server
        .until("/v1/stats", |stats| {
            stats["queued"] == 0
                && stats["performing"] == 0
                && stats["runs"]["running"].as_u64().unwrap_or(0) == 0
        })
        .await;
    tally.slowest = tally.slowest.max(started.elapsed());
    check(&server, &receiver.all(), &tally).await;
}

/// An attempt that takes the process with it is one of its attempts, also if a timer began it: else it would do so for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_woken_attempt_that_ends_the_process_is_counted() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (503, "{}")).await,
    );
    let mut server = Server::start(dir.path());
    let mut flow = webhook(&receiver.url());
    flow["steps"][0]["retry"] = json!({ "attempts": 3, "first_s": 0.5, "factor": 1 });
    server.flow(flow).await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    let path = format!("/v1/runs/{run}");
    server.until(&path, |run| run["attempt"] == 2).await;
    receiver.hold();
    // The second attempt, which the timer began; then the same again, for nobody can know of it.
    for requests in 2..=3 {
        receiver.wait(requests).await;
        server.kill();
        server = Server::start(dir.path());
    }
    receiver.wait(4).await;
    receiver.release();
    let run = server.ended(&run).await;
    let attempts: Vec<&Value> = run["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["attempt"])
        .collect();
    assert_eq!(
        (&run["status"], attempts),
        (&json!("failed"), vec![&json!(1), &json!(3)]),
        "{run:#}"
    );
    assert_eq!(receiver.all().len(), 4);
}

/// A commit point and how many passes it survives: a different moment every time.
fn point(kill: usize) -> String {
    format!(
        "{}:{}",
        POINTS[(kill / 2) % POINTS.len()],
        2 + (kill * 7) % 40
    )
}

/// Sends from several senders until the process dies, at a commit point or by our hand.
async fn burst(data: &Path, point: Option<String>, tally: &mut Tally) {
    let mut command = command(data);
    if let Some(point) = &point {
        command.env("SWITCHHOOK_CRASH_AT", point);
    }
    let Some(mut server) = Server::spawn(command) else {
        return;
    };
    let moment = Duration::from_millis(20 + (tally.kills as u64 * 37) % 180);
    let kill = tally.kills;
    let mut senders = Vec::new();
    for sender in 0..SENDERS {
        let (url, patience) = (
            server.url.clone(),
            if point.is_some() {
                Duration::from_secs(5)
            } else {
                moment
            },
        );
        senders.push(tokio::spawn(send_until_dead(
            url,
            format!("k{kill}-s{sender}"),
            patience,
        )));
    }
    if point.is_none() {
        tokio::time::sleep(moment).await;
        server.kill();
    }
    for sender in senders {
        tally.acknowledged.extend(sender.await.unwrap());
    }
    server.kill();
}

async fn send_until_dead(url: String, name: String, patience: Duration) -> Vec<String> {
    let client = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new())
        .build_http::<http_body_util::Full<bytes::Bytes>>();
    let (started, mut acknowledged) = (Instant::now(), Vec::new());
    for n in 0.. {
        let call = format!("{name}-{n}");
        let request = hyper::Request::post(format!("{url}/v1/events"))
            .header("authorization", format!("Bearer {ROOT}"));
        let request = request
            .body(http_body_util::Full::from(ended(&call).to_string()))
            .unwrap();
        match client.request(request).await {
            Ok(answer) if answer.status() == 202 => acknowledged.push(call),
            _ => break,
        }
        if started.elapsed() > patience {
            break;
        }
    }
    acknowledged
}

async fn check(server: &Server, received: &[Received], tally: &Tally) {
    let mut keys: HashMap<String, HashSet<String>> = HashMap::new();
    let mut times: HashMap<String, usize> = HashMap::new();
    for delivery in received {
        let call = text(&delivery.json(), "/data/callInfo/callSid");
        keys.entry(call.clone())
            .or_default()
            .insert(delivery.header("idempotency-key"));
        *times.entry(call).or_default() += 1;
    }
    let lost: Vec<&String> = tally
        .acknowledged
        .iter()
        .filter(|call| !times.contains_key(*call))
        .collect();
    assert!(
        lost.is_empty(),
        "acknowledged but never delivered: {lost:?}"
    );
    assert!(
        keys.values().all(|keys| keys.len() == 1),
        "a repeat carries the key of the first"
    );
    let twice = times.values().filter(|times| **times > 1).count();
    assert!(
        twice <= tally.kills * PER_DESTINATION,
        "{twice} repeats are more than was in flight"
    );
    let stats: Value = server.get("/v1/stats").await;
    assert_eq!(stats["runs"]["waiting"].as_u64().unwrap_or(0), 0, "{stats}");
    println!(
        "{} kills, {} acknowledged, 0 lost, {twice} delivered twice, slowest recovery {:?}",
        tally.kills,
        tally.acknowledged.len(),
        tally.slowest
    );
}
