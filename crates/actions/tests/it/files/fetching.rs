//! Files fetched: text and bytes, whole or none, through the guard alone.

use super::*;

#[tokio::test]
async fn a_file_comes_as_text_or_in_base64() {
    let world = open();
    let csv = "content-type: text/csv; charset=utf-8\r\ncontent-disposition: attachment; filename=\"preise.csv\"\r\n";
    let files = Receiver::start(vec![
        vec![crate::receiver::answer("200 OK", csv, "größe,1\r\n")],
        vec![Act::Send(b"HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 4\r\n\r\n\xff\xfb\x90\x00".to_vec())],
    ])
    .await;
    let workspace = Workspace::with(&[("key", &["sesame-123456"])]);
    let with =
        json!({ "url": files.url("/x"), "auth": { "bearer": secret("key") }, "max_bytes": 1000 });
    let outcome = fetch(&world, &workspace, with).await;
    let body = outcome.result.unwrap().body;
    let expected = json!({ "text": "größe,1\r\n", "content_type": "text/csv; charset=utf-8", "size": 11, "name": "preise.csv" });
    assert_eq!(body, expected);
    assert_eq!(files.only().header("authorization"), "Bearer sesame-123456");
    assert!(
        !serde_json::to_string(&outcome.exchange)
            .unwrap()
            .contains("sesame")
    );
    let with = json!({ "url": files.url("/calls/a%20b.mp3?sig=1") });
    let outcome = fetch(&world, &Workspace::default(), with).await;
    let body = outcome.result.unwrap().body;
    assert_eq!(
        body,
        json!({ "base64": "//uQAA==", "content_type": "audio/mpeg", "size": 4, "name": "a b.mp3" })
    );
}

#[tokio::test]
async fn a_file_is_whole_or_none() {
    let world = open();
    let none = Workspace::default();
    for (acts, code, retry) in [
        (
            vec![crate::receiver::answer("200 OK", "", &"x".repeat(101))],
            "output_too_large",
            Retriable::No,
        ),
        (
            vec![
                bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"),
                Act::Endless(b"10\r\n0123456789abcdef\r\n".to_vec()),
            ],
            "output_too_large",
            Retriable::No,
        ),
        (
            vec![
                bytes("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf"),
                Act::Close,
            ],
            "reset",
            Retriable::Yes,
        ),
        (
            vec![crate::receiver::answer("404 Not Found", "", "no")],
            "http_status",
            Retriable::No,
        ),
        (
            vec![crate::receiver::answer(
                "302 Found",
                "location: http://169.254.169.254/\r\n",
                "",
            )],
            "http_status",
            Retriable::No,
        ),
        (
            vec![crate::receiver::answer(
                "200 OK",
                "content-encoding: gzip\r\n",
                "x",
            )],
            "bad_response",
            Retriable::Yes,
        ),
        (vec![Act::Hang], "timeout", Retriable::Yes),
    ] {
        let files = Receiver::start(vec![acts]).await;
        let perform = Perform {
            timeout: Duration::from_secs(2),
            ..step(
                "file.fetch",
                json!({ "url": files.url("/f"), "max_bytes": 100 }),
            )
        };
        let failure = failure(world.perform(&perform, &none).await);
        assert_eq!(
            (failure.code.as_str(), failure.retry),
            (code, retry),
            "{}",
            failure.message
        );
    }
    let paths = completed(
        &world,
        "file.fetch",
        json!({ "url": "https://e.com", "max_bytes": 786_433 }),
    )
    .1;
    assert_eq!(paths, ["/max_bytes"]);
}

#[tokio::test]
async fn files_are_fetched_through_the_guard_alone() {
    let home = tempfile::tempdir().unwrap();
    let receiver = Receiver::ok().await;
    let world = World::new(Config {
        files: Some(home.path().to_owned()),
        ..Config::default()
    });
    let inside = receiver.url("/");
    for url in [
        inside.as_str(),
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost/",
    ] {
        let fetched = failure(fetch(&world, &Workspace::default(), json!({ "url": url })).await);
        assert_eq!(fetched.code, "blocked", "{url}: {}", fetched.message);
        let stored = failure(put(&world, &folder(), json!({ "name": "a", "url": url })).await);
        assert_eq!(stored.code, "blocked", "{url}: {}", stored.message);
    }
    let scheme = failure(
        put(
            &world,
            &folder(),
            json!({ "name": "a", "url": "file:///etc/passwd" }),
        )
        .await,
    );
    assert_eq!(scheme.code, "bad_url");
    // The bucket's own address is judged like any other.
    let metadata = json!({ "endpoint": "http://169.254.169.254", "bucket": "b-1", "access_key": "a", "secret_key": "s" });
    for world in [closed(), open()] {
        let office = Workspace::connected("Bucket", "s3", metadata.clone());
        let blocked = failure(put(&world, &office, json!({ "name": "a", "text": "x" })).await);
        assert_eq!(blocked.code, "blocked", "{}", blocked.message);
        let verdict = world.try_connection(office.take(), &office).await;
        assert_eq!(verdict.works, Some(false), "{verdict:?}");
    }
    assert_eq!(receiver.connections(), 0);
    assert!(std::fs::read_dir(home.path()).unwrap().next().is_none());
}
