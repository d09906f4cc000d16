//! Files kept in a folder: where they lie, and that no name leads out of it.

use super::*;

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
