//! `recording.keep`: copies in a directory and in a bucket, once and whole; what is no recording, too large or breaks off leaves
//! nothing; credentials reach the hosts that they are for alone.

mod arrived;
mod vonage;

use crate::receiver::{Act, Receiver, answer, bytes};
use crate::world::{Workspace, completed, failure, nets, open, step};
use actions::recordings::{Copied, LARGEST, Place, Spot};
use actions::{Actions, AllowedNetwork, Config, Connection, NoConnection, Surroundings, World};
use http_body_util::BodyExt;
use kernel::run::{Failure, Outcome, Perform, Retriable};
use lab::Buckets;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const WAV: &str = "RIFF$\0\0\0WAVEfmt sound";

/// A workspace whose calls have recordings.
#[derive(Default)]
struct Archive {
    workspace: Workspace,
    noted: Mutex<Option<Copied>>,
    /// The call is deleted while its recording is copied.
    goes: bool,
    /// Nobody can say whether the copy was noted.
    is_away: bool,
    /// What the settings let hear of which connection.
    signs_in: Vec<(String, String)>,
    /// Under what name it waits.
    arrived: Option<String>,
    /// Nothing is kept.
    is_test: bool,
}

#[async_trait::async_trait]
impl Surroundings for Archive {
    async fn secret(&self, _: &str) -> Result<Option<Vec<Arc<str>>>, Failure> {
        Ok(None)
    }

    async fn connection(
        &self,
        name: Option<&str>,
        kinds: &[&str],
    ) -> Result<Arc<Connection>, NoConnection> {
        self.workspace.connection(name, kinds).await
    }

    fn allowed(&self) -> &[AllowedNetwork] {
        &[]
    }

    async fn recording(&self, _: &str, _: &str) -> Result<Spot, Failure> {
        Ok(Spot {
            path: (!self.is_test).then(|| "ws_1/rec_1".into()),
            kept: self.noted.lock().unwrap().clone(),
            signs_in: self.signs_in.clone(),
            arrived: self.arrived.clone(),
            turn: None,
        })
    }

    async fn keep_recording(&self, call: &str, _: &str, copied: &Copied) -> Result<(), Failure> {
        assert_eq!(call, "call_1");
        if self.goes || self.is_away {
            return Err(Failure {
                code: "call_gone".into(),
                message: "gone".into(),
                step: String::new(),
                status: None,
                output: None,
                retry: match self.goes {
                    true => Retriable::No,
                    false => Retriable::Yes,
                },
            });
        }
        *self.noted.lock().unwrap() = Some(copied.clone());
        Ok(())
    }
}

fn keeping(dir: &Path) -> World {
    World::new(Config {
        allowed: nets(&["127.0.0.0/8"]),
        recordings: Some(dir.to_owned()),
        ..Config::default()
    })
}

fn asked(url: String) -> Value {
    json!({ "call": "call_1", "url": url, "max_mb": 1, "provider": "twilio" })
}

async fn keep(world: &World, archive: &Archive, with: Value) -> Outcome {
    world.perform(&step("recording.keep", with), archive).await
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

async fn read(
    world: &World,
    archive: &Archive,
    place: &Place,
    range: std::ops::Range<u64>,
) -> Vec<u8> {
    let opened = world.open_recording(place, range, archive).await.unwrap();
    opened.content.collect().await.unwrap().to_bytes().to_vec()
}

#[tokio::test]
async fn a_recording_is_copied_whole_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let (world, archive) = (keeping(dir.path()), Archive::default());
    let platform = Receiver::start(vec![vec![answer(
        "200 OK",
        "content-type: text/plain\r\n",
        WAV,
    )]])
    .await;
    let first = keep(&world, &archive, asked(platform.url("/r")))
        .await
        .result
        .unwrap()
        .body;
    assert_eq!(
        (&first["kept"], &first["size"]),
        (&json!(true), &json!(WAV.len()))
    );
    assert_eq!(first["content_type"], "audio/wav");
    let again = keep(&world, &archive, asked(platform.url("/r"))).await;
    assert_eq!(again.result.unwrap().body, first);
    platform.only();
    let copied = archive.noted.lock().unwrap().clone().unwrap();
    assert_eq!(files(dir.path()), [dir.path().join("ws_1/rec_1")]);
    assert_eq!(read(&world, &archive, &copied.place, 8..12).await, b"WAVE");
    world
        .remove_recording(&copied.place, &archive)
        .await
        .unwrap();
    world
        .remove_recording(&copied.place, &archive)
        .await
        .unwrap();
    assert_eq!(files(dir.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn what_is_no_recording_leaves_nothing() {
    let large = "x".repeat(2 << 20);
    for (acts, code, retry) in [
        (
            vec![answer("200 OK", "", "<!doctype html>")],
            "bad_response",
            Retriable::Yes,
        ),
        (
            vec![answer("200 OK", "", "")],
            "bad_response",
            Retriable::Yes,
        ),
        (
            vec![answer("404 Not Found", "", "")],
            "http_status",
            Retriable::Yes,
        ),
        (
            vec![answer("403 Forbidden", "", "")],
            "http_status",
            Retriable::No,
        ),
        (
            vec![answer("200 OK", "", &large)],
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
                bytes("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nRIFF"),
                Act::Close,
            ],
            "reset",
            Retriable::Yes,
        ),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let (world, archive) = (keeping(dir.path()), Archive::default());
        let platform = Receiver::start(vec![acts]).await;
        let failure = failure(keep(&world, &archive, asked(platform.url("/r"))).await);
        assert_eq!(
            (failure.code.as_str(), failure.retry),
            (code, retry),
            "{failure:?}"
        );
        assert_eq!(files(dir.path()), Vec::<PathBuf>::new(), "{code}");
        assert_eq!(*archive.noted.lock().unwrap(), None);
    }
}

#[tokio::test]
async fn a_copy_that_is_not_noted_and_one_of_a_test_are_not_kept() {
    for (goes, is_test) in [(true, false), (false, true)] {
        let dir = tempfile::tempdir().unwrap();
        let world = keeping(dir.path());
        let archive = Archive {
            goes,
            is_test,
            ..Archive::default()
        };
        let platform = Receiver::start(vec![vec![answer("200 OK", "", WAV)]]).await;
        let result = keep(&world, &archive, asked(platform.url("/r")))
            .await
            .result;
        match goes {
            true => assert_eq!(result.unwrap_err().code, "call_gone"),
            false => assert_eq!(result.unwrap().body["kept"], false),
        }
        assert_eq!(files(dir.path()), Vec::<PathBuf>::new());
    }
}

#[tokio::test]
async fn a_copy_that_may_have_been_noted_stays_for_the_next_attempt() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive {
        is_away: true,
        ..Archive::default()
    };
    let platform = Receiver::start(vec![vec![answer("200 OK", "", WAV)]]).await;
    let outcome = keep(&keeping(dir.path()), &archive, asked(platform.url("/r"))).await;
    assert_eq!(outcome.result.unwrap_err().retry, Retriable::Yes);
    assert_eq!(files(dir.path()), [dir.path().join("ws_1/rec_1")]);
}

#[tokio::test]
async fn a_step_cannot_send_credentials_where_only_it_says_so() {
    let account = json!({ "user": "AC1", "password": "sesame-123456" });
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive {
        workspace: Workspace::connected("Account", "basic", account),
        ..Archive::default()
    };
    let mut with = asked("http://127.0.0.1:9/r".into());
    with["sign_in"] =
        json!([{ "provider": "twilio", "hosts": ["127.0.0.1"], "connection": "Account" }]);
    let outcome = keep(&keeping(dir.path()), &archive, with).await;
    assert_eq!(outcome.result.unwrap_err().code, "bad_input");
}

#[tokio::test]
async fn credentials_reach_their_hosts_and_are_not_carried_on() {
    let account = json!({ "user": "AC1", "password": "sesame-123456" });
    for (hosts, heard) in [(json!(["127.0.0.1"]), true), (json!(["twilio.com"]), false)] {
        let dir = tempfile::tempdir().unwrap();
        let world = keeping(dir.path());
        let archive = Archive {
            workspace: Workspace::connected("Account", "basic", account.clone()),
            signs_in: vec![("con_1".into(), "127.0.0.1".into())],
            ..Archive::default()
        };
        let acts = vec![vec![answer("200 OK", "", WAV)]];
        let elsewhere = Receiver::listen("127.0.0.2:0", acts).await;
        let location = format!("location: http://127.0.0.2:{}/moved\r\n", elsewhere.port);
        let platform = Receiver::start(vec![vec![answer("302 Found", &location, "")]]).await;
        let mut with = asked(platform.url("/r"));
        with["sign_in"] =
            json!([{ "provider": "twilio", "hosts": hosts, "connection": "Account" }]);
        let outcome = keep(&world, &archive, with).await;
        assert_eq!(outcome.result.unwrap().body["kept"], true);
        assert_eq!(platform.only().headers.contains_key("authorization"), heard);
        assert!(!elsewhere.only().headers.contains_key("authorization"));
        let record = serde_json::to_string(&outcome.exchange).unwrap();
        assert!(
            !record.contains("sesame") && !record.contains("QUMxOnNlc2FtZ"),
            "{record}"
        );
    }
}

#[tokio::test]
async fn a_copy_in_a_bucket_is_whole_is_read_in_parts_and_goes() {
    let storage = Buckets::start("recordings").unwrap();
    let (id, key) = &storage.key;
    let fields = json!({
        "endpoint": storage.url(), "bucket": "recordings", "prefix": "kept", "access_key": id, "secret_key": key,
    });
    let dir = tempfile::tempdir().unwrap();
    let world = keeping(dir.path());
    let archive = Archive {
        workspace: Workspace::connected("con_1", "s3", fields),
        ..Archive::default()
    };
    let long = format!("{WAV}{}", "x".repeat(700_000));
    let platform = Receiver::start(vec![vec![answer("200 OK", "", &long)]]).await;
    let perform = Perform {
        connection: Some("con_1".into()),
        ..step("recording.keep", asked(platform.url("/r")))
    };
    let kept = world.perform(&perform, &archive).await.result.unwrap().body;
    assert_eq!(kept["size"], long.len());
    assert_eq!(
        storage.read("recordings", "kept/ws_1/rec_1").unwrap(),
        long.as_bytes()
    );
    assert_eq!(files(dir.path()), Vec::<PathBuf>::new());
    let place = archive.noted.lock().unwrap().clone().unwrap().place;
    let part = read(&world, &archive, &place, 10..600_000).await;
    assert_eq!(part, &long.as_bytes()[10..600_000]);
    let elsewhere = Place {
        bucket: Some("https://other.example/recordings".into()),
        ..place.clone()
    };
    let refused = world.remove_recording(&elsewhere, &archive).await;
    assert!(refused.unwrap_err().message.contains("other.example"));
    world.remove_recording(&place, &archive).await.unwrap();
    world.remove_recording(&place, &archive).await.unwrap();
    assert!(storage.read("recordings", "kept/ws_1/rec_1").is_err());
}

#[test]
fn inputs_are_checked_on_save() {
    let world = open();
    let problems = |with: Value| completed(&world, "recording.keep", with).1;
    assert_eq!(
        problems(json!({ "call": "c", "url": "u", "max_mb": LARGEST >> 20 })),
        [""; 0]
    );
    assert_eq!(
        problems(json!({ "call": "c", "url": "u", "max_mb": 1025 })),
        ["/max_mb"]
    );
    let wrong = json!({ "call": "c", "url": "u", "sign_in": [{ "provider": "x" }] });
    assert_eq!(problems(wrong), ["/sign_in"]);
}

#[test]
fn listeners_who_stall_hold_no_thread() {
    let dir = tempfile::tempdir().unwrap();
    let whole = vec![7; 2 << 20];
    std::fs::write(dir.path().join("rec_1"), &whole).unwrap();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime
        .max_blocking_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (world, archive) = (keeping(dir.path()), Archive::default());
        let place = Place {
            connection: None,
            bucket: None,
            path: "rec_1".into(),
        };
        let mut stalled = Vec::new();
        for _ in 0..4 {
            let mut opened = world
                .open_recording(&place, 0..2 << 20, &archive)
                .await
                .unwrap();
            let first = opened.content.frame().await.unwrap().unwrap();
            assert!(!first.into_data().unwrap().is_empty());
            stalled.push(opened);
        }
        assert_eq!(read(&world, &archive, &place, 0..2 << 20).await, whole);
        let longer = world
            .open_recording(&place, 1..(2 << 20) + 1, &archive)
            .await
            .unwrap();
        let error = longer.content.collect().await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
    });
}
