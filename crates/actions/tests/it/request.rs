//! `http.request`: what it sends, what it takes, what it refuses.

use crate::receiver::{Receiver, answer};
use crate::world::{Workspace, completed, failure, open, output, request, secret, step};
use actions::Actions;
use kernel::run::Retriable;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_request_is_sent_as_written_and_recorded_as_sent() {
    let receiver = Receiver::answering(
        "201 Created",
        "content-type: application/json\r\nx-Trace: t1\r\nx-trace: t2\r\nset-cookie: s=1\r\n",
        r#"{"id": 7}"#,
    )
    .await;
    let with = json!({
        "method": "put", "url": receiver.url("/leads/%2B1?x=1#top"), "query": { "phone": "+1 555" },
        "headers": { "X-One": "1", "X-Count": 3, "X-Name": "Jörg" }, "json": { "a": [1, "zwei"] },
    });
    let (output, exchange) = output(request(&open(), with).await);

    let sent = receiver.only();
    assert_eq!(sent.line, "PUT /leads/%2B1?x=1&phone=%2B1%20555 HTTP/1.1");
    assert_eq!(sent.body, r#"{"a":[1,"zwei"]}"#);
    for (name, value) in [
        ("host", format!("127.0.0.1:{}", receiver.port).as_str()),
        ("x-one", "1"),
        ("x-count", "3"),
        ("x-name", "Jörg"),
        ("content-type", "application/json"),
        (
            "user-agent",
            concat!("switchhook/", env!("CARGO_PKG_VERSION")),
        ),
        ("idempotency-key", "0123456789abcdef0123456789abcdef"),
    ] {
        assert_eq!(sent.header(name), value, "{name}");
    }

    assert_eq!(
        (output.status, output.body),
        (Some(201), json!({ "id": 7 }))
    );
    assert_eq!(output.headers["x-trace"], "t1, t2");
    assert_eq!(exchange.request.method, "PUT");
    assert_eq!(
        exchange.request.body.as_deref(),
        Some(r#"{"a":[1,"zwei"]}"#)
    );
    assert!(
        exchange
            .request
            .headers
            .contains(&("x-one".into(), "1".into()))
    );
    let response = exchange.response.unwrap();
    assert_eq!(
        (response.status, response.body.as_deref()),
        (201, Some(r#"{"id": 7}"#))
    );
    assert!(
        response
            .headers
            .contains(&("set-cookie".into(), "‹masked›".into()))
    );
    assert_eq!(
        exchange.timing.address,
        Some(format!("127.0.0.1:{}", receiver.port))
    );
    assert!(exchange.timing.connect_us.is_some() && exchange.timing.first_byte_us.is_some());
}

#[tokio::test]
async fn method_and_content_type_follow_the_body() {
    for (with, method, kind, body) in [
        (json!({}), "GET", "", ""),
        (json!({ "json": null }), "POST", "application/json", "null"),
        (json!({ "json": "x" }), "POST", "application/json", "\"x\""),
        (
            json!({ "body": " {\"a\":1}" }),
            "POST",
            "application/json",
            " {\"a\":1}",
        ),
        (
            json!({ "body": "hello" }),
            "POST",
            "text/plain; charset=utf-8",
            "hello",
        ),
        (
            json!({ "form": { "a b": "c&d", "e": ["f", 1] } }),
            "POST",
            "application/x-www-form-urlencoded",
            "a%20b=c%26d&e=f&e=1",
        ),
        (
            json!({ "body": "<x/>", "headers": { "Content-Type": "text/xml" } }),
            "POST",
            "text/xml",
            "<x/>",
        ),
        (
            json!({ "method": "DELETE", "json": {} }),
            "DELETE",
            "application/json",
            "{}",
        ),
    ] {
        let receiver = Receiver::ok().await;
        let mut with = with;
        with["url"] = receiver.url("/").into();
        output(request(&open(), with.clone()).await);
        let sent = receiver.only();
        assert!(sent.line.starts_with(method), "{with}: {}", sent.line);
        assert_eq!(
            (sent.header("content-type"), &*sent.body),
            (kind, body),
            "{with}"
        );
    }
}

#[tokio::test]
async fn authentication_is_sent_and_never_shown() {
    let workspace = Workspace::with(&[("key", &["s3cret-value"])]);
    let key = secret("key");
    for (auth, name, value) in [
        (json!(key), "authorization", "Bearer s3cret-value"),
        (
            json!({ "bearer": key }),
            "authorization",
            "Bearer s3cret-value",
        ),
        (
            json!({ "basic": { "user": "ada", "password": key } }),
            "authorization",
            "Basic YWRhOnMzY3JldC12YWx1ZQ==",
        ),
        (
            json!({ "header": { "name": "X-Token", "value": "literal" } }),
            "x-token",
            "literal",
        ),
        (
            json!({ "header": { "name": "X-Token", "value": key } }),
            "x-token",
            "s3cret-value",
        ),
    ] {
        let receiver = Receiver::ok().await;
        let step = step(
            "http.request",
            json!({ "url": receiver.url("/"), "auth": auth }),
        );
        let (_, exchange) = output(open().perform(&step, &workspace).await);
        assert_eq!(receiver.only().header(name), value);
        assert!(
            exchange
                .request
                .headers
                .contains(&(name.into(), "‹masked›".into())),
            "{exchange:?}"
        );
    }
}

#[tokio::test]
async fn headers_cannot_be_smuggled_in() {
    let receiver = Receiver::ok().await;
    for (name, value) in [
        ("x-a", "1\r\nx-b: 2"),
        ("x-a", "1\nx-b: 2"),
        ("x-a", "nul\0"),
        ("x a", "1"),
        ("x-a:", "1"),
        ("x-a\r\nx-b", "1"),
        ("", "1"),
        ("Host", "internal"),
        ("Content-Length", "0"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "x-a"),
        ("Upgrade", "h2c"),
    ] {
        let with = json!({ "url": receiver.url("/"), "headers": { name: value } });
        let refused = failure(request(&open(), with).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("bad_header", Retriable::No),
            "{name:?}: {value:?}"
        );
    }
    let smuggled = Workspace::with(&[("key", &["value\r\nx-b: 2"])]);
    let step = step(
        "http.request",
        json!({ "url": receiver.url("/"), "headers": { "x-a": secret("key") } }),
    );
    assert_eq!(
        failure(open().perform(&step, &smuggled).await).code,
        "bad_header"
    );
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn every_request_says_how_many_deliveries_led_to_it_whatever_the_flow_says() {
    let receiver = Receiver::ok().await;
    let workspace = Workspace {
        hops: 3,
        ..Workspace::default()
    };
    let headers = json!({ "Switchhook-Hops": "0" });
    for action in ["http.request", "webhook.send"] {
        let with = json!({ "url": receiver.url("/"), "json": 1, "headers": headers });
        output(open().perform(&step(action, with), &workspace).await);
    }
    let sent = receiver.received();
    assert!(
        sent.iter()
            .all(|sent| sent.header("switchhook-hops") == "4"),
        "{sent:?}"
    );
}

#[tokio::test]
async fn inputs_of_the_wrong_shape_are_refused() {
    let receiver = Receiver::ok().await;
    let url = receiver.url("/");
    for (with, code) in [
        (json!({}), "bad_url"),
        (json!({ "url": 7 }), "bad_url"),
        (json!({ "url": url, "method": "CONNECT" }), "bad_input"),
        (json!({ "url": url, "method": "GE T" }), "bad_input"),
        (json!({ "url": url, "headers": [1] }), "bad_input"),
        (json!({ "url": url, "form": "a=b" }), "bad_input"),
        (
            json!({ "url": url, "auth": { "digest": "x" } }),
            "bad_input",
        ),
        (
            json!({ "url": url, "body": "x".repeat(9 << 20) }),
            "bad_input",
        ),
    ] {
        assert_eq!(failure(request(&open(), with).await).code, code);
    }
    let unknown = open()
        .perform(&step("no.such", json!({})), &Workspace::default())
        .await;
    let unknown = failure(unknown);
    assert_eq!(
        (&*unknown.code, unknown.retry, &*unknown.step),
        ("unknown_action", Retriable::No, "tell")
    );
    assert_eq!(receiver.connections(), 0);
}

#[test]
fn what_is_wrong_with_a_step_is_said_on_save_all_at_once() {
    let with = json!({ "url": "x", "json": 1, "body": "b", "form": {}, "auth": { "basic": "x" }, "method": "GE T" });
    let (_, problems) = completed(&open(), "http.request", with);
    assert_eq!(problems, ["/body", "/form", "/auth", "/method"]);
    let with = json!({ "url": "x", "method": "{{ vars.method }}", "auth": "{{ secrets.key }}" });
    assert!(completed(&open(), "http.request", with).1.is_empty());
}

#[test]
fn the_destination_is_known_before_the_call() {
    let world = open();
    let of =
        |url: &str| world.destination("http.request", json!({ "url": url }).as_object().unwrap());
    assert_eq!(
        of("https://API.example.com/x?y#z").as_deref(),
        Some("api.example.com:443")
    );
    assert_eq!(
        of(&format!("http://e.com:81/{}", secret("key"))).as_deref(),
        Some("e.com:81")
    );
    assert_eq!(of("ftp://e.com"), None);
    assert_eq!(world.destination("no.such", &serde_json::Map::new()), None);
    for name in world.names() {
        assert!(world.spec(name).is_some(), "{name}");
    }
}

#[tokio::test]
async fn a_refusal_carries_the_answer_and_when_to_come_back() {
    let receiver = Receiver::start(vec![
        vec![answer(
            "429 Slow Down",
            "retry-after: 99999999\r\n",
            r#"{"error":"quota"}"#,
        )],
        vec![answer("503 Busy", "retry-after: garbage\r\n", "")],
        vec![answer("404 Not Found", "", "<script>alert(1)</script>")],
        vec![answer("410 Gone", "", "")],
    ])
    .await;
    let world = open();
    let mut refusals = Vec::new();
    for _ in 0..4 {
        refusals.push(failure(
            request(&world, json!({ "url": receiver.url("/") })).await,
        ));
    }
    let verdicts: Vec<_> = refusals
        .iter()
        .map(|refused| (refused.status.unwrap(), refused.retry))
        .collect();
    assert_eq!(
        verdicts,
        [
            (429, Retriable::After(Duration::from_secs(86_400))),
            (503, Retriable::Yes),
            (404, Retriable::No),
            (410, Retriable::No),
        ]
    );
    assert_eq!(
        refusals[0].output.as_ref().unwrap().body,
        json!({ "error": "quota" })
    );
    assert_eq!(
        refusals[2].output.as_ref().unwrap().body,
        "<script>alert(1)</script>"
    );
}

#[tokio::test]
async fn a_kept_connection_is_used_again_and_said_to_be() {
    let receiver = Receiver::ok().await;
    let world = open();
    let (_, first) = output(request(&world, json!({ "url": receiver.url("/") })).await);
    let (_, second) = output(request(&world, json!({ "url": receiver.url("/"), "json": 1 })).await);
    assert!(!first.timing.reused && second.timing.reused);
    assert_eq!(
        (second.timing.connect_us, second.timing.dns_us),
        (None, None)
    );
    assert_eq!(receiver.connections(), 1);
}

#[tokio::test]
async fn long_bodies_are_cut_in_the_record_and_whole_in_the_output() {
    let long = "é".repeat(20_000);
    let receiver = Receiver::answering("200 OK", "", &long).await;
    let (output, exchange) =
        output(request(&open(), json!({ "url": receiver.url("/"), "body": long })).await);
    assert_eq!(output.body, long);
    assert_eq!(receiver.only().body, long);
    let response = exchange.response.unwrap();
    assert!(response.truncated && exchange.request.truncated);
    assert_eq!(response.body.unwrap().len(), 16 << 10);
}

#[tokio::test]
async fn a_connection_signs_a_request_and_is_masked() {
    for (kind, fields, name, value) in [
        (
            "bearer",
            json!({ "token": "canary-token" }),
            "authorization",
            "Bearer canary-token",
        ),
        (
            "basic",
            json!({ "user": "u", "password": "canary-pw" }),
            "authorization",
            "Basic dTpjYW5hcnktcHc=",
        ),
        (
            "header",
            json!({ "name": "X-Api-Key", "value": "canary-key" }),
            "x-api-key",
            "canary-key",
        ),
    ] {
        let echo = "you said canary-token, canary-pw and canary-key";
        let receiver = Receiver::answering("200 OK", "", echo).await;
        let office = Workspace::connected("CRM", kind, fields);
        for (with, connection) in [
            (json!({ "url": receiver.url("/") }), Some("CRM")),
            (
                json!({ "url": receiver.url("/"), "auth": { "connection": "CRM" } }),
                Some("CRM"),
            ),
        ] {
            let mut step = step("http.request", with);
            step.connection = connection.map(str::to_owned);
            let outcome = open().perform(&step, &office).await;
            let secret = value.rsplit(' ').next().unwrap();
            assert!(!format!("{outcome:?}").contains(secret), "{outcome:?}");
            outcome.result.unwrap();
        }
        let received = receiver.received();
        assert!(
            received.iter().all(|request| request.header(name) == value),
            "{received:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_beside_another_sign_in_is_refused() {
    let receiver = Receiver::ok().await;
    let office = Workspace::connected("CRM", "bearer", json!({ "token": "t" }));
    let mut step = step(
        "http.request",
        json!({ "url": receiver.url("/"), "auth": "another token" }),
    );
    step.connection = Some("CRM".into());
    assert_eq!(
        failure(open().perform(&step, &office).await).code,
        "bad_input"
    );
    assert_eq!(receiver.connections(), 0);
}
