//! A flow that has passed all checks, as an arena of steps in document order. Each step knows where the run goes on after
//! it in its block, always to a later one; a block is left as a whole, and its owner says what follows.

use super::wait::Wait;
use super::{OnUnknown, Trigger, fields};
use crate::Problem;
use crate::health::Pause;
use crate::lang::{Expr, Path, Template};
use crate::retry::Retry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::time::Duration;

/// A flow that has passed all checks, ready to run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub name: String,
    pub trigger: Trigger,
    /// When it is paused for failing all the time.
    pub pause: Pause,
    pub warnings: Vec<Problem>,
    /// Whether it reads what is known only once a call is settled, where an end of a call is what it runs on.
    pub reads_late: bool,
    /// Every path that the flow reads anywhere.
    pub paths: BTreeSet<Path>,
    pub(crate) ops: Vec<Op>,
    /// The first one is the flow's `steps`.
    pub(crate) blocks: Vec<Block>,
    pub(crate) index: HashMap<String, usize>,
    /// The block of `on_failure`, if it has any step.
    pub(crate) on_failure: Option<usize>,
    /// Steps whose output is read later, and which fields of it.
    pub(crate) outputs: BTreeMap<String, BTreeSet<&'static str>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Op {
    pub id: String,
    pub block: usize,
    /// Also performed when the block is being left: after a failed step, or a `stop`.
    pub always: bool,
    /// Where the run goes on after this step; `None` at the end of the block.
    pub next: Option<usize>,
    pub kind: Kind,
}

/// A list of steps with a way of its own to be left. The branches of an `if` are no blocks: after them the run goes on
/// behind the `if`.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub owner: Owner,
    pub first: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Steps,
    OnFailure,
    /// Of the step with this position.
    Try(usize),
    Catch(usize),
    Each(usize),
    Branch(usize),
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Do(Box<Do>),
    If {
        condition: Expr,
        then: Option<usize>,
        otherwise: Option<usize>,
    },
    /// The first case that holds.
    Switch {
        cases: Vec<(Expr, Option<usize>)>,
        otherwise: Option<usize>,
    },
    /// In the order written: a value sees the names set before it.
    Set(Vec<(String, Template)>),
    Wait(Box<Wait>),
    Each(Box<Each>),
    Parallel(Box<Parallel>),
    Flow(Box<Call>),
    /// Two blocks.
    Try {
        body: usize,
        catch: usize,
    },
    Reply(Template),
    Stop {
        failed: bool,
        reason: Option<Template>,
    },
}

impl Kind {
    /// The fields of `steps.<id>`.
    pub(crate) fn leaves(&self) -> &'static [&'static str] {
        match self {
            Kind::Do(_) => fields::leaves("do"),
            Kind::Each(_) => fields::leaves("for_each"),
            Kind::Parallel(_) => fields::leaves("parallel"),
            Kind::Flow(_) => fields::leaves("flow"),
            _ => &[],
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Do {
    pub action: String,
    pub connection: Option<String>,
    /// What it falls back on.
    pub second: Option<String>,
    pub condition: Option<Expr>,
    pub with: Vec<(String, Template)>,
    pub timeout: Duration,
    pub retry: Retry,
    pub save: Vec<(String, Template)>,
    pub on_error: OnError,
    pub on_unknown: OnUnknown,
    /// Whether the action finds out about an attempt whose result is unknown.
    pub settles: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Each {
    pub list: Template,
    /// What the item is called.
    pub name: String,
    pub body: usize,
    /// The steps inside, at any depth.
    pub inner: Range<usize>,
    pub max: u32,
    pub batch: Option<u32>,
    /// How many items are taken at once, each by a run of its own.
    pub parallel: Option<u32>,
    pub sees: Sees,
    pub stop_when: Option<Expr>,
    pub collect: Vec<(String, Template)>,
    /// Whether the loop goes on with the next item when one has failed.
    pub on_error: OnError,
}

/// Blocks that are taken side by side, each by a run of its own.
#[derive(Debug, Clone)]
pub(crate) struct Parallel {
    pub branches: Vec<usize>,
    /// The last branch begins behind the others, so long after them at the latest, and sees what they have saved by then.
    pub last_within: Option<Duration>,
    pub sees: Sees,
    pub on_error: OnError,
}

/// A sub-flow.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// By name or id.
    pub flow: String,
    pub with: Vec<(String, Template)>,
    pub save: Vec<(String, Template)>,
    pub on_error: OnError,
}

/// What the steps in a part of the flow read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sees {
    pub names: BTreeSet<String>,
    /// Of which steps; all when none is named.
    pub steps: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnError {
    Stop,
    Continue,
}

impl Plan {
    /// The steps whose blocks lie around a block up to `part`, or up to the flow itself, innermost first; none when the
    /// block does not lie in that part.
    pub(crate) fn around(&self, mut block: usize, part: Option<usize>) -> Option<Vec<&Op>> {
        let mut around = Vec::new();
        while part != Some(block) {
            let step = match self.blocks.get(block)?.owner {
                Owner::Steps | Owner::OnFailure => return part.is_none().then_some(around),
                Owner::Try(step) | Owner::Catch(step) => step,
                Owner::Each(step) | Owner::Branch(step) => step,
            };
            let op = self.ops.get(step)?;
            around.push(op);
            block = op.block;
        }
        Some(around)
    }

    /// Every action that the flow performs, and the connection named for it; once more for one to fall back on.
    pub fn actions(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.ops.iter().flat_map(|op| {
            let action = match &op.kind {
                Kind::Do(action) => Some(action),
                _ => None,
            };
            let first = action.map(|action| (&*action.action, action.connection.as_deref()));
            let second =
                action.and_then(|action| Some((&*action.action, Some(action.second.as_deref()?))));
            first.into_iter().chain(second)
        })
    }

    /// The flows that it calls, by their names or ids.
    pub fn sub_flows(&self) -> impl Iterator<Item = &str> {
        self.ops.iter().filter_map(|op| match &op.kind {
            Kind::Flow(call) => Some(&*call.flow),
            _ => None,
        })
    }

    /// Whether some step reads `error`, and with it the output of the step that failed.
    pub(crate) fn reads_error(&self) -> bool {
        self.paths.iter().any(|path| path.root == "error")
    }
}
