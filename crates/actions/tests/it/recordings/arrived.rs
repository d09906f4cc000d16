//! Recordings that came inside a message: kept without asking the platform, once, whatever happens in between.

use super::*;
use actions::Bytes;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

fn waiting() -> Archive {
    Archive {
        arrived: Some("a1".into()),
        ..Archive::default()
    }
}

/// Nobody answers there.
fn nowhere() -> Value {
    asked("http://127.0.0.1:9/r".into())
}

async fn lay_down(world: &World, text: &str, most: u64) -> Result<(), Failure> {
    let base64 = Bytes::from(text.to_owned());
    world.lay_down_recording("a1", base64, most).await
}

#[tokio::test]
async fn what_came_inside_a_message_is_kept_whole_and_nobody_is_asked_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let (world, archive) = (keeping(dir.path()), waiting());
    let long = format!("{WAV}{}", "x".repeat(300_001));
    lay_down(&world, &STANDARD.encode(&long), 1 << 20)
        .await
        .unwrap();
    assert_eq!(files(dir.path()), [dir.path().join(".arrived/a1")]);
    // What could not be noted waits for the next attempt.
    let away = Archive {
        is_away: true,
        ..waiting()
    };
    let failed = failure(keep(&world, &away, nowhere()).await);
    assert_eq!(failed.retry, Retriable::Yes);
    let kept = keep(&world, &archive, nowhere()).await.result.unwrap().body;
    assert_eq!(
        (&kept["kept"], &kept["size"]),
        (&json!(true), &json!(long.len()))
    );
    assert_eq!(files(dir.path()), [dir.path().join("ws_1/rec_1")]);
    let place = archive.noted.lock().unwrap().clone().unwrap().place;
    assert_eq!(
        read(&world, &archive, &place, 0..long.len() as u64).await,
        long.as_bytes()
    );
    // Removed with its call, it is not there for a step.
    lay_down(&world, &STANDARD.encode(WAV), 1 << 20)
        .await
        .unwrap();
    world.take_away_recording("a1").await.unwrap();
    world.take_away_recording("a1").await.unwrap();
    assert_eq!(files(dir.path()), [dir.path().join("ws_1/rec_1")]);
}

#[tokio::test]
async fn what_is_too_large_or_no_sound_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let world = keeping(dir.path());
    let large = lay_down(&world, &"A".repeat(2000), 1000).await;
    assert_eq!(large.unwrap_err().code, "output_too_large");
    for text in ["SUQz*", "SUQ", "SUQ=SUQz"] {
        let refused = lay_down(&world, text, 1000).await.unwrap_err();
        assert!(refused.message.contains("base64"), "{refused:?}");
    }
    assert_eq!(files(dir.path()), Vec::<PathBuf>::new());
    lay_down(&world, &STANDARD.encode("%PDF-1.7"), 1000)
        .await
        .unwrap();
    let refused = failure(keep(&world, &waiting(), nowhere()).await);
    assert_eq!(refused.code, "bad_response");
}
