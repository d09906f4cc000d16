//! Events sent again, and odd ones.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn an_event_sent_again_with_a_changed_body_is_a_duplicate_and_changes_nothing() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(json!({ "name": "f", "on": ["call.ended"], "steps": [request("send", &receiver.url(), json!({ "to": "{{ customer_number }}" }))] })).await;
    let mut event = ended("c-1");
    event["id"] = "evt-1".into();
    let first = server.send(&event).await;
    let run = text(&first, "/events/0/runs/0");
    server.ended(&run).await;
    event["call"]["to"] = "+15559999".into();
    event["call"]["duration_s"] = json!(9999);
    let second = server.send(&event).await;
    assert_eq!(
        (&second["duplicates"], &second["events"][0]["runs"]),
        (&json!(1), &first["events"][0]["runs"])
    );
    let call = server
        .get(&format!("/v1/calls/{}", text(&first, "/events/0/call_id")))
        .await;
    assert_eq!(call["snapshot"]["to"], "+15550101", "{call:#}");
    assert_eq!(
        server.get("/v1/runs").await["data"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_numbers_names_and_content_types_are_data_and_nothing_else() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let body = json!({ "from": "{{ call.from }}", "all": "{{ outcome }}" });
    server.flow(json!({ "name": "f", "on": ["call.ended"], "steps": [request("send", &receiver.url(), body)] })).await;
    let digits = format!("+{}", "9".repeat(40));
    let odd = [
        "+1 (555) 010-0100 ext. 7",
        "+00",
        "call me",
        "anonymous",
        &digits,
        "sip:bob@evil.example;x=y",
    ];
    for (n, number) in odd.iter().enumerate() {
        let mut event = ended(&format!("c-{n}"));
        event["call"]["from"] = (*number).into();
        event["call"]["analysis"]["structured"] = json!({ "__proto__": { "admin": true }, "constructor": "x", "big": 9_007_199_254_740_993_u64, "files": [{ "filepath": "/etc/passwd" }] });
        let answer = server.ask("POST", "/v1/events", &event).await;
        assert_eq!(answer.status, 202, "{number:?}: {}", answer.text);
        let run = server
            .ended(&text(&answer.json(), "/events/0/runs/0"))
            .await;
        assert_eq!(run["status"], "succeeded", "{run:#}");
        let sent = receiver.all()[n].json();
        let structured = event["call"]["analysis"]["structured"].as_object().unwrap();
        for (name, value) in structured {
            assert_eq!(&sent["all"][name], value, "{number:?}");
        }
        assert!(sent["from"].is_string() || sent["from"].is_null(), "{sent}");
    }
    let mut smuggled = ended("c-smuggled");
    smuggled["call"]["from"] = "+1555\r\nX-Evil: 1".into();
    let refused = server.ask("POST", "/v1/events", &smuggled).await.ok(422);
    assert_eq!(refused["errors"][0]["path"], "/call/from");
    let auth = format!("Bearer {ROOT}");
    for kind in [
        "multipart/form-data; boundary=x",
        "text/html",
        "application/x-www-form-urlencoded",
        "application/xml",
    ] {
        let headers = [("authorization", auth.as_str()), ("content-type", kind)];
        let answer = server
            .call("POST", "/v1/flows", &headers, "{\"name\":\"f\"}")
            .await
            .unwrap();
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (415, &json!("unsupported_media_type")),
            "{kind}"
        );
    }
}
