//! Settings: saved over the version that was read, or not at all.

use super::*;
use crate::world::home;

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
    let kept = home(world.ours);
    world.engine.store().put(kept, 0).await.unwrap();
    let hook = |n: u32| json!({ "webhook_url": format!("https://ops.example/{n}") });
    let pause = |n: u32| json!({ "pause_after": n });
    let recordings = |n: u32| json!({ "keep": "copy", "max_mb": n });
    let retention = |n: u32| json!({ "call_days": n });
    let network = |n: u32| json!({ "allow_networks": [format!("10.0.{n}.0/24:443")] });
    let workspace = |n: u32| json!({ "name": format!("Ours {n}") });
    let cases: [(&str, &dyn Fn(u32) -> Value); 6] = [
        ("/v1/settings/network", &network),
        ("/v1/settings/notify", &hook),
        ("/v1/settings/pausing", &pause),
        ("/v1/settings/recordings", &recordings),
        ("/v1/settings/retention", &retention),
        ("/v1/settings/workspace", &workspace),
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
async fn what_cannot_be_opened_is_refused_with_its_place_and_why() {
    let world = world().await;
    let admin = world.key(world.ours, Scope::Admin).await;
    let save = async |allow: Value, egress: Value| {
        let body = json!({ "allow_networks": allow, "egress_addresses": egress });
        world
            .call(&admin, "PUT", "/v1/settings/network", body)
            .await
            .expect(422)["errors"]
            .clone()
    };
    let allow = json!([
        "10.0.0.0/8",
        "localhost",
        "169.254.169.254:80",
        "fe80::/10",
        "10.0.0.0/8"
    ]);
    let errors = save(allow, json!(["198.51.100.7:443"])).await;
    let told: Vec<(&str, &str)> = errors
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            let text = |name: &str| problem[name].as_str().unwrap();
            (text("path"), text("message"))
        })
        .collect();
    let expected = [
        ("/allow_networks/1", "`localhost` is not CIDR[:PORT]"),
        ("/allow_networks/2", "is link-local, which stays shut"),
        ("/allow_networks/3", "is link-local, which stays shut"),
        ("/allow_networks/4", "stands here twice"),
        ("/egress_addresses/0", "has the port 443"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for ((path, message), (place, why)) in told.iter().zip(expected) {
        assert!(*path == place && message.contains(why), "{path} {message}");
    }
    let many: Vec<String> = (0..101).map(|n| format!("10.0.{n}.0/24")).collect();
    assert_eq!(
        save(json!(many), json!([])).await[0]["path"],
        "/allow_networks"
    );
    let body = json!({ "name": " \n ", "settle_within_s": 9 });
    let path = "/v1/settings/workspace";
    let refused = world.call(&admin, "PUT", path, body).await.expect(422);
    let paths = [&refused["errors"][0]["path"], &refused["errors"][1]["path"]];
    assert_eq!(paths, ["/name", "/settle_within_s"]);
}

#[tokio::test]
async fn a_new_name_and_waiting_time_go_for_what_comes_next() {
    let world = world().await;
    let admin = world.key(world.ours, Scope::Admin).await;
    let kept = store::catalog::Document {
        name: "Default".into(),
        body: r#"{"allow_networks": ["127.0.0.1:4600"]}"#.into(),
        ..home(world.ours)
    };
    world.engine.store().put(kept, 0).await.unwrap();
    let send = async |id: &str| {
        let event = json!({ "kind": "call.ended", "call": { "provider_call_id": id } });
        let told = world
            .call(&admin, "POST", "/v1/events", event)
            .await
            .expect(202);
        let call = told["events"][0]["call_id"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        let row = world
            .engine
            .store()
            .call_by_id(call)
            .await
            .unwrap()
            .unwrap();
        String::from_utf8(row.state.to_vec()).unwrap()
    };
    assert!(!send("c-1").await.contains("settle_within_s"));
    let new = json!({ "name": " Acme  support ", "settle_within_s": 45 });
    let path = "/v1/settings/workspace";
    let saved = world.call(&admin, "PUT", path, new).await.expect(200);
    assert_eq!(
        saved,
        json!({ "name": "Acme  support", "settle_within_s": 45 })
    );
    let session = world.call(&admin, "GET", "/v1/session", Value::Null).await;
    assert_eq!(session.expect(200)["workspace"]["name"], "Acme  support");
    assert!(send("c-2").await.contains("\"settle_within_s\":45"));
    let network = world
        .call(&admin, "GET", "/v1/settings/network", Value::Null)
        .await;
    let network = network.expect(200);
    assert_eq!(network["allow_networks"], json!(["127.0.0.1:4600"]));
    assert_eq!(network["egress_addresses"], json!([]));
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
