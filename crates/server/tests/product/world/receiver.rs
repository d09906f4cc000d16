//! A receiver of webhooks: answers by its script, remembers what came.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response, body::Incoming};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// What to answer to a request, the n-th (0-based): status and body. A refusal whose body is a number asks for so many seconds.
type Script = Arc<dyn Fn(&Received, usize) -> (u16, &'static str) + Send + Sync>;

#[derive(Clone)]
pub struct Received {
    pub method: String,
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Received {
    #[track_caller]
    pub fn header(&self, name: &str) -> String {
        let value = self
            .headers
            .get(name)
            .unwrap_or_else(|| panic!("no header {name}"));
        value.to_str().expect("a text").to_owned()
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

pub struct Receiver {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    gate: watch::Sender<bool>,
}

impl Receiver {
    pub async fn start(script: fn(usize) -> (u16, &'static str)) -> Receiver {
        Self::start_with(move |_, n| script(n)).await
    }

    /// As `start`, with a script that looks at the request.
    pub async fn start_with(
        script: impl Fn(&Received, usize) -> (u16, &'static str) + Send + Sync + 'static,
    ) -> Receiver {
        let script: Script = Arc::new(script);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let (gate, open) = watch::channel(true);
        let all = received.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (all, script, open) = (all.clone(), script.clone(), open.clone());
                let service = service_fn(move |request| {
                    answer(all.clone(), script.clone(), open.clone(), request)
                });
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service),
                );
            }
        });
        Receiver {
            address,
            received,
            gate,
        }
    }

    /// What its runs' destination is called.
    pub fn destination(&self) -> String {
        self.address.to_string()
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    pub fn all(&self) -> Vec<Received> {
        self.received.lock().expect("no holder panics").clone()
    }

    /// Requests arrive but are not answered until `release`.
    pub fn hold(&self) {
        self.gate.send_replace(false);
    }

    pub fn release(&self) {
        self.gate.send_replace(true);
    }

    /// Waits until at least so many have come.
    #[track_caller]
    pub fn wait(&self, count: usize) -> impl Future<Output = Vec<Received>> + '_ {
        let caller = std::panic::Location::caller();
        async move {
            let started = Instant::now();
            loop {
                let all = self.all();
                if all.len() >= count {
                    return all;
                }
                assert!(
                    started.elapsed() < Duration::from_secs(20),
                    "{caller}: only {} of {count} came",
                    all.len()
                );
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}

async fn answer(
    all: Arc<Mutex<Vec<Received>>>,
    script: Script,
    mut open: watch::Receiver<bool>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (parts, body) = request.into_parts();
    let body = String::from_utf8_lossy(&body.collect().await?.to_bytes()).into_owned();
    let received = Received {
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        headers: parts.headers,
        body,
    };
    let number = {
        let mut all = all.lock().expect("no holder panics");
        all.push(received.clone());
        all.len() - 1
    };
    let _ = open.wait_for(|open| *open).await;
    let (status, body) = script(&received, number);
    let mut answer = Response::builder()
        .status(status)
        .header("content-type", "application/json");
    if status >= 400 && body.parse::<i64>().is_ok() {
        answer = answer.header("retry-after", body);
    }
    Ok(answer
        .body(Full::new(Bytes::from_static(body.as_bytes())))
        .expect("an answer"))
}
