//! Dry tests: what would be sent, answers that are imagined, connections, what does not start or end.

use super::*;

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
