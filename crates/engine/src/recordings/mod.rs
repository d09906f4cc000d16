//! Recordings of calls: which copies there are, noted as documents that a call's id leads to, and how they are listed, played
//! and removed. The bytes are `actions`' business; a copy is noted once it is whole, and removed before its note is.

mod arrived;
mod handle;
mod keep;
mod link;
mod remove;
mod settings;

pub(crate) use keep::Copies;
pub use settings::{Keep, Recordings, SignIn};
pub(crate) use settings::{PART, SETTINGS, set_days, wrong_days};

use crate::Refusal;
use crate::engine::Inner;
use crate::wire;
use actions::recordings::{Copied, Opened};
use calls::recording::source;
use kernel::Timestamp;
use kernel::id::{CallId, RecordingId, WorkspaceId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::ops::Range;
use store::catalog::{Document, Kind};

/// More recordings of one call are not looked at.
const MOST: u32 = 100;

/// As stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub call: CallId,
    /// Its address at the platform, without what only signs it.
    pub source: String,
    #[serde(flatten)]
    pub copied: Copied,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channels: Option<u32>,
}

/// A recording of a call: a copy, or the platform's link.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// From 1.
    pub n: usize,
    /// Of a copy.
    pub copy: Option<(RecordingId, Copied)>,
    pub kept_at: Option<Timestamp>,
    /// The platform's, where there is no copy.
    pub url: Option<String>,
    pub format: Option<String>,
    pub duration_s: Option<f64>,
    pub channels: Option<u32>,
    /// When the copy is removed, or the link opens no more.
    pub expires_at: Option<Timestamp>,
}

/// The same recording of the same call has the same id, beside the call's in time and place.
pub(crate) fn id_of(call: CallId, source: &str) -> RecordingId {
    let digest = Sha256::new()
        .chain_update(call.bytes())
        .chain_update(source.as_bytes())
        .finalize();
    let mut random = [0; 16];
    random.copy_from_slice(&digest[..16]);
    RecordingId::new(call.unix_ms(), call.part(), random)
}

impl Inner {
    /// The copies of a call's recordings, the first first.
    pub(crate) async fn copies(
        &self,
        workspace: WorkspaceId,
        call: CallId,
    ) -> Result<Vec<(Document, Kept)>, Refusal> {
        let behind = RecordingId::new(call.unix_ms(), call.part(), [0xff; 16]);
        let found = self
            .store
            .list(Some(workspace), Kind::Recording, Some(behind.bytes()), MOST);
        let mut copies = Vec::new();
        for document in found.await? {
            let id = RecordingId::from_bytes(document.id);
            if (id.unix_ms(), id.part()) != (call.unix_ms(), call.part()) {
                break;
            }
            let kept: Kept = wire::decode("a recording", &document.body)?;
            if kept.call == call {
                copies.push((document, kept));
            }
        }
        copies.sort_by_key(|(document, _)| (document.created_at, document.id));
        Ok(copies)
    }

    pub(crate) async fn recordings(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        link: Option<&calls::call::Recording>,
    ) -> Result<Vec<Recording>, Refusal> {
        let copies = self.copies(workspace, call).await?;
        let (settings, _) = self.recording_settings(workspace).await?;
        let made = Timestamp::from_millisecond(call.unix_ms() as i64).unwrap_or_default();
        let expires_at = made.checked_add(settings.lasts()).ok();
        let url = link
            .and_then(|link| link.url.as_deref())
            .filter(|url| !url.is_empty());
        let is_copied = url.is_some_and(|url| {
            let source = source(url);
            copies.iter().any(|(_, kept)| kept.source == source)
        });
        let copies = copies.into_iter().map(|(document, kept)| Recording {
            n: 0,
            copy: Some((RecordingId::from_bytes(document.id), kept.copied)),
            kept_at: Some(document.created_at),
            url: None,
            format: None,
            duration_s: kept.duration_s,
            channels: kept.channels,
            expires_at,
        });
        let link = link.filter(|_| !is_copied).and_then(|link| {
            Some(Recording {
                n: 0,
                copy: None,
                kept_at: None,
                url: Some(url?.to_owned()),
                format: link.format.clone(),
                duration_s: link.duration_s,
                channels: link.channels,
                expires_at: link.expires_at,
            })
        });
        let numbered = copies.chain(link).enumerate();
        Ok(numbered
            .map(|(at, recording)| Recording {
                n: at + 1,
                ..recording
            })
            .collect())
    }

    /// What there is of a copy, for whoever shows a link to it.
    pub(crate) async fn copy(
        &self,
        id: RecordingId,
    ) -> Result<(WorkspaceId, CallId, Copied), Refusal> {
        let document = self.store.get(Kind::Recording, id.bytes()).await?;
        let document = document.ok_or(Refusal::NotFound("such recording any more"))?;
        let kept: Kept = wire::decode("a recording", &document.body)?;
        Ok((document.workspace, kept.call, kept.copied))
    }

    pub(crate) async fn open_copy(
        &self,
        workspace: WorkspaceId,
        copied: &Copied,
        range: Range<u64>,
    ) -> Result<Opened, Refusal> {
        let surroundings = self.bare_surroundings(workspace).await?;
        let opened = self
            .world
            .open_recording(&copied.place, range, &surroundings);
        opened.await.map_err(|failure| {
            Refusal::NotNow(format!("the copy cannot be read: {}", failure.message))
        })
    }
}
