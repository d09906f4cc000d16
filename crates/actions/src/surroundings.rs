//! What actions get from whoever runs them: a workspace's secrets, connections and networks, and the notes of its copies of
//! recordings. Nothing here has a value of its own.

use crate::connection::{Connection, NoConnection};
use crate::guard::AllowedNetwork;
use crate::recordings::{self, Copied, Spot};
use kernel::run::Failure;
use std::sync::Arc;

/// What an action needs from its surroundings: supplied by the engine for one workspace.
#[async_trait::async_trait]
pub trait Surroundings: Send + Sync {
    /// The values of a secret that are valid now, newest first (more than one while a rotation overlaps); `None`: no such
    /// secret. A failure: nobody can tell now, and what it would mask cannot be masked.
    async fn secret(&self, name: &str) -> Result<Option<Vec<Arc<str>>>, Failure>;
    /// The connection of this name or id; without a name the only one that there is of these kinds.
    async fn connection(
        &self,
        _name: Option<&str>,
        _kinds: &[&str],
    ) -> Result<Arc<Connection>, NoConnection> {
        Err(NoConnection::Missing(
            "there are no connections here".into(),
        ))
    }
    /// Networks opened for this workspace, beside those of the process.
    fn allowed(&self) -> &[AllowedNetwork];
    /// Names of all secrets that the run may use: their values are masked in whatever comes back to any of its steps.
    fn secrets_of_run(&self) -> &[String] {
        &[]
    }
    /// Names of all connections that the run names, for the same reason.
    fn connections_of_run(&self) -> &[String] {
        &[]
    }
    /// The name of the folder that its files lie in; `None`: there is only one workspace.
    fn folder(&self) -> Option<String> {
        None
    }
    /// Where the copy of a call's recording belongs, and whether there is one; nowhere, unless copies are kept.
    async fn recording(&self, _call: &str, _url: &str) -> Result<Spot, Failure> {
        Ok(Spot::default())
    }
    /// Notes a copy that is whole at its place.
    async fn keep_recording(&self, _call: &str, _url: &str, _: &Copied) -> Result<(), Failure> {
        Err(recordings::nowhere())
    }
    /// How many of our own deliveries, one caused by the other, have led to this run.
    fn hops(&self) -> u8 {
        0
    }
}
