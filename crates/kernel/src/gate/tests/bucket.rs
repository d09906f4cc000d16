//! A rate: what is taken of it, and when the next is due.

use super::*;
use jiff::SignedDuration;

#[test]
fn after_a_rest_a_burst_goes_at_once_and_then_one_at_a_time() {
    let rate = rate(20, s(1), 5);
    let taken = take(&rate, None, at(0), 50).unwrap();
    // Five now, the others within the second that is taken ahead.
    assert_eq!(
        (taken.chunk.count, taken.chunk.first),
        (25, SignedDuration::from_millis(-200))
    );
    assert_eq!(taken.used_until, at(1250));
    assert_eq!(take(&rate, Some(taken.used_until), at(0), 1), Err(ms(1050)));
    let next = take(&rate, Some(taken.used_until), at(1050), 1).unwrap();
    assert_eq!(
        (next.chunk.count, next.chunk.first, next.used_until),
        (1, SignedDuration::ZERO, at(1300))
    );
}

#[test]
fn a_slow_rate_says_when_the_next_is_due() {
    let rate = rate(1, s(60), 1);
    let taken = take(&rate, None, at(0), 9).unwrap();
    assert_eq!((taken.chunk.count, taken.used_until), (1, at(60_000)));
    assert_eq!(
        take(&rate, Some(taken.used_until), at(20_000), 1),
        Err(s(40))
    );
}

#[test]
fn a_clock_that_went_back_stops_nobody() {
    let rate = rate(20, s(1), 5);
    for used_until in [at(86_400_000), Timestamp::MAX] {
        let taken = take(&rate, Some(used_until), at(0), 3).unwrap();
        // Now and then at the rate: no burst.
        assert_eq!(
            (taken.chunk.first, taken.used_until),
            (SignedDuration::ZERO, at(350))
        );
    }
    assert!(take(&rate, Some(Timestamp::MIN), at(0), 1).is_ok());
}

/// Takers that ask at any time, for any number, and spend each token at its time: in every window there are at most as many
/// as the rate allows.
#[test]
fn takers_together_never_pass_the_rate() {
    let mut x = 1u64;
    let mut draw = |most: u64| {
        x = x
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (x >> 33) % most
    };
    for _ in 0..20 {
        let rate = rate(
            1 + draw(40) as u32,
            ms(100 + draw(3000)),
            1 + draw(8) as u32,
        );
        let (mut used, mut now, mut spent) = (None, 0i64, Vec::new());
        for _ in 0..100 {
            now += draw(300) as i64;
            if let Ok(taken) = take(&rate, used, at(now), 1 + draw(20) as u32) {
                used = Some(taken.used_until);
                let base = at(now).as_nanosecond();
                spent.extend((0..taken.chunk.count).map(|n| {
                    let after = taken.chunk.first.as_nanos()
                        + i128::from(n) * taken.chunk.step.as_nanos() as i128;
                    base + after.max(0)
                }));
            }
        }
        spent.sort_unstable();
        assert!(spent.len() > 4);
        for (n, from) in spent.iter().enumerate() {
            for (m, to) in spent.iter().enumerate().skip(n) {
                let most = i128::from(rate.burst) + (to - from) / rate.step().as_nanos() as i128;
                assert!(
                    (m - n + 1) as i128 <= most,
                    "{rate:?}: {} from {from} to {to}",
                    m - n + 1
                );
            }
        }
    }
}
