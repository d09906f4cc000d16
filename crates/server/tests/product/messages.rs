//! Mails and text messages through connections, by the real binary: what arrives, what a run keeps of it, and that a text is
//! sent once whatever is lost.

use crate::world::{Receiver, Server, ended, text};
use lab::MailServer;
use serde_json::{Value, json};

const SID: &str = "AC0123456789abcdef0123456789abcdef";
/// The message as the platform lists it, made after whatever moment.
const LISTED: &str = r#"{"messages": [{"sid": "SM7", "status": "sent", "to": "+14155552671", "from": "+14155550100", "body": "Hi",
    "direction": "outbound-api", "date_created": "Thu, 26 Nov 2099 10:00:00 +0000"}]}"#;

async fn connect(server: &Server, name: &str, kind: &str, fields: Value) {
    let connection = json!({ "name": name, "kind": kind, "fields": fields });
    server
        .ask("POST", "/v1/connections", &connection)
        .await
        .ok(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_goes_out_through_a_connection_and_no_run_holds_its_password() {
    let dir = tempfile::tempdir().unwrap();
    let mail =
        MailServer::start(&json!({ "user": "shop", "password": "canary-password" })).unwrap();
    let server = Server::start(dir.path());
    let fields = json!({ "host": "127.0.0.1", "port": mail.port, "security": "plain", "user": "shop",
        "password": "canary-password", "from": "Shop <shop@example.com>" });
    connect(&server, "Sales mail", "smtp", fields).await;
    server
        .flow(json!({ "name": "thanks", "on": ["call.ended"], "steps": [
            { "id": "mail", "do": "email.send", "connection": "Sales mail",
              "with": { "to": "{{ contact.first_name }} <{{ contact.email }}>", "subject": "Your call, {{ contact.first_name }}",
                        "html": "<p>{{ summary }}</p>" },
              "save": { "mail_id": "{{ body.message_id }}" } }] }))
        .await;
    let mut event = ended("c-1");
    event["call"]["contact"] = json!({ "first_name": "Ada", "email": "ada@example.com" });
    event["call"]["analysis"] = json!({ "summary": "Wants <b>a demo</b> & more" });
    let answer = server.send(&event).await;
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    assert!(!run.to_string().contains("canary"), "{run:#}");
    let came = &mail.mails(1)[0];
    assert_eq!(
        (&came["to"], &came["user"]),
        (&json!(["ada@example.com"]), &json!("shop"))
    );
    // What a caller said is text in a mail, never HTML.
    assert!(
        came["html"]
            .as_str()
            .unwrap()
            .contains("Wants &lt;b&gt;a demo&lt;/b&gt; &amp; more"),
        "{came}"
    );
    assert!(
        came["text"]
            .as_str()
            .unwrap()
            .contains("Wants <b>a demo</b> & more"),
        "{came}"
    );
}

/// A server with a flow that texts, and a platform that holds its first answer back.
async fn texting(server: &Server, platform: &Receiver, timeout_s: f64) {
    let url = platform.url();
    let api_url = url.strip_suffix("/hook").unwrap();
    let fields = json!({ "account_sid": SID, "auth_token": "canary-token", "from": "+14155550100", "api_url": api_url });
    connect(server, "Texts", "twilio", fields).await;
    server
        .flow(json!({ "name": "text", "on": ["call.ended"], "steps": [
            { "id": "text", "do": "sms.send", "with": { "to": "+14155552671", "text": "Hi" }, "timeout_s": timeout_s,
              "retry": { "first_s": 0.05, "factor": 1 }, "save": { "found": "{{ body.found }}" } }] }))
        .await;
}

/// What was asked of the platform, in order: whether it was to send.
fn sends(platform: &Receiver) -> Vec<bool> {
    let all = platform.all();
    all.iter()
        .map(|request| request.body.starts_with("To="))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_whose_answer_is_lost_is_found_and_not_sent_again() {
    let dir = tempfile::tempdir().unwrap();
    let platform = Receiver::start(|_| (200, LISTED)).await;
    let server = Server::start(dir.path());
    texting(&server, &platform, 0.5).await;
    platform.hold();
    let answer = server.send(&ended("c-1")).await;
    let run = text(&answer, "/events/0/runs/0");
    let path = format!("/v1/runs/{run}");
    server
        .until(&path, |run| run["entries"][0].is_object())
        .await;
    platform.release();
    let run = server.ended(&run).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    assert_eq!(run["entries"][0]["result"], "unknown", "{run:#}");
    assert_eq!(sends(&platform).iter().filter(|send| **send).count(), 1);
    let last = run["entries"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["result"], &last["detail"]["found"]),
        (&json!("ok"), &json!(true)),
        "{run:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_under_way_when_the_server_is_killed_is_found_and_not_sent_again() {
    let dir = tempfile::tempdir().unwrap();
    let platform = Receiver::start(|_| (200, LISTED)).await;
    let mut server = Server::start(dir.path());
    texting(&server, &platform, 30.0).await;
    platform.hold();
    let answer = server.send(&ended("c-1")).await;
    platform.wait(1).await;
    server.kill();
    platform.release();
    let server = Server::start(dir.path());
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    assert_eq!(run["entries"][0]["error"]["code"], "interrupted", "{run:#}");
    assert_eq!(sends(&platform), [true, false]);
}
