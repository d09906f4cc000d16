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

/// How an attempt was answered.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    Status(u16),
    /// The first digit of a status.
    Class(u16),
    /// The code of why it failed.
    Error(String),
}

impl std::str::FromStr for Answer {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_code = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        match (text.strip_suffix("xx"), text.parse()) {
            (_, Ok(status @ 100..=599)) => Ok(Self::Status(status)),
            (Some(class @ ("1" | "2" | "3" | "4" | "5")), _) => {
                Ok(Self::Class(u16::from(class.as_bytes()[0] - b'0')))
            }
            _ if !text.is_empty() && is_code(text) => Ok(Self::Error(text.to_owned())),
            _ => Err(
                "is no status (`404`), no class of them (`4xx`) and no code of an error (`timeout`)",
            ),
        }
    }
}

impl Answer {
    fn takes(&self, entry: &Entry) -> bool {
        let exchange = entry.exchange.as_ref();
        let status = exchange
            .and_then(|exchange| exchange.response.as_ref())
            .map(|response| response.status);
        match self {
            Self::Status(wanted) => status == Some(*wanted),
            Self::Class(wanted) => status.is_some_and(|status| status / 100 == *wanted),
            Self::Error(code) => entry
                .error
                .as_ref()
                .is_some_and(|error| error.code == *code),
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
    /// A status (`404`), a class of them (`4xx`), or the code of why it failed (`timeout`).
    #[param(example = "5xx")]
    answer: Option<String>,
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
    pub answer: Option<Answer>,
}

impl Wanted {
    pub fn read(params: &mut Params, workspace: WorkspaceId) -> Self {
        Self {
            destination: params.text("destination").map(|name| name.to_lowercase()),
            result: params.parsed("result"),
            answer: params.parsed("answer"),
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
            && self
                .answer
                .as_ref()
                .is_none_or(|wanted| wanted.takes(entry))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_status_a_class_or_the_code_of_an_error() {
        assert_eq!("404".parse(), Ok(Answer::Status(404)));
        assert_eq!("5xx".parse(), Ok(Answer::Class(5)));
        let code = Answer::Error("timeout_after_sending".into());
        assert_eq!("timeout_after_sending".parse(), Ok(code));
        for odd in ["", "99", "600", "9xx", "Timeout", "4XX"] {
            assert!(odd.parse::<Answer>().is_err(), "{odd}");
        }
    }
}
