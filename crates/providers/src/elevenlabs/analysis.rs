//! ElevenLabs' own analysis: collected data are outcomes, evaluation criteria are answers.

use crate::field;
use calls::call::Analysis;
use serde_json::{Map, Value};

pub fn read(data: &Value) -> Option<Analysis> {
    let told = &data["analysis"];
    let analysis = Analysis {
        summary: field::text(told, &["/transcript_summary"]),
        success: match told["call_successful"].as_str() {
            Some("success") => Some(true),
            Some("failure") => Some(false),
            _ => None,
        },
        structured: each(told, "/data_collection_results", "value"),
        answers: each(told, "/evaluation_criteria_results", "result"),
        ..Analysis::default()
    };
    (!analysis.is_empty()).then_some(analysis)
}

fn each(told: &Value, pointer: &str, member: &str) -> Map<String, Value> {
    let results = field::object(told, &[pointer]).into_iter().flatten();
    results
        .map(|(id, result)| (id.clone(), result[member].clone()))
        .collect()
}
