//! The one outgoing HTTP client. Connections are pooled apart for every distinct set of allowed networks, so that a
//! connection opened under one workspace's allowance is never used by another that may not reach it.

mod answer;
mod ask;
mod connector;
mod dial;
mod download;
mod exchange;
mod pieces;
mod socket;
mod status;
mod stream;
mod trouble;
mod watch;

pub use ask::{Ask, Unanswered};
pub(crate) use download::{File, MOST as LARGEST_FILE, accept, safe};
pub(crate) use exchange::{micros, timing};
pub use pieces::Pieces;
pub(crate) use pieces::Sent;
pub(crate) use socket::Socket;
pub(crate) use status::failure as refusal;
pub(crate) use stream::Opening;
pub(crate) use trouble::{Trouble, fault as trouble_of, is_endless};
pub use watch::Watch;

use crate::guard::{AllowedNetwork, Guard};
use crate::{Config, Resolve};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connector::Connector;
use dial::Dialer;
use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Below the minute after which common load balancers drop an idle connection.
const IDLE: Duration = Duration::from_secs(45);
const MAX_IDLE_PER_HOST: usize = 128;
const MAX_HEADER_BYTES: usize = 64 << 10;
/// How many sets of allowed networks keep their connections.
const MAX_POOLS: usize = 64;

type Pool = Client<Connector, Sent>;

pub(crate) struct Http {
    /// How much of a body an entry keeps, in bytes.
    keep: usize,
    allowed: Vec<AllowedNetwork>,
    /// What workspaces open themselves stays shut.
    forbidden: bool,
    resolver: Option<Arc<dyn Resolve>>,
    tls: ClientConfig,
    trust: Vec<CertificateDer<'static>>,
    /// How much may come in between two writes, in bytes.
    most_unbroken: usize,
    /// For workspaces that open nothing themselves.
    common: Pool,
    /// For the others, by what they open, the latest used last.
    own: Mutex<Vec<(Vec<AllowedNetwork>, Pool)>>,
}

impl Http {
    pub(crate) fn new(config: Config) -> Self {
        Self::reading(config, stream::MAX_UNBROKEN)
    }

    /// A client for answers larger than a step keeps.
    pub(crate) fn for_downloads(config: Config) -> Self {
        Self::reading(config, download::MOST + (1 << 20))
    }

    /// A client for answers that are passed on as they come, of at most so many bytes.
    pub(crate) fn for_streams(config: Config, most: u64) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX - (1 << 20));
        Self::reading(config, most + (1 << 20))
    }

    fn reading(config: Config, most_unbroken: usize) -> Self {
        let tls = connector::tls(&config.trust);
        let forbidden = config.forbid_internal_networks;
        let guard = Guard::new(&config.allowed, &[], forbidden);
        let dialer = Dialer::new(guard, config.resolver.clone());
        Self {
            keep: config.keep_body,
            common: pool(dialer, tls.clone(), most_unbroken),
            most_unbroken,
            allowed: config.allowed,
            forbidden,
            resolver: config.resolver,
            tls,
            trust: config.trust,
            own: Mutex::default(),
        }
    }

    fn request(
        &self,
        workspace: &[AllowedNetwork],
        request: http::Request<Sent>,
    ) -> ResponseFuture {
        if workspace.is_empty() {
            return self.common.request(request);
        }
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match own.iter().position(|(allowed, _)| allowed == workspace) {
            Some(position) => own.remove(position),
            None => {
                if own.len() >= MAX_POOLS {
                    own.remove(0);
                }
                let pool = pool(self.dialer(workspace), self.tls.clone(), self.most_unbroken);
                (workspace.to_vec(), pool)
            }
        };
        let response = entry.1.request(request);
        own.push(entry);
        response
    }

    fn dialer(&self, workspace: &[AllowedNetwork]) -> Dialer {
        let guard = Guard::new(&self.allowed, workspace, self.forbidden);
        Dialer::new(guard, self.resolver.clone())
    }

    /// TLS that trusts an authority more, given as PEM, as long as there is one.
    pub(crate) fn trusting(&self, pem: &str) -> Result<ClientConfig, Trouble> {
        if pem.is_empty() {
            return Ok(self.tls.clone());
        }
        let unread = || Trouble::Tls("the certificate of the authority is no PEM".into());
        let mut trust = self.trust.clone();
        for part in pem.split("-----BEGIN CERTIFICATE-----").skip(1) {
            let (body, _) = part.split_once("-----END").ok_or_else(unread)?;
            // A field of one line, or a variable, may have taken the line breaks.
            let body = body.replace("\\n", "");
            let body: String = body.split_whitespace().collect();
            let certificate = STANDARD.decode(body).map_err(|_| unread())?;
            trust.push(certificate.into());
        }
        match trust.len() == self.trust.len() {
            true => Err(unread()),
            false => Ok(connector::tls(&trust)),
        }
    }

    /// How much of a text an entry keeps, in bytes.
    pub(crate) fn keep(&self) -> usize {
        self.keep
    }
}

fn pool(dialer: Dialer, tls: ClientConfig, most_unbroken: usize) -> Pool {
    Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(MAX_IDLE_PER_HOST)
        .http1_max_buf_size(MAX_HEADER_BYTES)
        .http2_max_header_list_size(MAX_HEADER_BYTES as u32)
        // Windows well below what a connection reads without a write of ours (see `stream`).
        .http2_initial_stream_window_size(256 << 10)
        .http2_initial_connection_window_size(1 << 20)
        .http2_keep_alive_interval(Duration::from_secs(20))
        .http2_keep_alive_timeout(Duration::from_secs(10))
        .build(Connector::new(dialer, tls, most_unbroken))
}
