//! What calls can be told apart by, as the agents and campaigns of a workspace name it. No call is looked at, and of long lists
//! there is the newest part.

use crate::resource::{Kept, Resource, newest};
use crate::{Engine, Refusal};
use calls::agent::{Agent, DISPOSITIONS, Question};
use calls::campaign::Campaign;
use kernel::id::WorkspaceId;
use std::collections::HashSet;

/// Of agents and of campaigns.
const MOST: usize = 1_000;
const MOST_QUESTIONS: usize = 500;

/// Each in the order of the alphabet.
#[derive(Debug, Default)]
pub struct Choices {
    pub agents: Vec<String>,
    pub campaigns: Vec<String>,
    /// Those of agents, behind those that there always are.
    pub dispositions: Vec<String>,
    /// The key questions of all agents, each once.
    pub questions: Vec<Question>,
}

impl Engine {
    pub async fn call_choices(&self, workspace: WorkspaceId) -> Result<Choices, Refusal> {
        let agents: Vec<Kept<Agent>> = self.newest(workspace).await?;
        let agents: Vec<Agent> = agents.into_iter().map(|kept| kept.value).collect();
        let campaigns: Vec<Kept<Campaign>> = self.newest(workspace).await?;
        let always = DISPOSITIONS.map(String::from);
        let own = sorted(agents.iter().flat_map(|agent| agent.dispositions.clone()));
        let mut dispositions = [&always[..], &own].concat();
        let mut seen = HashSet::new();
        dispositions.retain(|each| seen.insert(each.to_lowercase()));
        let mut seen = HashSet::new();
        let questions = agents.iter().flat_map(|agent| &agent.questions);
        let questions = questions.filter(|each| seen.insert(each.question.trim().to_lowercase()));
        let mut questions: Vec<Question> = questions.take(MOST_QUESTIONS).cloned().collect();
        questions.sort_by_cached_key(|each| each.question.to_lowercase());
        Ok(Choices {
            agents: sorted(agents.iter().map(|agent| agent.name.clone())),
            campaigns: sorted(campaigns.into_iter().map(|kept| kept.value.name)),
            dispositions,
            questions,
        })
    }

    /// The newest of a kind, a bounded number of them.
    pub(crate) async fn newest<R: Resource>(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<Kept<R>>, Refusal> {
        Ok(newest(self.store().as_ref(), workspace, MOST).await?)
    }
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort_by_cached_key(|name| (name.to_lowercase(), name.clone()));
    names.dedup();
    names
}
