//! A flow, as people write it, and the plan it compiles to: validated, templates parsed, paths read known.

mod action;
mod alone;
mod bounds;
mod branch;
mod compile;
mod connection;
pub mod diff;
mod each;
pub mod fields;
mod ids;
mod index;
mod memo;
pub(crate) mod names;
pub(crate) mod object;
mod parallel;
mod plan;
mod pure;
mod reads;
pub mod slug;
mod step;
mod trigger;
mod wait;
mod why;
mod window;

pub use ids::complete_ids;
pub use index::Index;
pub(crate) use object::kind;
pub use plan::Plan;
pub(crate) use plan::{Call, Do, Each, Kind, OnError, Op, Owner, Parallel, Sees};
pub use reads::supplied;
pub use trigger::{Filters, RUN_FAILED, Trigger, WATCHES, matches};
pub(crate) use wait::Wait;
pub use why::why_not;

use crate::lang::{self, Path, Place};
use crate::retry::Retry;
use crate::{Problem, Scope};
use serde_json::{Map, Value};
use std::time::Duration;

/// What a compile needs to know about the world: supplied by `calls` (kinds, variables) and `actions` (actions).
pub trait Schema {
    fn kinds(&self) -> &[&'static str];
    /// Whether a path can exist when an event of `kind` starts the flow.
    fn variable(&self, path: &Path, kind: &str) -> Known;
    fn action(&self, name: &str) -> Option<&ActionSpec>;
    /// All action names, for suggestions.
    fn actions(&self) -> Vec<&str>;
    /// The connections of the workspace; `None`: not known here, and names of connections stay unchecked.
    fn connections(&self) -> Option<&[Connection]> {
        None
    }
    /// The filters that expressions may name.
    fn filters(&self) -> lang::Filters {
        lang::Filters::default()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    Yes,
    /// Known only once the call is settled (outcome, summary, …).
    Late,
    /// A grouped path that cannot exist at this trigger: an error with the reason and a suggestion.
    Never(String),
    /// An unknown bare name, at whatever kind: a warning, with the nearest known name where there is one.
    Unknown(Option<String>),
}

/// What an action's `with` takes, and its defaults.
#[derive(Debug, Clone)]
pub struct ActionSpec {
    pub name: &'static str,
    pub fields: Vec<Field>,
    pub retry: Retry,
    pub timeout: Duration,
    /// Whether an attempt with an unknown result may be sent again unless the step says otherwise.
    pub on_unknown: OnUnknown,
    /// Whether the action can find out what came of an earlier attempt, and does so before it sends again.
    pub settles: bool,
    pub connects: Connects,
    /// Fills in what a `with` implies (a webhook without a body sends the default payload), or says what is wrong
    /// with the combination; paths are relative to `with`.
    pub complete: fn(&mut Map<String, Value>) -> Vec<Problem>,
}

/// The connections that a step of an action may use.
#[derive(Debug, Clone, Copy, Default)]
pub struct Connects {
    /// Their kinds; none when empty.
    pub kinds: &'static [&'static str],
    /// Nothing can be done without one: a step that names none uses the only one that there is.
    pub required: bool,
}

/// A connection that steps may name, by its name or its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    pub id: String,
    pub name: String,
    pub kind: String,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: &'static str,
    pub place: Place,
    pub required: bool,
    /// Whether `{{ secrets.name }}` may stand here.
    pub secrets: bool,
    pub help: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnUnknown {
    Retry,
    Stop,
}

/// What a trigger's filters look at.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub kind: &'a str,
    /// Whether the call of this event is settled now (only then flows that read outcomes start on `call.ended`).
    pub settled: bool,
    pub campaign: [Option<&'a str>; 4],
    /// What the platform calls it, and what the workspace does.
    pub agent: [Option<&'a str>; 4],
    pub disposition: Option<&'a str>,
    pub status: Option<&'a str>,
    pub connected: Option<bool>,
    pub duration_s: Option<f64>,
    pub numbers: [Option<&'a str>; 2],
    /// The flow that the event is about: its id and its name.
    pub flow: [Option<&'a str>; 2],
    pub scope: &'a dyn Scope,
}

/// The JSON Schema (2020-12) of the flow document, for editors; `compile` is what decides.
pub const JSON_SCHEMA: &str = include_str!("../../schema/flow.json");

/// Checks a flow document and prepares it to run. All problems at once, each with its path.
/// Every step must have its id: see [`complete_ids`].
pub fn compile(document: &Value, schema: &dyn Schema) -> Result<Plan, Vec<Problem>> {
    compile::Compiler::new(document, schema).run()
}
