//! The end of a call and its settling: grace, analyses, the watchdog.

use super::*;

#[test]
fn a_complete_report_with_an_analysis_raises_everything_in_the_order_of_life() {
    let mut call = Told::default();
    let mut report = told("r", &[Kind::Analyzed, Kind::RecordingReady, Kind::Ended]);
    report.complete = true;
    report.call = snapshot(json!({
        "recording": {"url": "https://r.example/1"}, "analysis": {"success": true},
    }));
    let raised = call.tell(&report, at(0));
    assert_eq!(
        raised,
        [ENDED, (Kind::RecordingReady, false), ANALYZED, SETTLED]
    );
    assert!(call.call().settled);
    assert_eq!(call.next_timer(), None);
}

#[test]
fn a_complete_report_ends_the_call_even_where_it_claims_nothing() {
    let mut call = Told::default();
    let mut report = told("r", &[]);
    report.complete = true;
    assert_eq!(call.tell(&report, at(0)), [ENDED]);
}

#[test]
fn a_bare_end_waits_for_the_grace_and_no_longer() {
    let mut call = Told::default();
    assert_eq!(call.tell(&told("e", &[Kind::Ended]), at(0)), []);
    assert_eq!(call.fire(TimerKind::Grace, at(29)), [], "too early");
    assert_eq!(call.fire(TimerKind::Grace, at(30)), [ENDED]);
    assert_eq!(call.fire(TimerKind::Grace, at(31)), [], "it is over");
    assert_eq!(call.fire(TimerKind::Watchdog, at(99_999)), []);
    assert_eq!(call.next_timer(), Some((TimerKind::Settle, at(330))));
    assert_eq!(call.fire(TimerKind::Settle, at(330)), [SETTLED]);
    assert_eq!(call.next_timer(), None);
}

#[test]
fn the_complete_report_cuts_the_grace_short() {
    let mut call = Told::default();
    call.tell(&told("e", &[Kind::Ended]), at(0));
    let mut report = told("r", &[Kind::Ended]);
    report.complete = true;
    assert_eq!(call.tell(&report, at(3)), [ENDED]);
    assert_eq!(call.call().grace_until, None);
}

#[test]
fn a_second_bare_end_does_not_prolong_the_grace() {
    let mut call = Told::default();
    call.tell(&told("e1", &[Kind::Ended]), at(0));
    call.tell(&told("e2", &[Kind::Ended]), at(20));
    assert_eq!(call.call().grace_until, Some(at(30)));
}

#[test]
fn without_a_grace_a_bare_end_is_the_end() {
    let mut call = Told {
        policy: Policy {
            grace: Duration::ZERO,
            ..Policy::default()
        },
        ..Told::default()
    };
    assert_eq!(call.tell(&told("e", &[Kind::Ended]), at(0)), [ENDED]);
}

#[test]
fn an_analysis_before_the_end_settles_the_call_at_its_end() {
    let mut call = Told::default();
    let mut early = told("a", &[Kind::Analyzed]);
    early.call = analysis(1);
    assert_eq!(call.tell(&early, at(0)), [ANALYZED]);
    call.tell(&told("e", &[Kind::Ended]), at(1));
    assert_eq!(call.fire(TimerKind::Grace, at(31)), [ENDED, SETTLED]);
}

#[test]
fn a_platform_without_analyses_settles_at_the_end() {
    let mut call = Told::default();
    let mut report = told("r", &[Kind::Ended]);
    report.complete = true;
    report.no_analysis_to_come = true;
    assert_eq!(call.tell(&report, at(0)), [ENDED, SETTLED]);
}

#[test]
fn a_late_analysis_is_told_but_does_not_settle_again() {
    let mut call = Told::default();
    call.tell(&told("e", &[Kind::Ended]), at(0));
    call.fire_all();
    let mut late = told("a", &[Kind::Analyzed]);
    late.call = analysis(1);
    assert_eq!(call.tell(&late, at(5_000)), [ANALYZED]);
}

#[test]
fn an_analysis_is_told_again_only_when_it_says_something_else() {
    let mut call = Told::default();
    let tell = |call: &mut Told, dedupe: &str, budget| {
        let mut message = told(dedupe, &[Kind::Analyzed]);
        message.call = analysis(budget);
        call.tell(&message, at(0))
    };
    assert_eq!(tell(&mut call, "a1", 1), [ANALYZED]);
    assert_eq!(tell(&mut call, "a2", 1), []);
    assert_eq!(tell(&mut call, "a3", 2), [(Kind::Reanalyzed, false)]);
    assert_eq!(tell(&mut call, "a4", 2), []);
}

#[test]
fn the_order_of_an_analysis_names_is_no_change() {
    let mut call = Told::default();
    let mut first = told("a1", &[Kind::Analyzed]);
    first.call = snapshot(json!({"analysis": {"structured": {"a": 1, "b": {"c": 1, "d": 2}}}}));
    let mut second = told("a2", &[Kind::Analyzed]);
    second.call = snapshot(json!({"analysis": {"structured": {"b": {"d": 2, "c": 1}, "a": 1}}}));
    assert_eq!(call.tell(&first, at(0)), [ANALYZED]);
    assert_eq!(call.tell(&second, at(1)), []);
}

#[test]
fn the_watchdog_ends_a_call_that_never_ends_and_what_comes_later_only_enriches() {
    let mut call = Told::default();
    call.tell(&told("s", &[Kind::Started]), at(0));
    let (timer, due) = call.next_timer().unwrap();
    assert_eq!(
        (timer, due),
        (TimerKind::Watchdog, at(4 * 3600 + 600)),
        "from first sight"
    );
    assert_eq!(call.fire(timer, due), [ENDED]);
    assert!(call.moments.last().unwrap().synthetic);
    let mut report = told("r", &[Kind::Answered, Kind::Ended]);
    report.complete = true;
    report.call = snapshot(json!({"end_reason": "customer-ended-call"}));
    assert_eq!(call.tell(&report, due), []);
    let reason = call.call().snapshot.end_reason.as_deref();
    assert_eq!(reason, Some("customer-ended-call"));
    call.fire_all();
    assert_eq!(
        call.moments.last().map(|m| (m.kind, m.settled)),
        Some(SETTLED)
    );
}

#[test]
fn an_analysis_after_the_watchdog_is_still_told_and_settles_the_call() {
    let mut call = Told::default();
    call.tell(&told("s", &[Kind::Started]), at(0));
    let (timer, due) = call.next_timer().unwrap();
    call.fire(timer, due);
    let mut late = told("a", &[Kind::Analyzed]);
    late.call = analysis(1);
    assert_eq!(call.tell(&late, due), [ANALYZED, SETTLED]);
}

#[test]
fn end_before_start_raises_both_once() {
    let mut call = Told::default();
    let mut report = told("r", &[Kind::Ended]);
    report.complete = true;
    assert_eq!(call.tell(&report, at(5)), [ENDED]);
    assert_eq!(
        call.tell(&told("s", &[Kind::Started]), at(6)),
        [(Kind::Started, false)]
    );
    assert_eq!(call.tell(&told("s2", &[Kind::Started]), at(7)), []);
}

#[test]
fn times_and_waits_at_the_edge_of_time_do_not_overflow() {
    let policy = Policy {
        grace: Duration::MAX,
        settle_within: Duration::MAX,
        watchdog: Duration::MAX,
        late_words: false,
        joins_by_session: false,
        legs_by_session: false,
    };
    let mut message = told("e", &[Kind::Ended]);
    message.complete = true;
    message.call = snapshot(json!({"duration_s": 1e300, "started_at": "9999-12-30T00:00:00Z"}));
    let folded = calls::fold(None, &message, "", kernel::Timestamp::MAX, &policy);
    assert_eq!(folded.call.settle_by, Some(kernel::Timestamp::MAX));
}

#[test]
fn nobody_waits_for_the_end_of_a_call_whose_id_is_made_up() {
    let mut call = Told::default();
    let mut tool = told("1", &[Kind::ToolCalled]);
    tool.made_up = true;
    assert_eq!(call.tell(&tool, at(0)), [(Kind::ToolCalled, false)]);
    assert_eq!(call.next_timer(), None);
    call.tell(&told("2", &[Kind::Started]), at(1));
    assert_eq!(call.next_timer().unwrap().0, TimerKind::Watchdog);
}
