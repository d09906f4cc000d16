//! What is measured, in which order: the machine's limits, then bare pipeline and Switchhook in turn, several rounds, medians.

use anyhow::{Context, bail};
use bench::load::{self, Target};
use bench::process::{Process, disk_kb, free_address, switchhook};
use bench::receiver::Receiver;
use bench::table::{self, Row, median, quantile_ms};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

pub struct Plan {
    pub seconds: u64,
    pub rounds: u64,
    pub senders: usize,
}

const KEY: &str = "bench-root-key-0123456789";
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Default)]
struct Figures {
    per_s: Vec<f64>,
    accept_p50: Vec<f64>,
    accept_p99: Vec<f64>,
    end_p50: Vec<f64>,
    end_p99: Vec<f64>,
    cpu_ms: Vec<f64>,
    disk_kb: Vec<f64>,
    idle_mb: Vec<f64>,
    busy_mb: Vec<f64>,
    start_s: Vec<f64>,
}

pub async fn run(plan: Plan) -> anyhow::Result<()> {
    let receiver = Receiver::start().await?;
    let dir = tempfile::tempdir()?;
    let syncs = limits(dir.path())?;
    let (mut ours, mut bare) = (Figures::default(), Figures::default());
    for round in 1..=plan.rounds {
        println!("round {round} of {}", plan.rounds);
        measure_bare(&plan, &receiver, &mut bare).await?;
        measure_ours(&plan, &receiver, &mut ours).await?;
    }
    let killed = kill_in_a_burst(&receiver).await?;
    println!(
        "\nmachine: 4 KiB append + fdatasync {syncs:.0}/s; {} senders, closed loop, 1.5 KiB events, one flow with one delivery; medians of {} rounds\n",
        plan.senders, plan.rounds
    );
    table::print(&rows(ours, bare, &killed));
    Ok(())
}

fn limits(dir: &Path) -> anyhow::Result<f64> {
    println!("machine limits");
    crate::limits::syncs_per_s(dir)
}

async fn measure_bare(
    plan: &Plan,
    receiver: &Receiver,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let (dir, address) = (tempfile::tempdir()?, free_address()?);
    let program = std::env::current_exe()?;
    let url = format!("http://{}/", receiver.address);
    let process = Process::start(
        &program,
        &["bare", &address, &url, &dir.path().to_string_lossy()],
        &[],
        &address,
    )
    .await?;
    let target = Target {
        address,
        path: "/v1/events",
        key: KEY.into(),
    };
    measure(plan, receiver, &process, &target, figures).await?;
    Ok(())
}

async fn measure_ours(
    plan: &Plan,
    receiver: &Receiver,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let dir = tempfile::tempdir()?;
    let started = Instant::now();
    let mut process = serve(dir.path()).await?;
    let target = Target {
        address: process.address.clone(),
        path: "/v1/events",
        key: KEY.into(),
    };
    load::paced(&target, 1000, 1, 0).await?;
    figures.start_s.push(started.elapsed().as_secs_f64());
    create_flow(&target, receiver).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    figures.idle_mb.push(process.memory_mb());
    let sent = measure(plan, receiver, &process, &target, figures).await?;
    process.stop();
    // An orderly end leaves no log beside the database: what is there now is what events cost.
    figures.disk_kb.push(disk_kb(dir.path()) / sent as f64);
    Ok(())
}

async fn measure(
    plan: &Plan,
    receiver: &Receiver,
    process: &Process,
    target: &Target,
    figures: &mut Figures,
) -> anyhow::Result<usize> {
    receiver.reset();
    let warm = load::closed(
        target,
        plan.senders,
        Duration::from_secs(1),
        u64::MAX / 2,
        1_000_000,
    )
    .await;
    receiver
        .wait_for(usize::MAX, Duration::from_millis(300))
        .await;
    receiver.reset();
    let (cpu, started) = (process.cpu_s(), Instant::now());
    let mut sent = load::closed(
        target,
        plan.senders,
        Duration::from_secs(plan.seconds),
        u64::MAX / 2,
        5_000_000,
    )
    .await;
    let count = sent.acknowledged.len();
    receiver.wait_for(count, PATIENCE).await;
    let took = started.elapsed().as_secs_f64();
    if receiver.distinct() < count {
        bail!(
            "{count} events were acknowledged, only {} were delivered",
            receiver.distinct()
        );
    }
    figures.per_s.push(count as f64 / took);
    figures
        .accept_p50
        .push(quantile_ms(&mut sent.latencies_us, 0.5));
    figures
        .accept_p99
        .push(quantile_ms(&mut sent.latencies_us, 0.99));
    figures
        .cpu_ms
        .push((process.cpu_s() - cpu) * 1000.0 / count as f64);
    figures.busy_mb.push(process.memory_mb());
    receiver.reset();
    load::paced(target, 100, 300, 9_000_000).await?;
    receiver.wait_for(300, PATIENCE).await;
    let mut latencies = receiver.latencies_us();
    figures.end_p50.push(quantile_ms(&mut latencies, 0.5));
    figures.end_p99.push(quantile_ms(&mut latencies, 0.99));
    Ok(warm.acknowledged.len() + count + 300)
}

async fn serve(dir: &Path) -> anyhow::Result<Process> {
    let address = free_address()?;
    let args = [
        "serve",
        "--data",
        &dir.to_string_lossy(),
        "--listen",
        &address,
        "--allow-network",
        "127.0.0.1/32",
    ];
    Process::start(
        &switchhook()?,
        &args,
        &[("SWITCHHOOK_ROOT_KEY", KEY), ("SWITCHHOOK_LOG", "warn")],
        &address,
    )
    .await
}

async fn create_flow(target: &Target, receiver: &Receiver) -> anyhow::Result<()> {
    let flow = json!({ "name": "bench", "on": ["call.ended"], "steps": [
        { "id": "send", "do": "webhook.send", "with": { "url": format!("http://{}/hook", receiver.address) }, "retry": { "attempts": 5, "first_s": 1 } }
    ] });
    let (status, body) =
        load::once(target, "POST", "/v1/flows", flow.to_string().into_bytes()).await?;
    if status != 201 {
        bail!(
            "the flow was refused with {status}: {}",
            String::from_utf8_lossy(&body)
        );
    }
    Ok(())
}

struct Killed {
    acknowledged: usize,
    lost: usize,
    repeated: usize,
    all_delivered_s: f64,
}

/// kill -9 in the middle of a burst of 5,000, restart, count.
async fn kill_in_a_burst(receiver: &Receiver) -> anyhow::Result<Killed> {
    println!("kill -9 in a burst of 5,000");
    receiver.reset();
    let dir = tempfile::tempdir()?;
    let mut process = serve(dir.path()).await?;
    let target = Target {
        address: process.address.clone(),
        path: "/v1/events",
        key: KEY.into(),
    };
    create_flow(&target, receiver).await?;
    let burst =
        tokio::spawn(
            async move { load::closed(&target, 32, Duration::from_secs(30), 5000, 1).await },
        );
    receiver.wait_for(2000, PATIENCE).await;
    process.kill();
    let sent = burst.await.context("the senders ended")?;
    let restarted = Instant::now();
    let _process = serve(dir.path()).await?;
    let lost = receiver.missing(&sent.acknowledged, PATIENCE).await.len();
    let all_delivered_s = restarted.elapsed().as_secs_f64();
    Ok(Killed {
        acknowledged: sent.acknowledged.len(),
        lost,
        repeated: receiver.repeated(),
        all_delivered_s,
    })
}

fn rows(mut ours: Figures, mut bare: Figures, killed: &Killed) -> Vec<Row> {
    let (per_s, bare_per_s) = (median(&mut ours.per_s), median(&mut bare.per_s));
    let pair =
        |p50: &mut Vec<f64>, p99: &mut Vec<f64>| format!("{:.1} / {:.1}", median(p50), median(p99));
    vec![
        Row {
            what: "events/s end to end",
            ours: format!("{per_s:.0} ({:.0} % of bare)", 100.0 * per_s / bare_per_s),
            bare: format!("{bare_per_s:.0}"),
            must: ">= 5,000 now, >= 15,000 and 90 % the goal",
        },
        Row {
            what: "accept p50 / p99, ms",
            ours: pair(&mut ours.accept_p50, &mut ours.accept_p99),
            bare: pair(&mut bare.accept_p50, &mut bare.accept_p99),
            must: "p99 <= 20 now, <= 2.5 / <= 8 the goal",
        },
        Row {
            what: "end to end p50 / p99 at 100/s, ms",
            ours: pair(&mut ours.end_p50, &mut ours.end_p99),
            bare: pair(&mut bare.end_p50, &mut bare.end_p99),
            must: "<= 2 / <= 4 the goal",
        },
        Row {
            what: "CPU per event, ms",
            ours: format!("{:.3}", median(&mut ours.cpu_ms)),
            bare: format!("{:.3}", median(&mut bare.cpu_ms)),
            must: "<= 0.10 the goal",
        },
        Row {
            what: "disk per event, KB",
            ours: format!("{:.1}", median(&mut ours.disk_kb)),
            bare: "-".into(),
            must: "<= 2 the goal",
        },
        Row {
            what: "memory idle / under load, MB",
            ours: pair(&mut ours.idle_mb, &mut ours.busy_mb),
            bare: format!("- / {:.1}", median(&mut bare.busy_mb)),
            must: "idle <= 40 now, <= 30 / <= 150 the goal",
        },
        Row {
            what: "start to first accepted event, s",
            ours: format!("{:.3}", median(&mut ours.start_s)),
            bare: "-".into(),
            must: "<= 0.2 now, <= 0.1 the goal",
        },
        Row {
            what: "kill -9 in a burst: acknowledged",
            ours: killed.acknowledged.to_string(),
            bare: "-".into(),
            must: "",
        },
        Row {
            what: "  lost / delivered twice",
            ours: format!("{} / {}", killed.lost, killed.repeated),
            bare: "-".into(),
            must: "0 / only what was in flight",
        },
        Row {
            what: "  all delivered after, s",
            ours: format!("{:.2}", killed.all_delivered_s),
            bare: "-".into(),
            must: "<= 3",
        },
    ]
}
