//! Copies of recordings: made once by the settings alone, listened to through links that expire, gone with their calls; in the
//! data directory and in a bucket.

mod inside;
mod links;

use crate::world;
use crate::world::{Receiver, Server, text};
use lab::Buckets;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const WAV: &str = "RIFF$\0\0\0WAVEfmt and then what was said";

fn told(kind: &str, call: &str, url: &str) -> Value {
    json!({ "kind": kind, "call": {
        "provider_call_id": call, "from": "+15550100", "to": "+15550101", "status": "completed",
        "recording": { "url": url, "channels": 2, "duration_s": 61.5 } } })
}

async fn platform() -> Receiver {
    Receiver::start(|_| (200, WAV)).await
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        match entry.path().is_dir() {
            true => found.extend(files(&entry.path())),
            false => found.push(entry.path()),
        }
    }
    found
}

/// Sends an event; answers the path of its call's recordings once there is a copy.
async fn copied(server: &Server, event: &Value) -> (String, Value) {
    let sent = server.send(event).await;
    let call = format!("/v1/calls/{}", text(&sent, "/events/0/call_id"));
    let list = format!("{call}/recordings");
    let listed = server
        .until(&list, |list| list["data"][0]["kept"] == "copy")
        .await;
    (call, listed["data"].clone())
}

async fn listen(server: &Server, url: &str, range: &str) -> world::Answer {
    let path = url.strip_prefix(&server.url).unwrap();
    let headers: &[(&str, &str)] = match range {
        "" => &[],
        range => &[("range", range)],
    };
    server.call("GET", path, headers, "").await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_copied_once_is_heard_in_parts_and_goes_with_its_call() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let platform = platform().await;
    let kept = dir.path().join("recordings");
    // Until it is asked for, the platform's link is all that there is.
    let url = |signature: u32| format!("{}?Expires=9&Signature={signature}", platform.url());
    let sent = server.send(&told("call.ended", "r-0", &url(1))).await;
    let before = format!("/v1/calls/{}/recordings", text(&sent, "/events/0/call_id"));
    let link = server.get(&before).await["data"][0].clone();
    assert_eq!(
        (&link["kept"], &link["url"]),
        (&json!("link"), &json!(url(1)))
    );
    let given = server
        .ask("POST", &format!("{before}/1/link"), &json!({}))
        .await
        .ok(200);
    assert_eq!(given["url"], url(1));

    server
        .ask("PUT", "/v1/settings/recordings", &json!({ "keep": "copy" }))
        .await
        .ok(200);
    let ended = told("call.ended", "r-1", &url(2));
    let (call, listed) = copied(&server, &ended).await;
    // Signed anew it is the same recording, and told again it is the same event.
    server
        .send(&told("call.recording_ready", "r-1", &url(3)))
        .await;
    server.send(&ended).await;
    let is_over = |run: &Value| run["status"] == "succeeded";
    let all_over = |call: &Value| {
        let runs = call["runs"].as_array().unwrap();
        runs.len() == 2 && runs.iter().all(is_over)
    };
    server.until(&call, all_over).await;
    assert_eq!(platform.all().len(), 1);
    assert_eq!(files(&kept).len(), 1);
    let copy = &listed[0];
    assert_eq!(
        (&copy["size"], &copy["content_type"]),
        (&json!(WAV.len()), &json!("audio/wav"))
    );
    assert_eq!(
        (&copy["channels"], &copy["duration_s"]),
        (&json!(2), &json!(61.5))
    );
    assert_eq!(
        server.get(&format!("{call}/recordings")).await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    let link = format!("{call}/recordings/1/link");
    let url = text(&server.ask("POST", &link, &json!({})).await.ok(200), "/url");
    let whole = listen(&server, &url, "").await;
    assert_eq!((whole.status, whole.text.as_str()), (200, WAV));
    for (name, value) in [
        ("content-type", "audio/wav"),
        ("accept-ranges", "bytes"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(whole.headers[name], value);
    }
    assert!(
        whole.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("inline; filename=\"call_")
    );
    assert!(
        whole.headers["content-security-policy"]
            .to_str()
            .unwrap()
            .starts_with("default-src 'none'")
    );
    let part = listen(&server, &url, "bytes=8-11").await;
    assert_eq!((part.status, part.text.as_str()), (206, "WAVE"));
    assert_eq!(
        part.headers["content-range"],
        format!("bytes 8-11/{}", WAV.len()).as_str()
    );
    assert_eq!(listen(&server, &url, "bytes=4000-").await.status, 416);
    let forged = url.replace("signature=", "signature=0");
    assert_eq!(listen(&server, &forged, "").await.status, 401);
    let later = url.replacen("expires=", "expires=9", 1);
    assert_eq!(listen(&server, &later, "").await.status, 401);
    let short = server
        .ask("POST", &link, &json!({ "expires_in_s": 1 }))
        .await
        .ok(200);
    let short = text(&short, "/url");
    let late = loop {
        let late = listen(&server, &short, "bytes=0-0").await;
        if late.status != 206 {
            break late;
        }
    };
    assert_eq!(
        (late.status, late.json()["code"].clone()),
        (410, json!("link_expired"))
    );

    server.ask("DELETE", &call, &Value::Null).await.ok(204);
    assert_eq!(files(&kept), Vec::<PathBuf>::new());
    assert_eq!(listen(&server, &url, "").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_in_a_bucket_is_heard_through_the_server_and_goes_with_its_call() {
    let storage = tokio::task::spawn_blocking(|| Buckets::start("calls").unwrap())
        .await
        .unwrap();
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let platform = platform().await;
    let (id, key) = &storage.key;
    let fields = json!({ "endpoint": storage.url(), "bucket": "calls", "access_key": id, "secret_key": key });
    let bucket = json!({ "name": "Archive", "kind": "s3", "fields": fields });
    let bucket = server.ask("POST", "/v1/connections", &bucket).await.ok(201);
    let account = json!({ "name": "Account", "kind": "basic", "fields": { "user": "AC1", "password": "sesame-1" } });
    server
        .ask("POST", "/v1/connections", &account)
        .await
        .ok(201);
    let wish = json!({ "keep": "copy", "connection": "Archive",
        "sign_in": [{ "provider": "custom", "connection": "Account", "hosts": ["127.0.0.1"] }] });
    let saved = server
        .ask("PUT", "/v1/settings/recordings", &wish)
        .await
        .ok(200);
    assert_eq!(saved["connection"], bucket["id"]);
    let (call, _) = copied(
        &server,
        &told("call.recording_ready", "b-1", &platform.url()),
    )
    .await;
    let url = server
        .ask("POST", &format!("{call}/recordings/1/link"), &json!({}))
        .await
        .ok(200);
    let part = listen(&server, &text(&url, "/url"), "bytes=-4").await;
    assert_eq!((part.status, part.text.as_str()), (206, "said"));
    assert_eq!(files(&dir.path().join("recordings")), Vec::<PathBuf>::new());
    // A connection that copies are made through is not removed by mistake.
    let at = format!("/v1/connections/{}", text(&bucket, "/id"));
    assert_eq!(server.ask("DELETE", &at, &Value::Null).await.status, 409);
    server.ask("DELETE", &call, &Value::Null).await.ok(204);
    assert_eq!(listen(&server, &text(&url, "/url"), "").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_work_are_refused_where_they_are_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let wish = json!({ "keep": "copy", "connection": "Nowhere", "max_mb": 0, "days": 4000,
        "sign_in": [{ "provider": "vapi", "connection": "Nobody" }] });
    let refused = server
        .ask("PUT", "/v1/settings/recordings", &wish)
        .await
        .ok(422);
    let paths: Vec<&str> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|wrong| wrong["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        paths,
        [
            "/days",
            "/max_mb",
            "/connection",
            "/sign_in/0/connection",
            "/sign_in/0/hosts"
        ]
    );
    let retention = json!({ "payload_days": 0, "call_days": 9999, "recording_days": 30 });
    let refused = server
        .ask("PUT", "/v1/settings/retention", &retention)
        .await
        .ok(422);
    assert_eq!(refused["errors"].as_array().unwrap().len(), 2);
    let retention = json!({ "payload_days": 7, "call_days": 90, "recording_days": 30 });
    let saved = server
        .ask("PUT", "/v1/settings/retention", &retention)
        .await
        .ok(200);
    assert_eq!(saved["usual_payload_days"], 30);
    assert_eq!(server.get("/v1/settings/recordings").await["days"], 30);
    assert_eq!(
        server.get("/v1/settings/pausing").await["pause_after"],
        Value::Null
    );
}
