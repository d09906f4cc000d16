//! Facts that outlive the process: what is durable, and who may write after a restart.

use super::world::{Shared, accept, advance, at, call, commit, id, own, own_as, workspace};
use crate::Parts;
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
    assert_eq!(store.call(call(25).key).await.unwrap(), Some(call(25)));
    assert_eq!(
        store.message(id(25)).await.unwrap(),
        accept(25).messages.pop()
    );
    assert_eq!(store.entries(id(20)).await.unwrap().len(), 1);
    assert_eq!(
        store.ready(&Parts::all(), None, 100).await.unwrap().len(),
        9
    );
    assert_eq!(
        store.due(&Parts::all(), at(50), 9).await.unwrap().timers,
        [timer]
    );
    assert_eq!(store.find(Kind::Secret, "crm").await.unwrap(), Some(secret));
    let counts = store.counts(None).await.unwrap();
    assert_eq!(counts, [(Status::Running, 9), (Status::Succeeded, 1)]);
}

pub async fn an_owner_that_did_not_leave_counts_as_lost(mut reopen: impl AsyncFnMut() -> Shared) {
    let first = own_as(&reopen().await, "first").await;
    let second = own_as(&reopen().await, "second").await;
    assert_eq!(second.epoch, first.epoch + 1);
    let store = reopen().await;
    store.leave("second").await.unwrap();
    let third = own_as(&store, "third").await;
    assert_eq!(third.epoch, second.epoch);
}
