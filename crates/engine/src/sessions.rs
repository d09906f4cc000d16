//! What the calls of one session have to do with each other, where the platform's policy says so. Messages that name no call but their
//! session are told to the call that it began with, once one was heard of; or of several calls one is what an agent had (`legs`).
//! A session of which no call is known, or whose call was deleted, stays a call of its own.

mod legs;

use crate::engine::Inner;
use crate::wire;
use calls::Observation;
use kernel::id::WorkspaceId;
use std::collections::HashSet;
use store::catalog::Kind;

impl Inner {
    pub(crate) async fn join_sessions(
        &self,
        workspace: WorkspaceId,
        observations: &mut [Observation],
    ) -> store::Result<()> {
        let session_of = |told: &Observation| {
            let session = told.call.session_id.clone()?;
            let policy = (self.config.policy)(&told.provider);
            let counts = policy.joins_by_session || policy.legs_by_session;
            counts.then_some((session, policy))
        };
        if observations.iter().all(|told| session_of(told).is_none()) {
            return Ok(());
        }
        let heard_now: HashSet<_> = observations
            .iter()
            .filter(|told| !told.made_up)
            .map(|told| key_of(workspace, told, &told.call.provider_call_id))
            .collect();
        for told in observations {
            let Some((session, policy)) = session_of(told) else {
                continue;
            };
            // No call is called so: ids of calls have no line breaks.
            let key = calls::call_key(workspace, &told.provider, &format!("session\n{session}"));
            let alias = hex::encode(key);
            if policy.legs_by_session {
                self.place(workspace, told, alias, &session).await?;
                continue;
            }
            let found = self.store.find(Kind::Leg, &alias).await?;
            match found {
                Some(found) if told.made_up => {
                    let first: String = wire::decode("a session's call", &found.body)?;
                    let key = key_of(workspace, told, &first);
                    let alone = key_of(workspace, told, &told.call.provider_call_id);
                    // A call that was deleted does not come back, and what stands alone already is not told twice.
                    let is_there =
                        heard_now.contains(&key) || self.store.call(key).await?.is_some();
                    if is_there && self.store.call(alone).await?.is_none() {
                        told.call.provider_call_id = first;
                        told.made_up = false;
                    }
                }
                None if !told.made_up => {
                    let call = &told.call.provider_call_id;
                    let leg = self.memo_under(alias, Kind::Leg, workspace, call);
                    // Taken: another leg of the session came at this moment.
                    self.store.put(leg, 0).await?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn key_of(workspace: WorkspaceId, told: &Observation, call: &str) -> [u8; 16] {
    calls::call_key(workspace, &told.provider, call)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use crate::vault::Vault;
    use crate::{Config, Engine};
    use calls::{Kind, Observation, Policy, Snapshot};
    use kernel::id::WorkspaceId;
    use std::sync::Arc;

    fn told(call: &str, kind: Kind) -> Observation {
        Observation {
            provider: "vonage".into(),
            dedupe: format!("{call} {}", kind.name()),
            claims: vec![kind],
            made_up: call == "CON-1",
            call: Snapshot {
                provider_call_id: call.into(),
                session_id: Some("CON-1".into()),
                ..Snapshot::default()
            },
            ..Observation::default()
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_recording_of_a_session_is_one_of_the_call_it_began_with() {
        let config = Config {
            policy: |_| Policy {
                joins_by_session: true,
                ..Policy::default()
            },
            ..Config::new("test")
        };
        let store = Arc::new(store_sqlite::Sqlite::in_memory().unwrap());
        let out = Arc::new(actions::World::new(actions::Config::default()));
        let engine = Engine::start(store, out, Vault::new(&[7; 32]), config);
        let engine = engine.await.unwrap();
        let accept = async |workspace: u8, told: Vec<Observation>| {
            let workspace = WorkspaceId::from_bytes([workspace; 16]);
            let receipts = engine.accept(workspace, None, told).await.unwrap();
            receipts
                .iter()
                .map(|receipt| receipt.call)
                .collect::<Vec<_>>()
        };
        // Nobody has heard of a call: it stands alone.
        let recorded = || told("CON-1", Kind::RecordingReady);
        let alone = accept(2, vec![recorded()]).await;
        let first = accept(1, vec![told("leg-1", Kind::Started)]).await;
        let second = accept(1, vec![told("leg-2", Kind::Started)]).await;
        assert_ne!(first, second);
        assert_eq!(accept(1, vec![recorded()]).await, first);
        // What comes at once is joined as well, and what is repeated.
        let both = accept(3, vec![told("leg-1", Kind::Started), recorded()]).await;
        assert_eq!(both[0], both[1]);
        assert_eq!(accept(1, vec![recorded()]).await, first);
        assert_eq!(accept(2, vec![recorded()]).await, alone);
        // What stands alone does so also when the session's call is heard of later.
        accept(2, vec![told("leg-1", Kind::Started)]).await;
        assert_eq!(accept(2, vec![recorded()]).await, alone);
        // A call that was deleted does not come back.
        let workspace = WorkspaceId::from_bytes([1; 16]);
        engine.forget_call(workspace, first[0]).await.unwrap();
        let mut late = recorded();
        late.dedupe = "late".into();
        assert_ne!(accept(1, vec![late]).await, first);
        let back = engine.store().call_by_id(first[0]).await.unwrap();
        assert!(back.is_none());
    }
}
