//! What goes out: method, body, headers, signing in, lines that are kept.

use super::*;

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
