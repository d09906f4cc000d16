//! Flows found by words, trigger, switch and how they stand, in one of three orders. A workspace has few enough flows to look at each.

use super::{Flow, Standing, split};
use crate::Refusal;
use crate::engine::Inner;
use crate::plans::Book;
use jiff::SignedDuration;
use kernel::Timestamp;
use kernel::id::{FlowId, WorkspaceId};
use serde::Deserialize;
use std::cmp::Ordering;
use std::collections::BTreeSet;
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
    pub is: Option<Is>,
    pub sort: Sort,
}

/// How a flow stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Is {
    /// Of those with runs that failed in the last day, the hundred with most.
    Failing,
    Paused,
    /// It has a draft that waits to be published.
    Draft,
    /// An agent's settings keep it, or those of the workspace.
    Kept,
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
        let heads = self.heads(workspace, find, &book, after, limit as usize);
        for head in heads.await? {
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
        book: &Book,
        after: Option<FlowId>,
        limit: usize,
    ) -> Result<Vec<Document>, Refusal> {
        let in_order = find.sort == Sort::Created;
        let after = after.map(FlowId::bytes);
        let mut before = after.filter(|_| in_order);
        let mut found = Vec::new();
        let failing = match find.is {
            Some(Is::Failing) => self.failing(workspace).await?,
            _ => BTreeSet::new(),
        };
        loop {
            let page = self
                .store
                .list(Some(workspace), Kind::Flow, before, PAGE)
                .await?;
            before = page.last().map(|last| last.id);
            let is_last = page.len() < PAGE as usize;
            for document in page {
                if find.takes(&document)? && self.stands(find.is, &document, book, &failing).await?
                {
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

    async fn stands(
        &self,
        is: Option<Is>,
        head: &Document,
        book: &Book,
        failing: &BTreeSet<FlowId>,
    ) -> Result<bool, Refusal> {
        let id = FlowId::from_bytes(head.id);
        Ok(match is {
            None => true,
            Some(Is::Failing) => failing.contains(&id),
            Some(Is::Paused) => book.paused(id).is_some(),
            Some(Is::Kept) => split(&head.body)?.1.kept_by.is_some(),
            Some(Is::Draft) => {
                let standing = self.standing_of(head).await?;
                standing.live != Some(standing.newest)
            }
        })
    }

    async fn failing(&self, workspace: WorkspaceId) -> Result<BTreeSet<FlowId>, Refusal> {
        let now = self.stamp.now();
        let from = now.saturating_sub(SignedDuration::from_hours(24));
        let from = from.unwrap_or(Timestamp::MIN);
        let figures = self.flow_figures(workspace, from, now, None).await?;
        let failed = figures.iter().filter(|each| each.figures.failed > 0);
        Ok(failed.map(|each| each.flow).collect())
    }
}
