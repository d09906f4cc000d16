//! `llm.ask`: a question to a language model, whose answer is text or a value that fits a JSON Schema. What stands in the
//! question, a transcript included, is data to the model and never a template; what comes back is checked here.

mod answer;
mod ask;
mod explain;
pub(super) mod extract;
mod input;
mod target;
pub(crate) mod trial;

use super::{Action, Call, Done};
use crate::connection::model::KINDS;
use crate::describe::{FieldWords, Input, Words};
use crate::failure::Fault;
use crate::trial::SECOND;
use answer::Spent;
use input::MOST_TOKENS;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::Request;
use serde_json::{Map, Value, json};
use std::time::Duration;

pub(super) struct LlmAsk(ActionSpec);

fn field(name: &'static str, place: Place, help: &'static str) -> Field {
    Field {
        name,
        place,
        required: false,
        secrets: false,
        help,
    }
}

impl LlmAsk {
    pub(super) fn new() -> Self {
        Self(ActionSpec {
            name: "llm.ask",
            fields: vec![
                Field {
                    required: true,
                    ..field(
                        "prompt",
                        Place::Text,
                        "the question, with all that it is about",
                    )
                },
                field(
                    "system",
                    Place::Text,
                    "what the model is told about its task",
                ),
                field(
                    "schema",
                    Place::Literal,
                    "a JSON Schema that the answer must fit: the answer is then a value, not text",
                ),
                field("model", Place::Text, "the connection's model unless given"),
                field(
                    "max_tokens",
                    Place::Literal,
                    "the most tokens of the answer; one that is cut off fails the step",
                ),
                field(
                    "temperature",
                    Place::Text,
                    "0 to 2; the model's own unless given",
                ),
                field(
                    "fallback_model",
                    Place::Text,
                    "asked when the first model fails; of the same connection unless another is named",
                ),
                field(
                    SECOND,
                    Place::Literal,
                    "the connection of the model that is asked when the first one fails",
                ),
            ],
            retry: Retry {
                attempts: 5,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(2),
                    factor: 4.0,
                    max: Duration::from_secs(600),
                },
            },
            timeout: Duration::from_secs(60),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects {
                kinds: &KINDS,
                required: true,
            },
            complete: input::complete,
        })
    }
}

#[async_trait::async_trait]
impl Action for LlmAsk {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        let schema = json!({ "type": "object", "properties": { "mood": { "enum": ["happy", "angry", "neither"] } },
                             "required": ["mood"] });
        Words {
            label: "Ask a language model",
            description: "Asks a language model about the call: for a text, or for a value of a fixed shape.",
            fields: vec![
                FieldWords::new(
                    "prompt",
                    "Question",
                    Input::LongText,
                    "How does the customer feel?\n\n{{ transcript }}",
                ),
                FieldWords::new(
                    "system",
                    "Task",
                    Input::LongText,
                    "You read calls of a shop. Answer from the transcript alone.",
                ),
                FieldWords::new("schema", "Shape of the answer", Input::Json, schema),
                FieldWords::new("model", "Model", Input::Text, "gpt-5-mini"),
                FieldWords::new(
                    "max_tokens",
                    "Most tokens",
                    Input::Number(MOST_TOKENS),
                    1_000,
                ),
                FieldWords::new("temperature", "Temperature", Input::Text, "0.2"),
                FieldWords::new("fallback_model", "If it fails, ask", Input::Text, "gpt-5"),
                FieldWords::new(SECOND, "If it fails, through", Input::Text, "Claude"),
            ],
            sample_answer: json!({
                "value": { "mood": "happy" }, "model": "gpt-5-mini-2025-08-07",
                "usage": { "input_tokens": 1_234, "output_tokens": 56, "requests": 1, "cost": 0.000_42 },
                "stop_reason": "end", "repaired": false, "fallback": false
            }),
        }
    }

    /// The connection decides.
    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        match input::read(&call.perform.with) {
            Ok(question) => {
                let mut spent = Spent::default();
                let done = ask::put(&question, &mut spent, call).await;
                Done {
                    used: spent.used(),
                    ..done
                }
            }
            Err(fault) => fault.into(),
        }
    }

    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        ask::preview(&input::read(&call.perform.with)?, call)
    }
}
