//! What would happen, as it is shown before it does.

use crate::routes::testing::Report;
use jiff::Timestamp;
use kernel::id::FlowId;
use serde::Serialize;
use utoipa::ToSchema;

/// A moment that messages raise, and what it would start.
#[derive(Debug, Serialize, ToSchema)]
pub struct Foreseen {
    #[schema(value_type = String, example = "call.ended")]
    kind: calls::Kind,
    at: Timestamp,
    /// Somebody waits for an answer.
    asks: bool,
    /// Offered again, now that the outcome is known or its time is up.
    settled: bool,
    /// Raised by a timer: no message tells of it.
    synthetic: bool,
    flows: Vec<ForeseenFlow>,
}

/// A flow that would start.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForeseenFlow {
    #[schema(value_type = String)]
    id: FlowId,
    name: String,
    version: u32,
    /// What a dry test of it shows; null where there are too many flows to try all out.
    #[schema(value_type = Option<Report>, required = true)]
    report: Option<engine::Report>,
}

impl From<engine::Foreseen> for Foreseen {
    fn from(foreseen: engine::Foreseen) -> Self {
        let flows = foreseen.flows.into_iter();
        let flow = |flow: engine::Started| ForeseenFlow {
            id: flow.id,
            name: flow.name,
            version: flow.version,
            report: flow.report,
        };
        Self {
            kind: foreseen.kind,
            at: foreseen.at,
            asks: foreseen.kind.asks(),
            settled: foreseen.settled,
            synthetic: foreseen.synthetic,
            flows: flows.map(flow).collect(),
        }
    }
}
