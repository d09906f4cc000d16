//! `calendar.free`: which times are free in a calendar. The server spells repeating events out; what is asked for is bounded, so
//! that the answer is.

use super::super::Done;
use super::super::input::{given, text};
use super::answer;
use super::caldav::calendar_named;
use super::finder::Finder;
use super::inputs::{bad, number, time, zone};
use super::server::{Server, Stop};
use crate::failure::{Code, Fault};
use calendar::{Busy, Days, Search, When, Window, free, merged, taken};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use kernel::lang::moment;
use kernel::run::Retriable;
use serde_json::{Map, Value, json};

pub(super) const MOST_SLOTS: u64 = 200;
pub(super) const MOST_MINUTES: u64 = 24 * 60;
const USUAL_SLOTS: u64 = 20;
const USUAL_MINUTES: u64 = 30;
const MOST_DAYS: i64 = 92;
/// Of the times at which something is; slots are found among all.
const MOST_BUSY: usize = 500;

pub(super) async fn find(server: &Server<'_>, finder: &Finder) -> Result<Done, Stop> {
    let call = server.call;
    let with = &call.perform.with;
    let (search, zone) = read(with)?;
    let calendar = finder
        .calendar(server, calendar_named(with).as_deref())
        .await?;
    let (from, to) = (search.from.timestamp(), search.to);
    let query = calendar::dav::events_between(from, to);
    let (found, asked) = match server.report(&calendar, query).await {
        Err(stop) if stop.failure.code == "output_too_large" => {
            let message = format!("{}: ask for fewer days", stop.failure.message);
            return Err(stop.because(Code::OutputTooLarge.because(message)));
        }
        Err(stop) if stop.status() == Some(404) => {
            finder.forget(&calendar);
            let message = format!(
                "the calendar of connection `{}` is no longer there",
                server.connection.name
            );
            return Err(stop.because(Code::CalendarMissing.because(message)));
        }
        answered => answered?,
    };
    let mut busy = Vec::new();
    for data in found.iter().filter_map(|found| found.data.as_deref()) {
        match taken(data, &zone) {
            Ok(taken) => busy.extend(taken),
            Err(why) => {
                let message = format!("when somebody is busy cannot be told: {why}");
                let mut stop = Stop::from(Code::BadResponse.because(message));
                stop.failure.retry = Retriable::No;
                stop.exchange = asked.exchange;
                return Err(stop);
            }
        }
    }
    let busy = merged(busy);
    let within = busy
        .iter()
        .filter(|busy| busy.end > from && busy.start < to);
    let slots = free(&search, &busy);
    let body = json!({
        "slots": slots.iter().map(|(start, end)| pair(start, end)).collect::<Vec<_>>(),
        "busy": within.take(MOST_BUSY).map(|busy| shown(busy, &zone)).collect::<Vec<_>>(),
    });
    Ok(answer(
        body,
        Some(asked.status),
        asked.exchange.map(|exchange| *exchange),
        call,
    ))
}

fn read(with: &Map<String, Value>) -> Result<(Search, TimeZone), Fault> {
    let zone = zone(with)?.ok_or_else(|| {
        bad("`zone` says where the times are meant, such as `Europe/Paris`".into())
    })?;
    let [from, to] = [edge(with, "from", &zone)?, edge(with, "to", &zone)?];
    let days = from.duration_until(&to).as_hours() / 24;
    if to <= from {
        return Err(bad(format!("`to` ({to}) is not after `from` ({from})")));
    }
    if days > MOST_DAYS {
        return Err(bad(format!(
            "from `from` to `to` are {days} days; at most {MOST_DAYS} are looked at"
        )));
    }
    let minutes = |name, usual| match number(with, name, MOST_MINUTES)? {
        Some(0) => Err(bad(format!("`{name}` is at least 1"))),
        minutes => Ok(SignedDuration::from_mins(
            minutes.unwrap_or(usual).cast_signed(),
        )),
    };
    let length = minutes("duration_min", USUAL_MINUTES)?;
    let step = minutes("step_min", length.as_mins().unsigned_abs())?;
    let limit = number(with, "limit", MOST_SLOTS)?.unwrap_or(USUAL_SLOTS);
    let search = Search {
        from,
        to: to.timestamp(),
        length,
        step,
        window: window(with)?,
        limit: usize::try_from(limit).unwrap_or(usize::MAX),
    };
    Ok((search, zone))
}

/// A day is its first moment; `to` as a day is all of that day.
fn edge(with: &Map<String, Value>, name: &str, zone: &TimeZone) -> Result<Zoned, Fault> {
    let given = time(with, name, Some(zone))?;
    let (when, _) = given.ok_or_else(|| bad(format!("`{name}` is missing or empty")))?;
    let day = match when {
        When::Moment(moment) => return Ok(moment.with_time_zone(zone.clone())),
        When::Day(day) if name == "to" => day.tomorrow().unwrap_or(day),
        When::Day(day) => day,
    };
    day.to_zoned(zone.clone())
        .map_err(|why| bad(format!("`{name}`: {why}")))
}

/// Working hours from Monday to Friday unless told.
pub(super) fn window(with: &Map<String, Value>) -> Result<Window, Fault> {
    let empty = Map::new();
    let window = match given(with, "window") {
        None => &empty,
        Some(Value::Object(window)) => window,
        Some(_) => return Err(bad("`window` is an object such as {\"from\": \"09:00\", \"to\": \"17:00\", \"days\": [\"mon\"]}".into())),
    };
    if let Some(other) = window
        .keys()
        .find(|name| !matches!(name.as_str(), "from" | "to" | "days"))
    {
        return Err(bad(format!(
            "`window` has from, to and days, and no `{}`",
            other.escape_debug()
        )));
    }
    let part = |name, usual: &str| {
        given(window, name).map_or_else(|| usual.to_owned(), |value| text(value).into_owned())
    };
    let names: Vec<String> = match given(window, "days") {
        None => Vec::new(),
        Some(Value::Array(days)) => days.iter().map(|day| text(day).into_owned()).collect(),
        Some(days) => text(days).split(',').map(str::to_owned).collect(),
    };
    let days = match names.is_empty() {
        true => Ok(Days::WORKING),
        false => Days::named(&names.iter().map(String::as_str).collect::<Vec<_>>()),
    };
    let wrong = |why| bad(format!("`window`: {why}"));
    Window::new(
        &part("from", "09:00"),
        &part("to", "17:00"),
        days.map_err(wrong)?,
    )
    .map_err(wrong)
}

fn pair(start: &Zoned, end: &Zoned) -> Value {
    json!({ "start": moment::written(start), "end": moment::written(end) })
}

fn shown(busy: &Busy, zone: &TimeZone) -> Value {
    let there = |moment: Timestamp| moment.to_zoned(zone.clone());
    pair(&there(busy.start), &there(busy.end))
}

/// What is wrong with what is asked for.
pub(super) fn check(with: &Map<String, Value>) -> Result<(), Fault> {
    read(with).map(drop)
}
