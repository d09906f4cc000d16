//! Keeps the reconcilers that are this node's: finds them, and has each look when its time has come.

use super::{How, Source, look};
use crate::kept::{Kept, own};
use crate::state::State;
use kernel::Timestamp;
use kernel::id::EndpointId;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::catalog::Document;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// How soon a change is followed that another node was told.
const ROUND: Duration = Duration::from_secs(5);
/// Looks of a node at once: a page is large.
const AT_ONCE: usize = 2;
const REST: Duration = Duration::from_secs(1);
/// After trouble of our own.
const LONG_REST: Duration = Duration::from_secs(30);
const HOW: How = How {
    dry: false,
    over: None,
    pages: 200,
    within: Duration::from_secs(300),
};

/// Keeps reconcilers until it is dropped.
pub async fn keep(state: State) {
    let mut kept: HashMap<EndpointId, Kept> = HashMap::new();
    let room = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        match own(&state, |body| body.reconcile.is_some()).await {
            Ok(wanted) => follow(&state, &mut kept, wanted, &room),
            Err(error) => {
                tracing::warn!(%error, "whose calls are to be looked for could not be read");
            }
        }
        let _ = timeout(ROUND, state.reconcilers.notified()).await;
    }
}

fn follow(
    state: &State,
    kept: &mut HashMap<EndpointId, Kept>,
    wanted: Vec<Document>,
    room: &Arc<Semaphore>,
) {
    kept.retain(|id, kept| kept.stays(*id, &wanted));
    for document in wanted {
        let id = EndpointId::from_bytes(document.id);
        if kept.contains_key(&id) {
            continue;
        }
        let (version, changed_at) = (document.version, document.updated_at);
        match Source::open(state, &document) {
            Ok(Some(source)) => {
                let task = stay(state.clone(), source, changed_at, room.clone());
                let task = tokio::spawn(task);
                kept.insert(id, Kept { version, task });
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(endpoint = %id, error = %error.detail, "whose calls to look for cannot be read");
            }
        }
    }
}

async fn stay(state: State, source: Source, changed_at: Timestamp, room: Arc<Semaphore>) {
    loop {
        let wait = match state.engine.reconciled(source.inbox.id).await {
            Ok((stand, _)) => {
                let now = state.engine.now();
                let has_looked = stand.last_at.is_some_and(|last| last >= changed_at);
                let due = stand.next_at.filter(|_| has_looked);
                due.and_then(|due| Duration::try_from(due.duration_since(now)).ok())
                    .filter(|wait| !wait.is_zero())
            }
            Err(error) => {
                tracing::warn!(%error, "where a reconciler stands could not be read");
                Some(LONG_REST)
            }
        };
        if let Some(wait) = wait {
            sleep(wait).await;
            continue;
        }
        let place = room.acquire().await;
        let rest = match look(&state, &source, HOW).await {
            Ok(_) => REST,
            Err(error) => {
                tracing::warn!(endpoint = %source.inbox.id, error = %error.detail, "a look for calls was cut short");
                LONG_REST
            }
        };
        // Whoever waits comes first.
        drop(place);
        sleep(rest).await;
    }
}
