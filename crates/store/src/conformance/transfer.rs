//! Facts about moving everything from one store to another. Each is told on two empty stores, of one kind or of two.

use super::filled::{answers, document, fill};
use super::world::{Shared, accept, advance, at, commit, id, own, own_as, workspace};
use crate::Store;
use crate::catalog::Kind;
use crate::journal::Unit;
use crate::transfer::{Key, Mark, Movable, Record, Report, Table, Wrong, copy, verify};
use kernel::Timestamp;
use kernel::run::Status;
use std::sync::Arc;

pub type Pair = (Arc<dyn Movable>, Arc<dyn Movable>);

const PAGE: usize = 1 << 20;

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
    assert_eq!(rows, [1, 6, 5, 20, 20, 20, 21, 15, 40, 9]);
    assert_eq!(rows, source.totals().await.unwrap());
    let (before, after) = (answers(&source).await, answers(&target).await);
    for (before, after) in before.into_iter().zip(after) {
        assert_eq!(before, after);
    }
    assert_ne!(source.counts(None).await.unwrap(), []);
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
