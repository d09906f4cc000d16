//! Flows found by words, trigger and switch, in one of three orders. A workspace has few enough flows to look at each.

use super::{Flow, Standing, split};
use crate::Refusal;
use crate::engine::Inner;
use kernel::id::{FlowId, WorkspaceId};
use serde::Deserialize;
use std::cmp::Ordering;
use store::catalog::{Document, Kind};

const PAGE: u32 = 500;

/// Which flows, in which order; all of what is given must hold.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// Part of the name or key, whatever its case.
    pub words: Option<String>,
    /// An event kind that starts it.
    pub trigger: Option<String>,
    pub enabled: Option<bool>,
    pub sort: Sort,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The flow made last first.
    #[default]
    Created,
    /// The flow published last first.
    Updated,
    Name,
}

impl Sort {
    /// Total, so that a page goes on behind the last flow of the one before.
    fn order(self, a: &Document, b: &Document) -> Ordering {
        let by = match self {
            Sort::Created => Ordering::Equal,
            Sort::Updated => b.updated_at.cmp(&a.updated_at),
            Sort::Name => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
        };
        by.then_with(|| b.id.cmp(&a.id))
    }
}

impl Find {
    fn takes(&self, document: &Document) -> Result<bool, Refusal> {
        if self
            .enabled
            .is_some_and(|enabled| enabled != document.enabled)
        {
            return Ok(false);
        }
        if self.words.is_none() && self.trigger.is_none() {
            return Ok(true);
        }
        let (body, _) = split(&document.body)?;
        let has_words = self.words.as_ref().is_none_or(|words| {
            let key = body["key"].as_str().unwrap_or_default();
            let words = words.to_lowercase();
            document.name.to_lowercase().contains(&words) || key.contains(&words)
        });
        let mut kinds = body["on"].as_array().into_iter().flatten();
        let starts = self
            .trigger
            .as_ref()
            .is_none_or(|kind| kinds.any(|on| on.as_str() == Some(kind)));
        Ok(has_words && starts)
    }
}

impl Inner {
    /// The flows after the one with id `after`.
    pub(crate) async fn flows(
        &self,
        workspace: WorkspaceId,
        find: &Find,
        after: Option<FlowId>,
        limit: u32,
    ) -> Result<Vec<Flow>, Refusal> {
        let mut flows = Vec::new();
        let known = self.named_connections(workspace).await?;
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        for head in self.heads(workspace, find, after, limit as usize).await? {
            let standing: Standing = self.standing_of(&head).await?;
            let flow = self.assessed(&head, standing, &known)?;
            let paused = book.paused(flow.id).cloned();
            flows.push(Flow { paused, ..flow });
        }
        Ok(flows)
    }

    async fn heads(
        &self,
        workspace: WorkspaceId,
        find: &Find,
        after: Option<FlowId>,
        limit: usize,
    ) -> Result<Vec<Document>, Refusal> {
        let in_order = find.sort == Sort::Created;
        let after = after.map(FlowId::bytes);
        let mut before = after.filter(|_| in_order);
        let mut found = Vec::new();
        loop {
            let page = self
                .store
                .list(Some(workspace), Kind::Flow, before, PAGE)
                .await?;
            before = page.last().map(|last| last.id);
            let is_last = page.len() < PAGE as usize;
            for document in page {
                if find.takes(&document)? {
                    found.push(document);
                }
            }
            if is_last || in_order && found.len() >= limit {
                break;
            }
        }
        if let (Some(id), false) = (after, in_order) {
            // Also of a flow that was deleted meanwhile.
            let last = match self.store.get(Kind::Flow, id).await? {
                Some(last) => Some(last),
                None => self.store.versions(Kind::Flow, id, None, 1).await?.pop(),
            };
            let last = last.filter(|last| last.workspace == workspace);
            let last = last.ok_or(Refusal::NotFound("such flow to go on after"))?;
            found.retain(|document| find.sort.order(&last, document).is_lt());
        }
        found.sort_by(|a, b| find.sort.order(a, b));
        found.truncate(limit);
        Ok(found)
    }
}
