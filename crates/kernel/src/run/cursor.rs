//! Where a run stands: the next step, below the frames of what it has entered and not left yet. A path of step ids, never
//! of positions in the plan, so that a new version of the flow finds the place or refuses to.

use super::{Failure, Run};
use crate::Timestamp;
use crate::id::RunId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    pub step: String,
    /// Outermost first. The last one belongs to the step at the cursor itself while that one waits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frames: Vec<Frame>,
}

/// A step that was entered and not left yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub step: String,
    pub body: Body,
    /// What the run was leaving when it came here, to be gone on with afterwards.
    #[serde(default, skip_serializing_if = "Leaving::is_nothing")]
    pub outer: Leaving,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    Wait { since: Timestamp, until: Timestamp },
    Try,
    Catch { error: Box<Failure> },
    Each(Box<Each>),
    Fork(Box<Fork>),
}

/// A step that waits for child runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fork {
    pub since: Timestamp,
    /// Those that have not ended, by number.
    pub alive: Vec<(u32, RunId)>,
    /// The number of the next one to begin.
    pub next: u32,
    pub total: u32,
    /// `stop_when` held: no further one is begun.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub enough: bool,
    /// One has taken a `stop`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub halted: bool,
    /// Those alive were asked to end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
    /// Why one failed, the first by number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<(u32, Failure)>,
    /// The inputs of a sub-flow.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub given: Map<String, Value>,
    /// What branches and sub-flows gave back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<(u32, Map<String, Value>)>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub steps: Map<String, Value>,
    /// The loop whose items the children are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Each>,
}

/// A loop under way. Its list is fixed when it starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Each {
    pub since: Timestamp,
    /// The name of the item.
    pub name: String,
    pub items: Vec<Value>,
    /// How many items are taken at once, when they are taken in groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<u32>,
    /// The item at hand, or the group.
    pub index: u32,
    /// Of the items, in both cases.
    pub ok: u32,
    pub failed: u32,
    /// What the steps for this item have saved.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub saved: Map<String, Value>,
    /// What each item that went well has given to `collect`, and which one it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collected: Vec<(u32, Map<String, Value>)>,
    /// How many bytes that is.
    #[serde(default)]
    pub collected_bytes: usize,
}

impl Each {
    /// How many times the steps are taken.
    pub(super) fn rounds(&self) -> u32 {
        let rounds = self
            .items
            .len()
            .div_ceil(self.batch.unwrap_or(1).max(1) as usize);
        u32::try_from(rounds).unwrap_or(u32::MAX)
    }

    /// The items of one round.
    pub(super) fn group(&self, index: u32) -> &[Value] {
        let size = self.batch.unwrap_or(1).max(1) as usize;
        let start = (index as usize).saturating_mul(size).min(self.items.len());
        &self.items[start..self.items.len().min(start + size)]
    }

    /// The item of one round, as its steps see it.
    pub(super) fn item(&self, index: u32) -> Option<Cow<'_, Value>> {
        match (self.batch, self.group(index)) {
            (Some(_), group) => Some(Cow::Owned(Value::Array(group.to_vec()))),
            (None, group) => group.first().map(Cow::Borrowed),
        }
    }
}

/// Why the block at hand is left before its end. Each step that has blocks begins with nothing of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Leaving {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<Box<Cursor>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stopped: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub halted: bool,
}

impl Leaving {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Cursor {
    pub(super) fn new(step: &str) -> Self {
        Self {
            step: step.to_owned(),
            frames: Vec::new(),
        }
    }

    /// The frame of the step at the cursor itself.
    pub(super) fn own(&self) -> Option<&Body> {
        let last = self.frames.last();
        last.filter(|frame| frame.step == self.step)
            .map(|frame| &frame.body)
    }

    /// The children that the step at the cursor waits for.
    pub(super) fn fork(&mut self) -> Option<&mut Fork> {
        let last = self.frames.last_mut();
        match last.filter(|frame| frame.step == self.step)?.body {
            Body::Fork(ref mut fork) => Some(fork),
            _ => None,
        }
    }

    /// The loops that the run is in, outermost first.
    pub(super) fn loops(&self) -> impl DoubleEndedIterator<Item = (&str, &Each)> {
        self.frames.iter().filter_map(|frame| match &frame.body {
            Body::Each(each) => Some((frame.step.as_str(), &**each)),
            _ => None,
        })
    }

    /// The loop whose steps stand at the end of the frames.
    pub(super) fn innermost(&mut self) -> Option<&mut Each> {
        self.frames
            .iter_mut()
            .rev()
            .find_map(|frame| match &mut frame.body {
                Body::Each(each) => Some(&mut **each),
                _ => None,
            })
    }

    /// The same place, for a run that takes the step there from its beginning. The places where it failed before are not
    /// kept in it, or places in places in places would double with each level.
    pub(super) fn afresh(mut self) -> Self {
        if let Some(Body::Wait { .. } | Body::Fork(_)) = self.own() {
            self.frames.pop();
        }
        for frame in &mut self.frames {
            frame.outer.failed_at = None;
        }
        self
    }
}

impl Run {
    /// Takes away why the run is leaving, if it is.
    pub(super) fn set_aside(&mut self) -> Leaving {
        Leaving {
            failure: self.failure.take(),
            failed_at: self.failed_at.take(),
            stopped: std::mem::take(&mut self.stopped),
            halted: std::mem::take(&mut self.halted),
        }
    }

    /// Goes on leaving, for the first of the two reasons.
    pub(super) fn take_back(&mut self, outer: Leaving) {
        self.stopped |= outer.stopped;
        self.halted |= outer.halted;
        if outer.failure.is_some() {
            (self.failure, self.failed_at) = (outer.failure, outer.failed_at);
        }
    }
}
