//! Flows that are derived from settings: made, changed and removed as a whole by whoever keeps them, and read by everybody.

use super::kept::join;
use super::key::{alias, give_key};
use super::{Author, Change, Flow, Origin, read, split};
use crate::Refusal;
use crate::engine::Inner;
use crate::pages::Pages;
use kernel::id::{FlowId, WorkspaceId};
use serde_json::Value;
use std::collections::HashMap;
use store::catalog::{Document, Kind, Write};

impl Inner {
    /// The flows that these settings keep.
    pub(crate) async fn kept_flows(
        &self,
        workspace: WorkspaceId,
        settings: &str,
    ) -> Result<Vec<Flow>, Refusal> {
        let is_theirs = |kept_by: &str| kept_by == settings;
        self.flows_kept_by(workspace, is_theirs).await
    }

    /// The flows that any of some settings keep.
    pub(crate) async fn flows_kept_by(
        &self,
        workspace: WorkspaceId,
        any: impl Fn(&str) -> bool,
    ) -> Result<Vec<Flow>, Refusal> {
        let mut kept = Vec::new();
        let mut pages = Pages::new(&*self.store, Some(workspace), Kind::Flow);
        while let Some(page) = pages.next().await? {
            for document in &page {
                let (_, origin) = split(&document.body)?;
                if origin.kept_by.as_deref().is_some_and(&any) {
                    let standing = self.standing_of(document).await?;
                    kept.push(read(document, standing)?);
                }
            }
        }
        Ok(kept)
    }

    /// Makes the flows that settings keep exactly these, told apart by their keys. What is expected is so of each that is there.
    /// One that is being taken out of them is freed where they want it no longer, and does nothing until somebody switches it on.
    pub(crate) async fn keep_flows(
        &self,
        workspace: WorkspaceId,
        settings: &str,
        wanted: Vec<Value>,
        change: Change,
    ) -> Result<(), Refusal> {
        let there = self.kept_flows(workspace, settings).await?;
        let mut there: HashMap<String, (FlowId, bool)> = there
            .into_iter()
            .map(|flow| {
                let key = flow.document["key"].as_str().unwrap_or_default();
                (key.to_owned(), (flow.id, flow.origin.leaving))
            })
            .collect();
        for document in wanted {
            let id = there.remove(document["key"].as_str().unwrap_or_default());
            let id = id.map(|(id, _)| id);
            let change = Change {
                expect: change.expect.filter(|_| id.is_some()),
                kept_by: Some(settings.to_owned()),
                ..change.clone()
            };
            self.save_flow(workspace, id, document, change).await?;
        }
        for (_, (id, leaving)) in there {
            match leaving {
                true => {
                    self.release_flow(workspace, id, change.by.clone(), false)
                        .await?;
                }
                false => self.remove_flow(workspace, id).await?,
            }
        }
        Ok(())
    }

    /// Notes that a flow is being taken out of its settings; until it is released it goes on as theirs.
    pub(crate) async fn begin_release(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        by: Option<Author>,
    ) -> Result<(), Refusal> {
        let before = self.before(workspace, id).await?;
        if before.origin.leaving || before.origin.kept_by.is_none() {
            return Ok(());
        }
        let newest = before.standing.newest;
        let origin = Origin {
            by,
            leaving: true,
            ..before.origin
        };
        let saved = Document {
            version: newest + 1,
            updated_at: self.stamp.now(),
            body: join(before.document, &origin),
            ..before.head
        };
        self.write(saved, newest, Write::Unswitched).await.map(drop)
    }

    /// Makes a derived flow one like others, under a key of its own: its settings may make another one. One that is free stays
    /// as it is.
    pub(crate) async fn release_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        by: Option<Author>,
        enabled: bool,
    ) -> Result<Flow, Refusal> {
        let before = self.before(workspace, id).await?;
        if before.origin.kept_by.is_none() {
            return self.flow(workspace, id).await;
        }
        let newest = before.standing.newest;
        let mut document = before.document;
        let key = self.free_key(workspace, &before.head.name).await?;
        give_key(&mut document, key.into());
        if let Some(members) = document.as_object_mut() {
            members.shift_remove("note");
        }
        let origin = Origin {
            by,
            note: before
                .origin
                .kept_by
                .map(|settings| format!("Taken out of {settings}.")),
            ..Origin::default()
        };
        let saved = Document {
            version: newest + 1,
            alias: alias(workspace, &document),
            enabled,
            updated_at: self.stamp.now(),
            body: join(document, &origin),
            ..before.head
        };
        self.write(saved, newest, Write::Whole).await
    }
}
