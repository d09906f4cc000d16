//! What was counted, as answers show it.

use crate::params::Params;
use engine::trends::{Figures, Stretch};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kernel::timeline::Step;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Figures)]
pub struct FiguresOut {
    /// Events that came in.
    events: u64,
    /// Calls heard of for the first time.
    calls: u64,
    runs: RunFigures,
    latency: Latency,
}

/// Runs of flows; parts of others and replays are among them.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunFigures {
    /// Begun in this time.
    begun: u64,
    /// Ended in this time, whenever they began.
    succeeded: u64,
    failed: u64,
}

/// How soon the first action of a run was done after what the run answers: the end of the call where the platform says when that
/// was, else the arrival of the event. Estimated from a histogram, so that it may be wrong by as much as a part of that is wide.
#[derive(Debug, Serialize, ToSchema)]
pub struct Latency {
    /// How often it was measured.
    count: u64,
    /// Half of them took no longer; null: nothing was measured.
    #[schema(required = true)]
    p50_ms: Option<u64>,
    /// 95 of 100 took no longer.
    #[schema(required = true)]
    p95_ms: Option<u64>,
}

impl From<&Figures> for FiguresOut {
    fn from(figures: &Figures) -> Self {
        let ms = |share| figures.latency(share).map(in_ms);
        Self {
            events: figures.events,
            calls: figures.calls,
            runs: RunFigures {
                begun: figures.begun,
                succeeded: figures.succeeded,
                failed: figures.failed,
            },
            latency: Latency {
                count: figures.measured(),
                p50_ms: ms(0.5),
                p95_ms: ms(0.95),
            },
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TimelineStep)]
pub enum StepOut {
    Hour,
    SixHours,
    Day,
    /// One part.
    Whole,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct Parts {
    /// The first part is the one that it falls into; a day before `to` unless given.
    from: Option<Timestamp>,
    /// Now unless given; at most 92 days after `from`.
    to: Option<Timestamp>,
    /// `hour` unless given; at most 800 parts.
    step: Option<StepOut>,
    /// Whose days are meant; UTC unless given.
    #[param(example = "Europe/Berlin")]
    zone: Option<String>,
}

impl Parts {
    pub fn read(params: &mut Params, now: Timestamp) -> (Stretch, StepOut) {
        let (from, to) = stretch(params, now);
        let mut steps = params.words::<StepOut>("step");
        if steps.len() > 1 {
            params.refuse("step", "is given more than once");
        }
        let step = steps.pop().unwrap_or(StepOut::Hour);
        let zone = params.text("zone");
        let zone = zone.and_then(|name| match TimeZone::get(&name) {
            Ok(zone) => Some(zone),
            Err(_) => {
                let message = format!("`{name}` is no time zone such as Europe/Berlin");
                params.refuse("zone", message);
                None
            }
        });
        let stretch = Stretch {
            from,
            to,
            step: match step {
                StepOut::Hour => Step::Hour,
                StepOut::SixHours => Step::SixHours,
                StepOut::Day => Step::Day,
                StepOut::Whole => Step::Whole,
            },
            zone: zone.unwrap_or(TimeZone::UTC),
        };
        (stretch, step)
    }
}

/// Takes `from` and `to`: the day until now unless given.
pub fn stretch(params: &mut Params, now: Timestamp) -> (Timestamp, Timestamp) {
    let to = params.time("to").unwrap_or(now);
    let day = SignedDuration::from_hours(24);
    let from = params.time("from");
    let from = from.unwrap_or_else(|| to.saturating_sub(day).unwrap_or(Timestamp::MIN));
    (from, to)
}

pub fn in_ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
