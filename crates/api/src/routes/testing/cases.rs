//! The test cases of a flow's document, run together: which hold, and where the others differ. A document need not be saved.

use super::flows::below_flow;
use super::shape::Report;
use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::Result;
use axum::Json;
use engine::Judged;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowCases {
    /// The document with its `cases`.
    #[schema(value_type = Object)]
    flow: Value,
}

/// What came of the cases.
#[derive(Serialize, ToSchema)]
pub struct CasesReport {
    /// Whether all were run and hold.
    ok: bool,
    /// In the document's order. Together they take at most 10 s: those that were left then are missing.
    #[schema(value_type = Vec<Case>)]
    cases: Vec<Judged>,
}

/// The documented form of `engine::Judged`: it only describes JSON.
#[derive(ToSchema)]
#[schema(as = JudgedCase)]
#[allow(dead_code, reason = "schema only")]
pub struct Case {
    name: String,
    ok: bool,
    differences: Vec<Difference>,
    report: Report,
}

/// One thing that is not as the case expects.
#[derive(ToSchema)]
#[schema(as = CaseDifference)]
#[allow(dead_code, reason = "schema only")]
pub struct Difference {
    /// Where in the document the expectation stands, as a JSON Pointer.
    #[schema(example = "/cases/0/expect/status")]
    path: String,
    /// Null: nothing.
    #[schema(value_type = Value)]
    expected: Value,
    #[schema(value_type = Value)]
    got: Value,
    #[schema(required = false)]
    note: String,
}

/// Run the cases of a flow
///
/// Dry, among the flows, secrets and connections of the workspace. Nothing is stored or sent.
#[utoipa::path(post, path = "/v1/flows/cases", tag = "testing", security(("key" = ["read"])), request_body = FlowCases,
    responses((status = 200, body = CasesReport)))]
pub async fn run_cases(
    caller: Caller<Read>,
    Body(asked): Body<FlowCases>,
) -> Result<Json<CasesReport>> {
    let _room = caller.state.test_room()?;
    let (engine, workspace) = (&caller.state.engine, caller.workspace);
    let below = |refusal| below_flow(refusal, None);
    engine
        .check_flow(workspace, &asked.flow)
        .await
        .map_err(below)?;
    let cases = engine
        .run_cases(workspace, &asked.flow)
        .await
        .map_err(below)?;
    let all = asked.flow["cases"].as_array().map_or(0, Vec::len);
    Ok(Json(CasesReport {
        ok: cases.len() == all && cases.iter().all(|case| case.ok),
        cases,
    }))
}
