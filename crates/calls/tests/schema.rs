//! Facts about which names can exist at which kind of event.
#![allow(clippy::unwrap_used)]

use calls::schema::{KINDS, variable};
use calls::{Kind, Snapshot};
use kernel::flow::Known;
use kernel::lang::{Path, Segment};

fn path(text: &str) -> Path {
    let (text, view) = match text.strip_prefix('$') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let mut names = text.split('.').map(str::to_owned);
    let root = names.next().unwrap();
    let rest = names.map(Segment::Key).collect();
    Path { root, rest, view }
}

fn known(text: &str, kind: &str) -> Known {
    variable(&path(text), kind)
}

#[test]
fn the_kinds_are_those_of_calls() {
    assert_eq!(KINDS, Kind::ALL.map(Kind::name));
}

#[test]
fn what_an_analysis_says_is_late_at_the_end_and_impossible_before() {
    for name in [
        "outcome.budget",
        "answers.x",
        "summary",
        "disposition",
        "success",
        "sentiment",
        "call.analysis.summary",
        "call.disposition",
        "$outcome",
        "$analysis.results.summary",
        "$extracted_variables",
    ] {
        assert_eq!(known(name, "call.ended"), Known::Late, "{name}");
        assert_eq!(known(name, "call.analyzed"), Known::Yes, "{name}");
        assert_eq!(known(name, "call.recording_ready"), Known::Yes, "{name}");
        for kind in [
            "call.dialing",
            "call.started",
            "call.answered",
            "tool.called",
        ] {
            assert!(
                matches!(known(name, kind), Known::Never(_)),
                "{name} at {kind}"
            );
        }
    }
    let Known::Never(reason) = known("outcome.budget", "call.started") else {
        panic!("possible");
    };
    assert!(
        reason.contains("outcome.budget") && reason.contains("call.analyzed"),
        "{reason}"
    );
}

#[test]
fn transfers_and_tools_are_known_as_they_happen() {
    assert_eq!(
        known("$analysis.transfer.to", "call.transfer_started"),
        Known::Yes
    );
    assert_eq!(known("$analysis.tools.book.day", "call.ended"), Known::Yes);
}

#[test]
fn arguments_exist_only_where_somebody_asks() {
    for name in ["args.date", "tool.name", "live.plan"] {
        assert_eq!(known(name, "tool.called"), Known::Yes);
        assert!(
            matches!(known(name, "call.ended"), Known::Never(_)),
            "{name}"
        );
    }
}

#[test]
fn a_whole_payload_waits_for_nothing() {
    assert_eq!(known("payload", "call.ended"), Known::Yes);
    assert_eq!(known("payload_flat", "call.started"), Known::Yes);
}

#[test]
fn an_unknown_bare_name_gets_the_nearest_known_one() {
    let near = |name| known(name, "call.ended");
    assert_eq!(
        near("caller_numbr"),
        Known::Unknown(Some("caller_number".into()))
    );
    assert_eq!(near("Duration"), Known::Unknown(Some("duration".into())));
    assert_eq!(near("order_id"), Known::Unknown(None));
    assert_eq!(near(&"x".repeat(100_000)), Known::Unknown(None));
}

#[test]
fn an_unknown_field_of_the_call_is_refused_with_the_nearest() {
    let Known::Never(reason) = known("call.duration", "call.ended") else {
        panic!("possible");
    };
    assert_eq!(
        reason,
        "call has no field duration: did you mean call.duration_s?"
    );
    assert_eq!(known("call.metadata.anything", "call.started"), Known::Yes);
    assert_eq!(known("contact.shoe_size", "call.started"), Known::Yes);
}

#[test]
fn the_listed_fields_of_the_call_are_those_of_the_snapshot() {
    let shown = format!("{:#?}", Snapshot::default());
    let fields: Vec<&str> = shown
        .lines()
        .filter_map(|line| line.strip_prefix("    ")?.split_once(": "))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(fields, Snapshot::FIELDS);
}
