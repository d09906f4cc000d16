//! `in two days`, `an hour and a half from now`, `three weeks ago`, `a week from Tuesday`. Hours and minutes lead to a
//! moment; days and longer to a day.

use super::phrase::Phrase;
use super::words::Word;
use super::{Day, Said};
use jiff::{Span, ToSpan};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    Minutes,
    Hours,
    Days,
    WorkingDays,
    Weeks,
    Months,
    Years,
}

/// Nobody says more of a unit in a phrase about an appointment.
const MOST: u32 = 1_000;

impl Phrase<'_> {
    fn unit(&self, ahead: usize) -> Option<(Unit, usize)> {
        let unit = match self.plain(ahead)? {
            "minute" | "minutes" | "min" | "mins" => Unit::Minutes,
            "hour" | "hours" | "hr" | "hrs" | "h" => Unit::Hours,
            "day" | "days" => Unit::Days,
            "business" | "working" if self.is(ahead + 1, &["day", "days"]) => {
                return Some((Unit::WorkingDays, 2));
            }
            "week" | "weeks" => Unit::Weeks,
            "fortnight" | "fortnights" => return Some((Unit::Weeks, 1)),
            "month" | "months" => Unit::Months,
            "year" | "years" => Unit::Years,
            _ => return None,
        };
        Some((unit, 1))
    }

    /// How many quarters of what unit begin here, and in how many words: `two weeks`, `half an hour`, `two and a half hours`.
    pub(super) fn amount(&self, ahead: usize) -> Option<(u32, Unit, usize)> {
        let article = |at: usize| usize::from(self.is(at, &["a", "an", "of"]));
        let (quarters, mut taken) = match self.word(ahead)? {
            Word::Number(number) if *number <= MOST => (number * 4, 1),
            Word::Plain(word) => match word.as_str() {
                "a" | "an" if self.is(ahead + 1, &["couple"]) => (8, 2),
                "a" if self.is(ahead + 1, &["few"]) => (12, 2),
                "a" if self.is(ahead + 1, &["quarter"]) => (1, 2),
                "a" | "an" => (4, 1),
                "couple" => (8, 1),
                "half" => (2, 1),
                _ => return None,
            },
            _ => return None,
        };
        let quarters = match self.plain(ahead + taken) {
            Some("quarters") if quarters == 12 => {
                taken += 1;
                3
            }
            Some("and")
                if self.is(ahead + taken + 1, &["a"]) && self.is(ahead + taken + 2, &["half"]) =>
            {
                taken += 3;
                quarters + 2
            }
            _ => quarters,
        };
        taken += article(ahead + taken);
        taken += usize::from(quarters < 4 && self.is(ahead + taken, &["a", "an"]));
        let (unit, words) = self.unit(ahead + taken)?;
        let fortnight = self.is(ahead + taken, &["fortnight", "fortnights"]);
        taken += words;
        let mut quarters = if fortnight { quarters * 2 } else { quarters };
        if self.is(ahead + taken, &["and"])
            && self.is(ahead + taken + 1, &["a"])
            && self.is(ahead + taken + 2, &["half"])
            && self.unit(ahead + taken + 3).is_none()
        {
            taken += 3;
            quarters += 2;
        }
        Some((quarters, unit, taken))
    }

    /// `None` when it begins like a stretch of time and is none.
    pub(super) fn stretch(&mut self, said: &mut Said) -> Option<bool> {
        let before = usize::from(self.is(0, &["in", "within", "after"]));
        let Some((quarters, unit, taken)) = self.amount(before) else {
            return Some(false);
        };
        // `five minutes past eight`.
        if self.is(before + taken, &["past", "to", "before", "till"]) {
            return Some(false);
        }
        self.skip(before + taken);
        let mut total = span(quarters, unit)?;
        let mut short = matches!(unit, Unit::Hours | Unit::Minutes);
        let mut working = if unit == Unit::WorkingDays {
            quarters / 4
        } else {
            0
        };
        let joined = usize::from(self.is(0, &["and"]));
        if let Some((quarters, unit, taken)) = self.amount(joined) {
            self.skip(joined + taken);
            total = total
                .checked_add(jiff::SpanArithmetic::from(span(quarters, unit)?).days_are_24_hours())
                .ok()?;
            short |= matches!(unit, Unit::Hours | Unit::Minutes);
            working += if unit == Unit::WorkingDays {
                quarters / 4
            } else {
                0
            };
        }
        if self.takes("from now") || self.take(&["later"]) {
        } else if self.take(&["ago"]) {
            total = total.negate();
        } else if before == 0
            && (self.take(&["from", "after"])
                || unit == Unit::Weeks && self.take(&["on"])
                || self.is(0, &["tomorrow", "today"]))
        {
            return self.counted_from(said, total);
        }
        match short {
            true if working == 0 && said.moment.is_none() => {
                said.moment = Some(self.base.checked_add(total).ok()?);
            }
            false if said.day.is_none() && working > 0 => {
                said.day = Some(Day::On(super::calendar::working(
                    self.base.date(),
                    working,
                )?));
            }
            false if said.day.is_none() => {
                said.day = Some(Day::On(self.base.date().checked_add(total).ok()?));
            }
            _ => return None,
        }
        Some(true)
    }

    /// `a week from Tuesday`.
    fn counted_from(&mut self, said: &mut Said, total: Span) -> Option<bool> {
        while self.filler() {}
        if !self.day(said)? {
            return None;
        }
        let from = said.day.take()?.date(self.base.date(), true)?;
        said.day = Some(Day::On(from.checked_add(total).ok()?));
        Some(true)
    }
}

fn span(quarters: u32, unit: Unit) -> Option<Span> {
    let whole = (quarters.is_multiple_of(4)).then_some(i64::from(quarters / 4));
    Some(match unit {
        Unit::Minutes => whole?.minutes(),
        Unit::Hours => (i64::from(quarters) * 15).minutes(),
        Unit::Days | Unit::WorkingDays => whole?.days(),
        Unit::Weeks => whole?.weeks(),
        Unit::Months => whole?.months(),
        Unit::Years => whole?.years(),
    })
}
