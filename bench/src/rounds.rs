//! What is measured, in which order: the machine's limits, then the subjects in turn, several rounds, medians; at last each
//! loses a node in the middle of a burst.

use crate::figures::{self, Figures, Killed, ROWS};
use crate::five;
use crate::subject::{Running, Subject, create_flow};
use anyhow::{Context, bail};
use bench::load::{self, Sent, Target};
use bench::receiver::Receiver;
use bench::table::{self, median, quantile_ms};
use std::time::{Duration, Instant};

pub struct Plan {
    pub seconds: u64,
    pub rounds: u64,
    pub senders: usize,
    /// Names of subjects and of parts.
    pub only: Vec<String>,
}

const PATIENCE: Duration = Duration::from_secs(5);
/// A lost node's lease, and some.
const TAKEN_OVER: Duration = Duration::from_secs(15);
const SUBJECTS: [(&str, Subject); 4] = [
    ("bare pipeline", Subject::Bare),
    ("SQLite", Subject::Sqlite),
    ("PostgreSQL", Subject::Postgres { nodes: 1 }),
    ("two nodes", Subject::Postgres { nodes: 2 }),
];

/// What is measured, beside the subjects; `--only` names some of both.
const PARTS: [&str; 5] = [DELIVERIES, FIVE, CALLS, KILL, KERNEL];
const DELIVERIES: &str = "deliveries";
const FIVE: &str = "five steps";
const CALLS: &str = "calls";
const KILL: &str = "kill";
const KERNEL: &str = "kernel";

impl Plan {
    /// Whether one of several is wanted: all are, unless `--only` names some of them.
    fn wants(&self, all: &[&str], one: &str) -> bool {
        let named = |name: &str| self.only.iter().any(|only| only == name);
        named(one) || !all.iter().any(|name| named(name))
    }
}

pub async fn run(plan: Plan) -> anyhow::Result<()> {
    let receiver = Receiver::start().await?;
    println!("machine limits");
    let syncs = crate::limits::syncs_per_s(tempfile::tempdir()?.path())?;
    let mut measured: Vec<(&str, Subject, Figures)> = SUBJECTS
        .iter()
        .filter(|(name, _)| plan.wants(&SUBJECTS.map(|(name, _)| name), name))
        .map(|(name, subject)| (*name, *subject, Figures::default()))
        .collect();
    for round in 1..=plan.rounds {
        println!("round {round} of {}", plan.rounds);
        for (name, subject, figures) in &mut measured {
            if plan.wants(&PARTS, DELIVERIES) {
                measure(&plan, &receiver, *subject, figures)
                    .await
                    .with_context(|| (*name).to_owned())?;
            }
            if plan.wants(&PARTS, FIVE) {
                five_steps(&plan, &receiver, *subject, figures)
                    .await
                    .with_context(|| format!("{name}, five steps"))?;
            }
        }
    }
    for (_, subject, figures) in &mut measured {
        if *subject != Subject::Bare && plan.wants(&PARTS, CALLS) {
            println!("calls: hang-up to webhook, a storm, ten hours");
            figures.calls = Some(crate::calls::measure(&receiver, *subject).await?);
        }
        if *subject != Subject::Bare && plan.wants(&PARTS, KILL) {
            println!("kill -9 in a burst of 5,000");
            figures.killed = Some(kill_in_a_burst(&receiver, *subject).await?);
        }
    }
    println!(
        "\nmachine: 4 KiB append + fdatasync {syncs:.0}/s; {} senders, closed loop, 1.5 KiB events, one flow with one delivery; medians of {} rounds\n",
        plan.senders, plan.rounds
    );
    let bare = measured
        .iter_mut()
        .find(|(_, subject, _)| *subject == Subject::Bare)
        .map(|(_, _, figures)| [median(&mut figures.per_s), median(&mut figures.five_per_s)]);
    let mut columns: Vec<(&str, Vec<String>)> = measured
        .iter_mut()
        .map(|(name, _, figures)| (*name, figures.cells(bare)))
        .collect();
    if plan.wants(&PARTS, KERNEL) {
        columns.push((KERNEL, figures::kernel(crate::language::cells()?)));
    }
    table::print(&ROWS, columns);
    Ok(())
}

async fn measure(
    plan: &Plan,
    receiver: &Receiver,
    subject: Subject,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let started = Instant::now();
    let running = subject.start(receiver.address, 1).await?;
    let targets = running.targets();
    if subject != Subject::Bare {
        load::paced(&targets[0], 1000, 1, 0).await?;
        if subject == Subject::Sqlite {
            figures.start_s.push(started.elapsed().as_secs_f64());
        }
        create_flow(&targets[0], receiver.address).await?;
        // Two nodes divide the partitions meanwhile.
        tokio::time::sleep(Duration::from_millis(500 * targets.len() as u64 * 2)).await;
        figures.idle_mb.push(running.memory_mb());
    }
    let mut measured = steady(plan, receiver, &running, &targets).await?;
    figures.per_s.push(measured.per_s);
    let mut accept = |share| quantile_ms(&mut measured.sent.latencies_us, share);
    figures.accept_p50.push(accept(0.5));
    figures.accept_p99.push(accept(0.99));
    figures.cpu_ms.push(measured.cpu_ms);
    figures.busy_mb.push(running.memory_mb());
    receiver.reset();
    load::paced(&targets[0], 100, 300, 900_000_000).await?;
    receiver.wait_for(300, PATIENCE).await;
    let mut latencies = receiver.latencies_us();
    figures.end_p50.push(quantile_ms(&mut latencies, 0.5));
    figures.end_p99.push(quantile_ms(&mut latencies, 0.99));
    // An orderly end leaves no log beside a file: what is there then is what events cost.
    let disk_kb = running.stop()?;
    if subject != Subject::Bare {
        figures
            .disk_kb
            .push(disk_kb / (measured.events + 301) as f64);
    }
    Ok(())
}

async fn five_steps(
    plan: &Plan,
    receiver: &Receiver,
    subject: Subject,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let running = subject.start(receiver.address, five::DELIVERIES).await?;
    let targets = running.targets();
    if subject != Subject::Bare {
        five::create_flow(&targets[0], receiver.address).await?;
        tokio::time::sleep(Duration::from_millis(500 * targets.len() as u64 * 2)).await;
    }
    let measured = steady(plan, receiver, &running, &targets).await?;
    figures.five_per_s.push(measured.per_s);
    figures.five_cpu_ms.push(measured.cpu_ms);
    running.stop()?;
    Ok(())
}

/// What a steady load of all senders comes to.
struct Steady {
    sent: Sent,
    /// With what was sent to warm up.
    events: usize,
    per_s: f64,
    cpu_ms: f64,
}

async fn steady(
    plan: &Plan,
    receiver: &Receiver,
    running: &Running,
    targets: &[Target],
) -> anyhow::Result<Steady> {
    receiver.reset();
    let warm = burst(plan, targets, 1, 1_000_000).await;
    let warmed = warm.acknowledged.len();
    receiver.wait_for(warmed, PATIENCE).await;
    receiver.reset();
    let (cpu, started) = (running.cpu_s(), Instant::now());
    let sent = burst(plan, targets, plan.seconds, 5_000_000).await;
    let count = sent.acknowledged.len();
    receiver.wait_for(count, PATIENCE).await;
    let took = started.elapsed().as_secs_f64();
    if receiver.distinct() < count {
        bail!(
            "{count} events were acknowledged, only {} were delivered",
            receiver.distinct()
        );
    }
    Ok(Steady {
        per_s: count as f64 / took,
        cpu_ms: (running.cpu_s() - cpu) * 1000.0 / count as f64,
        events: warmed + count,
        sent,
    })
}

/// All senders, divided among the nodes.
async fn burst(plan: &Plan, targets: &[Target], seconds: u64, first: u64) -> Sent {
    let each = plan.senders.div_ceil(targets.len());
    let duration = Duration::from_secs(seconds);
    let bursts = targets.iter().enumerate().map(|(n, target)| {
        let first = first + n as u64 * 100_000_000;
        load::closed(target, each, duration, u64::MAX / 4, first)
    });
    let mut all = Sent::default();
    for sent in futures_util::future::join_all(bursts).await {
        all.acknowledged.extend(sent.acknowledged);
        all.latencies_us.extend(sent.latencies_us);
        all.refused += sent.refused;
    }
    all
}

/// kill -9 of the first node in the middle of a burst. Alone it is started again; of two, the other goes on.
async fn kill_in_a_burst(receiver: &Receiver, subject: Subject) -> anyhow::Result<Killed> {
    receiver.reset();
    let mut running = subject.start(receiver.address, 1).await?;
    let targets = running.targets();
    create_flow(&targets[0], receiver.address).await?;
    if targets.len() > 1 {
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    let burst = tokio::spawn(async move {
        let bursts = targets.iter().enumerate().map(|(n, target)| {
            let most = 5000 / targets.len() as u64;
            let first = 1 + n as u64 * 100_000_000;
            load::closed(target, 16, Duration::from_secs(30), most, first)
        });
        futures_util::future::join_all(bursts).await
    });
    receiver.wait_for(2000, PATIENCE).await;
    running.nodes[0].kill();
    let killed = Instant::now();
    let sent = burst.await.context("the senders ended")?;
    let acknowledged: Vec<u64> = sent
        .into_iter()
        .flat_map(|sent| sent.acknowledged)
        .collect();
    let mut since = killed;
    if running.nodes.len() == 1 {
        since = Instant::now();
        let again = running.node().await?;
        running.nodes.push(again);
    }
    let lost = receiver.missing(&acknowledged, TAKEN_OVER).await.len();
    Ok(Killed {
        acknowledged: acknowledged.len(),
        lost,
        repeated: receiver.repeated(),
        all_delivered_s: since.elapsed().as_secs_f64(),
    })
}
