//! Which times are free: on a grid that begins anew with every day's window, in the zone of whoever is asked. Minutes are
//! minutes, also on a day on which the clocks are turned; the window's ends are what the clock on the wall shows.

use crate::busy::Busy;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

/// Days of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days(pub [bool; 7]);

impl Days {
    pub const WORKING: Days = Days([true, true, true, true, true, false, false]);

    /// `mon` to `sun`, in either case, also as a whole word in English.
    pub fn named(names: &[&str]) -> Result<Self, String> {
        const NAMES: [&str; 7] = [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ];
        let mut days = [false; 7];
        for name in names {
            let name = name.trim().to_ascii_lowercase();
            let at = NAMES
                .iter()
                .position(|day| *day == name || day[..3] == name);
            let at = at.ok_or_else(|| {
                format!(
                    "`{}` is none of mon, tue, wed, thu, fri, sat, sun",
                    name.escape_debug()
                )
            })?;
            days[at] = true;
        }
        match days.contains(&true) {
            true => Ok(Self(days)),
            false => Err("there is no day of the week in it".into()),
        }
    }

    fn has(self, day: Weekday) -> bool {
        self.0[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }
}

/// From when to when on which days; `to` is the day's end when it is midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Time,
    pub to: Time,
    pub days: Days,
}

impl Window {
    /// Its ends as `09:00` and `17:30`; `24:00` is the day's end.
    pub fn new(from: &str, to: &str, days: Days) -> Result<Self, String> {
        let time = |name: &str, text: &str| {
            let text = text.trim();
            let read = if text == "24:00" {
                Ok(Time::midnight())
            } else {
                text.parse::<Time>()
            };
            read.map_err(|_| {
                format!(
                    "`{name}` is a time of day such as `09:00`, not `{}`",
                    text.escape_debug()
                )
            })
        };
        let window = Self {
            from: time("from", from)?,
            to: time("to", to)?,
            days,
        };
        match window.to != Time::midnight() && window.to <= window.from {
            true => Err(format!(
                "`to` ({}) is not after `from` ({})",
                to.trim(),
                from.trim()
            )),
            false => Ok(window),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Search {
    /// In the zone of the window.
    pub from: Zoned,
    pub to: Timestamp,
    pub length: SignedDuration,
    /// How far apart beginnings are.
    pub step: SignedDuration,
    pub window: Window,
    pub limit: usize,
}

/// The first `limit` beginnings and ends at which nothing of `busy` is; `busy` is in order and merged.
pub fn free(search: &Search, busy: &[Busy]) -> Vec<(Zoned, Zoned)> {
    let zone = search.from.time_zone().clone();
    let last = search.to.to_zoned(zone.clone()).date();
    let mut found = Vec::new();
    let mut day = search.from.date();
    while day <= last && found.len() < search.limit {
        if search.window.days.has(day.weekday())
            && let Some((opens, closes)) = hours(day, &search.window, &zone)
        {
            of_day(search, opens, closes, busy, &zone, &mut found);
        }
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    found
}

fn hours(day: Date, window: &Window, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let at = |day: Date, time: Time| {
        Some(
            day.to_datetime(time)
                .to_zoned(zone.clone())
                .ok()?
                .timestamp(),
        )
    };
    let closes = match window.to == Time::midnight() {
        true => at(day.tomorrow().ok()?, Time::midnight())?,
        false => at(day, window.to)?,
    };
    Some((at(day, window.from)?, closes))
}

fn of_day(
    search: &Search,
    opens: Timestamp,
    closes: Timestamp,
    busy: &[Busy],
    zone: &TimeZone,
    found: &mut Vec<(Zoned, Zoned)>,
) {
    let closes = closes.min(search.to);
    let mut start = opens;
    while found.len() < search.limit {
        let Ok(end) = start.checked_add(search.length) else {
            return;
        };
        if end > closes {
            return;
        }
        let next = busy.partition_point(|busy| busy.end <= start);
        let is_free = busy.get(next).is_none_or(|busy| busy.start >= end);
        if is_free && start >= search.from.timestamp() {
            found.push((start.to_zoned(zone.clone()), end.to_zoned(zone.clone())));
        }
        match start.checked_add(search.step) {
            Ok(later) if later > start => start = later,
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(from: &str, to: &str, window: (&str, &str), minutes: i64) -> Search {
        let from: Zoned = from.parse().unwrap();
        Search {
            to: to.parse::<Zoned>().unwrap().timestamp(),
            from,
            length: SignedDuration::from_mins(minutes),
            step: SignedDuration::from_mins(minutes),
            window: Window::new(window.0, window.1, Days([true; 7])).unwrap(),
            limit: 100,
        }
    }

    fn starts(search: &Search, busy: &[(&str, &str)]) -> Vec<String> {
        let busy: Vec<Busy> = busy
            .iter()
            .map(|(start, end)| Busy {
                start: start.parse().unwrap(),
                end: end.parse().unwrap(),
            })
            .collect();
        let found = free(search, &crate::merged(busy));
        found
            .iter()
            .map(|(start, _)| start.strftime("%dT%H:%M%:z").to_string())
            .collect()
    }

    #[test]
    fn what_is_busy_is_not_free_and_its_neighbours_are() {
        let search = search(
            "2026-11-24T00:00[Europe/Berlin]",
            "2026-11-25T00:00[Europe/Berlin]",
            ("09:00", "12:00"),
            30,
        );
        let busy = [
            ("2026-11-24T08:30:00Z", "2026-11-24T09:00:00Z"),
            ("2026-11-24T09:40:00Z", "2026-11-24T09:50:00Z"),
        ];
        assert_eq!(
            starts(&search, &busy),
            [
                "24T09:00+01:00",
                "24T10:00+01:00",
                "24T11:00+01:00",
                "24T11:30+01:00"
            ]
        );
        let all_day = [("2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z")];
        assert_eq!(starts(&search, &all_day), [""; 0]);
    }

    #[test]
    fn beginnings_lie_on_a_grid_of_their_own() {
        let mut search = search(
            "2026-11-24T09:10[Europe/Berlin]",
            "2026-11-24T10:50[Europe/Berlin]",
            ("09:00", "17:00"),
            45,
        );
        search.step = SignedDuration::from_mins(15);
        assert_eq!(
            starts(&search, &[]),
            [
                "24T09:15+01:00",
                "24T09:30+01:00",
                "24T09:45+01:00",
                "24T10:00+01:00"
            ]
        );
        search.limit = 2;
        assert_eq!(starts(&search, &[]).len(), 2);
    }

    #[test]
    fn only_the_days_of_the_window_are_looked_at() {
        let mut search = search(
            "2026-11-20T00:00[Europe/Berlin]",
            "2026-11-25T00:00[Europe/Berlin]",
            ("09:00", "10:00"),
            60,
        );
        search.window.days = Days::WORKING;
        assert_eq!(
            starts(&search, &[]),
            ["20T09:00+01:00", "23T09:00+01:00", "24T09:00+01:00"]
        );
        search.window.days = Days::named(&["Sat", "sunday"]).unwrap();
        assert_eq!(starts(&search, &[]), ["21T09:00+01:00", "22T09:00+01:00"]);
    }

    #[test]
    fn a_day_on_which_the_clocks_are_turned_has_the_hours_that_it_has() {
        let day = |from: &str, to: &str| search(from, to, ("00:00", "05:00"), 60);
        let spring = day(
            "2026-03-29T00:00[Europe/Berlin]",
            "2026-03-30T00:00[Europe/Berlin]",
        );
        assert_eq!(
            starts(&spring, &[]),
            [
                "29T00:00+01:00",
                "29T01:00+01:00",
                "29T03:00+02:00",
                "29T04:00+02:00"
            ]
        );
        let autumn = day(
            "2026-10-25T00:00[Europe/Berlin]",
            "2026-10-26T00:00[Europe/Berlin]",
        );
        assert_eq!(
            starts(&autumn, &[]),
            [
                "25T00:00+02:00",
                "25T01:00+02:00",
                "25T02:00+02:00",
                "25T02:00+01:00",
                "25T03:00+01:00",
                "25T04:00+01:00"
            ]
        );
        // Before and after the change a window of 9 to 10 is 9 to 10 there.
        let week = search(
            "2026-03-28T00:00[America/New_York]",
            "2026-03-30T00:00[America/New_York]",
            ("09:00", "10:00"),
            60,
        );
        assert_eq!(starts(&week, &[]), ["28T09:00-04:00", "29T09:00-04:00"]);
        let week = search(
            "2026-03-07T00:00[America/New_York]",
            "2026-03-09T00:00[America/New_York]",
            ("09:00", "10:00"),
            60,
        );
        assert_eq!(starts(&week, &[]), ["07T09:00-05:00", "08T09:00-04:00"]);
    }

    #[test]
    fn a_window_may_end_with_the_day() {
        let late = search(
            "2026-10-25T00:00[Europe/Berlin]",
            "2026-10-27T00:00[Europe/Berlin]",
            ("22:00", "24:00"),
            60,
        );
        assert_eq!(
            starts(&late, &[]),
            [
                "25T22:00+01:00",
                "25T23:00+01:00",
                "26T22:00+01:00",
                "26T23:00+01:00"
            ]
        );
        assert_eq!(
            starts(
                &search(
                    "2026-03-29T00:00[Europe/Berlin]",
                    "2026-03-30T00:00[Europe/Berlin]",
                    ("00:00", "24:00"),
                    60
                ),
                &[]
            )
            .len(),
            23
        );
    }

    #[test]
    fn a_window_that_is_none_is_refused() {
        for (from, to, says) in [
            ("9", "17:00", "`from` is a time"),
            ("09:00", "x", "`to` is a time"),
            ("17:00", "09:00", "is not after"),
        ] {
            assert!(
                Window::new(from, to, Days::WORKING)
                    .unwrap_err()
                    .contains(says)
            );
        }
        assert!(Days::named(&["someday"]).is_err() && Days::named(&[]).is_err());
    }
}
