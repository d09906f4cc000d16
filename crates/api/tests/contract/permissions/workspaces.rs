//! Another workspace: its ids are unknown, its lists closed, its names and secrets its own.

use super::*;

#[tokio::test]
async fn ids_of_another_workspace_answer_404_like_ids_of_nothing() {
    let world = world().await;
    let (ids, ours) = (ids(&world).await, world.key(world.ours, Scope::Admin).await);
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c-1"}});
    world
        .call(&ours, "POST", "/v1/events", event)
        .await
        .expect(202);
    let mut tried = 0;
    for (method, path, _) in guarded() {
        let Some((resource, _)) = path
            .strip_prefix("/v1/")
            .and_then(|rest| rest.split_once("/{"))
        else {
            continue;
        };
        let id = ids[resource]
            .as_str()
            .unwrap_or_else(|| panic!("no id for {path}"));
        let body = match (method.as_str(), resource) {
            ("PUT", "flows") => {
                json!({"name": "f", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]})
            }
            ("PUT", "connections") => {
                json!({"kind": "bearer", "name": "mine now", "fields": {"token": "t"}})
            }
            ("PUT", "agents" | "campaigns") => json!({"name": "mine now"}),
            ("PUT", "budgets") => budget(),
            ("PUT", "contacts") => json!({"phone": "+14155552672"}),
            ("PUT", "endpoints") => json!({"provider": "custom", "name": "mine now"}),
            ("POST", "flows") if path.ends_with("/diff") => json!({"document": {}}),
            ("POST", "flows") if path.ends_with("/run") => json!({"call_id": "custom:c-1"}),
            _ => json!({}),
        };
        // A name, not an id: ours of the same name is another one (the next test).
        let makes_ours = method == "PUT" || path.ends_with("/pause");
        let foreign = path
            .replace("{id}", id)
            .replace("{name}", id)
            .replace("{kind}", id)
            .replace("{n}", "1")
            .replace("{version}", "1");
        if resource != "destinations" || !makes_ours {
            let answer = world.call(&ours, &method, &foreign, body.clone()).await;
            assert_eq!(answer.status, 404, "{method} {foreign}: {}", answer.text);
        }
        let nothing = path
            .replace("{id}", "nothing")
            .replace("{name}", "nothing")
            .replace("{kind}", "nothing")
            .replace("{n}", "1")
            .replace("{version}", "1");
        let answer = world.call(&ours, &method, &nothing, body).await;
        assert_eq!(answer.status, 404, "{method} {nothing}: {}", answer.text);
        tried += 1;
    }
    assert!(tried > 15);
}

#[tokio::test]
async fn destinations_of_one_name_in_two_workspaces_are_two() {
    let world = world().await;
    ids(&world).await;
    let (ours, theirs) = (
        world.key(world.ours, Scope::Admin).await,
        world.key(world.theirs, Scope::Admin).await,
    );
    let path = "/v1/destinations/their.example:443";
    let paused = world
        .call(&ours, "POST", &format!("{path}/pause"), json!({}))
        .await;
    let paused = paused.expect(200);
    assert_eq!(
        (&paused["state"], &paused["rate"]),
        (&json!("paused"), &Value::Null)
    );
    let set = world
        .call(&ours, "PUT", path, json!({"note": "ours"}))
        .await
        .expect(200);
    assert_eq!(
        (&set["state"], &set["version"]),
        (&json!("paused"), &json!(2))
    );
    let shown = world
        .call(&theirs, "GET", path, Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (&shown["state"], &shown["note"]),
        (&json!("closed"), &json!("canary"))
    );
    world
        .call(&ours, "DELETE", path, Value::Null)
        .await
        .expect(204);
    world
        .call(&theirs, "GET", path, Value::Null)
        .await
        .expect(200);
    world
        .call(&ours, "GET", path, Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn lists_show_only_the_callers_workspace() {
    let world = world().await;
    ids(&world).await;
    let (ours, theirs) = (
        world.key(world.ours, Scope::Admin).await,
        world.key(world.theirs, Scope::Admin).await,
    );
    for list in [
        "flows",
        "runs",
        "calls",
        "events",
        "endpoints",
        "secrets",
        "connections",
        "destinations",
        "alerts",
        "members",
        "recipes?source=own",
    ] {
        let path = format!("/v1/{list}");
        let shown = world
            .call(&ours, "GET", &path, Value::Null)
            .await
            .expect(200);
        assert_eq!(shown["data"], json!([]), "{list}");
        let shown = world
            .call(&theirs, "GET", &path, Value::Null)
            .await
            .expect(200);
        assert_eq!(shown["data"].as_array().unwrap().len(), 1, "{list}");
    }
}

#[tokio::test]
async fn the_root_key_is_admin_of_the_default_workspace_and_two_headers_are_nobody() {
    let world = world().await;
    let session = world
        .call("root-key-of-the-tests", "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (&session["via"], &session["scopes"]),
        (
            &json!("root"),
            &json!(["read", "operate", "write", "ingest", "admin"])
        )
    );
    assert_eq!(session["workspace"]["id"], world.ours.to_string());
    let request = http::Request::get("/v1/session");
    let request = request.header("authorization", "Bearer root-key-of-the-tests");
    let request = request.header("authorization", "Bearer root-key-of-the-tests");
    world
        .send(request.body(axum::body::Body::empty()).unwrap())
        .await
        .refused(401, "unauthorized");
}

/// A page of `list` as `headers` beside the key show it.
async fn shown(world: &World, key: &str, list: &str, headers: &[(&str, String)]) -> Value {
    let mut request = http::Request::get(list).header("authorization", format!("Bearer {key}"));
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let request = request.body(axum::body::Body::empty()).unwrap();
    world.send(request).await.expect(200)
}

#[tokio::test]
async fn the_key_alone_decides_the_workspace_whatever_a_header_says() {
    let world = world().await;
    ids(&world).await;
    let ours = world.key(world.ours, Scope::Admin).await;
    let theirs = world.theirs.to_string();
    for name in [
        "x-workspace",
        "x-workspace-id",
        "x-tenant-id",
        "x-organization-id",
        "x-user-id",
        "x-forwarded-user",
    ] {
        let header = (name, theirs.clone());
        for headers in [vec![header.clone()], vec![header.clone(), header]] {
            let flows = shown(&world, &ours, "/v1/flows", &headers).await;
            assert_eq!(flows["data"], json!([]), "{name}");
        }
    }
}

#[tokio::test]
async fn a_flow_cannot_use_a_secret_of_another_workspace() {
    let world = world().await;
    ids(&world).await;
    let ours = world.key(world.ours, Scope::Admin).await;
    let flow = json!({"name": "thief", "on": ["call.ended"], "steps": [{"id": "a", "do": "http.request", "retry": {"attempts": 1},
        "with": {"url": "https://receiver.invalid/", "headers": {"x-key": "{{ secrets.their_secret }}"}}}]});
    let made = world.call(&ours, "POST", "/v1/flows", flow).await;
    made.expect(201);
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c-2"}});
    let event = world
        .call(&ours, "POST", "/v1/events", event)
        .await
        .expect(202);
    let path = format!(
        "/v1/runs/{}",
        event["events"][0]["runs"][0].as_str().unwrap()
    );
    let run = loop {
        let run = world
            .call(&ours, "GET", &path, Value::Null)
            .await
            .expect(200);
        if run["status"] == "failed" || run["status"] == "succeeded" {
            break run;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(
        run["entries"][0]["error"]["code"], "secret_missing",
        "{run:#}"
    );
    assert!(!run.to_string().contains("canary"), "{run:#}");
}
