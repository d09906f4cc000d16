//! The receiver of everything that nodes deliver: what came, how often, when, from where and under which idempotency key.
//! The path says how it answers. Whether that is right is the verdict's business.

use bench::payload;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Answers at once, with success.
pub const PROMPT: &str = "/prompt";
/// Takes the request, and while it was told to hush does not answer.
pub const SILENT: &str = "/silent";
/// Refuses each event's first attempt, then takes it.
pub const SECOND: &str = "/second";

pub struct Ledger {
    pub address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    speaks: watch::Sender<bool>,
    serving: Mutex<JoinSet<()>>,
}

#[derive(Default)]
struct Seen {
    events: HashMap<u64, Event>,
    arrivals: Vec<Arrival>,
}

struct Event {
    key: String,
    attempts: u32,
    /// Answered with success.
    taken: u32,
    keys_differ: bool,
}

/// One delivery that was answered with success.
#[derive(Clone, Copy)]
pub struct Arrival {
    pub number: u64,
    pub at: Instant,
    pub from: IpAddr,
    /// Since the event was made at its sender.
    pub delay_us: u64,
}

impl Ledger {
    pub async fn start(address: IpAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((address, 0)).await?;
        let ledger = Self {
            address: listener.local_addr()?,
            seen: Arc::default(),
            speaks: watch::channel(true).0,
            serving: Mutex::default(),
        };
        ledger.serve(listener);
        Ok(ledger)
    }

    /// Another destination whose deliveries stand in this ledger, too.
    pub async fn another(&self) -> anyhow::Result<SocketAddr> {
        let listener = TcpListener::bind((self.address.ip(), 0)).await?;
        let address = listener.local_addr()?;
        self.serve(listener);
        Ok(address)
    }

    fn serve(&self, listener: TcpListener) {
        let (seen, spoken) = (self.seen.clone(), self.speaks.subscribe());
        let served = bench::receiver::serve(listener, move |peer, request| {
            answer(seen.clone(), spoken.clone(), peer, request)
        });
        let mut serving = self.serving.lock().expect("no holder panics");
        serving.spawn(served);
    }

    /// Whether `SILENT` answers; whoever waits for an answer gets it then.
    pub fn speak(&self, speaks: bool) {
        self.speaks.send_replace(speaks);
    }

    /// How many different events were taken.
    pub fn distinct(&self) -> usize {
        self.count(|event| event.taken > 0)
    }

    /// How many events were taken more than once.
    pub fn twice(&self) -> usize {
        self.count(|event| event.taken > 1)
    }

    /// How many came again under another key.
    pub fn keys_differ(&self) -> usize {
        self.count(|event| event.keys_differ)
    }

    fn count(&self, holds: impl Fn(&Event) -> bool) -> usize {
        self.lock()
            .events
            .values()
            .filter(|event| holds(event))
            .count()
    }

    /// Deliveries that came after so many others.
    pub fn arrivals(&self, after: usize) -> Vec<Arrival> {
        self.lock()
            .arrivals
            .get(after..)
            .unwrap_or_default()
            .to_vec()
    }

    /// How many deliveries came so far.
    pub fn mark(&self) -> usize {
        self.lock().arrivals.len()
    }

    /// Waits until each of these has come; answers those that have not once nothing new has come for `patience`.
    pub async fn missing(&self, mut numbers: Vec<u64>, patience: Duration) -> Vec<u64> {
        let mut since = Instant::now();
        loop {
            let before = numbers.len();
            {
                let seen = self.lock();
                let came = |number: &u64| seen.events.get(number).is_some_and(|e| e.taken > 0);
                numbers.retain(|number| !came(number));
            }
            if numbers.len() < before {
                since = Instant::now();
            }
            if numbers.is_empty() || since.elapsed() > patience {
                return numbers;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("no holder panics")
    }
}

async fn answer(
    seen: Arc<Mutex<Seen>>,
    mut spoken: watch::Receiver<bool>,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let path = request.uri().path().to_owned();
    let key = request.headers().get("idempotency-key");
    let key = key.and_then(|key| Some(key.to_str().ok()?.to_owned()));
    let body = request.into_body().collect().await?.to_bytes();
    let mut response = Response::new(Full::new(Bytes::from_static(b"{\"ok\":true}")));
    let Some((number, sent_us)) = payload::find(&body) else {
        return Ok(response);
    };
    let attempts = attempt(&seen, number, key.unwrap_or_default());
    if path == SILENT {
        let _ = spoken.wait_for(|speaks| *speaks).await;
    }
    if path == SECOND && attempts == 1 {
        *response.status_mut() = hyper::StatusCode::SERVICE_UNAVAILABLE;
    } else {
        take(&seen, number, sent_us, peer);
    }
    Ok(response)
}

/// How often it has come, this time included.
fn attempt(seen: &Mutex<Seen>, number: u64, key: String) -> u32 {
    let mut seen = seen.lock().expect("no holder panics");
    let event = seen.events.entry(number).or_insert_with(|| Event {
        key: key.clone(),
        attempts: 0,
        taken: 0,
        keys_differ: false,
    });
    event.attempts += 1;
    event.keys_differ |= event.key != key;
    event.attempts
}

fn take(seen: &Mutex<Seen>, number: u64, sent_us: u64, peer: SocketAddr) {
    let mut seen = seen.lock().expect("no holder panics");
    if let Some(event) = seen.events.get_mut(&number) {
        event.taken += 1;
    }
    seen.arrivals.push(Arrival {
        number,
        at: Instant::now(),
        from: peer.ip(),
        delay_us: payload::now_us().saturating_sub(sent_us),
    });
}
