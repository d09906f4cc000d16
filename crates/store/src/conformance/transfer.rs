//! Facts about moving everything from one store to another. Each is told on two empty stores, of one kind or of two.

use super::tallies::{all_of, tally};
use super::world::{Shared, accept, advance, at, commit, id, own, own_as, run, workspace};
use crate::archive::{CallFilter, Page, RunFilter};
use crate::catalog::{Document, Kind};
use crate::journal::{RunRow, Timer, TimerKind, Unit};
use crate::tally::{By, Slice};
use crate::transfer::{Key, Mark, Movable, Record, Report, Table, Wrong, copy, verify};
use crate::{Parts, Store, Tally};
use kernel::Timestamp;
use kernel::run::Status;
use std::sync::Arc;

pub type Pair = (Arc<dyn Movable>, Arc<dyn Movable>);

const PAGE: usize = 1 << 20;

fn document(kind: Kind, n: u8) -> Document {
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
async fn fill(store: &Arc<dyn Movable>) {
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

/// Of each unit a counter without flow and agent, shared by four units, and one of an agent that comes and goes.
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
    vec![all, one]
}

fn timer(n: u64, kind: TimerKind) -> Timer {
    Timer {
        part: (n % 1024) as u16,
        due_at: at(n as i64 * 2),
        kind,
        subject: [n as u8; 16],
    }
}

async fn mark(source: &Arc<dyn Movable>) -> Mark {
    let (totals, epochs) = (
        source.totals().await.unwrap(),
        source.epochs().await.unwrap(),
    );
    Mark::new("the source".into(), "a place".into(), totals, epochs, at(9))
}

fn now() -> Timestamp {
    at(9)
}

async fn moved(source: &Arc<dyn Movable>, target: &Arc<dyn Movable>) -> Report {
    copy(&**source, &**target, &mut mark(source).await, now, &|_| ())
        .await
        .unwrap();
    Mark::remove(&**target, now()).await.unwrap();
    compared(source, target).await
}

async fn compared(source: &Arc<dyn Movable>, target: &Arc<dyn Movable>) -> Report {
    verify(source, target, &|_| ()).await.unwrap()
}

async fn table(store: &Arc<dyn Movable>, table: Table, bytes: usize) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::new();
    loop {
        let after = all.last().map_or(Key::FIRST, Record::key);
        let page = store.export(table, after, bytes).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

pub async fn what_was_moved_gives_the_same_answers((source, target): Pair) {
    fill(&source).await;
    let report = moved(&source, &target).await;
    assert!(report.is_same(), "{report:?}");
    let rows: Vec<u64> = report.tables.iter().map(|table| table.rows).collect();
    assert_eq!(rows, [1, 6, 5, 20, 20, 20, 21, 15, 40, 7]);
    assert_eq!(rows, source.totals().await.unwrap());
    let (before, after) = (answers(&source).await, answers(&target).await);
    for (before, after) in before.into_iter().zip(after) {
        assert_eq!(before, after);
    }
    assert_ne!(source.counts(None).await.unwrap(), []);
}

/// What people and the engine ask a store, as text.
async fn answers(store: &Arc<dyn Movable>) -> Vec<String> {
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
    };
    told(&store.tallies(&all_of(workspace()), by).await.unwrap());
    answers
}

pub async fn there_and_back_again_is_the_same((source, target): Pair) {
    fill(&source).await;
    let there = moved(&source, &target).await;
    let back = compared(&target, &source).await;
    assert!(back.is_same(), "{back:?}");
    for (there, back) in there.tables.iter().zip(&back.tables) {
        assert_eq!(there.hash, back.hash, "{:?}", there.table);
    }
    let entries = table(&target, Table::Entries, PAGE).await;
    assert_eq!(entries, table(&source, Table::Entries, PAGE).await);
}

pub async fn importing_twice_changes_nothing((source, target): Pair) {
    fill(&source).await;
    moved(&source, &target).await;
    let (counts, totals) = (
        target.counts(None).await.unwrap(),
        target.totals().await.unwrap(),
    );
    for name in Table::ALL {
        for page in [1, PAGE] {
            for records in table(&source, name, page).await.chunks(7) {
                target.import(records.to_vec()).await.unwrap();
            }
        }
    }
    assert_eq!(target.counts(None).await.unwrap(), counts);
    assert_eq!(target.totals().await.unwrap(), totals);
    let report = moved(&source, &target).await;
    assert!(report.is_same(), "{report:?}");
}

pub async fn pages_go_on_after_a_key_in_the_order_of_keys((source, _): Pair) {
    fill(&source).await;
    for name in Table::ALL {
        let all = table(&source, name, PAGE).await;
        assert!(!all.is_empty(), "{name:?}");
        assert!(all.iter().all(|record| record.table() == name));
        assert!(all.is_sorted_by(|a, b| a.key() < b.key()), "{name:?}");
        assert_eq!(table(&source, name, 1).await, all);
        let first = source.export(name, Key::FIRST, 1).await.unwrap();
        assert_eq!(first, all[..1]);
    }
}

pub async fn large_bodies_are_moved((source, target): Pair) {
    let shared: Shared = source.clone();
    for (n, size) in [(20, 16 << 20), (21, 1 << 20), (22, 0), (23, 5 << 20)] {
        let mut unit = accept(n);
        unit.messages[0].body = vec![n as u8; size].into();
        unit.runs[0].state = vec![b' '; size / 8].into();
        commit(&shared, unit).await;
    }
    let report = moved(&source, &target).await;
    assert!(report.is_same(), "{report:?}");
    let message = target.message(id(20)).await.unwrap().unwrap();
    assert_eq!(message.body.len(), 16 << 20);
}

pub async fn generations_and_epochs_do_not_go_back((source, _): Pair) {
    source.put(document(Kind::Flow, 1), 0).await.unwrap();
    source.put(document(Kind::Flow, 2), 0).await.unwrap();
    let generation = |generation| vec![Record::Generation(workspace(), generation)];
    source.import(generation(1)).await.unwrap();
    assert_eq!(source.generation(workspace()).await.unwrap(), 2);
    source.import(generation(7)).await.unwrap();
    assert_eq!(source.generation(workspace()).await.unwrap(), 7);
    let mut epochs = source.epochs().await.unwrap();
    assert_eq!(epochs, [1; 1024]);
    epochs[5] = 9;
    source.raise(&epochs).await.unwrap();
    source.raise(&[2; 1024]).await.unwrap();
    let raised = source.epochs().await.unwrap();
    assert!(raised[5] == 9 && raised.iter().all(|epoch| *epoch >= 2));
    let shared: Shared = source.clone();
    let lease = own_as(&shared, "next").await;
    assert_eq!(lease.epoch, raised[0]);
}

pub async fn how_often_an_owner_was_lost_stays_known((source, target): Pair) {
    let (from, to): (Shared, Shared) = (source.clone(), target.clone());
    own_as(&from, "lost").await;
    commit(&from, accepted(20)).await;
    own_as(&from, "lost as well").await;
    commit(&from, accepted(21)).await;
    // The target has lost owners of its own.
    target.raise(&[6; 1024]).await.unwrap();
    let report = moved(&source, &target).await;
    assert!(report.is_same(), "{report:?}");
    let next = own_as(&to, "next").await;
    for (n, times) in [(20, 2), (21, 1)] {
        let run = target.run(id(n)).await.unwrap().unwrap();
        assert_eq!(next.epoch - run.epoch, times);
    }
}

fn accepted(n: u64) -> Unit {
    let mut unit = accept(n);
    unit.runs[0].epoch = 0;
    unit
}

pub async fn a_copy_that_was_ended_goes_on((source, target): Pair) {
    fill(&source).await;
    for ended_in in [Table::Documents, Table::Events, Table::Entries] {
        let (ended, mut end) = tokio::sync::mpsc::unbounded_channel();
        let told = move |progress: crate::transfer::Progress| {
            if progress.table == ended_in {
                let _ = ended.send(());
            }
        };
        let mut mark = match Mark::read(&*target).await.unwrap() {
            Some(mark) => mark,
            None => mark(&source).await,
        };
        tokio::select! {
            biased;
            _ = end.recv() => {}
            done = copy(&*source, &*target, &mut mark, now, &told) => done.unwrap(),
        }
        let left = Mark::read(&*target).await.unwrap().unwrap();
        assert!(left.table >= ended_in, "{left:?}");
    }
    let mut mark = Mark::read(&*target).await.unwrap().unwrap();
    copy(&*source, &*target, &mut mark, now, &|_| ())
        .await
        .unwrap();
    let report = compared(&source, &target).await;
    assert!(report.is_same(), "{report:?}");
    Mark::remove(&*target, at(9)).await.unwrap();
    assert_eq!(Mark::read(&*target).await.unwrap(), None);
    assert_eq!(
        target.totals().await.unwrap(),
        source.totals().await.unwrap()
    );
}

pub async fn every_difference_is_named((source, target): Pair) {
    fill(&source).await;
    moved(&source, &target).await;
    let to: Shared = target.clone();
    let lease = own(&to).await;
    commit(&to, advance(&lease, 20, 1, Status::Failed)).await;
    commit(&to, accept(60)).await;
    target.forget(id(22)).await.unwrap();
    target.delete(Kind::Secret, [2; 16], at(9)).await.unwrap();
    let report = compared(&source, &target).await;
    assert!(!report.is_same());
    let has = |table, row: String, wrong| {
        let differences = &report.differences;
        let found = differences.iter().any(|difference| {
            difference.table == table && difference.row == row && difference.wrong == wrong
        });
        assert!(found, "no {row} {wrong:?} in {differences:#?}");
    };
    has(
        Table::Calls,
        id::<kernel::id::Call>(22).to_string(),
        Wrong::Missing,
    );
    has(
        Table::Calls,
        id::<kernel::id::Call>(60).to_string(),
        Wrong::Extra,
    );
    has(
        Table::Runs,
        id::<kernel::id::Run>(20).to_string(),
        Wrong::Differs,
    );
    has(
        Table::Runs,
        id::<kernel::id::Run>(22).to_string(),
        Wrong::Missing,
    );
    has(
        Table::Documents,
        format!("kind 5 id {}", "02".repeat(16)),
        Wrong::Missing,
    );
}

/// Nobody attends: nobody is there.
pub async fn nodes_at_work_are_known((source, _): Pair) {
    assert_eq!(source.nodes().await.unwrap(), [""; 0]);
    let shared: Arc<dyn Store> = source.clone();
    own(&shared).await;
    assert_eq!(
        source.nodes().await.unwrap(),
        [""; 0],
        "the lease has run out"
    );
}
