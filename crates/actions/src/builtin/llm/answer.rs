//! What an answer is worth: text or a value that fits, or why it is neither; and what was used for it.

use super::input::Question;
use super::target::Target;
use crate::failure::{Code, Fault};
use kernel::usage::{Meter, Used};
use models::{Answer, Stop, Usage, value_in};
use serde_json::{Map, Value, json};

/// A value that no step could keep is not looked at.
const LARGEST: usize = 256 << 10;

/// What was used for a step so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spent {
    pub(super) usage: Usage,
    pub(super) requests: u32,
    cost: Option<f64>,
}

impl Spent {
    pub(super) fn add(&mut self, usage: Usage, target: &Target<'_>) {
        self.requests += 1;
        self.usage = self.usage.and(usage);
        let cost = target.cost(usage);
        self.cost = match (self.cost, cost) {
            (Some(before), Some(more)) => Some(((before + more) * 1e9).round() / 1e9),
            (one, other) => one.or(other),
        };
    }

    /// The same, to be counted.
    pub(super) fn used(&self) -> Used {
        let micros = self
            .cost
            .map_or(0, |dollars| (dollars * 1e6).round() as u64);
        Used::new(Meter::TokensIn, self.usage.input.unwrap_or(0))
            .and(Meter::TokensOut, self.usage.output.unwrap_or(0))
            .and(Meter::ModelCost, micros)
    }

    pub(super) fn told(&self) -> Value {
        let mut told = json!({ "input_tokens": self.usage.input, "output_tokens": self.usage.output, "requests": self.requests });
        if let Some(cost) = self.cost {
            told["cost"] = cost.into();
        }
        told
    }
}

/// What later steps see beside the answer itself.
pub(super) fn about(
    answer: &Answer,
    target: &Target<'_>,
    spent: &Spent,
    repaired: bool,
) -> Map<String, Value> {
    let model = answer.model.as_deref().unwrap_or(target.model);
    let about = json!({
        "model": model, "usage": spent.told(), "stop_reason": answer.stop.word(), "repaired": repaired, "fallback": false,
    });
    match about {
        Value::Object(about) => about,
        _ => Map::new(),
    }
}

pub(super) enum Verdict {
    /// `text` or `value`, and what it is.
    Good(&'static str, Value),
    /// The model may mend it, told what is wrong.
    Mend(Vec<String>),
    Bad(Fault),
}

pub(super) fn judge(answer: &Answer, question: &Question) -> Verdict {
    match &answer.stop {
        Stop::Refused(why) => {
            let why: String = why.chars().take(500).collect();
            let message = match why.is_empty() {
                true => "the model refuses to answer".to_owned(),
                false => format!("the model refuses to answer: {why}"),
            };
            return Verdict::Bad(Code::ModelRefused.because(message));
        }
        Stop::Length => {
            let limit = question
                .max_tokens
                .map_or_else(String::new, |most| format!("{most} "));
            let message = format!(
                "the answer was cut off at the limit of {limit}tokens: raise `max_tokens`, or ask for less"
            );
            return Verdict::Bad(Code::ModelTruncated.because(message));
        }
        Stop::End | Stop::Other(_) => {}
    }
    let Some(schema) = &question.schema else {
        return match answer.text.trim().is_empty() {
            true => Verdict::Bad(Code::ModelAnswer.because("the model answered nothing")),
            false => Verdict::Good("text", answer.text.as_str().into()),
        };
    };
    let value = answer.value.clone().or_else(|| value_in(&answer.text));
    let Some(value) = value else {
        return Verdict::Mend(vec!["it holds no JSON value that can be read".into()]);
    };
    let size = value.to_string().len();
    if size > LARGEST {
        let message = format!("the answer has {size} bytes of JSON; a step keeps {LARGEST}");
        return Verdict::Bad(Code::OutputTooLarge.because(message));
    }
    match schema.take(value) {
        Ok(value) => Verdict::Good("value", value),
        Err(faults) => Verdict::Mend(faults),
    }
}
