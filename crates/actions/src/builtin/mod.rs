//! The builtin actions, one file and one line each. An action turns a step's rendered inputs into calls to the world; it
//! remembers nothing and decides nothing about retries beyond what its failures say.

mod auth;
mod content;
mod http_request;
mod input;
mod signature;
mod webhook_send;

use crate::client::Http;
use crate::describe::Words;
use crate::failure::Fault;
use crate::guard::AllowedNetwork;
use crate::secret::Secrets;
use kernel::flow::ActionSpec;
use kernel::run::{Exchange, Failure, Output, Perform};
use serde_json::{Map, Value};
use tokio::time::Instant;

#[async_trait::async_trait]
pub(crate) trait Action: Send + Sync {
    fn spec(&self) -> &ActionSpec;

    /// How a form shows it.
    fn words(&self) -> Words;

    /// `host:port` that a call with these inputs goes to.
    fn destination(&self, with: &Map<String, Value>) -> Option<String>;

    async fn perform(&self, call: &Call<'_>) -> Done;
}

/// Every builtin action.
pub(crate) fn all() -> Vec<Box<dyn Action>> {
    vec![
        Box::new(http_request::HttpRequest::new()),
        Box::new(webhook_send::WebhookSend::new()),
    ]
}

/// One call to the world, and what it may use.
pub(crate) struct Call<'a> {
    pub(crate) perform: &'a Perform,
    pub(crate) secrets: Secrets,
    /// Networks that the workspace has opened.
    pub(crate) allowed: &'a [AllowedNetwork],
    pub(crate) http: &'a Http,
    pub(crate) deadline: Instant,
}

/// What came of it.
pub(crate) struct Done {
    pub(crate) result: Result<Output, Failure>,
    pub(crate) exchange: Option<Exchange>,
}

impl From<Fault> for Done {
    fn from(fault: Fault) -> Self {
        Self {
            result: Err(fault.into()),
            exchange: None,
        }
    }
}
