//! Of the calls of one session one is what an agent had: the first telephone that was heard of, or the room where there is none.
//! The others are legs, and nobody's: what follows an agent's calls is done once, in whatever order messages come.

use super::key_of;
use crate::engine::Inner;
use crate::wire;
use calls::{Call, Kind as Claim, Observation};
use kernel::id::WorkspaceId;
use store::catalog::{Kind, Put};

impl Inner {
    /// Says of a message whether its call is a leg; `alias` is under which the session's own call is remembered.
    pub(super) async fn place(
        &self,
        workspace: WorkspaceId,
        told: &mut Observation,
        alias: String,
        session: &str,
    ) -> store::Result<()> {
        let known = self.had(&alias).await?;
        if told.call.provider_call_id != session {
            return self
                .place_telephone(workspace, told, alias, session, known)
                .await;
        }
        match known {
            Some(had) if had != session => self.place_room(workspace, told, had).await,
            // Its end is told now: a telephone that is heard of later is a leg of it.
            None if told.complete && self.is_agents(workspace, told, session).await? => {
                let had = self.claim(workspace, alias, session).await?;
                told.leg = had != session;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn place_telephone(
        &self,
        workspace: WorkspaceId,
        told: &mut Observation,
        alias: String,
        session: &str,
        known: Option<String>,
    ) -> store::Result<()> {
        let own = &told.call.provider_call_id;
        let had = match known {
            Some(had) => had,
            None => self.claim(workspace, alias, own).await?,
        };
        if had != *own {
            told.leg = true;
            told.call.parent_id = (had != session).then_some(had);
        } else if told.call.agent.is_none() {
            // What was over without an agent stays nobody's: the room is followed in its place.
            let call = self.told_of(workspace, told, own).await?;
            if call.is_some_and(|call| call.settled) {
                return Ok(());
            }
            let room = self.told_of(workspace, told, session).await?;
            let agent = room.and_then(|room| room.snapshot.agent);
            told.call.agent = agent.map(|agent| calls::call::Agent {
                profile: None,
                ..agent
            });
        }
        Ok(())
    }

    /// Who talks in the room talks on the telephone, and what is recorded there is its recording, unless that call was over before,
    /// and nobody's.
    async fn place_room(
        &self,
        workspace: WorkspaceId,
        told: &mut Observation,
        had: String,
    ) -> store::Result<()> {
        let Some(call) = self.told_of(workspace, told, &had).await? else {
            return Ok(());
        };
        let is_of_it = match told.claims[..] {
            [] => told.call.agent.is_some() && !call.settled,
            [Claim::RecordingReady] => has_agent(&call) || !call.settled,
            _ => false,
        };
        if is_of_it {
            told.call.provider_call_id = had;
            told.call.started_at = None;
        } else {
            told.leg = has_agent(&call) || told.complete && !call.settled;
        }
        Ok(())
    }

    /// The id of the call that an agent had.
    async fn had(&self, alias: &str) -> store::Result<Option<String>> {
        let found = self.store.find(Kind::Leg, alias).await?;
        let had = found.map(|found| wire::decode("a session's call", &found.body));
        had.transpose()
    }

    /// The same, which it is from now on if there was none.
    async fn claim(
        &self,
        workspace: WorkspaceId,
        alias: String,
        own: &str,
    ) -> store::Result<String> {
        let memo = self.memo_under(alias.clone(), Kind::Leg, workspace, &own);
        match self.store.put(memo, 0).await? {
            Put::Saved => Ok(own.to_owned()),
            // Another call of the session came at this moment.
            Put::Conflict(_) | Put::Taken => {
                let had = self.had(&alias).await?;
                Ok(had.unwrap_or_else(|| own.to_owned()))
            }
        }
    }

    async fn told_of(
        &self,
        workspace: WorkspaceId,
        told: &Observation,
        id: &str,
    ) -> store::Result<Option<Call>> {
        let row = self.store.call(key_of(workspace, told, id)).await?;
        let call = row.map(|row| wire::decode("a call", &row.state));
        call.transpose()
    }

    async fn is_agents(
        &self,
        workspace: WorkspaceId,
        told: &Observation,
        id: &str,
    ) -> store::Result<bool> {
        let call = self.told_of(workspace, told, id).await?;
        Ok(call.is_some_and(|call| has_agent(&call)))
    }
}

fn has_agent(call: &Call) -> bool {
    let agent = call.snapshot.agent.as_ref();
    agent.is_some_and(|agent| agent.profile.is_some())
}

#[cfg(test)]
mod tests;
