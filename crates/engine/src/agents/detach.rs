//! "Edit as a flow": a derived flow becomes one like others. It is marked, its settings are emptied, it is freed: whatever ends
//! this in between, it is neither done twice nor lost; asked again, it is finished.

use super::{agent_of, derive};
use crate::Refusal;
use crate::engine::Inner;
use crate::flows::{Author, Flow};
use calls::agent::Agent;
use kernel::id::{AgentId, FlowId, WorkspaceId};

impl Inner {
    pub(crate) async fn detach_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        by: Option<Author>,
    ) -> Result<Flow, Refusal> {
        let flow = self.flow(workspace, id).await?;
        let Some(kept_by) = &flow.origin.kept_by else {
            return Err(Refusal::NotNow(
                "this flow is not derived from settings".into(),
            ));
        };
        if let Some(agent) = agent_of(kept_by) {
            let key = flow.document["key"].as_str().unwrap_or_default();
            if key == derive::extraction_key(agent) {
                return Err(Refusal::NotNow(
                    "the analysis of an agent's calls is no flow by itself: take `extraction` out of its settings, and make a flow with `llm.extract` and `analysis.keep`"
                        .into(),
                ));
            }
            self.begin_release(workspace, id, by.clone()).await?;
            self.empty_settings(workspace, agent, key).await?;
        }
        let freed = self.release_flow(workspace, id, by.clone(), flow.enabled);
        let freed = match freed.await {
            // Somebody saves the agent at this moment, and that frees it, too.
            Err(Refusal::Conflict(_)) => self.release_flow(workspace, id, by, flow.enabled).await?,
            freed => freed?,
        };
        match freed.enabled == flow.enabled {
            true => Ok(freed),
            false => self.switch_flow(workspace, id, flow.enabled).await,
        }
    }

    async fn empty_settings(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        key: &str,
    ) -> Result<(), Refusal> {
        let Some(of) = derive::part_of(id, key) else {
            return Ok(());
        };
        let empty = |agent: &mut Agent| match of {
            derive::Of::Extraction => agent.extraction = None,
            derive::Of::After => agent.actions.retain(|action| !action.is_on()),
            derive::Of::Moment(part) => agent.call_actions.retain(|action| action.id != part),
        };
        // What is left of an agent that is gone has no settings.
        self.change_agent(workspace, id, empty).await.map(drop)
    }
}
