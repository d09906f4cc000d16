//! Insights of a conversation: what is an object becomes outcomes by its own names, what is text an outcome by the insight's id.
//! The first text is the summary.

use crate::field;
use calls::call::Analysis;
use serde_json::Value;

pub fn read(payload: &Value) -> Option<Analysis> {
    let mut analysis = Analysis::default();
    for insight in field::list(payload, &["/results"]) {
        match &insight["result"] {
            Value::Null => {}
            Value::Object(values) => analysis.structured.extend(values.clone()),
            value => {
                let id = field::text(insight, &["/insight_id", "/name"]);
                if let (None, Value::String(text)) = (&analysis.summary, value) {
                    analysis.summary = Some(text.clone());
                }
                if let Some(id) = id {
                    analysis.structured.insert(id, value.clone());
                }
            }
        }
    }
    (!analysis.is_empty()).then_some(analysis)
}
