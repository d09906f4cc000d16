//! From a flow document to a plan. Every part is read even when another one is wrong, so that a person sees all problems
//! at once; a plan comes out only when there is none.

use super::fields;
use super::names::{key, shown};
use super::object::{Object, kind};
use super::plan::{Block, Kind, Op, Owner, Plan, Sees};
use super::reads::{self, Leaves, Read, Sight};
use super::step::Inside;
use super::{Schema, slug, trigger};
use crate::health::Pause;
use crate::lang::{Expr, Path, Place, Template};
use crate::problem::{Problem, below};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) const MAX_STEPS: usize = 500;
pub(super) const MAX_DEPTH: usize = 32;
pub(super) const MAX_NAMES: usize = 200;
pub(super) const MAX_PROBLEMS: usize = 200;
const MAX_NAME: usize = 200;
const MAX_CASES: usize = 100;
pub(super) const MAX_NOTE: usize = 2_000;

pub(super) struct Compiler<'a> {
    document: &'a Value,
    pub(super) schema: &'a dyn Schema,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
    /// In document order; a step that is wrong leaves a gap.
    pub(super) ops: Vec<Option<Op>>,
    pub(super) blocks: Vec<Block>,
    /// Where each step stands, `/` at the end.
    pub(super) places: Vec<String>,
    /// The step around each step.
    pub(super) parents: Vec<Option<usize>>,
    /// Every step id of the document, and what that step leaves.
    pub(super) ids: HashMap<String, Leaves>,
    /// Every name that some step sets or saves, and the places (of loops) where it is known.
    pub(super) names: BTreeMap<String, BTreeSet<String>>,
    /// The names of items of the loops around the step that is read.
    pub(super) loops: Vec<String>,
    /// The places of those loops, `/` at the end.
    pub(super) scopes: Vec<String>,
    /// The names of all items, and where they stand.
    pub(super) items: Vec<(String, String)>,
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
            warnings: Vec::new(),
            ops: Vec::new(),
            blocks: Vec::new(),
            places: Vec::new(),
            parents: Vec::new(),
            ids: HashMap::new(),
            names: BTreeMap::new(),
            loops: Vec::new(),
            scopes: Vec::new(),
            items: Vec::new(),
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
        let key = flow.text("key", slug::MAX, &mut self.problems);
        if let Some(key) = key.filter(|key| !slug::is_slug(key)) {
            let message = format!(
                "a `key` is small letters, digits and single hyphens, such as {}, not {}",
                shown(&slug::of(key)),
                shown(key)
            );
            self.problem(flow.place("key"), &message);
        }
        flow.text("note", MAX_NOTE, &mut self.problems);
        flow.flag("enabled", &mut self.problems);
        // Tests of the flow: they are kept with it and change nothing.
        let cases = flow.get("cases").map(Value::as_array);
        if cases.is_some_and(|cases| cases.is_none_or(|list| list.len() > MAX_CASES)) {
            let message = format!("`cases` must be a list of at most {MAX_CASES} test cases");
            self.problem(flow.place("cases"), &message);
        }
        let pause = Pause::read(flow.get("pause_after"), &flow.place("pause_after"));
        let pause = pause.unwrap_or_else(|problem| {
            self.problems.push(problem);
            Pause::Usual
        });
        let mut trigger = trigger::read(&mut self, &flow);
        self.asked = trigger.kinds.is_empty()
            || trigger
                .kinds
                .iter()
                .any(|kind| trigger::ASKS.contains(&kind.as_str()));
        self.read_main(&flow);
        let on_failure = self.read_on_failure(&flow);
        let reads_late = reads::check(&mut self, &trigger.kinds);
        trigger.settles = reads_late && trigger.kinds.iter().any(|kind| kind == trigger::ENDED);
        if self.problems.is_empty() {
            Ok(self.plan(name, trigger, reads_late, pause, on_failure))
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
            Some(steps) => {
                let inside = Inside::default();
                self.block(steps, &flow.place("steps"), Owner::Steps, inside, None);
            }
        }
    }

    fn read_on_failure(&mut self, flow: &Object<'a>) -> Option<usize> {
        let steps = flow.get("on_failure")?;
        let inside = Inside {
            error: true,
            ..Inside::default()
        };
        let at = flow.place("on_failure");
        let (block, span) = self.block(steps, &at, Owner::OnFailure, inside, None);
        span.first.map(|_| block)
    }

    fn plan(
        self,
        name: String,
        trigger: super::Trigger,
        reads_late: bool,
        pause: Pause,
        on_failure: Option<usize>,
    ) -> Plan {
        let mut ops: Vec<Op> = self.ops.into_iter().flatten().collect();
        for at in 0..ops.len() {
            // A parent stands before its children, so its own `next` is final here.
            let parent = self.parents[at].map(|parent| &ops[parent]);
            let behind = parent.filter(|parent| parent.block == ops[at].block);
            ops[at].next = ops[at].next.or(behind.and_then(|parent| parent.next));
        }
        for (op, place) in ops.iter_mut().zip(&self.places) {
            match &mut op.kind {
                Kind::Each(each) if each.parallel.is_some() => each.sees = sees(&self.reads, place),
                Kind::Parallel(parallel) => parallel.sees = sees(&self.reads, place),
                _ => {}
            }
        }
        let paths: BTreeSet<Path> = self.reads.into_iter().map(|read| read.path).collect();
        Plan {
            name,
            trigger,
            pause,
            warnings: self.warnings,
            reads_late,
            on_failure,
            index: ops
                .iter()
                .enumerate()
                .map(|(at, op)| (op.id.clone(), at))
                .collect(),
            outputs: outputs(&paths, &ops),
            blocks: self.blocks,
            paths,
            ops,
        }
    }

    pub(super) fn problem(&mut self, at: impl Into<String>, message: &str) {
        self.problems.push(Problem::new(at, message));
    }

    /// Allowed, but it looks wrong.
    pub(super) fn warn(&mut self, at: impl Into<String>, message: &str) {
        if self.warnings.len() < MAX_PROBLEMS {
            self.warnings.push(Problem::new(at, message));
        }
    }

    pub(super) fn note_read(&mut self, path: Path, at: &str, sight: Sight) {
        let root = &path.root;
        let looped = root == "index" && !self.loops.is_empty() || self.loops.contains(root);
        self.reads.push(Read {
            path,
            at: at.to_owned(),
            sight: Sight { looped, ..sight },
        });
    }

    /// A field of an object that is a condition.
    pub(super) fn condition(
        &mut self,
        object: &Object<'_>,
        name: &str,
        sight: Sight,
    ) -> Option<Expr> {
        let value = object.get(name)?;
        let at = object.place(name);
        let Some(text) = value.as_str() else {
            let message = format!(
                "`{name}` must be a condition written as a text, not {}",
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
            self.note_read(path, &at, sight);
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
        let named = self.values(value, at, what, sight);
        for (name, _) in &named {
            let scope = self.scopes.last().cloned().unwrap_or_default();
            self.names.entry(name.clone()).or_default().insert(scope);
        }
        named
    }

    /// The same, for names that are another flow's.
    pub(super) fn values(
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
            named.push((name.clone(), self.template(value, Place::Json, &at, sight)));
        }
        named
    }
}

/// What is read below a place.
fn sees(reads: &[Read], place: &str) -> Sees {
    let mut sees = Sees::default();
    let mut all = false;
    for path in reads
        .iter()
        .filter(|read| read.at.starts_with(place))
        .map(|read| &read.path)
    {
        sees.names.insert(path.root.clone());
        match path.rest.first() {
            Some(id) if path.root == "steps" => drop(sees.steps.insert(key(id))),
            None if path.root == "steps" => all = true,
            _ => {}
        }
    }
    if all {
        sees.steps.clear();
    }
    sees
}

/// Which fields of which steps' outputs the paths read.
fn outputs(paths: &BTreeSet<Path>, ops: &[Op]) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut outputs: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.root == "steps") {
        let (step, field) = (path.rest.first().map(key), path.rest.get(1).map(key));
        let read = |name: &&&'static str| field.as_deref().is_none_or(|field| field == **name);
        for op in ops
            .iter()
            .filter(|op| step.as_ref().is_none_or(|id| *id == op.id))
        {
            outputs
                .entry(op.id.clone())
                .or_default()
                .extend(op.kind.leaves().iter().filter(read));
        }
    }
    outputs
}
