//! The world of a black-box test: the real binary on a data directory of its own, and a receiver that does as it is told.
//! Nothing sleeps: tests wait for a fact, and fail with it when it does not come.

mod receiver;

pub use receiver::{Received, Receiver};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub const ROOT: &str = "test-root-key-0123456789";
/// What seals a shared database's secrets; a data directory makes its own.
pub const SEAL_KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Server {
    child: Child,
    pub url: String,
    pub sign_in: Option<String>,
    client: Client<HttpConnector, Full<Bytes>>,
}

pub struct Answer {
    pub status: u16,
    pub headers: hyper::HeaderMap,
    pub text: String,
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// The body of an answer that must have this status.
    #[track_caller]
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }
}

/// Whether these tests run on PostgreSQL: `SWITCHHOOK_TEST_STORE=postgres` runs them all a second time.
pub fn on_postgres() -> bool {
    std::env::var("SWITCHHOOK_TEST_STORE").is_ok_and(|store| store == "postgres")
}

/// The database that stands for this data directory: made when it is asked for first.
pub fn database(data: &Path) -> String {
    static MADE: Mutex<BTreeMap<PathBuf, String>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().expect("no holder panics");
    made.entry(data.to_owned())
        .or_insert_with(lab::database)
        .clone()
}

pub fn command(data: &Path) -> Command {
    let mut command = shut(data);
    command.args(["--allow-network", "127.0.0.1/32"]);
    command
}

/// One that may not reach this machine.
pub fn shut(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchhook"));
    command.args(["serve", "--data"]).arg(data);
    command
        .env("SWITCHHOOK_ROOT_KEY", ROOT)
        .env("SWITCHHOOK_LOG", "warn")
        .env("SWITCHHOOK_LISTEN", "127.0.0.1:0");
    if on_postgres() {
        command
            .env("SWITCHHOOK_DATABASE", database(data))
            .env("SWITCHHOOK_SEAL_KEY", SEAL_KEY);
    }
    command
}

impl Server {
    pub fn start(data: &Path) -> Server {
        Self::spawn(command(data)).expect("the server starts")
    }

    /// `None` when the process ended before it listened (a crash point at the start).
    pub fn spawn(command: Command) -> Option<Server> {
        Self::spawn_logging(command, Stdio::inherit())
    }

    /// As `spawn`, with the log going to `log`.
    pub fn spawn_logging(mut command: Command, log: impl Into<Stdio>) -> Option<Server> {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the binary runs");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let url = loop {
            let Some(Ok(line)) = lines.next() else {
                child.wait().expect("it ended");
                return None;
            };
            if let Some(url) = line.strip_prefix("Switchhook is listening on ") {
                break url.to_owned();
            }
        };
        let sign_in = lines
            .next()
            .and_then(Result::ok)
            .and_then(|line| Some(line[line.find("http")?..].to_owned()));
        std::thread::spawn(move || lines.for_each(drop));
        Some(Server {
            child,
            url,
            sign_in,
            client: Client::builder(TokioExecutor::new()).build_http(),
        })
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The most memory that it ever took.
    pub fn peak_mb(&self) -> u64 {
        let status = format!("/proc/{}/status", self.process());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb: u64 = line
            .unwrap()
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .unwrap();
        kb / 1024
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Whether the process has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// SIGTERM, and the exit code once it has ended.
    pub fn stop(&mut self) -> Option<i32> {
        let status = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(status.success());
        self.child.wait().expect("it ended").code()
    }

    /// An answer that does not end.
    pub async fn open(&self, path: &str, headers: &[(&str, &str)]) -> Stream {
        let mut request = Request::get(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::default()).expect("a request");
        let answer = self.client.request(request).await.expect("an answer");
        assert_eq!(answer.status(), 200);
        Stream(answer.into_body())
    }

    pub async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, String> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(body.into())).expect("a request");
        let answer = tokio::time::timeout(PATIENCE, self.client.request(request))
            .await
            .map_err(|_| "time is up".to_owned())?;
        let (parts, body) = answer.map_err(|error| error.to_string())?.into_parts();
        let body = body
            .collect()
            .await
            .map_err(|error| error.to_string())?
            .to_bytes();
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        })
    }

    /// A call with the root key and a JSON body.
    pub async fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        let auth = format!("Bearer {ROOT}");
        let headers = [
            ("authorization", auth.as_str()),
            ("content-type", "application/json"),
        ];
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.call(method, path, &headers, body)
            .await
            .expect("the server answers")
    }

    pub async fn get(&self, path: &str) -> Value {
        self.ask("GET", path, &Value::Null).await.ok(200)
    }

    /// Saves a flow; answers its id.
    pub async fn flow(&self, flow: Value) -> String {
        let saved = self.ask("POST", "/v1/flows", &flow).await.ok(201);
        saved["id"].as_str().expect("a flow has an id").to_owned()
    }

    pub async fn send(&self, event: &Value) -> Value {
        self.ask("POST", "/v1/events", event).await.ok(202)
    }

    /// Waits until `fact` holds of a GET.
    pub async fn until(&self, path: &str, fact: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let value = self.get(path).await;
            if fact(&value) {
                return value;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "it did not come true: GET {path} {value:#}"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until a run has ended.
    pub async fn ended(&self, run: &str) -> Value {
        self.until(&format!("/v1/runs/{run}"), |run| {
            ["succeeded", "failed", "cancelled"]
                .iter()
                .any(|end| run["status"] == *end)
        })
        .await
    }
}

pub struct Stream(hyper::body::Incoming);

impl Stream {
    /// What comes next; `None` when it has ended.
    pub async fn next(&mut self) -> Option<String> {
        let frame = self.0.frame().await?.ok()?;
        let data = frame.into_data().unwrap_or_default();
        Some(String::from_utf8_lossy(&data).into_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A finished call with an analysis.
pub fn ended(call: &str) -> Value {
    json!({ "kind": "call.ended", "at": "2026-11-20T17:30:05Z", "call": {
        "provider_call_id": call, "direction": "outbound", "from": "+15550100", "to": "+15550101", "status": "completed",
        "started_at": "2026-11-20T17:28:00Z", "ended_at": "2026-11-20T17:30:05Z", "duration_s": 125,
        "transcript": [{ "role": "agent", "text": "Hello!", "start_s": 0.4 }, { "role": "customer", "text": "Hi.", "start_s": 2.1 }],
        "analysis": { "summary": "Wants a demo", "success": true, "structured": { "interested": true, "budget": 5000, "notes": "says \"call me\"\n{{ secrets.crm }}" } } } })
}

pub fn webhook(url: &str) -> Value {
    json!({ "name": "hook", "on": ["call.ended"], "steps": [{ "id": "send", "do": "webhook.send", "with": { "url": url } }] })
}

/// Where the webhooks of an endpoint go, as its path.
#[track_caller]
pub fn inbox(endpoint: &Value) -> String {
    let url = text(endpoint, "/url");
    url[url.find("/v1/in/").expect("an address")..].to_owned()
}

#[track_caller]
pub fn text(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no text at {pointer} in {value:#}"))
        .to_owned()
}
