//! Agents as documents. What they say is done after calls and at their moments is derived into flows that nobody else may
//! edit; a save that was not answered is finished by the next one.

mod analyze;
mod appraise;
mod derive;
mod detach;
mod gone;
mod handle;
mod keep;
mod sample;

pub use appraise::Appraisal;
pub use derive::EXTRACTION;
pub(crate) use gone::OwnWebhook;
pub use handle::Part;
pub(crate) use keep::KEEPS;

use crate::Refusal;
use crate::engine::Inner;
use crate::flows::{Author, Change};
use crate::plans::Plans;
use crate::resource::{Kept, Resource, all};
use calls::agent::{Agent, Roster};
use calls::campaign::Campaign;
use kernel::Problem;
use kernel::id::{AgentId, WorkspaceId};
use serde_json::Value;
use store::Store;
use store::catalog::Kind;

/// How often a save starts over because somebody else saves the same agent.
const TRIES: usize = 8;

impl Resource for Agent {
    type Id = kernel::id::Agent;
    const KIND: Kind = Kind::Agent;
    const WHAT: &'static str = "such agent";

    fn name(&self) -> String {
        self.name.to_lowercase()
    }

    fn unique(&self) -> String {
        self.name.clone()
    }

    fn taken(&self) -> String {
        format!("the agent name `{}`", self.name)
    }
}

/// The settings that flows of an agent point back to.
pub(crate) fn settings(id: AgentId) -> String {
    format!("/v1/agents/{id}")
}

/// The flows that an agent's settings mean.
pub(crate) fn wanted(kept: &Kept<Agent>) -> Vec<Value> {
    derive::flows(kept.id, &kept.value)
}

/// The agent of such settings; `None`: they are no agent's.
fn agent_of(kept_by: &str) -> Option<AgentId> {
    let id = kept_by.rsplit('/').next()?.parse().ok()?;
    (settings(id) == kept_by).then_some(id)
}

impl Inner {
    pub(crate) async fn save_agent(
        &self,
        workspace: WorkspaceId,
        id: Option<AgentId>,
        expect: Option<u32>,
        agent: Agent,
        by: Option<Author>,
    ) -> Result<Kept<Agent>, Refusal> {
        let agent = completed(agent);
        let agent = checked(agent).map_err(Refusal::Invalid)?;
        let shown = id.unwrap_or_else(|| AgentId::from_bytes([0; 16]));
        self.check_derived(workspace, shown, &agent).await?;
        let before = match id {
            Some(id) => Some(self.kept::<Agent>(workspace, id).await?.value),
            None => None,
        };
        let kept = self.keep(workspace, id, expect, agent).await?;
        self.plans.forget(workspace);
        let change = Change {
            by,
            ..Change::default()
        };
        self.derive_agent(workspace, kept.id, change).await?;
        self.webhooks_are_back(workspace, kept.id, before.as_ref(), Some(&kept.value))
            .await?;
        Ok(kept)
    }

    pub(crate) async fn delete_agent(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
    ) -> Result<(), Refusal> {
        let agent = self.kept::<Agent>(workspace, id).await?.value;
        self.remove_derived(workspace, id).await?;
        self.webhooks_are_back(workspace, id, Some(&agent), None)
            .await?;
        self.remove::<Agent>(workspace, id).await?;
        self.plans.forget(workspace);
        // Somebody may have saved it meanwhile.
        self.remove_derived(workspace, id).await
    }

    async fn remove_derived(&self, workspace: WorkspaceId, id: AgentId) -> Result<(), Refusal> {
        self.keep_flows(workspace, &settings(id), Vec::new(), Change::default())
            .await
    }

    /// Makes an agent's flows what its settings say now: of two saves at once, the later one's.
    pub(crate) async fn derive_agent(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        change: Change,
    ) -> Result<(), Refusal> {
        let mut refused = Refusal::Unavailable("the agent is saved all the time".into());
        for _ in 0..TRIES {
            match self.derive_once(workspace, id, change.clone()).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(gone @ Refusal::NotFound(Agent::WHAT)) => {
                    self.remove_derived(workspace, id).await?;
                    return Err(gone);
                }
                // Somebody else derives them at this moment, or a flow of theirs has a key of ours.
                Err(Refusal::Conflict(_) | Refusal::NotFound(_)) => {}
                Err(taken @ Refusal::Taken(_)) => refused = taken,
                Err(other) => return Err(other),
            }
        }
        Err(refused)
    }

    /// Whether the flows are what the settings say still.
    async fn derive_once(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        change: Change,
    ) -> Result<bool, Refusal> {
        let agent = self.kept::<Agent>(workspace, id).await?;
        self.keep_flows(workspace, &settings(id), wanted(&agent), change)
            .await?;
        Ok(self.kept::<Agent>(workspace, id).await?.version == agent.version)
    }

    /// Each action must be a step that may be saved; what is wrong with one is said at its settings.
    async fn check_derived(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        agent: &Agent,
    ) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        for (at, flow) in derive::alone(id, agent) {
            if let Err(Refusal::Invalid(wrong)) = self.check_flow(workspace, &flow).await {
                problems.extend(wrong.into_iter().map(|problem| derive::blame(&at, problem)));
            }
        }
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Refusal::Invalid(problems)),
        }
    }

    /// Changes an agent without deriving anything; `false`: it is gone.
    async fn change_agent(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        change: impl FnOnce(&mut Agent),
    ) -> Result<bool, Refusal> {
        let changed = async {
            let mut kept = self.kept::<Agent>(workspace, id).await?;
            change(&mut kept.value);
            self.keep(workspace, Some(id), Some(kept.version), kept.value)
                .await
        };
        match changed.await {
            Err(Refusal::NotFound(_)) => return Ok(false),
            changed => changed?,
        };
        self.plans.forget(workspace);
        Ok(true)
    }
}

impl Plans {
    /// The agents and the campaigns of a workspace, as calls find them.
    pub(crate) async fn roster(store: &dyn Store, workspace: WorkspaceId) -> store::Result<Roster> {
        let agents = all::<Agent>(store, workspace).await?;
        let campaigns = all::<Campaign>(store, workspace).await?;
        Ok(Roster::new(named(&agents)).with_campaigns(named(&campaigns)))
    }
}

fn named<R: Resource>(kept: &[Kept<R>]) -> impl Iterator<Item = (String, &R)> {
    kept.iter().map(|kept| (kept.id.to_string(), &kept.value))
}

/// With an id for each action that has none.
fn completed(mut agent: Agent) -> Agent {
    agent.name = agent.name.trim().to_owned();
    let ids = agent.actions.iter_mut().map(|action| &mut action.id);
    complete_ids('a', ids.collect());
    let ids = agent.call_actions.iter_mut().map(|action| &mut action.id);
    complete_ids('c', ids.collect());
    agent
}

fn complete_ids(letter: char, mut ids: Vec<&mut String>) {
    let taken: Vec<String> = ids.iter().map(|id| (**id).clone()).collect();
    let mut free = (1..)
        .map(|n| format!("{letter}{n}"))
        .filter(|id| !taken.contains(id));
    for id in ids.iter_mut().filter(|id| id.is_empty()) {
        **id = free.next().expect("numbers do not end");
    }
}

fn checked(mut agent: Agent) -> Result<Agent, Vec<Problem>> {
    let mut problems = agent.problems();
    for (at, number) in agent.numbers.iter_mut().enumerate() {
        match filters::number(number) {
            Some((plain, _)) => *number = plain,
            None => {
                let message =
                    format!("`{number}` is no number with its country such as +14155550100");
                problems.push(Problem::new(format!("/numbers/{at}"), message));
            }
        }
    }
    match problems.is_empty() {
        true => Ok(agent),
        false => Err(problems),
    }
}
