//! Recordings that come inside a message: kept whole from a body of 50 MB, with the memory that it takes, and gone with their call.

use super::*;
use crate::world::inbox;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const SAID: usize = 38_000_000;

/// What ElevenLabs sends, and the sound in it.
fn message(conversation: &str, bytes: usize) -> (String, Vec<u8>) {
    let mut sound = b"ID3\x04\0\0\0\0\0\0".to_vec();
    sound.extend((0..bytes).map(|at| (at % 251) as u8));
    let base64 = STANDARD.encode(&sound);
    let message = format!(
        r#"{{"type":"post_call_audio","event_timestamp":1739537319,"data":{{"agent_id":"a","conversation_id":"{conversation}","full_audio":"{base64}"}}}}"#
    );
    (message, sound)
}

async fn endpoint(server: &Server) -> String {
    let new = json!({ "provider": "elevenlabs", "name": "Agents", "signature": "off" });
    let made = server.ask("POST", "/v1/endpoints", &new).await.ok(201);
    inbox(&made)
}

async fn post(server: &Server, address: &str, message: String) -> world::Answer {
    let headers = [("content-type", "application/json")];
    server
        .call("POST", address, &headers, message)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_inside_a_message_of_50_mb_is_kept_whole_and_is_in_memory_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = world::command(dir.path());
    command.args(["--event-body-mib", "64"]);
    let server = Server::spawn(command).unwrap();
    let keep = json!({ "keep": "copy" });
    server
        .ask("PUT", "/v1/settings/recordings", &keep)
        .await
        .ok(200);
    let address = endpoint(&server).await;
    let before = server.peak_mb();
    let (sent, sound) = message("conv_1", SAID);
    let size = sent.len() as u64 >> 20;
    assert!(size >= 48, "{size}");
    assert_eq!(post(&server, &address, sent).await.status, 200);
    let call = "/v1/calls/elevenlabs:conv_1";
    let list = format!("{call}/recordings");
    let listed = server
        .until(&list, |list| list["data"][0]["kept"] == "copy")
        .await;
    let grown = server.peak_mb() - before;
    assert!(grown < size + size / 2, "{grown} MB more for {size} MB");
    assert_eq!(listed["data"][0]["size"], sound.len());
    assert_eq!(listed["data"][0]["content_type"], "audio/mpeg");
    let link = format!("{list}/1/link");
    let link = server.ask("POST", &link, &json!({})).await.ok(200);
    let url = text(&link, "/url");
    let last = format!("bytes={}-", sound.len() - 20);
    let part = listen(&server, &url, &last).await;
    assert_eq!(part.status, 206);
    // One whole copy, and nothing of it waits any more.
    let kept = files(&dir.path().join("recordings"));
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(std::fs::read(&kept[0]).unwrap(), sound);
    // What is known of the message says how much there was.
    let event = server.get(call).await;
    assert!(!event.to_string().contains("SUQz"));
    server.ask("DELETE", call, &Value::Null).await.ok(204);
    assert_eq!(files(&dir.path().join("recordings")), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_over_the_limit_is_refused_with_what_to_do_and_a_sound_that_waits_goes_with_its_call()
 {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let address = endpoint(&server).await;
    let refused = post(&server, &address, message("conv_1", 13 << 20).0).await;
    assert_eq!(refused.status, 413);
    assert!(
        refused.text.contains("--event-body-mib"),
        "{}",
        refused.text
    );
    // Where copies are off, nothing is kept of a sound.
    assert_eq!(
        post(&server, &address, message("conv_2", 1000).0)
            .await
            .status,
        200
    );
    assert_eq!(files(&dir.path().join("recordings")), Vec::<PathBuf>::new());
    // A step that cannot keep it leaves it for a replay, until the call goes.
    let nowhere = json!({ "name": "Archive", "kind": "s3", "fields": { "endpoint": "http://127.0.0.1:9", "bucket": "calls", "access_key": "k", "secret_key": "sesame-1" } });
    server
        .ask("POST", "/v1/connections", &nowhere)
        .await
        .ok(201);
    let keep = json!({ "keep": "copy", "connection": "Archive" });
    server
        .ask("PUT", "/v1/settings/recordings", &keep)
        .await
        .ok(200);
    assert_eq!(
        post(&server, &address, message("conv_3", 1000).0)
            .await
            .status,
        200
    );
    let call = "/v1/calls/elevenlabs:conv_3";
    let failed = |call: &Value| call["runs"][0]["attempt"].as_u64() > Some(1);
    server.until(call, failed).await;
    let waiting = dir.path().join("recordings/.arrived");
    assert_eq!(files(&waiting).len(), 1);
    server.ask("DELETE", call, &Value::Null).await.ok(204);
    assert_eq!(files(&waiting), Vec::<PathBuf>::new());
}
