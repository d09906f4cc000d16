//! Filters on times, in the forms of `moment`.

use super::super::moment::{plain, read, written, zone};
use super::super::number::Number;
use super::super::value::excerpt;
use super::arguments::text;
use super::{Input, Made};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use serde_json::Value;

fn then(input: &Value, act: impl FnOnce(Zoned) -> Result<Value, String>) -> Made {
    read(input, TimeZone::UTC)?.map_or(Ok(Value::Null), act)
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
