//! How much CPU one delivery costs: `webhook.send` from one thread to a receiver on another, 64 at a time.
//! `cargo run --release -p actions --example deliver [deliveries]`; reads the thread's CPU time from /proc (Linux).

use actions::{Actions, AllowedNetwork, Config, Surroundings, World};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use kernel::flow::OnUnknown;
use kernel::lang::secret::{Mode, write};
use kernel::run::{Failure, Perform};
use serde_json::json;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const SENDERS: usize = 64;

struct Workspace;

#[async_trait::async_trait]
impl Surroundings for Workspace {
    async fn secret(&self, _: &str) -> Result<Option<Vec<Arc<str>>>, Failure> {
        Ok(Some(vec!["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".into()]))
    }

    fn allowed(&self) -> &[AllowedNetwork] {
        &[]
    }
}

fn main() {
    let deliveries = std::env::args()
        .nth(1)
        .map_or(Ok(200_000), |count| count.parse());
    let deliveries: u64 = deliveries.expect("the argument is a number of deliveries");
    let receiver = receiver();
    for signed in [false, true] {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        let world = World::new(Config {
            allowed: vec!["127.0.0.0/8".parse().expect("a network")],
            ..Config::default()
        });
        let step = Arc::new(step(receiver, signed));
        runtime.block_on(run(world, step, deliveries, signed));
    }
}

async fn run(world: World, step: Arc<Perform>, deliveries: u64, signed: bool) {
    let world = Arc::new(world);
    send(&world, &step, deliveries / 10).await;
    let (started, cpu) = (Instant::now(), cpu());
    send(&world, &step, deliveries).await;
    let (wall, cpu) = (started.elapsed(), self::cpu() - cpu);
    println!(
        "{}: {:.0} deliveries/s, {:.1} µs CPU each",
        if signed { "signed" } else { "unsigned" },
        deliveries as f64 / wall.as_secs_f64(),
        cpu.as_secs_f64() * 1e6 / deliveries as f64
    );
}

async fn send(world: &Arc<World>, step: &Arc<Perform>, deliveries: u64) {
    let left = Arc::new(AtomicU64::new(deliveries));
    let senders: Vec<_> = (0..SENDERS)
        .map(|_| {
            let (world, step, left) = (world.clone(), step.clone(), left.clone());
            tokio::spawn(async move {
                let take = || {
                    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1))
                };
                while take().is_ok() {
                    let outcome = world.perform(&step, &Workspace).await;
                    outcome.result.expect("the receiver accepts");
                }
            })
        })
        .collect();
    for sender in senders {
        sender.await.expect("a sender does not panic");
    }
}

/// A payload of 1.5 KiB.
fn step(receiver: SocketAddr, signed: bool) -> Perform {
    let turns: Vec<_> = (0..12)
        .map(|turn| json!({ "text": "I would like to book a table for two.", "type": "transcript", "sender": "human", "timestamp": 1_763_000_000 + turn }))
        .collect();
    let mut with = json!({
        "url": format!("http://{receiver}/hook"),
        "json": { "id": "evt_1", "type": "call.ended", "data": { "transcript": turns, "duration": 125 } },
    });
    if signed {
        with["secret"] = write(Mode::Plain, "hook").into();
    }
    let serde_json::Value::Object(with) = with else {
        unreachable!("it is an object")
    };
    Perform {
        step: "tell".into(),
        action: "webhook.send".into(),
        with,
        connection: None,
        timeout: Duration::from_secs(15),
        attempt: 1,
        key: "0123456789abcdef0123456789abcdef".into(),
        on_unknown: OnUnknown::Retry,
        unsure_since: None,
        warnings: Vec::new(),
    }
}

fn receiver() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    listener.set_nonblocking(true).expect("it can be polled");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("it is nonblocking");
            while let Ok((stream, _)) = listener.accept().await {
                let service = service_fn(|request: Request<Incoming>| async move {
                    let _ = request.into_body().collect().await;
                    Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
                });
                let connection = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service);
                tokio::spawn(connection);
            }
        });
    });
    address
}

/// CPU time of this thread.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat.split(' ').next().and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}
