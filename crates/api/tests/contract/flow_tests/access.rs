//! What a test must not do: leave a trace, use what is of another workspace, tell a secret.

use super::*;

#[tokio::test]
async fn who_may_only_read_tests_dry_and_a_live_test_passes_the_guard_and_leaves_no_trace() {
    let world = world().await;
    let reader = world.key(world.ours, Scope::Read).await;
    let writer = world.key(world.ours, Scope::Write).await;
    let inside = json!({"name": "f", "on": ["call.ended"], "steps": [
        {"id": "a", "do": "http.request", "with": {"url": "http://127.0.0.1:9/"}, "on_error": "continue"},
        {"id": "b", "set": {"done": true}}]});
    let body = json!({"flow": inside, "mode": "live"});
    let refused = world
        .call(&reader, "POST", "/v1/flows/test", body.clone())
        .await;
    refused.refused(403, "forbidden");
    let dry = world
        .call(&reader, "POST", "/v1/flows/test", json!({"flow": inside}))
        .await;
    assert_eq!(dry.expect(200)["steps"][0]["result"], "would_send");
    let live = world
        .call(&writer, "POST", "/v1/flows/test", body)
        .await
        .expect(200);
    assert_eq!(live["steps"][0]["error"]["code"], "blocked", "{live:#}");
    assert_eq!(
        (&live["status"], &live["saved"]),
        (&json!("succeeded"), &json!({"done": true}))
    );
    let runs = world.call(&writer, "GET", "/v1/runs", Value::Null).await;
    assert_eq!(runs.expect(200)["data"], json!([]));
}

/// Attack 59.
#[tokio::test]
async fn nothing_of_another_workspace_can_be_used_in_a_test() {
    let world = world().await;
    let theirs = world.key(world.theirs, Scope::Admin).await;
    secrets(&world, &theirs).await;
    let saved = world
        .call(&theirs, "POST", "/v1/flows", flow())
        .await
        .expect(201);
    let sample = world
        .call(ROOT, "GET", "/v1/samples/call.ended", Value::Null)
        .await
        .expect(200);
    let sent = world
        .call(&theirs, "POST", "/v1/events", sample["event"].clone())
        .await
        .expect(202);
    let call = sent["events"][0]["call_id"].clone();
    let path = format!("/v1/flows/{}/test", saved["id"].as_str().unwrap());
    for body in [json!({}), json!({"mode": "live"})] {
        world
            .call(ROOT, "POST", &path, body)
            .await
            .refused(404, "not_found");
    }
    for mode in ["dry", "live"] {
        let body = json!({"flow": flow(), "call_id": call, "mode": mode});
        world
            .call(ROOT, "POST", "/v1/flows/test", body)
            .await
            .refused(404, "not_found");
        let shown = test(&world, json!({"flow": flow(), "mode": mode})).await;
        assert_eq!(
            shown["steps"][0]["error"]["code"], "secret_missing",
            "{shown:#}"
        );
        assert!(!shown.to_string().contains("canary"));
    }
    // Nor as a sub-flow, by id or by name.
    for name in [saved["id"].as_str().unwrap(), "Lead"] {
        let parent =
            json!({"name": "p", "on": ["call.ended"], "steps": [{"id": "f", "flow": name}]});
        let shown = test(&world, json!({"flow": parent})).await;
        assert_eq!(shown["steps"][0]["error"]["code"], "flow_gone", "{shown:#}");
    }
}

/// Masking by value would tell whoever may only read which of many guesses is right.
#[tokio::test]
async fn a_dry_test_does_not_tell_whether_a_guess_at_a_secret_is_right() {
    let world = world().await;
    secrets(&world, ROOT).await;
    let hook = json!({"name": "hook", "value": "https://chat.invalid/canary"});
    world
        .call(ROOT, "POST", "/v1/secrets", hook)
        .await
        .expect(201);
    let reader = world.key(world.ours, Scope::Read).await;
    let guess = "canary-crm-0123456789abcdef";
    let flow = json!({"name": "f", "on": ["call.ended"], "steps": [
        {"id": "a", "do": "http.request", "with": {"url": format!("https://e.invalid/{guess}"), "headers": {"x-a": format!("{guess} {{{{ secrets.crm }}}}")},
         "body": format!("{guess} {{{{ secrets.crm }}}} https://chat.invalid/canary")}},
        {"id": "b", "do": "http.request", "with": {"url": "{{ secrets.hook }}", "json": {"guess": guess}}}]});
    let shown = world
        .call(&reader, "POST", "/v1/flows/test", json!({"flow": flow}))
        .await
        .expect(200);
    let request = &shown["steps"][0]["request"];
    assert_eq!(request["url"], format!("https://e.invalid/{guess}"));
    assert_eq!(
        request["body"],
        format!("{guess} ‹secret:crm› https://chat.invalid/canary")
    );
    assert_eq!(
        request["headers"][0],
        json!(["x-a", format!("{guess} ‹secret:crm›")])
    );
    // An address that is a secret is one in a dry run, too.
    assert_eq!(
        shown["steps"][1]["request"]["url"], "‹secret:hook›",
        "{shown:#}"
    );
}
