//! Weeks, months and years, and days inside them: `next week`, `end of the month`, `mid March`.

use super::calendar::{self, month_named, weekday_named};
use super::day::Day;
use super::phrase::Phrase;
use super::words::Word;
use jiff::ToSpan;
use jiff::civil::Date;

impl Phrase<'_> {
    /// `next week`, `this Friday`, `next month`: where it begins, and what it is.
    pub(super) fn period(&mut self) -> Option<Option<(Day, &'static str)>> {
        let steps = match self.plain(0) {
            Some("next") => 1,
            Some("this" | "coming") => 0,
            Some("last") => -1,
            Some("month" | "week" | "year") => {
                let bare = [("month", "month"), ("week", "week"), ("year", "year")];
                let unit = bare.iter().find(|(name, _)| self.is(0, &[name]))?.1;
                self.skip(1);
                let steps = if self.takes("after next") { 2 } else { 0 };
                return Some(Some((
                    Day::On(calendar::begin(self.today(), unit, steps)?),
                    unit,
                )));
            }
            _ => return Some(None),
        };
        let (name, words) = match (self.plain(1), self.plain(2)) {
            (Some("coming"), Some(name)) => (name, 3),
            (Some(name), _) => (name, 2),
            _ => return None,
        };
        let today = self.today();
        let found = match name {
            "week" => (calendar::begin(today, "week", steps)?, "week"),
            "month" => (calendar::begin(today, "month", steps)?, "month"),
            "year" => (calendar::begin(today, "year", steps)?, "year"),
            "weekend" => (
                calendar::begin(today, "week", steps)?
                    .checked_add(5.days())
                    .ok()?,
                "weekend",
            ),
            "business" | "working" if steps == 1 && self.is(2, &["day"]) => {
                self.skip(3);
                return Some(Some((Day::On(calendar::working(today, 1)?), "day")));
            }
            name => {
                if steps == -1 && self.is(2, &["of", "in"]) {
                    let weekday = weekday_named(name)?;
                    self.skip(2);
                    return Some(Some((self.nth(-1, weekday)?, "day")));
                }
                if let Some(month) = month_named(name) {
                    self.skip(words);
                    let date = self.year_of(month, 1)?;
                    let date = if steps == -1 {
                        date.checked_sub(1.year()).ok()?
                    } else {
                        date
                    };
                    return Some(Some((Day::On(date), "month")));
                }
                let day = calendar::weekday(today, weekday_named(name)?, steps)?;
                self.skip(words);
                return Some(Some((day, "day")));
            }
        };
        self.skip(words);
        let (from, unit) = found;
        Some(Some((Day::On(from), unit)))
    }

    /// `end of the month`, `beginning of next week`, `mid March`.
    pub(super) fn part_of_period(&mut self) -> Option<Option<Day>> {
        let which = match self.plain(0) {
            Some("end") => "end",
            Some("beginning" | "start") => "start",
            Some("middle" | "mid") => "middle",
            Some("last") if self.is(1, &["day"]) => "end",
            None if self.word(0) == Some(&Word::Ordinal(1)) && self.is(1, &["day"]) => "start",
            _ => return Some(None),
        };
        self.skip(if self.is(1, &["day"]) { 2 } else { 1 });
        self.take(&["of"]);
        self.take(&["the"]);
        let today = self.today();
        if let Some(month) = self.plain(0).and_then(month_named) {
            self.skip(1);
            let of = |year| calendar::within(Date::new(year, month, 1).ok()?, "month", which);
            return Some(Some(Day::On(self.in_year(1, of)?)));
        }
        let bare = self.is(0, &["week", "month", "year"]);
        let (Day::On(from), unit) = self.period()?? else {
            return None;
        };
        let day = calendar::within(from, unit, which)?;
        // The beginning of the month, when that is over, is the next one's.
        let over = bare && day < today;
        let from = if over {
            calendar::begin(today, unit, 1)?
        } else {
            from
        };
        Some(Some(Day::On(calendar::within(from, unit, which)?)))
    }
}
