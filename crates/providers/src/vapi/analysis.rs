//! Vapi's own analysis of a call: summary, success and structured data in their older and newer places.
//! Success is only said where the rubric leaves no doubt: a mark out of ten is nobody's yes or no, and is kept as `success_evaluation`.

use crate::field;
use calls::call::Analysis;
use serde_json::{Map, Value};

/// The analysis, `None` where it has no content, and the disposition where the structured data names one.
pub fn read(body: &Value) -> (Option<Analysis>, Option<String>) {
    let evaluation = field::text(
        body,
        &[
            "/analysis/successEvaluation",
            "/call/analysis/successEvaluation",
        ],
    );
    let success = evaluation.as_deref().and_then(success);
    let mut structured = structured(body);
    if let (Some(mark), None) = (evaluation, success) {
        structured
            .entry("success_evaluation")
            .or_insert(mark.into());
    }
    let disposition = match structured.get("disposition") {
        Some(Value::String(name)) if !name.trim().is_empty() => Some(name.trim().to_owned()),
        _ => None,
    };
    let analysis = Analysis {
        summary: field::text(
            body,
            &[
                "/analysis/summary",
                "/call/analysis/summary",
                "/summary",
                "/call/summary",
            ],
        ),
        success,
        sentiment: match structured.get("sentiment") {
            Some(Value::String(sentiment)) => Some(sentiment.clone()),
            _ => None,
        },
        structured,
        ..Analysis::default()
    };
    let analysis = (analysis != Analysis::default()).then_some(analysis);
    (analysis, disposition)
}

fn success(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "pass" | "passed" | "yes" | "success" | "successful" => Some(true),
        "false" | "fail" | "failed" | "no" | "failure" | "unsuccessful" => Some(false),
        _ => None,
    }
}

/// One object of all that was extracted; where two places have the same name the first counts.
fn structured(body: &Value) -> Map<String, Value> {
    let mut merged = Map::new();
    let mut add = |name: &str, value: &Value| {
        if !merged.contains_key(name) {
            merged.insert(name.into(), value.clone());
        }
    };
    match body
        .pointer("/analysis/structuredData")
        .or(body.pointer("/call/analysis/structuredData"))
    {
        Some(Value::Object(data)) => data.iter().for_each(|(name, value)| add(name, value)),
        Some(Value::Null) | None => {}
        Some(other) => add("data", other),
    }
    let outputs = field::object(
        body,
        &[
            "/artifact/structuredOutputs",
            "/call/artifact/structuredOutputs",
        ],
    );
    for (id, output) in outputs.into_iter().flatten() {
        let name = field::text(output, &["/name"]).unwrap_or_else(|| id.clone());
        add(&name, output.pointer("/result").unwrap_or(&Value::Null));
    }
    let several = [
        "/analysis/structuredDataMulti",
        "/call/analysis/structuredDataMulti",
    ];
    for data in field::list(body, &several)
        .iter()
        .filter_map(Value::as_object)
    {
        data.iter().for_each(|(name, value)| add(name, value));
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn success_is_only_said_where_it_is_certain() {
        let judged = |value: Value| {
            let body = json!({"analysis": {"summary": "s", "successEvaluation": value}});
            read(&body).0.unwrap().success
        };
        for yes in [json!("true"), json!("Pass"), json!(true)] {
            assert_eq!(judged(yes), Some(true));
        }
        for no in [json!("false"), json!("Fail"), json!(false)] {
            assert_eq!(judged(no), Some(false));
        }
        for doubtful in [
            json!("8"),
            json!(10),
            json!("Good"),
            json!("70%"),
            json!(null),
            json!([]),
        ] {
            assert_eq!(judged(doubtful), None);
        }
        let mark = json!({"analysis": {"successEvaluation": "8"}});
        assert_eq!(read(&mark).0.unwrap().structured["success_evaluation"], "8");
    }

    #[test]
    fn structured_data_is_gathered_from_its_three_places() {
        let body = json!({
            "analysis": {"structuredData": {"budget": 5, "disposition": " Call later "}, "structuredDataMulti": [{"a": 1}, 7, {"budget": 9}]},
            "artifact": {"structuredOutputs": {"id-1": {"name": "csat", "result": 4}, "id-2": {"result": true}, "id-3": "odd"}}
        });
        let (analysis, disposition) = read(&body);
        let expected = json!({"budget": 5, "disposition": " Call later ", "csat": 4, "id-2": true, "id-3": null, "a": 1});
        assert_eq!(Value::Object(analysis.unwrap().structured), expected);
        assert_eq!(disposition.as_deref(), Some("Call later"));
    }

    #[test]
    fn an_analysis_without_content_is_none() {
        for body in [
            json!({}),
            json!({"analysis": {}}),
            json!({"analysis": {"summary": "", "structuredData": {}, "successEvaluation": null}}),
        ] {
            assert_eq!(read(&body), (None, None));
        }
    }
}
