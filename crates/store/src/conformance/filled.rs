//! What is moved: a store with rows of every table, and what it answers.

use super::tallies::{all_of, tally};
use super::world::{Shared, accept, advance, at, commit, id, own, run, workspace};
use crate::archive::{CallFilter, Page, RunFilter};
use crate::catalog::{Document, Kind};
use crate::journal::{RunRow, Timer, TimerKind, Unit};
use crate::tally::{By, Slice};
use crate::transfer::Movable;
use crate::{Parts, Tally};
use kernel::run::Status;
use std::sync::Arc;

pub fn document(kind: Kind, n: u8) -> Document {
    Document {
        kind,
        id: [n; 16],
        workspace: workspace(),
        version: 1,
        name: format!("document {n} \u{0} größer"),
        alias: Some(format!("alias {n}")),
        enabled: n.is_multiple_of(2),
        created_at: at(1),
        updated_at: at(2),
        body: vec![n; 300].into(),
    }
}

/// Calls 20 to 39 with runs of every status, one of them without bodies, and documents that were edited and deleted.
pub async fn fill(store: &Arc<dyn Movable>) {
    let shared: Shared = store.clone();
    let lease = own(&shared).await;
    let statuses = [
        Status::Running,
        Status::Waiting,
        Status::Succeeded,
        Status::Failed,
        Status::Cancelled,
    ];
    for n in 20..40 {
        let mut unit = accept(n);
        let listing = &mut unit.calls[0].row.listing;
        listing.status = Some(if n % 2 == 0 { "failed" } else { "ended" }.into());
        listing.sentiment = (n % 2 == 0).then(|| "positive".into());
        listing.answers = (n % 3 == 0).then(|| ",\"q\":\"a\"".into());
        listing.words = Some(format!("+1{n} \nc-{n}\n"));
        listing.agent = (n % 3 == 0).then(|| "agent\u{0}\u{1}".into());
        listing.duration_s = (n % 4 == 0).then_some(0.1 * n as f64);
        unit.messages[0].endpoint = (n % 2 == 0).then(|| id(3));
        unit.runs[0].replay_of = (n % 5 == 0).then(|| id(n - 1));
        unit.runs[0].parent = (n % 7 == 0).then(|| id(n - 1));
        unit.set_timers = vec![
            timer(n, TimerKind::CallSettle),
            timer(n, TimerKind::CallGrace),
        ];
        unit.tallies = tallies(n);
        commit(&shared, unit).await;
        let status = statuses[n as usize % 5];
        if status != Status::Running {
            commit(&shared, advance(&lease, n, 1, status)).await;
        }
    }
    let calls: Vec<_> = (20..40).map(id).collect();
    store.prune(&calls, at(24)).await.unwrap();
    let elsewhere = RunRow {
        workspace: id(99),
        ..run(50, id(20))
    };
    commit(
        &shared,
        Unit {
            runs: vec![elsewhere],
            ..Unit::default()
        },
    )
    .await;
    for n in 1..=4 {
        store.put(document(Kind::Flow, n), 0).await.unwrap();
        store.put(document(Kind::Secret, n), 0).await.unwrap();
    }
    store.put(document(Kind::Flow, 2), 1).await.unwrap();
    store.delete(Kind::Flow, [3; 16], at(3)).await.unwrap();
    store.delete(Kind::Secret, [4; 16], at(3)).await.unwrap();
}

/// Of each unit a counter without flow and agent, shared by four units, one of an agent that comes and goes, and one of a
/// destination.
fn tallies(n: u64) -> Vec<Tally> {
    let all = Tally {
        hour: (n / 4) as u32,
        ..tally(1, n)
    };
    let one = Tally {
        flow: Some(id(8)),
        agent: n.is_multiple_of(3).then(|| "agent\u{0}\u{1}".into()),
        ..tally(2, 5)
    };
    let to = Tally {
        destination: Some(format!("h{}.example:443 \u{0}", n % 2)),
        ..tally(64, 1)
    };
    vec![all, one, to]
}

fn timer(n: u64, kind: TimerKind) -> Timer {
    Timer {
        part: (n % 1024) as u16,
        due_at: at(n as i64 * 2),
        kind,
        subject: [n as u8; 16],
    }
}

/// What people and the engine ask a store, as text.
pub async fn answers(store: &Arc<dyn Movable>) -> Vec<String> {
    let mut answers = Vec::new();
    let mut told = |answer: &dyn std::fmt::Debug| answers.push(format!("{answer:?}"));
    for workspace in [None, Some(workspace()), Some(id(99))] {
        told(&store.counts(workspace).await.unwrap());
        for status in [Status::Running, Status::Waiting, Status::Failed] {
            let filter = RunFilter {
                workspace,
                statuses: vec![status],
                ..RunFilter::default()
            };
            let page = Page {
                before: None,
                limit: 99,
            };
            let runs = store.runs(&filter, page).await.unwrap();
            told(&runs.iter().map(|run| run.id).collect::<Vec<_>>());
        }
    }
    for status in [None, Some("failed".to_owned())] {
        let filter = CallFilter {
            workspace: Some(workspace()),
            status,
            ..CallFilter::default()
        };
        let page = Page {
            before: None,
            limit: 99,
        };
        told(&store.calls(&filter, page).await.unwrap());
    }
    for n in 20..40 {
        told(&store.message(id(n)).await.unwrap().unwrap());
        told(&store.event(id(n)).await.unwrap().unwrap());
        told(&store.entries(id(n)).await.unwrap());
        let run = store.run(id(n)).await.unwrap().unwrap();
        told(&RunRow { epoch: 0, ..run });
    }
    told(&store.ready(&Parts::all(), None, 99).await.unwrap());
    told(&store.due(&Parts::all(), at(50), 99).await.unwrap());
    for kind in [Kind::Flow, Kind::Secret] {
        told(&store.list(None, kind, None, 99).await.unwrap());
        told(&store.find(kind, "alias 2").await.unwrap().unwrap());
        told(&store.find(kind, "alias 4").await.unwrap());
    }
    told(&store.versions(Kind::Flow, [2; 16], None, 9).await.unwrap());
    told(&store.versions(Kind::Flow, [3; 16], None, 9).await.unwrap());
    told(&store.generation(workspace()).await.unwrap());
    let by = By {
        time: Slice::Hour,
        flow: true,
        agent: true,
        destination: false,
    };
    told(&store.tallies(&all_of(workspace()), by).await.unwrap());
    answers
}
