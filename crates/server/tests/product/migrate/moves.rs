//! Moves there and back: all is the same, runs go on, whatever ends the command.

use super::*;
use std::process::Stdio;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_the_same_on_postgres_and_back_in_a_directory() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let (source, before) = filled(&first).await;
    let (there, back) = (database().await, Directory(dir.path().join("back")));
    let told = done(migrate(&source, &there));
    let next = text(&told, "/next");
    let key = format!(
        "SWITCHHOOK_SEAL_KEY_FILE={}",
        first.join("seal.key").display()
    );
    assert!(next.contains(&key), "{next}");
    let mut server = there.start(&first);
    same(&before, &answers(&server).await);
    server.stop();
    let told_back = done(migrate(&there, &back));
    let hash = |told: &Value, table: usize| text(told, &format!("/tables/{table}/sha256"));
    // Calls, messages, events, runs and entries; a sign-in link is made at every start.
    for table in 3..8 {
        assert_eq!(hash(&told, table), hash(&told_back, table));
    }
    let mut without = back.command(&first);
    without.env_remove("SWITCHHOOK_SEAL_KEY_FILE");
    refused(without, "is missing");
    assert!(!dir.path().join("back/seal.key").exists());
    let server = back.start(&first);
    same(&before, &answers(&server).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_run_goes_on_and_its_secret_opens() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let receiver = Receiver::start(|n| if n == 0 { (500, "{}") } else { (200, "{}") }).await;
    let source = Directory(first.clone());
    let mut server = source.start(&first);
    let secret = json!({ "name": "crm", "value": "s3cret-of-the-crm" });
    server.ask("POST", "/v1/secrets", &secret).await.ok(201);
    server.flow(request("returns", &receiver.url(), 5, 2)).await;
    let sent = server.send(&ended("call-1")).await;
    let run = text(&sent, "/events/0/runs/0");
    let path = format!("/v1/runs/{run}");
    server.until(&path, |run| run["status"] == "waiting").await;
    server.stop();
    let (there, back) = (database().await, Directory(dir.path().join("back")));
    done(migrate(&source, &there));
    done(migrate(&there, &back));
    for place in [there, back] {
        let came = receiver.all().len();
        let mut server = place.start(&first);
        let all = receiver.wait(came + 1).await;
        let last = &all[came];
        assert_eq!(last.header("x-crm"), "s3cret-of-the-crm");
        assert_eq!(
            last.header("idempotency-key"),
            all[0].header("idempotency-key")
        );
        assert_eq!(server.ended(&run).await["status"], "succeeded");
        server.stop();
    }
}

/// Ends the command at a commit of the target, later each time, and by SIGKILL; goes on until it is done.
async fn killed(source: &Place, target: &Place, first: &Path) {
    let mut kills = 0;
    loop {
        let mut command = migrate(source, target);
        let point = ["before_commit", "after_commit"][kills % 2];
        command.env("SWITCHHOOK_CRASH_AT", format!("{point}:{}", 2 + kills));
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        if kills % 3 == 2 {
            tokio::time::sleep(Duration::from_millis(40 * kills as u64)).await;
            let _ = child.kill();
        }
        let output = child.wait_with_output().unwrap();
        if output.status.code() == Some(0) {
            let told: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(told["verified"], true);
            break;
        }
        kills += 1;
        if kills == 4 {
            refused(target.command(first), "half of a migration");
        }
        assert!(kills < 40, "it comes no further");
    }
    assert!(kills >= 4, "it was ended {kills} times only");
    done({
        let mut again = migrate(source, target);
        again.arg("--verify-only");
        again
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_is_killed_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let (source, before) = filled(&first).await;
    let (there, back) = (database().await, Directory(dir.path().join("back")));
    killed(&source, &there, &first).await;
    killed(&there, &back, &first).await;
    let server = back.start(&first);
    same(&before, &answers(&server).await);
}
