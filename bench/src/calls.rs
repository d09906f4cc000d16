//! What follows calls, on an agent with a post-call webhook: how long after the hang-up it is sent while the machine is idle, a
//! storm of finished calls at a fixed rate, a call of ten hours, and one of 50 MB.

use crate::subject::{Subject, create_at};
use bench::load::{self, Target};
use bench::payload;
use bench::receiver::Receiver;
use bench::table::quantile_ms;
use serde_json::json;
use std::time::{Duration, Instant};

const STORM_PER_S: u64 = 1_000;
const STORM: Duration = Duration::from_secs(30);
const SENDERS: usize = 64;
/// Ten hours, 3.6 seconds a turn.
const TURNS: usize = 10_000;
/// The most turns that a call may tell, and so many letters in each.
const LARGE: (usize, usize) = (20_000, 2_500);
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Calls {
    /// From sending the finished call until the webhook is there, at 20 calls a second: p50 and p99.
    pub hang_up_ms: [f64; 2],
    /// From the moment when a call was to be sent until it was acknowledged: p50 and p99.
    pub storm_ms: [f64; 2],
    pub storm_lost: usize,
    pub storm_refused: u64,
    /// The most that the process took.
    pub storm_mb: f64,
    pub long_accept_ms: f64,
    pub long_hook_ms: f64,
    pub long_mb: f64,
    pub large_accept_ms: f64,
    /// The most that the process ever took, this call included.
    pub large_mb: f64,
}

pub async fn measure(receiver: &Receiver, subject: Subject) -> anyhow::Result<Calls> {
    let running = subject.start(receiver.address, 1).await?;
    let target = running.targets().remove(0);
    let hook = json!({ "kind": "webhook", "url": format!("http://{}/hook", receiver.address), "enabled": true });
    let agent = json!({ "name": "Sarah", "actions": [hook] });
    create_at(&target, "/v1/agents", &agent).await?;
    receiver.reset();
    load::paced(&target, 20, 40, 1).await?;
    receiver.wait_for(40, PATIENCE).await;
    receiver.reset();
    load::paced(&target, 20, 200, 1_000).await?;
    receiver.wait_for(200, PATIENCE).await;
    let mut hang_up = receiver.latencies_us();

    receiver.reset();
    let load = load::open(target.clone(), SENDERS, STORM_PER_S, STORM, 1_000_000);
    let storm = tokio::spawn(load);
    let mut most = 0.0_f64;
    while !storm.is_finished() {
        most = most.max(running.memory_mb());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut storm = storm.await?;
    let lost = receiver.missing(&storm.acknowledged, PATIENCE).await.len();

    receiver.reset();
    let (accept_ms, hook_ms) = long_call(&target, receiver).await?;
    let long_mb = running.memory_mb();
    let large_accept_ms = large_call(&target).await?;
    let large_mb = running.peak_mb();
    running.stop()?;
    let pair = |us: &mut Vec<u64>| [quantile_ms(us, 0.5), quantile_ms(us, 0.99)];
    Ok(Calls {
        hang_up_ms: pair(&mut hang_up),
        storm_ms: pair(&mut storm.latencies_us),
        storm_lost: lost,
        storm_refused: storm.refused,
        storm_mb: most,
        long_accept_ms: accept_ms,
        long_hook_ms: hook_ms,
        long_mb,
        large_accept_ms,
        large_mb,
    })
}

/// Milliseconds until it was acknowledged, and until its webhook came.
async fn long_call(target: &Target, receiver: &Receiver) -> anyhow::Result<(f64, f64)> {
    let body = payload::event_with("a1", 90_000_000, TURNS);
    let started = Instant::now();
    let (status, answer) = load::once(target, "POST", target.path, body).await?;
    let accepted = started.elapsed();
    anyhow::ensure!(
        status == 202,
        "a call of ten hours was refused: {}",
        String::from_utf8_lossy(&answer)
    );
    receiver.wait_for(1, PATIENCE).await;
    anyhow::ensure!(receiver.distinct() == 1, "its webhook did not come");
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    Ok((ms(accepted), ms(started.elapsed())))
}

/// Milliseconds until a finished call of 50 MB was acknowledged; no agent of ours has led it.
async fn large_call(target: &Target) -> anyhow::Result<f64> {
    let said = "w".repeat(LARGE.1);
    let turns: Vec<_> = (0..LARGE.0)
        .map(|_| json!({ "role": "agent", "text": said }))
        .collect();
    let call = json!({ "provider_call_id": "large", "status": "completed", "transcript": turns });
    let body = json!({ "kind": "call.ended", "call": call }).to_string();
    let started = Instant::now();
    let (status, answer) = load::once(target, "POST", target.path, body.into()).await?;
    let accepted = started.elapsed();
    anyhow::ensure!(
        status == 202,
        "a call of 50 MB was refused: {}",
        String::from_utf8_lossy(&answer)
    );
    Ok(accepted.as_secs_f64() * 1000.0)
}
