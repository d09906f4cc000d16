//! A Vapi account pointed at an endpoint: signatures, the end-of-call report, questions.

use crate::world;
use crate::world::{Receiver, Server, inbox, text, webhook};
use serde_json::{Value, json};

fn messages() -> Vec<Value> {
    let provider = providers::find("vapi").unwrap();
    let story = providers::Scenario::Interested.story();
    let now = kernel::Timestamp::now();
    let bodies = provider.simulate(&providers::Played::ending_at(now, &story, "vapi-call-1"));
    let read = bodies
        .iter()
        .map(|body| serde_json::from_str(body).unwrap());
    read.collect()
}

async fn endpoint(server: &Server) -> String {
    let made = server.ask("POST", "/v1/endpoints", &json!({ "provider": "vapi", "name": "Vapi production", "auth": { "secret": "vapi-secret-1" } })).await.ok(201);
    assert!(
        !made.to_string().contains("vapi-secret-1"),
        "a secret is never shown: {made}"
    );
    inbox(&made)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_call_is_one_call_and_one_delivery() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(webhook(&receiver.url())).await;
    let path = endpoint(&server).await;
    let headers = [
        ("x-vapi-secret", "vapi-secret-1"),
        ("content-type", "application/json"),
    ];
    for message in messages().iter().chain(&messages()) {
        let answer = server
            .call("POST", &path, &headers, message.to_string())
            .await
            .unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let body = receiver.wait(1).await[0].json();
    assert_eq!(
        body["data"]["extracted_variables"]["interested"], true,
        "{body:#}"
    );
    let calls = server.get("/v1/calls").await;
    assert_eq!(calls["data"].as_array().map(Vec::len), Some(1), "{calls:#}");
    let runs = server
        .until("/v1/runs", |runs| runs["data"][0]["status"] == "succeeded")
        .await;
    assert_eq!(runs["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_signature_is_refused_and_nothing_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let path = endpoint(&server).await;
    let message = messages().pop().unwrap().to_string();
    for headers in [
        vec![("x-vapi-secret", "wrong")],
        vec![],
        vec![("x-signature", "v1,"), ("x-timestamp", "0")],
    ] {
        let answer = server
            .call("POST", &path, &headers, message.clone())
            .await
            .unwrap();
        assert_eq!(
            (answer.status, text(&answer.json(), "/code")),
            (401, "bad_signature".into())
        );
    }
    assert_eq!(server.get("/v1/calls").await["data"], json!([]));
    let unknown = server
        .call("POST", "/v1/in/nope", &[], message)
        .await
        .unwrap();
    assert_eq!(unknown.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_in_the_platforms_own_shape() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let path = endpoint(&server).await;
    let question = json!({ "message": { "type": "tool-calls", "call": { "id": "q-1", "type": "webCall" },
        "toolCallList": [{ "id": "call_1", "type": "function", "function": { "name": "check", "arguments": "{\"day\":\"today\"}" } }] } });
    let answer = server
        .call(
            "POST",
            &path,
            &[("x-vapi-secret", "vapi-secret-1")],
            question.to_string(),
        )
        .await
        .unwrap();
    assert_eq!(answer.ok(200)["results"][0]["toolCallId"], "call_1");
    let events = server.get("/v1/events").await;
    assert_eq!(events["data"][0]["kind"], "tool.called");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_goes_through_the_whole_pipeline() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(webhook(&receiver.url())).await;
    let played = std::process::Command::new(env!("CARGO_BIN_EXE_switchhook"))
        .args([
            "simulate",
            "--provider",
            "vapi",
            "--scenario",
            "interested",
            "--json",
            "--url",
            &server.url,
            "--key",
            world::ROOT,
        ])
        .output()
        .unwrap();
    assert!(
        played.status.success(),
        "{}",
        String::from_utf8_lossy(&played.stderr)
    );
    receiver.wait(1).await;
}
