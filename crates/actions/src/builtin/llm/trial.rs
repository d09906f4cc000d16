//! Tries a connection to a model: reads about the model, which costs nothing; asks it for a word where a server has no list.

use super::explain::{explain, trouble};
use super::target::Target;
use crate::builtin::{Call, Done};
use crate::connection::Connection;
use crate::failure::{Code, Fault};
use crate::secret::encode_component;
use http::Method;
use kernel::run::Failure;
use models::{Ask, Cause, Turn};

/// How many models a message names.
const NAMED: usize = 10;

pub(crate) async fn try_out(connection: &Connection, call: &Call<'_>) -> Result<String, Fault> {
    let target = Target::new(connection, None)?;
    let model = target.model;
    let own = model.strip_prefix("models/").unwrap_or(model);
    let path = format!("/models/{}", encode_component(own));
    let failure = match get(&path, &target, call).await?.result {
        Ok(_) => {
            return Ok(format!(
                "the key is accepted, and the model `{model}` is there; nothing was asked"
            ));
        }
        Err(failure) => failure,
    };
    if !is_absent(&failure) {
        return Err(told(failure, &target));
    }
    match get("/models", &target, call).await?.result {
        Ok(output) => {
            let names = target.dialect.listed(&output.body);
            if names.contains(&own) {
                return Ok(format!(
                    "the key is accepted, and the model `{model}` is there; nothing was asked"
                ));
            }
            if !names.is_empty() {
                let some: Vec<_> = names
                    .iter()
                    .take(NAMED)
                    .map(|name| format!("`{name}`"))
                    .collect();
                let message = format!(
                    "the server is there, and has no model `{model}`; it has {} models, such as {}",
                    names.len(),
                    some.join(", ")
                );
                return Err(Code::HttpStatus.because(message));
            }
        }
        Err(failure) if is_absent(&failure) => {}
        Err(failure) => return Err(told(failure, &target)),
    }
    say_a_word(&target, call).await
}

async fn get(path: &str, target: &Target<'_>, call: &Call<'_>) -> Result<Done, Fault> {
    let mut draft = target.blank(Method::GET, path, call)?;
    call.mark(&mut draft)?;
    Ok(call.http.send(draft, call).await)
}

async fn say_a_word(target: &Target<'_>, call: &Call<'_>) -> Result<String, Fault> {
    let turns = [Turn::user("Say yes.")];
    let ask = Ask {
        model: target.model,
        system: "",
        turns: &turns,
        schema: None,
        max_tokens: Some(16),
        temperature: None,
    };
    let mut manner = target.manner();
    let mut done = call
        .http
        .send(target.draft(&ask, manner, 1, call)?, call)
        .await;
    let next = done.result.as_ref().err().and_then(trouble);
    let next = next.and_then(|(status, trouble)| manner.after(status, &trouble.message, false));
    if let Some(next) = next {
        manner = next;
        done = call
            .http
            .send(target.draft(&ask, manner, 2, call)?, call)
            .await;
    }
    match done.result {
        Ok(output) => match target.dialect.answer(&output.body) {
            Ok(_) => Ok(format!("the model `{}` answers", target.model)),
            Err(unreadable) => Err(Code::BadResponse.because(unreadable.0)),
        },
        Err(failure) => Err(told(failure, target)),
    }
}

/// Whether the server has nothing at this path, or no such model.
fn is_absent(failure: &Failure) -> bool {
    let absent = matches!(failure.status, Some(404 | 405 | 501));
    absent || trouble(failure).is_some_and(|(_, trouble)| trouble.cause == Cause::NotFound)
}

fn told(mut failure: Failure, target: &Target<'_>) -> Fault {
    explain(&mut failure, target);
    Code::HttpStatus.because(failure.message)
}
