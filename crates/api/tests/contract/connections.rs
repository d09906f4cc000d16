//! Connections over HTTP: what goes in, what never comes out, who uses them.
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

    async fn make(&self, name: &str, kind: &str, fields: Value) -> Value {
        let new = json!({ "name": name, "kind": kind, "fields": fields });
        self.call("POST", "/v1/connections", new).await.expect(201)
    }

    async fn mail(&self, name: &str) -> Value {
        let fields = json!({ "host": "mail.example.com", "user": "u", "password": "canary-password", "from": "a@b.example" });
        self.make(name, "smtp", fields).await
    }
}

fn flow(name: &str, connection: Value) -> Value {
    json!({
        "name": name, "on": ["call.ended"], "enabled": false,
        "steps": [{ "id": "m", "do": "email.send", "connection": connection,
            "with": { "to": "a@b.example", "subject": "Hi", "text": "Hello" } }]
    })
}

#[tokio::test]
async fn a_secret_field_goes_in_and_never_comes_out() {
    let office = Office::open().await;
    let made = office.mail("Sales mail").await;
    let path = format!("/v1/connections/{}", made["id"].as_str().unwrap());
    let shown = office.call("GET", &path, Value::Null).await.expect(200);
    let list = office
        .call("GET", "/v1/connections", Value::Null)
        .await
        .expect(200);
    for answer in [&made, &shown, &list] {
        assert!(!answer.to_string().contains("canary"), "{answer}");
    }
    assert_eq!(shown["secrets"], json!(["password"]));
    assert_eq!(shown["fields"]["host"], "mail.example.com");
    let kept = office.world.engine.store();
    let kept = kept
        .list(None, store::catalog::Kind::Connection, None, 9)
        .await
        .unwrap();
    assert!(
        kept.iter()
            .all(|document| !String::from_utf8_lossy(&document.body).contains("canary"))
    );
}

#[tokio::test]
async fn connections_are_found_by_parts_of_their_names() {
    let office = Office::open().await;
    for name in ["Sales mail", "Support mail"] {
        office.mail(name).await;
    }
    let names = async |search: &str| -> Vec<String> {
        let path = format!("/v1/connections?search={search}");
        let found = office.call("GET", &path, Value::Null).await.expect(200);
        let found = found["data"].as_array().unwrap().iter();
        let names = found.map(|each| each["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names("SALES").await, ["Sales mail"]);
    assert_eq!(names("mail").await, ["Support mail", "Sales mail"]);
    assert!(names("crm").await.is_empty());
    let long = format!("/v1/connections?search={}", "x".repeat(201));
    let long = office.call("GET", &long, Value::Null).await;
    long.refused(422, "invalid_request");
}

#[tokio::test]
async fn a_secret_that_is_not_given_stays_and_other_fields_are_unset() {
    let office = Office::open().await;
    let made = office.mail("Sales mail").await;
    let path = format!("/v1/connections/{}", made["id"].as_str().unwrap());
    let change = json!({ "name": "Sales mail", "kind": "smtp", "fields": { "host": "other.example.com", "from": "a@b.example" } });
    let changed = office.call("PUT", &path, change.clone()).await.expect(200);
    assert_eq!(changed["secrets"], json!(["password"]));
    assert_eq!(
        changed["fields"],
        json!({ "host": "other.example.com", "from": "a@b.example" })
    );
    assert_eq!(changed["version"], 2);
    let mut other = change;
    other["kind"] = "bearer".into();
    office
        .call("PUT", &path, other)
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn all_that_is_wrong_is_said_with_its_place_and_not_its_value() {
    let office = Office::open().await;
    let new = json!({ "name": "", "kind": "smtp", "fields": { "port": 0, "pasword": "canary-password" } });
    let refused = office
        .call("POST", "/v1/connections", new)
        .await
        .expect(422);
    let paths: Vec<_> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        paths,
        [
            "/name",
            "/fields/pasword",
            "/fields/host",
            "/fields/port",
            "/fields/from"
        ]
    );
    assert!(!refused.to_string().contains("canary"));
    let new = json!({ "name": "x", "kind": "smpt", "fields": {} });
    let refused = office
        .call("POST", "/v1/connections", new)
        .await
        .expect(422);
    assert_eq!(refused["errors"][0]["path"], "/kind");
    office.mail("Sales mail").await;
    let again = json!({ "name": "Sales mail", "kind": "bearer", "fields": { "token": "t" } });
    office
        .call("POST", "/v1/connections", again)
        .await
        .refused(409, "already_exists");
}

#[tokio::test]
async fn a_flow_names_a_connection_that_there_is() {
    let office = Office::open().await;
    office.mail("Sales mail").await;
    office.mail("Support mail").await;
    let wrong = office
        .call("POST", "/v1/flows", flow("f", json!("Sale mail")))
        .await
        .expect(422);
    assert_eq!(wrong["errors"][0]["path"], "/steps/0/connection");
    assert!(
        wrong["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("did you mean `Sales mail`?"),
        "{wrong}"
    );
    let unnamed = office
        .call("POST", "/v1/flows", flow("f", Value::Null))
        .await
        .expect(422);
    assert!(
        unnamed["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("name one of"),
        "{unnamed}"
    );
    office
        .call("POST", "/v1/flows", flow("f", json!("Sales mail")))
        .await
        .expect(201);
}

#[tokio::test]
async fn a_connection_in_use_is_deleted_or_renamed_only_by_force() {
    let office = Office::open().await;
    let made = office.mail("Sales mail").await;
    let path = format!("/v1/connections/{}", made["id"].as_str().unwrap());
    for connection in [json!("Sales mail"), made["id"].clone(), Value::Null] {
        let flow = office
            .call("POST", "/v1/flows", flow("Thanks", connection.clone()))
            .await
            .expect(201);
        let shown = office.call("GET", &path, Value::Null).await.expect(200);
        assert_eq!(
            shown["used_by"],
            json!([{ "id": flow["id"], "name": "Thanks" }]),
            "{connection}"
        );
        let refused = office.call("DELETE", &path, Value::Null).await;
        assert!(refused.text.contains("`Thanks`"), "{}", refused.text);
        refused.refused(409, "not_now");
        let rename = json!({ "name": "Mail", "kind": "smtp", "fields": { "host": "h.example", "from": "a@b.example" } });
        if connection == "Sales mail" {
            office
                .call("PUT", &path, rename)
                .await
                .refused(409, "not_now");
        }
        let flow = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
        office.call("DELETE", &flow, Value::Null).await.expect(204);
    }
    office
        .call("POST", "/v1/flows", flow("Thanks", json!("Sales mail")))
        .await
        .expect(201);
    office
        .call("DELETE", &format!("{path}?force=true"), Value::Null)
        .await
        .expect(204);
    office
        .call("GET", &path, Value::Null)
        .await
        .refused(404, "not_found");
    // The flow stays, and can be looked at.
    let flows = office
        .call("GET", "/v1/flows", Value::Null)
        .await
        .expect(200);
    assert_eq!(flows["data"][0]["name"], "Thanks");
}

#[tokio::test]
async fn a_trial_says_what_to_do_and_is_kept_until_the_next_change() {
    let office = Office::open().await;
    let made = office
        .make(
            "Inside",
            "smtp",
            json!({ "host": "127.0.0.1", "from": "a@b.example", "password": "canary-password" }),
        )
        .await;
    let path = format!("/v1/connections/{}", made["id"].as_str().unwrap());
    let tried = office
        .call("POST", &format!("{path}/test"), Value::Null)
        .await
        .expect(200);
    assert_eq!(tried["works"], false);
    assert!(
        tried["message"]
            .as_str()
            .unwrap()
            .contains("--allow-network"),
        "{tried}"
    );
    let shown = office.call("GET", &path, Value::Null).await.expect(200);
    assert_eq!(shown["tested"], tried);
    let change = json!({ "name": "Inside", "kind": "smtp", "fields": { "host": "127.0.0.1", "from": "a@b.example" } });
    let changed = office.call("PUT", &path, change).await.expect(200);
    assert_eq!(changed["tested"], Value::Null);
    let token = office.make("CRM", "bearer", json!({ "token": "t" })).await;
    let path = format!("/v1/connections/{}/test", token["id"].as_str().unwrap());
    let tried = office.call("POST", &path, Value::Null).await.expect(200);
    assert_eq!(tried["works"], Value::Null);
}

#[tokio::test]
async fn a_change_of_an_old_version_is_refused() {
    let office = Office::open().await;
    let made = office.mail("Sales mail").await;
    let path = format!("/v1/connections/{}", made["id"].as_str().unwrap());
    let change = json!({ "name": "Sales mail", "kind": "smtp", "fields": { "host": "h.example", "from": "a@b.example" } });
    office.call("PUT", &path, change.clone()).await.expect(200);
    let request = http::Request::put(&path)
        .header("authorization", format!("Bearer {}", office.key))
        .header("content-type", "application/json")
        .header("if-match", "\"1\"");
    let request = request
        .body(axum::body::Body::from(change.to_string()))
        .unwrap();
    office
        .world
        .send(request)
        .await
        .refused(412, "version_conflict");
}

#[tokio::test]
async fn every_kind_is_described_for_a_form() {
    let office = Office::open().await;
    let kinds = office
        .call("GET", "/v1/connections/kinds", Value::Null)
        .await
        .expect(200);
    let smtp = kinds
        .as_array()
        .unwrap()
        .iter()
        .find(|kind| kind["name"] == "smtp")
        .unwrap();
    let field = |name: &str| {
        smtp["fields"]
            .as_array()
            .unwrap()
            .iter()
            .find(|field| field["name"] == name)
            .unwrap()
    };
    assert_eq!(field("password")["type"], "secret");
    assert_eq!(field("security")["default"], "starttls");
    assert_eq!(field("port")["maximum"], 65_535);
}
