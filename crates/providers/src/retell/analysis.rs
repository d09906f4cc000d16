//! Retell's own analysis of a call.

use crate::field;
use calls::call::Analysis;
use serde_json::Value;

pub fn read(call: &Value) -> Option<Analysis> {
    let told = &call["call_analysis"];
    let analysis = Analysis {
        summary: field::text(told, &["/call_summary"]),
        success: told["call_successful"].as_bool(),
        sentiment: field::text(told, &["/user_sentiment"]).filter(|word| word != "Unknown"),
        structured: field::object(told, &["/custom_analysis_data"])
            .cloned()
            .unwrap_or_default(),
        ..Analysis::default()
    };
    (!analysis.is_empty()).then_some(analysis)
}
