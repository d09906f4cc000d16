//! Facts about what is taken away: by age, and call by call.

use super::catalog::{document, save};
use super::world::{Shared, accept, advance, at, call, commit, id, own};
use crate::archive::{Forgetting, Forgotten};
use crate::catalog::{Document, Kind, Put};
use kernel::run::Status;

pub async fn pruning_takes_old_bodies_and_entries_only(store: Shared) {
    let lease = own(&store).await;
    for n in [20, 21, 500] {
        commit(&store, accept(n)).await;
        commit(&store, advance(&lease, n, 1, Status::Succeeded)).await;
    }
    let calls = [id(20), id(21), id(500)];
    assert_eq!(store.prune(&calls[..1], at(10)).await.unwrap(), 0);
    assert_eq!(store.prune(&calls, at(100)).await.unwrap(), 4);
    assert_eq!(store.prune(&calls, at(100)).await.unwrap(), 0);
    for n in [20, 21] {
        assert!(store.message(id(n)).await.unwrap().unwrap().body.is_empty());
        assert_eq!(store.entries(id(n)).await.unwrap(), []);
        assert!(store.run(id(n)).await.unwrap().is_some());
        assert_eq!(store.call_by_id(id(n)).await.unwrap(), Some(call(n)));
        assert!(store.event(id(n)).await.unwrap().is_some());
    }
    assert!(
        !store
            .message(id(500))
            .await
            .unwrap()
            .unwrap()
            .body
            .is_empty()
    );
    assert_eq!(store.entries(id(500)).await.unwrap().len(), 1);
    commit(&store, accept(600)).await;
    assert!(
        store
            .message(id(20))
            .await
            .unwrap()
            .unwrap()
            .body
            .is_empty()
    );
}

pub async fn pruning_leaves_runs_that_are_not_final_whole(store: Shared) {
    let lease = own(&store).await;
    commit(&store, accept(20)).await;
    commit(&store, advance(&lease, 20, 1, Status::Waiting)).await;
    commit(&store, accept(21)).await;
    assert_eq!(store.prune(&[id(20), id(21)], at(100)).await.unwrap(), 0);
    for n in [20, 21] {
        assert!(!store.message(id(n)).await.unwrap().unwrap().body.is_empty());
    }
    assert_eq!(store.entries(id(20)).await.unwrap().len(), 1);
    commit(&store, advance(&lease, 20, 2, Status::Failed)).await;
    assert_eq!(store.prune(&[id(20)], at(100)).await.unwrap(), 3);
}

pub async fn pruning_touches_the_calls_that_were_named_and_no_others(store: Shared) {
    let lease = own(&store).await;
    for n in 20..25 {
        commit(&store, accept(n)).await;
        commit(&store, advance(&lease, n, 1, Status::Cancelled)).await;
    }
    assert_eq!(store.prune(&[], at(100)).await.unwrap(), 0);
    assert_eq!(store.prune(&[id(21), id(99)], at(100)).await.unwrap(), 2);
    for n in [20, 22, 23, 24] {
        assert_eq!(store.entries(id(n)).await.unwrap().len(), 1);
        assert!(!store.message(id(n)).await.unwrap().unwrap().body.is_empty());
    }
}

pub async fn forgetting_a_call_removes_all_of_it_and_nothing_else(store: Shared) {
    let lease = own(&store).await;
    for n in [20, 21] {
        commit(&store, accept(n)).await;
        commit(&store, advance(&lease, n, 1, Status::Succeeded)).await;
    }
    let forgotten = Forgotten {
        messages: 1,
        events: 1,
        runs: 1,
        entries: 1,
    };
    assert_eq!(
        store.forget(id(20)).await.unwrap(),
        Forgetting::Done(forgotten)
    );
    assert_eq!(store.forget(id(20)).await.unwrap(), Forgetting::Unknown);
    assert_eq!(store.call(call(20).key).await.unwrap(), None);
    assert_eq!(store.message(id(20)).await.unwrap(), None);
    assert_eq!(store.event(id(20)).await.unwrap(), None);
    assert_eq!(store.run(id(20)).await.unwrap(), None);
    assert_eq!(store.entries(id(20)).await.unwrap(), []);
    assert_eq!(store.counts(None).await.unwrap(), [(Status::Succeeded, 1)]);
    assert_eq!(store.call(call(21).key).await.unwrap(), Some(call(21)));
    assert!(
        !store
            .message(id(21))
            .await
            .unwrap()
            .unwrap()
            .body
            .is_empty()
    );
    assert_eq!(store.entries(id(21)).await.unwrap().len(), 1);
    commit(&store, accept(20)).await;
}

pub async fn a_call_with_a_run_that_is_not_final_is_not_forgotten(store: Shared) {
    let lease = own(&store).await;
    commit(&store, accept(20)).await;
    commit(&store, advance(&lease, 20, 1, Status::Waiting)).await;
    assert_eq!(store.forget(id(20)).await.unwrap(), Forgetting::Needed);
    assert_eq!(store.call_by_id(id(20)).await.unwrap(), Some(call(20)));
    assert!(
        !store
            .message(id(20))
            .await
            .unwrap()
            .unwrap()
            .body
            .is_empty()
    );
    assert!(store.event(id(20)).await.unwrap().is_some());
    assert_eq!(store.entries(id(20)).await.unwrap().len(), 1);
    assert_eq!(store.counts(None).await.unwrap(), [(Status::Waiting, 1)]);
    commit(&store, advance(&lease, 20, 2, Status::Cancelled)).await;
    let forgotten = store.forget(id(20)).await.unwrap();
    assert!(matches!(forgotten, Forgetting::Done(gone) if gone.runs == 1 && gone.entries == 2));
    assert_eq!(store.run(id(20)).await.unwrap(), None);
    assert_eq!(store.entries(id(20)).await.unwrap(), []);
    assert_eq!(store.counts(None).await.unwrap(), []);
}

pub async fn a_document_that_is_removed_while_it_is_written_is_gone(store: Shared) {
    for n in 0..100 {
        let first = document(Kind::Key, n);
        save(&store, &first, 0).await;
        let second = Document {
            version: 2,
            ..first.clone()
        };
        let (put, removed) = tokio::join!(
            tokio::spawn({
                let store = store.clone();
                async move { store.put(second, 1).await.unwrap() }
            }),
            store.delete(Kind::Key, first.id, at(3)),
        );
        assert!(matches!(put.unwrap(), Put::Saved | Put::Conflict(0)));
        assert!(removed.unwrap());
        assert_eq!(store.get(Kind::Key, first.id).await.unwrap(), None);
    }
}
