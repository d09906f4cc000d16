//! The load that stores are measured with: tasks that each commit an accept-like unit, then the commit-like unit of its run, in
//! a loop. Not a fact of the port; the examples `throughput` of the stores run it.

use crate::journal::{
    CallListing, CallPut, CallRow, Committed, EntryRow, EventRow, Lease, MessageRow, RunAdvance,
    RunRow, Unit,
};
use crate::{Parts, Store};
use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{CallId, FlowId, Id, Kind, WorkspaceId};
use kernel::run::Status;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

pub struct Plan {
    pub seconds: u64,
    pub tasks: u64,
    /// Ids at random times, as against ids in the order of time.
    pub is_scattered: bool,
    /// Asks for each call before its accept.
    pub looks_up: bool,
}

pub struct Report {
    pub pairs: u64,
    pub wall: Duration,
    /// Of this process.
    pub cpu: Duration,
    /// Of units, sorted.
    latencies: Vec<Duration>,
}

impl Report {
    fn at(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        let at = (last as f64 * share) as usize;
        self.latencies.get(at).copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:.0} pairs/s, {:.1} us CPU per pair, unit p50 {:?} p99 {:?} max {:?}",
            self.pairs as f64 / self.wall.as_secs_f64(),
            self.cpu.as_micros() as f64 / self.pairs.max(1) as f64,
            self.at(0.5),
            self.at(0.99),
            self.at(1.0),
        )
    }
}

/// # Panics
/// When the store refuses anything.
pub async fn run(store: Arc<dyn Store>, plan: Plan) -> Report {
    let node = format!("load-{}", std::process::id());
    let roster = store
        .attend(&node, Duration::from_secs(3600), &Parts::all())
        .await
        .expect("attend");
    assert_eq!(roster.mine, Parts::all(), "no other node is there");
    let lease = Lease {
        node,
        epoch: roster.epochs[0],
    };
    let (tasks, seconds) = (plan.tasks, plan.seconds);
    let load = Arc::new(Load {
        store,
        lease,
        workspace: WorkspaceId::new(1, 1, [1; 16]),
        flow: FlowId::new(1, 1, [2; 16]),
        seed: mix(now().as_microsecond() as u64),
        plan,
        made: AtomicU64::new(1),
        texts: Texts::new(),
    });
    let (start, cpu) = (Instant::now(), cpu());
    let end = start + Duration::from_secs(seconds);
    let workers: Vec<_> = (0..tasks)
        .map(|_| tokio::spawn(work(load.clone(), end)))
        .collect();
    let mut latencies = Vec::new();
    for worker in workers {
        latencies.extend(worker.await.expect("a worker"));
    }
    let (wall, cpu) = (start.elapsed(), self::cpu() - cpu);
    latencies.sort_unstable();
    load.store.leave(&load.lease.node).await.expect("leave");
    Report {
        pairs: latencies.len() as u64 / 2,
        wall,
        cpu,
        latencies,
    }
}

struct Load {
    store: Arc<dyn Store>,
    lease: Lease,
    workspace: WorkspaceId,
    flow: FlowId,
    /// Another for every run, so that one database can be measured twice.
    seed: u64,
    plan: Plan,
    made: AtomicU64,
    texts: Texts,
}

/// Bodies made beforehand, so that making them is not measured.
struct Texts {
    messages: Vec<Bytes>,
    calls: Vec<Bytes>,
    runs: Vec<Bytes>,
    entries: Vec<Bytes>,
}

impl Texts {
    fn new() -> Self {
        let some = |kind, size| (0..97).map(|n| text(kind, n, size)).collect();
        Self {
            messages: some("message", 1536),
            calls: some("call", 600),
            runs: some("run", 240),
            entries: some("entry", 1200),
        }
    }
}

fn pick(texts: &[Bytes], n: u64) -> Bytes {
    texts[n as usize % texts.len()].clone()
}

async fn work(load: Arc<Load>, end: Instant) -> Vec<Duration> {
    let mut latencies = Vec::new();
    while Instant::now() < end {
        let n = load.seed.wrapping_add(load.made.fetch_add(1, Relaxed));
        let call: CallId = load.id(n, 1);
        if load.plan.looks_up {
            assert_eq!(load.store.call(call_key(n)).await.expect("call"), None);
        }
        let accept = load.accept(n, call);
        let (run, state) = (accept.runs[0].id, accept.runs[0].state.clone());
        let commit = Unit {
            lease: Some(load.lease.clone()),
            advanced: vec![RunAdvance {
                id: run,
                expect: 1,
                status: Status::Succeeded,
                destination: None,
                state,
                error: None,
                updated_at: now(),
                due_at: None,
            }],
            entries: vec![EntryRow {
                run,
                number: 0,
                body: pick(&load.texts.entries, n),
            }],
            ..Unit::default()
        };
        for unit in [accept, commit] {
            let start = Instant::now();
            assert_eq!(
                load.store.commit(unit).await.expect("commit"),
                Committed::Durable
            );
            latencies.push(start.elapsed());
        }
    }
    latencies
}

impl Load {
    fn id<K: Kind>(&self, n: u64, salt: u64) -> Id<K> {
        let random = mix(n.wrapping_mul(7).wrapping_add(salt));
        let part = (random % 1024) as u16;
        let ms = if self.plan.is_scattered {
            mix(random) >> 16
        } else {
            now().as_millisecond() as u64
        };
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&random.to_be_bytes());
        Id::new(ms, part, bytes)
    }

    fn accept(&self, n: u64, call: CallId) -> Unit {
        let message = self.id(n, 2);
        let number = format!("+1415{:07}", mix(n) % 10_000_000);
        Unit {
            matched_with: vec![(self.workspace, 0)],
            calls: vec![CallPut {
                expect: None,
                row: CallRow {
                    id: call,
                    key: call_key(n),
                    workspace: self.workspace,
                    version: 1,
                    state: pick(&self.texts.calls, n),
                    listing: CallListing {
                        provider: "vapi".into(),
                        provider_call_id: call.to_string(),
                        direction: Some("outbound".into()),
                        from: Some("+14155550100".into()),
                        to: Some(number),
                        agent: Some("agent_1".into()),
                        status: Some("ended".into()),
                        duration_s: Some(63.5),
                        started_at: Some(now()),
                        ended_at: Some(now()),
                        ..CallListing::default()
                    },
                },
            }],
            messages: vec![MessageRow {
                id: message,
                workspace: self.workspace,
                call,
                endpoint: None,
                provider: "vapi".into(),
                provider_event: "end-of-call-report".into(),
                received_at: now(),
                body: pick(&self.texts.messages, n),
            }],
            events: vec![EventRow {
                id: message.cast(),
                workspace: self.workspace,
                call,
                message,
                kind: "call.ended".into(),
                at: now(),
                detail: Bytes::from_static(b"{\"settled\":true}"),
            }],
            runs: vec![RunRow {
                id: self.id(n, 3),
                workspace: self.workspace,
                flow: self.flow,
                flow_version: 1,
                call,
                event: message.cast(),
                replay_of: None,
                parent: None,
                status: Status::Running,
                destination: Some("127.0.0.1:9000".into()),
                version: 1,
                epoch: self.lease.epoch,
                state: pick(&self.texts.runs, n),
                error: None,
                updated_at: now(),
                due_at: None,
            }],
            ..Unit::default()
        }
    }
}

/// JSON-like text that compresses about as well as a platform's payload does.
fn text(kind: &str, n: u64, size: usize) -> Bytes {
    let mut text = format!("{{\"type\":\"{kind}\",\"items\":[");
    let mut seed = mix(n);
    while text.len() < size {
        seed = mix(seed);
        let (a, b) = (seed % 100_000, seed >> 40);
        text += &format!("{{\"role\":\"user\",\"message\":\"word {a} said {b:x}\",\"time\":{n}}},");
    }
    text.truncate(size);
    text.into()
}

fn call_key(n: u64) -> [u8; 16] {
    let (a, b) = (
        mix(n.wrapping_mul(31)),
        mix(n.wrapping_mul(17).wrapping_add(5)),
    );
    (u128::from(a) << 64 | u128::from(b)).to_be_bytes()
}

fn mix(n: u64) -> u64 {
    let n = (n ^ (n >> 30))
        .wrapping_mul(0xbf58_476d_1ce4_e5b9)
        .wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

fn now() -> Timestamp {
    Timestamp::now()
}

/// User and system time of this process.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc/self/stat");
    let fields: Vec<&str> = stat
        .rsplit(") ")
        .next()
        .expect("fields")
        .split(' ')
        .collect();
    let ticks = |i: usize| fields[i].parse::<u64>().expect("ticks");
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
