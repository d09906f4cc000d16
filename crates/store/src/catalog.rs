//! What people edit: documents with immutable versions, workspace first. Flows, endpoints, keys, secrets, sessions and
//! settings are all documents here; what they mean is somebody else's business.

use crate::Result;
use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use std::time::Duration;

#[async_trait::async_trait]
pub trait Catalog: Send + Sync + 'static {
    /// Writes a new version of a document, durably; `expect` is the newest version there is (0: it must not exist).
    /// The store counts the version (`document.version` is not read): one above every version there ever was, so that a
    /// document that comes back after its deletion leaves the kept versions alone.
    /// A write of a kind that changes matching (`Kind::matches`) counts the workspace's generation up in the same transaction.
    async fn put(&self, document: Document, expect: u32) -> Result<Put> {
        self.write(document, expect, Write::Whole).await
    }
    /// The same, and what else a new version may do to the one in force.
    async fn write(&self, document: Document, expect: u32, how: Write) -> Result<Put>;
    /// Turns a document on or off without a new version. `false`: there was nothing to change.
    async fn switch(&self, kind: Kind, id: [u8; 16], enabled: bool) -> Result<bool>;
    async fn get(&self, kind: Kind, id: [u8; 16]) -> Result<Option<Document>>;
    /// By the alias under which it is looked up: hash of a key, token of an endpoint, name of a secret. Unique per kind.
    async fn find(&self, kind: Kind, alias: &str) -> Result<Option<Document>>;
    /// The documents under any of these aliases, in any order.
    async fn find_all(&self, kind: Kind, aliases: Vec<String>) -> Result<Vec<Document>>;
    /// Whether a workspace has any document of a kind; as quick as `find_all`, and like it never behind the lists.
    async fn has_any(&self, workspace: WorkspaceId, kind: Kind) -> Result<bool>;
    /// Writes many documents in one transaction, each over the version beside it (0: it must not exist); of kinds that keep no
    /// versions and change no matching. One that is replaced keeps its alias and its switch. Says of each whether it was
    /// written: not where somebody else was faster or has the alias.
    async fn put_all(&self, documents: Vec<(Document, u32)>) -> Result<Vec<bool>>;
    /// Documents of a workspace (`None`: of all), newest first, before `before`.
    async fn list(
        &self,
        workspace: Option<WorkspaceId>,
        kind: Kind,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Result<Vec<Document>>;
    /// Those of a workspace whose name has these words in it, in their order, newest first, before `before` and not before
    /// `since`; an index alone is read for the ones between that do not match. Both are compared as they are.
    async fn search(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        words: &[String],
        since: Option<[u8; 16]>,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Result<Vec<Document>>;
    /// Removes the document; its old versions stay readable by `version`. `false`: there was none.
    async fn delete(&self, kind: Kind, id: [u8; 16], now: Timestamp) -> Result<bool>;
    /// Removes documents whose ids were made before, oldest first, at most `limit`; returns how many.
    async fn expire(&self, kind: Kind, before: Timestamp, limit: u32) -> Result<u64>;
    /// One version of a document, also of a deleted one.
    async fn version(&self, kind: Kind, id: [u8; 16], version: u32) -> Result<Option<Document>>;
    /// The versions below `before` (`None`: all), newest first. Whether a version is enabled means nothing: the document is.
    async fn versions(
        &self,
        kind: Kind,
        id: [u8; 16],
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<Document>>;
    /// Counted up by every change that matters to matching; 0 for a workspace without any.
    async fn generation(&self, workspace: WorkspaceId) -> Result<u64>;
}

#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub kind: Kind,
    pub id: [u8; 16],
    pub workspace: WorkspaceId,
    /// 1 for the first.
    pub version: u32,
    pub name: String,
    pub alias: Option<String>,
    pub enabled: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// JSON, opaque here; a secret's is sealed, and so are the secret parts of a connection's.
    pub body: Bytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    Workspace = 1,
    Flow = 2,
    Endpoint = 3,
    Key = 4,
    Secret = 5,
    Session = 6,
    /// One-time sign-in links.
    Link = 7,
    /// Values of the installation itself (the seal key's check value).
    Setting = 8,
    /// What was answered under an idempotency key.
    Answer = 9,
    /// What people have set for a destination of their flows.
    Destination = 10,
    /// What is remembered of how a flow does; under the flow's id.
    Health = 11,
    /// A flow that starts no runs for now; under the flow's id.
    Pause = 12,
    /// Something that people should know.
    Alert = 13,
    Connection = 14,
    Recipe = 15,
    Agent = 16,
    Campaign = 17,
    /// Somebody who can be called; its name is what a search looks at.
    Contact = 18,
    /// How much of something a workspace may use.
    Budget = 20,
    /// A copy of a call's recording: where it is, and what it is.
    Recording = 19,
    /// A phone number that is being forgotten, and what was removed once it is.
    Receipt = 23,
    /// Where the reconciler of an endpoint stands; under the endpoint's id.
    Reconciled = 24,
    /// A call that was removed; its alias is the call's key. Its platform may list it for a while.
    Gone = 25,
    /// When an endpoint accepted a message for the first time; under the endpoint's id.
    Heard = 26,
    /// The last messages of an endpoint; under the endpoint's id.
    Arrivals = 27,
    /// Which call a platform's session began with; its alias is a hash of the session.
    Leg = 31,
    /// Who did what; its name is what a search looks at.
    Audit = 21,
    /// Somebody who may sign in.
    Member = 22,
}

impl Kind {
    /// Whether a change of such a document changes which flows match, or how their runs go out.
    pub fn matches(self) -> bool {
        matches!(
            self,
            Kind::Flow
                | Kind::Workspace
                | Kind::Destination
                | Kind::Pause
                | Kind::Agent
                | Kind::Campaign
        )
    }

    /// How long after it was made such a document can be of use; `None`: for ever.
    pub fn lasts(self) -> Option<Duration> {
        const DAY: Duration = Duration::from_secs(24 * 3600);
        match self {
            Kind::Answer => Some(DAY),
            Kind::Link => Some(7 * DAY),
            Kind::Session => Some(31 * DAY),
            Kind::Alert => Some(30 * DAY),
            // The longest look back of a reconciler, and a day.
            Kind::Gone => Some(8 * DAY),
            // A call of the telephone lasts a day at most, and its recording comes soon after.
            Kind::Leg => Some(3 * DAY),
            Kind::Audit => Some(400 * DAY),
            _ => None,
        }
    }

    /// Whether old versions are kept.
    pub fn keeps_versions(self) -> bool {
        matches!(self, Kind::Flow)
    }
}

/// The pattern of `LIKE … ESCAPE '\\'` that finds these words in their order.
pub fn pattern(words: &[String]) -> String {
    let mut pattern = String::from("%");
    for word in words {
        for char in word.chars() {
            if matches!(char, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(char);
        }
        pattern.push('%');
    }
    pattern
}

/// What a new version does to the one in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// Replaces it, and the switch.
    Whole,
    /// Replaces it, and leaves the switch of a document that is there as it is at that moment: a switch makes no version,
    /// so `expect` tells of none.
    Unswitched,
    /// Nothing: everything but `version` and `versions` goes on with the one in force. For kinds that keep versions, and
    /// documents that exist.
    Beside,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Put {
    Saved,
    /// Somebody else changed it: this is its newest version now (0: it does not exist).
    Conflict(u32),
    /// Another document of this kind has the alias.
    Taken,
}
