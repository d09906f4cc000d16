//! What messages would cause, if they came in now: the moments of their calls, the flows that each starts, and what those would
//! do. The calls are folded in memory, as if nobody had heard of them; nothing is stored or sent.

use super::stage::Here;
use super::{Report, test};
use crate::Refusal;
use crate::engine::Inner;
use crate::plans::Book;
use crate::raise::is_throttled;
use calls::event::Origin;
use calls::{Call, Confidential, Event, Kind, Moment, Observation, TimerKind};
use kernel::Timestamp;
use kernel::id::{CallId, EventId, FlowId, WorkspaceId};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Further flows are named, and not tried out.
const MOST_TRIED: usize = 20;
/// Nor are those that would begin after so long.
const LONGEST: Duration = Duration::from_secs(15);

const MOST_TIMERS: usize = 4;

/// A moment of a call, and what it would start.
#[derive(Debug)]
pub struct Foreseen {
    pub kind: Kind,
    pub at: Timestamp,
    /// Offered again, now that all that is waited for is known.
    pub settled: bool,
    /// Raised by a timer: no message tells of it.
    pub synthetic: bool,
    pub flows: Vec<Started>,
}

#[derive(Debug)]
pub struct Started {
    pub id: FlowId,
    pub name: String,
    pub version: u32,
    /// What a dry test shows; `None`: there are too many to try out.
    pub report: Option<Report>,
}

impl Inner {
    pub(crate) async fn foresee(
        &self,
        workspace: WorkspaceId,
        observations: &[Observation],
        hidden: Option<&Confidential>,
    ) -> Result<Vec<Foreseen>, Refusal> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let events = self.would_raise(workspace, &book, observations).await?;
        let here = Here {
            inner: self,
            workspace,
            book: book.clone(),
        };
        let (deadline, mut left) = (Instant::now() + LONGEST, MOST_TRIED);
        let mut foreseen = Vec::new();
        for event in events {
            let event = Arc::new(event);
            let matching = book.matching(&calls::schema::facts(&event));
            // What is known of a contact is not for everybody who knows the number.
            let event = match hidden {
                Some(hidden) => Arc::new(hidden.hidden(Arc::unwrap_or_clone(event))),
                None => event,
            };
            let mut flows = Vec::new();
            for flow in matching
                .into_iter()
                .filter(|flow| !is_throttled(flow, &event))
            {
                let (id, version) = (flow.id, flow.version);
                let name = flow.plan.name.clone();
                let mut report = None;
                if left > 0 && Instant::now() < deadline {
                    left -= 1;
                    let run = self.stamp.id(0);
                    let ended = test::dry_run(&here, flow, &event, run).await;
                    report = ended.map(Report::from);
                }
                flows.push(Started {
                    id,
                    name,
                    version,
                    report,
                });
            }
            // The second offer of the end is told where somebody waited for it.
            if !event.settled || event.kind != Kind::Ended || !flows.is_empty() {
                foreseen.push(Foreseen {
                    kind: event.kind,
                    at: event.at,
                    settled: event.settled,
                    synthetic: event.synthetic,
                    flows,
                });
            }
        }
        Ok(foreseen)
    }

    /// The events of the messages, in order, and those that timers would add when nothing else comes.
    async fn would_raise(
        &self,
        workspace: WorkspaceId,
        book: &Book,
        observations: &[Observation],
    ) -> Result<Vec<Event>, Refusal> {
        let contacts = self.contacts_of(workspace, observations).await?;
        let now = self.stamp.now();
        let mut known: BTreeMap<(&str, &str), Call> = BTreeMap::new();
        let mut events = Vec::new();
        let mut tell = |call: &Call, moments: &[Moment], raw: &Arc<serde_json::Value>| {
            let origin = Origin {
                workspace_id: workspace,
                workspace_name: book.workspace_name.clone(),
                call_id: CallId::from_bytes([0; 16]),
                raw: raw.clone(),
            };
            // What is read late is not foreseen: nobody knows what it says.
            let told = moments.iter().filter(|moment| !moment.to_analyze);
            let told: Vec<Moment> = told.cloned().collect();
            events.extend(call.events(&told, &origin, || EventId::from_bytes([0; 16])));
        };
        for seen in observations {
            let key = (seen.provider.as_str(), seen.call.provider_call_id.as_str());
            let policy = (self.config.policy)(&seen.provider);
            let call = known.remove(&key);
            let before = contacts.before(call.as_ref());
            let mut folded = calls::fold_among(&book.agents, call, seen, "", now, &policy);
            contacts.complete(&mut folded.call, &before, &seen.call);
            tell(&folded.call, &folded.moments, &seen.raw);
            known.insert(key, folded.call);
        }
        for ((provider, _), mut call) in known {
            let policy = (self.config.policy)(provider);
            // The grace ends, then what is waited for: no call has more timers.
            for _ in 0..MOST_TIMERS {
                let Some((timer, at)) = next_timer(&call) else {
                    break;
                };
                let folded = calls::fold::expire(call, timer, at, &policy);
                tell(&folded.call, &folded.moments, &Arc::default());
                call = folded.call;
            }
        }
        Ok(events)
    }
}

/// What is waited for after a call. A call that goes on is not ended by the watchdog here.
fn next_timer(call: &Call) -> Option<(TimerKind, Timestamp)> {
    let timers = calls::fold::timers(call).into_iter();
    timers
        .filter(|(kind, _)| *kind != TimerKind::Watchdog)
        .min_by_key(|(_, at)| *at)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use crate::flows::Change;
    use crate::vault::Vault;
    use crate::{Config, Engine};
    use calls::{Kind, Observation, Snapshot};
    use kernel::id::WorkspaceId;
    use serde_json::json;
    use std::sync::Arc;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_flow_for_mobile_numbers_is_foreseen_to_start() {
        let store = Arc::new(store_sqlite::Sqlite::in_memory().unwrap());
        let out = Arc::new(actions::World::new(actions::Config::default()));
        let engine = Engine::start(store, out, Vault::new(&[7; 32]), Config::new("test"));
        let engine = engine.await.unwrap();
        let workspace = WorkspaceId::from_bytes([1; 16]);
        let flow = json!({
            "name": "Text back", "on": ["call.started"], "where": { "if": "phone_type == 'mobile'" },
            "steps": [{ "id": "note", "set": { "done": true } }],
        });
        let saved = engine.save_flow(workspace, None, flow, Change::default());
        saved.await.unwrap();
        let told = Observation {
            provider: "custom".into(),
            dedupe: "m-1".into(),
            claims: vec![Kind::Started],
            call: Snapshot {
                provider_call_id: "c-1".into(),
                direction: Some("inbound".into()),
                from: Some("+491701234567".into()),
                ..Snapshot::default()
            },
            ..Observation::default()
        };
        let foreseen = engine.foresee(workspace, &[told], None).await.unwrap();
        assert_eq!(foreseen[0].flows[0].name, "Text back");
    }
}
