//! What a run that has failed raises: the event that starts the flows which watch others. A run of such a flow raises none,
//! whatever becomes of it, so that no failure can start a circle; nor does a part of another run, which tells that one.

use super::{Failure, Run, Status};
use crate::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// An event about a run or its flow, to be matched in the transaction that it came of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Raise {
    pub kind: String,
    /// Its variables beside those of the event that the run began with: `error`, `failed`, …
    pub said: Map<String, Value>,
}

/// What is raised by a run of this flow that has ended; `watches`: the flow watches others.
pub fn raised(run: &Run, watches: bool, flow_id: &str, flow_name: &str) -> Option<Raise> {
    if run.status != Status::Failed || run.parent.is_some() || watches {
        return None;
    }
    Some(Raise {
        kind: crate::flow::RUN_FAILED.to_owned(),
        said: said(run, flow_id, flow_name),
    })
}

/// `error` and `failed` of a run that has failed.
pub fn said(run: &Run, flow_id: &str, flow_name: &str) -> Map<String, Value> {
    let started = Timestamp::from_millisecond(run.id.unix_ms() as i64).unwrap_or(Timestamp::MAX);
    let failed = json!({
        "run_id": run.id.to_string(), "flow_id": flow_id, "flow_name": flow_name,
        "started_at": started.to_string(), "attempts": run.failed_attempt.max(1),
    });
    let error = run.failure.as_ref().map_or(Value::Null, error);
    Map::from_iter([("error".to_owned(), error), ("failed".to_owned(), failed)])
}

fn error(failure: &Failure) -> Value {
    let Failure {
        code,
        message,
        step,
        status,
        ..
    } = failure;
    json!({ "code": code, "message": message, "step": step, "status": status })
}
