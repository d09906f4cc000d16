//! Campaigns over HTTP: kept as they were described, refused with all that is wrong.
#![allow(clippy::unwrap_used)]

mod world;

use api::Scope;
use serde_json::{Value, json};
use world::world;

#[tokio::test]
async fn a_campaign_is_kept_as_it_was_described() {
    let world = world().await;
    let key = world.key(world.ours, Scope::Write).await;
    let agent = json!({ "name": "Sarah" });
    world
        .call(&key, "POST", "/v1/agents", agent)
        .await
        .expect(201);
    let new = json!({
        "name": "Sales Q1", "agent": "Sarah", "caller_id": "+1 415 555 2671", "zone": "America/New_York", "concurrency": 5,
        "windows": [{ "days": ["mon", "fri"], "from": "09:00", "to": "24:00" }],
        "no_answer": { "attempts": 3, "after_minutes": 60 }, "do_not_call": ["+44 20 7946 0018"], "contacts": { "list": "spring" }
    });
    let made = world
        .call(&key, "POST", "/v1/campaigns", new.clone())
        .await
        .expect(201);
    assert_eq!(
        (&made["type"], &made["caller_id"]),
        (&json!("outbound"), &json!("+14155552671"))
    );
    assert_eq!(made["do_not_call"], json!(["+442079460018"]));
    world
        .call(&key, "POST", "/v1/campaigns", new)
        .await
        .refused(409, "already_exists");
    let path = format!("/v1/campaigns/{}", made["id"].as_str().unwrap());
    let changed = world
        .call(
            &key,
            "PATCH",
            &path,
            json!({ "no_answer": null, "concurrency": 2 }),
        )
        .await
        .expect(200);
    assert_eq!(
        (
            &changed["no_answer"],
            &changed["concurrency"],
            &changed["version"]
        ),
        (&Value::Null, &json!(2), &json!(2))
    );
    let found = world
        .call(&key, "GET", "/v1/campaigns?search=SALES", Value::Null)
        .await
        .expect(200);
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    world
        .call(&key, "DELETE", &path, Value::Null)
        .await
        .expect(204);
}

#[tokio::test]
async fn all_that_is_wrong_with_a_campaign_is_said_with_its_place() {
    let world = world().await;
    let key = world.key(world.ours, Scope::Write).await;
    let wrong = json!({
        "name": "", "agent": "Nobody", "caller_id": "555", "zone": "Mars/Base", "concurrency": 0,
        "windows": [{ "days": ["Mon"], "from": "9:00", "to": "17:00" }, { "days": ["mon"], "from": "17:00", "to": "09:00" }],
        "busy": { "attempts": 0, "after_minutes": 0 }, "do_not_call": ["1"], "contacts": { "list": ["a"] }
    });
    let refused = world
        .call(&key, "POST", "/v1/campaigns", wrong)
        .await
        .expect(422);
    let paths: Vec<&str> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        paths,
        [
            "/name",
            "/windows/0/days",
            "/windows/0/from",
            "/windows/1/to",
            "/zone",
            "/concurrency",
            "/busy/attempts",
            "/busy/after_minutes",
            "/contacts/list",
            "/caller_id",
            "/do_not_call/0",
            "/agent",
        ]
    );
}
