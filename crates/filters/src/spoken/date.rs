//! Dates: `December 5th 2027`, `the 5th`, `Christmas`, `first Monday in May`.

use super::calendar::{self, month_named, weekday_named};
use super::day::Day;
use super::phrase::Phrase;
use super::words::Word;
use jiff::civil::{Date, Weekday};

impl Phrase<'_> {
    /// `December 5th 2027`, `the 5th of December`, `5 Dec`, `the 5th`, `2026-12-05`, `Christmas`.
    pub(super) fn dated(&mut self) -> Option<Option<Day>> {
        let today = self.today();
        if let Some((month, day, words)) = calendar::holiday(|ahead| self.plain(ahead)) {
            self.skip(words);
            return Some(Some(Day::On(self.year_of(month, day)?)));
        }
        let number = |word: Option<&Word>| match word {
            Some(Word::Number(day @ 1..=31) | Word::Ordinal(day @ 1..=31)) => Some(*day as i8),
            _ => None,
        };
        let month = |ahead: usize| self.plain(ahead).and_then(month_named);
        let after = |ahead: usize| ahead + usize::from(self.is(ahead, &["the", "of"]));
        match self.word(0) {
            Some(Word::Date(Some(year), month, day)) => {
                let date = Date::new(*year, *month, *day).ok()?;
                self.skip(1);
                return Some(Some(Day::On(date)));
            }
            Some(Word::Date(None, month, day)) => {
                let (month, day) = (*month, *day);
                self.skip(1);
                return Some(Some(Day::On(self.year_of(month, day)?)));
            }
            _ => {}
        }
        if let Some(of) = month(0) {
            let clock = self.is(2, &["am", "pm", "oclock"]);
            let (day, words) = match number(self.word(after(1))).filter(|_| !clock) {
                Some(day) => (day, after(1) + 1),
                // Of a month that has begun no day is meant.
                None if of == today.month() => return None,
                None => (1, 1),
            };
            self.skip(words);
            return Some(Some(Day::On(self.year_of(of, day)?)));
        }
        let Some(day) = number(self.word(0)) else {
            return Some(None);
        };
        if let Some(of) = month(after(1)) {
            self.skip(after(1) + 1);
            return Some(Some(Day::On(self.year_of(of, day)?)));
        }
        if !matches!(self.word(0), Some(Word::Ordinal(_))) {
            return Some(None);
        }
        if let Some(name) = self.plain(1)
            && let Some(weekday) = weekday_named(name)
        {
            self.skip(2);
            return Some(Some(self.nth(day, weekday)?));
        }
        self.skip(1);
        if self.take(&["of", "in"]) {
            self.take(&["the"]);
            if !self.take(&["month"]) {
                let (Day::On(from), "month") = self.period()?? else {
                    return None;
                };
                let date = Date::new(from.year(), from.month(), day).ok()?;
                return Some(Some(Day::On(date)));
            }
        }
        // The next 5th, today's too; the next month that has a 31st.
        let next = (0..3).find_map(|months| {
            let first = calendar::begin(today, "month", months)?;
            let date = Date::new(first.year(), first.month(), day).ok()?;
            (date >= today).then_some(date)
        })?;
        Some(Some(Day::On(next)))
    }

    pub(super) fn year_of(&mut self, month: i8, day: i8) -> Option<Date> {
        // A 29th of February may be eight years away.
        self.in_year(8, |year| Date::new(year, month, day).ok())
    }

    /// A day of the year that is written here, else the next such day, today's too.
    pub(super) fn in_year(
        &mut self,
        within: i16,
        of: impl Fn(i16) -> Option<Date>,
    ) -> Option<Date> {
        let today = self.today();
        if let Some(Word::Number(year @ 1900..=2200)) = self.word(0) {
            let year = *year as i16;
            self.skip(1);
            return of(year);
        }
        (0..=within)
            .filter_map(|more| of(today.year() + more))
            .find(|date| *date >= today)
    }

    /// `first Monday in December`, `last Friday of the month`; -1 is the last.
    pub(super) fn nth(&mut self, nth: i8, weekday: Weekday) -> Option<Day> {
        if !self.take(&["of", "in"]) {
            return None;
        }
        self.take(&["the"]);
        let found = |first: Date| first.nth_weekday_of_month(nth, weekday).ok();
        if let Some(month) = self.plain(0).and_then(month_named) {
            self.skip(1);
            let of = |year| found(Date::new(year, month, 1).ok()?);
            return self.in_year(1, of).map(Day::On);
        }
        match self.period()?? {
            (Day::On(first), "month") => found(first).map(Day::On),
            _ => None,
        }
    }
}
