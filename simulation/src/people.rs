//! People and programs that use the API meanwhile: they save, disable, delete and resume flows, let them
//! catch up, cancel runs and replay them.

use crate::cluster::Cluster;
use crate::flows;
use crate::senders::workspace;
use engine::flows::Change;
use engine::watch::CatchUp;
use engine::{Replay, ReplayFrom, ReplayVersion};
use kernel::id::{FlowId, RunId};
use std::sync::Arc;
use std::time::Duration;
use store::catalog::Kind;
use tokio::time::{sleep, timeout};

const PATIENCE: Duration = Duration::from_secs(10);

/// Saves the flows that are there from the beginning.
pub async fn set_up(cluster: &Arc<Cluster>) {
    set_limits(cluster).await;
    let mut missing = 1 + cluster.universe.chance.below(4);
    while missing > 0 {
        let document = flows::draw(&cluster.universe.chance);
        if let Some(engine) = cluster.any()
            && let Ok(saved) = timeout(
                PATIENCE,
                engine.save_flow(workspace(), None, document, Change::default()),
            )
            .await
        {
            match saved {
                Err(engine::Refusal::Invalid(problems)) => {
                    return cluster
                        .universe
                        .wrong(format!("a flow does not compile: {problems:?}"));
                }
                Err(_) => {}
                Ok(_) => missing -= 1,
            }
        }
        sleep(Duration::from_millis(100)).await;
    }
}

/// Sets what the seed says about destinations, before anything is sent.
async fn set_limits(cluster: &Arc<Cluster>) {
    for (at, name) in flows::DESTINATIONS.iter().enumerate() {
        let setting = cluster.outside.plan.setting(at);
        while setting.rate.is_some() {
            if let Some(engine) = cluster.any() {
                let saved = engine.save_destination(workspace(), name, None, setting.clone());
                if let Ok(Ok(())) = timeout(PATIENCE, saved).await {
                    break;
                }
            }
            sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Lets go what somebody has paused: nothing is to wait at the end. Whoever was about to pause something has given up by then.
pub async fn resume_all(cluster: &Arc<Cluster>) {
    sleep(PATIENCE).await;
    for name in flows::DESTINATIONS {
        cluster.outside.watch().resumed(name);
        loop {
            if let Some(engine) = cluster.any() {
                let resumed = engine.pause_destination(workspace(), name, false);
                if let Ok(Ok(()) | Err(engine::Refusal::NotFound(_))) =
                    timeout(PATIENCE, resumed).await
                {
                    break;
                }
            }
            sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Does one thing, on any node, with as much patience as people have.
pub fn act(cluster: &Arc<Cluster>) {
    let Some(engine) = cluster.any() else { return };
    let chance = &cluster.universe.chance;
    let flows: Vec<FlowId> = cluster
        .universe
        .model()
        .list(None, Kind::Flow, None, 500)
        .iter()
        .map(|flow| FlowId::from_bytes(flow.id))
        .collect();
    let runs: Vec<RunId> = cluster.universe.model().runs.keys().copied().collect();
    let what = chance.below(10);
    let name = *chance.pick(&flows::DESTINATIONS);
    let (flow, run) = (pick(cluster, &flows), pick(cluster, &runs));
    let mut document = flows::draw(chance);
    let from = if chance.percent(50) {
        ReplayFrom::Start
    } else {
        ReplayFrom::FailedStep
    };
    let version = if chance.percent(80) {
        ReplayVersion::Same
    } else {
        ReplayVersion::Latest
    };
    let replay = Replay {
        from,
        version,
        event: None,
    };
    let since = chance.percent(50).then_some(kernel::Timestamp::UNIX_EPOCH);
    let patience = if chance.percent(20) {
        chance.millis(1, 50)
    } else {
        PATIENCE
    };
    if what == 7 {
        cluster.outside.watch().resumed(name);
    }
    cluster.universe.trace.note(
        0,
        "somebody acts",
        &[what],
        format_args!("{what} on {run:?} or {flow:?}"),
    );
    let used = async move {
        match (what, flow, run) {
            (0, Some(flow), _) => {
                document["enabled"] = true.into();
                drop(
                    engine
                        .save_flow(workspace(), Some(flow), document, Change::default())
                        .await,
                );
            }
            (1, Some(flow), _) => drop(engine.switch_flow(workspace(), flow, false).await),
            (2, Some(flow), _) if flow.bytes()[15] % 4 == 0 => {
                drop(engine.delete_flow(workspace(), flow).await)
            }
            (2, ..) => drop(
                engine
                    .save_flow(workspace(), None, document, Change::default())
                    .await,
            ),
            (3 | 4, _, Some(run)) => drop(engine.cancel(workspace(), run).await),
            (8, Some(flow), _) => drop(engine.resume(workspace(), flow).await),
            (9, Some(flow), _) => drop(
                engine
                    .catch_up(
                        workspace(),
                        flow,
                        CatchUp {
                            from: since,
                            ..CatchUp::default()
                        },
                    )
                    .await,
            ),
            (5, _, Some(run)) => drop(engine.replay(workspace(), run, &replay).await),
            (6 | 7, ..) => drop(engine.pause_destination(workspace(), name, what == 6).await),
            _ => {}
        }
    };
    tokio::spawn(timeout(patience, used));
}

fn pick<T: Copy>(cluster: &Cluster, from: &[T]) -> Option<T> {
    (!from.is_empty()).then(|| *cluster.universe.chance.pick(from))
}
