//! What is refused, cut off, slow or out of reach, and when it is tried again.

use super::*;

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
