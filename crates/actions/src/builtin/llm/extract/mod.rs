//! `llm.extract`: typed values out of a call's transcript, by a model or, without a connection, by rules. What a platform has
//! found itself is mapped where it is given. The values are `extract`'s; this puts the questions.

mod job;

use super::answer::Spent;
use super::ask;
use super::input::{MOST_TOKENS, Question};
use super::{Action, Call, Done, field};
use crate::connection::model::KINDS;
use crate::describe::{FieldWords, Input, Words};
use crate::failure::{Code, Fault};
use crate::trial::SECOND;
use ::extract::{Extracted, Form, Part, Wanted, by_rules, filled};
use job::{FILL, Job};
use kernel::flow::{ActionSpec, Connects, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::{Output, Request};
use kernel::usage::Used;
use models::Schema;
use serde_json::{Map, Value, json};
use std::time::Duration;
use tokio::time::timeout_at;

pub(crate) struct LlmExtract(ActionSpec);

impl LlmExtract {
    pub(crate) fn new() -> Self {
        let literal = |name, help| field(name, Place::Literal, help);
        Self(ActionSpec {
            name: "llm.extract",
            fields: vec![
                literal(
                    "variables",
                    "a list of {name, type, description, required, choices}: text, number, boolean, date, time, email, phone, money, choice or list",
                ),
                literal("questions", "a list of {question, type, choices}"),
                literal(
                    "dispositions",
                    "names beside Interested, Not interested, Call later, DNC, Voicemail and Wrong number",
                ),
                field(
                    "transcript",
                    Place::Json,
                    "a list of {role, text}, or a text with a line `Customer: …` for each; the call's unless given",
                ),
                field(
                    "analysis",
                    Place::Json,
                    "what the platform has found, such as `{{ call.analysis }}`: where it is given it is mapped, and nothing is asked",
                ),
                literal(
                    FILL,
                    "true: what `analysis` leaves out is read out of the transcript",
                ),
                field("task", Place::Text, "what the agent was told, for context"),
                field(
                    "zone",
                    Place::Text,
                    "the time zone in which days and times are meant, such as Europe/Berlin; UTC unless given",
                ),
                field(
                    "said_at",
                    Place::Text,
                    "when the call was, which `tomorrow` is counted from; the event's time unless given",
                ),
                field(
                    "region",
                    Place::Text,
                    "the country of numbers that are said without one, such as DE, or a number of it; the customer's unless given",
                ),
                field("model", Place::Text, "the connection's model unless given"),
                literal("max_tokens", "the most tokens of an answer"),
                field(
                    "fallback_model",
                    Place::Text,
                    "asked when the first model fails; of the same connection unless another is named",
                ),
                literal(
                    SECOND,
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
            timeout: Duration::from_secs(120),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects {
                kinds: &KINDS,
                required: false,
            },
            complete: job::complete,
        })
    }
}

#[async_trait::async_trait]
impl Action for LlmExtract {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        let variables = json!([{ "name": "seats", "type": "number", "description": "How many seats the customer needs", "required": true }]);
        let questions =
            json!([{ "question": "Does the customer decide alone?", "type": "boolean" }]);
        Words {
            label: "Extract from the call",
            description: "Reads values out of the transcript: by a language model, or by simple rules where no connection is named.",
            fields: vec![
                FieldWords::new("variables", "Variables", Input::Json, variables),
                FieldWords::new("questions", "Key questions", Input::Json, questions),
                FieldWords::new(
                    "dispositions",
                    "Dispositions of your own",
                    Input::Json,
                    json!(["Demo booked"]),
                ),
                FieldWords::new(
                    "task",
                    "What the agent was told",
                    Input::LongText,
                    "You sell seats for the winter season.",
                ),
                FieldWords::new("zone", "Time zone", Input::Text, "Europe/Berlin"),
                FieldWords::new("region", "Country of numbers", Input::Text, "DE"),
                FieldWords::new("said_at", "When it was said", Input::Text, "{{ ended_at }}"),
                FieldWords::new(
                    "transcript",
                    "Transcript",
                    Input::Json,
                    "{{ transcript_turns }}",
                ),
                FieldWords::new(
                    "analysis",
                    "Found by the platform",
                    Input::Json,
                    "{{ call.analysis }}",
                ),
                FieldWords::new(FILL, "Read what it leaves out", Input::Json, true),
                FieldWords::new("model", "Model", Input::Text, "gpt-5-mini"),
                FieldWords::new(
                    "max_tokens",
                    "Most tokens",
                    Input::Number(MOST_TOKENS),
                    2_000,
                ),
                FieldWords::new("fallback_model", "If it fails, ask", Input::Text, "gpt-5"),
                FieldWords::new(SECOND, "If it fails, through", Input::Text, "Claude"),
            ],
            sample_answer: json!({
                "outcome": { "status": true, "summary": "Ada needs 25 seats.", "seats": 25 },
                "answers": { "Does the customer decide alone?": null },
                "disposition": "Interested", "sentiment": "positive",
                "evidence": { "seats": { "quote": "about twenty-five", "turn": 1 } },
                "missing": [], "by": "model", "model": "gpt-5-mini-2025-08-07",
                "usage": { "input_tokens": 1_234, "output_tokens": 156, "requests": 1, "cost": 0.000_62 },
                "repaired": false, "fallback": false
            }),
        }
    }

    /// The connection decides.
    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        let job = match job::read(&call.perform.with) {
            Ok(job) => job,
            Err(fault) => return fault.into(),
        };
        let Some(left) = to_ask(&job, call) else {
            return read_here(job, call).await;
        };
        let mut spent = Spent::default();
        let done = ask_model(&job, left, &mut spent, call).await;
        Done {
            used: spent.used(),
            ..done
        }
    }

    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        let job = job::read(&call.perform.with)?;
        let Some(left) = to_ask(&job, call) else {
            let extracted = without_model(&job);
            return Ok(Request {
                method: self.0.name.to_owned(),
                url: String::new(),
                headers: Vec::new(),
                body: Some(call.secrets.shown(&told(&extracted, json!({})).to_string())),
                truncated: false,
            });
        };
        let form = Form::new(left, &job.about, &job.task);
        let (parts, _) = form.parts();
        let part = parts
            .first()
            .ok_or_else(|| Code::BadInput.because("nobody spoke"))?;
        ask::preview(&question(&job, &form, part, None)?, call)
    }
}

/// What a model is asked for; nothing where the platform has found it all, nobody spoke, or there is no model.
fn to_ask<'j>(job: &'j Job, call: &Call<'_>) -> Option<&'j Wanted> {
    let may_ask = call.connection.is_some() && job.about.has_words();
    job.left.as_ref().filter(|_| may_ask)
}

fn without_model(job: &Job) -> Extracted {
    match (&job.left, &job.found) {
        (None, Some(found)) => found.clone(),
        (left, _) => {
            let left = left.as_ref().unwrap_or(&job.wanted);
            all(job, by_rules(left, &job.about))
        }
    }
}

/// What was read, beside what the platform has found.
fn all(job: &Job, read: Extracted) -> Extracted {
    match &job.found {
        Some(found) => filled(&job.wanted, found.clone(), read),
        None => read,
    }
}

/// Long calls take their time, on a thread that serves nobody else.
async fn read_here(job: Job, call: &Call<'_>) -> Done {
    let reading = tokio::task::spawn_blocking(move || without_model(&job));
    let extracted = match timeout_at(call.deadline, reading).await {
        Ok(Ok(extracted)) => extracted,
        Ok(Err(_)) => return Code::BadInput.because("the transcript was not read").into(),
        Err(_) => {
            return Code::Timeout
                .because("the transcript was not read within the time-out: raise `timeout_s`, or ask for less")
                .into();
        }
    };
    let about = json!({ "model": null, "usage": Spent::default().told(), "repaired": false, "fallback": false });
    Done {
        result: Ok(Output {
            body: told(&extracted, about),
            ..Output::default()
        }),
        exchange: None,
        used: Used::default(),
    }
}

async fn ask_model(job: &Job, left: &Wanted, spent: &mut Spent, call: &Call<'_>) -> Done {
    let form = Form::new(left, &job.about, &job.task);
    let (parts, shortened) = form.parts();
    let mut answers: Vec<Value> = Vec::with_capacity(parts.len());
    let mut last = None;
    for part in &parts {
        let before = answers
            .last()
            .and_then(|answer| answer.get("summary")?.as_str());
        let mut done = match question(job, &form, part, before) {
            Ok(question) => ask::put(&question, spent, call).await,
            Err(fault) => return fault.into(),
        };
        match &mut done.result {
            Ok(output) => answers.push(
                output
                    .body
                    .get_mut("value")
                    .map(Value::take)
                    .unwrap_or_default(),
            ),
            Err(_) => return done,
        }
        last = Some(done);
    }
    let Some(mut done) = last else {
        return Code::BadInput.because("nobody spoke").into();
    };
    if let Ok(output) = &mut done.result {
        let about = std::mem::take(&mut output.body);
        let all = all(job, form.take(&answers, shortened));
        output.body = told(&all, about);
    }
    done
}

fn question(
    job: &Job,
    form: &Form<'_>,
    part: &Part,
    before: Option<&str>,
) -> Result<Question, Fault> {
    let schema = Schema::read(&form.schema());
    let schema = schema.map_err(|_| {
        Code::BadInput.because("`variables` and `questions` are too much to ask at once")
    })?;
    Ok(Question {
        system: form.system(),
        prompt: form.question(part, before),
        schema: Some(schema),
        model: job.model.clone(),
        fallback: job.fallback.clone(),
        max_tokens: job.max_tokens,
        temperature: None,
    })
}

/// What later steps see: what was found, and how.
fn told(extracted: &Extracted, about: Value) -> Value {
    let mut told = serde_json::to_value(extracted).unwrap_or_default();
    if let (Some(told), Value::Object(about)) = (told.as_object_mut(), about) {
        let shown = about
            .into_iter()
            .filter(|(name, _)| name != "value" && name != "stop_reason");
        told.extend(shown);
    }
    told
}
