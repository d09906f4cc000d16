//! Notes what came in at endpoints, for people who look; what they see never holds a message up.

use super::shape::EndpointBody;
use crate::arrivals::Arrival;
use crate::auth::read_body;
use crate::errors::{Error, Result};
use crate::routes::inbound::Inbox;
use crate::state::State;
use calls::Observation;
use engine::Receipt;
use engine::live::Notice;
use kernel::Timestamp;
use kernel::id::EndpointId;
use serde_json::json;
use std::sync::atomic::Ordering::Relaxed;
use store::catalog::Kind;

pub fn note(state: &State, inbox: &Inbox, arrival: Arrival) {
    state.engine.announce(|| {
        let mut data = json!(arrival);
        data["endpoint_id"] = json!(inbox.id);
        Notice {
            workspace: inbox.workspace,
            topic: "message".into(),
            data,
        }
    });
    state.arrivals.note(inbox.id, arrival);
}

pub fn note_refused(state: &State, inbox: &Inbox, error: &Error) {
    let detail = match error.errors.first() {
        Some(problem) if problem.path.is_empty() => problem.message.clone(),
        Some(problem) => format!("{}: {}", problem.path, problem.message),
        None => error.detail.clone(),
    };
    note(state, inbox, Arrival::refused(state.engine.now(), detail));
}

pub fn note_accepted(state: &State, inbox: &Inbox, told: &[Observation], receipts: &[Receipt]) {
    let now = state.engine.now();
    for (told, receipt) in told.iter().zip(receipts) {
        note(
            state,
            inbox,
            Arrival::accepted(now, &told.provider_event, receipt),
        );
    }
    // Once in an endpoint's life.
    if !inbox.heard.swap(true, Relaxed) {
        let (state, id) = (state.clone(), inbox.id);
        tokio::spawn(async move {
            if let Err(error) = keep_first(&state, id, now).await {
                tracing::warn!(endpoint = %id, ?error, "the first message of an endpoint was not noted");
            }
        });
    }
}

/// Somebody who changes the endpoint at this moment wins: the next message is then noted as the first.
async fn keep_first(state: &State, id: EndpointId, now: Timestamp) -> Result<()> {
    let store = state.engine.store();
    let Some(mut document) = store.get(Kind::Endpoint, id.bytes()).await? else {
        return Ok(());
    };
    let mut body: EndpointBody = read_body(&document)?;
    if body.first_message_at.is_none() {
        body.first_message_at = Some(now);
        document.body = serde_json::to_vec(&body)
            .expect("plain data is JSON")
            .into();
        let expect = document.version;
        document.version += 1;
        store.put(document, expect).await?;
    }
    Ok(())
}
