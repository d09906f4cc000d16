//! Messages that name no call but the session it is part of: they are told to the call that the session began with, once one was heard
//! of. Only of platforms whose policy says so; a session of which no call is known stays a call of its own.

use crate::engine::Inner;
use crate::wire;
use calls::Observation;
use kernel::id::WorkspaceId;
use store::catalog::{Document, Kind};

impl Inner {
    pub(crate) async fn join_sessions(
        &self,
        workspace: WorkspaceId,
        observations: &mut [Observation],
    ) -> store::Result<()> {
        for told in observations {
            let Some(session) = told.call.session_id.as_deref() else {
                continue;
            };
            if !(self.config.policy)(&told.provider).joins_by_session {
                continue;
            }
            // No call is called so: ids of calls have no line breaks.
            let key = calls::call_key(workspace, &told.provider, &format!("session\n{session}"));
            let alias = hex::encode(key);
            let found = self.store.find(Kind::Leg, &alias).await?;
            match found {
                Some(found) if told.made_up => {
                    told.call.provider_call_id = wire::decode("a session's call", &found.body)?;
                    told.made_up = false;
                }
                None if !told.made_up => {
                    self.note_leg(workspace, alias, &told.call.provider_call_id)
                        .await?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    async fn note_leg(
        &self,
        workspace: WorkspaceId,
        alias: String,
        call: &str,
    ) -> store::Result<()> {
        let now = self.stamp.now();
        let note = Document {
            kind: Kind::Leg,
            id: self.stamp.id::<kernel::id::Setting>(0).bytes(),
            workspace,
            version: 1,
            name: String::new(),
            alias: Some(alias),
            enabled: true,
            created_at: now,
            updated_at: now,
            body: wire::encode(&call),
        };
        // Taken: another leg of the session came at this moment.
        self.store.put(note, 0).await?;
        Ok(())
    }
}

#[cfg(test)]
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
    }
}
