//! Destinations over HTTP: breakers, rates, pauses; what waits is lost nowhere and no attempt is spent on it.

mod breakers;
mod health;
mod limits;
mod pauses;
mod rates;
use crate::world::{Receiver, Server, ended, text};
use serde_json::{Value, json};
use std::collections::HashMap;

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
