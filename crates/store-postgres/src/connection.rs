//! How connections are opened, and one of them at work: statements prepared once, every answer waited for with a bound.
//! A connection that did not answer in time is never used again.

use crate::failure::Failure;
use crate::options::{CONNECT, Options, config};
use crate::tls;
use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use store::Result;
use tokio::task::AbortHandle;
use tokio_postgres::config::SslMode;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Connection, Row, Socket, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

pub type Params<'a> = [&'a (dyn ToSql + Sync)];
pub type Encrypted = <MakeRustlsConnect as tokio_postgres::tls::MakeTlsConnect<Socket>>::Stream;

/// What a connection is for, which decides how its statements are planned and how long they may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Write,
    Point,
    List,
    Hints,
    Migrate,
    Transfer,
}

impl Purpose {
    pub fn deadline(self) -> Duration {
        Duration::from_secs(match self {
            Self::Migrate | Self::Transfer => 3600,
            Self::List => 30,
            _ => 10,
        })
    }

    /// Settings of the session. A batch's plan is made once, often on empty tables: it must suit full ones. A list's plan is
    /// made for its filter. Nobody else waits for long for a transaction whose node stopped in the middle.
    fn settings(self) -> &'static str {
        match self {
            Self::Write => {
                "-c synchronous_commit=on -c jit=off -c idle_in_transaction_session_timeout=5s -c statement_timeout=10s \
                 -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
            }
            Self::Point => {
                "-c synchronous_commit=on -c jit=off -c idle_in_transaction_session_timeout=5s -c statement_timeout=10s"
            }
            Self::List => {
                "-c synchronous_commit=on -c jit=off -c idle_in_transaction_session_timeout=5s -c statement_timeout=30s \
                 -c plan_cache_mode=force_custom_plan"
            }
            Self::Hints => "-c synchronous_commit=off",
            Self::Migrate => "-c synchronous_commit=on -c idle_in_transaction_session_timeout=60s",
            // A page is read in the order of an index, whatever the tables looked like when they were looked at last.
            Self::Transfer => {
                "-c synchronous_commit=on -c jit=off -c idle_in_transaction_session_timeout=60s \
                 -c plan_cache_mode=force_custom_plan -c enable_seqscan=off -c enable_sort=off -c enable_hashjoin=off"
            }
        }
    }
}

pub struct Connector {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Connector {
    pub fn new(options: &Options) -> Result<Self> {
        let config = config(&options.url)?;
        let check = config.get_ssl_mode() == SslMode::Require;
        let tls = tls::connector(options.ca.as_deref(), check)?;
        Ok(Self { config, tls })
    }

    pub async fn open(
        &self,
        purpose: Purpose,
    ) -> Result<(Client, Connection<Socket, Encrypted>), Failure> {
        let mut config = self.config.clone();
        let given = config.get_options().unwrap_or_default().to_owned();
        config.options(format!("{} {given}", purpose.settings()));
        let opened = tokio::time::timeout(CONNECT, config.connect(self.tls.clone())).await;
        Ok(opened.map_err(|_| Failure::silent(CONNECT))??)
    }

    pub async fn link(&self, purpose: Purpose) -> Result<Link, Failure> {
        let (client, connection) = self.open(purpose).await?;
        let task = tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(error = %Failure::from(error), "a connection to the database ended");
            }
        });
        Ok(Link {
            client,
            task: task.abort_handle(),
            deadline: purpose.deadline(),
            statements: Mutex::default(),
            is_unusable: AtomicBool::new(false),
        })
    }
}

/// One connection.
pub struct Link {
    pub client: Client,
    task: AbortHandle,
    deadline: Duration,
    statements: Mutex<HashMap<&'static str, Statement>>,
    /// In the middle of a transaction, or silent.
    is_unusable: AtomicBool,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Link {
    pub fn is_usable(&self) -> bool {
        !self.is_unusable.load(Relaxed) && !self.client.is_closed()
    }

    pub async fn bounded<T>(
        &self,
        work: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Failure> {
        match tokio::time::timeout(self.deadline, work).await {
            Ok(done) => Ok(done?),
            Err(_) => {
                self.is_unusable.store(true, Relaxed);
                Err(Failure::silent(self.deadline))
            }
        }
    }

    pub async fn rows(&self, text: &'static str, params: &Params<'_>) -> Result<Vec<Row>, Failure> {
        self.bounded(async {
            let statement = self.statement(text).await?;
            self.client.query(&statement, params).await
        })
        .await
    }

    pub async fn row(
        &self,
        text: &'static str,
        params: &Params<'_>,
    ) -> Result<Option<Row>, Failure> {
        Ok(self.rows(text, params).await?.pop())
    }

    /// How many rows it wrote.
    pub async fn execute(&self, text: &'static str, params: &Params<'_>) -> Result<u64, Failure> {
        self.bounded(async {
            let statement = self.statement(text).await?;
            self.client.execute(&statement, params).await
        })
        .await
    }

    /// Begins a transaction: until `end`, the connection is of no use to anybody else.
    pub async fn begin(&self, text: &'static str) -> Result<(), Failure> {
        self.is_unusable.store(true, Relaxed);
        self.bounded(self.client.batch_execute(text)).await
    }

    pub async fn end(&self, text: &'static str) -> Result<(), Failure> {
        self.bounded(self.client.batch_execute(text)).await?;
        self.is_unusable.store(false, Relaxed);
        Ok(())
    }

    async fn statement(&self, text: &'static str) -> Result<Statement, tokio_postgres::Error> {
        let known = |link: &Self| {
            let statements = link
                .statements
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            statements.get(text).cloned()
        };
        if let Some(statement) = known(self) {
            return Ok(statement);
        }
        let statement = self.client.prepare(text).await?;
        let mut statements = self
            .statements
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(statements.entry(text).or_insert(statement).clone())
    }
}
