//! Times of day: `3 pm`, `half past three`, `noon`, `three thirty`, `7 in the evening`, `between 2 and 4`.

use super::Said;
use super::phrase::Phrase;
use super::words::Word;
use jiff::civil::Time;

/// A time as said. `fixed`: it needs no `am` or `pm`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken {
    hour: i8,
    minute: i8,
    half: Option<Half>,
    fixed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Half {
    Am,
    Pm,
}

/// A part of the day: when it is unless told, and which half of the clock it lies in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    hour: i8,
    half: Half,
    /// The hours that can be said of it.
    hours: (i8, i8),
    /// Midnight ends the day that it is said of.
    next_day: bool,
    /// `this morning`, `tonight`: today, even when it is over.
    pub today: bool,
}

/// The time that is meant, and how many days after the day that was said.
pub(super) fn meant(time: Option<Spoken>, part: Option<Part>) -> Option<(Option<Time>, i64)> {
    let clock = |hour, minute| Time::new(hour, minute, 0, 0).ok();
    let Some(said) = time else {
        let Some(part) = part else {
            return Some((None, 0));
        };
        return Some((Some(clock(part.hour, 0)?), i64::from(part.next_day)));
    };
    let half = match (said.half, part) {
        (Some(half), Some(part)) if half != part.half => return None,
        (half, part) => half.or(part.map(|part| part.half)),
    };
    if part.is_some_and(|part| part.next_day) {
        // `12 midnight`.
        return (said.hour == 12 && said.minute == 0).then(|| Some((clock(0, 0), 1)))?;
    }
    let hour = match (said.fixed, half) {
        (true, Some(Half::Am)) if said.hour > 12 => return None,
        (true, Some(Half::Pm)) if said.hour < 12 => return None,
        (true, _) => said.hour,
        (false, Some(Half::Am)) => said.hour % 12,
        (false, Some(Half::Pm)) => said.hour % 12 + 12,
        // Office hours are meant: 1 to 7 is in the afternoon, 8 to 12 as it is.
        (false, None) if said.hour < 8 => said.hour + 12,
        (false, None) => said.hour,
    };
    if part.is_some_and(|part| !(part.hours.0..=part.hours.1).contains(&hour)) {
        return None;
    }
    Some((Some(clock(hour, said.minute)?), 0))
}

impl Phrase<'_> {
    pub(super) fn part(&mut self, said: &mut Said) -> Option<bool> {
        let this = usize::from(self.is(0, &["this"]));
        let (hour, half, hours) = match self.plain(this) {
            Some("morning") => (9, Half::Am, (0, 11)),
            Some("noon" | "midday" | "lunchtime" | "lunch") => (12, Half::Pm, (12, 13)),
            Some("afternoon") => (15, Half::Pm, (12, 19)),
            Some("evening") => (18, Half::Pm, (16, 23)),
            Some("night" | "tonight") => (20, Half::Pm, (18, 23)),
            Some("midnight") => (0, Half::Am, (0, 0)),
            _ => return Some(false),
        };
        let next_day = self.is(this, &["midnight"]);
        let today = this == 1 || self.is(0, &["tonight"]);
        self.skip(this + 1);
        let part = Part {
            hour,
            half,
            hours,
            next_day,
            today,
        };
        said.part.replace(part).is_none().then_some(true)
    }

    pub(super) fn clock(&mut self, said: &mut Said) -> Option<bool> {
        let until = usize::from(self.is(0, &["between", "from"]));
        self.skip(until);
        let after = self.is(0, &["after"])
            && matches!(self.word(1), Some(Word::Number(_) | Word::Clock(..)));
        self.skip(usize::from(after));
        let Some(mut time) = self.time(until == 0) else {
            return if until == 1 || after {
                None
            } else {
                Some(false)
            };
        };
        if self.is(0, &["to", "and", "-", "–", "until", "till"])
            && (until == 1 || !self.is(0, &["and"]))
        {
            // Of a range its beginning; `2 to 4 pm` is in the afternoon both times.
            self.skip(1);
            if self.take(&["noon", "midday", "midnight"]) {
                return said.time.replace(time).is_none().then_some(true);
            }
            let end = self.time(false)?;
            let later = end.hour % 12 > time.hour % 12;
            time.half = time.half.or(end.half.filter(|_| later));
        } else if until == 1 {
            return None;
        }
        said.time.replace(time).is_none().then_some(true)
    }

    fn time(&mut self, alone: bool) -> Option<Spoken> {
        let relative = if alone { self.past_or_to() } else { None };
        let (hour, minute, strict, taken) = relative.or_else(|| self.hour_and_minute())?;
        self.skip(taken);
        self.take(&["oclock"]);
        let half = if self.take(&["am"]) {
            Some(Half::Am)
        } else if self.take(&["pm"]) {
            Some(Half::Pm)
        } else {
            None
        };
        let fixed = strict || hour == 0 || hour > 12;
        Some(Spoken {
            hour,
            minute,
            half,
            fixed,
        })
    }

    /// `half past three`, `quarter to five`, `twenty past two`.
    fn past_or_to(&self) -> Option<(i8, i8, bool, usize)> {
        let article = usize::from(self.is(0, &["a"]));
        let (minutes, mut taken) = match self.word(article)? {
            Word::Number(minutes @ 1..=30) => (*minutes as i8, article + 1),
            Word::Plain(word) if word == "half" => (30, article + 1),
            Word::Plain(word) if word == "quarter" => (15, article + 1),
            _ => return None,
        };
        taken += usize::from(self.is(taken, &["minutes", "minute"]));
        let past = self.is(taken, &["past", "after"]);
        if !past && !self.is(taken, &["to", "before", "till"]) {
            return None;
        }
        let hour = match self.word(taken + 1)? {
            Word::Number(hour @ 1..=12) => *hour as i8,
            _ => return None,
        };
        // `2 to 4` is a range, `ten to four` is not: nobody counts less than five minutes.
        if !past && (minutes < 5 || minutes % 5 != 0 || self.is(0, &["half"])) {
            return None;
        }
        Some(match (past, hour) {
            (true, hour) => (hour, minutes, false, taken + 2),
            (false, 1) => (12, 60 - minutes, false, taken + 2),
            (false, hour) => (hour - 1, 60 - minutes, false, taken + 2),
        })
    }

    /// `9:30`, `15`, `three thirty`.
    fn hour_and_minute(&self) -> Option<(i8, i8, bool, usize)> {
        match (self.word(0)?, self.word(1)) {
            (Word::Clock(time, strict), _) => Some((time.hour(), time.minute(), *strict, 1)),
            (Word::Number(hour @ 0..=23), Some(Word::Number(minute @ 10..=59))) => {
                Some((*hour as i8, *minute as i8, false, 2))
            }
            (Word::Number(hour @ 0..=23), _) => Some((*hour as i8, 0, false, 1)),
            _ => None,
        }
    }
}
