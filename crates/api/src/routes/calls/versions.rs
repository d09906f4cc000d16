//! The analyses of a call beside the one that counts: those that were made here, and what its platform has found. They are read
//! out of the call, and no more of them are shown than it keeps.

use crate::shapes::snapshot::Analysis;
use calls::Call;
use calls::call::{Version, Work};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct AnalysisVersion {
    /// Null for what the platform has found.
    #[schema(required = true)]
    at: Option<Timestamp>,
    /// The run that has made it; null for what the platform has found.
    #[schema(required = true)]
    run_id: Option<String>,
    /// The model's own name, where one was asked.
    #[schema(required = true)]
    model: Option<String>,
    #[schema(required = true)]
    input_tokens: Option<u64>,
    #[schema(required = true)]
    output_tokens: Option<u64>,
    /// In the currency of the connection's prices.
    #[schema(required = true)]
    cost: Option<f64>,
    #[schema(required = true)]
    disposition: Option<String>,
    /// As it was made.
    #[schema(value_type = Analysis)]
    analysis: calls::call::Analysis,
}

impl From<Version> for AnalysisVersion {
    fn from(version: Version) -> Self {
        let Work {
            run_id,
            model,
            input_tokens,
            output_tokens,
            cost,
            ..
        } = version.work;
        Self {
            at: version.at,
            run_id,
            model,
            input_tokens,
            output_tokens,
            cost,
            disposition: version.disposition,
            analysis: version.analysis,
        }
    }
}

/// Newest first, the platform's last; empty where nothing was analysed here.
pub fn of(call: &Call) -> Vec<AnalysisVersion> {
    let theirs = call.of_platform().map(|analysis| Version {
        disposition: call
            .theirs
            .as_ref()
            .and_then(|theirs| theirs.disposition.clone()),
        analysis: analysis.clone(),
        ..Version::default()
    });
    let theirs = theirs.filter(|_| !call.versions.is_empty());
    let ours = call.versions.iter().rev().cloned();
    ours.chain(theirs).map(AnalysisVersion::from).collect()
}
