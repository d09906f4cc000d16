//! Flows that settings keep, made anew where they are not what the settings mean now: a newer version may mean more by them, and a
//! save may have ended between a document and its flows. What is as it should be is only read.

use crate::agents::{settings, wanted};
use crate::engine::Inner;
use crate::flows::{Change, Flow};
use crate::resource::all;
use crate::{Engine, Refusal, notify, recordings};
use calls::agent::Agent;
use kernel::id::WorkspaceId;
use serde_json::Value;
use std::collections::HashMap;

/// A flow as it was, and as it is now; `None`: there was none, or there is none any more.
#[derive(Debug)]
pub struct Anew {
    pub before: Option<Flow>,
    pub after: Option<Flow>,
}

impl Engine {
    /// Which time it is that this node does what one alone does for all; `None`: that is another's.
    pub fn does_for_all(&self) -> Option<u64> {
        let nodes = &self.inner.nodes;
        (nodes.may_begin() && nodes.works_on(0)).then(|| nodes.tenure(0))
    }

    /// Makes the flows that a workspace's settings keep what they mean now; says which differed, also where it could not be done
    /// for all. Settings whose flows are refused do not keep the others.
    pub async fn derive_anew(&self, workspace: WorkspaceId) -> (Vec<Anew>, Result<(), Refusal>) {
        let mut anew = Vec::new();
        let done = self.inner.derive_anew(workspace, &mut anew).await;
        (anew, done)
    }
}

impl Inner {
    async fn derive_anew(
        &self,
        workspace: WorkspaceId,
        anew: &mut Vec<Anew>,
    ) -> Result<(), Refusal> {
        let mut there: HashMap<String, Vec<Flow>> = HashMap::new();
        for flow in self.flows_kept_by(workspace, |_| true).await? {
            let settings = flow.origin.kept_by.clone().unwrap_or_default();
            there.entry(settings).or_default().push(flow);
        }
        for agent in all::<Agent>(&*self.store, workspace).await? {
            let settings = settings(agent.id);
            let there = there.remove(&settings).unwrap_or_default();
            if !is_so(&there, &wanted(&agent)) {
                let derived = self.derive_agent(workspace, agent.id, change(None)).await;
                anew.extend(self.differing(workspace, &settings, there).await?);
                go_on(&settings, derived)?;
            }
        }
        for (settings, wanted) in [
            (recordings::SETTINGS, self.recording_flows(workspace).await?),
            (notify::SETTINGS, self.notify_flows(workspace).await?),
        ] {
            let there = there.remove(settings).unwrap_or_default();
            if !is_so(&there, &wanted) {
                // Settings that somebody saves at this moment are theirs.
                let change = change(there.first().map(|flow| flow.newest));
                let kept = self.keep_flows(workspace, settings, wanted, change).await;
                anew.extend(self.differing(workspace, settings, there).await?);
                go_on(settings, kept)?;
            }
        }
        Ok(())
    }

    async fn differing(
        &self,
        workspace: WorkspaceId,
        settings: &str,
        before: Vec<Flow>,
    ) -> Result<Vec<Anew>, Refusal> {
        let mut before: HashMap<_, _> = before.into_iter().map(|flow| (flow.id, flow)).collect();
        let after = self.kept_flows(workspace, settings).await?;
        let mut anew: Vec<Anew> = after
            .into_iter()
            .map(|flow| Anew {
                before: before.remove(&flow.id),
                after: Some(flow),
            })
            .filter(|anew| anew.before != anew.after)
            .collect();
        anew.extend(before.into_values().map(|flow| Anew {
            before: Some(flow),
            after: None,
        }));
        Ok(anew)
    }
}

/// Whether these flows are those that are wanted.
fn is_so(there: &[Flow], wanted: &[Value]) -> bool {
    let is_there = |wanted: &Value| {
        let is_it = |flow: &&Flow| flow.document["key"] == wanted["key"];
        let flow = there.iter().find(is_it);
        flow.is_some_and(|flow| {
            flow.draft().is_none() && flow.as_saved(wanted.clone()) == flow.document
        })
    };
    there.len() == wanted.len() && wanted.iter().all(is_there)
}

fn change(expect: Option<u32>) -> Change {
    Change {
        expect,
        note: Some("Made anew from its settings.".into()),
        ..Change::default()
    }
}

/// Only what the store cannot do keeps the others of the workspace: what is refused stays as it is until its settings are saved.
fn go_on(settings: &str, kept: Result<(), Refusal>) -> Result<(), Refusal> {
    match kept {
        Err(away @ Refusal::Unavailable(_)) => Err(away),
        Err(refused) => {
            tracing::warn!(%refused, settings, "the flows that these settings keep could not be made anew");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}
