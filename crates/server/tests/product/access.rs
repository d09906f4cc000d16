//! Every route of the OpenAPI document: nobody without a key, nobody with too small a scope, nothing by a made-up id.

use crate::world::{Server, text};
use serde_json::json;

struct Route {
    method: String,
    path: String,
    scope: String,
}

async fn routes(server: &Server) -> Vec<Route> {
    let document = server.get("/openapi.json").await;
    let mut routes = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            // Public are the platforms' routes (their signature is their key), the operations' and the pages'.
            let scope = text(operation, "/x-permission");
            // Metrics are open to the machine itself.
            if scope != "public" && path != "/metrics" {
                routes.push(Route {
                    method: method.to_uppercase(),
                    path: path.clone(),
                    scope,
                });
            }
        }
    }
    assert!(routes.len() > 25, "only {} routes", routes.len());
    routes
}

/// The path with ids that nothing has.
fn filled(path: &str) -> String {
    let id = |kind: &str| format!("{kind}_{}", "0".repeat(26));
    let kind = ["flows", "runs", "calls", "events", "keys", "endpoints"]
        .into_iter()
        .find(|kind| path.contains(kind));
    let known = match kind {
        Some("flows") => id("flow"),
        Some("runs") => id("run"),
        Some("calls") => id("call"),
        Some("events") => id("evt"),
        Some("keys") => id("key"),
        _ => id("ep"),
    };
    let mut filled = path.to_owned();
    while let (Some(from), Some(to)) = (filled.find('{'), filled.find('}')) {
        let value = if filled[from..to].contains("version") || filled[from + 1..to] == *"n" {
            "1".to_owned()
        } else {
            known.clone()
        };
        filled.replace_range(from..=to, &value);
    }
    filled
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_answers_without_a_key_or_beyond_its_scope() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let key = |scope: &str| json!({ "name": scope, "scopes": [scope] });
    let mut tokens = Vec::new();
    for scope in ["read", "ingest"] {
        tokens.push((
            scope,
            text(
                &server.ask("POST", "/v1/keys", &key(scope)).await.ok(201),
                "/token",
            ),
        ));
    }
    for route in routes(&server).await {
        let (path, what) = (
            filled(&route.path),
            format!("{} {}", route.method, route.path),
        );
        let bare = server
            .call(
                &route.method,
                &path,
                &[("content-type", "application/json")],
                "{}",
            )
            .await
            .unwrap();
        assert_eq!(bare.status, 401, "{what} without a key: {}", bare.text);
        let wrong = server
            .call(
                &route.method,
                &path,
                &[("authorization", "Bearer sh_live_wrong")],
                "{}",
            )
            .await
            .unwrap();
        assert_eq!(wrong.status, 401, "{what} with a wrong key: {}", wrong.text);
        for (scope, token) in &tokens {
            if route.scope == *scope || route.scope == "any" {
                continue;
            }
            let auth = format!("Bearer {token}");
            let small = server
                .call(
                    &route.method,
                    &path,
                    &[
                        ("authorization", &auth),
                        ("content-type", "application/json"),
                    ],
                    "{}",
                )
                .await
                .unwrap();
            assert_eq!(
                small.status, 403,
                "{what} needs {}, was asked with {scope}: {}",
                route.scope, small.text
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_not_ours_is_unknown_and_nothing_panics() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    for route in routes(&server)
        .await
        .iter()
        .filter(|route| route.path.contains('{'))
    {
        let answer = server
            .ask(&route.method, &filled(&route.path), &json!({}))
            .await;
        assert!(
            [404, 422, 400].contains(&answer.status),
            "{} {}: {} {}",
            route.method,
            route.path,
            answer.status,
            answer.text
        );
    }
}
