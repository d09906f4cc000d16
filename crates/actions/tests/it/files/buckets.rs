//! Files kept in buckets: what stands there, and what a storage answers.

use super::*;

/// What stands in the bucket, read with a request of its own.
fn stored(storage: &Buckets, name: &str) -> Vec<u8> {
    storage.read("recordings", name).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_stored_in_a_bucket() {
    let storage = Buckets::start("recordings").unwrap();
    let world = open();
    let office = bucket(&storage, json!({}));
    let name = "Anrufe/Žofie + 1?#%.txt";
    let outcome = put(&world, &office, json!({ "name": name, "text": "hello" })).await;
    let exchange = outcome.exchange.unwrap();
    let body = outcome.result.unwrap().body;
    let encoded = "Anrufe/%C5%BDofie%20%2B%201%3F%23%25.txt";
    let url = format!("{}/recordings/calls/2026/{encoded}", storage.url());
    assert_eq!(
        body,
        json!({ "name": name, "size": 5, "sha256": HELLO, "url": url })
    );
    assert_eq!(
        stored(&storage, "calls/2026/Anrufe/Žofie + 1?#%.txt"),
        b"hello"
    );
    let shown = serde_json::to_string(&exchange).unwrap();
    assert!(
        !shown.contains(&storage.key.1) && !shown.contains("Signature="),
        "{shown}"
    );

    let large = "x".repeat(3 << 20);
    let files = Receiver::answering("200 OK", "content-type: audio/wav\r\n", &large).await;
    let outcome = put(
        &world,
        &office,
        json!({ "name": "large.wav", "url": files.url("/l") }),
    )
    .await;
    assert_eq!(outcome.result.unwrap().body["size"], 3 << 20);
    assert_eq!(stored(&storage, "calls/2026/large.wav").len(), 3 << 20);

    let verdict = world.try_connection(office.take(), &office).await;
    assert_eq!(verdict.works, Some(true), "{verdict:?}");

    // What is wrong with a connection is said with what to do.
    let wrong_key = json!({ "secret_key": "wrong-wrong-wrong" });
    let wrong_id = json!({ "access_key": "AKIANOBODYKNOWSTHIS0" });
    for (more, code, said) in [
        (wrong_key, "sign_in", "SignatureDoesNotMatch"),
        (wrong_id, "sign_in", "InvalidAccessKeyId"),
        (
            json!({ "bucket": "nobodys" }),
            "storage_refused",
            "there is no bucket `nobodys`",
        ),
    ] {
        let office = bucket(&storage, more);
        let failure = failure(put(&world, &office, json!({ "name": "a", "text": "x" })).await);
        assert_eq!(
            (failure.code.as_str(), failure.retry),
            (code, Retriable::No),
            "{}",
            failure.message
        );
        assert!(failure.message.contains(said), "{}", failure.message);
        let verdict = world.try_connection(office.take(), &office).await;
        assert!(
            verdict.works == Some(false) && verdict.message.contains(said),
            "{verdict:?}"
        );
    }
    // A storage that is gone.
    let office = bucket(&storage, json!({}));
    drop(storage);
    let away = failure(put(&world, &office, json!({ "name": "a", "text": "x" })).await);
    assert_eq!(
        (away.code.as_str(), away.retry),
        ("connect", Retriable::Yes),
        "{}",
        away.message
    );
}

#[tokio::test]
async fn what_a_storage_answers_is_said_in_clear_words() {
    let xml = |code: &str, more: &str| {
        format!(
            "<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>No &lt;way&gt;</Message>{more}</Error>"
        )
    };
    for (status, body, code, retry, said) in [
        (
            "403 Forbidden",
            xml("AccessDenied", ""),
            "storage_refused",
            Retriable::No,
            "s3:PutObject",
        ),
        (
            "301 Moved Permanently",
            xml("PermanentRedirect", "<Region>eu-west-1</Region>"),
            "storage_refused",
            Retriable::No,
            "region `eu-west-1`",
        ),
        (
            "403 Forbidden",
            xml("RequestTimeTooSkewed", ""),
            "storage_refused",
            Retriable::No,
            "clock",
        ),
        (
            "400 Bad Request",
            xml("Odd", ""),
            "storage_refused",
            Retriable::No,
            "400 Odd: No <way>",
        ),
        (
            "503 Slow Down",
            xml("SlowDown", ""),
            "storage_refused",
            Retriable::Yes,
            "SlowDown",
        ),
        (
            "500 Oh",
            "no xml".into(),
            "http_status",
            Retriable::Yes,
            "500",
        ),
    ] {
        let storage = Receiver::answering(status, "content-type: application/xml\r\n", &body).await;
        let fields = json!({ "endpoint": storage.url("").trim_end_matches('/'), "bucket": "calls", "access_key": "a", "secret_key": "secret-secret" });
        let office = Workspace::connected("Bucket", "s3", fields);
        let failure = failure(put(&open(), &office, json!({ "name": "a.txt", "text": "x" })).await);
        assert_eq!(
            (failure.code.as_str(), failure.retry),
            (code, retry),
            "{}",
            failure.message
        );
        assert!(failure.message.contains(said), "{}", failure.message);
    }
    let slow = Receiver::start(vec![vec![Act::Hang]]).await;
    let fields = json!({ "endpoint": slow.url("").trim_end_matches('/'), "bucket": "calls", "access_key": "a", "secret_key": "s" });
    let perform = Perform {
        timeout: Duration::from_millis(300),
        ..step("storage.put", json!({ "name": "a", "text": "x" }))
    };
    let office = Workspace::connected("Bucket", "s3", fields);
    let late = failure(open().perform(&perform, &office).await);
    assert_eq!(
        (late.code.as_str(), late.retry),
        ("timeout", Retriable::Unknown)
    );
}
