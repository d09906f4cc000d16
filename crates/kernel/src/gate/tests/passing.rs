//! What passes a gate: by its tokens, unless somebody holds it, so many at once; and what is counted.

use super::*;

fn limited(rate: Rate) -> Gate {
    let mut gate = Gate::default();
    gate.set_policy(
        Policy {
            rate: Some(rate),
            ..Policy::default()
        },
        s(0),
    );
    gate
}

fn held(answer: Answer) -> (Why, Option<Tick>, u32) {
    match answer {
        Answer::Hold(hold) => (hold.why, hold.until, hold.wants),
        Answer::Go(ticket) => panic!("{ticket:?}"),
    }
}

fn go(gate: &mut Gate, now: Tick) -> Ticket {
    match gate.ask(now, 1) {
        Answer::Go(ticket) => ticket,
        Answer::Hold(hold) => panic!("{hold:?}"),
    }
}

#[test]
fn tokens_are_asked_for_once_and_spent_at_their_times() {
    let rate = rate(20, s(1), 2);
    let mut gate = limited(rate);
    assert_eq!(held(gate.ask(s(1), 4)), (Why::Rate, None, 4));
    assert_eq!(held(gate.ask(s(1), 4)), (Why::Rate, None, 0));
    let taken = take(&rate, None, at(0), 4).unwrap();
    gate.fill(rate, taken.chunk, s(1), s(1));
    go(&mut gate, s(1));
    go(&mut gate, s(1));
    assert_eq!(held(gate.ask(s(1), 2)), (Why::Rate, Some(ms(1050)), 0));
    go(&mut gate, ms(1050));
    // The fourth has lain too long.
    assert_eq!(held(gate.ask(s(3), 1)), (Why::Rate, None, 1));
    gate.refill_at(rate, s(4));
    assert_eq!(held(gate.ask(s(3), 1)), (Why::Rate, Some(s(4)), 0));
    assert_eq!(held(gate.ask(s(4), 1)), (Why::Rate, None, 1));
}

#[test]
fn a_token_of_a_slow_rate_waits_for_a_busy_node() {
    let rate = rate(1, s(60), 1);
    for (late, passes) in [(s(15), true), (s(16), false)] {
        let mut gate = limited(rate);
        gate.ask(s(1), 1);
        gate.fill(rate, take(&rate, None, at(0), 1).unwrap().chunk, s(1), s(1));
        let answer = gate.ask(s(1) + late, 1);
        assert_eq!(
            matches!(answer, Answer::Go(_)),
            passes,
            "{late:?}: {answer:?}"
        );
    }
}

#[test]
fn tokens_of_a_rate_that_was_changed_are_not_spent() {
    let (old, new) = (rate(20, s(1), 5), rate(1, s(60), 1));
    let mut gate = limited(old);
    gate.ask(s(1), 1);
    gate.set_policy(
        Policy {
            rate: Some(new),
            ..Policy::default()
        },
        s(1),
    );
    gate.fill(old, take(&old, None, at(0), 1).unwrap().chunk, s(1), s(1));
    assert_eq!(held(gate.ask(s(1), 1)), (Why::Rate, None, 1));
}

#[test]
fn what_a_person_holds_stays_and_then_resumes_one_by_one() {
    let mut gate = Gate::default();
    gate.set_policy(
        Policy {
            is_paused: true,
            ..Policy::default()
        },
        s(0),
    );
    assert_eq!(held(gate.ask(s(1), 9)), (Why::Paused, None, 0));
    assert_eq!(gate.state(), State::Paused);
    gate.set_policy(Policy::default(), s(2));
    go(&mut gate, s(2));
    assert_eq!(held(gate.ask(s(2), 8)).0, Why::Circuit);
}

#[test]
fn at_most_so_many_are_under_way_at_once() {
    let mut gate = Gate::default();
    gate.set_policy(
        Policy {
            at_once: Some(2),
            ..Policy::default()
        },
        s(0),
    );
    let first = go(&mut gate, s(1));
    go(&mut gate, s(1));
    assert_eq!(held(gate.ask(s(1), 1)), (Why::Concurrency, None, 0));
    gate.end(first, Verdict::Well, s(2), &settings(), 0);
    go(&mut gate, s(2));
}

#[test]
fn counts_are_of_the_last_minutes() {
    let mut tally = Tally::default();
    for second in [10, 290, 310, 590] {
        tally.count(Verdict::Well, s(second));
    }
    tally.count(Verdict::Failed, s(590));
    tally.count(Verdict::Nothing, s(590));
    assert_eq!(tally.sums(s(599)), (4, 1));
    assert_eq!(tally.sums(s(601)), (2, 1));
    assert_eq!(tally.sums(s(1200)), (0, 0));
}
