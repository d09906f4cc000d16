//! One appointment as a calendar keeps it: made, changed, called off. Every change that changes something raises SEQUENCE; one
//! that changes nothing leaves it as it is, so that a repeat is known as one. What is not known here is kept.

use crate::span::{Span, utc};
use crate::tree::{Component, Line};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const PRODUCT: &str = "-//Switchhook//Calendar//EN";

/// Whoever invites or is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: Option<String>,
    pub email: String,
}

/// What is said about an appointment; what is `None` stays as it is. An empty text takes its line away.
#[derive(Debug, Default, Clone, Copy)]
pub struct Details<'a> {
    pub span: Option<&'a Span>,
    pub title: Option<&'a str>,
    pub description: Option<&'a str>,
    pub location: Option<&'a str>,
    /// Who invites whom.
    pub people: Option<(&'a Person, &'a [Person])>,
    pub busy: Option<bool>,
    /// So many minutes before it begins.
    pub reminder_min: Option<u32>,
}

/// What a calendar in a mail asks of its reader (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Request,
    Cancel,
}

impl Method {
    pub fn name(self) -> &'static str {
        match self {
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    calendar: Component,
    /// Which part of it is the event.
    at: usize,
}

impl Appointment {
    pub fn new(uid: &str, details: &Details<'_>, sequence: u32, stamp: Timestamp) -> Self {
        let mut event = Component::new("VEVENT");
        event.put(Line::of_text("UID", uid));
        event.put(Line::new("DTSTAMP", utc(stamp)));
        event.put(Line::new("SEQUENCE", sequence.to_string()));
        event.put(Line::new("STATUS", "CONFIRMED"));
        event.put(Line::new("TRANSP", "OPAQUE"));
        let mut calendar = Component::new("VCALENDAR");
        calendar.put(Line::new("VERSION", "2.0"));
        calendar.put(Line::new("PRODID", PRODUCT));
        calendar.put(Line::new("CALSCALE", "GREGORIAN"));
        apply(&mut event, details, true);
        calendar.parts.push(event);
        Self { calendar, at: 0 }
    }

    /// A calendar with exactly one event, which does not repeat.
    pub fn read(text: &str) -> Result<Self, String> {
        let calendar =
            Component::read(text).map_err(|why| format!("the event cannot be read: {why}"))?;
        let mut events = calendar
            .parts
            .iter()
            .enumerate()
            .filter(|(_, part)| part.name == "VEVENT");
        let Some((at, event)) = events.next() else {
            return Err("there is no event in it".into());
        };
        let repeats = ["RRULE", "RDATE", "RECURRENCE-ID"]
            .iter()
            .any(|name| event.line(name).is_some());
        if repeats || events.next().is_some() {
            return Err("the event repeats: only single appointments are changed".into());
        }
        Ok(Self { at, calendar })
    }

    pub fn uid(&self) -> String {
        self.event().text("UID").unwrap_or_default()
    }

    pub fn title(&self) -> String {
        self.event().text("SUMMARY").unwrap_or_default()
    }

    pub fn sequence(&self) -> u32 {
        let line = self.event().line("SEQUENCE");
        line.and_then(|line| line.value.trim().parse().ok())
            .unwrap_or(0)
    }

    pub fn is_cancelled(&self) -> bool {
        let status = self.event().line("STATUS");
        status.is_some_and(|line| line.value.trim().eq_ignore_ascii_case("CANCELLED"))
    }

    /// `floating` is the zone of times that name none.
    pub fn span(&self, floating: &TimeZone) -> Result<Span, String> {
        Span::of(self.event(), &self.calendar, floating)
    }

    /// Whether that changed anything.
    pub fn change(&mut self, details: &Details<'_>, stamp: Timestamp) -> bool {
        let same_time = match (details.span, self.span(&TimeZone::UTC)) {
            (Some(wanted), Ok(known)) => known.is(wanted),
            (Some(_), Err(_)) => false,
            (None, _) => true,
        };
        let details = Details {
            span: details.span.filter(|_| !same_time),
            ..*details
        };
        let before = self.event().clone();
        let event = self.event_mut();
        apply(event, &details, !same_time);
        let changed = *event != before;
        if changed {
            self.raise(stamp);
        }
        changed
    }

    /// Whether it was not called off before.
    pub fn cancel(&mut self, stamp: Timestamp) -> bool {
        if self.is_cancelled() {
            return false;
        }
        self.call_off();
        self.raise(stamp);
        true
    }

    /// As `cancel`, under the number that it has.
    pub fn call_off(&mut self) {
        let event = self.event_mut();
        event.put(Line::new("STATUS", "CANCELLED"));
        event.put(Line::new("TRANSP", "TRANSPARENT"));
        event.parts.retain(|part| part.name != "VALARM");
    }

    pub fn write(&self) -> String {
        self.calendar.write()
    }

    /// As it is mailed to those who are invited.
    pub fn mailed(&self, method: Method) -> String {
        let mut calendar = self.calendar.clone();
        calendar.put(Line::new("METHOD", method.name()));
        calendar.write()
    }

    fn raise(&mut self, stamp: Timestamp) {
        let next = self.sequence().saturating_add(1);
        let event = self.event_mut();
        event.put(Line::new("SEQUENCE", next.to_string()));
        event.put(Line::new("DTSTAMP", utc(stamp)));
        event.put(Line::new("LAST-MODIFIED", utc(stamp)));
    }

    fn event(&self) -> &Component {
        &self.calendar.parts[self.at]
    }

    fn event_mut(&mut self) -> &mut Component {
        &mut self.calendar.parts[self.at]
    }
}

/// `anew`: whoever is invited has not answered to this time yet.
fn apply(event: &mut Component, details: &Details<'_>, anew: bool) {
    if let Some(span) = details.span {
        let [start, end] = span.lines();
        event.put(start);
        event.put(end);
        event.remove("DURATION");
    }
    let texts = [
        ("SUMMARY", details.title),
        ("DESCRIPTION", details.description),
        ("LOCATION", details.location),
    ];
    for (name, text) in texts {
        match text {
            Some("") => event.remove(name),
            Some(text) if event.text(name).as_deref() == Some(text) => {}
            Some(text) => event.put(Line::of_text(name, text)),
            None => {}
        }
    }
    if let Some(busy) = details.busy {
        let shown = if busy { "OPAQUE" } else { "TRANSPARENT" };
        if event
            .line("TRANSP")
            .map_or("OPAQUE", |line| line.value.trim())
            != shown
        {
            event.put(Line::new("TRANSP", shown));
        }
    }
    if let Some((organizer, attendees)) = details.people {
        invite(event, organizer, attendees, anew);
    }
    if let Some(minutes) = details.reminder_min {
        remind(event, minutes);
    }
}

fn invite(event: &mut Component, organizer: &Person, attendees: &[Person], anew: bool) {
    let known: Vec<Line> = event
        .lines
        .iter()
        .filter(|line| line.name == "ATTENDEE")
        .cloned()
        .collect();
    if attendees.is_empty() {
        event.remove("ATTENDEE");
        event.remove("ORGANIZER");
        return;
    }
    if event.line("ORGANIZER").is_none() {
        event.put(person("ORGANIZER", organizer));
    }
    let invited = |attendee: &Person| {
        let address = format!("mailto:{}", attendee.email);
        let before = known
            .iter()
            .find(|line| line.value.eq_ignore_ascii_case(&address));
        match before {
            Some(line) if !anew => line.clone(),
            _ => person("ATTENDEE", attendee)
                .with("ROLE", "REQ-PARTICIPANT")
                .with("PARTSTAT", "NEEDS-ACTION")
                .with("RSVP", "TRUE"),
        }
    };
    let wanted: Vec<Line> = attendees.iter().map(invited).collect();
    // In whatever order: a server may keep them in another.
    if wanted.len() == known.len() && wanted.iter().all(|line| known.contains(line)) {
        return;
    }
    event.put_all("ATTENDEE", wanted);
}

fn person(name: &str, person: &Person) -> Line {
    let line = Line::new(name, format!("mailto:{}", person.email));
    match &person.name {
        Some(name) => line.with("CN", name),
        None => line,
    }
}

/// One alarm at that time is left as whoever keeps it has written it.
fn remind(event: &mut Component, minutes: u32) {
    let before = format!("-PT{minutes}M");
    let alarms = || event.parts.iter().filter(|part| part.name == "VALARM");
    let is_at = |alarm: &Component| {
        let trigger = alarm.line("TRIGGER");
        trigger.is_some_and(|line| line.value.trim() == before)
    };
    if alarms().count() == 1 && alarms().all(is_at) {
        return;
    }
    event.parts.retain(|part| part.name != "VALARM");
    let mut alarm = Component::new("VALARM");
    alarm.put(Line::new("ACTION", "DISPLAY"));
    let title = event.text("SUMMARY").unwrap_or_default();
    alarm.put(Line::of_text("DESCRIPTION", &title));
    alarm.put(Line::new("TRIGGER", before));
    event.parts.push(alarm);
}

#[cfg(test)]
mod tests;
