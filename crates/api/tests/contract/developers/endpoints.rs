//! What came in at an endpoint, and its address.

use super::{get, post, until};
use crate::world::{World, world};
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

async fn send(world: &World, address: &str, token: &str) -> u16 {
    let path = address.strip_prefix("https://hooks.example").unwrap();
    let body = json!({"id": "e-1", "kind": "call.ended", "call": {"provider_call_id": "c-1"}});
    let request = Request::post(path)
        .header("host", "hooks.example")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    world.send(request).await.status.as_u16()
}

#[tokio::test]
async fn an_endpoint_shows_what_came_in_and_changes_its_address_and_secret() {
    let world = world().await;
    let new = json!({"provider": "custom", "name": "e", "auth": {"secret": "first"}});
    let endpoint = post(&world, "/v1/endpoints", new, 201).await;
    let path = format!("/v1/endpoints/{}", endpoint["id"].as_str().unwrap());
    let url = endpoint["url"].as_str().unwrap();
    assert_eq!(endpoint["first_message_at"], Value::Null);
    assert_eq!(send(&world, url, "guessed").await, 401);
    assert_eq!(send(&world, url, "first").await, 200);
    assert_eq!(send(&world, url, "first").await, 200);
    let messages = get(&world, &format!("{path}/messages")).await;
    let verdicts: Vec<_> = messages["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(verdicts, ["duplicate", "accepted", "refused"]);
    assert!(messages["data"][1]["call_id"].is_string());
    let refused = &messages["data"][2];
    assert!(refused["reason"].is_string());
    assert_eq!(refused["status"], 401);
    assert_eq!(refused["code"], "bad_signature");
    let whole = format!("{path}/messages/{}", refused["id"].as_str().unwrap());
    let message = get(&world, &whole).await;
    assert!(message["remedy"].as_str().unwrap().len() > 20);
    let request = &message["request"];
    assert!(request["body"].as_str().unwrap().contains("call.ended"));
    let text = request.to_string();
    assert!(!text.contains("guessed") && text.contains("application/json"));

    let noted = until(&world, &path, |endpoint| {
        endpoint["first_message_at"].is_string()
    })
    .await;
    assert_eq!(noted["version"], endpoint["version"], "nobody changed it");
    // As another node, or this one after a restart, shows it.
    let other = world.another_node();
    let kept = until(&other, &format!("{path}/messages"), |messages| {
        messages["data"].as_array().unwrap().len() == 3
    })
    .await;
    assert_eq!(kept, messages);
    assert_eq!(get(&other, &whole).await, message);
    let first = get(&other, &format!("{path}/messages?limit=2")).await;
    let next = first["next"].as_str().unwrap();
    let last = get(&other, &format!("{path}/messages?cursor={next}")).await;
    assert_eq!(last["data"][0]["id"], refused["id"]);
    assert_eq!(last["next"], Value::Null);

    let rotate = format!("{path}/rotate");
    post(
        &world,
        &rotate,
        json!({"secret": "second", "overlap_s": 60}),
        200,
    )
    .await;
    for token in ["first", "second"] {
        assert_eq!(send(&world, url, token).await, 200, "{token}");
    }
    post(&world, &rotate, json!({"secret": "third"}), 200).await;
    assert_eq!(send(&world, url, "second").await, 401);
    let moved = post(&world, &rotate, json!({"address": true}), 200).await;
    assert_eq!(send(&world, url, "third").await, 404);
    assert_eq!(
        send(&world, moved["url"].as_str().unwrap(), "third").await,
        200
    );
    post(&world, &rotate, json!({}), 422).await;
}
