//! Settings: saved over the version that was read, or not at all.

use super::*;

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
