//! The audit log: no route that changes something is forgotten, and what is told never holds a secret.
use crate::world::{World, world};
use serde_json::{Value, json};

const ROOT: &str = "root-key-of-the-tests";

async fn entries(world: &World, query: &str) -> Vec<Value> {
    let path = format!("/v1/audit?{query}");
    let list = world
        .call(ROOT, "GET", &path, Value::Null)
        .await
        .expect(200);
    list["data"].as_array().unwrap().clone()
}

async fn ask(world: &World, method: &str, path: &str, body: Value) -> Value {
    let answer = world.call(ROOT, method, path, body).await;
    assert!(
        answer.status.is_success(),
        "{method} {path} {}",
        answer.text
    );
    match answer.text.is_empty() {
        true => Value::Null,
        false => answer.json(),
    }
}

/// Makes one of a thing, changes it where that can be, and deletes it.
#[tokio::test]
async fn what_is_made_changed_and_deleted_is_told_with_its_difference() {
    let world = world().await;
    let flow = |name: &str| {
        json!({"name": name, "on": ["call.ended"],
            "steps": [{"id": "a", "do": "http.request", "with": {"url": "https://x.example/", "headers": {"Authorization": "Bearer canary"}}}]})
    };
    let cases = [
        ("flow", "/v1/flows", flow("one"), Some(("PUT", flow("two")))),
        (
            "agent",
            "/v1/agents",
            json!({"name": "one"}),
            Some(("PATCH", json!({"name": "two"}))),
        ),
        (
            "campaign",
            "/v1/campaigns",
            json!({"name": "one"}),
            Some(("PATCH", json!({"name": "two"}))),
        ),
        (
            "connection",
            "/v1/connections",
            json!({"kind": "bearer", "name": "one", "fields": {"token": "canary"}}),
            Some((
                "PUT",
                json!({"kind": "bearer", "name": "two", "fields": {"token": "canary-2"}}),
            )),
        ),
        (
            "endpoint",
            "/v1/endpoints",
            json!({"provider": "custom", "name": "one", "auth": {"secret": "canary"}}),
            Some(("PATCH", json!({"name": "two"}))),
        ),
        (
            "member",
            "/v1/members",
            json!({"name": "one", "role": "viewer"}),
            Some(("PATCH", json!({"name": "two"}))),
        ),
        (
            "key",
            "/v1/keys",
            json!({"name": "one", "scopes": ["read"]}),
            None,
        ),
    ];
    for (what, path, new, change) in cases {
        let made = ask(&world, "POST", path, new).await;
        let id = made["id"].as_str().unwrap();
        let at = format!("{path}/{id}");
        let mut expected = vec!["deleted"];
        if let Some((method, change)) = change {
            ask(&world, method, &at, change).await;
            expected.push("changed");
        }
        ask(&world, "DELETE", &at, Value::Null).await;
        expected.push(if what == "member" {
            "invited"
        } else {
            "created"
        });
        let told = entries(&world, &format!("what={what}&id={id}")).await;
        let actions: Vec<&str> = told.iter().map(|e| e["action"].as_str().unwrap()).collect();
        assert_eq!(actions, expected, "{what}");
        if expected.contains(&"changed") {
            let change = json!({"path": "/name", "before": "one", "after": "two"});
            assert!(
                told[1]["changes"].as_array().unwrap().contains(&change),
                "{}",
                told[1]
            );
            assert_eq!(told[1]["name"], "two");
        }
        assert!(
            !told[0]["changes"].as_array().unwrap().is_empty(),
            "{what} deleted"
        );
        assert_eq!(
            told[0]["by"],
            json!({"via": "root", "id": "root", "name": "root"})
        );
        for entry in &told {
            assert!(!entry.to_string().contains("canary"), "{entry}");
        }
    }
}

#[tokio::test]
async fn acts_are_told_and_what_changes_nothing_is_not() {
    let world = world().await;
    let flow = json!({"name": "f", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]});
    let flow = ask(&world, "POST", "/v1/flows", flow).await;
    let at = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
    let event =
        json!({"kind": "call.ended", "call": {"provider_call_id": "c-1", "to": "+14155552671"}});
    let event = ask(&world, "POST", "/v1/events", event).await;
    let run = event["events"][0]["runs"][0].as_str().unwrap().to_owned();
    ask(&world, "POST", &format!("{at}/test"), json!({})).await;
    ask(
        &world,
        "POST",
        &format!("{at}/catch-up"),
        json!({"dry": true, "from": "2026-01-01T00:00:00Z"}),
    )
    .await;
    let refused = world.call(ROOT, "POST", "/v1/flows", json!({})).await;
    assert_eq!(refused.status, 422);
    for (method, path, body, action) in [
        ("POST", format!("{at}/disable"), json!({}), "disabled"),
        ("POST", format!("{at}/enable"), json!({}), "enabled"),
        ("POST", format!("{at}/duplicate"), json!({}), "created"),
        (
            "POST",
            format!("{at}/run"),
            json!({"call_id": "custom:c-1", "anyway": true}),
            "run",
        ),
        (
            "POST",
            format!("/v1/runs/{run}/replay"),
            json!({"from": "start"}),
            "replayed",
        ),
        (
            "POST",
            "/v1/runs/cancel".into(),
            json!({"filter": {"status": "waiting"}}),
            "cancelled",
        ),
        (
            "POST",
            "/v1/secrets".into(),
            json!({"name": "crm", "value": "canary"}),
            "set",
        ),
        ("DELETE", "/v1/secrets/crm".into(), Value::Null, "deleted"),
        (
            "PUT",
            "/v1/destinations/x.example:443".into(),
            json!({"note": "slow"}),
            "changed",
        ),
        (
            "POST",
            "/v1/destinations/x.example:443/pause".into(),
            json!({}),
            "paused",
        ),
        (
            "PUT",
            "/v1/settings/notify".into(),
            json!({"webhook_url": "https://ops.example/"}),
            "changed",
        ),
    ] {
        let answer = world.call(ROOT, method, &path, body).await;
        assert!(answer.status.is_success(), "{path} {}", answer.text);
        let told = entries(&world, "limit=1").await;
        assert_eq!(told[0]["action"], action, "{path}");
        assert!(!told[0].to_string().contains("canary"));
    }
    let all = entries(&world, "limit=200").await;
    assert_eq!(all.len(), 12);
    let disabled = entries(&world, "action=disabled").await;
    let change = json!([{"path": "/enabled", "before": true, "after": false}]);
    assert_eq!(disabled[0]["changes"], change);
    let counts = entries(&world, "what=runs&action=cancelled").await;
    assert_eq!(counts[0]["counts"]["cancelled"], 0);
    assert_eq!(
        entries(&world, "what=destination&id=x.example:443")
            .await
            .len(),
        2
    );
}

#[tokio::test]
async fn forgetting_is_told_by_its_receipt_and_a_dry_run_is_not() {
    let world = world().await;
    let number = |dry: bool| json!({"number": "+14155552671", "dry_run": dry});
    let forget = async |dry| world.call(ROOT, "POST", "/v1/forget", number(dry)).await;
    forget(true).await.expect(200);
    assert_eq!(entries(&world, "limit=9").await, [] as [Value; 0]);
    let receipt = forget(false).await.expect(202);
    let told = entries(&world, "limit=9").await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["action"], &told[0]["id"]),
        (&json!("forgot"), &receipt["id"])
    );
    assert!(!told[0].to_string().contains("4155552671"));
}

#[tokio::test]
async fn of_a_person_only_the_fields_are_told() {
    let world = world().await;
    let new = json!({"phone": "+14155552671", "first_name": "Canary"});
    let made = ask(&world, "POST", "/v1/contacts", new).await;
    let at = format!("/v1/contacts/{}", made["id"].as_str().unwrap());
    ask(&world, "PATCH", &at, json!({"company": "Canary Ltd"})).await;
    ask(&world, "DELETE", &at, Value::Null).await;
    let told = entries(&world, "what=contact").await;
    assert_eq!(told.len(), 3);
    assert_eq!(
        told[1]["changes"],
        json!([{"path": "/company", "before": null, "after": null}])
    );
    let text = Value::from(told).to_string();
    assert!(
        !text.contains("4155552671") && !text.contains("anary"),
        "{text}"
    );
}

#[tokio::test]
async fn signing_in_and_out_is_told_and_filters_find_who_and_when() {
    let world = world().await;
    let owner = world.owner().await;
    let me = world
        .browse(&owner, "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    let by = me["member_id"].as_str().unwrap();
    ask(&world, "POST", "/v1/agents", json!({"name": "a"})).await;
    let between = world.engine.now();
    world
        .browse(&owner, "POST", "/v1/agents", json!({"name": "b"}))
        .await
        .expect(201);
    world
        .browse(&owner, "POST", "/v1/session/end", Value::Null)
        .await
        .expect(204);
    let actions = async |query: String| {
        let told = entries(&world, &query).await;
        let actions = told
            .iter()
            .map(|e| e["action"].as_str().unwrap().to_owned());
        actions.collect::<Vec<_>>()
    };
    assert_eq!(
        actions(format!("by={by}")).await,
        ["signed_out", "created", "signed_in"]
    );
    assert_eq!(
        actions(format!("by={by}&action=created&what=agent")).await,
        ["created"]
    );
    assert_eq!(
        actions(format!("from={between}")).await,
        ["signed_out", "created"]
    );
    assert_eq!(
        actions(format!("to={between}")).await,
        ["created", "signed_in"]
    );
    assert_eq!(actions("by=%25".into()).await, Vec::<String>::new());
    let page = world
        .call(ROOT, "GET", "/v1/audit?limit=3", Value::Null)
        .await
        .expect(200);
    let next = page["next"].as_str().unwrap();
    assert_eq!(
        actions(format!("limit=3&cursor={next}")).await,
        ["signed_in"]
    );
    let theirs = world.key(world.theirs, api::Scope::Admin).await;
    let none = world
        .call(&theirs, "GET", "/v1/audit", Value::Null)
        .await
        .expect(200);
    assert_eq!(none["data"], json!([]));
    let table = world
        .call(ROOT, "GET", "/v1/audit?format=csv", Value::Null)
        .await;
    assert_eq!(table.text.lines().count(), 5);
    assert!(table.text.contains("\"Owner\"") && table.text.starts_with("at,by,"));
    assert_eq!(entries(&world, "action=exported").await.len(), 1);
}
