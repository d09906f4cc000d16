//! Senders on connections of their own: closed loops (each sends the next when the last was acknowledged), or a fixed rate, by one or by
//! many.

use crate::payload;
use anyhow::Context;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

pub type Connection = SendRequest<Full<Bytes>>;

#[derive(Clone)]
pub struct Target {
    pub address: String,
    pub path: &'static str,
    pub key: String,
}

#[derive(Default)]
pub struct Sent {
    /// Numbers that were acknowledged with a 2xx.
    pub acknowledged: Vec<u64>,
    pub refused: u64,
    pub latencies_us: Vec<u64>,
}

/// `senders` closed loops for `duration`, or until `most` have been sent; a lost connection ends its sender quietly.
pub async fn closed(
    target: &Target,
    senders: usize,
    duration: Duration,
    most: u64,
    first: u64,
) -> Sent {
    let (next, stop) = (Arc::new(AtomicU64::new(first)), Instant::now() + duration);
    let tasks: Vec<_> = (0..senders)
        .map(|_| {
            let (target, next) = (target.clone(), next.clone());
            tokio::spawn(async move {
                let mut sent = Sent::default();
                let Ok(mut connection) = connect(&target.address).await else {
                    return sent;
                };
                while Instant::now() < stop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= first + most
                        || !send(&mut connection, &target, number, &mut sent).await
                    {
                        break;
                    }
                }
                sent
            })
        })
        .collect();
    gather(tasks).await
}

/// One sender at a fixed rate.
pub async fn paced(
    target: &Target,
    per_second: u64,
    count: u64,
    first: u64,
) -> anyhow::Result<Sent> {
    let mut connection = connect(&target.address).await?;
    let mut ticks = tokio::time::interval(Duration::from_micros(1_000_000 / per_second));
    let mut sent = Sent::default();
    for number in first..first + count {
        ticks.tick().await;
        send(&mut connection, target, number, &mut sent).await;
    }
    Ok(sent)
}

/// So many a second, whatever becomes of them: a call's latency counts from the moment when it was to be sent, so that a server
/// that falls behind is told by it.
pub async fn open(
    target: Target,
    senders: usize,
    per_second: u64,
    duration: Duration,
    first: u64,
) -> Sent {
    let (next, started) = (Arc::new(AtomicU64::new(0)), Instant::now());
    let count = per_second * duration.as_secs();
    let tasks: Vec<_> = (0..senders)
        .map(|_| {
            let (target, next) = (target.clone(), next.clone());
            tokio::spawn(async move {
                let mut sent = Sent::default();
                let Ok(mut connection) = connect(&target.address).await else {
                    return sent;
                };
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return sent;
                    }
                    let due = started + Duration::from_micros(number * 1_000_000 / per_second);
                    tokio::time::sleep_until(due.into()).await;
                    if !send_due(&mut connection, &target, first + number, due, &mut sent).await {
                        return sent;
                    }
                }
            })
        })
        .collect();
    gather(tasks).await
}

pub async fn once(
    target: &Target,
    method: &str,
    path: &str,
    body: Vec<u8>,
) -> anyhow::Result<(u16, Bytes)> {
    let mut connection = connect(&target.address).await?;
    let answer = connection
        .send_request(request(target, method, path, body))
        .await?;
    let status = answer.status().as_u16();
    Ok((status, answer.into_body().collect().await?.to_bytes()))
}

pub async fn connect(address: &str) -> anyhow::Result<Connection> {
    let stream = TcpStream::connect(address)
        .await
        .with_context(|| format!("{address} does not answer"))?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn send(connection: &mut Connection, target: &Target, number: u64, sent: &mut Sent) -> bool {
    send_due(connection, target, number, Instant::now(), sent).await
}

/// Sends one whose latency counts from `started`; `false`: the connection is gone.
async fn send_due(
    connection: &mut Connection,
    target: &Target,
    number: u64,
    started: Instant,
    sent: &mut Sent,
) -> bool {
    let Ok(answer) = connection
        .send_request(request(target, "POST", target.path, payload::event(number)))
        .await
    else {
        return false;
    };
    let status = answer.status();
    if answer.into_body().collect().await.is_err() {
        return false;
    }
    if status.is_success() {
        sent.acknowledged.push(number);
        sent.latencies_us.push(started.elapsed().as_micros() as u64);
    } else {
        sent.refused += 1;
    }
    true
}

pub fn request(target: &Target, method: &str, path: &str, body: Vec<u8>) -> Request<Full<Bytes>> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, &target.address)
        .header(header::CONTENT_TYPE, "application/json");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {}", target.key));
    request
        .body(Full::new(Bytes::from(body)))
        .expect("constant parts are valid")
}

async fn gather(tasks: Vec<tokio::task::JoinHandle<Sent>>) -> Sent {
    let mut all = Sent::default();
    for task in tasks {
        let Ok(mut sent) = task.await else { continue };
        all.acknowledged.append(&mut sent.acknowledged);
        all.latencies_us.append(&mut sent.latencies_us);
        all.refused += sent.refused;
    }
    all
}
