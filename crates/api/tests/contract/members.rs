//! Members: what each role may do, who changes whom, and that a change counts at once.
use crate::world::{World, world};
use api::Scope;
use serde_json::{Value, json};
use std::time::Duration;

const ROLES: [&str; 5] = ["owner", "admin", "editor", "operator", "viewer"];

/// Invites somebody as `cookie` and signs them in: their id and their cookie.
async fn joined(world: &World, cookie: &str, role: &str) -> (String, String) {
    let new = json!({"name": role, "role": role});
    let made = world.browse(cookie, "POST", "/v1/members", new).await;
    let made = made.expect(201);
    let cookie = world.sign_in(made["link"].as_str().unwrap()).await;
    (made["id"].as_str().unwrap().to_owned(), cookie)
}

#[tokio::test]
async fn every_route_takes_the_roles_that_the_table_gives_its_permission() {
    let world = world().await;
    let owner = world.owner().await;
    let mut cookies = Vec::new();
    for role in ROLES {
        cookies.push((role, joined(&world, &owner, role).await.1));
    }
    let document = api::openapi();
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let allowed: &[&str] = match operation["x-permission"].as_str().unwrap() {
                "read" => &ROLES,
                "operate" => &ROLES[..4],
                "write" | "ingest" => &ROLES[..3],
                "admin" => &ROLES[..2],
                _ => continue,
            };
            if path == "/v1/stream" || path == "/metrics" {
                continue;
            }
            for (role, cookie) in &cookies {
                // A body that nothing takes: whoever may is told so.
                let body = json!({"nothing": "such"});
                let answer = world
                    .browse(cookie, &method.to_uppercase(), path, body)
                    .await;
                let may = answer.status != 403;
                let detail = &answer.text;
                assert_eq!(
                    may,
                    allowed.contains(role),
                    "{role} {method} {path} {detail}"
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 300, "{asked}");
}

#[tokio::test]
async fn the_first_sign_in_makes_the_owner_and_tells_who_may_do_what() {
    let world = world().await;
    let owner = world.owner().await;
    let again = world.owner().await;
    let me = world
        .browse(&owner, "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (&me["via"], &me["role"], &me["name"]),
        (&json!("session"), &json!("owner"), &json!("Owner"))
    );
    let other = world
        .browse(&again, "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    assert_eq!(me["member_id"], other["member_id"]);
    let (_, operator) = joined(&world, &owner, "operator").await;
    let me = world
        .browse(&operator, "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    assert_eq!(me["scopes"], json!(["read", "operate"]));
    let refused = world
        .browse(&operator, "POST", "/v1/flows", json!({}))
        .await;
    assert!(refused.text.contains("role `operator`"), "{}", refused.text);
}

#[tokio::test]
async fn a_session_from_before_there_were_members_is_the_owners() {
    let world = world().await;
    let owner = world.owner().await;
    let token = owner.split_once('=').unwrap().1;
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(token));
    let (store, kind) = (world.engine.store(), store::catalog::Kind::Session);
    let mut session = store.find(kind, &hash).await.unwrap().unwrap();
    let expires_at = world.engine.now() + Duration::from_secs(60);
    session.body = json!({"scopes": ["admin"], "expires_at": expires_at})
        .to_string()
        .into();
    store.put(session, 1).await.unwrap();
    let me = world
        .browse(&owner, "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    assert_eq!(me["role"], "owner");
    // Once that owner is taken out, it is nobody's.
    let (_, second) = joined(&world, &owner, "owner").await;
    let path = format!("/v1/members/{}", me["member_id"].as_str().unwrap());
    world
        .browse(&second, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .browse(&owner, "GET", "/v1/session", Value::Null)
        .await
        .refused(401, "unauthorized");
}

#[tokio::test]
async fn a_lower_role_and_a_removal_count_at_once_on_every_node() {
    let world = world().await;
    let (owner, other) = (world.owner().await, world.another_node());
    let (id, cookie) = joined(&world, &owner, "admin").await;
    let keys = async |node: &World| node.browse(&cookie, "GET", "/v1/keys", Value::Null).await;
    keys(&world).await.expect(200);
    keys(&other).await.expect(200);
    let path = format!("/v1/members/{id}");
    let lower = json!({"role": "viewer"});
    world
        .browse(&owner, "PATCH", &path, lower)
        .await
        .expect(200);
    keys(&world).await.refused(403, "forbidden");
    keys(&other).await.refused(403, "forbidden");
    world
        .browse(&owner, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    keys(&world).await.refused(401, "unauthorized");
    keys(&other).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn the_last_owner_who_has_signed_in_stays_one() {
    let world = world().await;
    let owner = world.owner().await;
    let me = world
        .browse(&owner, "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    let path = format!("/v1/members/{}", me["member_id"].as_str().unwrap());
    // Somebody who was only invited is nobody to rely on.
    let new = json!({"name": "Invited", "role": "owner"});
    let invited = world
        .browse(&owner, "POST", "/v1/members", new)
        .await
        .expect(201);
    let lower = json!({"role": "admin"});
    let lowered = world.browse(&owner, "PATCH", &path, lower.clone()).await;
    assert!(lowered.text.contains("last owner"), "{}", lowered.text);
    lowered.refused(409, "not_now");
    world
        .browse(&owner, "DELETE", &path, Value::Null)
        .await
        .refused(409, "not_now");
    let second = world.sign_in(invited["link"].as_str().unwrap()).await;
    // Each lowers the other at once: one of them stays.
    let other = format!("/v1/members/{}", invited["id"].as_str().unwrap());
    let node = world.another_node();
    let (a, b) = tokio::join!(
        world.browse(&owner, "PATCH", &other, lower.clone()),
        node.browse(&second, "PATCH", &path, lower),
    );
    let list = world
        .call("root-key-of-the-tests", "GET", "/v1/members", Value::Null)
        .await;
    let list = list.expect(200);
    let owners = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|member| member["role"] == "owner");
    assert_eq!(owners.count(), 1, "{} {}", a.text, b.text);
}

#[tokio::test]
async fn only_owners_deal_with_owners() {
    let world = world().await;
    let owner = world.owner().await;
    let (_, admin) = joined(&world, &owner, "admin").await;
    let me = world
        .browse(&owner, "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    let path = format!("/v1/members/{}", me["member_id"].as_str().unwrap());
    let new = json!({"name": "x", "role": "owner"});
    let mine = world
        .browse(&admin, "GET", "/v1/session", Value::Null)
        .await
        .expect(200);
    let mine = format!("/v1/members/{}", mine["member_id"].as_str().unwrap());
    let tried = [
        ("POST", "/v1/members".to_owned(), new),
        ("PATCH", path.clone(), json!({"role": "viewer"})),
        ("PATCH", mine, json!({"role": "owner"})),
        ("DELETE", path.clone(), Value::Null),
        ("POST", format!("{path}/link"), Value::Null),
    ];
    let key = world.key(world.ours, Scope::Admin).await;
    for (method, path, body) in tried {
        let answer = world.browse(&admin, method, &path, body.clone()).await;
        answer.refused(403, "forbidden");
        if !path.contains("mem_") {
            world
                .call(&key, method, &path, body)
                .await
                .refused(403, "forbidden");
        }
    }
}

#[tokio::test]
async fn whoever_becomes_an_owner_signs_in_anew() {
    let world = world().await;
    let owner = world.owner().await;
    let (_, admin) = joined(&world, &owner, "admin").await;
    let (id, session) = joined(&world, &admin, "viewer").await;
    let path = format!("/v1/members/{id}");
    let link = format!("{path}/link");
    let link = world.browse(&admin, "POST", &link, Value::Null).await;
    let link = link.expect(201);
    let set = async |role: &str| {
        let role = json!({"role": role});
        world.browse(&owner, "PATCH", &path, role).await.expect(200)
    };
    set("editor").await;
    let asked = world.browse(&session, "GET", "/v1/flows", Value::Null);
    asked.await.expect(200);
    let raised = set("owner").await;
    assert_eq!(
        (&raised["sessions"], &raised["link_expires_at"]),
        (&json!(0), &Value::Null)
    );
    let asked = world.browse(&session, "GET", "/v1/flows", Value::Null);
    asked.await.refused(401, "unauthorized");
    let at = link["link"].as_str().unwrap();
    let at = at.strip_prefix("https://hooks.example").unwrap();
    assert_eq!(world.call("", "GET", at, Value::Null).await.status, 401);
}

#[tokio::test]
async fn a_link_is_renewed_taken_back_and_ends_with_its_member() {
    let world = world().await;
    let owner = world.owner().await;
    let new = json!({"name": "Ada", "email": "ada@example.com", "role": "editor"});
    let made = world
        .browse(&owner, "POST", "/v1/members", new.clone())
        .await
        .expect(201);
    assert_eq!(
        (&made["joined_at"], made["link_expires_at"].is_string()),
        (&Value::Null, true)
    );
    world
        .browse(&owner, "POST", "/v1/members", new)
        .await
        .refused(409, "already_exists");
    let path = format!("/v1/members/{}", made["id"].as_str().unwrap());
    let link = format!("{path}/link");
    let used = async |link: &Value| {
        let at = link["link"]
            .as_str()
            .unwrap()
            .strip_prefix("https://hooks.example")
            .unwrap();
        world.call("", "GET", at, Value::Null).await.status.as_u16()
    };
    let second = world
        .browse(&owner, "POST", &link, Value::Null)
        .await
        .expect(201);
    assert_eq!(used(&made).await, 401);
    assert_eq!((used(&second).await, used(&second).await), (303, 401));
    let third = world
        .browse(&owner, "POST", &link, Value::Null)
        .await
        .expect(201);
    world
        .browse(&owner, "DELETE", &link, Value::Null)
        .await
        .expect(204);
    world
        .browse(&owner, "DELETE", &link, Value::Null)
        .await
        .refused(404, "not_found");
    assert_eq!(used(&third).await, 401);
    let fourth = world
        .browse(&owner, "POST", &link, Value::Null)
        .await
        .expect(201);
    world
        .browse(&owner, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    assert_eq!(used(&fourth).await, 401);
}

#[tokio::test]
async fn a_member_is_changed_over_the_version_that_was_read_and_all_problems_are_named() {
    let world = world().await;
    let owner = world.owner().await;
    let (id, cookie) = joined(&world, &owner, "viewer").await;
    let path = format!("/v1/members/{id}");
    let shown = world.browse(&owner, "GET", &path, Value::Null).await;
    let tag = shown.headers["etag"].to_str().unwrap().to_owned();
    // Being seen is no change.
    world
        .browse(&cookie, "GET", "/v1/flows", Value::Null)
        .await
        .expect(200);
    let send = async |body: Value| {
        let request = http::Request::builder()
            .method("PATCH")
            .uri(&path)
            .header("host", "hooks.example")
            .header("authorization", "Bearer root-key-of-the-tests")
            .header("if-match", &tag)
            .header("content-type", "application/json");
        world
            .send(request.body(body.to_string().into()).unwrap())
            .await
    };
    let saved = send(json!({"name": "Grace"})).await.expect(200);
    assert_eq!(
        (&saved["name"], &saved["sessions"]),
        (&json!("Grace"), &json!(1))
    );
    send(json!({"name": "late"}))
        .await
        .refused(412, "version_conflict");
    let wrong = json!({"name": " ", "email": "nobody", "role": "editor"});
    let wrong = world
        .browse(&owner, "POST", "/v1/members", wrong)
        .await
        .expect(422);
    let paths: Vec<&str> = wrong["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["/name", "/email"]);
}
