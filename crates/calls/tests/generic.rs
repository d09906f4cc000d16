//! Facts about reading our own event form: what is taken, what is refused with which path, and what hostile input does.
#![allow(clippy::unwrap_used)]

use calls::generic::read;
use calls::{Kind, Observation};
use kernel::Problem;
use serde_json::{Value, json};

fn problems(event: Value) -> Vec<(String, String)> {
    let problem = |problem: Problem| (problem.path, problem.message);
    read(event).unwrap_err().into_iter().map(problem).collect()
}

fn paths(event: Value) -> Vec<String> {
    problems(event).into_iter().map(|(path, _)| path).collect()
}

fn event(kind: &str, call: Value) -> Value {
    let mut event = json!({"kind": kind, "call": {"provider_call_id": "c-1"}});
    for (name, value) in call.as_object().unwrap() {
        event["call"][name] = value.clone();
    }
    event
}

fn taken(event: Value) -> Observation {
    read(event).unwrap()
}

#[test]
fn kind_and_call_id_are_enough() {
    let seen = taken(event("call.started", json!({})));
    assert_eq!(seen.claims, [Kind::Started]);
    assert_eq!((seen.provider.as_str(), seen.complete), ("custom", false));
    assert_eq!(seen.call.provider_call_id, "c-1");
}

#[test]
fn a_finished_call_is_complete_and_claims_what_it_brings() {
    let call = json!({"analysis": {"success": true}, "recording": {"url": "https://r.example/1"}});
    let seen = taken(event("call.ended", call));
    assert!(seen.complete);
    assert_eq!(
        seen.claims,
        [Kind::Ended, Kind::RecordingReady, Kind::Analyzed]
    );
    let bare = taken(event(
        "call.ended",
        json!({"analysis": {}, "recording": {}}),
    ));
    assert_eq!((bare.complete, bare.claims), (true, vec![Kind::Ended]));
}

#[test]
fn the_events_of_the_documentation_read_without_loss() {
    for kind in Kind::MOMENTS {
        let sample = calls::samples::json(kind);
        let seen = taken(sample.clone());
        assert_eq!(seen.claims[0], kind);
        assert_eq!(*seen.raw, sample);
        assert_eq!(
            serde_json::to_value(&seen.call).unwrap(),
            sample["call"],
            "{}",
            kind.name()
        );
    }
}

#[test]
fn all_problems_come_at_once_each_with_its_path() {
    let found = problems(json!({
        "kind": "call.endd", "at": "yesterday",
        "call": {"provider_call_id": "", "duration_s": "abc", "connected": "yes", "from": 1555,
                 "agent": ["Sarah"], "recording": {"channels": 1.5},
                 "transcript": [{"role": "agent", "text": "a"}, {"role": "parrot", "text": 5}, "b"],
                 "contact": {"email": 7}, "variables": [], "direction": "sideways"},
        "tool": {"arguments": "x"},
    }));
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(p, m)| (p.as_str(), m.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "/kind",
                "unknown kind \"call.endd\"; did you mean call.ended?"
            ),
            (
                "/at",
                "expected an RFC 3339 time like 2026-11-20T17:30:05Z, found text \"yesterday\""
            ),
            ("/call/provider_call_id", "is empty"),
            (
                "/call/direction",
                "expected one of inbound, outbound, web, unknown, found text \"sideways\""
            ),
            ("/call/from", "expected text, found number 1555"),
            ("/call/agent", "expected an object, found a list"),
            ("/call/contact/email", "expected text, found number 7"),
            (
                "/call/connected",
                "expected true or false, found text \"yes\""
            ),
            ("/call/duration_s", "expected a number, found text \"abc\""),
            (
                "/call/transcript/1/role",
                "unknown role \"parrot\": use agent, customer, system, tool or third_party"
            ),
            ("/call/transcript/1/text", "expected text, found number 5"),
            ("/call/transcript/2", "expected an object, found text \"b\""),
            (
                "/call/recording/channels",
                "expected a whole number, found number 1.5"
            ),
            ("/call/variables", "expected an object, found a list"),
            ("/tool/arguments", "expected an object, found text \"x\""),
        ]
    );
}

#[test]
fn what_is_required_is_named_when_it_is_missing() {
    assert_eq!(paths(json!({})), ["/kind", "/call"]);
    assert_eq!(
        paths(json!({"kind": null, "call": {}})),
        ["/kind", "/call/provider_call_id"]
    );
    for no_event in [json!([]), json!("x"), json!(1), Value::Null] {
        assert_eq!(paths(no_event), [""]);
    }
}

#[test]
fn null_is_absent() {
    let call = json!({"from": null, "agent": null, "contact": null, "transcript": null, "variables": null,
        "duration_s": null, "recording": {"url": null}, "analysis": {"structured": null}});
    let mut with_nulls = event("call.ended", call);
    with_nulls["tool"] = Value::Null;
    with_nulls["at"] = Value::Null;
    assert_eq!(taken(with_nulls).claims, [Kind::Ended]);
}

#[test]
fn unknown_fields_are_kept_in_raw() {
    let mut odd = event("call.started", json!({"mood": "good"}));
    odd["__proto__"] = json!({"admin": true});
    odd["constructor"] = json!(1);
    assert_eq!(*taken(odd.clone()).raw, odd);
}

#[test]
fn a_version_may_be_a_number_or_a_text_and_roles_may_be_called_as_elsewhere() {
    let call = json!({"agent": {"version": 3}, "transcript": [
        {"role": "assistant", "text": "a"}, {"role": "User", "text": "b"}]});
    let seen = taken(event("call.ended", call));
    assert_eq!(seen.call.agent.unwrap().version.as_deref(), Some("3"));
    let turns = seen.call.transcript.iter();
    let roles: Vec<_> = turns.map(|turn| turn.role.as_str()).collect();
    assert_eq!(roles, ["agent", "customer"]);
}

#[test]
fn ids_are_short_and_have_no_control_characters() {
    let long = "ß".repeat(257);
    for id in [long.as_str(), "a\nb", "a\0b"] {
        let mut bad = event("call.started", json!({}));
        bad["call"]["provider_call_id"] = id.into();
        bad["id"] = id.into();
        assert_eq!(paths(bad), ["/id", "/call/provider_call_id"], "{id:?}");
    }
    let fits = "ß".repeat(256);
    taken(event("call.started", json!({"parent_id": fits})));
}

#[test]
fn a_nul_in_a_text_is_made_visible_and_stays_in_raw() {
    let call = json!({"end_reason": "a\0b", "transcript": [{"role": "agent", "text": "\0"}]});
    let seen = taken(event("call.ended", call));
    assert_eq!(seen.call.end_reason.as_deref(), Some("a\u{fffd}b"));
    assert_eq!(seen.raw["call"]["end_reason"], "a\0b");
}

#[test]
fn numbers_out_of_all_bounds_are_refused() {
    for seconds in [json!(-1), json!(1e300), json!(9_007_199_254_740_993u64)] {
        assert_eq!(
            paths(event("call.ended", json!({"duration_s": seconds}))),
            ["/call/duration_s"]
        );
    }
    taken(event("call.ended", json!({"duration_s": -0.0})));
}

#[test]
fn ten_thousand_turns_are_taken_and_twenty_thousand_and_one_are_not() {
    let turns =
        |count| json!({"transcript": vec![json!({"role": "agent", "text": "Hello"}); count]});
    let seen = taken(event("call.ended", turns(10_000)));
    assert_eq!(seen.call.transcript.len(), 10_000);
    assert_eq!(
        paths(event("call.ended", turns(20_001))),
        ["/call/transcript"]
    );
}

#[test]
fn a_megabyte_in_one_turn_is_taken_and_more_is_not() {
    let turn = |length| json!({"transcript": [{"role": "agent", "text": "a".repeat(length)}]});
    taken(event("call.ended", turn(1_000_000)));
    let refused = paths(event("call.ended", turn(1_000_001)));
    assert_eq!(refused, ["/call/transcript/0/text"]);
}

#[test]
fn twenty_thousand_wrong_turns_give_a_short_answer() {
    let found = problems(event("call.ended", json!({"transcript": vec![1; 20_000]})));
    assert_eq!(found.len(), 101);
    assert_eq!(found[100].1, "there are more problems than are listed");
}

#[test]
fn deep_nesting_is_refused_before_it_is_read() {
    let nested = |levels: usize| {
        let mut value = json!(1);
        for _ in 0..levels {
            value = json!([value]);
        }
        event("call.started", json!({"metadata": {"x": value}}))
    };
    taken(nested(61));
    assert_eq!(
        problems(nested(62)),
        [(String::new(), "is nested deeper than 64 levels".to_owned())]
    );
    let bomb = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(serde_json::from_str::<Value>(&bomb).is_err());
}

#[test]
fn what_is_no_json_never_becomes_an_event() {
    let with = |part: &str| {
        format!(r#"{{"kind":"call.ended","call":{{"provider_call_id":"c","x":{part}}}}}"#)
    };
    for part in ["1e400", "NaN", r#""\ud800""#, "-", "01", "\"\u{1}\""] {
        assert!(
            serde_json::from_str::<Value>(&with(part)).is_err(),
            "{part}"
        );
    }
    assert!(serde_json::from_slice::<Value>(b"\"\xff\"").is_err());
    assert!(serde_json::from_str::<Value>(&format!("\u{feff}{}", with("1"))).is_err());
}

#[test]
fn of_duplicate_keys_the_last_one_counts_everywhere() {
    let text = r#"{"kind":"call.started","kind":"call.ended","call":{"provider_call_id":"a","provider_call_id":"b"}}"#;
    let seen = taken(serde_json::from_str(text).unwrap());
    assert_eq!(
        (seen.claims[0], seen.call.provider_call_id.as_str()),
        (Kind::Ended, "b")
    );
    assert_eq!(seen.raw["call"]["provider_call_id"], "b");
}

#[test]
fn the_senders_id_is_the_key_and_without_one_call_kind_and_time_are() {
    let key = |event: Value| taken(event).dedupe;
    let mut own = event("call.ended", json!({}));
    own["id"] = "evt-1".into();
    assert_eq!(key(own), "evt-1");
    let at = |kind: &str, at: &str, call: Value| {
        let mut event = event(kind, call);
        event["at"] = at.into();
        key(event)
    };
    let (one, two) = ("2026-11-20T17:30:05Z", "2026-11-20T17:30:06Z");
    assert_eq!(
        at("call.ended", one, json!({})),
        at("call.ended", one, json!({"status": "changed body"}))
    );
    assert_ne!(
        at("call.ended", one, json!({})),
        at("call.ended", two, json!({}))
    );
    assert_ne!(
        at("call.ended", one, json!({})),
        at("call.started", one, json!({}))
    );
    assert_ne!(
        at("tool.called", one, json!({})),
        at("tool.called", one, json!({"variables": {"x": 1}})),
        "two tool calls in one second"
    );
    assert_ne!(
        key(event("call.ended", json!({}))),
        key(event("call.ended", json!({"status": "failed"}))),
        "without a time, what it says"
    );
}

#[test]
fn a_cloud_event_is_the_event_inside() {
    let seen = taken(json!({
        "specversion": "1.0", "id": "ce-1", "source": "/pbx", "type": "com.example.call.ended",
        "time": "2026-11-20T17:30:05Z", "datacontenttype": "application/json",
        "data": {"call": {"provider_call_id": "c-1"}},
    }));
    assert_eq!(
        (seen.claims[0], seen.dedupe.as_str()),
        (Kind::Ended, "ce-1")
    );
    assert_eq!(seen.at, Some("2026-11-20T17:30:05Z".parse().unwrap()));
    let own = taken(json!({
        "specversion": "1.0", "id": "ce-1", "type": "x",
        "data": {"kind": "call.started", "id": "mine", "call": {"provider_call_id": "c-1"}},
    }));
    assert_eq!(
        (own.claims[0], own.dedupe.as_str()),
        (Kind::Started, "mine")
    );
}

#[test]
fn the_problems_of_a_cloud_event_are_below_its_data() {
    let inside = json!({"specversion": "1.0", "id": "1", "type": "call.ended", "data": {"call": {"from": 1}}});
    assert_eq!(
        paths(inside),
        ["/data/call/provider_call_id", "/data/call/from"]
    );
    assert_eq!(
        paths(json!({"specversion": "0.3", "type": "call.ended"})),
        ["/specversion", "/data"]
    );
    assert_eq!(
        paths(json!({"specversion": "1.0", "data_base64": "e30="})),
        ["/data_base64"]
    );
    assert_eq!(
        paths(json!({"specversion": "1.0", "data": "text"})),
        ["/data"]
    );
    let strange = json!({"specversion": "1.0", "type": "order.paid", "data": {"call": {"provider_call_id": "c"}}});
    assert_eq!(paths(strange), ["/data/kind"]);
}

#[test]
fn a_transfer_is_told_apart_by_the_time_of_its_event() {
    let mut transfer = event("call.transfer_started", json!({"transfer": {"to": "+1"}}));
    transfer["at"] = "2026-11-20T17:30:05Z".into();
    assert_eq!(
        taken(transfer.clone()).call.transfer.unwrap().at,
        taken(transfer).at
    );
    let mut ended = event("call.ended", json!({"transfer": {"to": "+1"}}));
    ended["at"] = "2026-11-20T17:30:05Z".into();
    assert_eq!(taken(ended).call.transfer.unwrap().at, None);
}
