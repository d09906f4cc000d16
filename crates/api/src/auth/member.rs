//! Members of a workspace as they are stored, and the rule about them: once somebody has signed in as an owner, there is always an
//! owner who has. Who may change whom is not asked here.

use super::keys::new_id;
use super::role::Role;
use crate::errors::{Code, Error, Result};
use kernel::Timestamp;
use kernel::id::{MemberId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::Store;
use store::catalog::{Document, Kind, Put};

/// How many a workspace may have.
pub const MOST: usize = 500;
/// When somebody was last seen is written this seldom.
const SEEN_EVERY: Duration = Duration::from_secs(300);
const TRIES: usize = 8;
const PAGE: u32 = 500;

#[derive(Debug, Clone)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub body: MemberBody,
    document: Document,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MemberBody {
    pub role: Role,
    pub email: Option<String>,
    /// When they first signed in; `None`: they are invited.
    pub joined_at: Option<Timestamp>,
    pub seen_at: Option<Timestamp>,
    /// Counted up by people's changes alone, unlike the document's version.
    pub revision: u32,
}

impl Member {
    pub fn created_at(&self) -> Timestamp {
        self.document.created_at
    }

    pub fn workspace(&self) -> WorkspaceId {
        self.document.workspace
    }

    /// An owner on whom others can rely: they have been here.
    pub fn holds(&self) -> bool {
        self.body.role == Role::Owner && self.body.joined_at.is_some()
    }

    fn written(&self, now: Timestamp) -> Document {
        Document {
            name: self.name.clone(),
            updated_at: now,
            body: serde_json::to_vec(&self.body)
                .expect("plain data is JSON")
                .into(),
            ..self.document.clone()
        }
    }
}

fn parsed(document: Document) -> Result<Member, store::Error> {
    let body = serde_json::from_slice(&document.body)
        .map_err(|error| store::Error::Corrupt(format!("member {}: {error}", document.name)))?;
    Ok(Member {
        id: MemberId::from_bytes(document.id),
        name: document.name.clone(),
        body,
        document,
    })
}

/// Every document of a kind, newest first.
pub(super) async fn every(
    store: &dyn Store,
    workspace: WorkspaceId,
    kind: Kind,
) -> Result<Vec<Document>, store::Error> {
    let mut all: Vec<Document> = Vec::new();
    loop {
        let before = all.last().map(|last| last.id);
        let page = store.list(Some(workspace), kind, before, PAGE).await?;
        let is_last = page.len() < PAGE as usize;
        all.extend(page);
        if is_last {
            return Ok(all);
        }
    }
}

/// All members, newest first.
pub async fn all(store: &dyn Store, workspace: WorkspaceId) -> Result<Vec<Member>, store::Error> {
    let all = every(store, workspace, Kind::Member).await?;
    all.into_iter().map(parsed).collect()
}

pub async fn get(
    store: &dyn Store,
    workspace: WorkspaceId,
    id: MemberId,
) -> Result<Option<Member>, store::Error> {
    let found = store.get(Kind::Member, id.bytes()).await?;
    let found = found.filter(|found| found.workspace == workspace);
    found.map(parsed).transpose()
}

fn fresh(workspace: WorkspaceId, name: &str, body: MemberBody, now: Timestamp) -> Member {
    let id: MemberId = new_id(now);
    let document = Document {
        kind: Kind::Member,
        id: id.bytes(),
        workspace,
        version: 1,
        name: name.into(),
        alias: None,
        enabled: true,
        created_at: now,
        updated_at: now,
        body: bytes::Bytes::new(),
    };
    Member {
        id,
        name: name.into(),
        body,
        document,
    }
}

/// Keeps somebody new, who is invited until they sign in.
pub async fn create(
    store: &dyn Store,
    workspace: WorkspaceId,
    name: &str,
    email: Option<String>,
    role: Role,
    now: Timestamp,
) -> Result<Member> {
    let body = MemberBody {
        role,
        email,
        joined_at: None,
        seen_at: None,
        revision: 1,
    };
    let member = fresh(workspace, name, body, now);
    store.put(member.written(now), 0).await?;
    Ok(member)
}

/// The member that a link or a session of no member's stands for: the first owner, made by the first sign-in. A workspace that has
/// another owner has taken that one out.
pub(super) async fn founder(
    store: &dyn Store,
    workspace: WorkspaceId,
    now: Timestamp,
) -> Result<Option<Member>, store::Error> {
    let alias = format!("founder.{workspace}");
    loop {
        if let Some(found) = store.find(Kind::Member, &alias).await? {
            return parsed(found).map(Some);
        }
        if all(store, workspace).await?.iter().any(Member::holds) {
            return Ok(None);
        }
        let body = MemberBody {
            role: Role::Owner,
            email: None,
            joined_at: Some(now),
            seen_at: Some(now),
            revision: 1,
        };
        let mut member = fresh(workspace, "Owner", body, now);
        member.document.alias = Some(alias.clone());
        // Of two nodes one makes it, and both find it.
        store.put(member.written(now), 0).await?;
    }
}

/// Changes a member as `edit` says, over whatever version there is.
pub async fn change(
    store: &dyn Store,
    workspace: WorkspaceId,
    id: MemberId,
    now: Timestamp,
    edit: impl Fn(&mut Member) -> Result<()>,
) -> Result<Member> {
    for tried in 0..TRIES {
        if tried > 0 {
            stand_aside().await;
        }
        let found = get(store, workspace, id).await?;
        let before = found.ok_or_else(|| Error::not_found("member with this id"))?;
        let mut after = before.clone();
        edit(&mut after)?;
        if before.holds() && !after.holds() && !others_hold(store, &before, now).await? {
            continue;
        }
        let expect = before.document.version;
        if store.put(after.written(now), expect).await? == Put::Saved {
            return Ok(after);
        }
    }
    let detail = "the member is being changed by others: try again";
    Err(Error::new(Code::VersionConflict, detail))
}

/// For a while that chance says: two who are in each other's way at the same pace would be so every time.
async fn stand_aside() {
    let mut chance = [0];
    getrandom::fill(&mut chance)
        .expect("the operating system always has randomness once it has booted");
    tokio::time::sleep(Duration::from_millis(u64::from(chance[0] % 32))).await;
}

/// Makes sure that another owner is there and stays: theirs is written anew, over the version in which they are an owner. Whoever
/// takes that one away at the same time finds it changed, so two owners cannot end each other. `false`: read again.
async fn others_hold(store: &dyn Store, owner: &Member, now: Timestamp) -> Result<bool> {
    let members = all(store, owner.workspace()).await?;
    let mut others = members.into_iter().filter(|other| other.id != owner.id);
    let Some(other) = others.find(Member::holds) else {
        let detail = "this is the last owner who has signed in: make somebody else an owner first, and let them sign in";
        return Err(Error::new(Code::NotNow, detail));
    };
    let put = store
        .put(other.written(now), other.document.version)
        .await?;
    Ok(put == Put::Saved)
}

/// Takes a member out; their sessions end with the next request, on every node.
pub async fn remove(
    store: &dyn Store,
    workspace: WorkspaceId,
    id: MemberId,
    now: Timestamp,
    may: impl Fn(&Member) -> Result<()>,
) -> Result<()> {
    // An owner is one no more before they are gone: a deletion has no version to compare.
    change(store, workspace, id, now, |member| {
        may(member)?;
        member.body.role = Role::Viewer;
        Ok(())
    })
    .await?;
    store.delete(Kind::Member, id.bytes(), now).await?;
    Ok(())
}

/// Notes that somebody is there, seldom; nothing waits for it to succeed.
pub(super) async fn seen(store: &dyn Store, member: &Member, now: Timestamp) {
    if member.body.seen_at.is_some_and(|at| at + SEEN_EVERY > now) {
        return;
    }
    let mut member = member.clone();
    member.body.seen_at = Some(now);
    let put = store.put(member.written(now), member.document.version);
    if let Err(error) = put.await {
        tracing::debug!(%error, "when a member was last seen could not be written");
    }
}
