//! From a step's inputs to what is wanted of an appointment. A text that is no time is refused with how to say it; names and
//! texts are bounded, and whoever has no address is not invited.

use super::super::input::{given, text};
use super::super::{content, email};
use super::free;
use crate::failure::{Code, Fault};
use calendar::{Details, Person, Span, When};
use jiff::tz::TimeZone;
use kernel::Problem;
use kernel::lang::moment;
use mail::Mailbox;
use serde_json::{Map, Value};

const MAX_TITLE: usize = 400;
const MAX_LOCATION: usize = 1_000;
const MAX_DESCRIPTION: usize = 64 << 10;
const MAX_UID: usize = 200;
const MAX_MINUTES: u64 = 366 * 24 * 60;
/// Four weeks.
const MAX_REMINDER: u64 = 40_320;
/// Unix times before are rather numbers that mean something else.
const EARLIEST: i16 = 1990;

pub(super) struct Wanted {
    pub(super) zone: Option<TimeZone>,
    pub(super) start: Option<When>,
    pub(super) end: Option<When>,
    pub(super) minutes: Option<i64>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) location: Option<String>,
    pub(super) attendees: Option<Vec<Mailbox>>,
    pub(super) busy: Option<bool>,
    pub(super) reminder_min: Option<u32>,
    /// How times were taken that the change of clocks makes unclear.
    pub(super) note: Option<String>,
}

impl Wanted {
    pub(super) fn read(with: &Map<String, Value>) -> Result<Self, Fault> {
        let zone = zone(with)?;
        let (start, start_note) = time(with, "start", zone.as_ref())?.unzip();
        let (end, end_note) = time(with, "end", zone.as_ref())?.unzip();
        let notes: Vec<String> = [start_note, end_note]
            .into_iter()
            .flatten()
            .flatten()
            .collect();
        let title = bounded(with, "title", MAX_TITLE)?;
        Ok(Self {
            start,
            end,
            minutes: number(with, "duration_min", MAX_MINUTES)?.map(u64::cast_signed),
            // It is one line wherever it is shown.
            title: title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")),
            description: bounded(with, "description", MAX_DESCRIPTION)?,
            location: bounded(with, "location", MAX_LOCATION)?,
            attendees: attendees(with)?,
            busy: show_as(with)?,
            reminder_min: number(with, "reminder_min", MAX_REMINDER)?
                .and_then(|minutes| u32::try_from(minutes).ok()),
            note: (!notes.is_empty()).then(|| notes.join("; ")),
            zone,
        })
    }

    /// The time that is wanted; `None`: it stays.
    pub(super) fn span(&self, before: Option<&Span>) -> Result<Option<Span>, Fault> {
        let wrong = |why| bad(format!("the time of the appointment: {why}"));
        let start = match (&self.start, before) {
            (Some(start), _) => start.clone(),
            (None, Some(before)) if self.end.is_some() || self.minutes.is_some() => match before {
                Span::Moments { start, .. } => When::Moment(start.clone()),
                Span::Days { first, .. } => When::Day(*first),
            },
            (None, _) => return Ok(None),
        };
        Span::new(start, self.end.clone(), self.minutes, before)
            .map(Some)
            .map_err(wrong)
    }

    pub(super) fn people(&self) -> Vec<Person> {
        self.attendees.iter().flatten().map(person).collect()
    }

    pub(super) fn details<'d>(
        &'d self,
        span: Option<&'d Span>,
        people: Option<(&'d Person, &'d [Person])>,
    ) -> Details<'d> {
        Details {
            span,
            title: self.title.as_deref(),
            description: self.description.as_deref(),
            location: self.location.as_deref(),
            people,
            busy: self.busy,
            reminder_min: self.reminder_min,
        }
    }
}

pub(super) fn person(mailbox: &Mailbox) -> Person {
    Person {
        name: mailbox.name.clone(),
        email: mailbox.email.clone(),
    }
}

pub(super) fn zone(with: &Map<String, Value>) -> Result<Option<TimeZone>, Fault> {
    match given(with, "zone").filter(|zone| !text(zone).trim().is_empty()) {
        None => Ok(None),
        Some(zone) => moment::zone(zone)
            .map(Some)
            .map_err(|why| bad(format!("`zone`: {why}"))),
    }
}

/// When that is, and how it was taken; `None`: it is not given.
pub(super) fn time(
    with: &Map<String, Value>,
    name: &str,
    zone: Option<&TimeZone>,
) -> Result<Option<(When, Option<String>)>, Fault> {
    let Some(value) = given(with, name).filter(|value| !text(value).trim().is_empty()) else {
        return Ok(None);
    };
    if let Value::String(written) = value
        && let Some(read) =
            calendar::read(written, zone).map_err(|why| bad(format!("`{name}`: {why}")))?
    {
        return Ok(Some((read.when, read.note)));
    }
    let read = moment::read(value, zone.cloned().unwrap_or(TimeZone::UTC));
    match read {
        Ok(Some(moment)) if moment.year() >= EARLIEST => Ok(Some((When::Moment(moment), None))),
        Ok(None) => Ok(None),
        _ => {
            let short: String = text(value).chars().take(60).collect();
            Err(bad(format!(
                "`{name}`: `{}` is no time such as `2026-11-24 15:00`; what people say is read by the filter `parse_date`",
                short.escape_debug()
            )))
        }
    }
}

/// Whoever is listed without an address is left out.
fn attendees(with: &Map<String, Value>) -> Result<Option<Vec<Mailbox>>, Fault> {
    let Some(value) = given(with, "attendees") else {
        return Ok(None);
    };
    let items = match value {
        Value::Array(items) => items.clone(),
        one => vec![one.clone()],
    };
    let is_there = |item: &Value| match item {
        Value::Object(parts) => parts
            .get("email")
            .is_some_and(|email| !text(email).trim().is_empty()),
        other => !text(other).trim().is_empty(),
    };
    let items: Vec<Value> = items.into_iter().filter(is_there).collect();
    let mut only = Map::new();
    only.insert("attendees".into(), items.into());
    email::list(&only, "attendees").map(Some)
}

fn show_as(with: &Map<String, Value>) -> Result<Option<bool>, Fault> {
    match given(with, "show_as").map(text).as_deref() {
        None | Some("") => Ok(None),
        Some("busy") => Ok(Some(true)),
        Some("free") => Ok(Some(false)),
        Some(_) => Err(bad("`show_as` is `busy` or `free`".into())),
    }
}

fn bounded(with: &Map<String, Value>, name: &str, most: usize) -> Result<Option<String>, Fault> {
    let Some(value) = given(with, name).map(text) else {
        return Ok(None);
    };
    match value.len() {
        ..=0 => Ok(Some(String::new())),
        size if size > most => Err(bad(format!(
            "`{name}` has {size} bytes; at most {most} are kept"
        ))),
        _ => Ok(Some(value.trim().to_owned())),
    }
}

/// A whole number from 0 to `most`, also as a text.
pub(super) fn number(
    with: &Map<String, Value>,
    name: &str,
    most: u64,
) -> Result<Option<u64>, Fault> {
    let Some(value) = given(with, name)
        .map(text)
        .filter(|value| !value.trim().is_empty())
    else {
        return Ok(None);
    };
    let read = value.trim().parse().ok().filter(|number| *number <= most);
    match read {
        Some(number) => Ok(Some(number)),
        None => Err(bad(format!("`{name}` is a whole number of at most {most}"))),
    }
}

/// The name of an appointment over all calendars: given, or made of the step's key.
pub(super) fn uid(with: &Map<String, Value>) -> Result<Option<String>, Fault> {
    let Some(uid) = given(with, "uid")
        .map(text)
        .filter(|uid| !uid.trim().is_empty())
    else {
        return Ok(None);
    };
    let uid = uid.trim();
    match uid.len() <= MAX_UID && uid.chars().all(|sign| sign.is_ascii_graphic()) {
        true => Ok(Some(uid.to_owned())),
        false => Err(bad(format!(
            "`uid` has at most {MAX_UID} letters, digits and signs, and no space"
        ))),
    }
}

pub(super) fn bad(message: String) -> Fault {
    Code::BadInput.because(message)
}

/// On save: a written list of addresses becomes a list, and what is surely wrong is said.
pub(super) fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems = email::complete_addresses(with, &["attendees"]);
    let written: Map<String, Value> = with
        .iter()
        .filter(|(_, value)| !content::is_template(&value.to_string()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let zoned = with.contains_key("zone") && !written.contains_key("zone");
    for name in written.keys().filter(|name| *name != "attendees") {
        // A time may be in a zone that is only known later.
        let mut alone: Map<String, Value> = Map::new();
        alone.insert(name.clone(), written[name].clone());
        if matches!(name.as_str(), "start" | "end" | "from" | "to") {
            let zone = written
                .get("zone")
                .cloned()
                .or_else(|| zoned.then(|| "UTC".into()));
            alone.extend(zone.map(|zone| ("zone".to_owned(), zone)));
        }
        let zone = zone(&alone).unwrap_or_default();
        let wrong = match name.as_str() {
            "from" | "to" => time(&alone, name, zone.as_ref()).err(),
            "uid" => uid(&alone).err(),
            "window" => free::window(&alone).err(),
            "step_min" => number(&alone, name, free::MOST_MINUTES).err(),
            "limit" => number(&alone, name, free::MOST_SLOTS).err(),
            "sequence" => number(&alone, name, u64::from(u32::MAX)).err(),
            _ => Wanted::read(&alone).err(),
        };
        problems.extend(wrong.map(|fault| Problem::new(format!("/{name}"), fault.message)));
    }
    problems
}

/// The same of an appointment that there is already.
pub(super) fn complete_known(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems = complete(with);
    if !with.contains_key("uid") && !with.contains_key("url") {
        let message = "`uid` or `url` says which appointment is meant";
        problems.push(Problem::new("/uid", message));
    }
    problems
}
