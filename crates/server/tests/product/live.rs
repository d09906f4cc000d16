//! Flows tried out against a real receiver: dry ones never reach it, live ones do, once for each call, within bounds.

use crate::world::{Receiver, Server};
use serde_json::{Value, json};

fn flow(url: &str) -> Value {
    json!({ "name": "Lead", "on": ["call.ended"], "steps": [
        { "id": "lead", "do": "http.request", "with": { "method": "POST", "url": format!("{url}/leads"), "headers": { "x-key": "{{ secrets.crm }}" },
          "json": { "name": "{{ contact.first_name }}" } }, "save": { "lead_id": "{{ body.id }}" } },
        { "id": "pause", "wait": { "for": "3d" } },
        { "id": "tell", "do": "webhook.send", "with": { "url": format!("{url}/{{{{ lead_id }}}}"), "secret": "{{ secrets.crm }}" } },
    ] })
}

async fn test(server: &Server, body: Value) -> Value {
    server.ask("POST", "/v1/flows/test", &body).await.ok(200)
}

async fn server_with_a_secret(dir: &std::path::Path) -> Server {
    let server = Server::start(dir);
    let secret = json!({ "name": "crm", "value": "canary-0123456789" });
    server.ask("POST", "/v1/secrets", &secret).await.ok(201);
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_test_sends_nothing_and_a_live_one_what_the_dry_one_showed() {
    let dir = tempfile::tempdir().unwrap();
    let receiver =
        Receiver::start(|_| (201, "{\"id\":\"L-7\",\"echo\":\"canary-0123456789\"}")).await;
    let server = server_with_a_secret(dir.path()).await;
    let answers = json!({ "lead": { "status": 201, "body": { "id": "L-7" } } });
    let dry = test(
        &server,
        json!({ "flow": flow(&receiver.url()), "answers": answers }),
    )
    .await;
    assert_eq!(receiver.all().len(), 0);
    let live = test(
        &server,
        json!({ "flow": flow(&receiver.url()), "mode": "live" }),
    )
    .await;
    let sent = receiver.all();
    assert_eq!(sent.len(), 2, "{live:#}");
    assert_eq!(sent[0].header("x-key"), "canary-0123456789");
    for step in [0, 2] {
        for part in ["method", "url", "body"] {
            // The two are tests of different runs, of the same call.
            let (shown, was) = (
                &dry["steps"][step]["request"][part],
                &live["steps"][step]["request"][part],
            );
            if (step, part) != (2, "body") {
                assert_eq!(shown, was, "{step} {part}");
            }
        }
        assert_eq!(live["steps"][step]["result"], "ok");
        assert_eq!(live["steps"][step]["response"]["status"], 201);
    }
    assert_eq!(live["steps"][1]["would_wait_s"], 3 * 24 * 3600);
    assert_eq!(live["saved"]["lead_id"], "L-7");
    assert!(!live.to_string().contains("canary"), "{live:#}");
    for list in ["runs", "calls", "events"] {
        let kept = server
            .ask("GET", &format!("/v1/{list}"), &Value::Null)
            .await
            .ok(200);
        assert_eq!(kept["data"], json!([]), "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_test_fails_where_the_world_does_and_says_how() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (503, "{\"wait\":true}")).await;
    let server = server_with_a_secret(dir.path()).await;
    let live = test(
        &server,
        json!({ "flow": flow(&receiver.url()), "mode": "live" }),
    )
    .await;
    assert_eq!(live["status"], "failed");
    let lead = &live["steps"][0];
    assert_eq!(
        (&lead["error"]["code"], &lead["response"]["status"]),
        (&json!("http_status"), &json!(503))
    );
    assert_eq!(receiver.all().len(), 1, "nothing is tried twice");
    // A step with an answer of its own is not sent in a live test either.
    let answers = json!({ "lead": { "body": { "id": 1 } } });
    let live = test(
        &server,
        json!({ "flow": flow(&receiver.url()), "mode": "live", "answers": answers }),
    )
    .await;
    assert_eq!(live["steps"][0]["result"], "would_send");
    assert_eq!(receiver.all().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_test_makes_at_most_fifty_calls_and_heeds_a_steps_time_out() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let server = server_with_a_secret(dir.path()).await;
    let items: Vec<u32> = (0..80).collect();
    let many = json!({ "name": "many", "on": ["call.ended"], "steps": [{ "id": "e", "for_each": items, "steps": [
        { "id": "send", "do": "http.request", "with": { "url": receiver.url() } }] }] });
    let live = test(&server, json!({ "flow": many, "mode": "live" })).await;
    assert_eq!(live["status"], "stopped");
    let reason = live["reason"].as_str().unwrap();
    assert!(reason.contains("more than 50 calls"), "{reason}");
    assert_eq!(receiver.all().len(), 50);
    // A socket that takes connections and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let slow = json!({ "name": "slow", "on": ["call.ended"], "steps": [
        { "id": "send", "do": "http.request", "with": { "url": url }, "timeout_s": 0.2 }] });
    let live = test(&server, json!({ "flow": slow, "mode": "live" })).await;
    assert_eq!(live["steps"][0]["error"]["code"], "timeout", "{live:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_kept_with_a_flow_and_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let mut flow = json!({ "name": "Cases", "on": ["call.ended"], "steps": [{ "id": "a", "set": { "x": 1 } }] });
    flow["cases"] = json!([{ "name": "x is 1", "expect": { "saved": { "x": 1 } } }]);
    let id = server.flow(flow.clone()).await;
    let shown = server
        .ask("GET", &format!("/v1/flows/{id}"), &Value::Null)
        .await
        .ok(200);
    assert_eq!(shown["document"]["cases"], flow["cases"]);
    flow["cases"] = "none".into();
    let refused = server.ask("POST", "/v1/flows", &flow).await.ok(422);
    assert_eq!(refused["errors"][0]["path"], "/cases");
}
