//! Contacts over HTTP: one for each number, found by parts of what they say, read in from tables, seen by calls.

mod importing;
mod keeping;
mod known;
mod listing;

use crate::world::{Answer, World, world};
use api::Scope;
use axum::body::Body;
use http::Request;
use serde_json::Value;

struct Office {
    world: World,
    key: String,
}

impl Office {
    async fn open() -> Self {
        let world = world().await;
        let key = world.key(world.ours, Scope::Write).await;
        Self { world, key }
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        self.world.call(&self.key, method, path, body).await
    }

    async fn make(&self, contact: Value) -> Value {
        self.call("POST", "/v1/contacts", contact).await.expect(201)
    }

    async fn import(&self, query: &str, table: impl Into<Body>) -> Answer {
        let request = Request::post(format!("/v1/contacts/import?{query}"))
            .header("content-type", "text/csv")
            .header("authorization", format!("Bearer {}", self.key));
        self.world.send(request.body(table.into()).unwrap()).await
    }

    async fn found(&self, search: &str) -> Vec<String> {
        let query: String = url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
        let path = format!("/v1/contacts?search={query}");
        let list = self.call("GET", &path, Value::Null).await.expect(200);
        let data = list["data"].as_array().unwrap().iter();
        data.map(|contact| contact["first_name"].as_str().unwrap_or("-").to_owned())
            .collect()
    }
}
