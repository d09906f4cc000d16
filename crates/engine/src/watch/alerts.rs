//! Alerts: what people should know, as documents that last a month. The same trouble again is the same alert, until it is over.

use super::health::Telling;
use super::trouble::{AlertKind, Trouble};
use crate::Refusal;
use crate::engine::Inner;
use crate::live::Notice;
use crate::pages::Pages;
use crate::wire;
use kernel::Timestamp;
use kernel::id::{AlertId, FlowId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use store::catalog::{Document, Kind, Put};

const PAGE: u32 = 200;

/// As stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    trouble: Trouble,
    last_at: Timestamp,
    #[serde(default)]
    acknowledged: Option<(Timestamp, String)>,
    #[serde(default)]
    resolved_at: Option<Timestamp>,
    /// What flows that watch are still to be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owed: Option<Telling>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub id: AlertId,
    /// Neither seen by anybody nor over.
    pub open: bool,
    pub trouble: Trouble,
    pub last_at: Timestamp,
    /// When, and by whom.
    pub acknowledged: Option<(Timestamp, String)>,
    pub resolved_at: Option<Timestamp>,
}

impl Inner {
    /// Raises an alert; trouble that is known already changes its alert, and opens it again when it has become worse.
    pub(crate) async fn raise_alert(
        &self,
        workspace: WorkspaceId,
        trouble: &Trouble,
    ) -> store::Result<()> {
        self.raise_and_owe(workspace, trouble, None).await
    }

    /// The same, with what flows that watch are to be told of it: by whoever finds that it is owed.
    pub(super) async fn raise_and_owe(
        &self,
        workspace: WorkspaceId,
        trouble: &Trouble,
        owed: Option<Telling>,
    ) -> store::Result<()> {
        loop {
            let now = self.stamp.now();
            let alias = alias(workspace, trouble.kind, &trouble.subject);
            let there = self.store.find(Kind::Alert, &alias).await?;
            let kept = there.as_ref().map(kept).transpose()?;
            let owed = owed
                .clone()
                .or_else(|| kept.as_ref().and_then(|kept| kept.owed.clone()));
            let same = kept.as_ref().filter(|kept| {
                let worse = trouble.level > kept.trouble.level;
                kept.acknowledged.is_some() && !worse
            });
            let kept = Kept {
                trouble: trouble.clone(),
                last_at: now,
                acknowledged: same.and_then(|kept| kept.acknowledged.clone()),
                resolved_at: None,
                owed,
            };
            let id = || self.stamp.id::<kernel::id::Alert>(0).bytes();
            let (id, created_at, expect) = match &there {
                Some(there) => (there.id, there.created_at, there.version),
                None => (id(), now, 0),
            };
            let document = Document {
                kind: Kind::Alert,
                id,
                workspace,
                version: expect + 1,
                name: trouble.title.clone(),
                alias: Some(alias),
                enabled: kept.acknowledged.is_none(),
                created_at,
                updated_at: now,
                body: wire::encode(&kept),
            };
            if self.put_alert(&document, &kept, expect).await? {
                return Ok(());
            }
        }
    }

    /// Writes an alert over the version that was read, and shows it to whoever watches; `false`: there is another by now.
    async fn put_alert(
        &self,
        document: &Document,
        kept: &Kept,
        expect: u32,
    ) -> store::Result<bool> {
        let is_saved = self.store.put(document.clone(), expect).await? == Put::Saved;
        if is_saved {
            self.announce([notice(document, kept)].into_iter());
        }
        Ok(is_saved)
    }

    /// The trouble is over: what comes next is an alert of its own.
    pub(crate) async fn resolve_alert(
        &self,
        workspace: WorkspaceId,
        kind: AlertKind,
        subject: &str,
    ) -> store::Result<()> {
        loop {
            let alias = alias(workspace, kind, subject);
            let Some(there) = self.store.find(Kind::Alert, &alias).await? else {
                return Ok(());
            };
            let now = self.stamp.now();
            let kept = Kept {
                resolved_at: Some(now),
                ..kept(&there)?
            };
            let document = Document {
                alias: None,
                enabled: false,
                updated_at: now,
                body: wire::encode(&kept),
                ..there.clone()
            };
            if self.put_alert(&document, &kept, there.version).await? {
                return Ok(());
            }
        }
    }

    /// Tells flows that watch what they have not heard of trouble that is not over, once.
    pub(super) async fn settle_alert(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        kind: AlertKind,
        subject: &str,
    ) -> store::Result<()> {
        loop {
            let alias = alias(workspace, kind, subject);
            let Some(there) = self.store.find(Kind::Alert, &alias).await? else {
                return Ok(());
            };
            let mut settled = kept(&there)?;
            let Some(telling) = settled.owed.take() else {
                return Ok(());
            };
            self.tell_of(&telling).await?;
            let document = Document {
                body: wire::encode(&settled),
                ..there.clone()
            };
            if self.store.put(document, there.version).await? == Put::Saved {
                return Ok(());
            }
        }
    }

    /// Trouble of a kind that is not over, and when it was last told of.
    pub(super) async fn trouble(
        &self,
        workspace: WorkspaceId,
        kind: AlertKind,
        subject: &str,
    ) -> store::Result<Option<(Trouble, Timestamp)>> {
        let alias = alias(workspace, kind, subject);
        let there = self.store.find(Kind::Alert, &alias).await?;
        let kept = there.as_ref().map(kept).transpose()?;
        Ok(kept.map(|kept| (kept.trouble, kept.last_at)))
    }

    /// Whose trouble of a kind is not over.
    pub(super) async fn troubles(
        &self,
        kind: AlertKind,
    ) -> store::Result<Vec<(WorkspaceId, String)>> {
        let mut troubles = Vec::new();
        let mut pages = Pages::new(&*self.store, None, Kind::Alert).by(PAGE);
        while let Some(page) = pages.next().await? {
            for document in page.iter().filter(|document| document.alias.is_some()) {
                let kept = kept(document)?;
                if kept.trouble.kind == kind {
                    troubles.push((document.workspace, kept.trouble.subject));
                }
            }
        }
        Ok(troubles)
    }

    /// All that a flow was in trouble for.
    pub(super) async fn resolve_flow(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
    ) -> store::Result<()> {
        let kinds = [
            AlertKind::FlowFailing,
            AlertKind::FlowPaused,
            AlertKind::WebhookGone,
        ];
        for kind in kinds {
            self.resolve_alert(workspace, kind, &flow.to_string())
                .await?;
        }
        Ok(())
    }

    /// Newest first; `open: None`: all.
    pub(crate) async fn alerts(
        &self,
        workspace: WorkspaceId,
        open: Option<bool>,
        mut before: Option<AlertId>,
        limit: u32,
    ) -> Result<Vec<Alert>, Refusal> {
        let mut alerts = Vec::new();
        loop {
            let from = before.map(AlertId::bytes);
            let page = self
                .store
                .list(Some(workspace), Kind::Alert, from, PAGE)
                .await?;
            let Some(last) = page.last() else {
                return Ok(alerts);
            };
            before = Some(AlertId::from_bytes(last.id));
            for document in page {
                if open.is_none_or(|open| open == document.enabled) {
                    alerts.push(alert(&document, kept(&document)?));
                }
                if alerts.len() >= limit as usize {
                    return Ok(alerts);
                }
            }
        }
    }

    /// Somebody has seen it.
    pub(crate) async fn acknowledge(
        &self,
        workspace: WorkspaceId,
        id: AlertId,
        by: &str,
    ) -> Result<Alert, Refusal> {
        loop {
            let there = self.store.get(Kind::Alert, id.bytes()).await?;
            let there = there.filter(|there| there.workspace == workspace);
            let there = there.ok_or(Refusal::NotFound("such alert"))?;
            let mut kept = kept(&there)?;
            if kept.acknowledged.is_some() {
                return Ok(alert(&there, kept));
            }
            let now = self.stamp.now();
            kept.acknowledged = Some((now, by.to_owned()));
            let document = Document {
                enabled: false,
                updated_at: now,
                body: wire::encode(&kept),
                ..there.clone()
            };
            if self.put_alert(&document, &kept, there.version).await? {
                return Ok(alert(&document, kept));
            }
        }
    }
}

/// The same trouble has the same one as long as it lasts.
fn alias(workspace: WorkspaceId, kind: AlertKind, subject: &str) -> String {
    format!("{workspace}/{}/{subject}", kind.name())
}

fn kept(document: &Document) -> store::Result<Kept> {
    let mut kept: Kept = wire::decode("an alert", &document.body)?;
    // An older binary that has acknowledged it has left out the real kind.
    let name = document
        .alias
        .as_ref()
        .and_then(|alias| alias.split('/').nth(1));
    if let Some(kind) = name.and_then(AlertKind::read) {
        kept.trouble.kind = kind;
    }
    Ok(kept)
}

fn alert(document: &Document, kept: Kept) -> Alert {
    Alert {
        id: AlertId::from_bytes(document.id),
        open: document.enabled,
        trouble: kept.trouble,
        last_at: kept.last_at,
        acknowledged: kept.acknowledged,
        resolved_at: kept.resolved_at,
    }
}

fn notice(document: &Document, kept: &Kept) -> Notice {
    let trouble = &kept.trouble;
    Notice {
        workspace: document.workspace,
        topic: "alert".into(),
        data: json!({
            "id": AlertId::from_bytes(document.id), "kind": trouble.kind, "open": document.enabled, "flow_id": trouble.flow,
        }),
    }
}
