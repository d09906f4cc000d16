//! Senders as voice platforms are: each sends an event again until it is acknowledged, at whichever node answers, and only then
//! the next. They remember what was acknowledged, and how they were refused meanwhile.

use bench::load::{self, Connection, Target};
use bench::payload;
use http_body_util::BodyExt;
use hyper::header::RETRY_AFTER;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Whoever gets no answer for so long was left hanging.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// Sooner than `Retry-After` says: impatient senders are the harder case.
const AGAIN: Duration = Duration::from_millis(30);

/// How to send.
pub struct Plan {
    pub senders: usize,
    /// Between an acknowledgement and the next event of the same sender.
    pub pause: Duration,
    /// Whose calls they are.
    pub agent: &'static str,
    /// The number of the first event; no two loads of a world share numbers.
    pub first: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            senders: 16,
            pause: Duration::from_millis(6),
            agent: "a1",
            first: 1,
        }
    }
}

#[derive(Debug, Default, Clone)]
pub struct Tally {
    pub acknowledged: Vec<u64>,
    pub latencies_us: Vec<u64>,
    /// Answers of 503 and of 429.
    pub unavailable: u64,
    pub slowed_down: u64,
    /// Of those, without a `Retry-After`.
    pub without_time: u64,
    /// Any other status.
    pub other: BTreeMap<u16, u64>,
    /// No connection, or a broken one.
    pub broken: u64,
    /// No answer within the patience of a sender.
    pub hung: u64,
}

impl Tally {
    /// Both together.
    pub fn and(mut self, mut other: Tally) -> Tally {
        self.acknowledged.append(&mut other.acknowledged);
        self.latencies_us.append(&mut other.latencies_us);
        self.unavailable += other.unavailable;
        self.slowed_down += other.slowed_down;
        self.without_time += other.without_time;
        self.broken += other.broken;
        self.hung += other.hung;
        for (status, count) in other.other {
            *self.other.entry(status).or_default() += count;
        }
        self
    }
}

pub struct Load {
    shared: Arc<Shared>,
    tasks: Vec<JoinHandle<()>>,
}

struct Shared {
    targets: Vec<Target>,
    plan: Plan,
    next: AtomicU64,
    stop: AtomicBool,
    tally: Mutex<Tally>,
}

impl Load {
    pub fn start(targets: Vec<Target>, plan: Plan) -> Self {
        let senders = plan.senders;
        let shared = Arc::new(Shared {
            targets,
            next: AtomicU64::new(plan.first),
            stop: AtomicBool::new(false),
            tally: Mutex::default(),
            plan,
        });
        let tasks = (0..senders).map(|at| tokio::spawn(shared.clone().send_all(at)));
        Self {
            tasks: tasks.collect(),
            shared,
        }
    }

    /// What was acknowledged after so many others.
    pub fn acknowledged(&self, after: usize) -> Vec<u64> {
        let tally = self.shared.lock();
        tally.acknowledged.get(after..).unwrap_or_default().to_vec()
    }

    /// How many events were acknowledged so far.
    pub fn mark(&self) -> usize {
        self.shared.lock().acknowledged.len()
    }

    pub fn tally(&self) -> Tally {
        self.shared.lock().clone()
    }

    /// Waits until so many more are acknowledged; how long it took, or `None` when they were not within `patience`.
    pub async fn goes_on(&self, more: usize, patience: Duration) -> Option<Duration> {
        let (started, until) = (Instant::now(), self.mark() + more);
        while self.mark() < until {
            if started.elapsed() > patience {
                return None;
            }
            sleep(Duration::from_millis(2)).await;
        }
        Some(started.elapsed())
    }

    /// Lets everybody finish what is under way; an event that is not acknowledged by then is nobody's promise.
    pub async fn stop(mut self) -> Tally {
        self.shared.stop.store(true, Ordering::Relaxed);
        for task in std::mem::take(&mut self.tasks) {
            let _ = task.await;
        }
        self.tally()
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().expect("no holder panics")
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    async fn send_all(self: Arc<Self>, mut at: usize) {
        let mut connection = None;
        while !self.stopped() {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let body = payload::event_of(self.plan.agent, number);
            while !self.stopped() {
                let target = &self.targets[at % self.targets.len()];
                let started = Instant::now();
                let sent = timeout(PATIENCE, send(&mut connection, target, body.clone())).await;
                match self.count(number, started, sent) {
                    Next::Done => break,
                    Next::Same => {}
                    Next::Elsewhere => {
                        connection = None;
                        at += 1;
                    }
                }
                sleep(AGAIN).await;
            }
            sleep(self.plan.pause).await;
        }
    }

    fn count(
        &self,
        number: u64,
        started: Instant,
        sent: Result<anyhow::Result<(u16, bool)>, tokio::time::error::Elapsed>,
    ) -> Next {
        let mut tally = self.lock();
        let (status, has_time) = match sent {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => {
                tally.broken += 1;
                return Next::Elsewhere;
            }
            Err(_) => {
                tally.hung += 1;
                return Next::Elsewhere;
            }
        };
        match status {
            200..=299 => {
                tally.acknowledged.push(number);
                tally
                    .latencies_us
                    .push(started.elapsed().as_micros() as u64);
                return Next::Done;
            }
            503 => tally.unavailable += 1,
            429 => tally.slowed_down += 1,
            other => *tally.other.entry(other).or_default() += 1,
        }
        if matches!(status, 503 | 429) && !has_time {
            tally.without_time += 1;
        }
        Next::Same
    }
}

enum Next {
    Done,
    Same,
    Elsewhere,
}

/// Status, and whether the answer says when to come again.
async fn send(
    connection: &mut Option<Connection>,
    target: &Target,
    body: Vec<u8>,
) -> anyhow::Result<(u16, bool)> {
    let open = match connection {
        Some(open) => open,
        None => connection.insert(load::connect(&target.address).await?),
    };
    let answer = open
        .send_request(load::request(target, "POST", target.path, body))
        .await?;
    let (status, has_time) = (
        answer.status().as_u16(),
        answer.headers().contains_key(RETRY_AFTER),
    );
    answer.into_body().collect().await?;
    Ok((status, has_time))
}
