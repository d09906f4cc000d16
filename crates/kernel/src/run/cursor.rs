//! Where a run stands: the next step, below the frames of what it has entered and not left yet. A path of step ids, never
//! of positions in the plan, so that a new version of the flow finds the place or refuses to.

use super::{Failure, Run};
use crate::Timestamp;
use serde::{Deserialize, Serialize};

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

    /// The same place, for a run that takes the step there from its beginning.
    pub(super) fn afresh(mut self) -> Self {
        if let Some(Body::Wait { .. }) = self.own() {
            self.frames.pop();
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
