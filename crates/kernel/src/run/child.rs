//! Child runs: branches, items that are taken side by side, and sub-flows. A child gets a copy of what it reads and gives
//! back what it saved when it has ended; in between it is a run like any other.

use super::cursor::Body;
use super::{Failure, Retriable, Run, Status};
use crate::id::RunId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What makes a run a child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parent {
    pub run: RunId,
    pub part: Part,
    /// The step of the parent that waits for it, and which of its children it is.
    pub step: String,
    pub number: u32,
    /// The path of its place from the root run on: its idempotency keys are those that the steps would have without it.
    pub above: Vec<(String, u32)>,
    /// Names of the parent that it sees.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub given: Map<String, Value>,
}

/// Which part of which flow a child takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The steps of a loop of the parent's flow, for one item.
    Item,
    /// A branch of the parent's flow.
    Branch,
    /// A flow of its own.
    Flow,
}

/// A run to be begun with `Input::Started`, in the transaction that stores its parent.
#[derive(Debug, Clone, PartialEq)]
pub struct Child {
    pub run: Run,
    /// The flow by name or id; that of the parent, in its version, when there is none.
    pub flow: Option<String>,
}

/// What a child that has ended gives back.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    pub child: RunId,
    pub status: Status,
    pub failure: Option<Failure>,
    /// It took a `stop`, which is one of the parent's, too.
    pub halted: bool,
    /// `stop_when` held.
    pub enough: bool,
    pub saved: Map<String, Value>,
    pub steps: Map<String, Value>,
    /// How many further runs it could have begun.
    pub spare: u32,
}

impl Run {
    /// What this run gives back to its parent; nothing before its end.
    pub fn joined(&self) -> Option<Joined> {
        let parent = self.parent.as_ref()?;
        let whole = parent.part == Part::Flow;
        self.status.is_final().then(|| Joined {
            child: self.id,
            status: self.status,
            failure: self.failure.clone(),
            halted: self.halted && !whole,
            enough: self.enough,
            saved: self.saved.clone(),
            steps: match whole {
                true => Map::new(),
                false => self.steps.clone(),
            },
            spare: self.spare,
        })
    }

    /// The children that this run waits for.
    pub fn awaits(&self) -> Vec<RunId> {
        let own = self.cursor.as_ref().and_then(|cursor| cursor.own());
        match own {
            Some(Body::Fork(fork)) => fork.alive.iter().map(|(_, child)| *child).collect(),
            _ => Vec::new(),
        }
    }
}

impl Joined {
    /// In place of a child that cannot begin: there is no such flow, or it does not compile.
    pub fn refused(child: &Child, code: &str, message: &str) -> Self {
        let failure = Failure {
            code: code.to_owned(),
            message: message.to_owned(),
            step: String::new(),
            status: None,
            output: None,
            retry: Retriable::No,
        };
        Self {
            child: child.run.id,
            status: Status::Failed,
            failure: Some(failure),
            halted: false,
            enough: false,
            saved: Map::new(),
            steps: Map::new(),
            spare: child.run.spare,
        }
    }
}
