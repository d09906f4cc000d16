//! Where a copy belongs, and noting it: what `recording.keep` asks while it works. A call that is deleted meanwhile keeps
//! neither file nor note.

use super::arrived::name_of;
use super::{Kept, id_of};
use crate::Refusal;
use crate::engine::Inner;
use crate::refusal::{failed, unavailable};
use crate::wire;
use actions::recordings::{Copied, Spot};
use calls::Call;
use calls::recording::source;
use kernel::id::{CallId, WorkspaceId};
use kernel::run::{Failure, Retriable};
use std::sync::Arc;
use store::catalog::{Document, Kind, Put};
use store::journal::CallRow;
use tokio::sync::Mutex;

const STRIPES: usize = 1_024;

/// Whoever copies a recording has its turn; others wait, and find it copied.
pub(crate) struct Copies(Vec<Arc<Mutex<()>>>);

impl Default for Copies {
    fn default() -> Self {
        Self((0..STRIPES).map(|_| Arc::default()).collect())
    }
}

impl Inner {
    pub(crate) async fn spot(
        &self,
        workspace: WorkspaceId,
        call: &str,
        url: &str,
    ) -> Result<Spot, Failure> {
        let call = self.called(workspace, call).await?.id;
        let id = id_of(call, &source(url));
        let stripe = usize::from(u16::from_be_bytes([id.bytes()[14], id.bytes()[15]])) % STRIPES;
        let turn = self.copying.0[stripe].clone().lock_owned().await;
        let known = self
            .store
            .get(Kind::Recording, id.bytes())
            .await
            .map_err(away)?;
        let known = known.filter(|known| known.workspace == workspace);
        let kept = known.map(|known| wire::decode::<Kept>("a recording", &known.body));
        Ok(Spot {
            signs_in: self.signs_in(workspace).await?,
            arrived: Some(name_of(workspace, url)),
            path: Some(format!("{workspace}/{id}")),
            kept: kept.transpose().map_err(away)?.map(|kept| kept.copied),
            turn: Some(Box::new(turn)),
        })
    }

    /// Connections with the hosts that the settings let hear of them.
    pub(crate) async fn signs_in(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<(String, String)>, Failure> {
        let (settings, _) = self.recording_settings(workspace).await.map_err(|error| {
            let message = Refusal::from(error).to_string();
            failed("unavailable", message, Retriable::Yes)
        })?;
        let named = settings.sign_in.into_iter().flat_map(|sign_in| {
            let id = sign_in.connection;
            let hosts = sign_in.hosts.into_iter();
            hosts.map(move |host| (id.clone(), host))
        });
        Ok(named.collect())
    }

    pub(crate) async fn note_copy(
        &self,
        workspace: WorkspaceId,
        call: &str,
        url: &str,
        copied: &Copied,
    ) -> Result<(), Failure> {
        let row = self.called(workspace, call).await?;
        let known: Call = wire::decode("a call", &row.state).map_err(away)?;
        let source = source(url);
        let told = known.snapshot.recording.filter(|recording| {
            let url = recording.url.as_deref();
            url.is_some_and(|url| calls::recording::source(url) == source)
        });
        let id = id_of(row.id, &source);
        let kept = Kept {
            call: row.id,
            source,
            copied: copied.clone(),
            duration_s: told.as_ref().and_then(|told| told.duration_s),
            channels: told.as_ref().and_then(|told| told.channels),
        };
        let document = Document {
            name: row.id.to_string(),
            ..self.memo(Kind::Recording, id.bytes(), workspace, &kept)
        };
        match self.store.put(document, 0).await.map_err(away)? {
            // Another node was faster: it is the same file, at the same place.
            Put::Saved | Put::Conflict(_) | Put::Taken => {}
        }
        // Deleted while its copy was noted: whoever deleted it may have looked before.
        if let Err(gone) = self.called(workspace, call).await {
            if gone.retry == Retriable::No {
                let now = self.stamp.now();
                let removed = self.store.delete(Kind::Recording, id.bytes(), now).await;
                removed.map_err(away)?;
            }
            return Err(gone);
        }
        Ok(())
    }

    async fn called(&self, workspace: WorkspaceId, call: &str) -> Result<CallRow, Failure> {
        let gone = || {
            let message = "there is no such call, or it was deleted meanwhile";
            failed("call_gone", message.into(), Retriable::No)
        };
        let id: CallId = call.parse().map_err(|_| gone())?;
        let row = self.store.call_by_id(id).await.map_err(away)?;
        row.filter(|row| row.workspace == workspace)
            .ok_or_else(gone)
    }
}

pub(super) fn away(error: store::Error) -> Failure {
    unavailable("the copy was not noted", error)
}
