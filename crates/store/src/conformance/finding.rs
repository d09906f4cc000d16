//! Facts about finding and counting calls, also by what was told and found out in them.

use super::archive::{numbers, page};
use super::world::{Shared, accept, at, commit, id, workspace};
use crate::archive::{CallFilter, Outcome};
use crate::journal::{CallPut, CallRow};

fn here() -> CallFilter {
    CallFilter {
        workspace: Some(workspace()),
        ..CallFilter::default()
    }
}

fn like(one: &str, other: &str) -> CallFilter {
    CallFilter {
        words: Some([one.into(), other.into()]),
        ..here()
    }
}

async fn calls(store: &Shared, filter: CallFilter) -> Vec<u64> {
    let rows: Vec<CallRow> = store.calls(&filter, page(None, 50)).await.unwrap();
    numbers(rows.iter().map(|call| call.id))
}

pub async fn calls_are_filtered(store: Shared) {
    for n in 20..26 {
        let mut unit = accept(n);
        let listing = &mut unit.calls[0].row.listing;
        listing.agent = Some(format!("agent {}", n % 2));
        listing.campaign = (n == 21).then(|| "spring".into());
        listing.status = Some(if n == 22 { "failed" } else { "ended" }.into());
        listing.disposition = (n > 23).then(|| "sold".into());
        listing.from = Some(format!("+1{n}"));
        listing.to = Some(format!("+1{}", n + 1));
        commit(&store, unit).await;
    }
    let mut elsewhere = accept(30);
    elsewhere.calls[0].row.workspace = id(99);
    commit(&store, elsewhere).await;
    assert_eq!(
        calls(&store, CallFilter::default()).await,
        [30, 25, 24, 23, 22, 21, 20]
    );
    assert_eq!(calls(&store, here()).await, [25, 24, 23, 22, 21, 20]);
    assert_eq!(
        calls(
            &store,
            CallFilter {
                agent: Some("agent 1".into()),
                ..here()
            }
        )
        .await,
        [25, 23, 21]
    );
    assert_eq!(
        calls(
            &store,
            CallFilter {
                campaign: Some("spring".into()),
                ..here()
            }
        )
        .await,
        [21]
    );
    assert_eq!(
        calls(
            &store,
            CallFilter {
                status: Some("failed".into()),
                ..here()
            }
        )
        .await,
        [22]
    );
    assert_eq!(
        calls(
            &store,
            CallFilter {
                status: Some("ended".into()),
                ..here()
            }
        )
        .await
        .len(),
        5
    );
    assert_eq!(
        calls(
            &store,
            CallFilter {
                disposition: Some("sold".into()),
                ..here()
            }
        )
        .await,
        [25, 24]
    );
    assert_eq!(
        calls(
            &store,
            CallFilter {
                number: Some("+123".into()),
                ..here()
            }
        )
        .await,
        [23, 22]
    );
    let both = CallFilter {
        number: Some("+123".into()),
        agent: Some("agent 0".into()),
        ..here()
    };
    assert_eq!(calls(&store, both).await, [22]);
    let between = CallFilter {
        from: Some(at(21)),
        to: Some(at(22)),
        ..here()
    };
    assert_eq!(calls(&store, between).await, [22, 21]);
    let second = store.calls(&here(), page(Some(id(24)), 2)).await.unwrap();
    assert_eq!(numbers(second.iter().map(|call| call.id)), [23, 22]);
}

pub async fn calls_under_way_are_counted_up_to_a_bound(store: Shared) {
    for n in 20..25 {
        let mut unit = accept(n);
        let status = if n == 22 { "ringing" } else { "in-progress" };
        unit.calls[0].row.listing.status = Some(status.into());
        unit.calls[0].row.workspace = if n == 23 { id(99) } else { workspace() };
        commit(&store, unit).await;
    }
    let made = at(21);
    let count = async |status: &str, from: kernel::Timestamp, most: u32| {
        let counted = store.count_live(workspace(), status, from, most);
        counted.await.unwrap()
    };
    let ever = at(0);
    assert_eq!(count("in-progress", ever, 500).await, 3);
    assert_eq!(count("in-progress", ever, 2).await, 2);
    assert_eq!(count("in-progress", made, 500).await, 2);
    assert_eq!(count("ringing", ever, 500).await, 1);
    assert_eq!(count("initiated", ever, 500).await, 0);
}

pub async fn calls_are_searched_by_their_words(store: Shared) {
    let words = ["+15550100 \nca-1\nada", "+4930 \nca_2\nbob 100%", "a\\b"];
    for (n, words) in (20..).zip(words) {
        let mut unit = accept(n);
        unit.calls[0].row.listing.words = Some(words.into());
        unit.calls[0].row.listing.agent = Some(format!("agent {n}"));
        commit(&store, unit).await;
    }
    commit(&store, accept(23)).await;
    let mut elsewhere = accept(30);
    elsewhere.calls[0].row.workspace = id(99);
    elsewhere.calls[0].row.listing.words = Some(words[0].into());
    commit(&store, elsewhere).await;
    for (one, other, expected) in [
        ("%0100%\n%\n%", "%\n0100%\n%", &[20][..]),
        ("nothing", "%\nca%", &[21, 20]),
        ("%ca\\_2%", "%ca\\_2%", &[21]),
        ("%100\\%%", "%100\\%%", &[21]),
        ("a\\\\b", "a\\\\b", &[22]),
        ("0100", "0100", &[]),
        // One of before, with no words.
        ("%\nc-23\n%", "nothing", &[23]),
    ] {
        assert_eq!(
            calls(&store, like(one, other)).await,
            expected,
            "{one:?} or {other:?}"
        );
    }
    let both = CallFilter {
        agent: Some("agent 20".into()),
        ..like("%\n%", "%\n%")
    };
    assert_eq!(calls(&store, both).await, [20]);
}

pub async fn calls_are_filtered_by_what_was_found_out(store: Shared) {
    for n in 20..24 {
        let mut unit = accept(n);
        let listing = &mut unit.calls[0].row.listing;
        listing.provider = if n == 20 { "vapi" } else { "retell" }.into();
        listing.duration_s = (n < 23).then_some(n as f64);
        listing.sentiment = (n == 21).then(|| "positive".into());
        listing.answers = (n > 21).then(|| format!(",\"rating\":\"{n}\",\"why\":\"x\""));
        commit(&store, unit).await;
    }
    let cases = [
        (
            CallFilter {
                provider: Some("retell".into()),
                ..here()
            },
            &[23, 22, 21][..],
        ),
        (
            CallFilter {
                min_duration_s: Some(21.0),
                ..here()
            },
            &[22, 21],
        ),
        (
            CallFilter {
                min_duration_s: Some(20.5),
                max_duration_s: Some(21.0),
                ..here()
            },
            &[21],
        ),
        (
            CallFilter {
                sentiment: Some("positive".into()),
                ..here()
            },
            &[21],
        ),
        (
            CallFilter {
                answer: Some(",\"rating\":".into()),
                ..here()
            },
            &[23, 22],
        ),
        (
            CallFilter {
                answer: Some(",\"rating\":\"22\"".into()),
                ..here()
            },
            &[22],
        ),
        (
            CallFilter {
                answer: Some("%".into()),
                ..here()
            },
            &[],
        ),
    ];
    for (filter, expected) in cases {
        assert_eq!(calls(&store, filter.clone()).await, expected, "{filter:?}");
    }
}

pub async fn what_a_call_is_found_by_changes_with_it(store: Shared) {
    let unit = accept(20);
    let mut row = unit.calls[0].row.clone();
    commit(&store, unit).await;
    row.version = 2;
    row.listing.words = Some("x".into());
    row.listing.sentiment = Some("negative".into());
    row.listing.answers = Some(",\"q\":\"a\"".into());
    let mut unit = accept(20);
    unit.messages.clear();
    unit.events.clear();
    unit.runs.clear();
    unit.calls = vec![CallPut {
        expect: Some(1),
        row: row.clone(),
    }];
    commit(&store, unit).await;
    assert_eq!(store.call_by_id(row.id).await.unwrap(), Some(row));
    assert_eq!(calls(&store, like("x", "x")).await, [20]);
}

pub async fn the_outcomes_of_a_campaign_are_counted_up_to_a_bound(store: Shared) {
    for n in 20..26 {
        let mut unit = accept(n);
        let row = &mut unit.calls[0].row;
        row.listing.campaign = (n < 25).then(|| "spring".into());
        row.listing.status = Some(if n == 20 { "failed" } else { "ended" }.into());
        row.listing.disposition = (n > 22).then(|| "sold".into());
        commit(&store, unit).await;
    }
    let mut elsewhere = accept(30);
    elsewhere.calls[0].row.workspace = id(99);
    elsewhere.calls[0].row.listing.campaign = Some("spring".into());
    commit(&store, elsewhere).await;
    let counted = async |from, most| {
        let counted = store.outcomes(workspace(), "spring", from, most);
        let mut counted = counted.await.unwrap();
        counted.sort();
        counted
    };
    let outcome = |status: &str, disposition: Option<&str>, calls| Outcome {
        status: Some(status.into()),
        disposition: disposition.map(String::from),
        calls,
    };
    let (unsold, sold) = (outcome("ended", None, 2), outcome("ended", Some("sold"), 2));
    let failed = outcome("failed", None, 1);
    let all = [unsold, sold.clone(), failed];
    assert_eq!(counted(None, 50).await, all);
    assert_eq!(counted(Some(at(23)), 50).await, std::slice::from_ref(&sold));
    assert_eq!(counted(None, 2).await, [sold]);
}
