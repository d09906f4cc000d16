//! An event comes in, flows run, deliveries go out: over HTTP, with the real binary.

use crate::world::{ROOT, Receiver, Server, ended, text, webhook};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn an_event_becomes_a_delivery_that_the_standard_webhooks_library_verifies() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    server
        .ask(
            "POST",
            "/v1/secrets",
            &json!({ "name": "hook", "value": secret }),
        )
        .await
        .ok(201);
    let mut flow = webhook(&receiver.url());
    flow["steps"][0]["with"]["secret"] = "{{ secrets.hook }}".into();
    server.flow(flow).await;
    let answer = server.send(&ended("c-1")).await;
    assert_eq!(
        (answer["accepted"].as_u64(), answer["duplicates"].as_u64()),
        (Some(1), Some(0))
    );
    let delivered = &receiver.wait(1).await[0];
    let verifier = standardwebhooks::Webhook::new(secret).unwrap();
    verifier
        .verify(delivered.body.as_bytes(), &delivered.headers)
        .expect("the signature is right");
    let body = delivered.json();
    assert_eq!(body["type"], "call.ended");
    assert_eq!(body["data"]["duration"], 125);
    assert_eq!(
        body["data"]["extracted_variables"]["summary"],
        "Wants a demo"
    );
    assert!(!delivered.header("idempotency-key").is_empty());
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    let shown = run.to_string();
    assert!(
        !shown.contains("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        "a secret is never shown: {run:#}"
    );
    assert_eq!(run["entries"][0]["exchange"]["response"]["status"], 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_event_twice_is_one_run_and_is_answered_alike() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(webhook(&receiver.url())).await;
    let mut event = ended("c-1");
    event["id"] = "evt-from-sender-1".into();
    let first = server.send(&event).await;
    let second = server.send(&event).await;
    assert_eq!(
        (second["accepted"].as_u64(), second["duplicates"].as_u64()),
        (Some(0), Some(1))
    );
    for field in ["id", "call_id", "runs"] {
        assert_eq!(first["events"][0][field], second["events"][0][field]);
    }
    receiver.wait(1).await;
    server.ended(&text(&first, "/events/0/runs/0")).await;
    assert_eq!(
        server.get("/v1/runs").await["data"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_taken_whole_or_not_at_all_with_every_problem_named() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let mut wrong = ended("c-2");
    wrong["call"]["duration_s"] = "abc".into();
    wrong["call"]["from"] = json!(5);
    let refused = server
        .ask(
            "POST",
            "/v1/events",
            &json!([ended("c-1"), wrong, { "kind": "call.sung" }]),
        )
        .await;
    let problem = refused.ok(422);
    let paths: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|error| error["path"].as_str())
        .collect();
    for path in ["/1/call/duration_s", "/1/call/from", "/2/kind"] {
        assert!(paths.contains(&path), "{path} is not in {paths:?}");
    }
    assert_eq!(server.get("/v1/calls").await["data"], json!([]));
    let lines = format!("{}\n{}\n", ended("c-1"), ended("c-2"));
    let auth = format!("Bearer {ROOT}");
    let taken = server
        .call(
            "POST",
            "/v1/events",
            &[
                ("authorization", &auth),
                ("content-type", "application/x-ndjson"),
            ],
            lines,
        )
        .await
        .unwrap();
    assert_eq!(taken.ok(202)["accepted"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_event_around_our_form_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let event = json!({ "specversion": "1.0", "id": "ce-1", "source": "/pbx", "type": "call.ended", "data": ended("c-1") });
    assert_eq!(server.send(&event).await["accepted"], 1);
    assert_eq!(server.send(&event).await["duplicates"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_with_a_problem_and_nothing_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let huge = format!(
        "{{\"kind\":\"call.ended\",\"call\":{{\"provider_call_id\":\"c\",\"summary\":\"{}\"}}}}",
        "x".repeat(20 << 20)
    );
    let auth = format!("Bearer {ROOT}");
    let cases: [(&str, Vec<u8>, &[u16]); 10] = [
        ("not JSON", b"{".to_vec(), &[400]),
        ("empty", Vec::new(), &[400, 422]),
        ("too deep", deep.into_bytes(), &[400, 422]),
        ("too large", huge.into_bytes(), &[413]),
        ("invalid UTF-8", b"{\"kind\":\"\xff\"}".to_vec(), &[400]),
        ("a lone surrogate", br#"{"kind":"call.ended","call":{"provider_call_id":"\ud800"}}"#.to_vec(), &[400]),
        ("1e400", br#"{"kind":"call.ended","call":{"provider_call_id":"c","duration_s":1e400}}"#.to_vec(), &[400, 422]),
        ("a byte order mark", b"\xef\xbb\xbf{}".to_vec(), &[400, 422]),
        ("no call", br#"{"kind":"call.ended"}"#.to_vec(), &[422]),
        ("multipart that says JSON", b"--x\r\nContent-Disposition: form-data; name=\"files[].filepath\"\r\n\r\n/etc/passwd\r\n--x--".to_vec(), &[400]),
    ];
    for (what, body, statuses) in cases {
        let answer = server
            .call(
                "POST",
                "/v1/events",
                &[
                    ("authorization", &auth),
                    ("content-type", "application/json"),
                ],
                body,
            )
            .await
            .unwrap();
        assert!(
            statuses.contains(&answer.status),
            "{what}: {} {}",
            answer.status,
            answer.text
        );
        assert_eq!(
            answer.headers["content-type"], "application/problem+json",
            "{what}"
        );
        assert!(answer.json()["code"].is_string(), "{what}: {}", answer.text);
    }
    let unkeyed = server
        .call(
            "POST",
            "/v1/events",
            &[("authorization", "Bearer sh_live_nope")],
            "{}",
        )
        .await
        .unwrap();
    assert_eq!(unkeyed.status, 401);
    assert_eq!(server.get("/v1/calls").await["data"], json!([]));
    assert_eq!(server.get("/v1/events").await["data"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_answered_201_matches_the_next_event_and_one_deleted_does_not() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let runs = |answer: &Value| answer["events"][0]["runs"].as_array().map(Vec::len);
    assert_eq!(runs(&server.send(&ended("c-0")).await), Some(0));
    let flow = server.flow(webhook(&receiver.url())).await;
    assert_eq!(runs(&server.send(&ended("c-1")).await), Some(1));
    server
        .ask("POST", &format!("/v1/flows/{flow}/disable"), &Value::Null)
        .await
        .ok(200);
    assert_eq!(runs(&server.send(&ended("c-2")).await), Some(0));
    server
        .ask("POST", &format!("/v1/flows/{flow}/enable"), &Value::Null)
        .await
        .ok(200);
    assert_eq!(runs(&server.send(&ended("c-3")).await), Some(1));
    assert_eq!(
        server
            .ask("DELETE", &format!("/v1/flows/{flow}"), &Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(runs(&server.send(&ended("c-4")).await), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn text_from_a_call_is_never_a_template_and_the_body_stays_json() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server
        .ask(
            "POST",
            "/v1/secrets",
            &json!({ "name": "crm", "value": "canary-4711-secret" }),
        )
        .await
        .ok(201);
    server
        .flow(json!({ "name": "raw", "on": ["call.ended"], "steps": [{ "id": "send", "do": "http.request", "with": {
            "method": "POST", "url": format!("{}?phone={{{{ customer_number }}}}", receiver.url()), "headers": { "Authorization": "Bearer {{ secrets.crm }}" },
            "body": "{\"call_duration\": {{duration}}, \"notes\": \"{{outcome.notes}}\", \"id\": \"${callInfo.callSid}\", \"interested\": ${analysis.results.interested}}" } }] }))
        .await;
    server.send(&ended("c-1")).await;
    let delivered = &receiver.wait(1).await[0];
    assert_eq!(delivered.path, "/hook?phone=%2B15550101");
    assert_eq!(
        delivered.header("authorization"),
        "Bearer canary-4711-secret"
    );
    let body = delivered.json();
    assert_eq!(body["call_duration"], 125);
    assert_eq!(body["notes"], "says \"call me\"\n{{ secrets.crm }}");
    assert_eq!(
        (body["id"].as_str(), body["interested"].as_bool()),
        (Some("c-1"), Some(true))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_names_an_event_that_exists_or_none() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let message = |id: &str| json!({ "id": id, "kind": "call.started", "call": { "provider_call_id": "c-1" } });
    let first = server.send(&message("m-1")).await["events"][0].clone();
    let event = text(&first, "/id");
    server.get(&format!("/v1/events/{event}")).await;
    // The call has started already: the second message tells nothing new.
    for (id, duplicate) in [("m-2", false), ("m-2", true), ("m-1", true)] {
        let receipt = server.send(&message(id)).await["events"][0].clone();
        assert_eq!(receipt["duplicate"], duplicate, "{id}");
        let expected = if id == "m-1" {
            json!(event)
        } else {
            Value::Null
        };
        assert_eq!(receipt["id"], expected, "{id}");
    }
}
