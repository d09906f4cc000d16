//! Filters that make numbers and truths.

use super::super::number::{Number, operand};
use super::super::value::{excerpt, text};
use super::{Input, Made};
use serde_json::Value;

/// Reads what people write: spaces around, a plus sign and leading zeros are let pass.
pub(super) fn number(input: Input<'_>, _: &[Input<'_>]) -> Made {
    match &*input {
        Value::Null => Ok(Value::Null),
        Value::Bool(truth) => Ok(u8::from(*truth).into()),
        Value::String(written) => {
            let trimmed = written.trim();
            let (sign, digits) = match trimmed.strip_prefix('-') {
                Some(digits) => ("-", digits),
                None => ("", trimmed.strip_prefix('+').unwrap_or(trimmed)),
            };
            let significant = digits.trim_start_matches('0');
            let zero = if significant.starts_with(|c: char| c.is_ascii_digit()) {
                ""
            } else {
                "0"
            };
            match Number::read(&format!("{sign}{zero}{significant}")) {
                Some(number) if digits.starts_with(|c: char| c.is_ascii_digit()) => number.value(),
                _ if written.is_empty() => Ok(Value::Null),
                _ => Err(format!("{} is not a number", excerpt(&input))),
            }
        }
        other => operand(other)?.value(),
    }
}

/// To so many digits after the point, none unless told; halves away from zero.
pub(super) fn round(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let digits = arguments
        .first()
        .map_or(Ok(0.0), |digits| operand(digits).map(Number::real))?;
    if digits.fract() != 0.0 || !(0.0..=15.0).contains(&digits) {
        return Err(format!("cannot round to {digits} digits, only to 0 to 15"));
    }
    match &*input {
        Value::Null => Ok(Value::Null),
        value => match operand(value)? {
            Number::Real(real) => {
                let factor = 10f64.powf(digits);
                let rounded = (real * factor).round() / factor;
                Number::Real(if rounded.is_finite() { rounded } else { real }).value()
            }
            whole => whole.value(),
        },
    }
}

pub(super) fn bool(input: Input<'_>, _: &[Input<'_>]) -> Made {
    let truth = match text(&input)?.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" => true,
        "false" | "no" | "n" | "off" | "0" | "" => false,
        _ => return Err(format!("{} is neither yes nor no", excerpt(&input))),
    };
    Ok(truth.into())
}
