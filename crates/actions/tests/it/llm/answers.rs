//! Questions and answers: every format, values that fit their schema, mending, a second model.

use super::*;

#[tokio::test]
async fn a_question_is_answered_in_every_format() {
    for format in FORMATS {
        let vendor = Vendor::start(format, &[text("It went well.")]).await;
        let outcome = ask(&vendor, &question(false)).await;
        let used = Used::new(Meter::TokensIn, 100)
            .and(Meter::TokensOut, 20)
            .and(Meter::ModelCost, 400);
        assert_eq!(outcome.used, used, "{format:?}");
        let body = outcome.result.unwrap().body;
        assert_eq!(
            body,
            json!({ "text": "It went well.", "model": "m-1-2026",
                "usage": { "input_tokens": 100, "output_tokens": 20, "requests": 1, "cost": 0.0004 },
                "stop_reason": "end", "repaired": false, "fallback": false }),
            "{format:?}"
        );
        let exchange = format!("{:?}", outcome.exchange.unwrap());
        assert!(
            !exchange.contains(KEY) && exchange.contains("‹masked›"),
            "{exchange}"
        );
        let heard = vendor.heard()[0].to_string();
        // What looks like a template in a question is text.
        assert!(
            heard.contains("{{ secrets.key }} fine!") && heard.contains("Read the call."),
            "{heard}"
        );
    }
}

#[tokio::test]
async fn a_value_fits_its_schema_in_every_format_and_way() {
    for format in FORMATS {
        for knows in [Way::Schema, Way::Json, Way::Text] {
            let vendor = Vendor::knowing(
                format,
                knows,
                &[Say::Value(json!({ "mood": "good", "budget": null }))],
            )
            .await;
            let body = ask(&vendor, &question(true)).await.result.unwrap().body;
            // What need not be there and is null is left out.
            assert_eq!(
                body["value"],
                json!({ "mood": "good" }),
                "{format:?} {knows:?}"
            );
            assert_eq!(body["usage"]["requests"], 1, "{format:?} {knows:?}");
            assert!(body.get("text").is_none());
            assert_eq!(vendor.heard().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_connection_that_says_what_its_server_knows_spares_the_attempt() {
    let body = json!({ "choices": [{ "message": { "content": "Sure:\n```json\n{\"mood\": \"bad\"}\n```" } }] });
    let server = Receiver::answering(
        "200 OK",
        "content-type: application/json\r\n",
        &body.to_string(),
    )
    .await;
    let fields = json!({ "model": "llama", "base_url": server.url("/v1"), "structured": "text" });
    let office = Workspace::connected("Local", "openai", fields);
    let body = open()
        .perform(&question(true), &office)
        .await
        .result
        .unwrap()
        .body;
    assert_eq!(
        (&body["value"], &body["model"]),
        (&json!({ "mood": "bad" }), &json!("llama"))
    );
    assert_eq!(
        body["usage"],
        json!({ "input_tokens": null, "output_tokens": null, "requests": 1 })
    );
    let request = server.only();
    assert_eq!(
        (request.line.as_str(), request.header("authorization")),
        ("POST /v1/chat/completions HTTP/1.1", "")
    );
    assert!(!request.body.contains("response_format") && request.body.contains("JSON Schema"));
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_mended_once() {
    for format in FORMATS {
        for wrong in [
            text("I think it was good."),
            text("{\"mood\": "),
            text(""),
            text("{\"mood\": \"fine\", \"budget\": -1}"),
        ] {
            let script = [wrong, Say::Value(json!({ "mood": "good" }))];
            let vendor = Vendor::start(format, &script).await;
            let body = ask(&vendor, &question(true)).await.result.unwrap().body;
            assert_eq!(
                (&body["value"]["mood"], &body["repaired"]),
                (&json!("good"), &json!(true))
            );
            let usage =
                json!({ "input_tokens": 200, "output_tokens": 40, "requests": 2, "cost": 0.0008 });
            assert_eq!(body["usage"], usage);
            let again = vendor.heard()[1].to_string();
            assert!(again.contains("does not fit"), "{again}");
            // To a server that knows such keys the second question is another one.
            let keys = vendor.keys();
            assert!(
                keys[0].ends_with("-1") && keys[1].ends_with("-2"),
                "{keys:?}"
            );
        }
    }
    let vendor = Vendor::start(Format::OpenAi, &[text("{\"mood\": \"fine\"}")]).await;
    let refused = failure(ask(&vendor, &question(true)).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("model_answer", Retriable::No)
    );
    assert!(
        refused.message.contains("/mood: \"fine\" is not one of"),
        "{}",
        refused.message
    );
    let body = refused.output.unwrap().body;
    assert_eq!(
        (&body["usage"]["requests"], &body["text"]),
        (&json!(2), &json!("{\"mood\": \"fine\"}"))
    );
    assert_eq!(vendor.heard().len(), 2);
}

#[tokio::test]
async fn the_limit_of_tokens_goes_under_the_name_that_the_model_wants() {
    let wants = json!({ "error": { "message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        "type": "invalid_request_error", "param": "max_tokens", "code": "unsupported_parameter" } });
    let vendor = Vendor::start(Format::OpenAi, &[refusing(400, wants), text("Hi")]).await;
    let mut step = question(false);
    step.with.insert("max_tokens".into(), 50.into());
    assert_eq!(ask(&vendor, &step).await.result.unwrap().body["text"], "Hi");
    let heard = vendor.heard();
    assert_eq!(
        (&heard[0]["max_tokens"], &heard[1]["max_completion_tokens"]),
        (&json!(50), &json!(50))
    );
}

#[tokio::test]
async fn the_second_model_answers_where_the_first_one_fails() {
    for bad in [
        Say::Raw(500, None, "{}".into()),
        Say::Refusal,
        Say::Cut("no"),
        Say::Nothing,
    ] {
        let first = Vendor::start(Format::OpenAi, &[bad]).await;
        let second = Vendor::start(Format::Anthropic, &[text("Hi")]).await;
        let mut office = Workspace::connected("Model", "openai", first.fields());
        office.others.push(("Other", "anthropic", second.fields()));
        let mut step = question(false);
        step.timeout = Duration::from_millis(800);
        step.with
            .insert("fallback_connection".into(), "Other".into());
        let body = open().perform(&step, &office).await.result.unwrap().body;
        assert_eq!(
            (&body["text"], &body["fallback"]),
            (&json!("Hi"), &json!(true))
        );
        assert!(!body["fallback_because"].as_str().unwrap().is_empty());
        assert_eq!(second.heard().len(), 1);
    }
    // On the same connection, and what both used is counted.
    let vendor = Vendor::start(Format::OpenAi, &[Say::Refusal, text("Hi")]).await;
    let mut step = question(false);
    step.with.insert("fallback_model".into(), "m-large".into());
    let body = ask(&vendor, &step).await.result.unwrap().body;
    assert_eq!(
        (&body["usage"]["requests"], &body["usage"]["cost"]),
        (&json!(2), &json!(0.0008))
    );
    assert_eq!(vendor.heard()[1]["model"], "m-large");
    // Both fail: both are told, and one that may pass is tried again.
    let vendor = Vendor::start(
        Format::OpenAi,
        &[Say::Raw(503, None, "{}".into()), Say::Refusal],
    )
    .await;
    let failed = failure(ask(&vendor, &step).await);
    assert_eq!(
        (&*failed.code, failed.retry),
        ("model_refused", Retriable::Yes)
    );
    assert!(
        failed.message.contains("503") && failed.message.contains("then the fallback"),
        "{}",
        failed.message
    );
    step.with
        .insert("fallback_connection".into(), "Gone".into());
    assert_eq!(
        failure(ask(&vendor, &step).await).code,
        "connection_missing"
    );
}
