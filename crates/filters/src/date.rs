//! `parse_date`: a date or time as computers write it, or else as people say it, relative to when they said it.

use crate::spoken::{self, Heard};
use jiff::Zoned;
use jiff::tz::TimeZone;
use kernel::lang::filter::{Input, Made};
use kernel::lang::moment::{read, written, zone};
use serde_json::Value;

/// Arguments: the zone of what names none itself (else that of the base, else UTC), and the base. Where no base is given it
/// is the first of the implied ones that there is. What is not understood is null.
pub(crate) fn parse(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let (given, bases) = arguments.split_first().ok_or("no zone")?;
    let base = bases.iter().find(|base| !base.is_null());
    let base = match base {
        Some(base) => read(base, TimeZone::UTC)?,
        None => None,
    };
    let zone = match (&**given, &base) {
        (Value::Null, Some(base)) => base.time_zone().clone(),
        (Value::Null, None) => TimeZone::UTC,
        (name, _) => zone(name)?,
    };
    if !is_short_number(&input)
        && let Ok(moment) = read(&input, zone.clone())
    {
        return Ok(moment.map_or(Value::Null, |moment| written(&moment)));
    }
    let said = |base: Zoned| spoken::read(input.as_str()?, &base.with_time_zone(zone));
    Ok(base.and_then(said).map_or(Value::Null, |at| written(&at)))
}

/// A date or time in a text, as `parse_date` reads it, against when it was said and in that zone.
pub fn heard(text: &str, base: &Zoned) -> Option<Heard> {
    let text = text.trim();
    if let Some(heard) = spoken::heard(text, base) {
        return Some(heard);
    }
    // What computers write has a year with a dash behind it.
    let written = text.len() <= 40 && text.as_bytes().get(4) == Some(&b'-');
    let moment = written.then(|| read(&text.into(), base.time_zone().clone()));
    let moment = moment?.ok()??.with_time_zone(base.time_zone().clone());
    Some(Heard {
        moment,
        day: true,
        time: text.len() > 10,
    })
}

/// `12` is an hour and `20261205` a day, neither a Unix time.
fn is_short_number(input: &Value) -> bool {
    input.as_str().map(str::trim).is_some_and(|text| {
        (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    })
}
