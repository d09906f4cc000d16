//! Facts about counters: exact whatever happens at once, summed by what is asked for.

use super::world::{Shared, accept, advance, commit, id, own, workspace};
use crate::Tally;
use crate::journal::{Committed, Unit};
use crate::tally::{By, Slice, TallyFilter};
use kernel::id::{FlowId, WorkspaceId};
use kernel::run::Status;

const HOURLY: By = By {
    time: Slice::Hour,
    flow: true,
    agent: true,
    destination: false,
};

pub fn tally(meter: u16, amount: u64) -> Tally {
    Tally {
        workspace: workspace(),
        hour: 100,
        flow: None,
        agent: None,
        destination: None,
        meter,
        amount,
    }
}

pub fn all_of(workspace: WorkspaceId) -> TallyFilter {
    TallyFilter {
        workspace,
        from_hour: 0,
        to_hour: 1_000,
        flow: None,
        agent: None,
        destination: None,
        meters: Vec::new(),
        limit: 100,
    }
}

fn of(hour: u32, flow: Option<FlowId>, agent: Option<&str>, meter: u16, amount: u64) -> Tally {
    Tally {
        hour,
        flow,
        agent: agent.map(str::to_owned),
        ..tally(meter, amount)
    }
}

fn counts(tallies: Vec<Tally>) -> Unit {
    Unit {
        tallies,
        ..Unit::default()
    }
}

async fn sums(store: &Shared, filter: &TallyFilter, by: By) -> Vec<Tally> {
    store.tallies(filter, by).await.unwrap()
}

async fn fill(store: &Shared) {
    let (a, b) = (Some(id(1)), Some(id(2)));
    let first = vec![
        of(100, a, Some("Ann"), 1, 2),
        of(100, a, Some("Ann"), 1, 3),
        of(100, a, Some("Ann"), 2, 7),
        of(100, b, Some(""), 1, 10),
    ];
    commit(store, counts(first)).await;
    let second = vec![
        of(100, a, Some("Ann"), 1, 5),
        of(119, None, Some("Ann"), 1, 20),
        of(120, a, Some("Bob \u{0} \u{1}"), 1, 40),
        Tally {
            workspace: id(99),
            ..of(100, a, Some("Ann"), 1, 1_000)
        },
    ];
    commit(store, counts(second)).await;
}

pub async fn counters_are_summed_as_asked(store: Shared) {
    fill(&store).await;
    let (a, b) = (Some(id(1)), Some(id(2)));
    let all = all_of(workspace());
    let ann = Some("Ann");
    let hourly = vec![
        of(100, a, ann, 1, 10),
        of(100, a, ann, 2, 7),
        of(100, b, None, 1, 10),
        of(119, None, ann, 1, 20),
        of(120, a, Some("Bob \u{0} \u{1}"), 1, 40),
    ];
    assert_eq!(sums(&store, &all, HOURLY).await, hourly);
    let total = vec![of(0, None, None, 1, 80), of(0, None, None, 2, 7)];
    assert_eq!(sums(&store, &all, By::default()).await, total);
    let daily = By {
        time: Slice::Day,
        ..By::default()
    };
    let days = vec![
        of(96, None, None, 1, 40),
        of(96, None, None, 2, 7),
        of(120, None, None, 1, 40),
    ];
    assert_eq!(sums(&store, &all, daily).await, days);
    let by_flow = By {
        flow: true,
        ..By::default()
    };
    let flows = vec![
        of(0, None, None, 1, 20),
        of(0, a, None, 1, 50),
        of(0, a, None, 2, 7),
        of(0, b, None, 1, 10),
    ];
    assert_eq!(sums(&store, &all, by_flow).await, flows);
    let by_agent = By {
        agent: true,
        ..By::default()
    };
    let agents = vec![
        of(0, None, None, 1, 10),
        of(0, None, ann, 1, 30),
        of(0, None, ann, 2, 7),
        of(0, None, Some("Bob \u{0} \u{1}"), 1, 40),
    ];
    assert_eq!(sums(&store, &all, by_agent).await, agents);
    let few = TallyFilter { limit: 2, ..all };
    assert_eq!(sums(&store, &few, by_agent).await, agents[..2]);
}

pub async fn a_sum_is_of_the_hours_flow_agent_and_meters_asked_for(store: Shared) {
    fill(&store).await;
    let all = || all_of(workspace());
    let cases = [
        (
            TallyFilter {
                from_hour: 101,
                to_hour: 120,
                ..all()
            },
            20,
        ),
        (
            TallyFilter {
                flow: Some(id(1)),
                meters: vec![1],
                ..all()
            },
            50,
        ),
        (
            TallyFilter {
                agent: Some("Ann".into()),
                meters: vec![1, 2],
                ..all()
            },
            37,
        ),
        (
            TallyFilter {
                agent: Some("Bob \u{0} \u{1}".into()),
                ..all()
            },
            40,
        ),
        (
            TallyFilter {
                meters: vec![3],
                ..all()
            },
            0,
        ),
        (all_of(id(99)), 1_000),
    ];
    for (filter, expected) in cases {
        let sums = sums(&store, &filter, By::default()).await;
        let sum: u64 = sums.iter().map(|tally| tally.amount).sum();
        assert_eq!(sum, expected, "{filter:?}");
    }
}

pub async fn counters_of_destinations_are_apart_from_all_others(store: Shared) {
    fill(&store).await;
    let to = |destination: &str, hour, meter, amount| Tally {
        destination: Some(destination.to_owned()),
        ..of(hour, None, None, meter, amount)
    };
    let (crm, mail) = ("api.crm.example:443", "email Sales \u{0} mail");
    let first = vec![to(crm, 100, 1, 2), to(crm, 100, 1, 3), to(mail, 100, 1, 7)];
    commit(&store, counts(first)).await;
    let second = vec![
        to(crm, 119, 1, 20),
        to(crm, 119, 2, 1),
        // An agent of the same name has a counter of its own.
        of(100, None, Some(crm), 1, 500),
    ];
    commit(&store, counts(second)).await;
    let all = all_of(workspace());
    let by_destination = By {
        destination: true,
        ..By::default()
    };
    let each = vec![to(crm, 0, 1, 25), to(crm, 0, 2, 1), to(mail, 0, 1, 7)];
    assert_eq!(sums(&store, &all, by_destination).await, each);
    let one = TallyFilter {
        destination: Some(crm.to_owned()),
        ..all.clone()
    };
    let hourly = By {
        time: Slice::Hour,
        ..By::default()
    };
    let hours = vec![
        of(100, None, None, 1, 5),
        of(119, None, None, 1, 20),
        of(119, None, None, 2, 1),
    ];
    assert_eq!(sums(&store, &one, hourly).await, hours);
    let others = vec![of(0, None, None, 1, 580), of(0, None, None, 2, 7)];
    assert_eq!(sums(&store, &all, By::default()).await, others);
}

pub async fn a_refused_unit_counts_nothing(store: Shared) {
    let lease = own(&store).await;
    commit(&store, accept(20)).await;
    let counted = |unit: Unit| Unit {
        tallies: vec![tally(1, 1)],
        ..unit
    };
    let conflict = store.commit(counted(accept(20))).await.unwrap();
    assert!(matches!(conflict, Committed::Conflict(Some(_))));
    let stale = Unit {
        matched_with: vec![(workspace(), 9)],
        ..accept(21)
    };
    let stale = store.commit(counted(stale)).await.unwrap();
    assert!(matches!(stale, Committed::Stale(..)));
    let late = advance(&lease, 20, 5, Status::Failed);
    let late = store.commit(counted(late)).await.unwrap();
    assert_eq!(late, Committed::Lost);
    // An event that is there already.
    let mut broken = accept(22);
    broken.events[0].id = id(20);
    store.commit(counted(broken)).await.unwrap_err();
    let all = all_of(workspace());
    assert_eq!(sums(&store, &all, By::default()).await, []);
}

pub async fn many_units_at_once_count_exactly(store: Shared) {
    commit(&store, accept(10)).await;
    let units = (20..220).map(|n| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut unit = accept(n);
            if n % 4 == 0 {
                // Such an event is there already: the unit fails, and no other one.
                unit.events[0].id = id(10);
            }
            unit.tallies = vec![tally(1, 1), tally(2, n)];
            let committed = store.commit(unit).await;
            matches!(committed, Ok(Committed::Durable)).then_some(n)
        })
    });
    let mut written = Vec::new();
    for unit in units.collect::<Vec<_>>() {
        written.extend(unit.await.unwrap());
    }
    assert_eq!(written.len(), 150);
    let counted = |meter, amount| of(0, None, None, meter, amount);
    let expected = [counted(1, 150), counted(2, written.iter().sum())];
    let all = all_of(workspace());
    assert_eq!(sums(&store, &all, By::default()).await, expected);
}

pub async fn old_counters_are_removed_up_to_a_limit(store: Shared) {
    fill(&store).await;
    assert_eq!(store.prune_tallies(100, 9).await.unwrap(), 0);
    assert_eq!(store.prune_tallies(119, 2).await.unwrap(), 2);
    // Those of the other workspace among them.
    assert_eq!(store.prune_tallies(119, 9).await.unwrap(), 2);
    let left = sums(&store, &all_of(workspace()), HOURLY).await;
    let left: Vec<u32> = left.iter().map(|tally| tally.hour).collect();
    assert_eq!(left, [119, 120]);
}

pub async fn two_stores_count_together((one, other): (Shared, Shared)) {
    let units = (0..40).map(|n| {
        let store = if n % 2 == 0 { &one } else { &other }.clone();
        let unit = counts(vec![tally(1, 1), tally(2, 2)]);
        tokio::spawn(async move { store.commit(unit).await })
    });
    for committed in units.collect::<Vec<_>>() {
        assert_eq!(committed.await.unwrap().unwrap(), Committed::Durable);
    }
    let all = all_of(workspace());
    let expected = [of(0, None, None, 1, 40), of(0, None, None, 2, 80)];
    for store in [&one, &other] {
        assert_eq!(sums(store, &all, By::default()).await, expected);
    }
}
