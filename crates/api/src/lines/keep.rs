//! Keeps the lines that are this node's: looks for them, opens them, opens them again, and takes in what is said.

use super::link::LinkState;
use crate::kept::{Kept, own};
use crate::routes::endpoints::note_accepted;
use crate::routes::inbound::{Inbox, open};
use crate::state::State;
use bytes::Bytes;
use engine::Refusal;
use kernel::id::EndpointId;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::catalog::Document;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout};

/// How soon a line follows a change that another node was told.
const LOOK: Duration = Duration::from_secs(5);
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// A line that lasted so long is no line that breaks at once.
const STEADY: Duration = Duration::from_secs(30);
/// Messages of one line that wait for the disk; then the switch waits.
const UNDER_WAY: usize = 64;

/// Keeps lines until it is dropped.
pub async fn keep(state: State) {
    let mut kept: HashMap<EndpointId, Kept> = HashMap::new();
    loop {
        match own(&state, |body| body.listens).await {
            Ok(wanted) => follow(&state, &mut kept, wanted),
            Err(error) => tracing::warn!(%error, "the lines to switches could not be looked at"),
        }
        let _ = timeout(LOOK, state.lines.changed()).await;
    }
}

fn follow(state: &State, kept: &mut HashMap<EndpointId, Kept>, wanted: Vec<Document>) {
    kept.retain(|id, line| {
        let stays = line.stays(*id, &wanted);
        if !stays {
            state.lines.forget(*id);
        }
        stays
    });
    for document in wanted {
        let id = EndpointId::from_bytes(document.id);
        if kept.contains_key(&id) {
            continue;
        }
        let Ok(inbox) = open(state, &document) else {
            state.lines.set(
                id,
                LinkState::Failing,
                Some("its settings cannot be read".into()),
                state.engine.now(),
            );
            continue;
        };
        let task = tokio::spawn(stay(state.clone(), inbox));
        kept.insert(
            id,
            Kept {
                version: document.version,
                task,
            },
        );
    }
}

async fn stay(state: State, inbox: Arc<Inbox>) {
    let say = |link, error| state.lines.set(inbox.id, link, error, state.engine.now());
    let Some(Ok(line)) = inbox.provider.line(&inbox.auth) else {
        return say(
            LinkState::Failing,
            Some("its settings make no address".into()),
        );
    };
    let mut wait = FIRST_WAIT;
    say(LinkState::Connecting, None);
    loop {
        let began = Instant::now();
        let why = match state.engine.listen(inbox.workspace, &line).await {
            Ok(feed) => {
                say(LinkState::Connected, None);
                take(&state, &inbox, feed).await
            }
            Err(why) => why,
        };
        tracing::info!(endpoint = %inbox.id, %why, "a line to a switch is down");
        say(LinkState::Failing, Some(why));
        if began.elapsed() > STEADY {
            wait = FIRST_WAIT;
        }
        sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// Takes in what is said until the feed ends; why it did.
async fn take(state: &State, inbox: &Arc<Inbox>, mut feed: actions::Feed) -> String {
    let room = Arc::new(Semaphore::new(UNDER_WAY));
    loop {
        let place = room.clone().acquire_owned().await;
        let message = match feed.next().await {
            Ok(message) => message,
            Err(why) => return why,
        };
        let (state, inbox) = (state.clone(), inbox.clone());
        // It goes on when the line is closed: the switch will not say it again.
        tokio::spawn(async move {
            accept(&state, &inbox, &message).await;
            drop(place);
        });
    }
}

async fn accept(state: &State, inbox: &Inbox, message: &Bytes) {
    let request = providers::Request {
        method: "POST",
        url: "",
        headers: &[],
        body: message,
    };
    let heard = match inbox.provider.read(&request) {
        Ok(heard) if heard.is_empty() => return,
        Ok(heard) => heard,
        Err(unreadable) => {
            tracing::warn!(endpoint = %inbox.id, %unreadable, "a message of a switch is not understood");
            return;
        }
    };
    let mut wait = Duration::from_millis(100);
    loop {
        let accepted = state
            .engine
            .accept(inbox.workspace, Some(inbox.id), heard.clone())
            .await;
        match accepted {
            Err(Refusal::Unavailable(_) | Refusal::Overloaded(_)) => {}
            Err(refusal) => {
                tracing::warn!(endpoint = %inbox.id, %refusal, "a message of a switch was not taken");
                return;
            }
            Ok(receipts) => {
                note_accepted(state, inbox, &heard, &receipts, None);
                return;
            }
        }
        sleep(wait).await;
        wait = (wait * 2).min(Duration::from_secs(5));
    }
}
