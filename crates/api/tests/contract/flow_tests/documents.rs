//! What is tried: a step, a saved flow, a document with problems; and the report as it is documented.

use super::*;

#[tokio::test]
async fn a_step_is_tried_alone_with_what_would_be_saved() {
    let world = world().await;
    secrets(&world, ROOT).await;
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c"}});
    let body = json!({"flow": flow(), "event": event, "step": "tell", "saved": {"lead_id": "x/y"}});
    let shown = test(&world, body).await;
    assert_eq!(shown["steps"].as_array().unwrap().len(), 1);
    assert_eq!(
        shown["steps"][0]["request"]["url"],
        "https://hook.invalid/x%2Fy"
    );
    let body = json!({"flow": flow(), "step": "nothing"});
    let answer = world.call(ROOT, "POST", "/v1/flows/test", body).await;
    answer.refused(422, "invalid_request");
}

#[tokio::test]
async fn a_saved_flow_is_tried_out_in_any_version_on_a_past_call() {
    let world = world().await;
    secrets(&world, ROOT).await;
    let mut document = flow();
    document["enabled"] = false.into();
    let saved = world
        .call(ROOT, "POST", "/v1/flows", document.clone())
        .await
        .expect(201);
    let path = format!("/v1/flows/{}", saved["id"].as_str().unwrap());
    document["steps"][0]["with"]["url"] = "https://second.invalid/".into();
    world.call(ROOT, "PUT", &path, document).await.expect(200);
    let sample = world
        .call(ROOT, "GET", "/v1/samples/call.ended", Value::Null)
        .await
        .expect(200);
    let mut event = sample["event"].clone();
    event["call"]["contact"]["first_name"] = "Grace".into();
    let sent = world
        .call(ROOT, "POST", "/v1/events", event)
        .await
        .expect(202);
    let call = &sent["events"][0]["call_id"];
    let test = format!("{path}/test");
    for (version, url) in [
        (json!(1), "https://crm.invalid/leads"),
        (Value::Null, "https://second.invalid/"),
    ] {
        let body = json!({"call_id": call, "version": version});
        let shown = world.call(ROOT, "POST", &test, body).await.expect(200);
        assert_eq!(shown["steps"][0]["request"]["url"], url);
        let sent = shown["steps"][0]["request"]["body"].as_str().unwrap();
        assert!(sent.contains("Grace"), "{sent}");
    }
    let refused = world.call(ROOT, "POST", &test, json!({"version": 9})).await;
    refused.refused(404, "not_found");
}

#[tokio::test]
async fn a_document_with_problems_is_refused_with_all_of_them() {
    let world = world().await;
    let body = json!({"flow": {"name": "f", "on": ["call.over"], "steps": [{"id": "a", "do": "http.requst", "with": {}}]}});
    let answer = world.call(ROOT, "POST", "/v1/flows/test", body).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    let problem = answer.json();
    assert_eq!(problem["code"], "invalid_flow");
    let paths: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["/flow/on/0", "/flow/steps/0/do"]);
    let body =
        json!({"flow": flow(), "answers": {"lead": 200, "tell": [{"status": 200}, {"state": 1}]}});
    let answer = world.call(ROOT, "POST", "/v1/flows/test", body).await;
    let paths = answer.json()["errors"].clone();
    assert_eq!(paths[0]["path"], "/answers/lead", "{paths}");
    assert_eq!(paths[1]["path"], "/answers/tell/1");
}

#[tokio::test]
async fn the_documented_report_has_the_fields_of_a_real_one() {
    let world = world().await;
    secrets(&world, ROOT).await;
    let document = api::openapi();
    let documented = |name: &str| document["components"]["schemas"][name]["properties"].clone();
    let event = json!({"kind": "call.started", "call": {"provider_call_id": "c"}});
    let refused = test(&world, json!({"flow": flow(), "event": event})).await;
    let asking = json!({"name": "r", "on": ["tool.called"], "steps": [{"id": "w", "wait": {"for": "1m"}}, {"id": "r", "reply": "ok"}]});
    let replied = test(&world, json!({"flow": asking})).await;
    let failed = test(
        &world,
        json!({"flow": flow(), "answers": {"lead": {"status": 400}}}),
    )
    .await;
    let saved = test(&world, json!({"flow": flow()})).await;
    let all = [refused, replied, failed, saved];
    let mut seen: Vec<(&str, &String)> = Vec::new();
    for report in &all {
        seen.extend(
            report
                .as_object()
                .unwrap()
                .keys()
                .map(|key| ("FlowReport", key)),
        );
        for step in report["steps"].as_array().unwrap() {
            seen.extend(
                step.as_object()
                    .unwrap()
                    .keys()
                    .map(|key| ("TestedStep", key)),
            );
        }
    }
    for name in ["FlowReport", "TestedStep"] {
        for key in documented(name).as_object().unwrap().keys() {
            assert!(seen.contains(&(name, key)), "{name}.{key} is never shown");
        }
    }
    for (name, key) in seen {
        assert!(
            !documented(name)[key].is_null(),
            "{name}.{key} is not documented"
        );
    }
}
