//! What counters cost, in credits. Applied when usage is read: a price that changes changes what is shown of the past as well.

use super::Meter;
use crate::Problem;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

const HIGHEST: f64 = 1_000_000.0;

/// Credits for one of each, and the zone in which days and months are counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Prices {
    pub action: f64,
    pub sms_segment: f64,
    pub mail: f64,
    /// Read and written.
    pub thousand_tokens: f64,
    pub call_minute: f64,
    pub zone: String,
}

impl Default for Prices {
    fn default() -> Self {
        Self {
            action: 0.0,
            sms_segment: 10.0,
            mail: 10.0,
            thousand_tokens: 0.0,
            call_minute: 0.0,
            zone: "UTC".into(),
        }
    }
}

impl Prices {
    /// The meters that cost something.
    pub const METERS: [Meter; 6] = [
        Meter::Actions,
        Meter::SmsSegments,
        Meter::Mails,
        Meter::TokensIn,
        Meter::TokensOut,
        Meter::CallSeconds,
    ];

    pub fn problems(&self) -> Vec<Problem> {
        let prices = [
            ("/action", self.action),
            ("/sms_segment", self.sms_segment),
            ("/mail", self.mail),
            ("/thousand_tokens", self.thousand_tokens),
            ("/call_minute", self.call_minute),
        ];
        let wrong = prices
            .into_iter()
            .filter(|(_, price)| !(0.0..=HIGHEST).contains(price));
        let mut problems: Vec<Problem> = wrong
            .map(|(path, price)| {
                Problem::new(path, format!("`{price}` is not 0 to {HIGHEST} credits"))
            })
            .collect();
        if TimeZone::get(&self.zone).is_err() {
            let message = format!("`{}` is not a time zone such as Europe/Berlin", self.zone);
            problems.push(Problem::new("/zone", message));
        }
        problems
    }

    /// To a thousandth.
    pub fn credits(&self, amount: impl Fn(Meter) -> u64) -> f64 {
        let of = |meter| amount(meter) as f64;
        let credits = self.action * of(Meter::Actions)
            + self.sms_segment * of(Meter::SmsSegments)
            + self.mail * of(Meter::Mails)
            + self.thousand_tokens * (of(Meter::TokensIn) + of(Meter::TokensOut)) / 1_000.0
            + self.call_minute * of(Meter::CallSeconds) / 60.0;
        (credits * 1_000.0).round() / 1_000.0
    }

    /// One that this machine does not know any more counts as UTC.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }
}
