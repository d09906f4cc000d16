//! Names and arithmetic of the calendar. A week begins on Monday.

use super::day::Day;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

pub(super) fn weekday_named(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

pub(super) fn month_named(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let short = |month: &str| name == &month[..3] || (name == "sept" && month == "september");
    let at = MONTHS
        .iter()
        .position(|month| name == *month || short(month))?;
    Some(at as i8 + 1)
}

/// Month, day and how many words, of days that are every year on the same date.
pub(super) fn holiday<'w>(word: impl Fn(usize) -> Option<&'w str>) -> Option<(i8, i8, usize)> {
    let first = word(0)?;
    let first = first.strip_suffix("'s").unwrap_or(first);
    Some(match (first, word(1)) {
        ("christmas", Some("eve")) => (12, 24, 2),
        ("christmas", Some("day")) => (12, 25, 2),
        ("christmas", _) => (12, 25, 1),
        ("boxing", Some("day")) => (12, 26, 2),
        ("halloween", _) => (10, 31, 1),
        ("valentine" | "valentines", Some("day")) => (2, 14, 2),
        ("new", Some("year's" | "years" | "year")) => match word(2) {
            Some("eve") => (12, 31, 3),
            Some("day") => (1, 1, 3),
            _ => return None,
        },
        _ => return None,
    })
}

/// The first day of this week, month or year, or of one so many later.
pub(super) fn begin(today: Date, unit: &str, steps: i64) -> Option<Date> {
    let first = match unit {
        "week" => today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()),
        "month" => Ok(today.first_of_month()),
        _ => Ok(today.first_of_year()),
    };
    let later = match unit {
        "week" => steps.weeks(),
        "month" => steps.months(),
        _ => steps.years(),
    };
    first.ok()?.checked_add(later).ok()
}

/// A day at the start, in the middle or at the end of what begins on `from`. A week ends on its Friday: offices are meant.
pub(super) fn within(from: Date, unit: &str, which: &str) -> Option<Date> {
    let days = match (unit, which) {
        (_, "start") => 0,
        ("week", "middle") => 2,
        ("week", _) => 4,
        ("month", "middle") => 14,
        ("month", _) => i64::from(from.days_in_month()) - 1,
        ("year", "middle") => return Date::new(from.year(), 7, 1).ok(),
        ("year", _) => return Some(from.last_of_year()),
        _ => return None,
    };
    from.checked_add(days.days()).ok()
}

/// The day so many Mondays to Fridays after `today`; no holidays are known.
pub(super) fn working(today: Date, days: u32) -> Option<Date> {
    let mut date = today;
    let mut left = days;
    while left > 0 {
        date = date.tomorrow().ok()?;
        let free = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        left -= u32::from(!free);
    }
    Some(date)
}

/// `this` (0): the coming one. `next` (1): the one of next week. `last` (-1): the one before today.
pub(super) fn weekday(today: Date, weekday: Weekday, steps: i64) -> Option<Day> {
    match steps {
        0 if weekday == today.weekday() => Some(Day::On(today)),
        0 => Some(Day::Coming(weekday)),
        -1 => today.nth_weekday(-1, weekday).ok().map(Day::On),
        _ => {
            let days = i64::from(weekday.to_monday_zero_offset());
            let monday = begin(today, "week", 1)?;
            monday.checked_add(days.days()).ok().map(Day::On)
        }
    }
}
