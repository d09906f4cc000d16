//! Starting and stopping: what is refused, and that nothing is lost by an orderly end.

use crate::world::{Receiver, Server, command, ended, on_postgres, text, webhook};
use serde_json::json;
use std::process::{Command, Output};

#[track_caller]
fn refused(mut command: Command) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    assert_eq!(
        status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&stderr)
    );
    String::from_utf8_lossy(&stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_on_the_same_data_is_refused() {
    if on_postgres() {
        // Two nodes on one database are what it is for.
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let _first = Server::start(dir.path());
    let why = refused(command(dir.path()));
    assert!(why.contains(&dir.path().display().to_string()), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_occupied_port_says_what_to_do() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Server::start(dir.path());
    let mut second = command(other.path());
    second.args(["--listen", first.url.strip_prefix("http://").unwrap()]);
    let why = refused(second);
    assert!(why.contains("--listen") && why.contains("in use"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_seal_key_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    drop(Server::start(dir.path()));
    let mut again = command(dir.path());
    again.env("SWITCHHOOK_SEAL_KEY", "ab".repeat(32));
    let why = refused(again);
    assert!(why.contains("seal key"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_in_link_opens_one_session_and_works_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let link = server
        .sign_in
        .clone()
        .expect("a link is printed at the first start");
    let path = link.strip_prefix(&server.url).unwrap().to_owned();
    let opened = server.call("GET", &path, &[], "").await.unwrap();
    let cookie = opened.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let pair = cookie.split(';').next().unwrap();
    let session = server
        .call("GET", "/v1/session", &[("cookie", pair)], "")
        .await
        .unwrap();
    assert_eq!(session.status, 200, "{}", session.text);
    let forged = server
        .call(
            "POST",
            "/v1/session/end",
            &[("cookie", pair), ("sec-fetch-site", "cross-site")],
            "",
        )
        .await
        .unwrap();
    assert_eq!(forged.status, 403, "{}", forged.text);
    let twice = server.call("GET", &path, &[], "").await.unwrap();
    assert!(!twice.headers.contains_key("set-cookie"), "{}", twice.text);
}

/// On a shared database the next one would wait for the lease of one that was stopped before it could hear of it.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_stopped_as_soon_as_it_answers_ends_in_good_order() {
    for _ in 0..5 {
        let dir = tempfile::tempdir().unwrap();
        let mut server = Server::start(dir.path());
        assert_eq!(server.stop(), Some(0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orderly_stop_finishes_what_is_under_way_and_hands_back_the_rest() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let mut server = Server::spawn({
        let mut command = command(dir.path());
        command.args(["--per-destination", "1"]);
        command
    })
    .unwrap();
    server.flow(webhook(&receiver.url())).await;
    receiver.hold();
    for n in 0..5 {
        server.send(&ended(&format!("c-{n}"))).await;
    }
    receiver.wait(1).await;
    let release = tokio::spawn(async move {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        receiver.release();
        receiver
    });
    assert_eq!(
        tokio::task::spawn_blocking(move || server.stop())
            .await
            .unwrap(),
        Some(0)
    );
    let receiver = release.await.unwrap();
    assert_eq!(
        receiver.all().len(),
        1,
        "only what was under way was finished"
    );
    let server = Server::start(dir.path());
    receiver.wait(5).await;
    let runs = server
        .until("/v1/runs", |runs| {
            runs["data"]
                .as_array()
                .unwrap()
                .iter()
                .all(|run| run["status"] == "succeeded")
        })
        .await;
    assert_eq!(runs["data"].as_array().map(Vec::len), Some(5));
    assert_eq!(receiver.all().len(), 5, "nothing was delivered twice");
}

#[test]
fn commands_work_offline_and_exit_as_promised() {
    let switchhook = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_switchhook"))
            .args(args)
            .output()
            .unwrap()
    };
    assert_eq!(switchhook(&["--nonsense"]).status.code(), Some(2));
    assert_eq!(switchhook(&["--version"]).status.code(), Some(0));
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("request.json");
    let story = providers::Scenario::Interested.story();
    let played = providers::Played::ending_at(kernel::Timestamp::now(), &story, "c-1");
    let vapi = providers::find("vapi").unwrap();
    let message = vapi.simulate(&played).pop().unwrap();
    let request = json!({ "method": "POST", "url": "https://hooks.example/in", "headers": { "X-Vapi-Secret": "s3cret-s3cret" }, "body": message.to_string(), "secret": "s3cret-s3cret" });
    std::fs::write(&file, request.to_string()).unwrap();
    let checked = switchhook(&[
        "providers",
        "check",
        "vapi",
        &file.display().to_string(),
        "--json",
    ]);
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(text(&checked, "/signature"), "valid");
    assert_eq!(
        switchhook(&["providers", "check", "nobody", &file.display().to_string()])
            .status
            .code(),
        Some(1)
    );
    assert_eq!(
        switchhook(&["runs", "list", "--url", "http://127.0.0.1:1"])
            .status
            .code(),
        Some(1)
    );
}
