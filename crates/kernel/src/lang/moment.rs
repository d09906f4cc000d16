//! Times as values. Read are ISO 8601 and RFC 3339, 9557 and 2822 texts and Unix times in seconds or milliseconds; put out
//! is RFC 3339, with the zone's name (RFC 9557) where it has one, so that a day added later is a day there.

use super::filter::arguments::text;
use super::number::Number;
use super::value::excerpt;
use jiff::civil::Time;
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::Value;

/// Unix times from here on are milliseconds: in seconds they would be past the year 5000.
const MILLISECONDS_FROM: f64 = 1e11;

/// The moment an input names, null if it names none; `zone` is that of texts which give none themselves.
pub fn read(input: &Value, zone: TimeZone) -> Result<Option<Zoned>, String> {
    let unclear = || format!("{} is not a date or time", excerpt(input));
    if let Some(number) = Number::of(input) {
        let given = number.real();
        let millis = if given.abs() >= MILLISECONDS_FROM {
            given
        } else {
            given * 1000.0
        };
        let moment = Timestamp::from_millisecond(millis.round() as i64).map_err(|_| unclear())?;
        return Ok(Some(moment.to_zoned(zone)));
    }
    let written = match input {
        Value::Null => return Ok(None),
        Value::String(written) => written.trim(),
        _ => return Err(unclear()),
    };
    if written.is_empty() {
        return Ok(None);
    }
    let read = if written.len() > 100 {
        None
    } else {
        iso(written, zone)
    };
    read.or_else(|| rfc2822::parse(written).ok())
        .map(Some)
        .ok_or_else(unclear)
}

fn iso(written: &str, zone: TimeZone) -> Option<Zoned> {
    let pieces = Pieces::parse(written).ok()?;
    let civil = pieces
        .date()
        .to_datetime(pieces.time().unwrap_or(Time::midnight()));
    let named = match pieces.time_zone_annotation() {
        Some(annotation) => Some(annotation.to_time_zone().ok()?),
        None => None,
    };
    match (pieces.to_numeric_offset(), named) {
        (Some(offset), named) => {
            let zone = named.unwrap_or(TimeZone::fixed(offset));
            Some(offset.to_timestamp(civil).ok()?.to_zoned(zone))
        }
        (None, named) => civil.to_zoned(named.unwrap_or(zone)).ok(),
    }
}

pub fn written(moment: &Zoned) -> Value {
    match moment.time_zone().iana_name() {
        Some(name) if name != "UTC" => moment.to_string().into(),
        _ => plain(moment),
    }
}

/// RFC 3339 without a zone's name, with `Z` for UTC.
pub fn plain(moment: &Zoned) -> Value {
    match moment.offset().seconds() {
        0 => moment.timestamp().to_string().into(),
        _ => moment
            .timestamp()
            .display_with_offset(moment.offset())
            .to_string()
            .into(),
    }
}

/// A name of the IANA time zone database.
pub fn zone(name: &Value) -> Result<TimeZone, String> {
    let name = text(name)?;
    TimeZone::get(&name).map_err(|_| {
        format!(
            "{} is not a time zone such as `Europe/Paris`",
            excerpt(&Value::from(&*name))
        )
    })
}
