//! From a flow document to a plan. Every part is read even when another one is wrong, so that a person sees all problems
//! at once; a plan comes out only when there is none.

use super::fields::{self, OUTPUT};
use super::names::{below, key};
use super::object::{Object, kind};
use super::plan::{List, Op, Plan};
use super::reads::{self, Read, Sight};
use super::{Schema, trigger};
use crate::Problem;
use crate::lang::{Expr, Path, Place, Template};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) const MAX_STEPS: usize = 500;
pub(super) const MAX_DEPTH: usize = 32;
pub(super) const MAX_NAMES: usize = 200;
pub(super) const MAX_PROBLEMS: usize = 200;
const MAX_NAME: usize = 200;
pub(super) const MAX_NOTE: usize = 2_000;

pub(super) struct Compiler<'a> {
    document: &'a Value,
    pub(super) schema: &'a dyn Schema,
    pub(super) problems: Vec<Problem>,
    /// In document order; a step that is wrong leaves a gap.
    pub(super) ops: Vec<Option<Op>>,
    /// The `if` step around each step.
    pub(super) parents: Vec<Option<usize>>,
    /// Every step id of the document, and whether that step leaves an output.
    pub(super) ids: HashMap<String, bool>,
    /// Every name that some step sets or saves.
    pub(super) names: BTreeSet<String>,
    pub(super) reads: Vec<Read>,
    /// Whether somebody waits for a reply at one of the flow's kinds, or that is not known.
    pub(super) asked: bool,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(document: &'a Value, schema: &'a dyn Schema) -> Self {
        Self {
            document,
            schema,
            problems: Vec::new(),
            ops: Vec::new(),
            parents: Vec::new(),
            ids: HashMap::new(),
            names: BTreeSet::new(),
            reads: Vec::new(),
            asked: true,
        }
    }

    pub(super) fn run(mut self) -> Result<Plan, Vec<Problem>> {
        let document = self.document;
        let Some(flow) = Object::strict(document, "", "a flow", fields::FLOW, &mut self.problems)
        else {
            return Err(self.problems);
        };
        if flow.get("name").is_none() {
            self.problem(flow.place("name"), "a flow needs a `name`");
        }
        let name = flow
            .text("name", MAX_NAME, &mut self.problems)
            .unwrap_or_default()
            .to_owned();
        flow.text("$schema", MAX_NAME, &mut self.problems);
        flow.text("note", MAX_NOTE, &mut self.problems);
        flow.flag("enabled", &mut self.problems);
        let mut trigger = trigger::read(&mut self, &flow);
        self.asked = trigger.kinds.is_empty()
            || trigger
                .kinds
                .iter()
                .any(|kind| trigger::ASKS.contains(&kind.as_str()));
        self.read_main(&flow);
        let on_failure = self.read_on_failure(&flow);
        let (warnings, settles) = reads::check(&mut self, &trigger.kinds);
        trigger.settles = settles;
        if self.problems.is_empty() {
            Ok(self.plan(name, trigger, warnings, on_failure))
        } else {
            if self.problems.len() > MAX_PROBLEMS {
                let more = self.problems.len() - MAX_PROBLEMS;
                self.problems.truncate(MAX_PROBLEMS);
                self.problem("", &format!("and {more} more problems"));
            }
            Err(self.problems)
        }
    }

    fn read_main(&mut self, flow: &Object<'a>) {
        match flow.get("steps") {
            None => self.problem(flow.place("steps"), "a flow needs `steps`"),
            Some(Value::Array(steps)) if steps.is_empty() => {
                self.problem(flow.place("steps"), "`steps` must hold at least one step");
            }
            Some(steps) => drop(self.list(steps, &flow.place("steps"), List::Steps, None)),
        }
    }

    fn read_on_failure(&mut self, flow: &Object<'a>) -> Option<usize> {
        let steps = flow.get("on_failure")?;
        self.list(steps, &flow.place("on_failure"), List::OnFailure, None)
            .first
    }

    fn plan(
        self,
        name: String,
        trigger: super::Trigger,
        warnings: Vec<Problem>,
        on_failure: Option<usize>,
    ) -> Plan {
        let mut ops: Vec<Op> = self.ops.into_iter().flatten().collect();
        for at in 0..ops.len() {
            // A parent stands before its children, so its own `next` is final here.
            ops[at].next = ops[at]
                .next
                .or_else(|| self.parents[at].and_then(|parent| ops[parent].next));
        }
        let paths: BTreeSet<Path> = self.reads.into_iter().map(|read| read.path).collect();
        Plan {
            name,
            trigger,
            warnings,
            on_failure,
            index: ops
                .iter()
                .enumerate()
                .map(|(at, op)| (op.id.clone(), at))
                .collect(),
            outputs: outputs(&paths, &ops),
            paths,
            ops,
        }
    }

    pub(super) fn problem(&mut self, at: impl Into<String>, message: &str) {
        self.problems.push(Problem::new(at, message));
    }

    pub(super) fn note_read(&mut self, path: Path, at: &str, sight: Sight) {
        self.reads.push(Read {
            path,
            at: at.to_owned(),
            sight,
        });
    }

    /// The `if` of an object.
    pub(super) fn condition(&mut self, object: &Object<'_>, sight: Sight) -> Option<Expr> {
        let value = object.get("if")?;
        let at = object.place("if");
        let Some(text) = value.as_str() else {
            let message = format!(
                "`if` must be a condition written as a text, not {}",
                kind(value)
            );
            self.problem(at, &message);
            return None;
        };
        match Expr::parse(text, &at, self.schema.filters()) {
            Ok(expr) => {
                expr.paths()
                    .into_iter()
                    .for_each(|path| self.note_read(path, &at, sight));
                Some(expr)
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    pub(super) fn template(
        &mut self,
        value: &Value,
        place: Place,
        at: &str,
        sight: Sight,
    ) -> Template {
        let template =
            Template::compile(value, place, at, self.schema.filters(), &mut self.problems);
        let mut places = HashMap::new();
        if !value.is_string() {
            reads::find(value, at, self.schema.filters(), &mut places);
        }
        for path in template.paths() {
            let at = places.get(&path).map_or(at, String::as_str).to_owned();
            self.reads.push(Read { path, at, sight });
        }
        template
    }

    /// An object of names to values, as `set` and `save` have it.
    pub(super) fn named(
        &mut self,
        value: &Value,
        at: &str,
        what: &str,
        sight: Sight,
    ) -> Vec<(String, Template)> {
        let Some(object) = Object::open(value, at, what, &mut self.problems) else {
            return Vec::new();
        };
        let count = object.names().count();
        if count == 0 || count > MAX_NAMES {
            self.problem(
                at,
                &format!("{what} must name 1 to {MAX_NAMES} values, not {count}"),
            );
            return Vec::new();
        }
        let mut named = Vec::new();
        for (name, value) in object.entries() {
            let at = below(at, name);
            if let Some(reason) = reads::refused_name(name, self.schema) {
                self.problem(&at, &reason);
            }
            self.names.insert(name.clone());
            named.push((name.clone(), self.template(value, Place::Json, &at, sight)));
        }
        named
    }
}

/// Which fields of which steps' outputs the paths read.
fn outputs(paths: &BTreeSet<Path>, ops: &[Op]) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut outputs: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.root == "steps") {
        let (step, field) = (path.rest.first().map(key), path.rest.get(1).map(key));
        let read = |name: &&&str| field.as_deref().is_none_or(|field| field == **name);
        for op in ops
            .iter()
            .filter(|op| step.as_ref().is_none_or(|id| *id == op.id))
        {
            outputs
                .entry(op.id.clone())
                .or_default()
                .extend(OUTPUT.iter().filter(read));
        }
    }
    outputs
}
