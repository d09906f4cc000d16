//! Campaigns over HTTP: kept as they were described, refused with all that is wrong.
use crate::world::{World, world};
use api::Scope;
use serde_json::{Value, json};

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

#[tokio::test]
async fn a_call_is_of_the_campaign_that_its_platform_names() {
    let world = world().await;
    let key = world.key(world.ours, Scope::Write).await;
    let ingest = world.key(world.ours, Scope::Ingest).await;
    let before = sent(&world, &ingest, "before", json!({ "name": "Sales Q1" })).await;
    assert_eq!(before["runs"], json!([]));
    let campaign = json!({ "name": "Sales Q1", "provider_campaign_id": " cmp-7 " });
    let campaign = world
        .call(&key, "POST", "/v1/campaigns", campaign)
        .await
        .expect(201);
    let id = campaign["id"].as_str().unwrap();
    let flow = json!({
        "name": "Lead", "on": ["call.started"], "where": { "campaigns": [id] }, "steps": [{ "id": "a", "set": { "x": 1 } }]
    });
    world
        .call(&key, "POST", "/v1/flows", flow)
        .await
        .expect(201);
    let whole = |own: &str, name: &str| {
        let profile = json!({ "id": id, "name": "Sales Q1" });
        json!({ "id": own, "name": name, "type": "outbound", "profile": profile })
    };
    for (call, told, shown) in [
        ("ours", json!({ "id": id }), whole(id, "Sales Q1")),
        (
            "theirs",
            json!({ "id": "cmp-7", "name": "Their word" }),
            whole("cmp-7", "Their word"),
        ),
        (
            "named",
            json!({ "name": "Sales Q1" }),
            whole(id, "Sales Q1"),
        ),
    ] {
        let sent = sent(&world, &ingest, call, told).await;
        assert_eq!(sent["runs"].as_array().unwrap().len(), 1, "{call}");
        let path = format!("/v1/calls/{}", sent["call_id"].as_str().unwrap());
        let found = world
            .call(&key, "GET", &path, Value::Null)
            .await
            .expect(200);
        assert_eq!(found["snapshot"]["campaign"], shown, "{call}");
        assert_eq!(found["campaign"], "Sales Q1", "{call}");
    }
    let other = sent(&world, &ingest, "other", json!({ "id": "cmp-8" })).await;
    assert_eq!(other["runs"], json!([]));
    let path = format!("/v1/campaigns/{id}");
    world
        .call(&key, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    let after = sent(&world, &ingest, "after", json!({ "name": "Sales Q1" })).await;
    assert_eq!(after["runs"], json!([]));
}

/// A call of this campaign starts.
async fn sent(world: &World, key: &str, call: &str, campaign: Value) -> Value {
    let event = json!({ "kind": "call.started", "call": { "provider_call_id": call, "campaign": campaign } });
    let sent = world.call(key, "POST", "/v1/events", event).await;
    sent.expect(202)["events"][0].clone()
}

#[tokio::test]
async fn the_outcomes_of_a_campaigns_calls_are_counted_and_lead_to_them() {
    let world = world().await;
    let key = world.key(world.ours, Scope::Write).await;
    let made = world
        .call(&key, "POST", "/v1/campaigns", json!({ "name": "Spring" }))
        .await
        .expect(201);
    let id = made["id"].as_str().unwrap();
    let path = format!("/v1/campaigns/{id}/outcomes");
    let none = world.call(&key, "GET", &path, Value::Null).await;
    assert_eq!(none.expect(200)["calls"], 0);
    let ingest = world.key(world.ours, Scope::Ingest).await;
    for (n, disposition) in [Some("Interested"), Some("Interested"), Some("DNC"), None]
        .iter()
        .enumerate()
    {
        let call = json!({ "provider_call_id": format!("c-{n}"), "campaign": { "name": "Spring" }, "disposition": disposition });
        let event = json!({ "kind": "call.ended", "call": call });
        world
            .call(&ingest, "POST", "/v1/events", event)
            .await
            .expect(202);
    }
    let told = world
        .call(&key, "GET", &path, Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (&told["calls"], &told["complete"]),
        (&json!(4), &json!(true))
    );
    assert_eq!(
        told["dispositions"][0],
        json!({ "value": "Interested", "calls": 2 })
    );
    assert_eq!(told["dispositions"].as_array().unwrap().len(), 3);
    for campaign in ["Spring", id] {
        let calls = format!("/v1/calls?campaign={campaign}&disposition=Interested");
        let calls = world
            .call(&key, "GET", &calls, Value::Null)
            .await
            .expect(200);
        assert_eq!(calls["data"].as_array().unwrap().len(), 2, "{campaign}");
    }
    let later = format!("{path}?from=2099-01-01T00:00:00Z");
    let later = world.call(&key, "GET", &later, Value::Null).await;
    assert_eq!(later.expect(200)["calls"], 0);
}
