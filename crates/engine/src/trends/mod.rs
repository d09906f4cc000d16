//! What happened over time, read from counters alone: however many runs are kept, no run is looked at. Exact but for times,
//! which are estimated from histograms.

mod agents;
mod destinations;
mod figures;
mod flows;
mod timeline;

pub use agents::{AGENT_HOURS, AgentFigures};
pub use figures::Figures;
pub use flows::FlowFigures;
pub use timeline::{Part, Stretch, Timeline};

use crate::{Engine, Refusal};
use kernel::Timestamp;
use kernel::id::{FlowId, WorkspaceId};
use kernel::usage::Attempts;

impl Engine {
    /// What happened in each part of a stretch of time.
    pub async fn timeline(
        &self,
        workspace: WorkspaceId,
        stretch: &Stretch,
        flow: Option<FlowId>,
        agent: Option<String>,
    ) -> Result<Timeline, Refusal> {
        self.inner.timeline(workspace, stretch, flow, agent).await
    }

    /// How attempts at a destination went in each part of a stretch of time.
    pub async fn attempts(
        &self,
        workspace: WorkspaceId,
        destination: &str,
        stretch: &Stretch,
    ) -> Result<Timeline<Attempts>, Refusal> {
        let timeline = self.inner.attempts(workspace, destination, stretch);
        let timeline = timeline.await?;
        if timeline.total == Attempts::default() {
            // One that rested has figures without any; one that nobody knows has none.
            self.destination(workspace, destination).await?;
        }
        Ok(timeline)
    }

    /// How the flows did that had runs in the hours from one time to another: those that failed most come first.
    pub async fn flow_figures(
        &self,
        workspace: WorkspaceId,
        from: Timestamp,
        to: Timestamp,
        agent: Option<String>,
    ) -> Result<Vec<FlowFigures>, Refusal> {
        self.inner.flow_figures(workspace, from, to, agent).await
    }

    /// Agents that had calls in the last weeks, and whether they are quiet: those come first.
    pub async fn agent_figures(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<AgentFigures>, Refusal> {
        self.inner.agent_figures(workspace).await
    }
}
