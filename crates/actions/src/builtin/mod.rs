//! The builtin actions, one file and one line each. An action turns a step's rendered inputs into calls to the world; it
//! remembers nothing and decides nothing about retries beyond what its failures say.

mod analysis_keep;
pub(crate) mod auth;
pub(crate) mod calendar;
mod code_run;
mod content;
mod csv;
pub(crate) mod email;
mod file_fetch;
mod http_request;
mod input;
pub(crate) mod llm;
mod phone_lookup;
mod resting;
mod signature;
pub(crate) mod sms;
pub(crate) mod sql;
pub(crate) mod storage;
mod webhook_send;

use crate::Surroundings;
use crate::client::Http;
use crate::connection::Connection;
use crate::describe::Words;
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::guard::AllowedNetwork;
use crate::secret::Secrets;
use http::{HeaderName, header::USER_AGENT};
use kernel::flow::ActionSpec;
use kernel::run::{Exchange, Failure, Output, Perform, Request};
use kernel::usage::Used;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::time::Instant;

pub(crate) const AGENT: &str = concat!("switchhook/", env!("CARGO_PKG_VERSION"));
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// In every request over HTTP: which one it is in a chain of deliveries that each caused the next. Whoever takes
/// events in refuses those of a chain that does not end.
pub const HOPS: HeaderName = HeaderName::from_static("switchhook-hops");

#[async_trait::async_trait]
pub(crate) trait Action: Send + Sync {
    fn spec(&self) -> &ActionSpec;

    /// How a form shows it.
    fn words(&self) -> Words;

    /// `host:port` that a call with these inputs goes to.
    fn destination(&self, with: &Map<String, Value>) -> Option<String>;

    /// Whether it depends on its inputs alone and reaches nothing, so that a dry test may do it.
    fn is_pure(&self) -> bool {
        false
    }

    async fn perform(&self, call: &Call<'_>) -> Done;

    /// What a call would send, as people see it; its inputs, unless the action can say more.
    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        let inputs = Value::Object(call.perform.with.clone());
        Ok(Request {
            method: self.spec().name.to_owned(),
            url: String::new(),
            headers: Vec::new(),
            body: Some(call.secrets.shown(&inputs.to_string())),
            truncated: false,
        })
    }
}

/// Every builtin action.
pub(crate) fn all() -> Vec<Box<dyn Action>> {
    let mut all: Vec<Box<dyn Action>> = vec![
        Box::new(http_request::HttpRequest::new()),
        Box::new(webhook_send::WebhookSend::new()),
        Box::new(email::EmailSend::new()),
        Box::new(sms::SmsSend::new()),
        Box::new(code_run::CodeRun::new()),
        Box::new(csv::CsvBuild::new()),
        Box::new(file_fetch::FileFetch::new()),
        Box::new(storage::StoragePut::new()),
        Box::new(phone_lookup::PhoneLookup::new()),
        Box::new(llm::LlmAsk::new()),
        Box::new(llm::extract::LlmExtract::new()),
        Box::new(analysis_keep::AnalysisKeep::new()),
    ];
    all.extend(calendar::all());
    all.extend(sql::all());
    all
}

/// One call to the world, and what it may use.
pub(crate) struct Call<'a> {
    pub(crate) perform: &'a Perform,
    pub(crate) secrets: Secrets,
    /// Of one of the kinds that the action takes.
    pub(crate) connection: Option<Arc<Connection>>,
    /// What it falls back on.
    pub(crate) second: Option<Arc<Connection>>,
    /// Networks that the workspace has opened.
    pub(crate) allowed: &'a [AllowedNetwork],
    pub(crate) http: &'a Http,
    /// For files larger than an answer may be.
    pub(crate) files: &'a Http,
    /// Mail servers that were spoken to a moment ago.
    pub(crate) mail: &'a email::Pool,
    /// Of all workspaces: `directory` is this one's.
    pub(crate) directory: Option<&'a Path>,
    pub(crate) surroundings: &'a dyn Surroundings,
    pub(crate) deadline: Instant,
    pub(crate) hops: u8,
}

impl Call<'_> {
    /// Where the workspace's files lie, if steps may use any.
    pub(crate) fn directory(&self) -> Result<PathBuf, Fault> {
        let none = || Code::BadInput.because("this server has no directory for files: see --files");
        let root = self.directory.ok_or_else(none)?;
        Ok(match self.surroundings.folder() {
            Some(folder) => root.join(folder),
            None => root.to_owned(),
        })
    }

    /// The headers that every request has, whatever the flow says.
    pub(crate) fn mark(&self, draft: &mut Draft) -> Result<(), Fault> {
        draft.default(USER_AGENT, AGENT);
        if !draft.has(&IDEMPOTENCY_KEY) {
            draft.set(IDEMPOTENCY_KEY, &self.perform.key)?;
        }
        draft.set(HOPS, &self.hops.saturating_add(1).to_string())
    }
}

/// What came of it.
pub(crate) struct Done {
    pub(crate) result: Result<Output, Failure>,
    pub(crate) exchange: Option<Exchange>,
    /// What is counted beside the attempt itself.
    pub(crate) used: Used,
}

impl From<Failure> for Done {
    fn from(failure: Failure) -> Self {
        Self {
            result: Err(failure),
            exchange: None,
            used: Used::default(),
        }
    }
}

impl From<Fault> for Done {
    fn from(fault: Fault) -> Self {
        Self {
            result: Err(fault.into()),
            exchange: None,
            used: Used::default(),
        }
    }
}
