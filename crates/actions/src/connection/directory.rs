//! `directory`: a folder for files on the server itself, below the directory that it keeps files in.

use super::ConnectionInput::Text;
use super::{Connection, ConnectionKind, Connector, field, needed};
use crate::builtin::{Call, storage};
use crate::failure::Fault;
use kernel::Problem;
use serde_json::{Map, Value};

pub(crate) struct Directory;

pub(crate) const KIND: ConnectionKind = ConnectionKind {
    name: "directory",
    label: "Folder on this server",
    help: "Keeps files in the workspace's part of the server's directory for files (--files).",
    fields: &[
        needed(
            "folder",
            "Folder",
            Text,
            "Such as calls or calls/recordings; made on first use.",
        ),
        field(
            "public_url",
            "Public address",
            Text,
            "Where the folder can be read on the web, if it can: a step's answer then has the file's url.",
        ),
    ],
};

#[async_trait::async_trait]
impl Connector for Directory {
    fn kind(&self) -> &'static ConnectionKind {
        &KIND
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let folder = storage::check_folder(settings, "folder");
        folder
            .into_iter()
            .chain(storage::check_url(settings, "public_url"))
            .collect()
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        storage::try_folder(connection, call).await.map(Some)
    }
}
