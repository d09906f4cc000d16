//! What is confidential of calls: a call full of canaries, and every route that could show one.

mod canaries;
mod detours;
mod keeping;
mod rights;

use crate::world::{World, home, store, world_on};
use api::Scope;
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::timeout;

const ROOT: &str = "root-key-of-the-tests";
const SAID: &str = "It is \"canary said\" & more / é, as my doctor told.";
const SSN: &str = "981-65-4329";

/// What must be in no answer: in words, and as they are in base64 at any place.
const CANARIES: [&str; 10] = [
    "canary",
    "ca-ary",
    "4155558123",
    "415) 555-8123",
    "981-65",
    "9816543",
    "4111222233334444",
    "Y2FuYXJ5",
    "NhbmFye",
    "jYW5hcn",
];

struct Told {
    call: String,
    event: String,
    failed: String,
    copied: String,
    endpoint: String,
    contact: String,
    /// Where the failed run has sent to.
    receiver: String,
}

async fn ask(world: &World, method: &str, path: &str, body: Value, status: u16) -> Value {
    world.call(ROOT, method, path, body).await.expect(status)
}

async fn redacting() -> World {
    let (store, world) = (store().await, kernel::id::WorkspaceId::from_bytes([1; 16]));
    store.put(home(world), 0).await.unwrap();
    let world = world_on(store).await;
    let fields = json!({"fields": ["from", "contact", "transcript", "summary", "recording", "variables.card", "metadata"]});
    ask(&world, "PUT", "/v1/settings/redaction", fields, 200).await;
    let agent = json!({"name": "Sarah", "variables": [
        {"name": "ssn", "from": ["social"], "type": "text", "description": "The number", "confidential": true}]});
    ask(&world, "POST", "/v1/agents", agent, 201).await;
    world
}

/// Refuses what it is sent, and says what that was: in its answer, and in why the step has failed.
async fn receiver() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let echo = |request: Request<Body>| async {
        let uri = request.uri().to_string();
        let body = axum::body::to_bytes(request.into_body(), 1 << 20)
            .await
            .unwrap();
        let body = format!("refused {uri}: {}", String::from_utf8_lossy(&body));
        let headers = [("x-canary", uri.clone()), ("location", uri)];
        (StatusCode::TEMPORARY_REDIRECT, headers, body)
    };
    let app = axum::Router::new().fallback(echo);
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

fn call(id: &str) -> Value {
    json!({"kind": "call.ended", "call": {
        "provider_call_id": id, "direction": "inbound", "from": "+14155558123", "to": "+15550100", "status": "completed",
        "agent": {"name": "Sarah"},
        "contact": {"first_name": "Canarya", "email": "canary+x@example.com", "diagnosis": "canary diabetes"},
        "transcript": [{"role": "agent", "text": "What is the canary number?"}, {"role": "customer", "text": SAID},
            {"role": "customer", "text": format!("It is {SSN}.")}],
        "recording": {"url": "https://rec.example/canary/recording.mp3"},
        "analysis": {"summary": "canary summary of what was said",
            "structured": {"ssn": SSN, "budget": 42},
            "evidence": {"ssn": {"quote": "canary said", "turn": 1}}},
        "variables": {"card": "4111222233334444", "lead": "fair"},
        "metadata": {"note": format!("canary note {SSN}")}}})
}

async fn told(world: &World) -> Told {
    let address = receiver().await;
    let allow = json!({"allow_networks": [format!("{}/32:{}", "127.0.0.1", address.rsplit(':').next().unwrap())], "egress_addresses": []});
    ask(world, "PUT", "/v1/settings/network", allow, 200).await;
    let tell = json!({"name": "Tell", "on": ["call.ended"], "steps": [{"id": "tell", "do": "http.request", "retry": {"attempts": 1},
        "with": {"method": "POST", "url": format!("http://{address}/x?n={{{{ call.from }}}}&s={{{{ summary }}}}&e={{{{ contact.email }}}}"),
            "headers": {"X-Ssn": "{{ outcome.ssn }}"},
            "json": {"ssn": "{{ outcome.ssn }}", "packed": "{{ contact.email | base64 }}", "line": "{{ transcript }}",
                "quote": "{{ analysis.evidence.ssn.quote }}", "digits": "{{ outcome.ssn | replace('-', '') }}",
                "all": "{{ call | json | base64 }}", "card": "{{ vars.card }}"}}}]});
    let copy = json!({"name": "Copy", "on": ["call.ended"], "steps": [
        {"id": "copy", "set": {"who": "{{ contact.email | upper }}", "card": "{{ vars.card | number }}", "said": "{{ transcript }}"}}]});
    ask(world, "POST", "/v1/flows", tell, 201).await;
    ask(world, "POST", "/v1/flows", copy, 201).await;
    let contact = json!({"phone": "+14155558123", "email": "canary+x@example.com", "columns": {"diagnosis": "canary diabetes"}});
    let contact = ask(world, "POST", "/v1/contacts", contact, 201).await;
    let endpoint = json!({"provider": "custom", "name": "e", "auth": {"secret": "first"}});
    let endpoint = ask(world, "POST", "/v1/endpoints", endpoint, 201).await;
    for (token, body) in [
        ("first", call("c-1")),
        (
            "first",
            json!({"kind": "canary", "call": {"from": "canary"}}),
        ),
        ("guessed", call("c-2")),
    ] {
        let path = endpoint["url"]
            .as_str()
            .unwrap()
            .strip_prefix("https://hooks.example");
        let request = Request::post(path.unwrap())
            .header("host", "hooks.example")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json");
        let request = request.body(Body::from(body.to_string())).unwrap();
        world.send(request).await;
    }
    let over = |runs: &Value| {
        let status = |run: &Value| run["status"].as_str().map(String::from);
        let runs = runs["data"].as_array().unwrap().iter().filter_map(status);
        let mut over: Vec<String> = runs.collect();
        over.sort();
        over == ["failed", "succeeded"]
    };
    let ask_again = async {
        loop {
            let runs = ask(world, "GET", "/v1/runs?reveal=true", Value::Null, 200).await;
            if over(&runs) {
                return runs;
            }
            tokio::task::yield_now().await;
        }
    };
    let runs = timeout(Duration::from_secs(20), ask_again).await.unwrap();
    let run = |status: &str| {
        let mut runs = runs["data"].as_array().unwrap().iter();
        let run = runs.find(|run| run["status"] == status).unwrap();
        run["id"].as_str().unwrap().to_owned()
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Told {
        call: text(&runs["data"][0]["call"]["id"]),
        event: text(&runs["data"][0]["event"]["id"]),
        failed: run("failed"),
        copied: run("succeeded"),
        endpoint: text(&endpoint["id"]),
        contact: text(&contact["id"]),
        receiver: address,
    }
}

#[track_caller]
fn is_clean(what: &str, text: &str) {
    let text = text.to_lowercase();
    for canary in CANARIES {
        let canary = canary.to_lowercase();
        // Names of headers are the receiver's own.
        let text = text.replace("x-canary", "");
        let at = text.find(&canary);
        let near = at.map(|at| {
            let from = text.floor_char_boundary(at.saturating_sub(150));
            &text[from..text.ceil_char_boundary((at + 150).min(text.len()))]
        });
        assert!(
            near.is_none(),
            "{what} shows `{canary}`: {}",
            near.unwrap_or_default()
        );
    }
}
