//! Where a run stands: the next step, below the frames of what it has entered and not left yet. A path of step ids, never
//! of positions in the plan, so that a new version of the flow finds the place or refuses to.

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
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    Wait { since: Timestamp, until: Timestamp },
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
