//! Who is told of failures: a workspace, once in a while, and whoever looks on.

use super::*;
use crate::world;

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
