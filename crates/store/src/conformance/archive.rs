//! Facts about lists and counts of runs, and lists of events and messages.

use super::world::{Shared, accept, advance, at, commit, flow, id, own, run, workspace};
use crate::archive::{Page, Parts, Retry, RunFilter};
use crate::journal::{RunRow, Unit};
use kernel::id::{EventId, Id, Kind, MessageId, RunId};
use kernel::run::Status;

pub(super) fn page<K: Kind>(before: Option<Id<K>>, limit: u32) -> Page<Id<K>> {
    Page { before, limit }
}

pub(super) fn numbers<K: Kind>(ids: impl IntoIterator<Item = Id<K>>) -> Vec<u64> {
    ids.into_iter().map(|id| id.unix_ms() / 1000).collect()
}

async fn runs(store: &Shared, filter: RunFilter) -> Vec<u64> {
    let rows: Vec<RunRow> = store.runs(&filter, page(None, 50)).await.unwrap();
    numbers(rows.iter().map(|run| run.id))
}

pub async fn pages_have_no_gaps_or_repeats_while_runs_come_in(store: Shared) {
    for n in 20..40 {
        commit(&store, accept(n)).await;
    }
    let filter = RunFilter {
        workspace: Some(workspace()),
        ..RunFilter::default()
    };
    let mut seen: Vec<RunId> = Vec::new();
    loop {
        let rows = store
            .runs(&filter, page(seen.last().copied(), 3))
            .await
            .unwrap();
        if rows.is_empty() {
            break;
        }
        seen.extend(rows.iter().map(|run| run.id));
        commit(&store, accept(40 + seen.len() as u64)).await;
    }
    assert_eq!(numbers(seen), (20..40).rev().collect::<Vec<_>>());
}

pub async fn runs_are_filtered(store: Shared) {
    let lease = own(&store).await;
    for n in 20..26 {
        commit(&store, accept(n)).await;
    }
    let states = [
        (20, Status::Succeeded),
        (21, Status::Failed),
        (22, Status::Waiting),
        (23, Status::Cancelled),
    ];
    for (n, status) in states {
        commit(&store, advance(&lease, n, 1, status)).await;
    }
    let elsewhere = RunRow {
        workspace: id(99),
        flow: id(98),
        event: id(20),
        ..run(30, id(20))
    };
    commit(
        &store,
        Unit {
            runs: vec![elsewhere],
            ..Unit::default()
        },
    )
    .await;

    let all = RunFilter::default;
    let here = || RunFilter {
        workspace: Some(workspace()),
        ..all()
    };
    let with = |statuses: &[Status]| RunFilter {
        statuses: statuses.to_vec(),
        ..here()
    };
    assert_eq!(runs(&store, all()).await, [30, 25, 24, 23, 22, 21, 20]);
    assert_eq!(runs(&store, here()).await, [25, 24, 23, 22, 21, 20]);
    assert_eq!(
        runs(
            &store,
            RunFilter {
                flow: Some(id(98)),
                ..all()
            }
        )
        .await,
        [30]
    );
    assert_eq!(
        runs(
            &store,
            RunFilter {
                flow: Some(id(98)),
                ..here()
            }
        )
        .await,
        [0; 0]
    );
    assert_eq!(
        runs(
            &store,
            RunFilter {
                flow: Some(flow()),
                ..here()
            }
        )
        .await
        .len(),
        6
    );
    assert_eq!(runs(&store, with(&[Status::Failed])).await, [21]);
    assert_eq!(runs(&store, with(&[Status::Running])).await, [25, 24]);
    assert_eq!(
        runs(
            &store,
            with(&[Status::Cancelled, Status::Waiting, Status::Running])
        )
        .await,
        [25, 24, 23, 22]
    );
    assert_eq!(
        runs(&store, with(&[Status::Succeeded, Status::Failed])).await,
        [21, 20]
    );
    let failed_elsewhere = RunFilter {
        statuses: vec![Status::Failed],
        workspace: Some(id(99)),
        ..all()
    };
    assert_eq!(runs(&store, failed_elsewhere).await, [0; 0]);
    assert_eq!(
        runs(
            &store,
            RunFilter {
                statuses: vec![Status::Failed],
                ..all()
            }
        )
        .await,
        [21]
    );
    assert_eq!(
        runs(
            &store,
            RunFilter {
                call: Some(id(20)),
                ..all()
            }
        )
        .await,
        [30, 20]
    );
    assert_eq!(
        runs(
            &store,
            RunFilter {
                event: Some(id(20)),
                ..all()
            }
        )
        .await,
        [30, 20]
    );
    assert_eq!(
        runs(
            &store,
            RunFilter {
                event: Some(id(20)),
                ..here()
            }
        )
        .await,
        [20]
    );
    assert_eq!(
        runs(
            &store,
            RunFilter {
                event: Some(id(77)),
                ..here()
            }
        )
        .await,
        [0; 0]
    );
    let between = RunFilter {
        from: Some(at(22)),
        to: Some(at(24)),
        ..here()
    };
    assert_eq!(runs(&store, between.clone()).await, [24, 23, 22]);
    let rows = store.runs(&between, page(Some(id(24)), 1)).await.unwrap();
    assert_eq!(numbers(rows.iter().map(|run| run.id)), [23]);
}

pub async fn runs_are_filtered_by_agent_and_campaign(store: Shared) {
    let lease = own(&store).await;
    for n in 20..26 {
        let mut unit = accept(n);
        let listing = &mut unit.calls[0].row.listing;
        listing.agent = Some(if n % 2 == 0 { "even" } else { "odd" }.into());
        listing.campaign = (n < 23).then(|| "early".into());
        commit(&store, unit).await;
    }
    commit(&store, advance(&lease, 20, 1, Status::Failed)).await;
    let by = |agent: Option<&str>, campaign: Option<&str>| RunFilter {
        workspace: Some(workspace()),
        agent: agent.map(Into::into),
        campaign: campaign.map(Into::into),
        ..RunFilter::default()
    };
    assert_eq!(runs(&store, by(Some("even"), None)).await, [24, 22, 20]);
    assert_eq!(runs(&store, by(None, Some("early"))).await, [22, 21, 20]);
    assert_eq!(runs(&store, by(Some("odd"), Some("early"))).await, [21]);
    assert_eq!(runs(&store, by(Some("nobody"), None)).await, [0; 0]);
    let failed = RunFilter {
        statuses: vec![Status::Failed],
        ..by(Some("even"), None)
    };
    assert_eq!(runs(&store, failed).await, [20]);
    let everywhere = RunFilter {
        workspace: None,
        ..by(Some("odd"), None)
    };
    assert_eq!(runs(&store, everywhere).await, [25, 23, 21]);
}

pub async fn parts_are_found_by_the_run_that_began_them(store: Shared) {
    let lease = own(&store).await;
    for n in 20..26 {
        let mut unit = accept(n);
        unit.runs[0].parent = (n > 22).then(|| id(20));
        if n == 25 {
            unit.runs[0].flow = Id::from_bytes([25; 16]);
        }
        commit(&store, unit).await;
    }
    commit(&store, advance(&lease, 24, 1, Status::Failed)).await;
    let with = |parts: Parts, statuses: &[Status]| RunFilter {
        workspace: Some(workspace()),
        parts,
        statuses: statuses.to_vec(),
        ..RunFilter::default()
    };
    let of = Parts::Of(id(20));
    assert_eq!(runs(&store, with(of, &[])).await, [25, 24, 23]);
    assert_eq!(runs(&store, with(of, &[Status::Failed])).await, [24]);
    assert_eq!(runs(&store, with(of, &[Status::Running])).await, [25, 23]);
    assert_eq!(runs(&store, with(Parts::Of(id(21)), &[])).await, [0; 0]);
    assert_eq!(
        runs(&store, with(Parts::Without, &[])).await,
        [25, 22, 21, 20]
    );
    assert_eq!(
        runs(&store, with(Parts::Without, &[Status::Failed])).await,
        [0; 0]
    );
    let row = store.run(id(24)).await.unwrap().unwrap();
    assert_eq!(row.parent, Some(id(20)));
}

pub async fn runs_that_try_again_are_among_the_newest_that_wait(store: Shared) {
    let lease = own(&store).await;
    for n in 20..26 {
        commit(&store, accept(n)).await;
    }
    let to = |n, destination: Option<&str>, status| {
        let mut unit = advance(&lease, n, 1, status);
        unit.advanced[0].destination = destination.map(str::to_owned);
        unit
    };
    let units = [
        to(20, Some("a.example:443"), Status::Waiting),
        to(21, Some("a.example:443"), Status::Waiting),
        // A step that waits is one of those that are looked at, and sends nothing.
        to(22, None, Status::Waiting),
        to(23, Some("a.example:443"), Status::Failed),
        to(24, Some("email Sales mail"), Status::Waiting),
    ];
    for unit in units {
        commit(&store, unit).await;
    }
    let retry = |n, destination: &str| Retry {
        run: id(n),
        destination: destination.into(),
        due_at: at(9000),
    };
    let newest = [retry(24, "email Sales mail"), retry(21, "a.example:443")];
    assert_eq!(store.retries(workspace(), 3).await.unwrap(), newest);
    assert_eq!(store.retries(workspace(), 9).await.unwrap().len(), 3);
    assert_eq!(store.retries(id(99), 9).await.unwrap(), []);
}

pub async fn events_are_listed_by_workspace_and_by_call(store: Shared) {
    for n in 20..24 {
        commit(&store, accept(n)).await;
    }
    let mut more = accept(30);
    more.calls.clear();
    more.events[0].call = id(21);
    commit(&store, more).await;
    let list = async |workspace, call, page: Page<EventId>| {
        let rows = store.events(workspace, call, page).await.unwrap();
        numbers(rows.iter().map(|event| event.id))
    };
    assert_eq!(list(workspace(), None, page(None, 3)).await, [30, 23, 22]);
    assert_eq!(
        list(workspace(), None, page(Some(id(22)), 3)).await,
        [21, 20]
    );
    assert_eq!(
        list(workspace(), Some(id(21)), page(None, 3)).await,
        [30, 21]
    );
    assert_eq!(
        list(workspace(), Some(id(21)), page(Some(id(30)), 3)).await,
        [21]
    );
    assert_eq!(list(id(99), None, page(None, 3)).await, [0; 0]);
    assert_eq!(list(id(99), Some(id(21)), page(None, 3)).await, [0; 0]);
}

pub async fn messages_are_listed_by_call(store: Shared) {
    for n in 20..23 {
        commit(&store, accept(n)).await;
    }
    for n in [30, 31] {
        let mut more = accept(n);
        more.calls.clear();
        more.messages[0].call = id(21);
        commit(&store, more).await;
    }
    let list = async |workspace, page: Page<MessageId>| {
        let rows = store.messages(workspace, id(21), page).await.unwrap();
        assert!(rows.iter().all(|message| !message.body.is_empty()));
        numbers(rows.iter().map(|message| message.id))
    };
    assert_eq!(list(workspace(), page(None, 2)).await, [31, 30]);
    assert_eq!(list(workspace(), page(Some(id(30)), 2)).await, [21]);
    assert_eq!(list(id(99), page(None, 3)).await, [0; 0]);
}

pub async fn runs_are_counted_by_status(store: Shared) {
    let lease = own(&store).await;
    for n in 20..24 {
        commit(&store, accept(n)).await;
    }
    commit(&store, advance(&lease, 20, 1, Status::Waiting)).await;
    commit(&store, advance(&lease, 20, 2, Status::Running)).await;
    commit(&store, advance(&lease, 21, 1, Status::Failed)).await;
    let elsewhere = RunRow {
        workspace: id(99),
        ..run(30, id(20))
    };
    commit(
        &store,
        Unit {
            runs: vec![elsewhere],
            ..Unit::default()
        },
    )
    .await;
    let here = store.counts(Some(workspace())).await.unwrap();
    assert_eq!(here, [(Status::Running, 3), (Status::Failed, 1)]);
    let all = store.counts(None).await.unwrap();
    assert_eq!(all, [(Status::Running, 4), (Status::Failed, 1)]);
    assert_eq!(store.counts(Some(id(98))).await.unwrap(), []);
}
