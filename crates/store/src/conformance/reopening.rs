//! Facts that outlive the process: what is durable, and who may write after a restart.

use super::world::{Shared, accept, advance, at, call, commit, id, own, workspace};
use crate::catalog::{Document, Kind};
use crate::journal::{Timer, TimerKind, Unit};
use kernel::run::Status;

pub async fn what_was_committed_is_there_after_reopening(mut reopen: impl AsyncFnMut() -> Shared) {
    let store = reopen().await;
    let lease = own(&store).await;
    let secret = Document {
        kind: Kind::Secret,
        id: [1; 16],
        workspace: workspace(),
        version: 1,
        name: "crm".into(),
        alias: Some("crm".into()),
        enabled: true,
        created_at: at(1),
        updated_at: at(1),
        body: "{}".into(),
    };
    let timer = Timer {
        part: 1,
        due_at: at(50),
        kind: TimerKind::CallSettle,
        subject: [2; 16],
    };
    store.put(secret.clone(), 0).await.unwrap();
    for n in 20..30 {
        commit(&store, accept(n)).await;
    }
    commit(&store, advance(&lease, 20, 1, Status::Succeeded)).await;
    commit(
        &store,
        Unit {
            set_timers: vec![timer.clone()],
            ..Unit::default()
        },
    )
    .await;

    let store = reopen().await;
    let lease = own(&store).await;
    assert_eq!(store.call(call(25).key).await.unwrap(), Some(call(25)));
    assert_eq!(
        store.message(id(25)).await.unwrap(),
        accept(25).messages.pop()
    );
    assert_eq!(store.entries(id(20)).await.unwrap().len(), 1);
    assert_eq!(store.ready(&lease, None, 100).await.unwrap().len(), 9);
    assert_eq!(store.due(&lease, at(50), 9).await.unwrap().timers, [timer]);
    assert_eq!(store.find(Kind::Secret, "crm").await.unwrap(), Some(secret));
    let counts = store.counts(None).await.unwrap();
    assert_eq!(counts, [(Status::Running, 9), (Status::Succeeded, 1)]);
}

pub async fn every_owner_has_a_higher_epoch(mut reopen: impl AsyncFnMut() -> Shared) {
    let mut last = 0;
    for _ in 0..3 {
        let lease = own(&reopen().await).await;
        assert!(lease.epoch > last, "{} after {last}", lease.epoch);
        last = lease.epoch;
    }
}
