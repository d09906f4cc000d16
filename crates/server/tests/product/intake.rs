//! How much may come in, as it is configured.

use crate::world::{Receiver, Server, command, ended, text};
use serde_json::{Value, json};

fn with(options: &[&str], dir: &tempfile::TempDir) -> Server {
    let mut command = command(dir.path());
    command.args(options);
    Server::spawn(command).unwrap()
}

/// A call of ten hours, 3.6 seconds a turn, and so many bytes beside it.
fn long_call(id: &str, bytes: usize) -> Value {
    let turn = |n: usize| {
        let role = if n.is_multiple_of(2) {
            "agent"
        } else {
            "customer"
        };
        json!({ "role": role, "text": format!("This is what is said in turn {n} of a long talk."), "start_s": n as f64 * 3.6 })
    };
    let mut call = ended(id);
    call["call"]["transcript"] = (0..10_000).map(turn).collect();
    call["call"]["metadata"] = json!({ "notes": "n".repeat(bytes) });
    call
}

#[tokio::test(flavor = "multi_thread")]
async fn over_the_rate_that_is_set_a_sender_is_told_to_wait_and_nothing_is_stored() {
    let dir = tempfile::tempdir().unwrap();
    let server = with(&["--intake-per-s", "2"], &dir);
    let mut refused = 0;
    for n in 0..20 {
        let body = ended(&format!("c-{n}"));
        let answer = server.ask("POST", "/v1/events", &body).await;
        if answer.status == 429 {
            refused += 1;
            assert_eq!(answer.headers["retry-after"], "1");
            assert_eq!(answer.json()["code"], "too_many_requests");
        }
    }
    let calls = server.get("/v1/calls").await;
    let stored = calls["data"].as_array().unwrap().len();
    assert_eq!(stored + refused, 20);
    assert!(refused > 0 && stored >= 2, "{refused} were refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_of_ten_hours_goes_through_whole_and_one_over_the_limit_is_refused_at_its_size() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = with(&["--event-body-mib", "4"], &dir);
    let hook = json!({ "name": "hook", "on": ["call.ended"], "steps": [
        { "id": "send", "do": "webhook.send", "with": { "url": receiver.url() } } ] });
    server.flow(hook).await;
    let large = long_call("large", 4 << 20);
    let refused = server.ask("POST", "/v1/events", &large).await;
    assert_eq!(refused.status, 413, "{}", refused.text);
    assert_eq!(refused.json()["code"], "payload_too_large");
    assert!(
        refused.text.contains("--event-body-mib"),
        "{}",
        refused.text
    );
    server.send(&long_call("long", 2 << 20)).await;
    receiver.wait(1).await;
    let sent = receiver.all()[0].json();
    let turns = sent.to_string().matches("of a long talk.").count();
    assert!(turns >= 10_000, "{turns} of 10,000 turns were sent");
    assert_eq!(
        server.get("/v1/calls").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finished_call_of_50_mb_is_taken_whole_where_the_server_is_started_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = with(&["--event-body-mib", "64"], &dir);
    let reads = json!({ "name": "read", "on": ["call.ended"], "steps": [
        { "id": "read", "set": { "turns": "{{ call.transcript | length }}", "last": "{{ call.metadata.last }}" } } ] });
    server.flow(reads).await;
    // A store makes it smaller by half, as it does with talk.
    let words = "well then perhaps tomorrow afternoon would suit you better shall I book the table"
        .split(' ');
    let words: Vec<&str> = words.collect();
    let mut drawn = 7u64;
    let mut word = |_| {
        drawn = drawn
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        words[(drawn >> 33) as usize % words.len()]
    };
    let mut said = || (0..4_300).map(&mut word).collect::<Vec<_>>().join(" ");
    let turn = |_| json!({ "role": "agent", "text": said() });
    let mut call = ended("large");
    call["call"]["transcript"] = (0..2_000).map(turn).collect();
    call["call"]["metadata"] = json!({ "notes": "n".repeat(2 << 20), "last": "the end" });
    let size = call.to_string().len() as u64 >> 20;
    assert!((48..64).contains(&size), "{size}");
    let before = server.peak_mb();
    let answer = server.send(&call).await;
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    let grown = server.peak_mb() - before;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    // As the guide says.
    assert!(grown < size * 10, "{grown} MB more for {size} MB");
    let kept = format!("/v1/calls/{}", text(&answer, "/events/0/call_id"));
    let kept = server.get(&kept).await;
    assert_eq!(kept["snapshot"]["transcript"], call["call"]["transcript"]);
    assert_eq!(kept["snapshot"]["metadata"], call["call"]["metadata"]);
}
