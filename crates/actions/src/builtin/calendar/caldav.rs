//! Appointments in a calendar on a server. Each write says which version it is about: a new event replaces none, a change is
//! made to what was read. So a repeat finds what is there already, and says so.

use super::super::input::{given, text};
use super::super::{Call, Done};
use super::finder::Finder;
use super::inputs::{Wanted, bad, person, uid};
use super::server::{Answer, Only, Server, Stop};
use super::{answer, required_span, times};
use crate::failure::{Code, Fault};
use crate::secret::encode_component;
use calendar::{Appointment, Person, Span};
use jiff::tz::TimeZone;
use kernel::Timestamp;
use kernel::run::{Exchange, Retriable};
use mail::Mailbox;
use serde_json::{Map, Value, json};
use url::Url;

/// How often a change is made anew because somebody else was faster.
const ROUNDS: usize = 3;

/// An event as it is on the server.
struct Located {
    url: Url,
    etag: Option<String>,
    appointment: Appointment,
    exchange: Option<Box<Exchange>>,
}

/// What came of a write, for the step's answer.
struct Written<'a> {
    url: &'a Url,
    etag: Option<String>,
    appointment: &'a Appointment,
    /// `None`: its time cannot be read.
    span: Option<&'a Span>,
    found: bool,
    note: Option<String>,
    exchange: Option<Box<Exchange>>,
}

pub(super) async fn create(server: &Server<'_>, finder: &Finder) -> Result<Done, Stop> {
    let call = server.call;
    let with = &call.perform.with;
    let wanted = Wanted::read(with)?;
    let span = required_span(&wanted)?;
    let own = uid(with)?;
    let uid = own.clone().unwrap_or_else(|| call.perform.key.clone());
    let people = people(server, &wanted)?;
    let details = wanted.details(Some(&span), borrowed(&people));
    let appointment = Appointment::new(&uid, &details, 0, Timestamp::now());
    let calendar = finder
        .calendar(server, calendar_named(with).as_deref())
        .await?;
    let url = event_url(&calendar, &uid)?;
    let written = |etag, exchange| Written {
        url: &url,
        etag,
        appointment: &appointment,
        span: Some(&span),
        found: false,
        note: wanted.note.clone(),
        exchange,
    };
    let stop = match server.put(&url, appointment.write(), Only::New).await {
        Ok(Answer { etag, exchange, .. }) => return Ok(written(etag, exchange).done(call)),
        Err(stop) => stop,
    };
    match stop.status() {
        Some(412) => {
            let there = read(server, &url).await?;
            let time = span_of(&there.appointment, &wanted).ok();
            let same_time = time.as_ref().is_some_and(|time| time.is(&span));
            let is_it = there.appointment.uid() == uid && (own.is_none() || same_time);
            if !is_it {
                return Err(stop.because(Code::EventConflict.because(format!(
                    "there is another event with the uid `{uid}`: change it with `calendar.update`, or leave `uid` out"
                ))));
            }
            // Somebody may have moved it since.
            let found = Written {
                appointment: &there.appointment,
                span: if same_time {
                    Some(&span)
                } else {
                    time.as_ref()
                },
                found: true,
                ..written(there.etag, there.exchange)
            };
            Ok(found.done(call))
        }
        Some(404 | 409 | 410) => {
            finder.forget(&calendar);
            Err(stop)
        }
        _ => Err(stop),
    }
}

pub(super) async fn update(server: &Server<'_>, finder: &Finder) -> Result<Done, Stop> {
    let call = server.call;
    let wanted = Wanted::read(&call.perform.with)?;
    check_given(&call.perform.with)?;
    let people = people(server, &wanted)?;
    let mut last = None;
    for _ in 0..ROUNDS {
        let Located {
            url,
            etag,
            mut appointment,
            exchange,
        } = locate(server, finder).await?;
        if appointment.is_cancelled() {
            let message = format!(
                "the event `{}` is called off: make a new one",
                appointment.uid()
            );
            return Err(Code::EventMissing.because(message).into());
        }
        let before = span_of(&appointment, &wanted)?;
        let span = wanted.span(Some(&before))?;
        let changed = appointment.change(
            &wanted.details(span.as_ref(), borrowed(&people)),
            Timestamp::now(),
        );
        let span = span.unwrap_or(before);
        let written = |etag, found, exchange| Written {
            url: &url,
            etag,
            appointment: &appointment,
            span: Some(&span),
            found,
            note: wanted.note.clone(),
            exchange,
        };
        if !changed {
            return Ok(written(etag, true, exchange).done(call));
        }
        let put = server
            .put(&url, appointment.write(), Only::This(etag.as_deref()))
            .await;
        match put {
            Ok(answer) => return Ok(written(answer.etag, false, answer.exchange).done(call)),
            Err(stop) if stop.status() == Some(412) => last = Some(stop),
            Err(stop) => return Err(stop),
        }
    }
    Err(outrun(last))
}

pub(super) async fn cancel(server: &Server<'_>, finder: &Finder) -> Result<Done, Stop> {
    let call = server.call;
    let wanted = Wanted::read(&call.perform.with)?;
    let remove = removes(&call.perform.with)?;
    let mut last = None;
    for _ in 0..ROUNDS {
        let located = match locate(server, finder).await {
            // An attempt before this one has removed it.
            Err(stop)
                if remove && call.perform.attempt > 1 && stop.failure.code == "event_missing" =>
            {
                return Ok(gone(server, stop));
            }
            located => located?,
        };
        let Located {
            url,
            etag,
            mut appointment,
            exchange,
        } = located;
        let span = span_of(&appointment, &wanted).ok();
        let changed = appointment.cancel(Timestamp::now());
        let written = |etag, found, exchange| Written {
            url: &url,
            etag,
            appointment: &appointment,
            span: span.as_ref(),
            found,
            note: None,
            exchange,
        };
        if !changed && !remove {
            return Ok(written(etag, true, exchange).done(call));
        }
        let only = Only::This(etag.as_deref());
        let done = match remove {
            true => server.delete(&url, only).await,
            false => server.put(&url, appointment.write(), only).await,
        };
        match done {
            Ok(answer) => return Ok(written(answer.etag, false, answer.exchange).done(call)),
            Err(stop) if stop.status() == Some(412) => last = Some(stop),
            Err(stop) => return Err(stop),
        }
    }
    Err(outrun(last))
}

/// The event that the step names, by its address or its uid.
async fn locate(server: &Server<'_>, finder: &Finder) -> Result<Located, Stop> {
    let with = &server.call.perform.with;
    let url = given(with, "url").map(text);
    if let Some(url) = url.filter(|url| !url.trim().is_empty()) {
        let url = server.address(server.base(), url.trim())?;
        // A step's words may come from anybody: they lead to no host that the server has not named itself.
        if url.origin() != server.base().origin() {
            let named = calendar_named(with);
            let calendar = finder.calendar(server, named.as_deref()).await?;
            if calendar.origin() != url.origin() {
                return Err(server.elsewhere(&url).into());
            }
        }
        return read(server, &url).await;
    }
    let Some(uid) = uid(with)? else {
        return Err(bad("neither `uid` nor `url` says which event is meant".into()).into());
    };
    let calendar = finder
        .calendar(server, calendar_named(with).as_deref())
        .await?;
    match read(server, &event_url(&calendar, &uid)?).await {
        Ok(located) if located.appointment.uid() == uid => return Ok(located),
        Ok(_) => {}
        Err(stop) if stop.failure.code == "event_missing" => {}
        Err(stop) => return Err(stop),
    }
    // Other programs name their files as they like.
    let query = calendar::dav::event_named(&uid);
    let (all, asked) = match server.report(&calendar, query).await {
        Err(stop) if stop.status() == Some(404) => {
            finder.forget(&calendar);
            let message = "the calendar is no longer there".to_owned();
            return Err(stop.because(Code::CalendarMissing.because(message)));
        }
        answered => answered?,
    };
    for found in all {
        let Some(data) = found.data else { continue };
        if let Ok(appointment) = Appointment::read(&data)
            && appointment.uid() == uid
        {
            return Ok(Located {
                url: server.address(&calendar, &found.href)?,
                etag: found.etag,
                appointment,
                exchange: asked.exchange,
            });
        }
        if data
            .lines()
            .any(|line| line.trim_end().strip_prefix("UID:") == Some(&*uid))
        {
            // It is there, and repeats.
            Appointment::read(&data).map_err(bad)?;
        }
    }
    let message = format!("there is no event with the uid `{uid}` in the calendar");
    Err(Stop {
        exchange: asked.exchange,
        ..Stop::from(Code::EventMissing.because(message))
    })
}

async fn read(server: &Server<'_>, url: &Url) -> Result<Located, Stop> {
    let answer = match server.get(url).await {
        Err(stop) if matches!(stop.status(), Some(404 | 410)) => {
            let message = format!("there is no event at {url}");
            return Err(stop.because(Code::EventMissing.because(message)));
        }
        answered => answered?,
    };
    match Appointment::read(&answer.body) {
        Ok(appointment) => Ok(Located {
            url: url.clone(),
            etag: answer.etag,
            appointment,
            exchange: answer.exchange,
        }),
        Err(why) => Err(Stop {
            exchange: answer.exchange,
            ..Stop::from(bad(format!("{url}: {why}")))
        }),
    }
}

fn span_of(appointment: &Appointment, wanted: &Wanted) -> Result<Span, Fault> {
    let zone = wanted.zone.clone().unwrap_or(TimeZone::UTC);
    let span = appointment.span(&zone);
    span.map_err(|why| bad(format!("the event cannot be read: {why}")))
}

/// A time that came out empty would leave the event where it is, and nobody would know.
fn check_given(with: &Map<String, Value>) -> Result<(), Fault> {
    let is_empty = |name: &str| {
        let value = with.get(name);
        value.is_some_and(|value| text(value).trim().is_empty())
    };
    match ["start", "end"].into_iter().find(|name| is_empty(name)) {
        Some(name) => Err(bad(format!(
            "`{name}` is empty: to when is the appointment moved?"
        ))),
        None => Ok(()),
    }
}

/// Who invites, and whom; `None`: nothing is said about that.
fn people(server: &Server<'_>, wanted: &Wanted) -> Result<Option<(Person, Vec<Person>)>, Fault> {
    if wanted.attendees.is_none() {
        return Ok(None);
    }
    let attendees = wanted.people();
    let connection = server.connection;
    let ours = match connection.text("email") {
        "" => connection.text("user"),
        email => email,
    };
    match Mailbox::parse(ours) {
        Ok(ours) => Ok(Some((person(&ours), attendees))),
        Err(_) if attendees.is_empty() => Ok(None),
        Err(_) => Err(Code::BadInput.because(format!(
            "`attendees` are invited by somebody: give connection `{}` the field Your address",
            connection.name
        ))),
    }
}

fn borrowed(people: &Option<(Person, Vec<Person>)>) -> Option<(&Person, &[Person])> {
    people
        .as_ref()
        .map(|(ours, attendees)| (ours, attendees.as_slice()))
}

pub(super) fn calendar_named(with: &Map<String, Value>) -> Option<String> {
    let name = given(with, "calendar").map(text)?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn removes(with: &Map<String, Value>) -> Result<bool, Fault> {
    match given(with, "afterwards").map(text).as_deref() {
        None | Some("" | "keep") => Ok(false),
        Some("remove") => Ok(true),
        Some(_) => Err(bad("`afterwards` is `keep` or `remove`".into())),
    }
}

fn event_url(calendar: &Url, uid: &str) -> Result<Url, Fault> {
    let url = calendar.join(&format!("./{}.ics", encode_component(uid)));
    url.map_err(|why| Code::BadUrl.because(why.to_string()))
}

fn outrun(last: Option<Stop>) -> Stop {
    let message = format!("somebody else has changed the event {ROUNDS} times meanwhile");
    let fault = Code::EventConflict.because(message);
    let mut stop = match last {
        Some(stop) => stop.because(fault),
        None => Stop::from(fault),
    };
    stop.failure.retry = Retriable::Yes;
    stop
}

/// The answer about an event that is gone already.
fn gone(server: &Server<'_>, stop: Stop) -> Done {
    let with = &server.call.perform.with;
    let body = json!({
        "uid": with.get("uid"), "url": with.get("url"), "etag": null, "start": null, "end": null,
        "sequence": null, "found": true, "note": null,
    });
    answer(
        body,
        stop.status(),
        stop.exchange.map(|exchange| *exchange),
        server.call,
    )
}

impl Written<'_> {
    fn done(self, call: &Call<'_>) -> Done {
        let status = self
            .exchange
            .as_ref()
            .and_then(|exchange| exchange.response.as_ref());
        let status = status.map(|response| response.status);
        let [start, end] = self.span.map_or([Value::Null, Value::Null], times);
        let body = json!({
            "uid": self.appointment.uid(), "url": self.url.as_str(), "etag": self.etag,
            "start": start, "end": end, "sequence": self.appointment.sequence(),
            "found": self.found, "note": self.note,
        });
        answer(body, status, self.exchange.map(|exchange| *exchange), call)
    }
}
