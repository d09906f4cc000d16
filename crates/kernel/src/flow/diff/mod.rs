//! What changed from one flow document to another, for people: steps matched by their ids, the rest field by field.
//! Total over any two JSON values; says nothing of what the change means for a run.

mod fields;
mod order;
mod steps;
mod text;

use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;
use steps::{Step, Steps};

/// How many changes a summary names.
const NAMED: usize = 3;

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    pub kind: Kind,
    /// Id of the step; `None`: of the flow itself.
    pub step: Option<String>,
    /// Dotted path of the field inside the step or flow, for `changed`.
    pub field: Option<String>,
    /// What was there: a value, a whole step, a place; `None`: nothing.
    pub old: Option<Value>,
    pub new: Option<Value>,
    /// The same in one line.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Added,
    Removed,
    Moved,
    Changed,
}

/// All differences: those of the flow itself first, then of its steps in their new order, then the steps removed.
pub fn diff(old: &Value, new: &Value) -> Vec<Change> {
    let (before, after) = (Steps::of(old), Steps::of(new));
    let mut changes = fields::compare(None, &before.own, &after.own);
    let olds: HashMap<&str, &Step> = before.steps.iter().map(|s| (s.id.as_str(), s)).collect();
    let moved = order::moved(&before, &after);
    for step in &after.steps {
        let Some(old) = olds.get(step.id.as_str()) else {
            changes.push(Change {
                new: Some(step.whole.clone()),
                ..of_step(Kind::Added, step, text::added(step))
            });
            continue;
        };
        if moved.contains(step.id.as_str()) {
            changes.push(Change {
                old: Some(old.place.clone().into()),
                new: Some(step.place.clone().into()),
                ..of_step(Kind::Moved, step, text::moved(old, step, &after))
            });
        }
        changes.extend(fields::compare(Some(&step.id), &old.own, &step.own));
    }
    let gone = before
        .steps
        .iter()
        .filter(|step| !after.steps.iter().any(|kept| kept.id == step.id));
    changes.extend(gone.map(|step| Change {
        old: Some(step.whole.clone()),
        ..of_step(Kind::Removed, step, text::removed(step))
    }));
    changes
}

/// The changes in a line, the first few by name.
pub fn summary(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "no changes".into();
    }
    let named: Vec<&str> = changes
        .iter()
        .take(NAMED)
        .map(|change| change.text.as_str())
        .collect();
    match changes.len().saturating_sub(NAMED) {
        0 => named.join("; "),
        more => format!("{}; and {more} more", named.join("; ")),
    }
}

fn of_step(kind: Kind, step: &Step, text: String) -> Change {
    Change {
        kind,
        step: Some(step.id.clone()),
        field: None,
        old: None,
        new: None,
        text,
    }
}
