//! Analyses one after the other: what a later one changes, and what stands.

use super::*;

#[test]
fn only_other_values_are_a_moment_and_what_is_not_found_any_more_is_gone() {
    let (call, _) = fold(None, &spoken());
    let (call, _) = fold(Some(call), &ours("1", json!(3), "three"));
    let (call, moments) = fold(Some(call), &ours("2", json!(3), "just three"));
    assert_eq!(moments, []);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert_eq!(analysis.evidence["seats"]["quote"], "just three");
    let (call, moments) = fold(Some(call), &ours("3", Value::Null, ""));
    assert_eq!(moments, [REANALYZED]);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert_eq!(analysis.structured["seats"], Value::Null);
    assert_eq!(call.versions.len(), 3, "each is kept");

    let (call, moments) = fold(Some(call), &theirs("4", 9));
    assert_eq!(moments, [REANALYZED]);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert_eq!(analysis.structured["seats"], 9);
    assert!(
        analysis.evidence.is_empty(),
        "a quote is for the value that it says"
    );
}

#[test]
fn what_the_platform_finds_later_does_not_wipe_out_what_has_a_quote() {
    let (call, _) = fold(None, &spoken());
    let (call, _) = fold(Some(call), &ours("1", json!(3), "three"));
    let (call, moments) = fold(Some(call), &theirs("2", 9));
    assert_eq!(moments, []);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert_eq!(analysis.structured["seats"], 3);
    assert_eq!(analysis.evidence["seats"]["quote"], "three");
    assert_eq!(call.of_platform().unwrap().structured["seats"], 9);
}

#[test]
fn only_the_last_ten_analyses_are_kept() {
    let (mut call, _) = fold(None, &spoken());
    for n in 0..15 {
        (call, _) = fold(Some(call), &ours(&n.to_string(), json!(n), "so many"));
    }
    assert_eq!(call.versions.len(), 10);
    assert_eq!(call.versions[0].analysis.structured["seats"], 5);
}

#[test]
fn a_call_that_was_kept_before_there_were_versions_is_still_ours() {
    let (call, _) = fold(None, &spoken());
    let (call, _) = fold(Some(call), &ours("1", json!(3), "three"));
    let mut stored = serde_json::to_value(&call).unwrap();
    for name in ["versions", "progress", "theirs", "extraction"] {
        stored.as_object_mut().unwrap().remove(name);
    }
    stored["snapshot"]["analysis"]
        .as_object_mut()
        .unwrap()
        .remove("state");
    let call: Call = serde_json::from_value(stored).unwrap();
    let (call, moments) = fold(Some(call), &theirs("2", 9));
    assert_eq!(moments, []);
    assert_eq!(call.snapshot.analysis.unwrap().structured["seats"], 3);
}

proptest! {
    #[test]
    fn in_whatever_order_both_analyses_come_it_is_one_call(
        order in Just(vec![0usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let all = [spoken(), theirs("a", 9), theirs_of("b", json!({ "budget": 5 })), ours("1", json!(3), "three")];
        let known = |order: &[usize]| {
            let call = order.iter().fold(None, |call, at| Some(fold(call, &all[*at]).0));
            call.unwrap()
        };
        let (there, here) = (known(&order), known(&[0, 1, 2, 3]));
        prop_assert_eq!(&there.snapshot, &here.snapshot);
        prop_assert!(there.settled && there.has(Kind::Analyzed));
    }
}
