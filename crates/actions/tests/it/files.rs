//! `file.fetch` and `storage.put`: real files in a folder, real buckets of a storage that speaks S3, and what goes wrong there.

use crate::receiver::{Act, Receiver, bytes};
use crate::world::{Workspace, closed, completed, failure, nets, open, secret, step};
use actions::{Actions, Config, World};
use kernel::run::{Outcome, Perform, Retriable};
use lab::Buckets;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// A world that may reach this machine and keeps files here.
fn keeping(files: &Path) -> World {
    World::new(Config {
        allowed: nets(&["127.0.0.0/8"]),
        files: Some(files.to_owned()),
        ..Config::default()
    })
}

fn folder() -> Workspace {
    let fields = json!({ "folder": "calls", "public_url": "https://files.example.com/calls/" });
    Workspace::connected("Files", "directory", fields)
}

fn bucket(storage: &Buckets, more: Value) -> Workspace {
    let (id, key) = &storage.key;
    let mut fields = json!({
        "endpoint": storage.url(), "bucket": "recordings", "prefix": "calls/2026", "access_key": id, "secret_key": key,
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("Bucket", "s3", fields)
}

async fn put(world: &World, workspace: &Workspace, with: Value) -> Outcome {
    world.perform(&step("storage.put", with), workspace).await
}

async fn fetch(world: &World, workspace: &Workspace, with: Value) -> Outcome {
    world.perform(&step("file.fetch", with), workspace).await
}

const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

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

#[tokio::test]
async fn a_file_is_stored_in_the_connections_folder() {
    let home = tempfile::tempdir().unwrap();
    let (world, office) = (keeping(home.path()), folder());
    let audio = Receiver::answering("200 OK", "content-type: audio/mpeg\r\n", "hello").await;
    for (name, content) in [
        ("a b/one.txt", json!({ "text": "hello" })),
        ("two.json", json!({ "json": { "a": [1] } })),
        ("three.bin", json!({ "base64": "aGVs\nbG8=" })),
        ("four.mp3", json!({ "url": audio.url("/r.mp3") })),
    ] {
        let mut with = content;
        with["name"] = name.into();
        let outcome = put(&world, &office, with).await;
        let body = outcome.result.unwrap().body;
        let written = std::fs::read(home.path().join("calls").join(name)).unwrap();
        assert_eq!(body["size"], written.len());
        if name != "two.json" {
            assert_eq!(
                (written.as_slice(), body["sha256"].as_str()),
                (b"hello".as_slice(), Some(HELLO)),
                "{name}"
            );
        }
        let url = format!(
            "https://files.example.com/calls/{}",
            name.replace(' ', "%20")
        );
        assert_eq!((&body["name"], &body["url"]), (&json!(name), &json!(url)));
        assert_eq!(
            outcome.exchange.unwrap().request.url,
            format!("file:calls/{}", name.replace(' ', "%20"))
        );
    }
    let verdict = world.try_connection(office.take(), &office).await;
    assert_eq!(verdict.works, Some(true), "{verdict:?}");
}

#[tokio::test]
async fn no_name_leads_out_of_the_folder() {
    let home = tempfile::tempdir().unwrap();
    let (world, office) = (keeping(&home.path().join("files")), folder());
    for name in [
        "../out",
        "/etc/cron.d/x",
        "a/../../out",
        "..\\out",
        "a\u{0}b",
        ".ssh",
        "",
        "a\nb",
    ] {
        let failure = failure(put(&world, &office, json!({ "name": name, "text": "x" })).await);
        assert_eq!(failure.code, "bad_input", "{name:?}");
        let paths = completed(&world, "storage.put", json!({ "name": name, "text": "x" })).1;
        assert_eq!(paths, ["/name"], "{name:?}");
    }
    assert!(std::fs::read_dir(home.path()).unwrap().next().is_none());
    let outside = failure(put(&open(), &office, json!({ "name": "a", "text": "x" })).await);
    assert!(
        outside.code == "bad_input" && outside.message.contains("no directory for files"),
        "{}",
        outside.message
    );
    for (with, path) in [
        (json!({ "name": "a" }), "/text"),
        (json!({ "name": "a", "text": "x", "json": 1 }), "/json"),
    ] {
        assert_eq!(completed(&world, "storage.put", with).1, [path]);
    }
    let odd = failure(put(&world, &office, json!({ "name": "a", "base64": "%%" })).await);
    assert_eq!(odd.code, "bad_input");
    for folder in ["..", "/etc", "a/../b", "."] {
        let problems = actions::check_connection(
            "directory",
            json!({ "folder": folder }).as_object().unwrap(),
            &[],
        );
        assert_eq!(problems[0].path, "/folder", "{folder}");
    }
}

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
