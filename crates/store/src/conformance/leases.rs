//! Facts about leases: who may advance runs, and under which epoch.

use super::world::{Shared, accept, advance, commit, id, own, own_as, run};
use crate::journal::{Committed, Unit};
use kernel::run::Status;

pub async fn a_lost_lease_cannot_commit(store: Shared) {
    let old = own(&store).await;
    commit(&store, accept(20)).await;
    let new = own_as(&store, "other").await;
    assert!(new.epoch > old.epoch);
    let late = store
        .commit(advance(&old, 20, 1, Status::Succeeded))
        .await
        .unwrap();
    assert_eq!(late, Committed::Lost);
    assert_eq!(store.run(id(20)).await.unwrap(), Some(run(20, id(20))));
    commit(&store, advance(&new, 20, 1, Status::Succeeded)).await;
    assert_eq!(store.run(id(20)).await.unwrap().unwrap().epoch, new.epoch);
}

pub async fn a_lease_is_renewed_under_its_epoch(store: Shared) {
    let first = own(&store).await;
    assert_eq!(own(&store).await, first);
    commit(&store, accept(20)).await;
    commit(&store, advance(&first, 20, 1, Status::Succeeded)).await;
}

pub async fn a_node_that_left_is_not_counted_as_lost(store: Shared) {
    let first = own(&store).await;
    commit(&store, accept(20)).await;
    store.leave("node").await.unwrap();
    let late = advance(&first, 20, 1, Status::Succeeded);
    assert_eq!(store.commit(late).await.unwrap(), Committed::Lost);
    let second = own_as(&store, "other").await;
    assert_eq!(second.epoch, first.epoch);
    commit(&store, advance(&second, 20, 1, Status::Succeeded)).await;
}

pub async fn advancing_needs_a_lease(store: Shared) {
    let lease = own(&store).await;
    commit(&store, accept(20)).await;
    let without = Unit {
        lease: None,
        ..advance(&lease, 20, 1, Status::Succeeded)
    };
    assert_eq!(store.commit(without).await.unwrap(), Committed::Lost);
}

pub async fn a_new_run_gets_the_epoch_of_its_partition(store: Shared) {
    let accepted = |n| {
        let mut unit = accept(n);
        unit.runs[0].epoch = 0;
        unit
    };
    commit(&store, accepted(20)).await;
    assert_eq!(store.run(id(20)).await.unwrap().unwrap().epoch, 1);
    own(&store).await;
    let second = own_as(&store, "other").await;
    commit(&store, accepted(21)).await;
    let epoch = store.run(id(21)).await.unwrap().unwrap().epoch;
    assert_eq!(epoch, second.epoch);
}
