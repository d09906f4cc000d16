//! A flow that has passed all checks, as an arena of steps in document order. Each step knows where the run goes on after
//! it, always to a later one, so that walking a plan ends.

use super::{OnUnknown, Trigger};
use crate::Problem;
use crate::lang::{Expr, Path, Template};
use crate::retry::Retry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    pub(crate) index: HashMap<String, usize>,
    pub(crate) on_failure: Option<usize>,
    /// Steps whose output is read later, and which fields of it.
    pub(crate) outputs: BTreeMap<String, BTreeSet<&'static str>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Op {
    pub id: String,
    pub list: List,
    /// Also performed when the list is being left: after a failed step, or a `stop`.
    pub always: bool,
    /// Where the run goes on after this step; `None` at the end of the list.
    pub next: Option<usize>,
    pub kind: Kind,
}

/// The two lists of a flow, with everything nested in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Steps,
    OnFailure,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Do(Box<Do>),
    If {
        condition: Expr,
        then: Option<usize>,
        otherwise: Option<usize>,
    },
    /// In the order written: a value sees the names set before it.
    Set(Vec<(String, Template)>),
    Reply(Template),
    Stop {
        failed: bool,
        reason: Option<Template>,
    },
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnError {
    Stop,
    Continue,
}

impl Plan {
    pub(crate) fn find(&self, step: &str) -> Option<&Op> {
        self.index.get(step).and_then(|at| self.ops.get(*at))
    }

    /// Whether some step reads `error`, and with it the output of the step that failed.
    pub(crate) fn reads_error(&self) -> bool {
        self.paths.iter().any(|path| path.root == "error")
    }
}
