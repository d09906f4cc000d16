//! The world in: a voice platform's webhook → observations, and our answer in the platform's own format.
//! Pure and synchronous: no store, no clock, no network. Adding a platform is a folder and a line in the registry.

use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;

/// A request as it came in. Header names are lower case; the body is the raw bytes that a signature covers.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    pub method: &'a str,
    /// The public address as the platform sees it, query included.
    pub url: &'a str,
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    Valid,
    Invalid(String),
    /// Nothing to check with: no secret is configured.
    None,
}

/// The message cannot be read as one of this platform's: told to the sender.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unreadable {
    /// JSON Pointer into the body, where known.
    pub path: String,
    pub message: String,
}

/// What flows answered to a question of the platform; `None` where no flow did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// One per observation that asks, in order.
    pub results: Vec<Option<Value>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub status: u16,
    pub content_type: &'static str,
    pub body: String,
}

pub trait Provider: Send + Sync {
    /// The folder name, e.g. `vapi`.
    fn name(&self) -> &'static str;
    /// What people call it, e.g. `Vapi`.
    fn title(&self) -> &'static str;
    /// Checks the signature over the raw bytes. `auth` is what was configured: `{"secret": …}` and the platform's own settings.
    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature;
    /// What the message says. An unknown message of the platform is an empty list, never an error.
    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable>;
    /// The answer to the platform, in its format; for a message that asks nothing a plain 200.
    fn reply(&self, request: &Request<'_>, observations: &[Observation], answer: &Answer) -> Reply;
    fn policy(&self) -> Policy {
        Policy::default()
    }
}

/// All platforms, by folder name.
pub fn all() -> &'static [&'static dyn Provider] {
    &[]
}

pub fn find(name: &str) -> Option<&'static dyn Provider> {
    all()
        .iter()
        .copied()
        .find(|provider| provider.name() == name)
}
