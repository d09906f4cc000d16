//! The event of a replay whose input was edited: a message and an event of the same call beside those that came in. No flow starts on
//! it, and nothing else takes it for something that has happened.

use crate::Refusal;
use crate::contacts::complete_phone_type;
use crate::draft::event_row;
use crate::engine::Inner;
use crate::job::Course;
use crate::wire::{self, EventDetail, EventEdit, MessageBody};
use kernel::Problem;
use serde_json::Value;
use std::sync::Arc;
use store::journal::{EventRow, MessageRow};

/// What its message calls itself, where others have their platform's word.
pub const EDITED: &str = "edited";

/// The rows that keep it, and where it differs.
pub(crate) struct Edited {
    pub message: MessageRow,
    pub row: EventRow,
    pub changed: Vec<String>,
}

impl Inner {
    /// Gives a course another event; `None`: it says the same.
    pub(crate) fn edited(
        &self,
        course: &mut Course,
        wanted: Value,
    ) -> Result<Option<Edited>, Refusal> {
        let was = course.event.clone();
        let below =
            |problem: Problem| Problem::new(format!("/event{}", problem.path), problem.message);
        let (mut event, changed) = calls::edited(&was, wanted)
            .map_err(|found| Refusal::Invalid(found.into_iter().map(below).collect()))?;
        if changed.is_empty() {
            return Ok(None);
        }
        event.id = self.stamp.id(was.call_id.part());
        complete_phone_type(Arc::make_mut(&mut event.call));
        let detail = EventDetail {
            settled: event.settled,
            synthetic: event.synthetic,
            tool: event.tool.clone(),
            script_step: event.script_step.clone(),
            edited: Some(EventEdit {
                of: was.id,
                changed: changed.clone(),
            }),
            ..EventDetail::default()
        };
        let body = MessageBody {
            call: event.call.clone(),
            moments: event.moments.clone(),
            raw: event.raw.clone(),
            hops: event.hops,
        };
        let message = MessageRow {
            id: event.id.cast(),
            workspace: event.workspace_id,
            call: event.call_id,
            endpoint: None,
            provider: event.provider.to_string(),
            provider_event: EDITED.into(),
            received_at: self.stamp.now(),
            body: wire::encode(&body),
        };
        let row = event_row(&event, message.id, &detail);
        (course.event, course.message) = (Arc::new(event), message.id);
        Ok(Some(Edited {
            message,
            row,
            changed,
        }))
    }
}
