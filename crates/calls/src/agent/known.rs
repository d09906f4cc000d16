//! Which agent of the workspace a call is about: by our id, by the platform's id of it, by its name, or by the number that
//! was called. The first that says so counts, and of several agents the oldest.

use super::{Action, Agent, Extracts};
use crate::Call;
use crate::call::{self, Snapshot};
use crate::campaign::{Campaign, Campaigns};
use std::collections::{BTreeSet, HashMap};

#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub id: String,
    pub name: String,
    pub language: Option<String>,
    extraction: Option<Extracts>,
    settle_within_s: Option<u32>,
    awaits_recording: bool,
    provider: Option<String>,
    provider_agent_id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum By {
    Id,
    /// Of one platform, or of any.
    ProviderId,
    Name,
    Number,
}

/// The agents of a workspace, and its campaigns.
#[derive(Debug, Default)]
pub struct Roster {
    campaigns: Campaigns,
    /// Of calls whose agent does not say.
    settle_within_s: Option<u32>,
    agents: Vec<Known>,
    /// Variables that any of them calls confidential.
    confidential: BTreeSet<String>,
    /// Places of agents, oldest first.
    places: HashMap<(By, String), Vec<usize>>,
}

impl Roster {
    /// Oldest first.
    pub fn new<'a>(agents: impl IntoIterator<Item = (String, &'a Agent)>) -> Self {
        let mut roster = Roster::default();
        for (id, agent) in agents {
            let at = roster.agents.len();
            let keys = [
                (By::Id, Some(&id)),
                (By::Name, Some(&agent.name)),
                (By::ProviderId, agent.provider_agent_id.as_ref()),
            ];
            let keys = keys.into_iter().filter_map(|(by, key)| Some((by, key?)));
            let numbers = agent.numbers.iter().map(|number| (By::Number, number));
            for (by, key) in keys.chain(numbers) {
                roster.places.entry((by, key.clone())).or_default().push(at);
            }
            roster.confidential.extend(agent.confidential().cloned());
            roster.agents.push(Known {
                id,
                name: agent.name.clone(),
                language: agent.language.clone(),
                extraction: agent.extraction.as_ref().map(|extraction| extraction.when),
                settle_within_s: agent.settle_within_s,
                awaits_recording: agent.actions.iter().any(Action::awaits_recording),
                provider: agent.provider.clone(),
                provider_agent_id: agent.provider_agent_id.clone(),
            });
        }
        roster
    }

    /// Variables that any of the agents calls confidential: a name means the same in all of a workspace's calls.
    pub fn confidential(&self) -> &BTreeSet<String> {
        &self.confidential
    }

    /// Oldest first.
    pub fn with_campaigns<'a>(
        self,
        campaigns: impl IntoIterator<Item = (String, &'a Campaign)>,
    ) -> Self {
        Self {
            campaigns: Campaigns::new(campaigns),
            ..self
        }
    }

    /// How long a call is waited for whose agent does not say.
    pub fn settling_within(self, settle_within_s: Option<u32>) -> Self {
        Self {
            settle_within_s,
            ..self
        }
    }

    /// Tells a call which agent and which campaign of the workspace it is about, and what the platform has not told of them.
    pub fn complete(&self, call: &mut Call) {
        self.campaigns.complete(&mut call.snapshot);
        let found = self.find(&call.provider, &call.snapshot);
        let known = found.filter(|_| !call.leg);
        call.extraction = known.and_then(|known| known.extraction);
        let own = known.and_then(|known| known.settle_within_s);
        call.settle_within_s = own.or(self.settle_within_s);
        let Some(known) = known else {
            if let (Some(agent), true) = (&mut call.snapshot.agent, call.leg) {
                // What we filled in ourselves is not of the platform.
                let own = agent.profile.take();
                agent.id.take_if(|id| own.is_some_and(|own| own.id == *id));
            }
            return;
        };
        let told = call.snapshot.agent.get_or_insert_default();
        let own_id = known.provider_agent_id.as_ref().unwrap_or(&known.id);
        told.id.get_or_insert_with(|| own_id.clone());
        told.name.get_or_insert_with(|| known.name.clone());
        if told.language.is_none() {
            told.language.clone_from(&known.language);
        }
        told.profile = Some(call::Profile {
            id: known.id.clone(),
            name: known.name.clone(),
            extracts: false,
            awaits_recording: known.awaits_recording,
        });
    }

    fn find(&self, provider: &str, call: &Snapshot) -> Option<&Known> {
        if self.agents.is_empty() {
            return None;
        }
        let told = call.agent.as_ref();
        let id = told.and_then(|agent| agent.id.as_deref());
        let name = told.and_then(|agent| agent.name.as_deref());
        let fits = |known: &&Known| known.provider.as_deref().is_none_or(|of| of == provider);
        let by = |by: By, key: Option<&str>| {
            let places = self.places.get(&(by, key?.to_owned()))?;
            let mut agents = places.iter().map(|at| &self.agents[*at]);
            match by {
                By::Id => agents.next(),
                _ => agents.find(fits),
            }
        };
        by(By::Id, id)
            .or_else(|| by(By::ProviderId, id))
            .or_else(|| by(By::Name, name))
            .or_else(|| match (id, name) {
                // A platform that names an agent means another one than ours; a leg has the numbers of its call, whose agent it is.
                (None, None) if call.parent_id.is_none() => by(By::Number, call.agent_number()),
                _ => None,
            })
    }
}
