//! Every route against every kind of caller: nobody, a scope too small, another workspace.
#![allow(clippy::unwrap_used)]

mod world;

use api::Scope;
use engine::watch::Trouble;
use http::Request;
use serde_json::{Value, json};
use world::{World, world};

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

#[tokio::test]
async fn without_a_key_every_guarded_route_answers_401() {
    let world = world().await;
    for (method, path, _) in guarded() {
        for key in ["", "nonsense", &format!("sh_live_{}", "0".repeat(43))] {
            let answer = world.call(key, &method, &path, json!({})).await;
            assert_eq!(answer.status, 401, "{method} {path} {key}");
            answer.refused(401, "unauthorized");
        }
    }
}

#[tokio::test]
async fn with_too_small_a_scope_every_guarded_route_answers_403() {
    let world = world().await;
    for (method, path, permission) in guarded() {
        let scopes: &[Scope] = match permission.as_str() {
            "read" => &[Scope::Ingest],
            "operate" => &[Scope::Read, Scope::Ingest],
            "write" => &[Scope::Operate, Scope::Ingest],
            "ingest" => &[Scope::Read, Scope::Write],
            "admin" => &[Scope::Read, Scope::Operate, Scope::Write, Scope::Ingest],
            _ => &[],
        };
        for scope in scopes {
            let key = world.key(world.ours, *scope).await;
            let answer = world.call(&key, &method, &path, json!({})).await;
            assert_eq!(
                answer.status, 403,
                "{method} {path} {scope:?}: {}",
                answer.text
            );
        }
    }
}

#[tokio::test]
async fn only_admin_takes_a_flow_out_of_settings_of_admins() {
    let world = world().await;
    let (admin, write) = (
        world.key(world.ours, Scope::Admin).await,
        world.key(world.ours, Scope::Write).await,
    );
    let hook = json!({ "webhook_url": "https://example.com/", "min_interval_s": 0 });
    let saved = world.call(&admin, "PUT", "/v1/settings/notify", hook).await;
    let flow = saved.expect(200)["flow_id"].as_str().unwrap().to_owned();
    let path = format!("/v1/flows/{flow}/detach");
    world
        .call(&write, "POST", &path, json!({}))
        .await
        .refused(403, "forbidden");
    let freed = world.call(&admin, "POST", &path, json!({})).await;
    assert_eq!(freed.expect(200)["kept_by"], Value::Null);
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

#[tokio::test]
async fn ids_of_another_workspace_answer_404_like_ids_of_nothing() {
    let world = world().await;
    let (ids, ours) = (ids(&world).await, world.key(world.ours, Scope::Admin).await);
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
async fn who_heeds_if_match_says_so_and_who_says_so_heeds_it() {
    let world = world().await;
    let (ids, admin) = (ids(&world).await, world.key(world.ours, Scope::Admin).await);
    let document = api::openapi();
    let mut heeding = 0;
    for (method, path, _) in guarded().into_iter().filter(|(method, ..)| method != "GET") {
        let resource = path.split('/').nth(2).unwrap_or_default();
        let id = ids[resource].as_str().unwrap_or_default();
        let names = ["{id}", "{name}", "{kind}"];
        let uri = names
            .iter()
            .fold(path.clone(), |uri, name| uri.replace(name, id));
        let request = Request::builder()
            .method(method.as_str())
            .uri(uri.replace("{version}", "1"))
            .header("host", "hooks.example")
            .header("authorization", format!("Bearer {admin}"))
            .header("if-match", "nonsense")
            .header("content-type", "application/json");
        let answer = world.send(request.body("{}".into()).unwrap()).await;
        let heeds = answer.status == 422 && answer.text.contains("is not an ETag");
        let operation = &document["paths"][&path][method.to_lowercase()];
        let mut parameters = operation["parameters"].as_array().into_iter().flatten();
        let says = parameters.any(|parameter| parameter["name"] == "if-match");
        assert_eq!(heeds, says, "{method} {path}: {}", answer.text);
        let listed = operation["responses"]["412"].is_object();
        assert!(listed || !heeds, "{method} {path} does not list 412");
        heeding += usize::from(heeds);
    }
    assert!(heeding >= 9, "{heeding}");
}

#[tokio::test]
async fn settings_are_saved_over_the_version_that_was_read() {
    let world = world().await;
    let admin = world.key(world.ours, Scope::Admin).await;
    let send = async |method: &str, path: &str, expect: &str, body: Value| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "hooks.example")
            .header("authorization", format!("Bearer {admin}"))
            .header("if-match", expect)
            .header("content-type", "application/json");
        world
            .send(request.body(body.to_string().into()).unwrap())
            .await
    };
    let tag = async |path: &str| {
        let answer = world.call(&admin, "GET", path, Value::Null).await;
        answer.headers["etag"].to_str().unwrap().to_owned()
    };
    let kept = store::catalog::Document {
        kind: store::catalog::Kind::Workspace,
        id: world.ours.bytes(),
        workspace: world.ours,
        version: 1,
        name: "ours".into(),
        alias: None,
        enabled: true,
        created_at: world.engine.now(),
        updated_at: world.engine.now(),
        body: "{}".into(),
    };
    world.engine.store().put(kept, 0).await.unwrap();
    let hook = |n: u32| json!({ "webhook_url": format!("https://ops.example/{n}") });
    let pause = |n: u32| json!({ "pause_after": n });
    let recordings = |n: u32| json!({ "keep": "copy", "max_mb": n });
    let retention = |n: u32| json!({ "call_days": n });
    let cases: [(&str, &dyn Fn(u32) -> Value); 4] = [
        ("/v1/settings/notify", &hook),
        ("/v1/settings/pausing", &pause),
        ("/v1/settings/recordings", &recordings),
        ("/v1/settings/retention", &retention),
    ];
    for (path, body) in cases {
        let before = tag(path).await;
        let first = send("PUT", path, &before, body(1)).await;
        let first_tag = first.headers["etag"].to_str().unwrap().to_owned();
        first.expect(200);
        assert_eq!(tag(path).await, first_tag);
        assert_ne!(first_tag, before);
        let late = send("PUT", path, &before, body(2)).await;
        late.refused(412, "version_conflict");
        send("PUT", path, &first_tag, body(3)).await.expect(200);
        send("PUT", path, "*", body(4)).await.expect(200);
    }
}

#[tokio::test]
async fn a_refused_change_of_whom_to_tell_leaves_the_secret_as_it_is() {
    let world = world().await;
    let admin = world.key(world.ours, Scope::Admin).await;
    let save = async |url: &str, secret: &str| {
        let body = json!({ "webhook_url": url, "secret": secret });
        world.call(&admin, "PUT", "/v1/settings/notify", body).await
    };
    let kept = async || {
        let kind = store::catalog::Kind::Secret;
        let store = world.engine.store();
        store.list(Some(world.ours), kind, None, 9).await.unwrap()
    };
    save("https://example.com/", "whsec_Zmlyc3Q=")
        .await
        .expect(200);
    let before = kept().await;
    assert_eq!(before.len(), 1);
    let refused = save("https://example.com/{{ nobody", "whsec_c2Vjb25k").await;
    assert_eq!(refused.expect(422)["errors"][0]["path"], "/webhook_url");
    assert_eq!(kept().await, before);
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
