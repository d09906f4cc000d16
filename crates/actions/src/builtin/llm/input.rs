//! Reads what is asked, and says on save what cannot be.

use crate::builtin::content::is_template;
use crate::builtin::input::{given, text};
use crate::connection::model::check_model;
use crate::failure::{Code, Fault};
use kernel::Problem;
use models::Schema;
use serde_json::{Map, Value};

pub(super) const MOST_TOKENS: u64 = 1_000_000;
/// Question and task together, in bytes: more than any model reads.
const LONGEST: usize = 2 << 20;

/// What a model is asked.
pub(super) struct Question {
    pub(super) system: String,
    pub(super) prompt: String,
    pub(super) schema: Option<Schema>,
    /// Instead of the connection's.
    pub(super) model: Option<String>,
    pub(super) fallback: Option<String>,
    pub(super) max_tokens: Option<u32>,
    pub(super) temperature: Option<f64>,
}

pub(super) fn read(with: &Map<String, Value>) -> Result<Question, Fault> {
    let bad = |message: String| Code::BadInput.because(message);
    let part = |name: &'static str| given(with, name).map(text).unwrap_or_default();
    let (prompt, system) = (part("prompt").into_owned(), part("system").into_owned());
    if prompt.trim().is_empty() {
        return Err(bad("`prompt` is empty: there is nothing to ask".into()));
    }
    let size = prompt.len() + system.len();
    if size > LONGEST {
        let message =
            format!("`prompt` and `system` have {size} bytes; at most {LONGEST} are sent");
        return Err(bad(message));
    }
    let schema = match given(with, "schema").map(Schema::read) {
        None => None,
        Some(Ok(schema)) => Some(schema),
        Some(Err(flaws)) => {
            let flaw = flaws.into_iter().next();
            let told = flaw.map(|flaw| format!("`schema{}` {}", flaw.path, flaw.message));
            return Err(bad(told.unwrap_or_default()));
        }
    };
    let model = |name: &'static str| -> Result<Option<String>, Fault> {
        let written = part(name).trim().to_owned();
        if written.is_empty() {
            return Ok(None);
        }
        check_model(&written).map_err(|message| bad(format!("`{name}` {message}")))?;
        Ok(Some(written))
    };
    Ok(Question {
        model: model("model")?,
        fallback: model("fallback_model")?,
        max_tokens: max_tokens(with).map_err(|message| bad(format!("`max_tokens` {message}")))?,
        temperature: temperature(&part("temperature"))
            .map_err(|message| bad(format!("`temperature` {message}")))?,
        system,
        prompt,
        schema,
    })
}

fn max_tokens(with: &Map<String, Value>) -> Result<Option<u32>, String> {
    let Some(most) = given(with, "max_tokens") else {
        return Ok(None);
    };
    let whole = most
        .as_u64()
        .filter(|most| (1..=MOST_TOKENS).contains(most));
    let whole = whole.and_then(|most| u32::try_from(most).ok());
    whole
        .map(Some)
        .ok_or_else(|| format!("is a whole number from 1 to {MOST_TOKENS}"))
}

fn temperature(written: &str) -> Result<Option<f64>, String> {
    if written.trim().is_empty() {
        return Ok(None);
    }
    let number = written.trim().parse().ok();
    let number = number.filter(|number| (0.0..=2.0).contains(number));
    number
        .map(Some)
        .ok_or_else(|| "is a number from 0 to 2".into())
}

pub(super) fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let written = |name: &str| {
        let text = text(given(with, name)?);
        (!is_template(&text)).then_some(text)
    };
    let mut problems = Vec::new();
    if let Some(Err(flaws)) = given(with, "schema").map(Schema::read) {
        let flaws = flaws.into_iter();
        problems
            .extend(flaws.map(|flaw| Problem::new(format!("/schema{}", flaw.path), flaw.message)));
    }
    for name in ["model", "fallback_model"] {
        if let Some(Err(message)) = written(name).map(|name| check_model(name.trim())) {
            problems.push(Problem::new(format!("/{name}"), message));
        }
    }
    if written("prompt").is_some_and(|prompt| prompt.trim().is_empty()) {
        problems.push(Problem::new("/prompt", "is empty: there is nothing to ask"));
    }
    if let Err(message) = max_tokens(with) {
        problems.push(Problem::new("/max_tokens", message));
    }
    if let Some(Err(message)) = written("temperature").map(|number| temperature(&number)) {
        problems.push(Problem::new("/temperature", message));
    }
    problems
}
