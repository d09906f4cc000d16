//! A destination on the wire.

use crate::errors::{Code, Error, Result};
use crate::routes::stats::figures::in_ms;
use engine::gates::{self, RateSetting, Setting};
use jiff::Timestamp;
use kernel::Problem;
use kernel::id::RunId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is left out is not limited.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DestinationIn {
    pub rate: Option<RateIn>,
    /// How many calls at once, on all nodes together (at least one on each).
    #[schema(minimum = 1, maximum = 10000)]
    pub max_concurrent: Option<u32>,
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub note: String,
}

/// Either `per_s`, or `count` and `period_s`.
#[derive(Debug, Default, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RateIn {
    /// So many a second; may be less than one.
    #[schema(example = 20.0, maximum = 10000)]
    pub per_s: Option<f64>,
    #[schema(minimum = 1)]
    pub count: Option<u32>,
    #[schema(minimum = 0.001, maximum = 86400)]
    pub period_s: Option<f64>,
    /// So many at once after a rest; unless given as many as a second allows, at least one.
    #[schema(minimum = 1, maximum = 100000)]
    pub burst: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Destination {
    /// `host:port`, or the name of an action without a host.
    #[schema(example = "api.crm.example:443")]
    pub name: String,
    pub state: State,
    /// Since when it is in this state; null while it is closed.
    #[schema(required = true)]
    pub since: Option<Timestamp>,
    /// When an open breaker lets the next call through.
    #[schema(required = true)]
    pub next_probe_at: Option<Timestamp>,
    /// The first failure after which nothing has succeeded.
    #[schema(required = true)]
    pub failing_since: Option<Timestamp>,
    /// Runs that are ready and wait for their turn.
    pub waiting: u64,
    #[schema(required = true)]
    pub last_failure: Option<LastFailure>,
    pub recent: Recent,
    /// In the last 24 whole hours, and so far in this one.
    pub last_day: Attempts,
    /// The run that tries again soonest, of the 500 newest that wait.
    #[schema(required = true)]
    pub next_retry: Option<NextRetry>,
    #[schema(required = true)]
    pub rate: Option<Rate>,
    #[schema(required = true)]
    pub max_concurrent: Option<u32>,
    pub note: String,
    /// Of its settings, also the `ETag`; 0 while it has none.
    pub version: u32,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DestinationState)]
pub enum State {
    /// All is well: calls go out as they come.
    Closed,
    /// It failed so often in a row that nothing is sent until the next probe.
    Open,
    /// One call probes; after a success more and more go out at once.
    HalfOpen,
    /// Its rate is used up, or it asked for a pause (`Retry-After`).
    Limited,
    /// Somebody holds it back.
    Paused,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LastFailure {
    at: Timestamp,
    #[schema(example = "http_status")]
    code: String,
    message: String,
    #[schema(value_type = String)]
    run_id: RunId,
}

/// How calls went over the last five to ten minutes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recent {
    succeeded: u64,
    failed: u64,
}

/// How attempts went: what was answered with an error, or not at all, has failed; what never left is none.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DestinationAttempts)]
pub struct Attempts {
    succeeded: u64,
    failed: u64,
    /// Half of those that succeeded took no longer, estimated from a histogram; null: none did.
    #[schema(required = true)]
    p50_ms: Option<u64>,
    /// 95 of 100 took no longer.
    #[schema(required = true)]
    p95_ms: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NextRetry {
    at: Timestamp,
    #[schema(value_type = String)]
    run_id: RunId,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DestinationRate)]
pub struct Rate {
    count: u32,
    period_s: f64,
    burst: u32,
}

impl DestinationIn {
    pub fn setting(self) -> Result<Setting> {
        Ok(Setting {
            rate: self.rate.map(RateIn::setting).transpose()?,
            max_concurrent: self.max_concurrent,
            note: self.note,
            ..Setting::default()
        })
    }
}

impl RateIn {
    fn setting(self) -> Result<RateSetting> {
        let wrong = |path: &str, message: &str| {
            Err(Error::invalid(
                Code::InvalidRequest,
                vec![Problem::new(path, message)],
            ))
        };
        let (count, period_s) = match (self.per_s, self.count, self.period_s) {
            (Some(per_s), None, None) if per_s > 0.0 && per_s.is_finite() => {
                match per_s.fract() == 0.0 && per_s <= f64::from(u32::MAX) {
                    true => (per_s as u32, 1.0),
                    false => (1, 1.0 / per_s),
                }
            }
            (Some(_), None, None) => {
                return wrong(
                    "/rate/per_s",
                    "must be more than 0; to hold everything back, pause the destination",
                );
            }
            (None, Some(count), Some(period_s)) => (count, period_s),
            _ => return wrong("/rate", "give either `per_s`, or `count` and `period_s`"),
        };
        let a_second = (f64::from(count) / period_s.max(f64::MIN_POSITIVE)).clamp(1.0, 100_000.0);
        Ok(RateSetting {
            count,
            period_s,
            burst: self.burst.unwrap_or(a_second as u32),
        })
    }
}

impl From<gates::Destination> for Destination {
    fn from(known: gates::Destination) -> Self {
        let setting = known.setting.unwrap_or_default();
        let rate = setting.rate.map(|rate| Rate {
            count: rate.count,
            period_s: rate.period_s,
            burst: rate.burst,
        });
        let last_failure = known.last_failure.map(|failure| LastFailure {
            at: failure.at,
            code: failure.code,
            message: failure.message,
            run_id: failure.run,
        });
        Self {
            name: known.name.to_string(),
            state: known.state.into(),
            since: known.since,
            next_probe_at: known.next_probe_at,
            failing_since: known.failing_since,
            waiting: known.waiting,
            last_failure,
            recent: Recent {
                succeeded: known.succeeded,
                failed: known.failed,
            },
            last_day: (&known.last_day).into(),
            next_retry: known.next_retry.map(|retry| NextRetry {
                at: retry.at,
                run_id: retry.run,
            }),
            rate,
            max_concurrent: setting.max_concurrent,
            note: setting.note,
            version: setting.version,
        }
    }
}

impl From<&kernel::usage::Attempts> for Attempts {
    fn from(attempts: &kernel::usage::Attempts) -> Self {
        let ms = |share| attempts.time(share).map(in_ms);
        Self {
            succeeded: attempts.succeeded(),
            failed: attempts.failed,
            p50_ms: ms(0.5),
            p95_ms: ms(0.95),
        }
    }
}

impl From<kernel::gate::State> for State {
    fn from(state: kernel::gate::State) -> Self {
        match state {
            kernel::gate::State::Closed => State::Closed,
            kernel::gate::State::Open => State::Open,
            kernel::gate::State::HalfOpen => State::HalfOpen,
            kernel::gate::State::Limited => State::Limited,
            kernel::gate::State::Paused => State::Paused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn rate(given: Value) -> std::result::Result<(u32, f64, u32), String> {
        let given: RateIn = serde_json::from_value(given).unwrap();
        let rate = given
            .setting()
            .map_err(|error| error.errors[0].path.clone())?;
        Ok((rate.count, rate.period_s, rate.burst))
    }

    #[test]
    fn a_rate_is_a_second_or_a_period() {
        assert_eq!(rate(json!({"per_s": 20, "burst": 5})), Ok((20, 1.0, 5)));
        assert_eq!(rate(json!({"per_s": 0.5})), Ok((1, 2.0, 1)));
        assert_eq!(
            rate(json!({"count": 600, "period_s": 60})),
            Ok((600, 60.0, 10))
        );
        for wrong in [json!({"per_s": 0}), json!({"per_s": -1})] {
            assert_eq!(rate(wrong), Err("/rate/per_s".into()));
        }
        for wrong in [
            json!({}),
            json!({"per_s": 1, "count": 1}),
            json!({"count": 1}),
            json!({"burst": 1}),
        ] {
            assert_eq!(rate(wrong), Err("/rate".into()));
        }
    }
}
