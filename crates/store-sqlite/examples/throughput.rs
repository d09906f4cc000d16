//! How fast the store is alone: tasks that each commit an accept-like unit, then the commit-like unit of its run, in a loop.
//! Usage: `throughput [seconds] [tasks] [directory] [scattered]`; prints units, CPU per pair and bytes on disk per event.

use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{CallId, FlowId, Id, Kind, WorkspaceId};
use kernel::run::Status;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use store::journal::{
    CallListing, CallPut, CallRow, Committed, EntryRow, EventRow, Lease, MessageRow, RunAdvance,
    RunRow, Unit,
};
use store::{Journal, Parts};
use store_sqlite::Sqlite;

struct Load {
    store: Sqlite,
    lease: Lease,
    workspace: WorkspaceId,
    flow: FlowId,
    scattered: bool,
    look_up: bool,
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

#[tokio::main(worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let seconds: u64 = arguments.next().map_or(10, |s| s.parse().expect("seconds"));
    let tasks: u64 = arguments.next().map_or(64, |s| s.parse().expect("tasks"));
    let directory: PathBuf = arguments.next().map_or(
        std::env::temp_dir().join(format!("throughput-{}", std::process::id())),
        PathBuf::from,
    );
    let flags: Vec<String> = arguments.collect();
    let store = Sqlite::open(&directory).expect("open");
    let roster = store
        .attend("load", Duration::ZERO, &Parts::all())
        .await
        .expect("own");
    let lease = Lease {
        node: "load".into(),
        epoch: roster.epochs[0],
    };
    let load = Arc::new(Load {
        store,
        lease,
        workspace: WorkspaceId::new(1, 1, [1; 16]),
        flow: FlowId::new(1, 1, [2; 16]),
        scattered: flags.iter().any(|f| f == "scattered"),
        look_up: flags.iter().any(|f| f == "look-up"),
        made: AtomicU64::new(1),
        texts: Texts::new(),
    });
    let (start, cpu) = (Instant::now(), cpu_us());
    let end = start + Duration::from_secs(seconds);
    let workers: Vec<_> = (0..tasks)
        .map(|_| tokio::spawn(work(load.clone(), end)))
        .collect();
    let mut latencies = Vec::new();
    for worker in workers {
        latencies.extend(worker.await.expect("a worker"));
    }
    let (wall, cpu) = (start.elapsed(), cpu_us() - cpu);
    let pairs = latencies.len() as u64 / 2;
    latencies.sort_unstable();
    let at = |share: f64| latencies[((latencies.len() - 1) as f64 * share) as usize];
    let stats = load.store.stats();
    let close = Instant::now();
    load.store.close().await;
    println!(
        "{:.0} pairs/s ({:.0} units/s), {:.1} us CPU per pair, {:.1} units per batch (largest {}), unit p50 {:?} p99 {:?} max {:?}, \
         {} bytes on disk per event, WAL {} MiB, close {:?}",
        pairs as f64 / wall.as_secs_f64(),
        2.0 * pairs as f64 / wall.as_secs_f64(),
        cpu as f64 / pairs as f64,
        stats.units as f64 / stats.batches as f64,
        stats.largest_batch,
        at(0.5),
        at(0.99),
        at(1.0),
        disk_bytes(&directory) / pairs.max(1),
        stats.wal_bytes >> 20,
        close.elapsed(),
    );
    std::fs::remove_dir_all(&directory).expect("remove the database");
}

async fn work(load: Arc<Load>, end: Instant) -> Vec<Duration> {
    let mut latencies = Vec::new();
    while Instant::now() < end {
        let n = load.made.fetch_add(1, Relaxed);
        let call: CallId = load.id(n, 1);
        if load.look_up {
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
        let random = mix(n * 7 + salt);
        let part = (random % 1024) as u16;
        let ms = if self.scattered {
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
    let (a, b) = (mix(n * 31), mix(n * 17 + 5));
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
fn cpu_us() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc/self/stat");
    let fields: Vec<&str> = stat
        .rsplit(") ")
        .next()
        .expect("fields")
        .split(' ')
        .collect();
    let ticks = |i: usize| fields[i].parse::<u64>().expect("ticks");
    (ticks(11) + ticks(12)) * 10_000
}

fn disk_bytes(directory: &Path) -> u64 {
    let files = std::fs::read_dir(directory).expect("the directory");
    files
        .map(|file| file.and_then(|f| f.metadata()).map_or(0, |m| m.len()))
        .sum()
}
