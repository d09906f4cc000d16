//! What a diff of two flows says.
#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

use kernel::flow::diff::{Kind, diff, summary};
use proptest::prelude::*;
use serde_json::{Value, json};

fn flow(steps: Value) -> Value {
    json!({ "name": "Lead", "on": ["call.ended"], "where": { "min_duration_s": 60 }, "steps": steps })
}

fn lead() -> Value {
    json!({ "id": "lead", "do": "http.request", "with": { "method": "POST", "url": "https://crm.example/leads" }, "timeout_s": 15 })
}

fn set(id: &str) -> Value {
    json!({ "id": id, "set": { "x": "1" } })
}

fn texts(old: &Value, new: &Value) -> Vec<String> {
    diff(old, new)
        .into_iter()
        .map(|change| change.text)
        .collect()
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let flow = flow(json!([lead(), set("a")]));
    assert_eq!(diff(&flow, &flow), []);
    assert_eq!(summary(&[]), "no changes");
}

#[test]
fn a_changed_field_is_named_with_what_it_was_and_is() {
    let mut changed = lead();
    changed["timeout_s"] = json!(30);
    changed["with"]["url"] = json!("https://crm.example/v2/leads");
    changed["save"] = json!({ "lead_id": "{{ body.id }}" });
    let changes = diff(&flow(json!([lead()])), &flow(json!([changed])));
    let first = &changes[1];
    assert_eq!(
        (first.kind, first.step.as_deref(), first.field.as_deref()),
        (Kind::Changed, Some("lead"), Some("timeout_s"))
    );
    assert_eq!(
        (&first.old, &first.new),
        (&Some(json!(15)), &Some(json!(30)))
    );
    let texts: Vec<&str> = changes.iter().map(|change| change.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "step `lead`: with.url \"https://crm.example/leads\" → \"https://crm.example/v2/leads\"",
            "step `lead`: timeout_s 15 → 30",
            "step `lead`: save set to {\"lead_id\":\"{{ body.id }}\"}",
        ]
    );
}

#[test]
fn triggers_filters_and_the_name_are_changes_of_the_flow() {
    let old = flow(json!([set("a")]));
    let new = json!({ "name": "Leads", "on": ["call.ended", "call.analyzed"], "where": { "min_duration_s": 120, "agents": ["Sarah"] }, "steps": [set("a")] });
    assert_eq!(
        texts(&old, &new),
        [
            "name: \"Lead\" → \"Leads\"",
            "trigger: + call.analyzed",
            "filter `min_duration_s`: 60 → 120",
            "filter `agents` set to [\"Sarah\"]",
        ]
    );
    let bare = json!({ "name": "Lead", "on": ["call.ended"], "steps": [set("a")] });
    assert_eq!(
        texts(&old, &bare),
        ["filter `min_duration_s` removed (was 60)"]
    );
}

#[test]
fn steps_come_go_and_move_by_their_ids() {
    let old = flow(json!([set("a"), set("b"), set("c"), set("gone")]));
    let new = flow(json!([set("c"), set("a"), lead(), set("b")]));
    assert_eq!(
        texts(&old, &new),
        [
            "step `c` moved to the front of `steps`",
            "step `lead` added (http.request POST https://crm.example/leads)",
            "step `gone` removed (set)",
        ]
    );
    let back = flow(json!([set("b"), set("c"), set("a"), set("gone")]));
    assert_eq!(texts(&old, &back), ["step `a` moved behind `c`"]);
}

#[test]
fn a_step_that_goes_into_a_branch_is_the_same_step_elsewhere() {
    let hot = |then: Value| json!({ "id": "hot", "if": "duration > 60", "then": then });
    let old = flow(json!([set("a"), hot(json!([set("b")]))]));
    let new = flow(json!([hot(json!([set("b"), set("a")]))]));
    assert_eq!(
        texts(&old, &new),
        ["step `a` moved from `steps` to `hot.then`"]
    );
    let switch = |first: &str| json!({ "id": "by", "switch": [{ "if": first, "steps": [set("a")] }], "else": [{ "id": "p", "parallel": [[set("b")], [set("c")]] }] });
    let (old, new) = (
        flow(json!([switch("duration > 1")])),
        flow(json!([switch("duration > 2")])),
    );
    assert_eq!(
        texts(&old, &new),
        ["step `by`: switch[0].if \"duration > 1\" → \"duration > 2\""]
    );
}

#[test]
fn a_summary_names_the_first_changes_and_counts_the_rest() {
    let many = flow((0..5).map(|n| set(&format!("s{n}"))).collect());
    let text = summary(&diff(&flow(json!([])), &many));
    assert_eq!(
        text,
        "step `s0` added (set); step `s1` added (set); step `s2` added (set); and 2 more"
    );
}

#[test]
fn no_value_breaks_the_line_or_fills_it() {
    let step = |text: &str| json!({ "id": "a\nb", "set": { "x": text } });
    let text = texts(
        &flow(json!([step("one")])),
        &flow(json!([step(&"two\n".repeat(999))])),
    )
    .remove(0);
    assert!(text.chars().count() < 200 && !text.contains('\n'), "{text}");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-c]{0,2}".prop_map(Value::from)
    ];
    let name = prop_oneof![
        "id", "steps", "then", "else", "switch", "parallel", "if", "where", "on", "[a-c]"
    ];
    leaf.prop_recursive(6, 48, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((name.clone(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_two_values_have_a_diff_and_equal_ones_an_empty_one(old in any_json(), new in any_json()) {
        let changes = diff(&old, &new);
        prop_assert!(changes.iter().all(|change| !change.text.contains('\n')));
        prop_assert_eq!(diff(&old, &old), []);
    }
}
