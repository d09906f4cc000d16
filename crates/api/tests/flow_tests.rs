//! Flows tried out over HTTP, dry and live, without a trace.
#![allow(clippy::unwrap_used)]

mod world;

use api::Scope;
use serde_json::{Value, json};
use world::{World, world};

const ROOT: &str = "root-key-of-the-tests";

fn flow() -> Value {
    json!({
        "name": "Lead", "on": ["call.ended"], "where": {"campaigns": ["Sales Outbound Q1"], "if": "outcome.budget >= 1000"},
        "steps": [
            {"id": "lead", "do": "http.request", "with": {"url": "https://crm.invalid/leads", "auth": "{{ secrets.crm }}",
             "json": {"name": "{{ contact.first_name }}", "budget": "{{ outcome.budget }}"}}, "save": {"lead_id": "{{ body.id }}"}},
            {"id": "pause", "wait": {"for": "10m"}},
            {"id": "tell", "do": "webhook.send", "with": {"url": "https://hook.invalid/{{ lead_id }}", "secret": "{{ secrets.sign }}"}}
        ]
    })
}

async fn secrets(world: &World, key: &str) {
    for name in ["crm", "sign"] {
        let secret = json!({"name": name, "value": format!("canary-{name}-0123456789abcdef")});
        world
            .call(key, "POST", "/v1/secrets", secret)
            .await
            .expect(201);
    }
}

async fn test(world: &World, body: Value) -> Value {
    world
        .call(ROOT, "POST", "/v1/flows/test", body)
        .await
        .expect(200)
}

#[tokio::test]
async fn a_dry_test_shows_what_would_be_sent_and_goes_on_with_imagined_answers() {
    let world = world().await;
    secrets(&world, ROOT).await;
    let answers = json!({"lead": {"status": 201, "body": {"id": 7}}});
    let shown = test(&world, json!({"flow": flow(), "answers": answers})).await;
    assert_eq!(
        (&shown["matched"], &shown["status"]),
        (&json!(true), &json!("succeeded"))
    );
    let lead = &shown["steps"][0];
    assert_eq!(lead["result"], "would_send");
    assert_eq!(lead["request"]["url"], "https://crm.invalid/leads");
    assert_eq!(lead["request"]["body"], r#"{"name":"Ada","budget":5000}"#);
    assert_eq!(
        (&lead["response"]["status"], &lead["saved"]),
        (&json!(201), &json!({"lead_id": 7}))
    );
    let pause = &shown["steps"][1];
    assert_eq!(
        (&pause["result"], &pause["would_wait_s"]),
        (&json!("would_wait"), &json!(600))
    );
    assert_eq!(
        shown["steps"][2]["request"]["url"],
        "https://hook.invalid/7"
    );
    let text = shown.to_string();
    assert!(
        !text.contains("canary") && text.contains("‹signature›"),
        "{text}"
    );
    for list in ["runs", "calls", "events", "flows"] {
        let kept = world
            .call(ROOT, "GET", &format!("/v1/{list}"), Value::Null)
            .await;
        assert_eq!(kept.expect(200)["data"], json!([]), "{list}");
    }
}

#[tokio::test]
async fn an_answer_that_is_a_failure_fails_its_step() {
    let world = world().await;
    secrets(&world, ROOT).await;
    for (answer, code) in [
        (json!({"status": 500}), "http_status"),
        (json!({"error": "timeout"}), "timeout"),
    ] {
        let shown = test(&world, json!({"flow": flow(), "answers": {"lead": answer}})).await;
        assert_eq!(shown["status"], "failed");
        assert_eq!(shown["steps"][0]["error"]["code"], code);
        let warning = shown["steps"][0]["warnings"][0].as_str().unwrap();
        assert!(warning.contains("try this again"), "{warning}");
        assert_eq!(shown["steps"].as_array().unwrap().len(), 1);
    }
    let missing = test(
        &world,
        json!({"flow": {"name": "f", "on": ["call.ended"], "steps": [
        {"id": "a", "do": "http.request", "with": {"url": "https://e.invalid", "auth": "{{ secrets.gone }}"}}]}}),
    );
    assert_eq!(missing.await["steps"][0]["error"]["code"], "secret_missing");
}

async fn connections(world: &World) {
    let secret = "canary-0123456789abcdef";
    let fields = [
        json!({"name": "Mail", "kind": "smtp", "fields": {"host": "mail.invalid", "from": "a@b.example", "user": "u", "password": secret}}),
        json!({"name": "SMS", "kind": "twilio", "fields": {"account_sid": format!("AC{}", "0".repeat(32)), "auth_token": secret, "from": "+14155550100"}}),
        json!({"name": "CRM", "kind": "header", "fields": {"name": "X-Crm", "value": secret}}),
        json!({"name": "GPT", "kind": "openai", "fields": {"api_key": secret, "model": "m-1", "base_url": "https://ai.invalid/v1"}}),
        json!({"name": "Claude", "kind": "anthropic", "fields": {"api_key": secret, "model": "m-2"}}),
    ];
    for new in fields {
        let made = world.call(ROOT, "POST", "/v1/connections", new).await;
        made.expect(201);
    }
}

#[tokio::test]
async fn a_dry_test_goes_through_a_connection_without_its_secrets() {
    let world = world().await;
    let mail = json!({"id": "m", "do": "email.send", "with": {"to": "a@b.example", "subject": "Hi", "text": "Hello"}});
    let text = json!({"id": "t", "do": "sms.send", "connection": "SMS", "with": {"to": "+14155552671", "text": "Hello"}});
    let request = json!({"id": "r", "do": "http.request", "with": {"url": "https://crm.invalid/", "auth": {"connection": "CRM"}}});
    let alone =
        |step: &Value| json!({"flow": {"name": "f", "on": ["call.ended"], "steps": [step]}});
    let without = test(&world, alone(&mail)).await;
    assert_eq!(without["steps"][0]["error"]["code"], "connection_missing");
    connections(&world).await;
    for step in [&mail, &text, &request] {
        let shown = test(&world, alone(step)).await;
        assert_eq!(shown["steps"][0]["result"], "would_send", "{shown:#}");
        assert_eq!(shown["status"], "succeeded", "{shown:#}");
        assert!(!shown.to_string().contains("canary"), "{shown:#}");
    }
    // Questions to models, with what is said of the call unless the step says otherwise.
    let ask = json!({"id": "q", "do": "llm.ask", "connection": "GPT",
                     "with": {"prompt": "How was it?\n{{ transcript }}", "fallback_connection": "Claude"}});
    let form = json!({"id": "x", "do": "llm.extract", "connection": "GPT",
                      "with": {"variables": [{"name": "seats", "type": "number"}]}});
    for step in [&ask, &form] {
        let shown = test(&world, alone(step)).await;
        assert_eq!(shown["steps"][0]["result"], "would_send", "{shown:#}");
        assert_eq!(shown["steps"][0]["warnings"], json!([]), "{shown:#}");
        let request = &shown["steps"][0]["request"];
        assert_eq!(request["url"], "https://ai.invalid/v1/chat/completions");
        assert!(
            request["body"]
                .as_str()
                .is_some_and(|body| body.contains("this is Sarah")),
            "{shown:#}"
        );
        assert!(!shown.to_string().contains("canary"), "{shown:#}");
    }
    let mut rules = form.clone();
    rules["connection"] = Value::Null;
    let shown = test(&world, alone(&rules)).await;
    let body = shown["steps"][0]["request"]["body"].to_string();
    assert!(body.contains("\\\"by\\\":\\\"rules\\\""), "{shown:#}");
    let shown = test(&world, alone(&request)).await;
    let headers = shown["steps"][0]["request"]["headers"].to_string();
    assert!(
        headers.contains("x-crm") && headers.contains("‹masked›"),
        "{headers}"
    );
    // Who guesses the secret is not told: the value that is masked is another.
    let mut guess = mail.clone();
    guess["with"]["text"] = "canary-0123456789abcdef".into();
    let shown = test(&world, alone(&guess)).await;
    let body = shown["steps"][0]["request"]["body"].as_str().unwrap();
    assert!(body.contains("canary-0123456789abcdef"), "{body}");
}

#[tokio::test]
async fn an_event_that_does_not_start_the_flow_says_which_filter_refused_it() {
    let world = world().await;
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c", "campaign": {"name": "Support"},
                       "analysis": {"structured": {"budget": 10}}}});
    let shown = test(&world, json!({"flow": flow(), "event": event})).await;
    assert_eq!(
        (&shown["matched"], &shown["status"]),
        (&json!(false), &json!("not_started"))
    );
    assert_eq!(
        shown["why_not"],
        json!([
            {"path": "/where/campaigns", "message": "wanted Sales Outbound Q1; saw Support"},
            {"path": "/where/if", "message": "`outcome.budget >= 1000` does not hold: `outcome.budget` is 10"}
        ])
    );
    let event = json!({"kind": "call.started", "call": {"provider_call_id": "c"}});
    let shown = test(&world, json!({"flow": flow(), "event": event})).await;
    assert_eq!(shown["why_not"][0]["path"], "/on");
}

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

#[tokio::test]
async fn a_flow_that_would_never_end_is_cut_short_with_what_there_was() {
    let world = world().await;
    let items: Vec<u32> = (0..1_000).collect();
    let send = json!({"id": "send", "do": "http.request", "with": {"url": "https://e.invalid/{{ a }}/{{ b }}"}});
    let flow = json!({"name": "many", "on": ["call.ended"], "steps": [
        {"id": "out", "for_each": items, "as": "a", "steps": [
            {"id": "in", "for_each": items, "as": "b", "steps": [send]}]}]});
    let shown = test(&world, json!({"flow": flow})).await;
    assert_eq!(shown["status"], "stopped", "{}", shown["reason"]);
    let steps = shown["steps"].as_array().unwrap();
    assert!(
        steps.len() >= 500 && steps.len() <= 2_000,
        "{}",
        steps.len()
    );
    let large = json!({"name": "large", "on": ["call.ended"], "steps": [
        {"id": "out", "for_each": items, "as": "a", "steps": [
            {"id": "send", "do": "http.request", "with": {"url": "https://e.invalid", "body": "x".repeat(200_000)}}]}]});
    let answer = world
        .call(ROOT, "POST", "/v1/flows/test", json!({"flow": large}))
        .await;
    assert!(answer.text.len() < 6 << 20, "{}", answer.text.len());
    assert_eq!(answer.expect(200)["status"], "stopped");
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
