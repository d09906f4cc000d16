//! Every guarded route: without a key, with too small a scope, with `If-Match`, with two headers.

use super::*;

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
