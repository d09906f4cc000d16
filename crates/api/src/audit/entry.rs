//! An entry of the audit log as it is stored: a document whose name holds what is filtered by, so that the store finds entries
//! without reading them.

use super::change::Change;
use crate::auth::{self, Known, Via};
use crate::errors::Result;
use crate::state::State;
use kernel::Timestamp;
use kernel::id::{AuditId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::Store;
use store::archive::Page;
use store::catalog::{Document, Kind};
use utoipa::ToSchema;

/// Who did what to what.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct Entry {
    pub by: Actor,
    /// From where; null where it is not known.
    #[schema(required = true)]
    pub address: Option<String>,
    /// `created`, `changed`, `deleted`, `enabled`, `replayed`, …
    #[schema(example = "changed")]
    pub action: String,
    /// The kind of thing.
    #[schema(example = "flow")]
    pub what: String,
    /// Of the thing.
    #[schema(required = true)]
    pub id: Option<String>,
    #[schema(required = true)]
    pub name: Option<String>,
    pub changes: Vec<Change>,
    /// Differences that are not told.
    pub more: usize,
    /// Of an act on many things, how many.
    #[schema(value_type = Object)]
    pub counts: Map<String, Value>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = AuditActor)]
pub struct Actor {
    pub via: Via,
    /// Of the member or the key.
    pub id: String,
    pub name: String,
}

impl Actor {
    /// Switchhook by itself.
    pub fn system() -> Self {
        Self {
            via: Via::System,
            id: "system".into(),
            name: "Switchhook".into(),
        }
    }
}

impl From<&Known> for Actor {
    fn from(known: &Known) -> Self {
        Self {
            via: known.via,
            id: known.id.clone(),
            name: known.name.clone(),
        }
    }
}

impl Entry {
    /// An act without a difference.
    pub fn plain(by: Actor, address: Option<String>, action: &str, what: &str) -> Self {
        Self {
            by,
            address,
            action: action.into(),
            what: what.into(),
            id: None,
            name: None,
            changes: Vec::new(),
            more: 0,
            counts: Map::new(),
        }
    }
}

/// What is looked for; a value that is not given stands for any.
#[derive(Debug, Default)]
pub struct Filter {
    pub by: Option<String>,
    pub action: Option<String>,
    pub what: Option<String>,
    pub id: Option<String>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// In the order of `words`: a search finds words in their order.
fn name(entry: &Entry) -> String {
    let id = entry.id.as_deref().unwrap_or_default();
    format!(
        " by:{} action:{} what:{} id:{id} ",
        entry.by.id, entry.action, entry.what
    )
}

impl Filter {
    fn words(&self) -> Vec<String> {
        let word = |name: &str, value: &Option<String>| {
            let value = value.as_ref()?;
            Some(format!(" {name}:{value} "))
        };
        // A space belongs to two words, so it ends the one and begins the other only once.
        let words = [
            word("by", &self.by),
            word("action", &self.action),
            word("what", &self.what),
            word("id", &self.id),
        ];
        let words = words.into_iter().flatten();
        words
            .enumerate()
            .map(|(at, word)| match at {
                0 => word,
                _ => word.trim_start().to_owned(),
            })
            .collect()
    }
}

/// Writes an entry, durably. Whoever acted has done so already: a store that is away now does not undo it.
pub async fn keep(state: &State, workspace: WorkspaceId, entry: &Entry) {
    // What was lost is told where it was.
    let _ = write(state, workspace, entry).await;
}

/// Writes an entry, durably, for whoever does nothing without one.
pub async fn write(state: &State, workspace: WorkspaceId, entry: &Entry) -> store::Result<()> {
    let now = state.engine.now();
    let id: AuditId = state.next_id(now);
    let document = Document {
        kind: Kind::Audit,
        id: id.bytes(),
        workspace,
        version: 1,
        name: name(entry),
        alias: None,
        enabled: true,
        created_at: now,
        updated_at: now,
        body: serde_json::to_vec(entry)
            .expect("it has text keys only")
            .into(),
    };
    let written = state.engine.store().put(document, 0).await;
    if let Err(error) = &written {
        metrics::counter!("switchhook_audit_entries_lost").increment(1);
        let (action, what, by) = (&entry.action, &entry.what, &entry.by.id);
        tracing::error!(%error, action, what, by, "an entry of the audit log could not be kept");
    }
    written.map(drop)
}

/// Entries, newest first, and where the next page starts.
pub async fn list(
    store: &dyn Store,
    workspace: WorkspaceId,
    filter: &Filter,
    page: Page<AuditId>,
) -> Result<(Vec<(Document, Entry)>, Option<AuditId>)> {
    let at = |time: Timestamp, after: u64| {
        let ms = time.as_millisecond().max(0) as u64;
        AuditId::new(ms + after, 0, [0; 16])
    };
    let since = filter.from.map(|from| at(from, 0).bytes());
    let behind = filter.to.map(|to| at(to, 1));
    let before = match (page.before, behind) {
        (Some(cursor), Some(behind)) => Some(cursor.min(behind)),
        (cursor, behind) => cursor.or(behind),
    };
    let (before, words) = (before.map(AuditId::bytes), filter.words());
    let found = store.search(
        workspace,
        Kind::Audit,
        &words,
        since,
        before,
        page.limit + 1,
    );
    let mut found = found.await?;
    let mut next = (found.len() > page.limit as usize).then(|| {
        found.truncate(page.limit as usize);
        found.last().map(|last| AuditId::from_bytes(last.id))
    });
    // Ids know milliseconds only.
    if let Some(from) = filter.from
        && found.iter().any(|entry| entry.created_at < from)
    {
        found.retain(|entry| entry.created_at >= from);
        next = None;
    }
    let read = |document: Document| {
        let entry = auth::read_body(&document)?;
        Ok((document, entry))
    };
    let entries = found.into_iter().map(read).collect::<Result<_>>()?;
    Ok((entries, next.flatten()))
}
