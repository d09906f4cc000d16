//! The receiver of one of an agent's webhooks is gone: that webhook is switched off in the settings, and all else that follows
//! the agent's calls goes on. The alert is over once somebody has switched it on again or removed it.

use super::{agent_of, derive};
use crate::engine::Inner;
use crate::flows::{Change, split};
use crate::watch::AlertKind;
use crate::{Refusal, wire};
use calls::agent::{Action, ActionKind, Agent};
use kernel::id::{AgentId, FlowId, WorkspaceId};
use std::collections::BTreeSet;
use store::catalog::Kind;

/// A webhook out of an agent's settings.
pub(crate) struct OwnWebhook {
    /// `agent_…/a1`.
    pub subject: String,
    /// For people.
    pub name: String,
}

fn subject(agent: AgentId, action: &Action) -> String {
    format!("{agent}/{}", action.id)
}

impl Inner {
    /// The webhook that a step of a flow sends; `None`: the flow is no agent's.
    pub(crate) async fn webhook_of(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        step: &str,
    ) -> store::Result<Option<OwnWebhook>> {
        let Some(document) = self.store.get(Kind::Flow, flow.bytes()).await? else {
            return Ok(None);
        };
        let (_, origin) = split(&document.body)?;
        let Some(id) = origin.kept_by.as_deref().and_then(agent_of) else {
            return Ok(None);
        };
        let agent = self.store.get(Kind::Agent, id.bytes()).await?;
        let Some(agent) = agent.filter(|agent| agent.workspace == workspace) else {
            return Ok(None);
        };
        let agent: Agent = wire::decode("an agent", &agent.body)?;
        let action = agent
            .actions
            .iter()
            .find(|action| derive::step_of(action) == step);
        let action = action.filter(|action| action.kind == ActionKind::Webhook);
        Ok(action.map(|action| OwnWebhook {
            subject: subject(id, action),
            name: match &action.name {
                Some(name) => format!("Webhook “{name}” of {}", agent.name),
                None => format!("A webhook of {}", agent.name),
            },
        }))
    }

    /// Done again, it changes nothing.
    pub(crate) async fn switch_off_webhook(
        &self,
        workspace: WorkspaceId,
        webhook: &str,
    ) -> store::Result<()> {
        let Some((agent, action)) = webhook.split_once('/') else {
            return Ok(());
        };
        let Ok(id) = agent.parse::<AgentId>() else {
            return Ok(());
        };
        loop {
            let done = self.switch_off_once(workspace, id, action).await;
            match done {
                Err(Refusal::Conflict(_)) => {}
                Err(Refusal::Unavailable(why)) => return Err(store::Error::Unavailable(why)),
                Err(refused) => {
                    tracing::warn!(%refused, webhook, "a webhook that is gone could not be switched off");
                    return Ok(());
                }
                Ok(()) => return Ok(()),
            }
        }
    }

    async fn switch_off_once(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        action: &str,
    ) -> Result<(), Refusal> {
        let switch_off = |agent: &mut Agent| {
            let found = agent.actions.iter_mut().find(|known| known.id == action);
            if let Some(action) = found.filter(|action| action.is_on()) {
                action.enabled = Some(false);
            }
        };
        match self.change_agent(workspace, id, switch_off).await? {
            true => self.derive_agent(workspace, id, Change::default()).await,
            false => Ok(()),
        }
    }

    /// What was said of webhooks that are on again, or not there any more, is over.
    pub(super) async fn webhooks_are_back(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        before: Option<&Agent>,
        after: Option<&Agent>,
    ) -> store::Result<()> {
        let all = before.into_iter().chain(after);
        let all = all.flat_map(|agent| &agent.actions);
        let is_back = |action: &&Action| {
            let now = after.and_then(|agent| agent.actions.iter().find(|now| now.id == action.id));
            now.is_none_or(Action::is_on) && action.kind == ActionKind::Webhook
        };
        let back = all.filter(is_back).map(|action| subject(id, action));
        for webhook in back.collect::<BTreeSet<_>>() {
            self.resolve_alert(workspace, AlertKind::WebhookGone, &webhook)
                .await?;
        }
        Ok(())
    }
}
