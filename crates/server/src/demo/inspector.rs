//! Receivers to deliver to: an inspector that shows what arrived and checks its signature, a small CRM, and one that fails twice.
//! They keep the newest requests in memory and exist only with `--demo`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Timestamp;
use providers::{Request, Signature};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

const KEPT: usize = 200;
const STUBBORN_FAILURES: u32 = 2;

#[derive(Default)]
pub struct Inspector {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    secret: String,
    received: VecDeque<Received>,
    count: u64,
    /// Attempts at the stubborn receiver, by idempotency key.
    attempts: HashMap<String, u32>,
}

#[derive(Clone, Serialize)]
struct Received {
    id: u64,
    received_at: Timestamp,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
    /// `valid`, `invalid` or `none`.
    signature: &'static str,
    /// What the receiver answered.
    status: u16,
}

pub fn webhook_secret(random: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(random))
}

impl Inspector {
    /// Signatures are checked against this secret from now on.
    pub fn expect(&self, secret: String) {
        self.lock().secret = secret;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
        status: StatusCode,
    ) {
        let text = |value: &axum::http::HeaderValue| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let headers: Vec<(String, String)> = headers
            .iter()
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect();
        let mut seen = self.lock();
        let signature = signature(&seen.secret, method, &headers, body);
        seen.count += 1;
        let received = Received {
            id: seen.count,
            received_at: Timestamp::now(),
            method: method.to_string(),
            path: uri.path().into(),
            headers,
            body: String::from_utf8_lossy(body).into_owned(),
            signature,
            status: status.as_u16(),
        };
        seen.received.push_front(received);
        seen.received.truncate(KEPT);
    }
}

/// The same check that an endpoint of the generic form makes: Standard Webhooks headers.
fn signature(
    secret: &str,
    method: &Method,
    headers: &[(String, String)],
    body: &[u8],
) -> &'static str {
    if !headers.iter().any(|(name, _)| name == "webhook-signature") {
        return "none";
    }
    let provider = providers::find("custom").expect("the generic form is in the registry");
    let request = Request {
        method: method.as_str(),
        url: "",
        headers,
        body,
    };
    match provider.verify(&request, &json!({ "secret": secret }), Timestamp::now()) {
        Signature::Valid => "valid",
        Signature::Invalid(_) | Signature::None => "invalid",
    }
}

pub fn routes(inspector: Arc<Inspector>, state: api::State) -> Router {
    let receivers = Router::new()
        .route("/demo/inspect", any(inspect))
        .route("/demo/crm/leads", post(lead))
        .route("/demo/crm/nurture", post(inspect))
        .route("/demo/stubborn", post(stubborn))
        .with_state(inspector.clone());
    let list = Router::new()
        .route("/v1/inspector", get(list))
        .with_state(inspector);
    receivers.merge(api::readers_only(list, state))
}

async fn inspect(
    State(inspector): State<Arc<Inspector>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Json<Value> {
    inspector.keep(&method, &uri, &headers, &body, StatusCode::OK);
    Json(json!({ "ok": true }))
}

async fn lead(
    State(inspector): State<Arc<Inspector>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    inspector.keep(&method, &uri, &headers, &body, StatusCode::CREATED);
    let id = format!("lead_{}", inspector.lock().count);
    (StatusCode::CREATED, Json(json!({ "id": id })))
}

async fn stubborn(
    State(inspector): State<Arc<Inspector>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    let key = headers
        .get("idempotency-key")
        .map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned());
    let attempt = {
        let mut seen = inspector.lock();
        if seen.attempts.len() > KEPT {
            seen.attempts.clear();
        }
        let attempt = seen.attempts.entry(key.unwrap_or_default()).or_insert(0);
        *attempt += 1;
        *attempt
    };
    let (status, answer) = if attempt <= STUBBORN_FAILURES {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            json!({ "error": "not ready yet", "attempt": attempt }),
        )
    } else {
        (StatusCode::OK, json!({ "ok": true, "attempt": attempt }))
    };
    inspector.keep(&method, &uri, &headers, &body, status);
    (status, Json(answer))
}

async fn list(State(inspector): State<Arc<Inspector>>) -> Json<Value> {
    Json(json!({ "data": inspector.lock().received }))
}
