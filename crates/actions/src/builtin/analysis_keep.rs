//! `analysis.keep`: what a flow has found out about its call, as an analysis. This only says what it is; the engine keeps it
//! once the step is done, so that a test keeps nothing.

use super::input::{given, text};
use super::{Action, Call, Done};
use crate::describe::{FieldWords, Input, Words};
use crate::failure::{Code, Fault};
use calls::call::{Analysis, Work};
use kernel::Problem;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::Output;
use kernel::usage::Used;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// Values, answers and quotes each.
const MOST: usize = 500;
const LONGEST_WHY: usize = 1_000;

pub(super) struct AnalysisKeep(ActionSpec);

impl AnalysisKeep {
    pub(super) fn new() -> Self {
        Self(ActionSpec {
            name: "analysis.keep",
            fields: vec![
                Field {
                    name: "analysis",
                    place: Place::Json,
                    required: false,
                    secrets: false,
                    help: "what `llm.extract` gives, or an object of your own with any of outcome, answers, disposition, sentiment and evidence",
                },
                Field {
                    name: "failed",
                    place: Place::Text,
                    required: false,
                    secrets: false,
                    help: "instead of an analysis: why there is none; what is known of the call stays",
                },
            ],
            retry: Retry {
                attempts: 10,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(1),
                    factor: 2.0,
                    max: Duration::from_secs(60),
                },
            },
            timeout: Duration::from_secs(10),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects::default(),
            complete,
        })
    }
}

#[async_trait::async_trait]
impl Action for AnalysisKeep {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        Words {
            label: "Keep as the call's analysis",
            description: "Makes values the outcome of the call: flows that wait for an analysis start then. A test keeps nothing.",
            fields: vec![
                FieldWords::new("analysis", "Analysis", Input::Json, "{{ read }}")
                    .one_of("What is kept"),
                FieldWords::new(
                    "failed",
                    "Why there is none",
                    Input::Text,
                    "The model refused.",
                )
                .one_of("What is kept"),
            ],
            sample_answer: json!({
                "disposition": "Interested",
                "analysis": { "summary": "Ada needs 25 seats.", "success": true, "structured": { "seats": 25 },
                    "evidence": { "seats": { "quote": "about twenty-five", "turn": 1 } }, "by": "model" },
                "work": { "model": "gpt-5-mini-2025-08-07", "input_tokens": 1_234, "output_tokens": 156, "cost": 0.000_62 }
            }),
        }
    }

    /// Nowhere.
    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    fn is_pure(&self) -> bool {
        true
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        match read(&call.perform.with) {
            Ok(body) => Done {
                result: Ok(Output {
                    body,
                    ..Output::default()
                }),
                exchange: None,
                used: Used::default(),
            },
            Err(fault) => fault.into(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Found {
    outcome: Map<String, Value>,
    answers: Map<String, Value>,
    disposition: Option<String>,
    sentiment: Option<String>,
    evidence: Map<String, Value>,
    missing: Vec<String>,
    by: Option<String>,
    model: Option<String>,
    usage: Usage,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Usage {
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    cost: Option<f64>,
}

/// One of the two is given.
fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    match (given(with, "analysis"), given(with, "failed")) {
        (None, None) => vec![Problem::new(
            "/analysis",
            "is missing: give what was found out, or `failed` with why nothing was",
        )],
        (Some(_), Some(_)) => vec![Problem::new(
            "/failed",
            "stands beside `analysis`: give one of the two",
        )],
        _ => Vec::new(),
    }
}

/// `disposition` and `analysis` as a call has them.
fn read(with: &Map<String, Value>) -> Result<Value, Fault> {
    let bad = |message: String| Code::BadInput.because(message);
    if let Some(why) = given(with, "failed").map(text) {
        let failed: String = why.chars().take(LONGEST_WHY).collect();
        return Ok(json!({ "work": Work { failed: Some(failed), ..Work::default() } }));
    }
    let given = given(with, "analysis").unwrap_or(&Value::Null);
    if !given.is_object() {
        return Err(bad(
            "`analysis` is an object with `outcome`, `answers` and the like".into(),
        ));
    }
    let found: Found = serde_json::from_value(given.clone())
        .map_err(|error| bad(format!("`analysis` is none: {error}")))?;
    for (name, count) in [
        ("outcome", found.outcome.len()),
        ("answers", found.answers.len()),
        ("evidence", found.evidence.len()),
        ("missing", found.missing.len()),
    ] {
        if count > MOST {
            return Err(bad(format!(
                "`analysis.{name}` has {count} entries; at most {MOST} are kept"
            )));
        }
    }
    let mut structured = found.outcome;
    let success = structured.shift_remove("status");
    let success = success.as_ref().and_then(Value::as_bool);
    let summary = structured.shift_remove("summary");
    let summary = summary.as_ref().and_then(Value::as_str).map(str::to_owned);
    let analysis = Analysis {
        summary,
        success,
        sentiment: found.sentiment,
        structured,
        answers: found.answers,
        evidence: found.evidence,
        missing: found.missing,
        by: Some(found.by.unwrap_or_else(|| "flow".into())),
        ..Analysis::default()
    };
    let work = Work {
        model: found.model,
        input_tokens: found.usage.input_tokens,
        output_tokens: found.usage.output_tokens,
        cost: found.usage.cost,
        ..Work::default()
    };
    Ok(json!({ "disposition": found.disposition, "analysis": analysis, "work": work }))
}
