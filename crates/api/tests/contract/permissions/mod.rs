//! Every route against every kind of caller: nobody, a scope too small, another workspace.
mod routes;
mod settings;
mod workspaces;
use crate::world::{World, world};
use api::Scope;
use engine::watch::Trouble;
use http::Request;
use serde_json::{Value, json};

/// Method, path and permission of every guarded operation. Metrics are open to this machine itself and so left out.
fn guarded() -> Vec<(String, String, String)> {
    let document = api::openapi();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let permission = operation["x-permission"].as_str().unwrap();
            if permission != "public" && path != "/metrics" {
                all.push((method.to_uppercase(), path.clone(), permission.to_owned()));
            }
        }
    }
    assert!(all.len() > 30);
    all
}

fn budget() -> Value {
    json!({"name": "theirs", "limit": 100, "of": "mails", "per": "month"})
}

/// Ids of everything that has one, all of the other workspace.
async fn ids(world: &World) -> Value {
    let key = world.key(world.theirs, Scope::Admin).await;
    let flow = json!({"name": "f", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]});
    let flow = world
        .call(&key, "POST", "/v1/flows", flow)
        .await
        .expect(201);
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c-1"}});
    let event = world
        .call(&key, "POST", "/v1/events", event)
        .await
        .expect(202);
    let event = &event["events"][0];
    let endpoint = json!({"provider": "custom", "name": "e", "auth": {"secret": "s"}});
    let endpoint = world
        .call(&key, "POST", "/v1/endpoints", endpoint)
        .await
        .expect(201);
    let connection =
        json!({"kind": "bearer", "name": "Their CRM", "fields": {"token": "canary-token"}});
    let connection = world
        .call(&key, "POST", "/v1/connections", connection)
        .await
        .expect(201);
    let (mut people, new) = (json!({}), "theirs");
    for (resource, body) in [
        ("agents", json!({"name": new})),
        ("campaigns", json!({"name": new})),
        ("contacts", json!({"phone": "+14155552671"})),
        ("budgets", budget()),
    ] {
        let path = format!("/v1/{resource}");
        let made = world.call(&key, "POST", &path, body).await.expect(201);
        people[resource] = made["id"].clone();
    }
    let forget = json!({"number": "+14155559999"});
    let receipt = world
        .call(&key, "POST", "/v1/forget", forget)
        .await
        .expect(202);
    let secret = json!({"name": "their_secret", "value": "canary"});
    world
        .call(&key, "POST", "/v1/secrets", secret)
        .await
        .expect(201);
    let limits = json!({"rate": {"per_s": 5}, "note": "canary"});
    world
        .call(&key, "PUT", "/v1/destinations/their.example:443", limits)
        .await
        .expect(200);
    let token = world
        .call(
            &key,
            "POST",
            "/v1/keys",
            json!({"name": "k", "scopes": ["read"]}),
        )
        .await
        .expect(201);
    let member = json!({"name": "Theirs", "role": "viewer"});
    let member = world.call(&key, "POST", "/v1/members", member).await;
    let member = member.expect(201)["id"].clone();
    let recipe = world
        .call(
            &key,
            "POST",
            &format!("/v1/flows/{}/recipe", flow["id"].as_str().unwrap()),
            json!({}),
        )
        .await
        .expect(201);
    let trouble = Trouble::of_destination("x.example", "refused", kernel::Timestamp::now(), 1);
    let engine = &world.engine;
    engine.raise_alert(world.theirs, &trouble).await.unwrap();
    let alerts = world.call(&key, "GET", "/v1/alerts", Value::Null).await;
    let alert = alerts.expect(200)["data"][0]["id"].clone();
    let mut ids = json!({
        "alerts": alert, "flows": flow["id"], "events": event["id"], "calls": event["call_id"], "runs": event["runs"][0],
        "endpoints": endpoint["id"], "secrets": "their_secret", "keys": token["id"], "samples": "call.theirs", "providers": "theirs",
        "connections": connection["id"], "recipes": recipe["id"], "forget": receipt["id"], "members": member,
        "destinations": "their.example:443",
    });
    let people = people.as_object_mut().unwrap();
    ids.as_object_mut().unwrap().append(people);
    ids
}
