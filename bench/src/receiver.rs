//! A receiver that answers 200 at once and remembers how often and how late each number came.

use crate::payload;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper::{Request, Response, body::Incoming};
use hyper_util::rt::TokioIo;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

#[derive(Clone)]
pub struct Receiver {
    pub address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    /// How often each number came.
    times: HashMap<u64, u32>,
    latencies_us: Vec<u64>,
}

impl Receiver {
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let receiver = Self {
            address: listener.local_addr()?,
            seen: Arc::default(),
        };
        let seen = receiver.seen.clone();
        tokio::spawn(serve(listener, move |_, request| {
            answer(seen.clone(), request)
        }));
        Ok(receiver)
    }

    /// Forgets everything: a new measurement begins.
    pub fn reset(&self) {
        *self.lock() = Seen::default();
    }

    pub fn distinct(&self) -> usize {
        self.lock().times.len()
    }

    /// How many came more than once.
    pub fn repeated(&self) -> usize {
        self.lock()
            .times
            .values()
            .filter(|times| **times > 1)
            .count()
    }

    fn has(&self, number: u64) -> bool {
        self.lock().times.contains_key(&number)
    }

    pub fn latencies_us(&self) -> Vec<u64> {
        self.lock().latencies_us.clone()
    }

    /// Waits until so many have come, or nothing has come for `patience`.
    pub async fn wait_for(&self, count: usize, patience: Duration) -> Duration {
        let (started, mut best, mut since) = (Instant::now(), 0, Instant::now());
        loop {
            let now = self.distinct();
            if now > best {
                (best, since) = (now, Instant::now());
            }
            if now >= count || since.elapsed() > patience {
                return started.elapsed();
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Waits until each of these has come; says which have not within `patience`.
    pub async fn missing(&self, numbers: &[u64], patience: Duration) -> Vec<u64> {
        let until = Instant::now() + patience;
        loop {
            let missing: Vec<u64> = numbers
                .iter()
                .copied()
                .filter(|number| !self.has(*number))
                .collect();
            if missing.is_empty() || Instant::now() > until {
                return missing;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().expect("no holder panics")
    }
}

/// Answers whoever connects, until its task is dropped.
pub async fn serve<F, A>(listener: TcpListener, answer: F)
where
    F: Fn(SocketAddr, Request<Incoming>) -> A + Clone + Send + 'static,
    A: Future<Output = Result<Response<Full<Bytes>>, hyper::Error>> + Send + 'static,
{
    while let Ok((stream, peer)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        let answer = answer.clone();
        let service = service_fn(move |request| answer(peer, request));
        tokio::spawn(
            hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service),
        );
    }
}

async fn answer(
    seen: Arc<Mutex<Seen>>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let body = request.into_body().collect().await?.to_bytes();
    if let Some((number, sent_us)) = payload::find(&body) {
        let late = payload::now_us().saturating_sub(sent_us);
        let mut seen = seen.lock().expect("no holder panics");
        *seen.times.entry(number).or_insert(0) += 1;
        seen.latencies_us.push(late);
    }
    Ok(Response::new(Full::new(Bytes::from_static(
        b"{\"ok\":true}",
    ))))
}
