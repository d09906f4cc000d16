//! The world out: what a flow can do to other systems, the one HTTP client and the guard on every socket it opens.
//! Nothing else in Switchhook opens an outbound connection. It remembers nothing: what must be kept goes through a trait.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod builtin;
mod client;
mod connection;
mod describe;
mod draft;
mod failure;
mod feed;
mod guard;
mod imagined;
mod masks;
pub mod recordings;
mod secret;
pub mod signing;
mod surroundings;
mod trial;

pub use builtin::HOPS;
pub use bytes::Bytes;
pub use client::{Ask, Pieces, Unanswered, Watch};
pub use connection::{
    Connection, ConnectionField, ConnectionInput, ConnectionKind, NoConnection, Verdict,
    check_connection, connection_kinds,
};
pub use describe::{Described, DescribedField, FieldWords, Input, catalogue};
pub use feed::Feed;
pub use guard::AllowedNetwork;
pub use imagined::imagined;
pub use masks::Masks;
pub use rustls::pki_types::CertificateDer;
pub use surroundings::Surroundings;

use builtin::email::Pool;
use builtin::{Action, Call, Done};
use client::Http;
use failure::Code;
use kernel::Timestamp;
use kernel::flow::ActionSpec;
use kernel::run::{Failure, Outcome, Perform, Request};
use recordings::{Opened, Place};
use secret::Secrets;
use serde_json::{Map, Value};
use std::net::IpAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use trial::{Fetched, fetch};

/// No call takes longer, whatever its step says.
const LONGEST: Duration = Duration::from_secs(3_600);

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
    /// Whether an action depends on its inputs alone and reaches nothing: a dry test may do it.
    fn is_pure(&self, _action: &str) -> bool {
        false
    }
    /// Makes one call to the world within its time-out. Every outcome, an unknown action included, is an outcome of the step.
    async fn perform(&self, perform: &Perform, surroundings: &dyn Surroundings) -> Outcome;
    /// Tries a connection, and says what to do if it does not work.
    async fn try_connection(&self, connection: Connection, _: &dyn Surroundings) -> Verdict {
        let message = format!(
            "connections of kind `{}` cannot be tried here",
            connection.kind
        );
        Verdict {
            works: None,
            message,
        }
    }
    /// Connects to a switch that tells its events: `line` is a URL whose user part signs in.
    async fn listen(&self, _line: &str, _: &[AllowedNetwork]) -> Result<Feed, String> {
        Err("nothing can be listened to here".into())
    }
    /// Opens a part of a copy of a recording.
    async fn open_recording(
        &self,
        _place: &Place,
        _range: Range<u64>,
        _: &dyn Surroundings,
    ) -> Result<Opened, Failure> {
        Err(recordings::nowhere())
    }
    /// Removes a copy of a recording; one that is not there is removed.
    async fn remove_recording(&self, _place: &Place, _: &dyn Surroundings) -> Result<(), Failure> {
        Err(recordings::nowhere())
    }
    /// Lays down a recording that came inside a message, in base64, until `recording.keep` takes it.
    async fn lay_down_recording(
        &self,
        _name: &str,
        _base64: Bytes,
        _most: u64,
    ) -> Result<(), Failure> {
        Err(recordings::nowhere())
    }
    /// Removes one that no step has taken; one that is not there is removed.
    async fn take_away_recording(&self, _name: &str) -> Result<(), Failure> {
        Ok(())
    }
    /// Asks a platform's API something, for the process itself; the body of its answer.
    async fn ask(&self, _ask: &Ask, _: &[AllowedNetwork]) -> Result<Bytes, Unanswered> {
        Err(Unanswered::Away("nothing can be asked here".into()))
    }
    /// What a call would send, secrets masked, without opening a connection; or why it could not be sent. Its inputs, for
    /// a world that cannot say more.
    async fn preview(
        &self,
        perform: &Perform,
        surroundings: &dyn Surroundings,
    ) -> Result<Request, Failure> {
        let _ = surroundings;
        let inputs = kernel::lang::secret::shown(Value::Object(perform.with.clone()));
        Ok(Request {
            method: perform.action.clone(),
            url: String::new(),
            headers: Vec::new(),
            body: Some(inputs.to_string()),
            truncated: false,
        })
    }
}

/// All actions, and the client through which they reach the world.
pub struct World {
    actions: Vec<Box<dyn Action>>,
    http: Http,
    files: Http,
    streams: Http,
    mail: Pool,
    directory: Option<PathBuf>,
    recordings: Option<PathBuf>,
}

#[derive(Debug, Clone)]
pub struct Config {
    pub allowed: Vec<AllowedNetwork>,
    /// What workspaces open beside those stays shut.
    pub forbid_internal_networks: bool,
    /// How much of a request or response body an entry keeps for people, in bytes.
    pub keep_body: usize,
    /// Certificates trusted beside those of public authorities.
    pub trust: Vec<CertificateDer<'static>>,
    /// The system's resolver unless given.
    pub resolver: Option<Arc<dyn Resolve>>,
    /// Where steps may use files, in a folder of each workspace's own; none unless given.
    pub files: Option<PathBuf>,
    /// Where copies of recordings are kept; none unless given.
    pub recordings: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            allowed: Vec::new(),
            forbid_internal_networks: false,
            keep_body: 16 << 10,
            trust: Vec::new(),
            resolver: None,
            files: None,
            recordings: None,
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

    fn is_pure(&self, action: &str) -> bool {
        self.action(action).is_some_and(Action::is_pure)
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
            used: done.used,
            started_at,
            ended_at: Timestamp::now(),
            queued: Duration::ZERO,
        }
    }

    async fn try_connection(
        &self,
        connection: Connection,
        surroundings: &dyn Surroundings,
    ) -> Verdict {
        self.trial(connection, surroundings).await
    }

    async fn open_recording(
        &self,
        place: &Place,
        range: Range<u64>,
        surroundings: &dyn Surroundings,
    ) -> Result<Opened, Failure> {
        self.open_copy(place, range, surroundings).await
    }

    async fn remove_recording(
        &self,
        place: &Place,
        surroundings: &dyn Surroundings,
    ) -> Result<(), Failure> {
        self.remove_copy(place, surroundings).await
    }

    async fn lay_down_recording(
        &self,
        name: &str,
        base64: Bytes,
        most: u64,
    ) -> Result<(), Failure> {
        self.lay_down(name, base64, most).await
    }

    async fn take_away_recording(&self, name: &str) -> Result<(), Failure> {
        self.take_away(name).await
    }

    async fn listen(&self, line: &str, allowed: &[AllowedNetwork]) -> Result<Feed, String> {
        self.open_feed(line, allowed).await
    }

    async fn ask(&self, ask: &Ask, allowed: &[AllowedNetwork]) -> Result<Bytes, Unanswered> {
        self.files.ask(ask, allowed).await
    }

    async fn preview(
        &self,
        perform: &Perform,
        surroundings: &dyn Surroundings,
    ) -> Result<Request, Failure> {
        self.would_send(perform, surroundings).await
    }
}

impl World {
    pub fn new(config: Config) -> World {
        World {
            actions: builtin::all(),
            files: Http::for_downloads(config.clone()),
            streams: Http::for_streams(config.clone(), recordings::LARGEST),
            directory: config.files.clone(),
            recordings: config.recordings.clone(),
            http: Http::new(config),
            mail: Pool::default(),
        }
    }

    /// Opens an answer that does not end, such as a stream of events.
    pub async fn watch(&self, url: &str, key: Option<&str>) -> Result<Watch, String> {
        self.http.watch(url, key).await
    }

    async fn would_send(
        &self,
        perform: &Perform,
        surroundings: &dyn Surroundings,
    ) -> Result<Request, Failure> {
        let action = self.action(&perform.action).ok_or_else(|| {
            let message = format!("there is no action `{}`", perform.action);
            Code::UnknownAction.because(message)
        })?;
        let fetched = fetch(action.spec(), perform, surroundings).await?;
        let call = self.provided(fetched, perform, surroundings, Instant::now() + LONGEST);
        action.preview(&call).map_err(|fault| {
            let mut failure = Failure::from(fault);
            failure.message = call.secrets.mask(&failure.message).into_owned();
            failure
        })
    }

    async fn call(
        &self,
        action: &dyn Action,
        perform: &Perform,
        surroundings: &dyn Surroundings,
        deadline: Instant,
    ) -> Done {
        let fetched = timeout_at(deadline, fetch(action.spec(), perform, surroundings)).await;
        let fetched = match fetched {
            Ok(Ok(fetched)) => fetched,
            Ok(Err(failure)) => return failure.into(),
            Err(_) => {
                return Code::Timeout
                    .because("the secrets were not there within the time-out")
                    .into();
            }
        };
        let call = self.provided(fetched, perform, surroundings, deadline);
        let mut done = action.perform(&call).await;
        if let Err(failure) = &mut done.result {
            failure.message = call.secrets.mask(&failure.message).into_owned();
        }
        done
    }

    fn provided<'a>(
        &'a self,
        fetched: Fetched,
        perform: &'a Perform,
        surroundings: &'a dyn Surroundings,
        deadline: Instant,
    ) -> Call<'a> {
        Call {
            secrets: fetched.secrets,
            connection: fetched.connection,
            second: fetched.second,
            ..self.blank(perform, surroundings, deadline)
        }
    }

    pub(crate) fn blank<'a>(
        &'a self,
        perform: &'a Perform,
        surroundings: &'a dyn Surroundings,
        deadline: Instant,
    ) -> Call<'a> {
        Call {
            perform,
            secrets: Secrets::default(),
            connection: None,
            second: None,
            allowed: surroundings.allowed(),
            http: &self.http,
            files: &self.files,
            recordings: &self.streams,
            recordings_directory: self.recordings.as_deref(),
            mail: &self.mail,
            directory: self.directory.as_deref(),
            surroundings,
            deadline,
            hops: surroundings.hops(),
        }
    }

    fn action(&self, name: &str) -> Option<&dyn Action> {
        self.actions
            .iter()
            .map(Box::as_ref)
            .find(|action| action.spec().name == name)
    }
}
