//! A flow that has passed all checks, as an arena of steps in document order. Each step knows where the run goes on after
//! it in its block, always to a later one; a block is left as a whole, and its owner says what follows.

use super::wait::Wait;
use super::{OnUnknown, Trigger, fields};
use crate::Problem;
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
    pub warnings: Vec<Problem>,
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
            _ => &[],
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Do {
    pub action: String,
    pub connection: Option<String>,
    pub condition: Option<Expr>,
    pub with: Vec<(String, Template)>,
    pub timeout: Duration,
    pub retry: Retry,
    pub save: Vec<(String, Template)>,
    pub on_error: OnError,
    pub on_unknown: OnUnknown,
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
    pub stop_when: Option<Expr>,
    pub collect: Vec<(String, Template)>,
    /// Whether the loop goes on with the next item when one has failed.
    pub on_error: OnError,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnError {
    Stop,
    Continue,
}

impl Plan {
    /// The steps whose blocks lie around a block, innermost first.
    pub(crate) fn around(&self, block: usize) -> impl Iterator<Item = &Op> {
        let owner = |block: usize| match self.blocks.get(block)?.owner {
            Owner::Steps | Owner::OnFailure => None,
            Owner::Try(step) | Owner::Catch(step) | Owner::Each(step) => self.ops.get(step),
        };
        std::iter::successors(owner(block), move |op| owner(op.block))
    }

    /// Whether some step reads `error`, and with it the output of the step that failed.
    pub(crate) fn reads_error(&self) -> bool {
        self.paths.iter().any(|path| path.root == "error")
    }
}
