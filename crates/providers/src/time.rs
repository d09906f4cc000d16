//! Points in time as platforms write them: ISO 8601 or RFC 2822 with a zone, or a count since 1970 in seconds down to nanoseconds.
//! The unit of a count follows from its size, which is unambiguous from 1973 to the year 5138.

use kernel::Timestamp;
use serde_json::Value;

/// The first of the pointers that holds a time.
pub fn at(value: &Value, pointers: &[&str]) -> Option<Timestamp> {
    pointers
        .iter()
        .find_map(|pointer| read(value.pointer(pointer)?))
}

fn read(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(count) => since_1970(count.as_f64()?),
        Value::String(text) => {
            let text = text.trim();
            let iso = text.parse::<Timestamp>().ok();
            iso.or_else(|| since_1970(text.parse().ok()?)).or_else(|| {
                jiff::fmt::rfc2822::parse(text)
                    .ok()
                    .map(|at| at.timestamp())
            })
        }
        _ => None,
    }
}

/// A time without a zone, from a platform that says that it means UTC.
pub fn utc(value: &Value, pointers: &[&str]) -> Option<Timestamp> {
    pointers.iter().find_map(|pointer| {
        let text = value.pointer(pointer)?.as_str()?.trim();
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
    })
}

/// A count since 1970 in whatever unit its size says; zero and below mean "not known" to every platform.
pub fn since_1970(count: f64) -> Option<Timestamp> {
    let milliseconds = match count {
        count if !count.is_finite() || count <= 0.0 => return None,
        count if count < 1e11 => count * 1e3,
        count if count < 1e14 => count,
        count if count < 1e17 => count / 1e3,
        count if count < 1e20 => count / 1e6,
        _ => return None,
    };
    Timestamp::from_millisecond(milliseconds.round() as i64).ok()
}

/// Whole and decimal seconds between two times; `None` where the end comes first.
pub fn seconds_between(start: Timestamp, end: Timestamp) -> Option<f64> {
    let milliseconds = end.as_millisecond().checked_sub(start.as_millisecond())?;
    (milliseconds >= 0).then_some(milliseconds as f64 / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_spelling_of_a_time_is_the_same_time() {
        let same = [
            json!(1_763_642_000),
            json!(1_763_642_000_000_i64),
            json!(1_763_642_000_000_000_i64),
            json!("1763642000"),
            json!("1763642000000"),
            json!("1763642000000000000"),
            json!("Thu, 20 Nov 2025 12:33:20 +0000"),
            json!("2025-11-20T12:33:20.000+0000"),
            json!("2025-11-20T12:33:20Z"),
            json!("2025-11-20T13:33:20.000+01:00"),
        ];
        for value in same {
            let read = at(&json!({ "t": value }), &["/missing", "/t"]).unwrap();
            assert_eq!(read.as_second(), 1_763_642_000, "{value}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for value in [
            json!(0),
            json!(-5),
            json!(1e300),
            json!("2025-11-20"),
            json!("soon"),
            json!(""),
            json!("NaN"),
            json!(null),
            json!([1]),
            json!(true),
        ] {
            assert_eq!(at(&json!({ "t": value }), &["/t"]), None, "{value}");
        }
        let civil = json!({ "t": "2025-11-20 12:33:20", "z": "2025" });
        assert_eq!(at(&civil, &["/t"]), None);
        assert_eq!(
            utc(&civil, &["/z", "/t"]).unwrap().as_second(),
            1_763_642_000
        );
        assert_eq!(seconds_between(Timestamp::UNIX_EPOCH, Timestamp::MIN), None);
    }
}
