//! Limits that are set: by the name that is shown, and what is wrong with them.

use super::*;
use crate::world;

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_paused_and_limited_by_the_name_that_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let path = "/v1/destinations/email%20Sales%20mail";
    let set = server
        .ask("PUT", path, &json!({ "max_concurrent": 2 }))
        .await;
    assert_eq!(set.ok(200)["name"], "email Sales mail");
    let pause = format!("{path}/pause");
    let paused = server.ask("POST", &pause, &Value::Null).await.ok(200);
    assert_eq!(paused["state"], "paused");
    for name in [
        "no.such%20Sales%20mail",
        "email.send%20Sales%20mail",
        "email%20",
        "email%20a%0Ab",
    ] {
        let path = format!("/v1/destinations/{name}");
        let answer = server.ask("PUT", &path, &json!({})).await;
        assert_eq!(answer.status, 404, "{name}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_limits_is_said_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let wrong = json!({ "rate": { "count": 0, "period_s": 1e9, "burst": 0 }, "max_concurrent": 0, "note": "x".repeat(1001) });
    let answer = server
        .ask("PUT", "/v1/destinations/a.example:443", &wrong)
        .await
        .ok(422);
    let mut paths: Vec<_> = answer["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| text(error, "/path"))
        .collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "/max_concurrent",
            "/note",
            "/rate/burst",
            "/rate/count",
            "/rate/period_s"
        ]
    );
    for name in [
        "a.example",
        "A.example:443",
        "a.example:0",
        "http:%2F%2Fa:1",
        "a:99999",
        ":1",
        "a%20b:1",
    ] {
        let path = format!("/v1/destinations/{name}");
        let answer = server.ask("PUT", &path, &json!({})).await;
        assert_eq!(answer.status, 404, "{name}: {}", answer.text);
    }
    let path = "/v1/destinations/a.example:443";
    server
        .ask("PUT", path, &json!({ "note": "first" }))
        .await
        .ok(200);
    let auth = format!("Bearer {}", world::ROOT);
    let headers = [
        ("authorization", auth.as_str()),
        ("content-type", "application/json"),
        ("if-match", "\"7\""),
    ];
    let answer = server.call("PUT", path, &headers, "{}").await.unwrap();
    assert_eq!(answer.ok(412)["code"], "version_conflict");
    assert_eq!(server.get(path).await["note"], "first");
}
