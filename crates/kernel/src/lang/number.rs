//! Numbers, given as numbers or as text: whole ones exact, others as doubles, never NaN or infinite.

use super::value::excerpt;
use serde_json::Value;
use std::cmp::Ordering;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Whole(i128),
    Real(f64),
}

impl Number {
    /// A number, or a text that is one in plain digits: `+1555`, `007` and `12e4` are not numbers but names.
    pub fn of(value: &Value) -> Option<Number> {
        match value {
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(whole), _) => Some(Number::Whole(whole.into())),
                (_, Some(whole)) => Some(Number::Whole(whole.into())),
                _ => number.as_f64().map(Number::Real),
            },
            Value::String(text) => Number::read(text),
            _ => None,
        }
    }

    pub fn read(text: &str) -> Option<Number> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
        let canonical = digits.len() <= 64
            && !leading_zero
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
            && !digits.starts_with('.')
            && !digits.ends_with('.');
        match (canonical, digits.contains('.')) {
            (false, _) => None,
            (true, false) => text.parse().ok().map(Number::Whole),
            (true, true) => text.parse().ok().map(Number::Real),
        }
    }

    pub fn real(self) -> f64 {
        match self {
            Number::Whole(whole) => whole as f64,
            Number::Real(real) => real,
        }
    }

    pub fn compare(self, other: Number) -> Ordering {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => a.cmp(&b),
            (a, b) => a.real().partial_cmp(&b.real()).unwrap_or(Ordering::Equal),
        }
    }

    /// A real number without a fraction is written as a whole one while that is exact.
    pub fn value(self) -> Result<Value, String> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let number = match self {
            Number::Real(real) if real.fract() == 0.0 && real.abs() <= EXACT => {
                Number::Whole(real as i128)
            }
            other => other,
        };
        let value = match number {
            Number::Whole(whole) => match (i64::try_from(whole), u64::try_from(whole)) {
                (Ok(whole), _) => Some(whole.into()),
                (_, Ok(whole)) => Some(whole.into()),
                _ => serde_json::Number::from_f64(whole as f64),
            },
            Number::Real(real) => serde_json::Number::from_f64(real),
        };
        value
            .map(Value::Number)
            .ok_or_else(|| "the result is not a finite number".to_owned())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

impl Arithmetic {
    pub fn named(sign: &str) -> Option<Arithmetic> {
        Some(match sign {
            "+" => Arithmetic::Plus,
            "-" => Arithmetic::Minus,
            "*" => Arithmetic::Times,
            "/" => Arithmetic::Over,
            _ => return None,
        })
    }

    /// Null stays null: a missing path is a warning, not a mistake.
    pub fn apply(self, left: &Value, right: &Value) -> Result<Value, String> {
        if left.is_null() || right.is_null() {
            return Ok(Value::Null);
        }
        let (a, b) = (operand(left)?, operand(right)?);
        if self == Arithmetic::Over && b.real() == 0.0 {
            return Err("division by zero".to_owned());
        }
        let exact = match (self, a, b) {
            (Arithmetic::Plus, Number::Whole(a), Number::Whole(b)) => a.checked_add(b),
            (Arithmetic::Minus, Number::Whole(a), Number::Whole(b)) => a.checked_sub(b),
            (Arithmetic::Times, Number::Whole(a), Number::Whole(b)) => a.checked_mul(b),
            (Arithmetic::Over, Number::Whole(a), Number::Whole(b)) if a % b == 0 => Some(a / b),
            _ => None,
        };
        let (a, b) = (a.real(), b.real());
        exact
            .map_or_else(
                || {
                    Number::Real(match self {
                        Arithmetic::Plus => a + b,
                        Arithmetic::Minus => a - b,
                        Arithmetic::Times => a * b,
                        Arithmetic::Over => a / b,
                    })
                },
                Number::Whole,
            )
            .value()
    }
}

pub(super) fn operand(value: &Value) -> Result<Number, String> {
    Number::of(value).ok_or_else(|| format!("{} is not a number", excerpt(value)))
}
