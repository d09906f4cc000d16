//! Facts about what there is to do: timers that are due and runs that are ready.

use super::world::{Shared, accept, advance, at, commit, id, own};
use crate::Parts;
use crate::journal::{Lease, Timer, TimerKind, Unit};
use kernel::id::RunId;
use kernel::run::Status;

pub async fn only_the_partitions_asked_for_are_told_of(store: Shared) {
    for n in [20, 21, 22] {
        commit(&store, accept(n)).await;
    }
    let set = Unit {
        set_timers: vec![
            timer(5, 1),
            Timer {
                part: 6,
                ..timer(6, 2)
            },
        ],
        ..Unit::default()
    };
    commit(&store, set).await;
    let some = |parts: &[u16]| parts.iter().copied().collect::<Parts>();
    let ready = store.ready(&some(&[20, 22]), None, 9).await.unwrap();
    assert_eq!(ready, [id(20), id(22)]);
    assert_eq!(store.ready(&some(&[22]), None, 1).await.unwrap(), [id(22)]);
    assert_eq!(store.ready(&Parts::none(), None, 9).await.unwrap(), []);
    let due = store.due(&some(&[6]), at(5), 9).await.unwrap();
    assert_eq!((due.timers, due.next), (vec![], Some(at(6))));
    let due = store.due(&some(&[5]), at(9), 9).await.unwrap();
    assert_eq!((due.timers, due.next), (vec![timer(5, 1)], None));
}

pub async fn clearing_a_timer_needs_no_lease(store: Shared) {
    let set = Unit {
        set_timers: vec![timer(5, 1)],
        ..Unit::default()
    };
    commit(&store, set).await;
    let clear = Unit {
        clear_timers: vec![timer(5, 1)],
        ..Unit::default()
    };
    commit(&store, clear).await;
    assert_eq!(
        store.due(&Parts::all(), at(9000), 10).await.unwrap().timers,
        []
    );
}

pub async fn timers_are_returned_in_order_and_once_cleared_never_again(store: Shared) {
    let lease = own(&store).await;
    let set = [timer(30, 1), timer(10, 2), timer(20, 3), timer(90, 4)];
    commit(
        &store,
        Unit {
            set_timers: set.to_vec(),
            ..Unit::default()
        },
    )
    .await;
    commit(
        &store,
        Unit {
            set_timers: set[..1].to_vec(),
            ..Unit::default()
        },
    )
    .await;
    let due = store.due(&Parts::all(), at(30), 10).await.unwrap();
    assert_eq!(
        (due.timers, due.next),
        (vec![timer(10, 2), timer(20, 3), timer(30, 1)], Some(at(90)))
    );
    let first = store.due(&Parts::all(), at(30), 1).await.unwrap();
    assert_eq!(
        (first.timers, first.next),
        (vec![timer(10, 2)], Some(at(20)))
    );
    let clear = vec![timer(10, 2), timer(30, 1), timer(77, 9)];
    let lease_of = |lease: &Lease| Some(lease.clone());
    commit(
        &store,
        Unit {
            lease: lease_of(&lease),
            clear_timers: clear,
            ..Unit::default()
        },
    )
    .await;
    assert_eq!(
        store.due(&Parts::all(), at(30), 10).await.unwrap().timers,
        [timer(20, 3)]
    );
    let rest = Unit {
        lease: lease_of(&lease),
        clear_timers: set.to_vec(),
        ..Unit::default()
    };
    commit(&store, rest).await;
    assert_eq!(
        store.due(&Parts::all(), at(99), 10).await.unwrap(),
        crate::journal::Due::default()
    );
}

pub async fn ready_pages_through_running_runs_in_order(store: Shared) {
    let lease = own(&store).await;
    for n in [25, 21, 24, 22, 23] {
        commit(&store, accept(n)).await;
    }
    commit(&store, advance(&lease, 22, 1, Status::Succeeded)).await;
    commit(&store, advance(&lease, 24, 1, Status::Waiting)).await;
    let mut seen: Vec<RunId> = Vec::new();
    loop {
        let page = store
            .ready(&Parts::all(), seen.last().copied(), 2)
            .await
            .unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page);
    }
    assert_eq!(seen, [id(21), id(23), id(25)]);
    commit(&store, advance(&lease, 24, 2, Status::Running)).await;
    assert_eq!(
        store
            .ready(&Parts::all(), Some(id(23)), 9)
            .await
            .unwrap()
            .len(),
        2
    );
}

pub(super) fn timer(second: i64, subject: u8) -> Timer {
    Timer {
        part: 5,
        due_at: at(second),
        kind: TimerKind::WakeRun,
        subject: [subject; 16],
    }
}
