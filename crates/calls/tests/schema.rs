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
fn the_kinds_are_those_of_calls_and_those_about_flows() {
    let all: Vec<&str> = Kind::all().map(Kind::name).collect();
    assert_eq!(KINDS.to_vec(), all);
    assert_eq!(kernel::flow::WATCHES, Kind::WATCHES.map(Kind::name));
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
        "payload_flat.outcome",
        "payload_flat.analysis.results.summary",
        "payload.data.extracted_variables.budget",
        "call.analysis.failure.message",
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
    let at_once = "payload_flat.analysis.transfer.to";
    assert_eq!(known(at_once, "call.started"), Known::Yes);
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

fn reason(text: &str, kind: &str) -> String {
    match known(text, kind) {
        Known::Never(reason) => reason,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_part_that_no_event_has_is_refused_with_the_nearest() {
    for (text, expected) in [
        (
            "call.agent.nam",
            "call.agent has no field nam: did you mean call.agent.name?",
        ),
        (
            "call.transfer.state",
            "call.transfer has no field state: did you mean call.transfer.status?",
        ),
        ("call.recording.place", "call.recording has no field place"),
        (
            "call.analysis.sumary",
            "call.analysis has no field sumary: did you mean call.analysis.summary?",
        ),
        ("tool.args", "tool has no field args"),
        (
            "duration.minutes",
            "duration is a single value and has no parts",
        ),
        (
            "caller_number.country",
            "caller_number is a single value and has no parts",
        ),
        (
            "transcript.text",
            "transcript is a single value and has no parts",
        ),
        (
            "transcript_turns.text",
            "transcript_turns is a list: its first item is transcript_turns[0]",
        ),
        ("payload.contents", "payload has no field contents"),
        (
            "payload.data.custmer_phone",
            "payload.data has no field custmer_phone: did you mean payload.data.customer_phone?",
        ),
        (
            "payload_flat.campaign.nam",
            "payload_flat.campaign has no field nam: did you mean payload_flat.campaign.name?",
        ),
        (
            "$callInfo.callsid",
            "callInfo has no field callsid: did you mean callInfo.callSid?",
        ),
        (
            "$analysis.result.budget",
            "analysis has no field result: did you mean analysis.results?",
        ),
        (
            "$analysis.transfer.target",
            "analysis.transfer has no field target",
        ),
        (
            "$events.type",
            "events is a list: its first item is events[0]",
        ),
        (
            "$customer_phone.x",
            "customer_phone is a single value and has no parts",
        ),
    ] {
        assert_eq!(reason(text, "call.analyzed"), expected, "{text}");
    }
    // What the view has not, the common scope may have; what people bring is open.
    for open in [
        "$outcome.notes",
        "$duration",
        "$context.order.id",
        "contact.a.b",
        "vars.x.y",
        "raw.any.thing",
        "outcome.x.y",
        "answers.q",
    ] {
        assert!(
            matches!(known(open, "call.analyzed"), Known::Yes | Known::Late),
            "{open}"
        );
    }
}

#[test]
fn a_dotted_spelling_of_a_known_name_is_recognised() {
    for (written, meant) in [
        ("agent.name", "agent_name"),
        ("campaign.id", "campaign_id"),
        ("caller.number", "caller_number"),
    ] {
        assert_eq!(
            known(written, "call.ended"),
            Known::Unknown(Some(meant.into()))
        );
    }
}

/// Every path of every sample event can exist at its kind.
#[test]
fn what_events_have_is_never_refused() {
    use calls::event::Origin;
    use kernel::Scope;
    fn walk(path: &Path, value: &serde_json::Value, kind: Kind, count: &mut usize) {
        *count += 1;
        let known = variable(path, kind.name());
        // What is known only after the call stands empty in the payload before.
        let is_empty_yet =
            matches!(&known, Known::Never(why) if why.contains("known only after the call"));
        if path.root.starts_with("payload") && is_empty_yet {
            return;
        }
        assert!(
            matches!(known, Known::Yes | Known::Late),
            "{path:?} at {kind:?}: {known:?}"
        );
        let mut below = |segment, value| {
            let rest = path.rest.iter().cloned().chain([segment]).collect();
            walk(
                &Path {
                    rest,
                    ..path.clone()
                },
                value,
                kind,
                count,
            );
        };
        match value {
            serde_json::Value::Object(map) => {
                map.iter()
                    .for_each(|(key, value)| below(Segment::Key(key.clone()), value));
            }
            serde_json::Value::Array(list) => {
                list.iter()
                    .enumerate()
                    .for_each(|(at, value)| below(Segment::Index(at), value));
            }
            _ => {}
        }
    }
    let mut count = 0;
    for kind in Kind::MOMENTS {
        let origin = Origin {
            workspace_id: kernel::id::WorkspaceId::from_bytes([1; 16]),
            workspace_name: "w".into(),
            call_id: kernel::id::CallId::from_bytes([2; 16]),
            raw: serde_json::Value::Null.into(),
        };
        let event = calls::samples::event(kind, kernel::id::EventId::from_bytes([3; 16]), &origin);
        let asks = kind == Kind::ToolCalled;
        let late = kind >= Kind::Ended;
        for (root, view) in [
            ("call", false),
            ("transcript_turns", false),
            ("payload", false),
            ("payload_flat", false),
            ("contact", false),
            ("vars", false),
            ("raw", false),
            ("callInfo", true),
            ("analysis", true),
            ("context", true),
            ("campaign", true),
            ("events", true),
            ("transcript", true),
            ("lead", true),
            ("duration", true),
            ("outcome", true),
            ("duration", false),
            ("agent_name", false),
            ("tool", false),
            ("args", false),
            ("outcome", false),
            ("answers", false),
        ] {
            let is_late = ["outcome", "answers", "analysis"].contains(&root);
            if is_late && !late || ["tool", "args"].contains(&root) && !asks {
                continue;
            }
            let value = if view {
                event.view(root)
            } else {
                event.get(root)
            };
            let path = Path {
                root: root.into(),
                rest: Vec::new(),
                view,
            };
            if let Some(value) = value {
                walk(&path, &value, kind, &mut count);
            }
        }
    }
    assert!(count > 500, "{count}");
}

#[test]
fn what_failed_is_known_only_to_flows_that_watch_others() {
    for name in ["error.message", "failed.run_id", "failed.count"] {
        assert_eq!(known(name, "run.failed"), Known::Yes, "{name}");
        let elsewhere = known(name, "call.ended");
        assert!(
            matches!(&elsewhere, Known::Never(why) if why.contains("use run.failed")),
            "{name}: {elsewhere:?}"
        );
    }
    assert_eq!(known("failing.level", "flow.paused"), Known::Yes);
    assert!(matches!(
        known("failing.level", "run.failed"),
        Known::Never(_)
    ));
    assert!(matches!(
        known("failed.reason", "run.failed"),
        Known::Never(_)
    ));
    assert_eq!(known("summary", "run.failed"), Known::Yes);
    assert_eq!(known("campaign_name", "flow.failing"), Known::Yes);
}

#[test]
fn every_sample_says_only_what_paths_may_name() {
    for kind in Kind::WATCHES {
        let sample = calls::samples::json(kind);
        for name in ["error", "failed", "failing"] {
            for field in sample[name]
                .as_object()
                .into_iter()
                .flat_map(|said| said.keys())
            {
                let path = format!("{name}.{field}");
                assert_eq!(known(&path, kind.name()), Known::Yes, "{path}");
            }
        }
    }
}
