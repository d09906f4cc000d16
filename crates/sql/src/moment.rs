//! Dates and times as ISO text, from what databases count in.

use jiff::civil::Date;
use jiff::{Span, Timestamp};

const MICROS: i64 = 1_000_000;
/// 2000-01-01 in seconds since 1970.
const EPOCH_OF_POSTGRES: i64 = 946_684_800;

/// Days since 2000-01-01; `None`: outside the years that are known.
pub(crate) fn date(days: i32) -> Option<String> {
    match days {
        i32::MAX => Some("infinity".into()),
        i32::MIN => Some("-infinity".into()),
        days => {
            let date = Date::constant(2000, 1, 1).checked_add(Span::new().try_days(days).ok()?);
            Some(date.ok()?.to_string())
        }
    }
}

/// Microseconds since midnight.
pub(crate) fn time(micros: i64) -> String {
    let (seconds, fraction) = (micros / MICROS, micros % MICROS);
    let (minutes, hours) = (seconds / 60, seconds / 3_600);
    let whole = format!("{hours:02}:{:02}:{:02}", minutes % 60, seconds % 60);
    whole + &fraction_of(fraction)
}

/// Microseconds since 2000-01-01 in UTC; with `zone` as a moment in time, else as the clock shows it.
pub(crate) fn timestamp(micros: i64, zone: bool) -> Option<String> {
    match micros {
        i64::MAX => return Some("infinity".into()),
        i64::MIN => return Some("-infinity".into()),
        _ => {}
    }
    let at = micros.checked_add(EPOCH_OF_POSTGRES * MICROS)?;
    let at = Timestamp::from_microsecond(at).ok()?.to_string();
    Some(match zone {
        true => at,
        false => at.trim_end_matches('Z').to_owned(),
    })
}

/// A span as ISO 8601 writes it, each part with its own sign.
pub(crate) fn interval(months: i32, days: i32, micros: i64) -> String {
    let mut text = String::from("P");
    let part = |number: i64, unit: &str, text: &mut String| {
        if number != 0 {
            *text += &format!("{number}{unit}");
        }
    };
    part((months / 12).into(), "Y", &mut text);
    part((months % 12).into(), "M", &mut text);
    part(days.into(), "D", &mut text);
    let seconds = micros / MICROS;
    let fraction = fraction_of((micros % MICROS).abs());
    let mut clock = String::new();
    part(seconds / 3_600, "H", &mut clock);
    part(seconds / 60 % 60, "M", &mut clock);
    if seconds % 60 != 0 || !fraction.is_empty() {
        let sign = if micros < 0 { "-" } else { "" };
        clock += &format!("{sign}{}{fraction}S", (seconds % 60).abs());
    }
    if !clock.is_empty() {
        text = text + "T" + &clock;
    }
    match text.len() {
        1 => "PT0S".into(),
        _ => text,
    }
}

pub(crate) fn fraction_of(micros: i64) -> String {
    match micros {
        0 => String::new(),
        micros => format!(".{micros:06}").trim_end_matches('0').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_written_part_by_part() {
        assert_eq!(interval(14, 3, 3_723_500_000), "P1Y2M3DT1H2M3.5S");
        assert_eq!(interval(0, 0, -500_000), "PT-0.5S");
        assert_eq!(interval(0, 0, 0), "PT0S");
    }

    #[test]
    fn moments_are_written_as_iso_does() {
        assert_eq!(date(0).unwrap(), "2000-01-01");
        assert_eq!(date(-1).unwrap(), "1999-12-31");
        assert_eq!(time(86_399_000_001), "23:59:59.000001");
        assert_eq!(timestamp(0, true).unwrap(), "2000-01-01T00:00:00Z");
        assert_eq!(timestamp(500_000, false).unwrap(), "2000-01-01T00:00:00.5");
        assert_eq!(timestamp(i64::MAX - 1, true), None);
    }
}
