//! Numbers as people write them: 125 seconds are `125`, not `125.0`.

use serde::Serializer;
use serde_json::Value;

/// Up to here every whole number is exact in a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(crate) fn value(number: f64) -> Value {
    match whole(number) {
        Some(whole) => whole.into(),
        None => number.into(),
    }
}

pub(crate) fn serialize<S: Serializer>(number: &Option<f64>, s: S) -> Result<S::Ok, S::Error> {
    match number.map(|number| (number, whole(number))) {
        Some((_, Some(whole))) => s.serialize_i64(whole),
        Some((number, None)) => s.serialize_f64(number),
        None => s.serialize_none(),
    }
}

fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}
