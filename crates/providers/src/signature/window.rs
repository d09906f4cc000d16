//! The age of a signed timestamp. Both directions are bounded: a message from the future could be replayed until then.

use kernel::Timestamp;

/// How far a signed timestamp may be from now, either way.
pub const TOLERANCE_S: i64 = 300;

/// Says what is wrong with a timestamp that is older or newer than five minutes.
pub fn fresh(signed_at: Timestamp, now: Timestamp) -> Result<(), String> {
    fresh_within(TOLERANCE_S, signed_at, now)
}

pub fn fresh_within(tolerance_s: i64, signed_at: Timestamp, now: Timestamp) -> Result<(), String> {
    let age_ms = now.as_millisecond() - signed_at.as_millisecond();
    let tolerance_ms = tolerance_s * 1_000;
    match age_ms {
        age if age > tolerance_ms => Err(format!(
            "the timestamp is {} s old, at most {tolerance_s} s are accepted",
            seconds_up(age)
        )),
        age if age < -tolerance_ms => Err(format!(
            "the timestamp is {} s in the future, at most {tolerance_s} s are accepted",
            seconds_up(-age)
        )),
        _ => Ok(()),
    }
}

fn seconds_up(milliseconds: i64) -> i64 {
    (milliseconds + 999) / 1_000
}

/// A timestamp in seconds since 1970, in digits only.
pub fn seconds(text: &str, name: &str) -> Result<Timestamp, String> {
    let count = text.parse::<u64>().ok();
    count
        .and_then(|count| Timestamp::from_second(i64::try_from(count).ok()?).ok())
        .ok_or_else(|| format!("{name} is not a time in seconds since 1970"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_fresh_for_five_minutes_either_way() {
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(fresh(at(1_000), at(1_300)), Ok(()));
        assert_eq!(fresh(at(1_300), at(1_000)), Ok(()));
        assert!(
            fresh(at(1_000), at(1_301))
                .unwrap_err()
                .contains("301 s old")
        );
        assert!(
            fresh(at(1_301), at(1_000))
                .unwrap_err()
                .contains("in the future")
        );
        let over = Timestamp::from_millisecond(1_300_001).unwrap();
        assert!(fresh(at(1_000), over).is_err());
    }

    #[test]
    fn only_digits_are_a_timestamp() {
        assert_eq!(
            seconds("1763000000", "t").unwrap().as_second(),
            1_763_000_000
        );
        for odd in [
            "",
            "-1",
            "+-1",
            "1e3",
            "1763000000.5",
            "99999999999999999999",
            "soon",
        ] {
            assert!(seconds(odd, "t").is_err(), "{odd}");
        }
    }
}
