//! A delivery on the wire, and which ones are wanted.

use crate::params::Params;
use crate::shapes::call::CallSummary;
use crate::shapes::run::{RunFlow, Status};
use jiff::Timestamp;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::{Entry, EntryResult};
use serde::Serialize;
use store::archive::RunFilter;
use url::Url;
use utoipa::{IntoParams, ToSchema};

/// One attempt that reached out to the world.
#[derive(Debug, Serialize, ToSchema)]
pub struct Delivery {
    #[schema(value_type = String)]
    pub run_id: RunId,
    pub run_status: Status,
    /// Position in the run's journal: `GET /v1/runs/{id}` has the exact request and response.
    pub entry: u32,
    pub flow: RunFlow,
    /// Null once the call has been deleted.
    #[schema(required = true)]
    pub call: Option<CallSummary>,
    pub step: String,
    #[schema(example = "http.request")]
    pub action: String,
    /// From 1.
    pub attempt: u32,
    pub result: DeliveryResult,
    /// `host:port`, or the name of the action where it has no address.
    #[schema(example = "crm.example:443")]
    pub destination: String,
    #[schema(required = true)]
    pub method: Option<String>,
    /// Secrets are masked.
    #[schema(required = true)]
    pub url: Option<String>,
    /// What was answered, where it was HTTP.
    #[schema(required = true)]
    pub status: Option<u16>,
    pub at: Timestamp,
    pub duration_ms: i64,
    /// Stable code of why it failed.
    #[schema(required = true)]
    pub error: Option<String>,
    #[schema(required = true)]
    pub message: Option<String>,
    #[schema(required = true)]
    pub retry_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryResult {
    Ok,
    Failed,
    /// Sent, but nobody knows whether it happened.
    Unknown,
}

impl std::str::FromStr for DeliveryResult {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "ok" => Ok(Self::Ok),
            "failed" => Ok(Self::Failed),
            "unknown" => Ok(Self::Unknown),
            _ => Err("is not ok, failed or unknown"),
        }
    }
}

/// Which deliveries. All that are given must hold.
#[derive(IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes what `Wanted::read` reads")]
pub struct DeliveryFilter {
    /// `host:port`, or the host alone.
    #[param(example = "crm.example:443")]
    destination: Option<String>,
    /// `ok`, `failed` or `unknown`.
    result: Option<String>,
    /// Id of the flow.
    flow: Option<String>,
    /// Of runs that started at or after.
    from: Option<Timestamp>,
    /// Of runs that started before.
    to: Option<Timestamp>,
}

#[derive(Debug)]
pub struct Wanted {
    pub runs: RunFilter,
    pub destination: Option<String>,
    pub result: Option<DeliveryResult>,
}

impl Wanted {
    pub fn read(params: &mut Params, workspace: WorkspaceId) -> Self {
        Self {
            destination: params.text("destination").map(|name| name.to_lowercase()),
            result: params.parsed("result"),
            runs: RunFilter {
                workspace: Some(workspace),
                flow: params.id("flow"),
                from: params.time("from"),
                to: params.time("to"),
                ..RunFilter::default()
            },
        }
    }

    pub fn takes(&self, entry: &Entry) -> bool {
        let Some(result) = result(entry) else {
            return false;
        };
        let goes_there = |wanted: &String| {
            let there = destination(entry);
            let host = there
                .rsplit_once(':')
                .map_or(there.as_str(), |(host, _)| host);
            *wanted == there || *wanted == host
        };
        self.result.is_none_or(|wanted| wanted == result)
            && self.destination.as_ref().is_none_or(goes_there)
    }
}

/// `None`: the entry is nothing that went out.
pub fn result(entry: &Entry) -> Option<DeliveryResult> {
    entry.exchange.as_ref()?;
    match entry.result {
        EntryResult::Ok => Some(DeliveryResult::Ok),
        EntryResult::Failed => Some(DeliveryResult::Failed),
        EntryResult::Unknown => Some(DeliveryResult::Unknown),
        EntryResult::Skipped => None,
    }
}

pub fn destination(entry: &Entry) -> String {
    let exchange = entry.exchange.as_ref();
    let url = exchange.and_then(|exchange| Url::parse(&exchange.request.url).ok());
    let named = url.and_then(|url| {
        let port = url.port_or_known_default()?;
        Some(format!("{}:{port}", url.host_str()?))
    });
    named.unwrap_or_else(|| entry.action.clone().unwrap_or_default())
}
