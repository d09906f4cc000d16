//! Reads what is to be extracted out of what, and says on save what cannot be.

use crate::builtin::content::is_template;
use crate::builtin::input::{given, text};
use crate::builtin::llm::input::{max_tokens, model};
use crate::failure::{Code, Fault};
use ::extract::{About, Extracted, Form, Question, Variable, Wanted, left, mapped, turns};
use calls::call::Analysis;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use kernel::Problem;
use models::Schema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What is said of the call unless the step says otherwise.
const IMPLIED: [(&str, &str); 3] = [
    ("transcript", "{{ transcript_turns }}"),
    ("said_at", "{{ timestamp }}"),
    ("region", "{{ customer_number | default('') }}"),
];
/// What the platform leaves out is read.
pub(super) const FILL: &str = "fill";
/// Turns of one call, and bytes of all of them.
const MOST_TURNS: usize = 20_000;
const LARGEST: usize = 8 << 20;

pub(super) struct Job {
    pub(super) wanted: Wanted,
    /// What is to be read out of the transcript; nothing where the platform has found all that it is asked for.
    pub(super) left: Option<Wanted>,
    /// What the platform has found.
    pub(super) found: Option<Extracted>,
    pub(super) about: About,
    pub(super) task: String,
    pub(super) model: Option<String>,
    pub(super) fallback: Option<String>,
    pub(super) max_tokens: Option<u32>,
}

pub(super) fn read(with: &Map<String, Value>) -> Result<Job, Fault> {
    let bad = |message: String| Code::BadInput.because(message);
    let part = |name: &'static str| given(with, name).map(text).unwrap_or_default();
    let wanted = wanted(with).map_err(|problems| {
        let first = problems.into_iter().next();
        bad(first
            .map(|problem| format!("`{}` {}", problem.path, problem.message))
            .unwrap_or_default())
    })?;
    let transcript = with.get("transcript").unwrap_or(&Value::Null);
    let turns = turns(transcript).ok_or_else(|| {
        bad(
            "`transcript` is neither a list of {role, text} nor a text with a line for each turn"
                .into(),
        )
    })?;
    let size: usize = turns.iter().map(|turn| turn.text.len()).sum();
    if turns.len() > MOST_TURNS || size > LARGEST {
        let message = format!(
            "`transcript` has {} turns and {size} bytes; at most {MOST_TURNS} and {LARGEST} are read",
            turns.len()
        );
        return Err(bad(message));
    }
    let zone = zone(&part("zone")).map_err(|message| bad(format!("`zone` {message}")))?;
    let region = region(part("region").trim());
    let analysis: Option<Analysis> =
        match given(with, "analysis") {
            None => None,
            Some(analysis) => Some(serde_json::from_value(analysis.clone()).map_err(|error| {
                bad(format!("`analysis` is none that a platform gives: {error}"))
            })?),
        };
    let about = About::new(turns, at(&part("said_at"), zone).map_err(bad)?, region);
    let found = analysis.map(|analysis| mapped(&wanted, &analysis, &about));
    let fills = given(with, FILL) == Some(&Value::Bool(true));
    Ok(Job {
        left: match &found {
            Some(_) if !fills => None,
            Some(found) => left(&wanted, found),
            None => Some(wanted.clone()),
        },
        found,
        about,
        task: part("task").into_owned(),
        model: model("model", &part("model")).map_err(bad)?,
        fallback: model("fallback_model", &part("fallback_model")).map_err(bad)?,
        max_tokens: max_tokens(with).map_err(|message| bad(format!("`max_tokens` {message}")))?,
        wanted,
    })
}

/// A region by its name, or that of a number.
fn region(written: &str) -> Option<String> {
    match written.len() {
        0 => None,
        2 => Some(written.to_ascii_uppercase()),
        _ => filters::look_up(&written.into(), None).ok()??.country,
    }
}

fn zone(name: &str) -> Result<TimeZone, String> {
    match name.trim() {
        "" => Ok(TimeZone::UTC),
        name => TimeZone::get(name).map_err(|_| {
            let name: String = name.chars().take(60).collect();
            format!("`{name}` is no time zone such as Europe/Berlin")
        }),
    }
}

/// When it was said; now, where that is not known.
fn at(written: &str, zone: TimeZone) -> Result<Zoned, String> {
    match written.trim() {
        "" => Ok(Timestamp::now().to_zoned(zone)),
        written => {
            let read = kernel::lang::moment::read(&written.into(), zone.clone())
                .ok()
                .flatten();
            let read = read.map(|moment| moment.with_time_zone(zone));
            read.ok_or_else(|| {
                let written: String = written.chars().take(60).collect();
                format!("`said_at` is no time: `{written}`")
            })
        }
    }
}

fn wanted(with: &Map<String, Value>) -> Result<Wanted, Vec<Problem>> {
    let mut problems = Vec::new();
    let wanted = Wanted {
        variables: list::<Variable>(with, "variables", &mut problems),
        questions: list::<Question>(with, "questions", &mut problems),
        dispositions: list::<String>(with, "dispositions", &mut problems),
    };
    problems.extend(wanted.check());
    match problems.is_empty() {
        true => Ok(wanted),
        false => Err(problems),
    }
}

fn list<T: DeserializeOwned>(
    with: &Map<String, Value>,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<T> {
    let items = match given(with, name) {
        None => return Vec::new(),
        Some(Value::Array(items)) => items,
        Some(_) => {
            problems.push(Problem::new(format!("/{name}"), "is a list"));
            return Vec::new();
        }
    };
    let mut read = Vec::new();
    for (number, item) in items.iter().enumerate() {
        match serde_json::from_value(item.clone()) {
            Ok(item) => read.push(item),
            Err(error) => {
                problems.push(Problem::new(format!("/{name}/{number}"), error.to_string()))
            }
        }
    }
    read
}

pub(super) fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let written = |name: &str| {
        let text = text(given(with, name)?);
        (!is_template(&text)).then(|| text.into_owned())
    };
    let mut problems = match wanted(with) {
        Ok(wanted) => {
            let about = About::new(Vec::new(), Zoned::default(), None);
            let flaws = Schema::read(&Form::new(&wanted, &about, "").schema()).err();
            let too_much = flaws.map(|_| {
                Problem::new(
                    "/variables",
                    "and questions are too much to ask at once: say less about them",
                )
            });
            too_much.into_iter().collect()
        }
        Err(problems) => problems,
    };
    match given(with, FILL) {
        None | Some(Value::Bool(false)) => {}
        Some(Value::Bool(true)) if given(with, "analysis").is_some() => {}
        Some(Value::Bool(true)) => problems.push(Problem::new(
            format!("/{FILL}"),
            "fills in what an `analysis` leaves out: give one beside it",
        )),
        Some(_) => problems.push(Problem::new(format!("/{FILL}"), "is true or false")),
    }
    for name in ["model", "fallback_model"] {
        let wrong = written(name).and_then(|written| model(name, &written).err());
        problems.extend(wrong.map(|message| Problem::new(format!("/{name}"), message)));
    }
    let wrong = written("zone").and_then(|name| zone(&name).err());
    problems.extend(wrong.map(|message| Problem::new("/zone", message)));
    if let Err(message) = max_tokens(with) {
        problems.push(Problem::new("/max_tokens", message));
    }
    for (name, implied) in IMPLIED {
        if given(with, name).is_none() {
            with.insert(name.into(), implied.into());
        }
    }
    problems
}
