//! Lists, tables, watchers, and what no route takes or takes again.

use super::*;

#[tokio::test]
async fn lists_go_on_behind_their_cursor() {
    let world = world().await;
    world
        .call(
            ROOT,
            "POST",
            "/v1/events",
            json!([event("1"), event("2"), event("3")]),
        )
        .await
        .expect(202);
    let (mut seen, mut path) = (Vec::new(), "/v1/calls?limit=2".to_owned());
    loop {
        let page = get(&world, &path).await;
        seen.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|call| call["id"].clone()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/v1/calls?limit=2&cursor={next}");
    }
    assert_eq!(seen.len(), 3);
    world
        .call(ROOT, "GET", "/v1/calls?limit=0&odd=1", Value::Null)
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn what_no_route_takes_is_a_problem_unless_a_browser_reads_a_screen() {
    let world = world().await;
    world
        .call("", "GET", "/v1/nothing", Value::Null)
        .await
        .refused(404, "not_found");
    world
        .call("", "POST", "/in/a-mistyped-endpoint", Value::Null)
        .await
        .refused(404, "not_found");
    let wrong = world.call("", "PUT", "/v1/runs", Value::Null).await;
    assert_eq!(wrong.headers["allow"], "GET,HEAD");
    wrong.refused(405, "method_not_allowed");
    assert_eq!(
        world.call("", "GET", "/runs", Value::Null).await.text,
        "screens"
    );
    for path in [
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/schema/flow.json",
        "/docs",
        "/docs/errors",
    ] {
        assert_eq!(
            world.call("", "GET", path, Value::Null).await.status,
            200,
            "{path}"
        );
    }
    let schema = world
        .call("", "GET", "/schema/flow.json", Value::Null)
        .await;
    assert_eq!(schema.headers["content-type"], "application/schema+json");
    let schema: Value = serde_json::from_str(&schema.text).unwrap();
    assert_eq!(
        (&schema["$id"], &schema["required"]),
        (&json!("/schema/flow.json"), &json!(["name", "on", "steps"]))
    );
    world
        .call("", "GET", "/metrics", Value::Null)
        .await
        .refused(401, "unauthorized");
    assert_eq!(
        world.call(ROOT, "GET", "/metrics", Value::Null).await.text,
        "up 1\n"
    );
    assert_eq!(get(&world, "/v1/stats").await["runs"]["failed"], 0);
    assert_eq!(
        get(&world, "/v1/events/kinds")
            .await
            .as_array()
            .unwrap()
            .len(),
        17
    );
    assert!(
        !get(&world, "/v1/providers")
            .await
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_watcher_is_told_what_happens_in_its_workspace_only() {
    use http_body_util::BodyExt;
    let world = world().await;
    let mut ours = world.open(ROOT, "/v1/stream").await;
    let hello = ours.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(&hello[..], b": hello\n\n");
    let theirs = world.key(world.theirs, Scope::Admin).await;
    world
        .call(&theirs, "POST", "/v1/events", event("theirs"))
        .await
        .expect(202);
    let accepted = world
        .call(ROOT, "POST", "/v1/events", event("ours"))
        .await
        .expect(202);
    let told = ours.frame().await.unwrap().unwrap().into_data().unwrap();
    let told = String::from_utf8(told.to_vec()).unwrap();
    assert!(
        told.starts_with("event: event\ndata: {") && told.ends_with("}\n\n"),
        "{told}"
    );
    assert!(
        told.contains(accepted["events"][0]["call_id"].as_str().unwrap()),
        "{told}"
    );
}

#[tokio::test]
async fn a_repeated_post_with_the_same_idempotency_key_gets_the_first_answer() {
    let world = world().await;
    let post = |path: &str, key: &str, sender: &str, body: Value| {
        let request = Request::post(path).header("authorization", format!("Bearer {sender}"));
        let request = request
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        request.body(Body::from(body.to_string())).unwrap()
    };
    let new = json!({"name": "crm", "scopes": ["admin"]});
    let first = world.send(post("/v1/keys", "k-1", ROOT, new.clone())).await;
    let again = world.send(post("/v1/keys", "k-1", ROOT, new.clone())).await;
    assert_eq!((first.status.as_u16(), &first.text), (201, &again.text));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_ne!(again.headers["x-request-id"], first.headers["x-request-id"]);
    let other = json!({"name": "other", "scopes": ["read"]});
    world
        .send(post("/v1/keys", "k-1", ROOT, other))
        .await
        .refused(422, "idempotency_mismatch");
    let created = first.expect(201);
    let sender = created["token"].as_str().unwrap();
    let theirs = world
        .send(post("/v1/keys", "k-1", sender, new.clone()))
        .await
        .expect(201);
    assert_ne!(theirs["id"], created["id"]);
    let path = format!("/v1/keys/{}", created["id"].as_str().unwrap());
    world
        .call(ROOT, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .send(post("/v1/keys", "k-1", sender, new))
        .await
        .refused(401, "unauthorized");
    for _ in 0..2 {
        world
            .send(post("/v1/keys", "k-2", ROOT, json!({})))
            .await
            .refused(422, "invalid_request");
    }
    world
        .send(post("/v1/keys", "", ROOT, json!({})))
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn calls_are_exported_as_a_table_that_runs_nothing() {
    let world = world().await;
    for call in ["c-1", "=1+1"] {
        world
            .call(ROOT, "POST", "/v1/events", event(call))
            .await
            .expect(202);
    }
    let answer = world.call(ROOT, "GET", "/v1/calls.csv", Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
    let lines: Vec<&str> = answer.text.lines().collect();
    assert!(lines[0].starts_with("id,provider,provider_call_id,direction,"));
    assert!(lines[1].contains(",custom,'=1+1,"), "{}", lines[1]);
    assert!(lines[2].contains(",custom,c-1,"), "{}", lines[2]);
    assert_eq!(lines.len(), 3);
    let one = "/v1/calls.csv?limit=1&status=nothing";
    let none = world.call(ROOT, "GET", one, Value::Null).await;
    assert_eq!(none.text.lines().count(), 1);
    world
        .call(ROOT, "GET", "/v1/calls.csv?limit=50001", Value::Null)
        .await
        .refused(422, "invalid_request");
}
