//! The world out: what a flow can do to other systems, the one HTTP client and the guard on every socket it opens.
//! Nothing else in Switchhook opens an outbound connection. It remembers nothing: what must be kept goes through a trait.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod builtin;
mod client;
mod describe;
mod draft;
mod failure;
mod guard;
mod secret;

pub use describe::{Described, DescribedField, FieldWords, Input, catalogue};
pub use guard::AllowedNetwork;
pub use rustls::pki_types::CertificateDer;

use builtin::{Action, Call, Done};
use client::Http;
use failure::Code;
use kernel::Timestamp;
use kernel::flow::ActionSpec;
use kernel::run::{Outcome, Perform};
use secret::Secrets;
use serde_json::{Map, Value};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// No call takes longer, whatever its step says.
const LONGEST: Duration = Duration::from_secs(3_600);

/// What an action needs from its surroundings: supplied by the engine for one workspace.
#[async_trait::async_trait]
pub trait Surroundings: Send + Sync {
    /// The values of a secret that are valid now, newest first (more than one while a rotation overlaps); `None`: no such secret.
    async fn secret(&self, name: &str) -> Option<Vec<Arc<str>>>;
    /// Networks opened for this workspace, beside those of the process.
    fn allowed(&self) -> &[AllowedNetwork];
    /// Names of all secrets that the run may use: their values are masked in whatever comes back to any of its steps.
    fn secrets_of_run(&self) -> &[String] {
        &[]
    }
}

/// Where names are looked up, if not in the system's resolver. Its answers pass the guard like any other.
#[async_trait::async_trait]
pub trait Resolve: Send + Sync + std::fmt::Debug {
    async fn resolve(&self, host: &str) -> std::io::Result<Vec<IpAddr>>;
}

/// What can be done to the world, as the engine sees it. A simulation gives its own.
#[async_trait::async_trait]
pub trait Actions: Send + Sync {
    fn spec(&self, action: &str) -> Option<&ActionSpec>;
    fn names(&self) -> Vec<&str>;
    /// Where a call goes (`host:port`): fair claiming and per-destination limits count by it.
    fn destination(&self, action: &str, with: &Map<String, Value>) -> Option<String>;
    /// Makes one call to the world within its time-out. Every outcome, an unknown action included, is an outcome of the step.
    async fn perform(&self, perform: &Perform, surroundings: &dyn Surroundings) -> Outcome;
}

/// All actions, and the client through which they reach the world.
pub struct World {
    actions: Vec<Box<dyn Action>>,
    http: Http,
}

#[derive(Debug, Clone)]
pub struct Config {
    pub allowed: Vec<AllowedNetwork>,
    /// How much of a request or response body an entry keeps for people, in bytes.
    pub keep_body: usize,
    /// Certificates trusted beside those of public authorities.
    pub trust: Vec<CertificateDer<'static>>,
    /// The system's resolver unless given.
    pub resolver: Option<Arc<dyn Resolve>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            allowed: Vec::new(),
            keep_body: 16 << 10,
            trust: Vec::new(),
            resolver: None,
        }
    }
}

#[async_trait::async_trait]
impl Actions for World {
    fn spec(&self, action: &str) -> Option<&ActionSpec> {
        self.action(action).map(Action::spec)
    }

    fn names(&self) -> Vec<&str> {
        self.actions
            .iter()
            .map(|action| action.spec().name)
            .collect()
    }

    fn destination(&self, action: &str, with: &Map<String, Value>) -> Option<String> {
        self.action(action)?.destination(with)
    }

    async fn perform(&self, perform: &Perform, surroundings: &dyn Surroundings) -> Outcome {
        let started_at = Timestamp::now();
        let deadline = Instant::now() + perform.timeout.min(LONGEST);
        let mut done = match self.action(&perform.action) {
            Some(action) => self.call(action, perform, surroundings, deadline).await,
            None => Code::UnknownAction
                .because(format!("there is no action `{}`", perform.action))
                .into(),
        };
        if let Err(failure) = &mut done.result {
            failure.step.clone_from(&perform.step);
        }
        Outcome {
            result: done.result,
            exchange: done.exchange,
            started_at,
            ended_at: Timestamp::now(),
            queued: Duration::ZERO,
        }
    }
}

impl World {
    pub fn new(config: Config) -> World {
        World {
            actions: builtin::all(),
            http: Http::new(config),
        }
    }

    async fn call(
        &self,
        action: &dyn Action,
        perform: &Perform,
        surroundings: &dyn Surroundings,
        deadline: Instant,
    ) -> Done {
        let secrets = match timeout_at(deadline, Secrets::fetch(&perform.with, surroundings)).await
        {
            Ok(Ok(secrets)) => secrets,
            Ok(Err(fault)) => return fault.into(),
            Err(_) => {
                return Code::Timeout
                    .because("the secrets were not there within the time-out")
                    .into();
            }
        };
        let call = Call {
            perform,
            secrets,
            allowed: surroundings.allowed(),
            http: &self.http,
            deadline,
        };
        let mut done = action.perform(&call).await;
        if let Err(failure) = &mut done.result {
            failure.message = call.secrets.mask(&failure.message).into_owned();
        }
        done
    }

    fn action(&self, name: &str) -> Option<&dyn Action> {
        self.actions
            .iter()
            .map(Box::as_ref)
            .find(|action| action.spec().name == name)
    }
}
