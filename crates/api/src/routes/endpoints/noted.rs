//! Notes what came in at endpoints, for people who look; what they see never holds a message up.

use crate::arrivals::{Arrival, Request, Verdict};
use crate::errors::Error;
use crate::routes::inbound::Inbox;
use crate::state::State;
use calls::Observation;
use engine::live::Notice;
use engine::{Receipt, Refusal};
use serde_json::json;
use std::time::Duration;

/// Between two writes of what has come in; the first is written at once.
const PAUSE: Duration = Duration::from_secs(2);

/// A message with what its sender got.
pub struct Came<'a> {
    pub message: &'a providers::Request<'a>,
    pub status: u16,
}

fn note(state: &State, inbox: &Inbox, arrival: &Arrival, request: Option<&Request>) {
    let arrivals = &state.arrivals;
    if arrivals.note(inbox.workspace, inbox.id, arrival, request) {
        tokio::spawn(write(state.clone()));
    }
    // Whoever looks because of it finds it.
    state.engine.announce(|| {
        let mut data = json!(arrival);
        data["endpoint_id"] = json!(inbox.id);
        Notice {
            workspace: inbox.workspace,
            topic: "message".into(),
            data,
        }
    });
}

/// Until nothing is left to write. What cannot be written is kept for the next time.
async fn write(state: State) {
    loop {
        let due = state.arrivals.due();
        if due.is_empty() {
            return;
        }
        for due in due {
            let written = async {
                if let Some(first) = due.first {
                    let kept = state.engine.keep_first(due.workspace, due.endpoint, first);
                    kept.await?;
                }
                let (workspace, endpoint) = (due.workspace, due.endpoint);
                let kept = state
                    .engine
                    .keep_arrived(workspace, endpoint, &due.messages);
                kept.await
            };
            let written: Result<(), Refusal> = written.await;
            match written {
                Ok(()) => state.arrivals.written(&due),
                Err(error) => {
                    tracing::warn!(endpoint = %due.endpoint, %error, "what came in at an endpoint is not kept yet");
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// With what it said, where that is kept.
fn note_whole(state: &State, inbox: &Inbox, arrival: &Arrival, message: &providers::Request<'_>) {
    let (verdict, at) = (arrival.verdict, arrival.at);
    let has_room = state.arrivals.has_room(inbox.id, verdict, at);
    let request = has_room.then(|| Request::new(message, &inbox.auth));
    note(state, inbox, arrival, request.as_ref());
}

pub fn note_refused(state: &State, inbox: &Inbox, message: &providers::Request<'_>, error: &Error) {
    let now = state.engine.now();
    let arrival = Arrival::refused(state.next_id(now), now, error);
    note_whole(state, inbox, &arrival, message);
}

pub fn note_nothing(state: &State, inbox: &Inbox, came: &Came<'_>) {
    let now = state.engine.now();
    let arrival = Arrival {
        status: Some(came.status),
        ..Arrival::new(state.next_id(now), now, Verdict::Nothing)
    };
    note_whole(state, inbox, &arrival, came.message);
}

/// `came`: `None` where nobody waits for an answer.
pub fn note_accepted(
    state: &State,
    inbox: &Inbox,
    told: &[Observation],
    receipts: &[Receipt],
    came: Option<&Came<'_>>,
) {
    let now = state.engine.now();
    let has_room = state.arrivals.has_room(inbox.id, Verdict::Accepted, now);
    let came_with = came.filter(|_| has_room);
    let request = came_with.map(|came| Request::without_body(came.message, &inbox.auth));
    for (told, receipt) in told.iter().zip(receipts) {
        let arrival = Arrival {
            status: came.map(|came| came.status),
            ..Arrival::accepted(state.next_id(now), now, &told.provider_event, receipt)
        };
        note(state, inbox, &arrival, request.as_ref());
    }
}
