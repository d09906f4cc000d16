//! Words that come after the end of a call: when they are there to be read.

use super::*;

#[test]
fn a_transcript_that_comes_after_the_end_is_waited_for_and_read_once() {
    let policy = late_words();
    let offers = |call: Call, message: &Observation| {
        let folded = fold_at(Some(call), message, 0);
        (analyses(&folded), folded.call)
    };
    let (call, moments) = fold_of(&json!({}), &policy, None, &report(json!({})));
    assert_eq!((moments, waits(&call)), (vec![ENDED], false));
    let (begun, call) = offers(call, &theirs("recap", 9));
    assert_eq!(begun, 0, "the words are still to come");
    let mut words = told("words", &[]);
    words.call = snapshot(json!({ "transcript": [{ "role": "customer", "text": "Hi" }] }));
    let (begun, call) = offers(call, &words);
    assert_eq!((begun, waits(&call)), (1, true));
    words.dedupe = "words again".into();
    assert_eq!(offers(call, &words).0, 0);

    let missed = report(json!({ "connected": false }));
    let (_, moments) = fold_of(&json!({}), &policy, None, &missed);
    assert_eq!(moments, [ENDED, SETTLED], "nobody spoke, so no words come");
}

/// One sentence of a talk that is told as it goes on.
fn sentence(said: &str, second: i64) -> Observation {
    Observation {
        at: Some(at(second)),
        adds_turns: true,
        call: snapshot(json!({ "transcript": [{ "role": "customer", "text": said }] })),
        ..told(said, &[])
    }
}

fn late_words() -> Policy {
    Policy {
        late_words: true,
        ..Policy::default()
    }
}

fn fold_at(call: Option<Call>, message: &Observation, second: i64) -> Folded {
    folded(&json!({}), &late_words(), call, message, second)
}

fn analyses(folded: &Folded) -> usize {
    let moments = folded.moments.iter();
    moments.filter(|moment| moment.to_analyze).count()
}

#[test]
fn sentences_that_come_late_are_read_once_it_is_quiet() {
    let call = fold_at(None, &report(json!({})), 0).call;
    assert!(!waits(&call));
    // Each sentence moves the analysis on.
    let first = fold_at(Some(call), &sentence("one", 1), 2);
    let second = fold_at(Some(first.call.clone()), &sentence("two", 2), 6);
    assert_eq!((analyses(&first), analyses(&second)), (0, 0));
    let late = late_words();
    let early = calls::expire(second.call, TimerKind::Grace, at(7), &late);
    assert_eq!(early.moments, []);
    let quiet = calls::expire(early.call, TimerKind::Grace, at(11), &late);
    assert_eq!((analyses(&quiet), waits(&quiet.call)), (1, true));
    assert_eq!(quiet.call.snapshot.transcript.len(), 2);
    let again = calls::expire(quiet.call, TimerKind::Grace, at(12), &late);
    assert_eq!(again.moments, []);
}

#[test]
fn a_talk_that_never_falls_quiet_is_read_when_the_grace_is_over() {
    let mut call = fold_at(None, &report(json!({})), 0).call;
    for second in (4..30).step_by(4) {
        let told = fold_at(Some(call), &sentence(&second.to_string(), second), second);
        assert_eq!(analyses(&told), 0, "{second}");
        call = told.call;
    }
    let over = calls::expire(call, TimerKind::Grace, at(30), &late_words());
    assert_eq!(analyses(&over), 1);
}

#[test]
fn a_transcript_that_comes_whole_is_read_at_once() {
    let call = fold_at(None, &report(json!({})), 0).call;
    let call = fold_at(Some(call), &sentence("Hi", 1), 1).call;
    let whole = Observation {
        call: snapshot(json!({ "transcript": [{ "role": "customer", "text": "Hi there" }] })),
        ..told("whole", &[])
    };
    assert_eq!(analyses(&fold_at(Some(call), &whole, 2)), 1);
}

proptest! {
    #[test]
    fn in_whatever_order_the_end_and_its_sentences_come_all_of_them_are_read_once(
        order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(),
        repeats in prop::collection::vec(0usize..4, 0..3),
    ) {
        let messages = [report(json!({})), sentence("one", 1), sentence("two", 2), sentence("three", 3)];
        let (mut call, mut begun, mut second) = (None, 0, 0);
        for index in order.into_iter().chain(repeats) {
            let folded = fold_at(call, &messages[index], second);
            begun += analyses(&folded);
            call = Some(folded.call);
            second += 1;
        }
        prop_assert_eq!(begun, 0, "nothing is read while sentences come");
        let quiet = calls::expire(call.unwrap(), TimerKind::Grace, at(second + 5), &late_words());
        prop_assert_eq!((analyses(&quiet), quiet.call.snapshot.transcript.len()), (1, 3));
    }
}

#[test]
fn words_that_never_come_leave_what_the_platform_has_found() {
    let policy = late_words();
    let (call, _) = fold_of(&json!({}), &policy, None, &report(json!({})));
    let (call, moments) = fold_of(&json!({}), &policy, Some(call), &theirs("recap", 9));
    assert_eq!(moments, []);
    let folded = calls::expire(call, TimerKind::Settle, at(60), &policy);
    assert_eq!(analyses(&folded), 1);
    assert_eq!(raised(folded).1, [ANALYZED, SETTLED]);
}
