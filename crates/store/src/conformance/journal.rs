//! Facts about the hot path: units, versions, and what survives.

use super::due::timer;
use super::world::{Shared, accept, advance, at, call, commit, id, own, workspace};
use crate::Parts;
use crate::catalog::{Document, Kind};
use crate::journal::{CallPut, Committed, EntryRow, Unit};
use kernel::run::Status;

pub async fn a_unit_is_all_or_nothing(store: Shared) {
    let lease = own(&store).await;
    commit(&store, accept(20)).await;
    let mut refused = accept(21);
    refused.lease = Some(lease.clone());
    refused.advanced = advance(&lease, 20, 99, Status::Succeeded).advanced;
    refused.set_timers = vec![timer(5, 1)];
    assert_eq!(store.commit(refused).await.unwrap(), Committed::Lost);
    assert_eq!(store.call_by_id(id(21)).await.unwrap(), None);
    assert_eq!(store.message(id(21)).await.unwrap(), None);
    assert_eq!(store.event(id(21)).await.unwrap(), None);
    assert_eq!(store.run(id(21)).await.unwrap(), None);
    assert_eq!(
        store.due(&Parts::all(), at(100), 10).await.unwrap().timers,
        []
    );
    assert_eq!(store.counts(None).await.unwrap(), [(Status::Running, 1)]);
}

pub async fn a_stale_call_version_conflicts_and_returns_the_row(store: Shared) {
    commit(&store, accept(20)).await;
    let mut row = call(20);
    row.version = 2;
    row.listing.status = Some("ended".into());
    let put = |expect, row: &crate::journal::CallRow| Unit {
        calls: vec![CallPut {
            expect,
            row: row.clone(),
        }],
        ..Unit::default()
    };
    commit(&store, put(Some(1), &row)).await;
    let again = store.commit(put(Some(1), &row)).await.unwrap();
    assert_eq!(again, Committed::Conflict(Some(Box::new(row))));
    let gone = store.commit(put(Some(1), &call(21))).await.unwrap();
    assert_eq!(gone, Committed::Conflict(None));
}

pub async fn a_new_call_whose_key_exists_conflicts(store: Shared) {
    commit(&store, accept(20)).await;
    let mut other = accept(21);
    other.calls[0].row.key = call(20).key;
    let answer = store.commit(other).await.unwrap();
    assert_eq!(answer, Committed::Conflict(Some(Box::new(call(20)))));
    assert_eq!(store.event(id(21)).await.unwrap(), None);
}

pub async fn a_call_is_found_by_key_and_by_id(store: Shared) {
    commit(&store, accept(20)).await;
    assert_eq!(store.call(call(20).key).await.unwrap(), Some(call(20)));
    assert_eq!(store.call_by_id(id(20)).await.unwrap(), Some(call(20)));
    assert_eq!(store.call(call(21).key).await.unwrap(), None);
    assert_eq!(store.call_by_id(id(21)).await.unwrap(), None);
}

pub async fn a_stale_generation_is_refused(store: Shared) {
    let flow = Document {
        kind: Kind::Flow,
        id: [1; 16],
        workspace: workspace(),
        version: 1,
        name: "flow".into(),
        alias: None,
        enabled: true,
        created_at: at(1),
        updated_at: at(1),
        body: "{}".into(),
    };
    let with = |n, generation| Unit {
        matched_with: vec![(workspace(), generation)],
        ..accept(n)
    };
    commit(&store, with(20, 0)).await;
    store.put(flow, 0).await.unwrap();
    assert_eq!(
        store.commit(with(21, 0)).await.unwrap(),
        Committed::Stale(workspace(), 1)
    );
    assert_eq!(store.event(id(21)).await.unwrap(), None);
    commit(&store, with(21, 1)).await;
}

pub async fn a_run_advances_once_from_a_version(store: Shared) {
    let lease = own(&store).await;
    commit(&store, accept(20)).await;
    commit(&store, advance(&lease, 20, 1, Status::Waiting)).await;
    let twice = store
        .commit(advance(&lease, 20, 1, Status::Failed))
        .await
        .unwrap();
    assert_eq!(twice, Committed::Lost);
    let unknown = store
        .commit(advance(&lease, 21, 1, Status::Failed))
        .await
        .unwrap();
    assert_eq!(unknown, Committed::Lost);
    let run = store.run(id(20)).await.unwrap().unwrap();
    assert_eq!(
        (run.version, run.status, run.due_at),
        (2, Status::Waiting, Some(at(9000)))
    );
    assert_eq!(store.entries(id(20)).await.unwrap().len(), 1);
}

pub async fn every_field_of_a_run_survives(store: Shared) {
    let lease = own(&store).await;
    let mut unit = accept(20);
    let run = &mut unit.runs[0];
    run.replay_of = Some(id(19));
    run.parent = Some(id(18));
    run.epoch = 4;
    run.due_at = Some("2026-01-02T03:04:05.678901Z".parse().unwrap());
    run.error = Some("grüße \"\u{0}".into());
    let expected = run.clone();
    commit(&store, unit).await;
    assert_eq!(store.run(id(20)).await.unwrap(), Some(expected.clone()));
    let unit = advance(&lease, 20, 1, Status::Failed);
    let to = unit.advanced[0].clone();
    commit(&store, unit).await;
    let advanced = crate::journal::RunRow {
        status: to.status,
        destination: to.destination,
        version: 2,
        epoch: lease.epoch,
        state: to.state,
        error: to.error,
        updated_at: to.updated_at,
        due_at: to.due_at,
        ..expected
    };
    assert_eq!(store.run(id(20)).await.unwrap(), Some(advanced));
}

pub async fn an_event_and_its_message_survive(store: Shared) {
    let mut unit = accept(20);
    unit.messages[0].endpoint = Some(id(3));
    let (event, message) = (unit.events[0].clone(), unit.messages[0].clone());
    commit(&store, unit).await;
    assert_eq!(store.event(id(20)).await.unwrap(), Some(event));
    assert_eq!(store.message(id(20)).await.unwrap(), Some(message));
}

pub async fn concurrent_commits_all_land_exactly_once(store: Shared) {
    let lease = own(&store).await;
    let tasks: Vec<_> = (0..64)
        .map(|task| {
            let (store, lease) = (store.clone(), lease.clone());
            tokio::spawn(async move {
                for n in (0..8).map(|i| 100 + task * 8 + i) {
                    commit(&store, accept(n)).await;
                    commit(&store, advance(&lease, n, 1, Status::Succeeded)).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(
        store.counts(Some(workspace())).await.unwrap(),
        [(Status::Succeeded, 512)]
    );
    for n in 100..612 {
        assert_eq!(store.run(id(n)).await.unwrap().unwrap().version, 2);
        assert_eq!(store.entries(id(n)).await.unwrap().len(), 1);
    }
}

pub async fn two_units_at_once_cannot_both_win_a_call(store: Shared) {
    commit(&store, accept(20)).await;
    let tasks: Vec<_> = (0..32)
        .map(|n| {
            let store = store.clone();
            let mut row = call(20);
            row.version = 2;
            row.state = format!("{{\"winner\":{n}}}").into();
            let unit = Unit {
                calls: vec![CallPut {
                    expect: Some(1),
                    row: row.clone(),
                }],
                ..Unit::default()
            };
            tokio::spawn(async move { (store.commit(unit).await.unwrap(), row) })
        })
        .collect();
    let mut winners = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            (Committed::Durable, row) => winners.push(row),
            (refused, _) => assert!(
                matches!(refused, Committed::Conflict(Some(_))),
                "{refused:?}"
            ),
        }
    }
    assert_eq!(winners.len(), 1);
    assert_eq!(store.call_by_id(id(20)).await.unwrap(), winners.pop());
}

pub async fn a_bad_unit_does_not_spoil_its_neighbours(store: Shared) {
    commit(&store, accept(20)).await;
    let repeat = Unit {
        runs: accept(20).runs,
        ..Unit::default()
    };
    let units = (21..40).flat_map(|n| [accept(n), repeat.clone()]);
    let tasks: Vec<_> = units
        .map(|unit| {
            let store = store.clone();
            tokio::spawn(async move { store.commit(unit).await })
        })
        .collect();
    let mut refused = 0;
    for (i, task) in tasks.into_iter().enumerate() {
        match task.await.unwrap() {
            Ok(committed) => assert_eq!((committed, i % 2), (Committed::Durable, 0)),
            Err(_) => refused += i % 2,
        }
    }
    assert_eq!(refused, 19);
    assert_eq!(store.counts(None).await.unwrap(), [(Status::Running, 20)]);
}

pub async fn bodies_of_any_size_survive(store: Shared) {
    for (n, size) in [
        (20, 0),
        (21, 1),
        (22, 127),
        (23, 128),
        (24, 10_000),
        (25, 1 << 20),
        (26, 3 << 20),
    ] {
        // Noise, which does not get smaller.
        let noise = |i: u32| {
            let mixed = i.wrapping_mul(2_654_435_761);
            ((mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b) >> 24) as u8
        };
        let body: Vec<u8> = (0..size).map(noise).collect();
        let mut unit = accept(n);
        unit.messages[0].body = body.clone().into();
        unit.calls[0].row.state = body.clone().into();
        unit.runs[0].state = body.clone().into();
        unit.entries = vec![EntryRow {
            run: id(n),
            number: 0,
            body: body.clone().into(),
        }];
        commit(&store, unit).await;
        assert_eq!(store.message(id(n)).await.unwrap().unwrap().body, body);
        assert_eq!(store.call_by_id(id(n)).await.unwrap().unwrap().state, body);
        assert_eq!(store.run(id(n)).await.unwrap().unwrap().state, body);
        assert_eq!(store.entries(id(n)).await.unwrap()[0].body, body);
    }
}
