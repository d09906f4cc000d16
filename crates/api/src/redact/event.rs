//! An event of a call as somebody sees it from whom a part is hidden, for whatever is worked out from it: what is made of a value that
//! was there is not found any more. What is the reader's own never comes here.

use super::answer::{is_plain, named};
use super::known::Subject;
use super::values::{Values, beside};
use crate::errors::Result;
use crate::state::State;
use actions::Masks;
use calls::confidential::MASK;
use calls::{Confidential, Event, Snapshot};
use kernel::id::WorkspaceId;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Hides by place, then what was copied, by value.
pub async fn event(
    state: &State,
    workspace: WorkspaceId,
    confidential: &Arc<Confidential>,
    event: Event,
) -> Result<Event> {
    let mut of_signal = BTreeSet::new();
    let signal = event.signal.iter().flat_map(|signal| signal.values());
    signal.for_each(|value| named(value, &mut of_signal));
    let mut subjects = of_signal.clone();
    subjects.insert(Subject::Call(event.call_id));
    let told = confidential.values_of_event(&event);
    let mut values = Values::new(state, workspace, confidential);
    let found = values.found(&subjects, told).await?;
    let hidden = confidential.hidden(event);
    let is_lost = !found.lost.is_empty();
    beside(found.is_slow, move || masked(hidden, &found.masks, is_lost)).await
}

/// `is_lost`: of what the event says beside its call, nobody knows what was told.
fn masked(mut event: Event, masks: &Masks, is_lost: bool) -> Event {
    if let Ok(Value::Object(call)) = serde_json::to_value(&*event.call) {
        event.call = Arc::new(masked_call(call, masks));
    }
    if let Some(tool) = &mut event.tool {
        masks.value(&mut tool.arguments);
    }
    if let Some(step) = &mut event.script_step {
        masks.value(step);
    }
    if let Some(signal) = &mut event.signal {
        let everything = Masks::everything(MASK);
        let masks = if is_lost { &everything } else { masks };
        let signal = Arc::make_mut(signal).values_mut();
        signal.for_each(|value| masks.value(value));
    }
    event
}

/// A member that is not of its kind any more without the value is left out.
fn masked_call(call: Map<String, Value>, masks: &Masks) -> Snapshot {
    let mut shown = Map::new();
    for (name, mut value) in call {
        if !is_plain(&name) && !value.is_number() {
            masks.value(&mut value);
        }
        let alone = Map::from_iter([(name.clone(), value.clone())]);
        if serde_json::from_value::<Snapshot>(alone.into()).is_ok() {
            shown.insert(name, value);
        }
    }
    serde_json::from_value(shown.into()).unwrap_or_default()
}
