//! Facts about several nodes on one store, for stores that can be shared. Each is told on the same database opened twice.

use super::world::{Shared, accept, advance, at, attend, call, commit, id, lease, workspace};
use crate::Parts;
use crate::catalog::{Document, Kind};
use crate::journal::{CallPut, Committed, Hint, Unit};
use kernel::run::Status;
use std::time::Duration;

pub type Pair = (Shared, Shared);

const LONG: Duration = Duration::from_secs(3600);

fn some(parts: impl IntoIterator<Item = u16>) -> Parts {
    parts.into_iter().collect()
}

pub async fn a_node_gets_what_it_wants_and_nobody_has((one, two): Pair) {
    let a = attend(&one, "a", LONG, &some(0..600)).await;
    assert_eq!((a.mine, a.nodes), (some(0..600), vec!["a".to_owned()]));
    let b = attend(&two, "b", LONG, &Parts::all()).await;
    assert_eq!(b.mine, some(600..1024));
    assert_eq!(b.nodes, ["a", "b"]);
    let again = attend(&one, "a", LONG, &Parts::all()).await;
    assert_eq!(again.mine, some(0..600));
}

pub async fn what_is_given_back_goes_to_another_under_the_same_epoch((one, two): Pair) {
    let a = attend(&one, "a", LONG, &Parts::all()).await;
    attend(&two, "b", LONG, &Parts::none()).await;
    commit(&one, accept(20)).await;
    let less = attend(&one, "a", LONG, &some(512..1024)).await;
    assert_eq!(less.mine, some(512..1024));
    let b = attend(&two, "b", LONG, &some(0..512)).await;
    assert_eq!((b.mine.len(), b.epochs[20]), (512, a.epochs[20]));
    let late = advance(&lease("a", &a), 20, 1, Status::Succeeded);
    assert_eq!(one.commit(late).await.unwrap(), Committed::Lost);
    commit(&two, advance(&lease("b", &b), 20, 1, Status::Succeeded)).await;
}

pub async fn who_does_not_renew_loses_everything((one, two): Pair) {
    let a = attend(&one, "a", Duration::ZERO, &Parts::all()).await;
    let b = attend(&two, "b", LONG, &some(0..10)).await;
    assert_eq!((b.mine.len(), b.nodes), (10, vec!["b".to_owned()]));
    assert_eq!(b.epochs[0], a.epochs[0] + 1);
    assert_eq!(b.epochs[1000], a.epochs[1000] + 1);
    let a = attend(&one, "a", LONG, &Parts::all()).await;
    assert_eq!((a.mine.len(), a.nodes.len()), (1014, 2));
}

pub async fn a_lost_node_cannot_commit_before_or_after_somebody_took_over((one, two): Pair) {
    let a = attend(&one, "a", Duration::ZERO, &Parts::all()).await;
    commit(&one, accept(20)).await;
    attend(&two, "b", LONG, &Parts::none()).await;
    let late = || advance(&lease("a", &a), 20, 1, Status::Succeeded);
    assert_eq!(one.commit(late()).await.unwrap(), Committed::Lost);
    let b = attend(&two, "b", LONG, &Parts::all()).await;
    assert_eq!(one.commit(late()).await.unwrap(), Committed::Lost);
    commit(&two, advance(&lease("b", &b), 20, 1, Status::Succeeded)).await;
    assert_eq!(one.commit(late()).await.unwrap(), Committed::Lost);
    assert_eq!(one.run(id(20)).await.unwrap().unwrap().version, 2);
}

pub async fn an_accept_on_one_store_is_seen_on_the_other((one, two): Pair) {
    commit(&one, accept(20)).await;
    assert_eq!(two.call(call(20).key).await.unwrap(), Some(call(20)));
    assert_eq!(two.ready(&Parts::all(), None, 9).await.unwrap(), [id(20)]);
}

pub async fn calls_and_catalogues_conflict_across_stores((one, two): Pair) {
    commit(&one, accept(20)).await;
    let mut row = call(20);
    row.version = 2;
    let put = Unit {
        calls: vec![CallPut {
            expect: Some(1),
            row: row.clone(),
        }],
        ..Unit::default()
    };
    commit(&two, put.clone()).await;
    assert_eq!(
        one.commit(put).await.unwrap(),
        Committed::Conflict(Some(Box::new(row)))
    );
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
    two.put(flow, 0).await.unwrap();
    let matched = Unit {
        matched_with: vec![(workspace(), 0)],
        ..accept(21)
    };
    assert_eq!(
        one.commit(matched).await.unwrap(),
        Committed::Stale(workspace(), 1)
    );
}

/// Both stores take the same new calls at the same time: each call goes to one of them, whole.
pub async fn accepts_of_two_stores_at_once_all_land_exactly_once((one, two): Pair) {
    let tasks: Vec<_> = (0..64u64)
        .map(|task| {
            let store = if task % 2 == 0 { &one } else { &two }.clone();
            tokio::spawn(async move {
                let mut won = 0;
                for n in (0..8).map(|i| 100 + (task / 2) * 8 + i) {
                    let mut unit = accept(n);
                    if task % 2 == 1 {
                        // The same call under other ids, as another node makes it.
                        unit = accept(5000 + n);
                        unit.calls[0].row.key = call(n).key;
                    }
                    match store.commit(unit).await.unwrap() {
                        Committed::Durable => won += 1,
                        Committed::Conflict(Some(_)) => {}
                        other => panic!("{other:?}"),
                    }
                }
                won
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        won += task.await.unwrap();
    }
    assert_eq!(won, 256);
    assert_eq!(
        one.counts(Some(workspace())).await.unwrap(),
        [(Status::Running, 256)]
    );
}

pub async fn hints_reach_the_other_store((one, two): Pair) {
    let mut heard = two.hear();
    // A hint may be lost while the listener is still on its way: told until it is heard.
    let hints = [
        Hint::Due(7, at(50)),
        Hint::Ready(id(20)),
        Hint::Watched,
        Hint::Gates("[{\"state\":\"open\"}]".into()),
        Hint::News("{\"topic\":\"run\",\"text\":\"grüße 'it''s' \u{1f600}\"}".into()),
    ];
    let mut missing = hints.to_vec();
    let all = async {
        while !missing.is_empty() {
            one.tell(hints.to_vec());
            while let Ok(Ok(told)) =
                tokio::time::timeout(Duration::from_millis(200), heard.recv()).await
            {
                missing.retain(|hint| *hint != told);
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all)
        .await
        .expect("hints are heard");
}
