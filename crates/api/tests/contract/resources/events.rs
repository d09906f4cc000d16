//! Events taken in: once, all or none, signed; and their messages as they came in.

use super::*;

#[tokio::test]
async fn an_event_is_accepted_once_and_shown_with_its_call_and_its_runs() {
    let world = world().await;
    world
        .call(ROOT, "POST", "/v1/flows", flow())
        .await
        .expect(201);
    let batch = json!([event("c-1"), event("c-2")]);
    let first = world
        .call(ROOT, "POST", "/v1/events", batch.clone())
        .await
        .expect(202);
    assert_eq!(
        (&first["accepted"], &first["duplicates"]),
        (&json!(2), &json!(0))
    );
    let again = world
        .call(ROOT, "POST", "/v1/events", batch)
        .await
        .expect(202);
    assert_eq!(
        (&again["accepted"], &again["duplicates"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(again["events"][1]["runs"], first["events"][1]["runs"]);
    let accepted = &first["events"][0];
    let id = accepted["id"].as_str().unwrap();
    let shown = get(&world, &format!("/v1/events/{id}")).await;
    assert_eq!(
        (&shown["kind"], &shown["snapshot"]["duration_s"]),
        (&json!("call.ended"), &json!(125))
    );
    assert_eq!(shown["raw"]["id"], "evt-c-1");
    assert_eq!(shown["runs"][0]["id"], accepted["runs"][0]);
    let call = get(&world, "/v1/calls/custom:c-1").await;
    assert_eq!(call["id"], accepted["call_id"]);
    assert_eq!(call["snapshot"]["provider_call_id"], "c-1");
    let run = get(
        &world,
        &format!("/v1/runs/{}", accepted["runs"][0].as_str().unwrap()),
    )
    .await;
    assert_eq!(
        (&run["flow"]["name"], &run["flow"]["version"]),
        (&json!("Lead"), &json!(1))
    );
    assert_eq!(
        (&run["event"]["kind"], &run["call"]["provider_call_id"]),
        (&json!("call.ended"), &json!("c-1"))
    );
}

#[tokio::test]
async fn a_batch_with_a_wrong_event_keeps_nothing() {
    let world = world().await;
    let answer = world
        .call(
            ROOT,
            "POST",
            "/v1/events",
            json!([event("c-1"), {"kind": "call.ended"}]),
        )
        .await;
    answer.refused(422, "invalid_event");
    assert_eq!(get(&world, "/v1/events").await["data"], json!([]));
    let four = json!([event("1"), event("2"), event("3"), event("4")]);
    world
        .call(ROOT, "POST", "/v1/events", four)
        .await
        .refused(413, "payload_too_large");
}

#[tokio::test]
async fn a_message_needs_its_signature_unless_that_is_switched_off() {
    let world = world().await;
    let new = json!({"provider": "custom", "name": "e", "auth": {"secret": "canary-secret"}});
    let created = world.call(ROOT, "POST", "/v1/endpoints", new).await;
    assert!(!created.text.contains("canary"));
    let created = created.expect(201);
    assert_eq!(
        (&created["signature"], &created["has_secret"]),
        (&json!("required"), &json!(true))
    );
    let inbound = created["url"]
        .as_str()
        .unwrap()
        .strip_prefix("https://hooks.example")
        .unwrap()
        .to_owned();
    world
        .call("", "POST", &inbound, event("c-1"))
        .await
        .refused(401, "bad_signature");
    assert_eq!(get(&world, "/v1/events").await["data"], json!([]));
    let path = format!("/v1/endpoints/{}", created["id"].as_str().unwrap());
    world
        .call(ROOT, "PATCH", &path, json!({"signature": "off"}))
        .await
        .expect(200);
    assert_eq!(
        world.call("", "POST", &inbound, event("c-1")).await.status,
        200
    );
    let events = get(&world, "/v1/events").await;
    assert_eq!(events["data"][0]["kind"], "call.ended");
    world
        .call(ROOT, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .call("", "POST", &inbound, event("c-2"))
        .await
        .refused(404, "not_found");
    world
        .call("", "POST", "/v1/in/unknown", event("c-2"))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn the_messages_of_a_call_are_shown_as_they_came_in() {
    let world = world().await;
    let mut more = event("c-1");
    more["id"] = json!("evt-more");
    more["call"]["extra"] = json!("kept");
    for event in [event("c-1"), more] {
        world
            .call(ROOT, "POST", "/v1/events", event)
            .await
            .expect(202);
    }
    let path = "/v1/calls/custom:c-1/messages";
    let first = get(&world, &format!("{path}?limit=1")).await;
    let raw = |page: &Value| -> Value {
        serde_json::from_str(page["data"][0]["raw"].as_str().unwrap()).unwrap()
    };
    assert_eq!(raw(&first)["call"]["extra"], "kept");
    let cursor = first["next"].as_str().unwrap();
    let second = get(&world, &format!("{path}?limit=1&cursor={cursor}")).await;
    assert_eq!(raw(&second)["id"], "evt-c-1");
    assert_eq!(second["next"], Value::Null);
    let key = world.key(world.theirs, Scope::Read).await;
    world
        .call(&key, "GET", path, Value::Null)
        .await
        .refused(404, "not_found");
    world
        .call(ROOT, "GET", &format!("{path}?limit=21"), Value::Null)
        .await
        .refused(422, "invalid_request");
}
