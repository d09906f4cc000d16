//! Before anything is asked: a preview, what is said on save, trials of connections.

use super::*;

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
