//! `sms.send` through Twilio's shapes: what is sent, what is refused, and that nothing is sent twice.

use crate::receiver::{Act, Receiver, answer};
use crate::world::{Workspace, completed, failure, open, step};
use actions::Actions;
use kernel::Timestamp;
use kernel::run::{Outcome, Perform, Retriable};
use kernel::usage::{Meter, Used};
use serde_json::{Value, json};
use std::time::Duration;

const SID: &str = "AC0123456789abcdef0123456789abcdef";
const TO: &str = "+14155552671";

fn office(platform: &Receiver) -> Workspace {
    let fields = json!({ "account_sid": SID, "auth_token": "canary-token", "from": "+14155550100", "api_url": platform.url("") });
    Workspace::connected("Texts", "twilio", fields)
}

fn created() -> Act {
    let body = json!({ "sid": "SM1", "status": "queued", "from": "+14155550100", "to": TO, "body": "Hi", "num_segments": "1" });
    answer(
        "201 Created",
        "content-type: application/json\r\n",
        &body.to_string(),
    )
}

fn listed(messages: &[(&str, &str, &str)]) -> Act {
    let message = |(sid, body, at): &(&str, &str, &str)| {
        let at: Timestamp = at.parse().unwrap();
        let at = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
        json!({ "sid": sid, "to": TO, "from": "+14155550100", "body": body, "status": "sent", "direction": "outbound-api",
            "date_created": at, "date_sent": null })
    };
    let messages: Vec<Value> = messages.iter().map(message).collect();
    answer(
        "200 OK",
        "content-type: application/json\r\n",
        &json!({ "messages": messages }).to_string(),
    )
}

fn hi() -> Perform {
    step("sms.send", json!({ "to": TO, "text": "Hi" }))
}

/// The attempt after one that may have been done at noon.
fn again() -> Perform {
    Perform {
        attempt: 2,
        unsure_since: Some("2026-11-20T12:00:00Z".parse().unwrap()),
        ..hi()
    }
}

async fn send(platform: &Receiver, step: &Perform) -> Outcome {
    open().perform(step, &office(platform)).await
}

#[tokio::test]
async fn a_message_goes_out_once_as_the_platform_wants_it() {
    let platform = Receiver::start(vec![vec![created()]]).await;
    let with = json!({ "to": "+1 (415) 555-2671", "text": "Grüße & 100 % + more" });
    let outcome = send(&platform, &step("sms.send", with)).await;
    let request = platform.only();
    assert_eq!(
        request.line,
        format!("POST /2010-04-01/Accounts/{SID}/Messages.json HTTP/1.1")
    );
    assert_eq!(
        request.body,
        "To=%2B14155552671&From=%2B14155550100&Body=Gr%C3%BC%C3%9Fe%20%26%20100%20%25%20%2B%20more"
    );
    assert!(request.header("authorization").starts_with("Basic "));
    let shown = format!("{outcome:?}");
    assert!(
        !shown.contains("canary") && !shown.contains("Y2FuYXJ5"),
        "{shown}"
    );
    assert_eq!(outcome.used, Used::new(Meter::SmsSegments, 1));
    let body = outcome.result.unwrap().body;
    assert_eq!(body["id"], "SM1");
    assert_eq!(
        (&body["segments"], &body["coding"], &body["found"]),
        (&json!(1), &json!("GSM-7"), &json!(false))
    );
}

#[tokio::test]
async fn a_preview_is_the_message_that_is_then_recorded_and_opens_no_connection() {
    let platform = Receiver::start(vec![vec![created()]]).await;
    let preview = open().preview(&hi(), &office(&platform)).await.unwrap();
    assert_eq!(platform.connections(), 0);
    let sent = send(&platform, &hi()).await.exchange.unwrap();
    assert_eq!(preview, sent.request);
    let body: Value = serde_json::from_str(&preview.body.unwrap()).unwrap();
    let told =
        json!({ "to": TO, "from": "+14155550100", "text": "Hi", "segments": 1, "coding": "GSM-7" });
    assert_eq!(body, told);
}

#[tokio::test]
async fn a_time_out_leaves_the_message_unknown() {
    let platform = Receiver::start(vec![vec![Act::Hang]]).await;
    let mut step = hi();
    step.timeout = Duration::from_millis(300);
    let refused = failure(send(&platform, &step).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("timeout", Retriable::Unknown)
    );
    for script in [
        vec![Act::Reset],
        vec![answer("500 Oops", "", "")],
        vec![answer("503 Busy", "", "")],
    ] {
        let platform = Receiver::start(vec![script]).await;
        assert_eq!(
            failure(send(&platform, &hi()).await).retry,
            Retriable::Unknown
        );
    }
}

#[tokio::test]
async fn a_message_that_did_go_out_is_found_and_not_sent_again() {
    let platform =
        Receiver::start(vec![vec![listed(&[("SM9", "Hi", "2026-11-20T12:00:03Z")])]]).await;
    let outcome = send(&platform, &again()).await;
    // It was never counted: nobody knew that it is out.
    assert_eq!(outcome.used, Used::new(Meter::SmsSegments, 1));
    let body = outcome.result.unwrap().body;
    assert_eq!((&body["id"], &body["found"]), (&json!("SM9"), &json!(true)));
    let request = platform.only();
    assert_eq!(
        request.line,
        format!(
            "GET /2010-04-01/Accounts/{SID}/Messages.json?To=%2B14155552671&PageSize=100 HTTP/1.1"
        )
    );
}

#[tokio::test]
async fn a_message_that_did_not_go_out_is_sent_after_the_look() {
    let others = listed(&[
        ("SM1", "Hi", "2026-11-20T11:00:00Z"),
        ("SM2", "Hi there", "2026-11-20T12:00:05Z"),
    ]);
    let platform = Receiver::start(vec![vec![others], vec![created()]]).await;
    let body = send(&platform, &again()).await.result.unwrap().body;
    assert_eq!(body["found"], false);
    let lines: Vec<_> = platform
        .received()
        .iter()
        .map(|request| request.line[..4].to_owned())
        .collect();
    assert_eq!(lines, ["GET ", "POST"]);
}

#[tokio::test]
async fn while_the_platform_cannot_be_asked_nothing_is_sent() {
    for script in [
        answer("500 Oops", "", ""),
        answer("200 OK", "", "[]"),
        answer("401 Unauthorized", "", "{}"),
        Act::Reset,
    ] {
        let platform = Receiver::start(vec![vec![script]]).await;
        let refused = failure(send(&platform, &again()).await);
        assert_eq!(refused.retry, Retriable::Unknown, "{}", refused.message);
        assert!(
            refused.message.contains("could not be asked"),
            "{}",
            refused.message
        );
        assert_eq!(platform.received().len(), 1);
    }
}

#[tokio::test]
async fn the_platforms_refusal_is_told_in_its_own_words() {
    let body = json!({ "code": 21211, "message": "The 'To' number is not a valid phone number.", "status": 400 }).to_string();
    let platform = Receiver::answering(
        "400 Bad Request",
        "content-type: application/json\r\n",
        &body,
    )
    .await;
    let refused = failure(send(&platform, &hi()).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("http_status", Retriable::No)
    );
    assert!(
        refused.message.contains("21211: The 'To' number"),
        "{}",
        refused.message
    );
    let platform = Receiver::answering("401 Unauthorized", "", "{}").await;
    let refused = failure(send(&platform, &hi()).await);
    assert_eq!((&*refused.code, refused.retry), ("sign_in", Retriable::No));
    assert!(refused.message.contains("`Texts`"), "{}", refused.message);
    let platform = Receiver::answering("429 Too Many", "retry-after: 7\r\n", "{}").await;
    assert_eq!(
        failure(send(&platform, &hi()).await).retry,
        Retriable::After(Duration::from_secs(7))
    );
}

#[tokio::test]
async fn what_should_not_be_texted_is_refused_before_anything_leaves() {
    let platform = Receiver::ok().await;
    let long = "a".repeat(1531);
    for (field, value) in [
        ("to", json!("4155552671")),
        ("to", json!("")),
        ("to", json!("anonymous")),
        ("to", json!("+12")),
        ("to", json!("+00014155552671")),
        ("to", json!(format!("+{}", "1".repeat(40)))),
        ("to", json!("+14155552671\r\nTo: +14155550123")),
        ("to", json!("+19005551234")),
        ("to", json!("+449098790000")),
        ("text", json!("")),
        ("text", json!("pay \u{202E}kcab\u{202C}")),
        ("text", json!("a\0b")),
        ("text", json!("\u{1b}[31mred")),
        ("text", json!(long)),
        ("text", json!("я".repeat(671))),
        ("max_segments", json!(11)),
        ("from", json!("a\r\nb")),
    ] {
        let mut with = json!({ "to": TO, "text": "Hi" });
        with[field] = value.clone();
        let refused = failure(send(&platform, &step("sms.send", with)).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("bad_input", Retriable::No),
            "{field} {value}: {}",
            refused.message
        );
        assert!(
            !refused.message.contains(['\r', '\n', '\0']),
            "{}",
            refused.message
        );
    }
    let with = json!({ "to": TO, "text": "a".repeat(161), "max_segments": 1 });
    let refused = failure(send(&platform, &step("sms.send", with)).await);
    assert!(
        refused.message.contains("2 segments"),
        "{}",
        refused.message
    );
    assert_eq!(platform.connections(), 0);
}

#[tokio::test]
async fn wrong_inputs_are_said_on_save() {
    let with = json!({ "to": "12345", "text": "a\u{202E}b", "max_segments": 0 });
    assert_eq!(
        completed(&open(), "sms.send", with).1,
        ["/to", "/text", "/max_segments"]
    );
    let with = json!({ "to": "{{ customer_number }}", "text": "Hi {{ contact.first_name }}" });
    assert!(completed(&open(), "sms.send", with).1.is_empty());
}

#[tokio::test]
async fn a_trial_reads_the_account_and_sends_nothing() {
    let account = |status: &str| json!({ "friendly_name": "Shop", "status": status }).to_string();
    for (line, body, works, says) in [
        ("200 OK", account("active"), true, "`Shop`, which is active"),
        ("200 OK", account("suspended"), false, "suspended"),
        ("401 Unauthorized", "{}".into(), false, "correct them"),
    ] {
        let platform = Receiver::answering(line, "content-type: application/json\r\n", &body).await;
        let office = office(&platform);
        let verdict = open().try_connection(office.take(), &office).await;
        assert_eq!(verdict.works, Some(works), "{}", verdict.message);
        assert!(verdict.message.contains(says), "{}", verdict.message);
        assert_eq!(
            platform.only().line,
            format!("GET /2010-04-01/Accounts/{SID}.json HTTP/1.1")
        );
    }
}
