//! Phone numbers by the world's numbering plans. A plan knows how a number looks and what its range was made for; it does
//! not know whether the number is in use, who carries it now, or that it was ported.

use crate::place;
use kernel::lang::filter::{Input, Made, text_of};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};
use serde_json::Value;
use std::borrow::Cow;

/// Longer than any number with its extension; what is longer is not looked at.
const LONGEST: usize = 100;

#[derive(Debug, Clone, Copy)]
pub(crate) enum Format {
    Written(PhoneNumberFormat),
    /// Country and number without any sign.
    Digits,
}

impl Format {
    pub fn named(name: &Value) -> Result<Format, String> {
        Ok(match name.as_str() {
            Some("e164") => Format::Written(PhoneNumberFormat::E164),
            Some("international") => Format::Written(PhoneNumberFormat::International),
            Some("national") => Format::Written(PhoneNumberFormat::National),
            Some("rfc3966") => Format::Written(PhoneNumberFormat::RFC3966),
            Some("digits") => Format::Digits,
            _ => {
                return Err(format!(
                    "{name} is none of `e164`, `international`, `national`, `rfc3966`, `digits`"
                ));
            }
        })
    }
}

/// Two letters of ISO 3166, in either case.
pub(crate) fn region(name: &Value) -> Result<Region, String> {
    let wrong = || format!("{name} is not a region such as `DE`");
    let name = text_of(name).map_err(|_| wrong())?;
    let region = name.to_ascii_uppercase().parse().map_err(|_| wrong())?;
    let known = PHONE_NUMBER_UTIL.get_country_code_for_region(region);
    known.map(|_| region).ok_or_else(wrong)
}

/// A number that its country's plan knows.
fn read(input: &Value, default: Option<&Input<'_>>) -> Result<Option<PhoneNumber>, String> {
    let region = match default.filter(|region| !region.is_null()) {
        Some(given) => Some(region(given)?),
        None => None,
    };
    let written = match input {
        Value::String(written) => written.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return Ok(None),
    };
    if written.is_empty() || written.len() > LONGEST {
        return Ok(None);
    }
    let number = PhoneNumber::parse(written, region).ok();
    Ok(number.filter(PhoneNumber::is_valid))
}

/// In E.164 unless told; null for what is not a number.
pub(crate) fn phone(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let format = match arguments.first() {
        Some(name) => Format::named(name)?,
        None => Format::Written(PhoneNumberFormat::E164),
    };
    let Some(number) = read(&input, arguments.get(1))? else {
        return Ok(Value::Null);
    };
    Ok(match format {
        Format::Written(format) => number.format_as(format).into(),
        Format::Digits => number
            .format_as(PhoneNumberFormat::E164)
            .trim_start_matches('+')
            .into(),
    })
}

/// The region that a number belongs to; null for what is not a number, and for one of no region (`+800…`).
pub(crate) fn country(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let number = read(&input, arguments.first())?;
    let region = number.and_then(|number| number.get_region_code());
    Ok(region
        .filter(|region| *region != Region::World)
        .map_or(Value::Null, |region| region.as_region_str().as_str().into()))
}

/// What a number's range was made for; `unknown` for what is not a number.
pub(crate) fn kind(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    if input.is_null() {
        return Ok(Value::Null);
    }
    let number = read(&input, arguments.first())?;
    let kind = number.map_or(PhoneNumberType::Unknown, |number| number.get_type());
    Ok(word(kind).into())
}

/// A number with its country, in E.164, and what its range was made for; `None` for what no plan knows.
pub fn number(text: &str) -> Option<(String, &'static str)> {
    number_in(text, None)
}

/// The same for a number that may be written without its country, which is then this region's (`DE`); no region that there is
/// none of.
pub fn number_in(text: &str, region: Option<&str>) -> Option<(String, &'static str)> {
    let region = Value::from(region);
    let region = std::borrow::Cow::Borrowed(&region);
    let number = read(&Value::from(text), Some(&region)).ok()??;
    Some((
        number.format_as(PhoneNumberFormat::E164).into_owned(),
        word(number.get_type()),
    ))
}

/// Whether these are the two letters of a region with numbers of its own.
pub fn is_region(name: &str) -> bool {
    region(&Value::from(name)).is_ok()
}

/// What numbering plans tell about a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub e164: String,
    pub national: String,
    pub international: String,
    /// `US`; none for numbers of no country (`+800…`).
    pub country: Option<String>,
    pub kind: &'static str,
    /// The place of its area code.
    pub place: Option<&'static str>,
    /// Time zones in which it may be; the one, where the plan tells.
    pub zones: Vec<&'static str>,
}

/// `country` is where a number without its own is dialled; `None`: no plan knows the number.
pub fn look_up(number: &Value, country: Option<&str>) -> Result<Option<Looked>, String> {
    let country = country.map(|country| Cow::Owned(Value::from(country)));
    let Some(number) = read(number, country.as_ref())? else {
        return Ok(None);
    };
    let written = |format| number.format_as(format).into_owned();
    let e164 = written(PhoneNumberFormat::E164);
    let digits = e164.trim_start_matches('+');
    let region = number
        .get_region_code()
        .filter(|region| *region != Region::World);
    Ok(Some(Looked {
        national: written(PhoneNumberFormat::National),
        international: written(PhoneNumberFormat::International),
        country: region.map(|region| region.as_region_str().as_str().to_owned()),
        kind: word(number.get_type()),
        place: place::place(digits),
        zones: place::zones(digits),
        e164,
    }))
}

fn word(kind: PhoneNumberType) -> &'static str {
    match kind {
        PhoneNumberType::FixedLine => "landline",
        PhoneNumberType::Mobile => "mobile",
        PhoneNumberType::FixedLineOrMobile => "mobile_or_landline",
        PhoneNumberType::TollFree => "toll_free",
        PhoneNumberType::PremiumRate => "premium",
        PhoneNumberType::SharedCost => "shared_cost",
        PhoneNumberType::VoIP => "voip",
        PhoneNumberType::PersonalNumber => "personal",
        PhoneNumberType::Pager => "pager",
        PhoneNumberType::UAN => "company",
        PhoneNumberType::VoiceMail => "voicemail",
        PhoneNumberType::Unknown => "unknown",
    }
}
