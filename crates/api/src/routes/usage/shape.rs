//! Usage on the wire.

use engine::usage::{Amounts, Line};
use jiff::Timestamp;
use kernel::id::FlowId;
use kernel::usage::{LATENCIES, Meter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What has a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UsageBy)]
pub enum By {
    Total,
    Hour,
    Day,
    Agent,
    Flow,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Usage)]
pub struct Usage {
    pub from: Timestamp,
    pub to: Timestamp,
    /// In which days are counted.
    pub zone: String,
    pub by: By,
    pub data: Vec<LineOut>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsageLine)]
pub struct LineOut {
    /// When the hour or the day began.
    #[schema(required = true)]
    at: Option<Timestamp>,
    /// As calls list it; by agent, null: of calls without one.
    #[schema(required = true)]
    agent: Option<String>,
    /// By flow, null: what belongs to no flow, such as calls.
    #[schema(value_type = Option<String>, required = true)]
    flow_id: Option<FlowId>,
    /// Null where it was deleted.
    #[schema(required = true)]
    flow_name: Option<String>,
    credits: f64,
    #[serde(flatten)]
    amounts: AmountsOut,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsageAmounts)]
pub struct AmountsOut {
    /// Moments of calls that were told to flows.
    events: u64,
    calls_begun: u64,
    calls_ended: u64,
    /// Of calls that ended: their talk, or their duration where no talk is known.
    call_seconds: u64,
    /// Children and replays among them.
    runs_begun: u64,
    runs_succeeded: u64,
    runs_failed: u64,
    /// Calls to the world that did what they should.
    actions: u64,
    sms_segments: u64,
    /// By receivers.
    mails: u64,
    tokens_in: u64,
    tokens_out: u64,
    /// In dollars, where the prices of models are known.
    model_cost: f64,
    /// First actions of runs, by how long after what they answer they were done.
    latency: Vec<Latency>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsageLatency)]
pub struct Latency {
    /// And longer than that of the one before; null: longer than all.
    #[schema(required = true)]
    within_ms: Option<u64>,
    count: u64,
}

impl From<&Amounts> for AmountsOut {
    fn from(amounts: &Amounts) -> Self {
        let of = |meter| amounts.of(meter);
        let latency = LATENCIES.iter().map(|(within, meter)| Latency {
            within_ms: (*within < u64::MAX).then_some(*within),
            count: of(*meter),
        });
        Self {
            events: of(Meter::Events),
            calls_begun: of(Meter::CallsBegun),
            calls_ended: of(Meter::CallsEnded),
            call_seconds: of(Meter::CallSeconds),
            runs_begun: of(Meter::RunsBegun),
            runs_succeeded: of(Meter::RunsSucceeded),
            runs_failed: of(Meter::RunsFailed),
            actions: of(Meter::Actions),
            sms_segments: of(Meter::SmsSegments),
            mails: of(Meter::Mails),
            tokens_in: of(Meter::TokensIn),
            tokens_out: of(Meter::TokensOut),
            model_cost: of(Meter::ModelCost) as f64 / 1e6,
            latency: latency.collect(),
        }
    }
}

impl From<Line> for LineOut {
    fn from(line: Line) -> Self {
        Self {
            at: line.at,
            agent: line.agent,
            flow_id: line.flow,
            flow_name: line.flow_name,
            credits: line.credits,
            amounts: AmountsOut::from(&line.amounts),
        }
    }
}
