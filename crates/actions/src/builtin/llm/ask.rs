//! One question through to its end: asked as the server knows it, mended once where the answer does not fit, and put to the
//! second model where the first one fails. All of it is one attempt of the step.

use super::answer::{Spent, Verdict, about, judge};
use super::explain::{explain, trouble};
use super::input::Question;
use super::target::Target;
use crate::builtin::{Call, Done};
use crate::failure::{Code, Fault};
use kernel::run::{Failure, Output, Request, Retriable};
use models::{Ask, Turn};
use serde_json::Value;
use tokio::time::Instant;

/// Requests of one attempt to one model: ways that the server does not know, the question, its repair.
const MOST_REQUESTS: u32 = 6;
/// How much of an answer that does not fit the model is shown again, in characters.
const SHOWN_AGAIN: usize = 20_000;

pub(super) async fn perform(question: &Question, call: &Call<'_>) -> Done {
    let (first, second) = match targets(question, call) {
        Ok(targets) => targets,
        Err(fault) => return fault.into(),
    };
    let mut spent = Spent::default();
    let Some(second) = second else {
        return ask(question, &first, &mut spent, call.deadline, call).await;
    };
    // Who takes all the time leaves none to the other.
    let now = Instant::now();
    let half = now + call.deadline.saturating_duration_since(now) / 2;
    let done = ask(question, &first, &mut spent, half, call).await;
    let before = match done.result {
        Err(failure) => failure,
        Ok(_) => return done,
    };
    let mut done = ask(question, &second, &mut spent, call.deadline, call).await;
    match &mut done.result {
        Ok(output) => {
            output.body["fallback"] = true.into();
            output.body["fallback_because"] = before.message.into();
        }
        Err(failure) => {
            failure.message = format!("{}; then the fallback: {}", before.message, failure.message);
            if failure.retry == Retriable::No {
                failure.retry = before.retry;
            }
        }
    }
    done
}

pub(super) fn preview(question: &Question, call: &Call<'_>) -> Result<Request, Fault> {
    let (first, _) = targets(question, call)?;
    let turns = [Turn::user(&*question.prompt)];
    let draft = first.draft(&asked(question, &first, &turns), first.manner(), 1, call)?;
    Ok(draft.shown())
}

fn targets<'a>(
    question: &'a Question,
    call: &'a Call<'_>,
) -> Result<(Target<'a>, Option<Target<'a>>), Fault> {
    let connection = call.connection.as_deref().ok_or_else(|| {
        Code::ConnectionMissing.because("there is no connection to a language model")
    })?;
    let first = Target::new(connection, question.model.as_deref())?;
    let fallback = question.fallback.as_deref();
    let second = match (call.second.as_deref(), fallback) {
        (None, None) => None,
        (other, model) => Some(Target::new(other.unwrap_or(connection), model)?),
    };
    Ok((first, second))
}

fn asked<'a>(question: &'a Question, target: &Target<'a>, turns: &'a [Turn]) -> Ask<'a> {
    Ask {
        model: target.model,
        system: &question.system,
        turns,
        schema: question.schema.as_ref(),
        max_tokens: question.max_tokens,
        temperature: question.temperature,
    }
}

async fn ask(
    question: &Question,
    target: &Target<'_>,
    spent: &mut Spent,
    deadline: Instant,
    call: &Call<'_>,
) -> Done {
    let mut turns = vec![Turn::user(&*question.prompt)];
    let mut manner = target.manner();
    let mut repaired = false;
    for number in 1.. {
        let draft = target.draft(&asked(question, target, &turns), manner, number, call);
        let mut done = match draft {
            Ok(draft) => call.http.send_by(deadline, draft, call).await,
            Err(fault) => return fault.into(),
        };
        let output = match &mut done.result {
            Ok(output) => output,
            Err(failure) => {
                let next = trouble(failure).and_then(|(status, trouble)| {
                    manner.after(status, &trouble.message, question.schema.is_some())
                });
                if let Some(next) = next.filter(|_| number < MOST_REQUESTS) {
                    manner = next;
                    continue;
                }
                explain(failure, target);
                return done;
            }
        };
        let answer = match target.dialect.answer(&output.body) {
            Ok(answer) => answer,
            Err(unreadable) => {
                let name = &target.connection.name;
                let message = format!("the answer of `{name}` cannot be read: {}", unreadable.0);
                done.result = Err(Failure {
                    status: output.status,
                    output: Some(std::mem::take(output)),
                    ..Code::BadResponse.because(message).into()
                });
                return done;
            }
        };
        spent.add(answer.usage, target);
        let mut body = about(&answer, target, spent, repaired);
        let fault = match judge(&answer, question) {
            Verdict::Good(name, value) => {
                body.insert(name.to_owned(), value);
                output.body = Value::Object(body);
                return done;
            }
            Verdict::Mend(faults) if !repaired && number < MOST_REQUESTS => {
                repaired = true;
                turns.extend(again(&answer.text, answer.value.as_ref(), &faults));
                continue;
            }
            Verdict::Mend(faults) => {
                let message = format!(
                    "the model's answer does not fit the schema, also when told why: {}",
                    faults.join("; ")
                );
                Code::ModelAnswer.because(message)
            }
            Verdict::Bad(fault) => fault,
        };
        body.insert("text".into(), answer.text.into());
        let output = Output {
            body: Value::Object(body),
            ..std::mem::take(output)
        };
        done.result = Err(Failure {
            status: output.status,
            output: Some(output),
            ..fault.into()
        });
        return done;
    }
    Code::ModelAnswer
        .because("the model was asked too often")
        .into()
}

/// The answer, and what is wrong with it.
fn again(text: &str, value: Option<&Value>, faults: &[String]) -> [Turn; 2] {
    let said = value.map_or_else(|| text.to_owned(), Value::to_string);
    let said: String = match said.trim() {
        "" => "(nothing)".into(),
        said => said.chars().take(SHOWN_AGAIN).collect(),
    };
    let faults: String = faults.iter().map(|fault| format!("\n- {fault}")).collect();
    let wrong = format!(
        "That answer does not fit:{faults}\nAnswer the question again with one JSON value that fits, and nothing else."
    );
    [Turn::model(said), Turn::user(wrong)]
}
