//! Pauses: over a restart, through a kill, and who is cancelled meanwhile.

use super::*;
use crate::world;

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_destination_holds_its_runs_over_a_restart_and_one_can_be_cancelled() {
    let dir = tempfile::tempdir().unwrap();
    let (receiver, other) = (
        Receiver::start(|_| (200, "{}")).await,
        Receiver::start(|_| (200, "{}")).await,
    );
    let mut server = Server::start(dir.path());
    server.flow(flow("held", &receiver.url())).await;
    assert_eq!(act(&server, &receiver, "pause").await["state"], "paused");
    let runs = send(&server, "c", 6).await;
    server
        .until(&path(&receiver), |shown| shown["waiting"] == 6)
        .await;
    server.flow(flow("beside", &other.url())).await;
    let beside = send(&server, "d", 1).await;
    other.wait(1).await;
    let cancel = format!("/v1/runs/{}/cancel", runs[0]);
    server.ask("POST", &cancel, &json!({})).await.ok(202);
    assert_eq!(server.ended(&runs[0]).await["status"], "cancelled");
    assert_eq!(server.stop(), Some(0));
    let server = Server::start(dir.path());
    let shown = server
        .until(&path(&receiver), |shown| shown["waiting"] == 6)
        .await;
    assert_eq!(shown["state"], "paused");
    let run = server.get(&format!("/v1/runs/{}", runs[1])).await;
    assert_eq!(
        (&run["status"], &run["held"]["why"]),
        (&json!("running"), &json!("paused"))
    );
    assert_eq!(receiver.all().len(), 0);
    act(&server, &receiver, "resume").await;
    succeeded_at_the_first_attempt(&server, &runs[1..]).await;
    for run in &beside {
        assert_eq!(server.ended(run).await["status"], "succeeded");
    }
    assert_eq!(receiver.all().len(), 6);
    assert!(times(&receiver).values().all(|times| *times == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_sent_twice_waits_through_a_kill_and_is_sent_once() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let mut server = Server::start(dir.path());
    let mut once = flow("once", &receiver.url());
    once["steps"][0]["on_unknown"] = "stop".into();
    server.flow(once).await;
    act(&server, &receiver, "pause").await;
    let runs = send(&server, "c", 3).await;
    server
        .until(&path(&receiver), |shown| shown["waiting"] == 3)
        .await;
    server.kill();
    let server = Server::start(dir.path());
    server
        .until(&path(&receiver), |shown| shown["waiting"] == 3)
        .await;
    act(&server, &receiver, "resume").await;
    for run in &runs {
        let run = server.ended(run).await;
        assert_eq!(
            (&run["status"], run["entries"].as_array().unwrap().len()),
            (&json!("succeeded"), 1),
            "{run:#}"
        );
    }
    assert_eq!(receiver.all().len(), 3);
    assert_eq!(times(&receiver).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_cancelled_before_its_destination_was_paused_ends_while_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (receiver, other) = (
        Receiver::start(|_| (200, "{}")).await,
        Receiver::start(|_| (200, "{}")).await,
    );
    let mut command = world::command(dir.path());
    command.args(["--per-destination", "1"]);
    let server = Server::spawn(command).unwrap();
    act(&server, &other, "pause").await;
    server.flow(flow("beside", &other.url())).await;
    let beside = send(&server, "k", 1).await;
    server.flow(flow("hook", &receiver.url())).await;
    receiver.hold();
    send(&server, "hangs", 1).await;
    receiver.wait(1).await;
    let parked = send(&server, "parked", 1).await;
    // Timers fire in their order: once the last is cancelled, all have been asked for.
    for run in parked.iter().chain(&beside) {
        let cancel = format!("/v1/runs/{run}/cancel");
        server.ask("POST", &cancel, &json!({})).await.ok(202);
    }
    assert_eq!(server.ended(&beside[0]).await["status"], "cancelled");
    act(&server, &receiver, "pause").await;
    receiver.release();
    for run in &parked {
        assert_eq!(server.ended(run).await["status"], "cancelled");
    }
    assert_eq!(receiver.all().len(), 1);
}
