//! A tiny engine for tests: runs, their children, timers and cancellations, all in memory, in any order that a seed picks.
//! It holds what the real one must: children begin with their parent's commit, and their ends are told to it.
#![allow(dead_code, clippy::unwrap_used, clippy::result_large_err)]

use kernel::Timestamp;
use kernel::flow::Plan;
use kernel::id::RunId;
use kernel::run::{
    Child, Context, Entry, EntryKind, Failure, Input, Joined, Next, Outcome, Output, Perform, Run,
    Status, Transition, advance,
};
use kernel::usage::Used;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

pub type World<'w> = dyn FnMut(&Perform) -> Result<Output, Failure> + 'w;

pub struct House<'w> {
    pub flows: HashMap<String, Plan>,
    pub event: Map<String, Value>,
    pub now: Timestamp,
    pub runs: BTreeMap<RunId, (String, Run)>,
    pub entries: Vec<(RunId, Entry)>,
    /// Everything that was sent: the path of its step, and its key.
    pub sent: Vec<(String, String)>,
    pub reply: Option<Value>,
    pub transitions: usize,
    /// The most children of one run that were alive at once.
    pub alive: usize,
    /// The most bytes that a run had on disk.
    pub largest: usize,
    world: Box<World<'w>>,
    waiting: Vec<(RunId, Input)>,
    sleeping: Vec<(Timestamp, RunId)>,
    seed: u64,
}

pub const ROOT: &str = "root";

impl<'w> House<'w> {
    pub fn new(
        plan: Plan,
        event: Value,
        world: impl FnMut(&Perform) -> Result<Output, Failure> + 'w,
    ) -> Self {
        let Value::Object(event) = event else {
            panic!("not an object: {event}")
        };
        Self {
            flows: HashMap::from([(ROOT.to_owned(), plan)]),
            event,
            now: "2026-11-20T12:00:00Z".parse().unwrap(),
            runs: BTreeMap::new(),
            entries: Vec::new(),
            sent: Vec::new(),
            reply: None,
            transitions: 0,
            alive: 0,
            largest: 0,
            world: Box::new(world),
            waiting: Vec::new(),
            sleeping: Vec::new(),
            seed: 1,
        }
    }

    pub fn seeded(self, seed: u64) -> Self {
        Self {
            seed: seed | 1,
            ..self
        }
    }

    pub fn with(mut self, name: &str, plan: Plan) -> Self {
        self.flows.insert(name.to_owned(), plan);
        self
    }

    /// Runs the flow to the end of it and of all its children; the run as it ended.
    pub fn run(&mut self, bound: usize) -> Run {
        let root = Run::new(RunId::new(1_763_000_000_000, 7, [1; 16]));
        let id = root.id;
        self.runs.insert(id, (ROOT.to_owned(), root));
        self.waiting.push((id, Input::Started));
        while let Some((id, input)) = self.next_input() {
            self.transitions += 1;
            assert!(self.transitions <= bound, "more than {bound} transitions");
            self.take(id, input);
        }
        for (_, run) in self.runs.values() {
            assert!(run.status.is_final(), "a run is left behind: {run:#?}");
        }
        self.runs[&id].1.clone()
    }

    fn random(&mut self, below: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed % below.max(1) as u64) as usize
    }

    fn next_input(&mut self) -> Option<(RunId, Input)> {
        if !self.waiting.is_empty() {
            let at = self.random(self.waiting.len());
            return Some(self.waiting.remove(at));
        }
        let soonest = (0..self.sleeping.len()).min_by_key(|at| self.sleeping[*at].0)?;
        let (due, run) = self.sleeping.remove(soonest);
        self.now = self.now.max(due);
        Some((run, Input::Woken))
    }

    fn take(&mut self, id: RunId, input: Input) {
        let (flow, run) = self.runs[&id].clone();
        let context = Context {
            plan: &self.flows[&flow],
            event: &self.event,
            now: self.now,
        };
        let before = run.clone();
        let Transition {
            run,
            entries,
            next,
            reply,
            cancel,
            ..
        } = advance(&context, run, input);
        let stored = serde_json::to_string(&run).unwrap();
        assert_eq!(serde_json::from_str::<Run>(&stored).unwrap(), run);
        self.largest = self.largest.max(stored.len());
        self.entries
            .extend(entries.into_iter().map(|entry| (id, entry)));
        assert!(reply.is_none() || run.parent.is_none());
        self.reply = self.reply.take().or(reply);
        for child in cancel {
            // One that was refused has never begun.
            if let Some((_, run)) = self.runs.get(&child) {
                assert_eq!(run.parent.as_ref().unwrap().run, id);
                self.waiting.push((child, Input::Cancelled));
            }
        }
        let ended = !before.status.is_final() && run.status.is_final();
        self.runs.insert(id, (flow.clone(), run.clone()));
        match next {
            Next::Perform(perform) => self.perform(&run, &perform),
            Next::Sleep { until } => {
                assert_eq!(run.status, Status::Waiting);
                self.sleeping.push((until, id));
            }
            Next::Await { spawn, until } => {
                self.sleeping.extend(until.map(|until| (until, id)));
                assert_eq!(run.status, Status::Waiting);
                assert!(!run.awaits().is_empty());
                self.alive = self.alive.max(run.awaits().len());
                spawn.into_iter().for_each(|child| self.begin(&flow, child));
            }
            Next::AsBefore => assert_eq!(run, before),
            Next::End => assert!(run.status.is_final()),
        }
        if ended && let Some(parent) = &run.parent {
            let told = Input::Joined(vec![run.joined().unwrap()]);
            // Told twice, as after a crash.
            for input in [told.clone(), told] {
                self.waiting.push((parent.run, input));
            }
        }
    }

    fn begin(&mut self, flow: &str, child: Child) {
        let flow = child.flow.as_deref().unwrap_or(flow).to_owned();
        assert!(
            !self.runs.contains_key(&child.run.id),
            "an id is taken twice"
        );
        if self.flows.contains_key(&flow) {
            self.waiting.push((child.run.id, Input::Started));
            self.runs.insert(child.run.id, (flow, child.run));
        } else {
            let refused = Joined::refused(&child, "flow_gone", "there is no such flow");
            let parent = child.run.parent.unwrap().run;
            self.waiting.push((parent, Input::Joined(vec![refused])));
        }
    }

    fn perform(&mut self, run: &Run, perform: &Perform) {
        let above = run.parent.iter().flat_map(|parent| parent.above.clone());
        let own = run.cursor.iter().flat_map(|cursor| &cursor.frames);
        let own = own.filter_map(|frame| match &frame.body {
            kernel::run::Body::Each(each) => Some((frame.step.clone(), each.index)),
            _ => None,
        });
        let rounds = above
            .chain(own)
            .map(|(step, index)| format!("{step}/{index}/"));
        let path = rounds.chain([perform.step.clone()]).collect();
        self.sent.push((path, perform.key.clone()));
        let outcome = Outcome {
            result: (self.world)(perform),
            exchange: None,
            used: Used::default(),
            started_at: self.now,
            ended_at: self.now,
            queued: Duration::ZERO,
        };
        self.waiting
            .push((run.id, Input::Performed(Box::new(outcome))));
    }

    /// The paths and keys of all that was sent, each once, in order.
    pub fn keys(&self) -> BTreeMap<String, String> {
        let mut keys = BTreeMap::new();
        for (path, key) in &self.sent {
            if let Some(other) = keys.insert(path.clone(), key.clone()) {
                assert_eq!(&other, key, "{path} has two keys");
            }
        }
        let distinct: std::collections::BTreeSet<&String> = keys.values().collect();
        assert_eq!(
            distinct.len(),
            keys.len(),
            "two paths have one key: {keys:#?}"
        );
        keys
    }

    /// In every loop that has ended: in = ok + failed + skipped.
    pub fn check_counts(&self) {
        for (_, entry) in &self.entries {
            if entry.kind == EntryKind::ForEach && entry.detail.is_object() {
                let count = |name: &str| entry.detail[name].as_u64().unwrap();
                assert_eq!(
                    count("in"),
                    count("ok") + count("failed") + count("skipped"),
                    "{entry:#?}"
                );
            }
        }
    }
}
