//! What callers of the engine do with agents.

use super::Appraisal;
use crate::flows::{Author, Flow};
use crate::resource::{Kept, words};
use crate::{Engine, Refusal, Tested};
use calls::agent::Agent;
use kernel::id::{AgentId, CallId, FlowId, RunId, WorkspaceId};

/// A part of an agent that is tried out alone: its id; where none has it, its place from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Action(String),
    CallAction(String),
}

impl Engine {
    /// Keeps a new agent (`id: None`) or a change of one, and makes its flows; `expect` is the version that it replaces, where
    /// the caller cares.
    pub async fn save_agent(
        &self,
        workspace: WorkspaceId,
        id: Option<AgentId>,
        expect: Option<u32>,
        agent: Agent,
        by: Option<Author>,
    ) -> Result<Kept<Agent>, Refusal> {
        self.inner
            .save_agent(workspace, id, expect, agent, by)
            .await
    }

    pub async fn agent(&self, workspace: WorkspaceId, id: AgentId) -> Result<Kept<Agent>, Refusal> {
        self.inner.kept(workspace, id).await
    }

    /// Newest first; those that have the words of `search` in their names.
    pub async fn agents(
        &self,
        workspace: WorkspaceId,
        search: &str,
        before: Option<AgentId>,
        limit: u32,
    ) -> Result<Vec<Kept<Agent>>, Refusal> {
        let words = words(search);
        self.inner.listed(workspace, &words, before, limit).await
    }

    /// The flows that an agent's settings keep.
    pub async fn flows_of_agent(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
    ) -> Result<Vec<Flow>, Refusal> {
        let settings = super::settings(id);
        let mut flows = Vec::new();
        for flow in self.inner.kept_flows(workspace, &settings).await? {
            flows.push(self.inner.flow(workspace, flow.id).await?);
        }
        Ok(flows)
    }

    /// Removes an agent and its flows.
    pub async fn delete_agent(&self, workspace: WorkspaceId, id: AgentId) -> Result<(), Refusal> {
        self.inner.delete_agent(workspace, id).await
    }

    /// Does one of an agent's actions now, with sample data.
    pub async fn test_agent(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        part: &Part,
    ) -> Result<Tested, Refusal> {
        self.inner.test_agent(workspace, id, part).await
    }

    /// Analyses a call of an agent again, as the agent's settings say now: a run of the flow that does it.
    pub async fn analyze(&self, workspace: WorkspaceId, call: CallId) -> Result<RunId, Refusal> {
        self.inner.analyze(workspace, call).await
    }

    /// What analysing a call again would take; a refusal where it cannot be analysed.
    pub async fn appraise(
        &self,
        workspace: WorkspaceId,
        call: CallId,
    ) -> Result<Appraisal, Refusal> {
        self.inner.appraise(workspace, call).await
    }

    /// What a model that reads so much costs, by what this flow has paid lately; `None`: nothing is known.
    pub async fn cost_lately(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        input_tokens: u64,
    ) -> Result<Option<f64>, Refusal> {
        self.inner.cost_lately(workspace, flow, input_tokens).await
    }

    /// Makes a flow that is derived from settings one like others, and takes it out of them.
    pub async fn detach_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        by: Option<Author>,
    ) -> Result<Flow, Refusal> {
        self.inner.detach_flow(workspace, id, by).await
    }
}
