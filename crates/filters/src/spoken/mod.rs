//! Dates and times as English speakers say them, read against a base: the moment they were said, in the zone they are meant
//! in. All of a phrase must be understood, else none of it is; what can be meant in two ways is read as docs/values.md
//! says. Pure: the base comes in as an argument.

mod calendar;
mod clock;
mod date;
mod day;
mod period;
mod phrase;
mod stretch;
mod words;

use clock::{Part, Spoken};
use day::Day;
use jiff::civil::Time;
use jiff::{ToSpan, Zoned};
use phrase::Phrase;

/// No phrase of this kind is longer.
const LONGEST: usize = 200;

/// What has been understood so far; nothing is said twice.
#[derive(Debug, Default)]
struct Said {
    day: Option<Day>,
    time: Option<Spoken>,
    part: Option<Part>,
    /// Hours or minutes from the base: a moment of its own.
    moment: Option<Zoned>,
}

/// A moment that was said, and how much of it.
#[derive(Debug, Clone)]
pub struct Heard {
    pub moment: Zoned,
    /// Whether a day was said: else it is the next time that it is so late.
    pub day: bool,
    /// Whether a time of day was said: else it is the day's first moment.
    pub time: bool,
}

/// The moment that is meant, in the base's zone.
pub(crate) fn read(text: &str, base: &Zoned) -> Option<Zoned> {
    understood(text, base)?.resolve(base)
}

pub(crate) fn heard(text: &str, base: &Zoned) -> Option<Heard> {
    let said = understood(text, base)?;
    let moment = said.moment.is_some();
    let (day, time) = (moment || said.day.is_some(), moment || said.time.is_some());
    let moment = said.resolve(base)?;
    Some(Heard { moment, day, time })
}

fn understood(text: &str, base: &Zoned) -> Option<Said> {
    if text.len() > LONGEST {
        return None;
    }
    let mut phrase = Phrase::new(words::words(text)?, base);
    let mut said = Said::default();
    while !phrase.is_over() {
        let understood = phrase.filler()
            || phrase.stretch(&mut said)?
            || phrase.part(&mut said)?
            || phrase.day(&mut said)?
            || phrase.clock(&mut said)?;
        if !understood {
            return None;
        }
    }
    Some(said)
}

impl Said {
    fn resolve(self, base: &Zoned) -> Option<Zoned> {
        let plain = self.day.is_none() && self.time.is_none() && self.part.is_none();
        if let Some(moment) = self.moment {
            return plain.then_some(moment);
        }
        if plain {
            return None;
        }
        let (time, days) = clock::meant(self.time, self.part)?;
        let today = base.date();
        let on = |date: jiff::civil::Date, time: Time| {
            let date = date.checked_add(days.days()).ok()?;
            date.to_datetime(time)
                .to_zoned(base.time_zone().clone())
                .ok()
        };
        let Some(time) = time else {
            return on(self.day?.date(today, true)?, Time::midnight());
        };
        let ahead = on(today, time).is_some_and(|moment| moment > *base);
        match self.day {
            Some(day) => on(day.date(today, !ahead)?, time),
            // A time alone is the next one; `this morning` is today even when it is over.
            None if ahead || self.part.is_some_and(|part| part.today) => on(today, time),
            None => on(today.tomorrow().ok()?, time),
        }
    }
}
