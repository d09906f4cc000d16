//! What a run keeps: saved names and the outputs that later steps read, whole and within bounds, or not at all. What is cut
//! is only for people to look at.

use super::refusal::Refusal;
use super::{Cursor, Entry, Failure, Output, Run};
use crate::flow::{Op, Plan};
use crate::lang::Report;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io;

/// One value, or one step's output, in bytes of JSON.
const MAX_VALUE: usize = 256 * 1024;
/// All that a run keeps.
const MAX_RUN: usize = 4 * 1024 * 1024;
/// By how much a run may grow before it is weighed again.
const MAX_UNWEIGHED: u32 = 64 * 1024;
/// A value in an entry's detail.
const MAX_SHOWN: usize = 1024;
const MAX_WARNINGS: usize = 50;
const MAX_WARNING: usize = 200;

/// How many bytes one value has, when they are not too many.
pub(super) fn fits(value: &impl Serialize) -> Result<usize, Refusal> {
    size(value, MAX_VALUE).ok_or_else(|| too_large("one value", MAX_VALUE))
}

/// Whether so many bytes are not too many for one value.
pub(super) fn fits_in(bytes: usize) -> Result<(), Refusal> {
    match bytes {
        ..=MAX_VALUE => Ok(()),
        _ => Err(too_large("one value", MAX_VALUE)),
    }
}

/// The run has got so many bytes more.
pub(super) fn grow(run: &mut Run, bytes: usize) {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    run.unweighed = run.unweighed.saturating_add(bytes);
}

fn too_large(what: &str, max: usize) -> Refusal {
    Refusal::new(
        "output_too_large",
        format!("{what} to keep for later is larger than {} KiB", max / 1024),
    )
}

pub(super) fn run_too_large() -> Refusal {
    too_large("all that the run has", MAX_RUN)
}

/// Keeps a value under a name, in the loop at hand or in the run; `whole` has the last word, once per step.
pub(super) fn save(run: &mut Run, name: &str, value: Value) -> Result<(), Refusal> {
    let bytes = fits(&value)?;
    grow(run, bytes);
    names(run).insert(name.to_owned(), value);
    Ok(())
}

fn names(run: &mut Run) -> &mut Map<String, Value> {
    match run.cursor.as_mut().and_then(Cursor::innermost) {
        Some(each) => &mut each.saved,
        None => &mut run.saved,
    }
}

/// Whether the run can keep all that it has; if not, it loses the names that this step gave it.
pub(super) fn whole<'n>(
    run: &mut Run,
    given: impl IntoIterator<Item = &'n String>,
) -> Result<(), Refusal> {
    // To weigh all of it is dear, so that is done only when it may have grown by something.
    if run.unweighed <= MAX_UNWEIGHED {
        return Ok(());
    }
    if size(&(&run.saved, &run.steps, &run.cursor), MAX_RUN).is_some() {
        run.unweighed = 0;
        return Ok(());
    }
    for name in given {
        names(run).shift_remove(name);
    }
    Err(run_too_large())
}

/// Keeps what later steps read of a step's output.
pub(super) fn keep(run: &mut Run, op: &Op, output: Option<Value>) -> Result<(), Refusal> {
    let Some(output) = output else { return Ok(()) };
    let bytes = fits(&output)?;
    grow(run, bytes);
    run.steps.insert(op.id.clone(), output);
    whole(run, []).inspect_err(|_| drop(run.steps.shift_remove(&op.id)))
}

/// The part of a step's output that the plan reads, if it reads any.
pub(super) fn output(
    plan: &Plan,
    op: &Op,
    entry: &Entry,
    output: Option<&Output>,
    failure: Option<&Failure>,
) -> Option<Value> {
    let fields = plan.outputs.get(&op.id)?;
    let field = |name: &str| match name {
        "status" => json!(
            output
                .and_then(|o| o.status)
                .or(failure.and_then(|f| f.status))
        ),
        "body" => output.map(|o| o.body.clone()).unwrap_or_default(),
        "headers" => output.map(|o| o.headers.clone()).unwrap_or_default(),
        "error" => failure.map(short_error).unwrap_or_default(),
        "attempts" => json!(entry.attempt),
        _ => json!(
            entry
                .ended_at
                .duration_since(entry.started_at)
                .as_millis()
                .max(0)
        ),
    };
    Some(Value::Object(
        fields
            .iter()
            .map(|name| ((*name).to_owned(), field(name)))
            .collect(),
    ))
}

/// `steps.<id>.error`.
pub(super) fn short_error(failure: &Failure) -> Value {
    json!({ "code": failure.code, "message": failure.message, "status": failure.status })
}

/// `error` as the steps of `catch` and `on_failure` see it.
pub(super) fn error(failure: &Failure) -> Value {
    let output = failure.output.clone().unwrap_or_default();
    let mut error = Map::new();
    error.insert("code".into(), json!(failure.code));
    error.insert("message".into(), json!(failure.message));
    error.insert("step".into(), json!(failure.step));
    error.insert("status".into(), json!(failure.status.or(output.status)));
    error.insert("body".into(), output.body);
    error.insert("headers".into(), output.headers);
    Value::Object(error)
}

/// A value as an entry shows it: itself when it is short, else the beginning of its text.
pub(super) fn cut(value: &Value) -> Value {
    if size(value, MAX_SHOWN).is_some() {
        return value.clone();
    }
    let mut text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.truncate(text.floor_char_boundary(MAX_SHOWN));
    text.push('…');
    Value::String(text)
}

/// The warnings of an entry: the paths that were missing, bounded.
pub(super) fn missing(report: Report) -> Vec<String> {
    let mut missing = report.missing;
    missing.truncate(MAX_WARNINGS);
    for path in &mut missing {
        path.truncate(path.floor_char_boundary(MAX_WARNING));
    }
    missing
}

/// How many bytes of JSON a value is, or `None` when that is more than `max`.
fn size(value: &impl Serialize, max: usize) -> Option<usize> {
    let mut left = Left(max);
    serde_json::to_writer(&mut left, value)
        .ok()
        .map(|()| max - left.0)
}

/// Counts down what is written, and refuses more than there was.
struct Left(usize);

impl io::Write for Left {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
