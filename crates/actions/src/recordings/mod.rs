//! Copies of recordings: files that are larger than memory may be, in the server's directory for them or in a bucket. What is
//! noted of a copy, and which call it is of, is the engine's business; a copy is whole at its place or not there.

mod arrived;
mod audio;
mod drawer;
mod fetch;

pub(crate) use arrived::take_up;
pub(crate) use drawer::Drawer;
use drawer::refused;
pub use fetch::SIGN_IN_KINDS;
pub(crate) use fetch::{Part, SignIn, fetch};

use crate::builtin::storage;
use crate::client::Pieces;
use crate::connection::{NoConnection, s3};
use crate::failure::Code;
use crate::trial::nothing;
use crate::{Surroundings, World};
use kernel::run::Failure;
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::ops::Range;
use std::time::Duration;
use tokio::time::Instant;

/// No copy is larger, whatever the settings say.
pub const LARGEST: u64 = 1 << 30;
/// How long somebody who listens may take for one request.
const LISTENING: Duration = Duration::from_secs(3_600);
const REMOVING: Duration = Duration::from_secs(30);

/// Where a copy lies: below the server's directory for recordings, or in the bucket of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// The bucket's address when it was written; a connection may lead elsewhere later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// Of plain parts.
    pub path: String,
}

/// A copy that is whole at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    pub place: Place,
    pub size: u64,
    /// In hexadecimal.
    pub sha256: String,
    pub content_type: String,
}

/// What the engine says about a recording that is to be copied.
#[derive(Default)]
pub struct Spot {
    /// What its file is called; `None`: nothing is kept, as in a test.
    pub path: Option<String>,
    /// Under what name it waits, if it came inside a message.
    pub arrived: Option<String>,
    /// It was copied before.
    pub kept: Option<Copied>,
    /// Ids of connections with hosts that the settings let hear of them.
    pub signs_in: Vec<(String, String)>,
    /// Held while it is copied: nobody else copies the same one meanwhile.
    pub turn: Option<Box<dyn Any + Send + Sync>>,
}

/// A part of a copy, as it is read.
pub struct Opened {
    pub content: Pieces,
}

impl World {
    pub(crate) async fn open_copy(
        &self,
        place: &Place,
        range: Range<u64>,
        surroundings: &dyn Surroundings,
    ) -> Result<Opened, Failure> {
        let Some(connection) = &place.connection else {
            let drawer = Drawer::new(self.recordings.as_deref())?;
            let path = place.path.clone();
            let length = range.end.saturating_sub(range.start);
            let file = tokio::task::spawn_blocking(move || drawer.open(&path, range.start)).await;
            let file = file.map_err(|_| refused("the copy was not opened", true))??;
            let content = Pieces::of_file(file, length);
            return Ok(Opened { content });
        };
        let connection = surroundings.connection(Some(connection), &[s3::KIND.name]);
        let connection = connection.await.map_err(NoConnection::failure)?;
        let perform = nothing();
        let mut call = self.blank(&perform, surroundings, Instant::now() + LISTENING);
        call.secrets.cover(&connection);
        storage::read_from_bucket(&connection, place, range, &call).await
    }

    pub(crate) async fn remove_copy(
        &self,
        place: &Place,
        surroundings: &dyn Surroundings,
    ) -> Result<(), Failure> {
        let Some(connection) = &place.connection else {
            let drawer = Drawer::new(self.recordings.as_deref())?;
            let path = place.path.clone();
            let removed = tokio::task::spawn_blocking(move || drawer.remove(&path)).await;
            return Ok(removed.map_err(|_| refused("the copy was not removed", true))??);
        };
        let connection = surroundings.connection(Some(connection), &[s3::KIND.name]);
        let connection = connection.await.map_err(NoConnection::failure)?;
        let perform = nothing();
        let mut call = self.blank(&perform, surroundings, Instant::now() + REMOVING);
        call.secrets.cover(&connection);
        storage::remove_from_bucket(&connection, place, &call).await
    }
}

/// What anybody without a directory or a bucket says.
pub(crate) fn nowhere() -> Failure {
    Code::StorageRefused
        .because("there are no copies of recordings here")
        .into()
}
