//! From when to when an appointment is: two moments, or whole days. Moments are written in UTC, so that no calendar has to
//! know a zone; read are also a zone's name and times that float.

use crate::tree::{Component, Line};
use crate::when::When;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

const LONGEST_DAYS: i32 = 366;
/// What is not told otherwise takes half an hour.
const USUAL: SignedDuration = SignedDuration::from_mins(30);
const UTC: &str = "%Y%m%dT%H%M%SZ";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    Moments {
        start: Zoned,
        end: Zoned,
    },
    /// Both among them.
    Days {
        first: Date,
        last: Date,
    },
}

impl Span {
    /// From `start` to `end`, or for so many minutes, or as long as `before` was.
    pub fn new(
        start: When,
        end: Option<When>,
        minutes: Option<i64>,
        before: Option<&Span>,
    ) -> Result<Self, String> {
        let span = match (start, end, minutes) {
            (_, Some(_), Some(_)) => {
                return Err("`end` and `duration_min` exclude each other".into());
            }
            (When::Day(_), None, Some(_)) => {
                return Err(
                    "`start` is a day: give it a time of day, or leave `duration_min` out".into(),
                );
            }
            (When::Day(first), None, None) => {
                let days = before.map_or(0, Span::days);
                let last = first.checked_add(days.days()).unwrap_or(first);
                Span::Days { first, last }
            }
            (When::Day(first), Some(When::Day(last)), None) => Span::Days { first, last },
            (When::Moment(start), Some(When::Moment(end)), None) => Span::Moments { start, end },
            (When::Day(_), Some(When::Moment(_)), None)
            | (When::Moment(_), Some(When::Day(_)), None) => {
                return Err("`start` and `end` are both days, or both times of a day".into());
            }
            (When::Moment(start), None, minutes) => {
                let length = minutes.map(SignedDuration::from_mins);
                let length = length
                    .or_else(|| before.and_then(Span::length))
                    .unwrap_or(USUAL);
                let end = start.checked_add(length);
                let end = end.map_err(|_| "its end is out of range".to_owned())?;
                Span::Moments { start, end }
            }
        };
        span.check()
    }

    fn check(self) -> Result<Self, String> {
        let (wrong, days) = match &self {
            Span::Moments { start, end } => {
                (end <= start, start.duration_until(end).as_hours() / 24)
            }
            Span::Days { first, last } => (last < first, i64::from(self.days())),
        };
        if wrong {
            return Err(format!(
                "it ends ({}) before it begins ({})",
                self.end(),
                self.start()
            ));
        }
        match days > i64::from(LONGEST_DAYS) {
            true => Err(format!("it takes more than {LONGEST_DAYS} days")),
            false => Ok(self),
        }
    }

    /// As RFC 9557, or a date.
    pub fn start(&self) -> String {
        match self {
            Span::Moments { start, .. } => start.to_string(),
            Span::Days { first, .. } => first.to_string(),
        }
    }

    pub fn end(&self) -> String {
        match self {
            Span::Moments { end, .. } => end.to_string(),
            Span::Days { last, .. } => last.to_string(),
        }
    }

    /// That it is the same time, in whatever zone.
    pub fn is(&self, other: &Span) -> bool {
        match (self, other) {
            (Span::Moments { start, end }, Span::Moments { start: s, end: e }) => {
                start.timestamp().as_second() == s.timestamp().as_second()
                    && end.timestamp().as_second() == e.timestamp().as_second()
            }
            (one, other) => one == other,
        }
    }

    fn length(&self) -> Option<SignedDuration> {
        match self {
            Span::Moments { start, end } => Some(start.duration_until(end)),
            Span::Days { .. } => None,
        }
    }

    fn days(&self) -> i32 {
        match self {
            Span::Moments { .. } => 0,
            Span::Days { first, last } => {
                first.until(*last).map_or(i32::MAX, |span| span.get_days())
            }
        }
    }

    pub(crate) fn lines(&self) -> [Line; 2] {
        let moment =
            |name, moment: &Zoned| Line::new(name, moment.timestamp().strftime(UTC).to_string());
        let day = |name, day: Date| {
            Line::new(name, day.strftime("%Y%m%d").to_string()).with("VALUE", "DATE")
        };
        match self {
            Span::Moments { start, end } => [moment("DTSTART", start), moment("DTEND", end)],
            Span::Days { first, last } => {
                let after = last.tomorrow().unwrap_or(*last);
                [day("DTSTART", *first), day("DTEND", after)]
            }
        }
    }

    /// Of an event in a calendar; `floating` is the zone of times that name none.
    pub(crate) fn of(
        event: &Component,
        calendar: &Component,
        floating: &TimeZone,
    ) -> Result<Self, String> {
        let start = event.line("DTSTART").ok_or("an event has no DTSTART")?;
        let length = || -> Result<jiff::Span, String> {
            let Some(line) = event.line("DURATION") else {
                return Ok(jiff::Span::new());
            };
            line.value
                .trim()
                .parse()
                .map_err(|_| format!("DURATION is `{}`", line.value))
        };
        let end = event.line("DTEND");
        match stamp(start, calendar, floating)? {
            Stamp::Day(first) => {
                let after = match end.map(|end| stamp(end, calendar, floating)).transpose()? {
                    Some(Stamp::Day(after)) => after,
                    Some(Stamp::Moment(moment)) => moment.date(),
                    None => first.checked_add(length()?).unwrap_or(first),
                };
                // DTEND is the day after; a day without an end is one day.
                let last = after.yesterday().unwrap_or(after).max(first);
                Ok(Span::Days { first, last })
            }
            Stamp::Moment(start) => {
                let end = match end.map(|end| stamp(end, calendar, floating)).transpose()? {
                    Some(Stamp::Moment(end)) => end,
                    Some(Stamp::Day(day)) => day
                        .to_zoned(floating.clone())
                        .map_err(|error| error.to_string())?,
                    None => start
                        .checked_add(length()?)
                        .map_err(|error| error.to_string())?,
                };
                Ok(Span::Moments { start, end })
            }
        }
    }
}

enum Stamp {
    Moment(Zoned),
    Day(Date),
}

fn stamp(line: &Line, calendar: &Component, floating: &TimeZone) -> Result<Stamp, String> {
    let value = line.value.trim();
    let wrong = || format!("{} is `{}`", line.name, value.escape_debug());
    if value.len() == 8 {
        return value.parse().map(Stamp::Day).map_err(|_| wrong());
    }
    let (civil, zone) = match value.strip_suffix(['Z', 'z']) {
        Some(civil) => (civil, TimeZone::UTC),
        None => match line.parameter("TZID") {
            Some(name) => (value, zone_of(name, calendar)?),
            None => (value, floating.clone()),
        },
    };
    let civil: DateTime = civil.parse().map_err(|_| wrong())?;
    civil.to_zoned(zone).map(Stamp::Moment).map_err(|_| wrong())
}

/// The zone of this name; some programs put a path before it, or say it beside.
fn zone_of(name: &str, calendar: &Component) -> Result<TimeZone, String> {
    let described = calendar
        .parts
        .iter()
        .find(|part| part.name == "VTIMEZONE" && part.text("TZID").as_deref() == Some(name));
    let beside = described.and_then(|part| part.text("X-LIC-LOCATION"));
    let mut names = vec![name.to_owned()];
    names.extend(beside);
    names.extend(crate::windows::zone(name).map(str::to_owned));
    let mut segments = name.rsplit('/');
    if let (Some(place), Some(area)) = (segments.next(), segments.next()) {
        names.push(format!("{area}/{place}"));
    }
    let known = names.iter().find_map(|name| TimeZone::get(name).ok());
    known.ok_or_else(|| {
        let short: String = name.chars().take(60).collect();
        format!(
            "a time is in the zone `{}`, which is not known",
            short.escape_debug()
        )
    })
}

pub(crate) fn utc(moment: Timestamp) -> String {
    moment.strftime(UTC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        crate::read(text, None).unwrap().unwrap().when
    }

    #[test]
    fn an_end_is_given_or_follows_from_a_length() {
        let start = "2026-10-24T23:30:00+02:00[Europe/Berlin]";
        let span =
            |end: Option<&str>, minutes| Span::new(when(start), end.map(when), minutes, None);
        assert_eq!(
            span(None, None).unwrap().end(),
            "2026-10-25T00:00:00+02:00[Europe/Berlin]"
        );
        // Minutes are minutes, also over a night in which the clocks are turned.
        assert_eq!(
            span(None, Some(240)).unwrap().end(),
            "2026-10-25T02:30:00+01:00[Europe/Berlin]"
        );
        let before = Span::new(when("2026-01-01T10:00Z"), None, Some(45), None).unwrap();
        let moved = Span::new(when(start), None, None, Some(&before)).unwrap();
        assert_eq!(moved.end(), "2026-10-25T00:15:00+02:00[Europe/Berlin]");
        for (end, minutes, says) in [
            (Some("2026-10-24T21:00Z"), None, "before it begins"),
            (Some("2028-10-24T21:00Z"), None, "more than 366 days"),
            (Some("2026-10-25"), None, "both days"),
            (Some("2026-10-24T22:00Z"), Some(10), "exclude each other"),
            (None, Some(-5), "before it begins"),
            (None, Some(i64::MAX / 60), "out of range"),
        ] {
            let refused = span(end, minutes).unwrap_err();
            assert!(refused.contains(says), "{refused}");
        }
    }

    #[test]
    fn moments_are_written_in_utc_and_days_as_days() {
        let span = Span::new(when("2026-07-01T09:00:00+02:00"), None, None, None).unwrap();
        assert_eq!(
            span.lines().map(|line| line.value),
            ["20260701T070000Z", "20260701T073000Z"]
        );
        let days = Span::new(when("2026-12-24"), Some(when("2026-12-26")), None, None).unwrap();
        assert_eq!(
            days.lines().map(|line| line.value),
            ["20261224", "20261227"]
        );
        assert!(Span::new(when("2026-12-24"), None, Some(30), None).is_err());
    }

    #[test]
    fn what_other_programs_write_is_read() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for (lines, start, end) in [
            (
                "DTSTART:20261124T140000Z\nDTEND:20261124T150000Z",
                "2026-11-24T14:00:00+00:00[UTC]",
                "2026-11-24T15:00:00+00:00[UTC]",
            ),
            (
                "DTSTART;TZID=America/New_York:20261124T140000\nDURATION:PT1H30M",
                "2026-11-24T14:00:00-05:00[America/New_York]",
                "2026-11-24T15:30:00-05:00[America/New_York]",
            ),
            (
                "DTSTART;TZID=/mozilla.org/2005/Europe/Paris:20260724T140000\nDURATION:P1D",
                "2026-07-24T14:00:00+02:00[Europe/Paris]",
                "2026-07-25T14:00:00+02:00[Europe/Paris]",
            ),
            (
                "DTSTART;TZID=Eastern Standard Time:20261124T140000",
                "2026-11-24T14:00:00-05:00[America/New_York]",
                "2026-11-24T14:00:00-05:00[America/New_York]",
            ),
            (
                "DTSTART;TZID=W. Europe:20260724T140000",
                "2026-07-24T14:00:00+02:00[Europe/Vienna]",
                "2026-07-24T14:00:00+02:00[Europe/Vienna]",
            ),
            (
                "DTSTART:20260724T140000\nDTEND:20260724T150000",
                "2026-07-24T14:00:00+02:00[Europe/Berlin]",
                "2026-07-24T15:00:00+02:00[Europe/Berlin]",
            ),
            (
                "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
                "2026-12-24",
                "2026-12-26",
            ),
            ("DTSTART;VALUE=DATE:20261224", "2026-12-24", "2026-12-24"),
        ] {
            let text = format!(
                "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:W. Europe\nX-LIC-LOCATION:Europe/Vienna\nEND:VTIMEZONE\n\
                 BEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
            );
            let calendar = Component::read(&text).unwrap();
            let span = Span::of(&calendar.parts[1], &calendar, &berlin).unwrap();
            assert_eq!((&*span.start(), &*span.end()), (start, end), "{lines}");
        }
    }
}
