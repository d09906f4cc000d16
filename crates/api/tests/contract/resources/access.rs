//! Keys, secrets and links that sign in.

use super::*;

#[tokio::test]
async fn a_key_is_shown_once_rotates_with_an_overlap_and_ends_at_once() {
    let world = world().await;
    let new = json!({"name": "crm", "scopes": ["read"]});
    let created = world.call(ROOT, "POST", "/v1/keys", new).await.expect(201);
    let (id, token) = (
        created["id"].as_str().unwrap(),
        created["token"].as_str().unwrap(),
    );
    let list = world.call(ROOT, "GET", "/v1/keys", Value::Null).await;
    assert!(!list.text.contains(token) && list.text.contains(&token[token.len() - 4..]));
    world
        .call(token, "GET", "/v1/runs", Value::Null)
        .await
        .expect(200);
    let rotated = world
        .call(
            ROOT,
            "POST",
            &format!("/v1/keys/{id}/rotate"),
            json!({"overlap_s": 60}),
        )
        .await
        .expect(201);
    let newer = rotated["token"].as_str().unwrap();
    world
        .call(token, "GET", "/v1/runs", Value::Null)
        .await
        .expect(200);
    world
        .call(newer, "GET", "/v1/runs", Value::Null)
        .await
        .expect(200);
    world
        .call(ROOT, "POST", &format!("/v1/keys/{id}/rotate"), Value::Null)
        .await
        .expect(201);
    world
        .call(token, "GET", "/v1/runs", Value::Null)
        .await
        .refused(401, "unauthorized");
    let path = format!("/v1/keys/{}", rotated["id"].as_str().unwrap());
    world
        .call(ROOT, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .call(newer, "GET", "/v1/runs", Value::Null)
        .await
        .refused(401, "unauthorized");
    world
        .call(ROOT, "POST", "/v1/keys", json!({"name": "", "scopes": []}))
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn a_secret_tells_which_flows_name_it_also_those_that_settings_keep() {
    let world = world().await;
    let call = async |method: &str, path: &str, body: Value| {
        let answer = world.call(ROOT, method, path, body).await;
        assert!(answer.status.is_success(), "{path} {}", answer.text);
        answer.json()
    };
    let secret = json!({"name": "crm_key", "value": "v"});
    let made = call("POST", "/v1/secrets", secret).await;
    assert_eq!(made["used_by"], json!([]));
    let step = json!({"id": "a", "do": "http.request", "with": {"url": "https://x.example/", "headers": {"X-Key": "{{ secrets.crm_key }}"}}});
    let flow =
        json!({"name": "To the CRM", "on": ["call.ended"], "enabled": false, "steps": [step]});
    let flow = call("POST", "/v1/flows", flow).await;
    let hook = json!({"webhook_url": "https://ops.example/{{ secrets.crm_key }}"});
    let kept = call("PUT", "/v1/settings/notify", hook).await;
    for list in [
        call("GET", "/v1/secrets", Value::Null).await["data"][0].clone(),
        call("GET", "/v1/secrets/crm_key", Value::Null).await,
    ] {
        let users = list["used_by"].as_array().unwrap();
        let ids: Vec<_> = users.iter().map(|user| &user["id"]).collect();
        assert_eq!(ids, [&flow["id"], &kept["flow_id"]]);
        assert_eq!(users[0]["name"], "To the CRM");
    }
}

#[tokio::test]
async fn a_secret_goes_in_and_never_comes_out() {
    let world = world().await;
    let secret = json!({"name": "crm_key", "value": "canary-value"});
    let answers = [
        world.call(ROOT, "POST", "/v1/secrets", secret).await,
        world.call(ROOT, "GET", "/v1/secrets", Value::Null).await,
    ];
    for answer in answers {
        assert!(
            answer.status.is_success() && !answer.text.contains("canary"),
            "{}",
            answer.text
        );
    }
    world
        .call(ROOT, "DELETE", "/v1/secrets/crm_key", Value::Null)
        .await
        .expect(204);
    world
        .call(ROOT, "DELETE", "/v1/secrets/crm_key", Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_key_for_webhooks_is_made_here_and_its_public_half_alone_is_shown() {
    let world = world().await;
    let save = async |secret: Value| world.call(ROOT, "POST", "/v1/secrets", secret).await;
    let keys = |shown: &Value| -> Vec<String> {
        serde_json::from_value(shown["public_keys"].clone()).unwrap()
    };
    let made = save(json!({"name": "hooks", "generate": "ed25519"}))
        .await
        .expect(201);
    let [first] = &keys(&made)[..] else {
        panic!("{made}");
    };
    assert!(first.starts_with("whpk_") && !made.to_string().contains("whsk_"));
    // Replaced with an overlap, both verify; without one, only the new one.
    let overlap = json!({"name": "hooks", "generate": "ed25519", "overlap_s": 60});
    let both = keys(&save(overlap).await.expect(201));
    assert!(
        both.len() == 2 && both[1] == *first && both[0] != *first,
        "{both:?}"
    );
    let shown = world
        .call(ROOT, "GET", "/v1/secrets/hooks", Value::Null)
        .await;
    assert_eq!(keys(&shown.expect(200)), both);
    let text = save(json!({"name": "hooks", "value": "a text"}))
        .await
        .expect(201);
    assert_eq!(keys(&text), Vec::<String>::new());
    let two = json!({"name": "hooks", "value": "a text", "generate": "ed25519"});
    save(two).await.refused(422, "invalid_request");
    save(json!({"name": "hooks"}))
        .await
        .refused(422, "invalid_request");
    save(json!({"name": "hooks", "generate": "rsa"}))
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn a_link_signs_one_browser_in_once_and_its_cookie_cannot_be_used_by_other_sites() {
    let world = world().await;
    let store = world.engine.store().as_ref();
    let link = create_link(
        store,
        world.ours,
        None,
        Duration::from_secs(60),
        world.engine.now(),
    )
    .await
    .unwrap();
    let path = format!("/sign-in?token={link}");
    let answer = world.call("", "GET", &path, Value::Null).await;
    assert_eq!(
        (
            answer.status.as_u16(),
            answer.headers["location"].to_str().unwrap()
        ),
        (303, "/")
    );
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-switchhook=") && cookie.contains("HttpOnly"));
    let again = world.call("", "GET", &path, Value::Null).await;
    assert_eq!(
        (again.status.as_u16(), again.headers.get("set-cookie")),
        (401, None)
    );
    let pair = cookie.split(';').next().unwrap().to_owned();
    let with = |method: &str, path: &str, site: &str| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", &pair);
        request
            .header("sec-fetch-site", site)
            .body(Body::empty())
            .unwrap()
    };
    let session = world
        .send(with("GET", "/v1/session", "cross-site"))
        .await
        .expect(200);
    assert_eq!(session["via"], "session");
    world
        .send(with("POST", "/v1/session/end", "cross-site"))
        .await
        .refused(403, "cross_site");
    world
        .send(with("POST", "/v1/session/end", "same-origin"))
        .await
        .expect(204);
    world
        .send(with("GET", "/v1/session", "same-origin"))
        .await
        .refused(401, "unauthorized");
}
