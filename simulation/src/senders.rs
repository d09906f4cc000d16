//! Whoever sends messages about calls: out of order, more than once, or never; impatient, and with a second try.

use crate::chance::Chance;
use crate::cluster::Cluster;
use calls::call::Analysis;
use calls::{Kind, Observation, Snapshot, Tool};
use engine::Receipt;
use kernel::id::WorkspaceId;
use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{sleep, timeout};

pub fn workspace() -> WorkspaceId {
    WorkspaceId::from_bytes([1; 16])
}

/// What was acknowledged, and how many senders are still at it.
#[derive(Default)]
pub struct Post {
    receipts: Mutex<Vec<(Observation, Receipt)>>,
    busy: std::sync::atomic::AtomicUsize,
}

impl Post {
    pub fn receipts(&self) -> MutexGuard<'_, Vec<(Observation, Receipt)>> {
        self.receipts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_done(&self) -> bool {
        self.busy.load(std::sync::atomic::Ordering::Relaxed) == 0
    }

    /// Sends the messages of some calls, each at a time of its own within `time`.
    pub fn send(self: &Arc<Self>, cluster: &Arc<Cluster>, time: Duration) {
        let chance = &cluster.universe.chance;
        let within = |most: Duration| chance.millis(0, most.as_millis() as u64);
        let mut planned: Vec<(Duration, Observation)> = Vec::new();
        for call in 0..1 + chance.below(5) {
            let begins = within(time);
            for (number, message) in messages(chance, call).into_iter().enumerate() {
                if chance.percent(12) {
                    continue;
                }
                let at = begins + Duration::from_secs(2) * number as u32;
                let late = if chance.percent(25) {
                    within(Duration::from_secs(30))
                } else {
                    within(Duration::from_secs(3))
                };
                if chance.percent(20) {
                    planned.push((at + within(Duration::from_secs(20)), message.clone()));
                }
                planned.push((at + late, message));
            }
        }
        while let Some((at, message)) = planned.pop() {
            let mut batch = vec![message];
            while chance.percent(15)
                && let Some((_, more)) = planned.pop()
            {
                batch.push(more);
            }
            self.busy.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            tokio::spawn(self.clone().deliver(cluster.clone(), at, batch));
        }
    }

    async fn deliver(
        self: Arc<Self>,
        cluster: Arc<Cluster>,
        at: Duration,
        messages: Vec<Observation>,
    ) {
        let chance = &cluster.universe.chance;
        sleep(at).await;
        let tries = 1 + chance.below(4);
        for _ in 0..tries {
            if let Some(engine) = cluster.any() {
                let patience = if chance.percent(10) {
                    chance.millis(1, 300)
                } else {
                    chance.millis(2_000, 15_000)
                };
                let told =
                    timeout(patience, engine.accept(workspace(), None, messages.clone())).await;
                if let Ok(Ok(receipts)) = told {
                    cluster.universe.trace.note(
                        0,
                        "acknowledged",
                        &[receipts.len() as u64],
                        format_args!("{:?}", receipts[0].event),
                    );
                    self.receipts().extend(messages.into_iter().zip(receipts));
                    break;
                }
            }
            sleep(chance.millis(200, 4_000)).await;
        }
        self.busy.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
    }
}

/// What a platform has to say of one call, in the order in which it happens.
fn messages(chance: &Chance, call: u64) -> Vec<Observation> {
    let mut told = vec![
        message(call, "started", Kind::Started),
        message(call, "answered", Kind::Answered),
    ];
    for number in 0..chance.below(3) {
        let id = format!("tool-{number}");
        let tool = Tool {
            id: Some(id.clone()),
            name: "book".into(),
            arguments: json!({}),
        };
        told.push(Observation {
            tool: Some(tool),
            ..message(call, &id, Kind::ToolCalled)
        });
    }
    let analysis = |summary: &str| Analysis {
        summary: Some(summary.into()),
        ..Analysis::default()
    };
    if chance.percent(60) {
        told.push(message(call, "ended", Kind::Ended));
    }
    if chance.percent(60) {
        let mut report = Observation {
            complete: true,
            ..message(call, "report", Kind::Ended)
        };
        report.no_analysis_to_come = chance.percent(20);
        report.call.analysis = chance.percent(50).then(|| analysis("first"));
        told.push(report);
    }
    for summary in ["second", "third"].iter().take(chance.index(3)) {
        let mut analyzed = message(call, summary, Kind::Analyzed);
        analyzed.call.analysis = Some(analysis(summary));
        told.push(analyzed);
    }
    told
}

fn message(call: u64, id: &str, kind: Kind) -> Observation {
    Observation {
        provider: "custom".into(),
        provider_event: kind.name().into(),
        dedupe: id.into(),
        claims: vec![kind],
        call: Snapshot {
            provider_call_id: format!("call-{call}"),
            ..Snapshot::default()
        },
        ..Observation::default()
    }
}
