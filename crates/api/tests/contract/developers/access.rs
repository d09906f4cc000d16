//! Who sees an address, and when a key was used.

use super::{get, post, until};
use crate::world::world;
use api::Scope;
use serde_json::{Value, json};

#[tokio::test]
async fn an_address_is_shown_only_to_those_who_may_send_or_change() {
    let world = world().await;
    let new = json!({"provider": "custom", "name": "e"});
    let made = post(&world, "/v1/endpoints", new, 201).await;
    let address = made["url"].as_str().unwrap();
    let (_, token) = address.rsplit_once('/').unwrap();
    let one = format!("/v1/endpoints/{}", made["id"].as_str().unwrap());
    for (scope, is_shown) in [
        (Scope::Read, false),
        (Scope::Operate, false),
        (Scope::Write, true),
        (Scope::Admin, true),
    ] {
        let key = world.key(world.ours, scope).await;
        for path in [one.as_str(), "/v1/endpoints"] {
            let shown = world.call(&key, "GET", path, Value::Null).await;
            assert_eq!(shown.text.contains(token), is_shown, "{path} {scope:?}");
            let masked = shown.text.contains("https://hooks.example/v1/in/••••\"");
            assert_eq!(masked, !is_shown, "{path} {scope:?}");
        }
    }
}

#[tokio::test]
async fn a_key_tells_when_it_was_used() {
    let world = world().await;
    let key = world.key(world.ours, Scope::Read).await;
    let shown = get(&world, "/v1/keys").await;
    assert_eq!(shown["data"][0]["last_used_at"], Value::Null);
    world
        .call(&key, "GET", "/v1/flows", Value::Null)
        .await
        .expect(200);
    until(&world, "/v1/keys", |keys| {
        keys["data"][0]["last_used_at"].is_string()
    })
    .await;
}
