//! Filters on times. Read are ISO 8601 and RFC 3339, 9557 and 2822 texts and Unix times in seconds or milliseconds; put
//! out is RFC 3339, with the zone's name (RFC 9557) where it has one, so that a day added later is a day there.

use super::super::number::Number;
use super::super::value::excerpt;
use super::arguments::text;
use super::{Input, Made};
use jiff::civil::Time;
use jiff::fmt::temporal::Pieces;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use serde_json::Value;

/// Unix times from here on are milliseconds: in seconds they would be past the year 5000.
const MILLISECONDS_FROM: f64 = 1e11;

/// The moment an input names, null if it names none; `zone` is that of texts which give none themselves.
fn moment(input: &Value, zone: TimeZone) -> Result<Option<Zoned>, String> {
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

fn written(moment: &Zoned) -> Value {
    match moment.time_zone().iana_name() {
        Some(name) if name != "UTC" => moment.to_string().into(),
        _ => plain(moment),
    }
}

/// RFC 3339, with `Z` for UTC.
fn plain(moment: &Zoned) -> Value {
    match moment.offset().seconds() {
        0 => moment.timestamp().to_string().into(),
        _ => moment
            .timestamp()
            .display_with_offset(moment.offset())
            .to_string()
            .into(),
    }
}

fn then(input: &Value, act: impl FnOnce(Zoned) -> Result<Value, String>) -> Made {
    moment(input, TimeZone::UTC)?.map_or(Ok(Value::Null), act)
}

pub(super) fn zone(name: &Value) -> Result<TimeZone, String> {
    let name = text(name)?;
    TimeZone::get(&name).map_err(|_| {
        format!(
            "{} is not a time zone such as `Europe/Paris`",
            excerpt(&Value::from(&*name))
        )
    })
}

/// `10m`, `2 days`, `-1h 30m`, `PT1H`, or a number of seconds.
pub(super) fn span(written: &Value) -> Result<Span, String> {
    let unclear = || {
        format!(
            "{} is not a stretch of time such as `2 days`",
            excerpt(written)
        )
    };
    if let Some(seconds) = Number::of(written) {
        let millis = (seconds.real() * 1000.0).round();
        return Span::new()
            .try_milliseconds(millis as i64)
            .map_err(|_| unclear());
    }
    let text = text(written)?;
    if text.len() > 100 {
        Err(unclear())
    } else {
        text.parse().map_err(|_| unclear())
    }
}

pub(super) fn check_format(format: &Value) -> Result<(), String> {
    formatted(format, &Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC)).map(drop)
}

fn formatted(format: &Value, moment: &Zoned) -> Made {
    let format = text(format)?;
    if format.len() > 256 {
        return Err("a date format may have at most 256 bytes".to_owned());
    }
    strtime::format(&*format, moment)
        .map(Value::from)
        .map_err(|_| format!("`{format}` is not a date format such as `%Y-%m-%d %H:%M`"))
}

pub(super) fn date(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    then(&input, |moment| formatted(&arguments[0], &moment))
}

pub(super) fn in_zone(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let zone = zone(&arguments[0])?;
    then(&input, |moment| Ok(written(&moment.with_time_zone(zone))))
}

pub(super) fn add_time(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let span = span(&arguments[0])?;
    then(&input, |moment| {
        let later = moment
            .checked_add(span)
            .map_err(|_| "the time is out of range".to_owned())?;
        Ok(written(&later))
    })
}

pub(super) fn to_iso(input: Input<'_>, _: &[Input<'_>]) -> Made {
    then(&input, |moment| Ok(plain(&moment)))
}

pub(super) fn to_unix(input: Input<'_>, _: &[Input<'_>]) -> Made {
    then(&input, |moment| Ok(moment.timestamp().as_second().into()))
}

/// A time without a zone of its own is one in the zone given, or UTC.
pub(super) fn parse_date(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let zone = arguments
        .first()
        .map_or(Ok(TimeZone::UTC), |given| zone(given))?;
    Ok(moment(&input, zone)?.map_or(Value::Null, |moment| written(&moment)))
}
