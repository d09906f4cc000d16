//! What a call needs before it is made: its secrets and its connection; and the call of no step, by which a connection is tried.

use crate::connection::{self, Connection, NoConnection, Verdict};
use crate::secret::Secrets;
use crate::{Surroundings, World};
use kernel::flow::{ActionSpec, Connects, OnUnknown};
use kernel::run::{Failure, Perform};
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long trying a connection may take.
const TRIAL: Duration = Duration::from_secs(15);

/// The input that names a connection to fall back on, of the actions that take one; the kernel checks it by this name.
pub(crate) const SECOND: &str = "fallback_connection";

/// All that is secret in a call, and the connections that it goes through.
pub(crate) struct Fetched {
    pub(crate) secrets: Secrets,
    pub(crate) connection: Option<Arc<Connection>>,
    pub(crate) second: Option<Arc<Connection>>,
}

pub(crate) async fn fetch(
    spec: &ActionSpec,
    perform: &Perform,
    surroundings: &dyn Surroundings,
) -> Result<Fetched, Failure> {
    let mut secrets = Secrets::fetch(&perform.with, surroundings).await?;
    for name in surroundings.connections_of_run() {
        match surroundings.connection(Some(name), &[]).await {
            Ok(other) => secrets.cover(&other),
            // Of one that is gone nothing can come back.
            Err(NoConnection::Missing(_)) => {}
            Err(away) => return Err(away.failure()),
        }
    }
    let Connects { kinds, required } = spec.connects;
    let name = perform.connection.as_deref();
    if name.is_none() && !required {
        return Ok(Fetched {
            secrets,
            connection: None,
            second: None,
        });
    }
    let connection = surroundings.connection(name, kinds).await;
    let connection = connection.map_err(NoConnection::failure)?;
    secrets.cover(&connection);
    let second = match perform.with.get(SECOND).and_then(Value::as_str) {
        Some(name) => {
            let second = surroundings.connection(Some(name), kinds).await;
            Some(second.map_err(NoConnection::failure)?)
        }
        None => None,
    };
    second.iter().for_each(|second| secrets.cover(second));
    Ok(Fetched {
        secrets,
        connection: Some(connection),
        second,
    })
}

impl World {
    pub(crate) async fn trial(
        &self,
        connection: Connection,
        surroundings: &dyn Surroundings,
    ) -> Verdict {
        let Some(connector) = connection::find(&connection.kind) else {
            let message = format!(
                "this server knows no connections of kind `{}`",
                connection.kind
            );
            return Verdict {
                works: Some(false),
                message,
            };
        };
        let perform = nothing();
        let deadline = Instant::now() + TRIAL;
        let mut call = self.blank(&perform, surroundings, deadline);
        call.secrets.cover(&connection);
        let (works, message) = match connector.try_out(&connection, &call).await {
            Ok(Some(found)) => (Some(true), found),
            Ok(None) => (
                None,
                "there is nothing to try: give an address to try it at".into(),
            ),
            Err(fault) => (Some(false), fault.message),
        };
        Verdict {
            works,
            message: call.secrets.mask(&message).into_owned(),
        }
    }
}

/// Stands for the step where a connection is tried without one.
pub(crate) fn nothing() -> Perform {
    Perform {
        step: String::new(),
        action: String::new(),
        with: Map::new(),
        connection: None,
        timeout: TRIAL,
        attempt: 1,
        key: "trial".into(),
        on_unknown: OnUnknown::Retry,
        unsure_since: None,
        warnings: Vec::new(),
    }
}
