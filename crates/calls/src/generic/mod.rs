//! Our own event form, as `POST /v1/events` takes it, read into an observation. It refuses what is wrong with all problems
//! at once, keeps what is unknown under `raw`, and never guesses.

mod call;
mod cloud_event;
mod fields;

pub use cloud_event::unwrap_cloud_event;

use crate::{Kind, Observation, Snapshot, Tool, key, nearest};
use fields::{At, Fields, Problems};
use kernel::{Problem, Timestamp};
use serde_json::{Map, Value};
use std::sync::Arc;

const DEPTH: usize = 64;

/// Reads one event, or a CloudEvents envelope around one. Paths are relative to `value`.
pub fn read(value: Value) -> Result<Observation, Vec<Problem>> {
    if !cloud_event::is_one(&value) {
        return read_event(value);
    }
    let inside_data =
        |problem: Problem| Problem::new(format!("/data{}", problem.path), problem.message);
    read_event(unwrap_cloud_event(value)?)
        .map_err(|problems| problems.into_iter().map(inside_data).collect())
}

fn read_event(value: Value) -> Result<Observation, Vec<Problem>> {
    let problems = Problems::default();
    if !is_within(&value, DEPTH) {
        let message = format!("is nested deeper than {DEPTH} levels");
        problems.add(&At::Root, message);
        return Err(problems.found());
    }
    let event = Fields::of(&value, At::Root, &problems).and_then(|event| read_fields(&event));
    let found = problems.found();
    match event {
        Some(mut event) if found.is_empty() => {
            event.raw = Arc::new(value);
            Ok(event)
        }
        _ => Err(found),
    }
}

fn read_fields(event: &Fields<'_>) -> Option<Observation> {
    let kind = kind(event);
    let id = event.id("id").filter(|id| !id.is_empty());
    let at = event.time("at");
    let provider = event.id("provider").filter(|provider| !provider.is_empty());
    let provider = provider.unwrap_or_else(|| "custom".into());
    let call = event.required("call", event.object("call", call::read));
    let tool = event.object("tool", tool);
    let (kind, mut call) = (kind?, call?);
    if let Some(transfer) = &mut call.transfer
        && matches!(kind, Kind::TransferStarted | Kind::TransferEnded)
    {
        transfer.at = transfer.at.or(at);
    }
    let mut observation = Observation {
        backfilled: false,
        exact: false,
        provider,
        provider_event: kind.name().into(),
        dedupe: String::new(),
        claims: claims(kind, &call),
        at,
        complete: kind == Kind::Ended,
        no_analysis_to_come: false,
        work: None,
        adds_turns: false,
        made_up: false,
        leg: false,
        hops: 0,
        call,
        tool,
        script_step: event.value("script_step").cloned(),
        raw: Arc::default(),
    };
    observation.dedupe = id.unwrap_or_else(|| derived_id(kind, at, &observation));
    Some(observation)
}

fn kind(event: &Fields<'_>) -> Option<Kind> {
    let name = event.required("kind", event.text("kind", fields::SHORT))?;
    let kind = Kind::parse(&name).filter(|kind| !kind.watches());
    if kind.is_none() {
        let near = nearest::name(&name, Kind::MOMENTS.iter().map(|kind| kind.name()));
        let hint = near.map_or_else(
            || format!("known are {}", Kind::MOMENTS.map(Kind::name).join(", ")),
            |near| format!("did you mean {near}?"),
        );
        event.wrong("kind", format!("unknown kind \"{name}\"; {hint}"));
    }
    kind
}

/// One message can tell of several moments at once.
fn claims(kind: Kind, call: &Snapshot) -> Vec<Kind> {
    let mut claims = vec![kind];
    if kind == Kind::Ended {
        let url = call.recording.as_ref().and_then(|r| r.url.as_deref());
        if url.is_some_and(|url| !url.is_empty()) {
            claims.push(Kind::RecordingReady);
        }
        if call.analysis.as_ref().is_some_and(|a| !a.is_empty()) {
            claims.push(Kind::Analyzed);
        }
    }
    claims
}

fn tool(tool: &Fields<'_>) -> Tool {
    let arguments = tool.map("arguments");
    Tool {
        id: tool.id("id").filter(|id| !id.is_empty()),
        name: tool.id("name").unwrap_or_default(),
        arguments: Value::Object(arguments),
    }
}

/// Provider, call, kind and time tell messages apart; where there is no time, or the kind can come twice at one time, what
/// the message says does.
fn derived_id(kind: Kind, at: Option<Timestamp>, told: &Observation) -> String {
    let call = &told.call.provider_call_id;
    let name = kind.name();
    let told_apart = match at {
        Some(at) if kind.is_one_shot() => at.to_string(),
        at => format!("{at:?} {:016x}", content(told)),
    };
    format!("{}/{call}/{name}/{told_apart}", told.provider)
}

fn content(told: &Observation) -> u64 {
    let text = serde_json::to_vec(told).expect("an observation has text keys only");
    key::short(&[&text])
}

fn is_within(value: &Value, levels: usize) -> bool {
    let inside = |value: &Value| levels > 0 && is_within(value, levels - 1);
    match value {
        Value::Array(items) => items.iter().all(inside),
        Value::Object(map) => Map::values(map).all(inside),
        _ => true,
    }
}
