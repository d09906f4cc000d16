//! Days: `tomorrow`, `Tuesday`, and which one is meant when two words speak of the same day.

use super::Said;
use super::calendar::weekday_named;
use super::phrase::Phrase;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

#[derive(Debug, Clone, Copy)]
pub(super) enum Day {
    On(Date),
    /// The next one; today's, if a time is said that is still ahead.
    Coming(Weekday),
}

impl Day {
    /// `over`: today is not meant.
    pub fn date(self, today: Date, over: bool) -> Option<Date> {
        match self {
            Day::On(date) => Some(date),
            Day::Coming(weekday) if weekday == today.weekday() && !over => Some(today),
            Day::Coming(weekday) => today.nth_weekday(1, weekday).ok(),
        }
    }
}

impl Phrase<'_> {
    pub(super) fn today(&self) -> Date {
        self.base.date()
    }

    pub(super) fn day(&mut self, said: &mut Said) -> Option<bool> {
        let at = (self.takes("right now")
            || self.takes("right away")
            || self.take(&["now", "immediately", "asap"]))
            || self.takes("as soon as possible");
        if at {
            return said
                .moment
                .replace(self.base.clone())
                .is_none()
                .then_some(true);
        }
        let Some(day) = self.a_day()? else {
            return Some(false);
        };
        // `Tuesday the 24th`: both must be the same day.
        match said.day.replace(day) {
            None => Some(true),
            Some(before) => self.agree(before, day).map(|day| {
                said.day = Some(day);
                true
            }),
        }
    }

    fn agree(&self, before: Day, day: Day) -> Option<Day> {
        let (weekday, date) = match (before, day) {
            (Day::Coming(weekday), Day::On(date)) | (Day::On(date), Day::Coming(weekday)) => {
                (weekday, date)
            }
            _ => return None,
        };
        if date.weekday() == weekday {
            return Some(Day::On(date));
        }
        // `Friday next week`, `next week on Friday`.
        let monday = date.weekday() == Weekday::Monday;
        let days = i64::from(weekday.to_monday_zero_offset());
        monday.then(|| date.checked_add(days.days()).ok().map(Day::On))?
    }

    /// `Some(None)` when the next words are not about a day.
    fn a_day(&mut self) -> Option<Option<Day>> {
        let today = self.today();
        let shifted = |days: i64| today.checked_add(days.days()).ok().map(Day::On).map(Some);
        if self.takes("day after tomorrow") {
            return shifted(2);
        }
        if self.takes("day before yesterday") {
            return shifted(-2);
        }
        if self.take(&["today"]) {
            return shifted(0);
        }
        if self.take(&["tomorrow", "tmrw", "tomorow"]) {
            return match self.take(&["week"]) {
                true => shifted(8),
                false => shifted(1),
            };
        }
        if self.take(&["yesterday"]) {
            return shifted(-1);
        }
        if let Some(name) = self.plain(0)
            && let Some(weekday) = weekday_named(name)
        {
            self.skip(1);
            return Some(Some(self.after_weekday(weekday)?));
        }
        if let Some(day) = self.part_of_period()? {
            return Some(Some(day));
        }
        if let Some(day) = self.dated()? {
            return Some(Some(day));
        }
        match self.period()? {
            // `this week` is no day.
            Some((Day::On(from), "week" | "month" | "year")) if from <= today => None,
            Some((from, _)) => Some(Some(from)),
            None => Some(None),
        }
    }

    /// `Tuesday week`, else the coming one.
    fn after_weekday(&mut self, weekday: Weekday) -> Option<Day> {
        if !self.take(&["week"]) {
            return Some(Day::Coming(weekday));
        }
        let date = self.today().nth_weekday(1, weekday).ok()?;
        Some(Day::On(date.checked_add(1.week()).ok()?))
    }
}
