//! `llm.ask` against vendors in three formats: what is asked, what is taken from answers, and what becomes of those that are
//! none.

use crate::receiver::{Act, Receiver, answer};
use crate::vendor::{FORMATS, Format, KEY, Say, Vendor};
use crate::world::{Workspace, closed, completed, failure, open, step};
use actions::Actions;
use kernel::run::{Outcome, Perform, Retriable};
use kernel::usage::{Meter, Used};
use models::Way;
use serde_json::{Value, json};
use std::time::Duration;

fn shape() -> Value {
    json!({ "type": "object", "properties": {
        "mood": { "enum": ["good", "bad"] }, "budget": { "type": "number", "minimum": 0 } }, "required": ["mood"] })
}

fn question(schema: bool) -> Perform {
    let mut with = json!({ "prompt": "How was it?\nCustomer: {{ secrets.key }} fine!", "system": "Read the call." });
    if schema {
        with["schema"] = shape();
    }
    step("llm.ask", with)
}

fn text(text: &str) -> Say {
    Say::Text(text.into())
}

fn refusing(status: u16, body: Value) -> Say {
    Say::Raw(status, None, body.to_string())
}

async fn ask(vendor: &Vendor, step: &Perform) -> Outcome {
    let office = Workspace::connected("Model", vendor.kind(), vendor.fields());
    open().perform(step, &office).await
}

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
async fn a_refusal_and_an_answer_cut_off_are_failures_of_their_own() {
    for format in FORMATS {
        for schema in [false, true] {
            let vendor = Vendor::start(format, &[Say::Refusal]).await;
            let refused = failure(ask(&vendor, &question(schema)).await);
            assert_eq!(
                (&*refused.code, refused.retry),
                ("model_refused", Retriable::No),
                "{format:?}"
            );
            assert_eq!(refused.output.unwrap().body["usage"]["input_tokens"], 100);
            assert_eq!(vendor.heard().len(), 1);

            let vendor = Vendor::start(format, &[Say::Cut("{\"mood\": \"go")]).await;
            let cut = failure(ask(&vendor, &question(schema)).await);
            assert_eq!(
                (&*cut.code, cut.retry),
                ("model_truncated", Retriable::No),
                "{format:?}"
            );
            assert!(
                cut.message.contains("raise `max_tokens`"),
                "{}",
                cut.message
            );
            assert_eq!(cut.output.unwrap().body["stop_reason"], "max_tokens");
        }
    }
    let filtered =
        json!({ "error": { "message": "The response was filtered", "code": "content_filter" } });
    let vendor = Vendor::start(Format::OpenAi, &[refusing(400, filtered)]).await;
    assert_eq!(
        failure(ask(&vendor, &question(false)).await).code,
        "model_refused"
    );
    let vendor = Vendor::start(Format::OpenAi, &[text("")]).await;
    assert_eq!(
        failure(ask(&vendor, &question(false)).await).code,
        "model_answer"
    );
}

#[tokio::test]
async fn a_vendor_with_too_much_to_do_is_asked_again_when_it_says() {
    let busy = json!({ "type": "error", "error": { "type": "overloaded_error", "message": "Overloaded" } });
    for (status, header, retry) in [
        (
            429,
            Some(("retry-after", "7")),
            Retriable::After(Duration::from_secs(7)),
        ),
        (
            529,
            Some(("retry-after", "9")),
            Retriable::After(Duration::from_secs(9)),
        ),
        (529, None, Retriable::Yes),
        (503, None, Retriable::Yes),
        (500, None, Retriable::Yes),
    ] {
        let vendor = Vendor::start(
            Format::Anthropic,
            &[Say::Raw(status, header, busy.to_string())],
        )
        .await;
        let failed = failure(ask(&vendor, &question(false)).await);
        assert_eq!(
            (&*failed.code, failed.retry),
            ("http_status", retry),
            "{status}"
        );
        assert_eq!(
            failed.message,
            format!("`Model` answered {status}: Overloaded")
        );
    }
    let broke = json!({ "error": { "message": "You exceeded your current quota", "code": "insufficient_quota" } });
    let vendor = Vendor::start(Format::OpenAi, &[refusing(429, broke)]).await;
    let failed = failure(ask(&vendor, &question(false)).await);
    assert_eq!(failed.retry, Retriable::No);
    assert!(
        failed.message.contains("has no credit left"),
        "{}",
        failed.message
    );
}

#[tokio::test]
async fn a_wrong_key_or_model_says_what_to_correct() {
    for format in FORMATS {
        let vendor = Vendor::start(format, &[text("Hi")]).await;
        let mut fields = vendor.fields();
        fields["api_key"] = "sk-wrong-0123456789".into();
        let office = Workspace::connected("Model", vendor.kind(), fields);
        let refused = failure(open().perform(&question(false), &office).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("sign_in", Retriable::No),
            "{format:?}"
        );
        assert!(
            refused.message.contains("connection `Model`"),
            "{}",
            refused.message
        );
        assert!(!refused.message.contains("sk-wrong"), "{}", refused.message);
    }
    let vendor = Vendor::start(Format::Gemini, &[text("Hi")]).await;
    let mut other = question(false);
    other.with.insert("model".into(), "m-2".into());
    let refused = failure(ask(&vendor, &other).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("http_status", Retriable::No)
    );
    assert!(
        refused.message.contains("the model `m-2`"),
        "{}",
        refused.message
    );
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
async fn what_is_slow_huge_or_no_answer_ends() {
    let vendor = Vendor::start(Format::OpenAi, &[Say::Nothing]).await;
    let quick = Perform {
        timeout: Duration::from_millis(150),
        ..question(false)
    };
    let slow = failure(ask(&vendor, &quick).await);
    assert_eq!((&*slow.code, slow.retry), ("timeout", Retriable::Unknown));

    let vendor = Vendor::start(Format::Anthropic, &[text(&"x".repeat(2 << 20))]).await;
    assert_eq!(
        failure(ask(&vendor, &question(false)).await).code,
        "output_too_large"
    );
    let long = json!({ "mood": "good", "extra": "x".repeat(300 << 10) });
    let vendor = Vendor::start(Format::Anthropic, &[Say::Value(long)]).await;
    assert_eq!(
        failure(ask(&vendor, &question(true)).await).code,
        "output_too_large"
    );

    for body in [
        "",
        "<html>",
        "{}",
        "{\"error\": {\"message\": \"Provider returned error\"}}",
    ] {
        let vendor = Vendor::start(Format::OpenAi, &[Say::Raw(200, None, body.into())]).await;
        let unread = failure(ask(&vendor, &question(false)).await);
        assert_eq!(
            (&*unread.code, unread.retry),
            ("bad_response", Retriable::Unknown),
            "{body}"
        );
    }
    let receiver = Receiver::start(vec![vec![Act::Reset]]).await;
    let office = Workspace::connected(
        "Model",
        "openai",
        json!({ "model": "m", "base_url": receiver.url("") }),
    );
    assert_eq!(
        failure(open().perform(&question(false), &office).await).code,
        "reset"
    );
}

#[tokio::test]
async fn a_model_inside_the_network_is_reached_only_where_that_is_allowed() {
    let vendor = Vendor::start(Format::OpenAi, &[text("Hi")]).await;
    let office = Workspace::connected("Model", "openai", vendor.fields());
    let blocked = failure(closed().perform(&question(false), &office).await);
    assert_eq!((&*blocked.code, blocked.retry), ("blocked", Retriable::No));
    let metadata = json!({ "model": "m", "base_url": "http://169.254.169.254/latest" });
    let office = Workspace::connected("Model", "openai", metadata);
    assert_eq!(
        failure(open().perform(&question(false), &office).await).code,
        "blocked"
    );
    assert!(vendor.heard().is_empty());
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

#[tokio::test]
async fn a_preview_shows_the_first_question_and_no_key() {
    let vendor = Vendor::start(Format::Anthropic, &[Say::Value(json!({ "mood": "bad" }))]).await;
    let office = Workspace::connected("Model", "anthropic", vendor.fields());
    let world = open();
    let preview = world.preview(&question(true), &office).await.unwrap();
    assert!(vendor.heard().is_empty());
    assert!(!format!("{preview:?}").contains(KEY));
    let outcome = world.perform(&question(true), &office).await;
    assert_eq!(outcome.exchange.unwrap().request, preview);
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_on_save_and_never_sent() {
    let vendor = Vendor::start(Format::OpenAi, &[text("Hi")]).await;
    let bad_schema = json!({ "type": "object", "properties": { "a": { "type": "strng" } } });
    for (field, value, at) in [
        ("schema", bad_schema, "/schema/properties/a/type"),
        (
            "schema",
            json!({ "$ref": "https://example.com/s" }),
            "/schema/$ref",
        ),
        ("schema", json!("{}"), "/schema"),
        ("model", json!("a b"), "/model"),
        ("model", json!("../x"), "/model"),
        ("fallback_model", json!("a?b"), "/fallback_model"),
        ("prompt", json!("  "), "/prompt"),
        ("max_tokens", json!(0), "/max_tokens"),
        ("max_tokens", json!("many"), "/max_tokens"),
        ("temperature", json!(3), "/temperature"),
        ("temperature", json!("hot"), "/temperature"),
    ] {
        let mut with = json!({ "prompt": "Hi" });
        with[field] = value.clone();
        assert_eq!(
            completed(&open(), "llm.ask", with.clone())
                .1
                .first()
                .map(String::as_str),
            Some(at),
            "{field} {value}"
        );
        let refused = failure(ask(&vendor, &step("llm.ask", with)).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("bad_input", Retriable::No),
            "{field} {value}"
        );
    }
    let long = step("llm.ask", json!({ "prompt": "x".repeat(3 << 20) }));
    assert_eq!(failure(ask(&vendor, &long).await).code, "bad_input");
    assert!(vendor.heard().is_empty());
    let with = json!({ "prompt": "{{ transcript }}", "model": "{{ vars.model }}", "temperature": "{{ vars.t }}", "schema": shape() });
    assert!(completed(&open(), "llm.ask", with).1.is_empty());
}

#[tokio::test]
async fn a_trial_reads_the_model_and_says_what_to_correct() {
    for format in FORMATS {
        let vendor = Vendor::start(format, &[text("Hi")]).await;
        for (field, value, works, says) in [
            ("model", "m-1", true, "the model `m-1` is there"),
            (
                "model",
                "m-2",
                false,
                "has no model `m-2`; it has 1 models, such as `m-1`",
            ),
            (
                "api_key",
                "sk-wrong-0123456789",
                false,
                "the key of connection `Model` is not accepted",
            ),
        ] {
            let mut fields = vendor.fields();
            fields[field] = value.into();
            let office = Workspace::connected("Model", vendor.kind(), fields);
            let verdict = open().try_connection(office.take(), &office).await;
            assert_eq!(verdict.works, Some(works), "{format:?} {}", verdict.message);
            assert!(
                verdict.message.contains(says),
                "{format:?} {}",
                verdict.message
            );
            assert!(!verdict.message.contains("sk-wrong"), "{}", verdict.message);
        }
        assert!(vendor.heard().is_empty());
    }
    // A server without a list is asked for a word.
    let missing = || vec![answer("404 Not Found", "", "")];
    let said = json!({ "choices": [{ "message": { "content": "yes" } }] }).to_string();
    let said = vec![answer(
        "200 OK",
        "content-type: application/json\r\n",
        &said,
    )];
    let server = Receiver::start(vec![missing(), missing(), said]).await;
    let office = Workspace::connected(
        "Model",
        "openai",
        json!({ "model": "m", "base_url": server.url("") }),
    );
    let verdict = open().try_connection(office.take(), &office).await;
    assert_eq!(
        (verdict.works, &*verdict.message),
        (Some(true), "the model `m` answers")
    );
    assert!(server.received()[2].body.contains("\"max_tokens\":16"));
    // Where there is nothing at all, its address is what to look at.
    let server = Receiver::start(vec![missing()]).await;
    let office = Workspace::connected(
        "Model",
        "openai",
        json!({ "model": "m", "base_url": server.url("/nowhere") }),
    );
    let verdict = open().try_connection(office.take(), &office).await;
    assert_eq!(verdict.works, Some(false));
    assert!(
        verdict
            .message
            .contains("or the base URL of connection `Model`"),
        "{}",
        verdict.message
    );
}
