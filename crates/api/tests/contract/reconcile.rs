//! The settings of looking for missed calls over HTTP: checked early, keys never shown, kept where they are not given.
use crate::world::{Answer, World, world};
use api::Scope;
use serde_json::{Value, json};

struct Office {
    world: World,
    key: String,
}

impl Office {
    async fn open() -> Self {
        let world = world().await;
        let key = world.key(world.ours, Scope::Admin).await;
        Self { world, key }
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        self.world.call(&self.key, method, path, body).await
    }

    async fn endpoint(&self, provider: &str, reconcile: Value) -> Answer {
        let new = json!({ "provider": provider, "name": "Production", "reconcile": reconcile });
        self.call("POST", "/v1/endpoints", new).await
    }
}

fn paths(refused: &Value) -> Vec<&str> {
    let errors = refused["errors"].as_array().unwrap().iter();
    errors
        .map(|error| error["path"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn settings_are_refused_with_all_that_is_wrong_before_anything_is_kept() {
    let office = Office::open().await;
    let wrong = json!({ "api": { "account_sid": "AC1", "what": "x" }, "every_s": 59, "look_back_h": 169, "base_url": "ftp://x" });
    let refused = office.endpoint("twilio", wrong).await.expect(422);
    assert_eq!(
        paths(&refused),
        [
            "/reconcile/api/what",
            "/reconcile/api/api_key",
            "/reconcile/api/account_sid",
            "/reconcile/every_s",
            "/reconcile/look_back_h",
            "/reconcile/base_url",
        ]
    );
    let refused = office
        .endpoint("bland", json!({ "api": { "api_key": "k" } }))
        .await;
    let refused = refused.expect(422);
    assert_eq!(paths(&refused), ["/reconcile"]);
    assert!(
        refused["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("retell, twilio, vapi")
    );
    let list = office
        .call("GET", "/v1/endpoints", Value::Null)
        .await
        .expect(200);
    assert_eq!(list["data"], json!([]));
    let providers = office
        .call("GET", "/v1/providers", Value::Null)
        .await
        .expect(200);
    let lists = |name: &str| {
        let all = providers.as_array().unwrap();
        all.iter().find(|each| each["name"] == name).unwrap()["call_list"].clone()
    };
    assert_eq!(lists("vapi")[0]["name"], "api_key");
    assert_eq!(lists("bland"), Value::Null);
}

#[tokio::test]
async fn a_key_goes_in_stays_and_never_comes_out() {
    let office = Office::open().await;
    let settings = json!({ "api": { "api_key": "canary-key", "agent_id": "desk" } });
    let made = office.endpoint("retell", settings).await.expect(201);
    assert_eq!(made["reconcile"]["every_s"], 300);
    assert_eq!(made["reconcile"]["look_back_h"], 24);
    assert_eq!(made["reconcile"]["api"], json!({ "agent_id": "desk" }));
    let path = format!("/v1/endpoints/{}", made["id"].as_str().unwrap());
    let patch = |body: Value| office.call("PATCH", &path, body);
    let patched = patch(json!({ "reconcile": { "every_s": 60, "api": { "agent_id": "" } } })).await;
    let patched = patched.expect(200);
    assert_eq!(patched["reconcile"]["every_s"], 60);
    assert_eq!(patched["reconcile"]["api"], json!({}));
    let named = patch(json!({ "name": "Desk" })).await.expect(200);
    assert_eq!(named["reconcile"]["every_s"], 60);
    for shown in [&made, &patched, &named] {
        assert!(!shown.to_string().contains("canary"), "{shown}");
    }
    // The key is still there: without one the next would be refused.
    let refused = patch(json!({ "reconcile": { "api": { "api_key": "" } } })).await;
    assert_eq!(paths(&refused.expect(422)), ["/reconcile/api/api_key"]);
    let removed = patch(json!({ "reconcile": null })).await.expect(200);
    assert_eq!(removed["reconcile"], Value::Null);
}

#[tokio::test]
async fn a_look_is_refused_where_there_is_nothing_to_look_with() {
    let office = Office::open().await;
    let made = office.endpoint("vapi", Value::Null).await.expect(201);
    let path = format!("/v1/endpoints/{}/reconcile", made["id"].as_str().unwrap());
    office
        .call("POST", &path, json!({}))
        .await
        .refused(409, "not_now");
    let wrong = office
        .call("POST", &path, json!({ "look_back_h": 0 }))
        .await;
    assert_eq!(paths(&wrong.expect(422)), ["/look_back_h"]);
    // What is asked for stands in the answer when the platform cannot be reached.
    let settings = json!({ "reconcile": { "api": { "api_key": "canary-key" }, "base_url": "http://127.0.0.1:9/" } });
    let endpoint = path.trim_end_matches("/reconcile").to_owned();
    office.call("PATCH", &endpoint, settings).await.expect(200);
    let report = office
        .call("POST", &path, json!({ "dry_run": true }))
        .await
        .expect(200);
    assert!(
        report["error"].as_str().unwrap().contains("loopback"),
        "{report}"
    );
    assert!(!report.to_string().contains("canary"));
    let shown = office.call("GET", &endpoint, Value::Null).await.expect(200);
    assert_eq!(
        shown["reconcile"]["failures"], 0,
        "a dry run leaves no trace"
    );
    let told = async || {
        let path = "/v1/audit?action=reconciled";
        let told = office.call("GET", path, Value::Null).await.expect(200);
        told["data"].as_array().unwrap().len()
    };
    assert_eq!(told().await, 0, "a dry run changes nothing");
    office.call("POST", &path, json!({})).await.expect(200);
    assert_eq!(told().await, 1);
    let other = office.world.key(office.world.theirs, Scope::Admin).await;
    office
        .world
        .call(&other, "POST", &path, json!({}))
        .await
        .refused(404, "not_found");
}
