//! The world out: what a flow can do to other systems, the one HTTP client and the guard on every socket it opens.
//! Nothing else in Switchhook opens an outbound connection. It remembers nothing: what must be kept goes through a trait.

use kernel::flow::ActionSpec;
use kernel::run::{Outcome, Perform};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Networks that are open although they are not public: `CIDR[:PORT]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedNetwork(());

impl std::str::FromStr for AllowedNetwork {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let _ = text;
        Ok(Self(()))
    }
}

/// What an action needs from its surroundings: supplied by the engine for one workspace.
#[async_trait::async_trait]
pub trait Surroundings: Send + Sync {
    /// The values of a secret that are valid now, newest first (more than one while a rotation overlaps); `None`: no such secret.
    async fn secret(&self, name: &str) -> Option<Vec<Arc<str>>>;
    /// Networks opened for this workspace, beside those of the process.
    fn allowed(&self) -> &[AllowedNetwork];
}

/// All actions, and the client through which they reach the world.
pub struct World {}

#[derive(Debug, Clone, Default)]
pub struct Config {
    pub allowed: Vec<AllowedNetwork>,
    /// How much of a request or response body an entry keeps for people, in bytes.
    pub keep_body: usize,
}

impl World {
    pub fn new(config: Config) -> World {
        let _ = config;
        World {}
    }

    pub fn spec(&self, action: &str) -> Option<&ActionSpec> {
        let _ = action;
        None
    }

    pub fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Where a call goes (`host:port`): fair claiming and per-destination limits count by it.
    pub fn destination(&self, action: &str, with: &Map<String, Value>) -> Option<String> {
        let _ = (action, with);
        None
    }

    /// Makes one call to the world within its time-out. Every outcome, an unknown action included, is an outcome of the step.
    pub async fn perform(&self, perform: &Perform, surroundings: &dyn Surroundings) -> Outcome {
        let _ = surroundings;
        unreachable!("{}", perform.action)
    }
}
