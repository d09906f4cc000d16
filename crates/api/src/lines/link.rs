//! How the line of an endpoint does, as this node knows it.

use jiff::Timestamp;
use kernel::id::EndpointId;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    Connecting,
    /// Signed in, and listening.
    Connected,
    /// It broke, or was refused; it is tried again.
    Failing,
    /// Another node keeps it, and knows how it does.
    Elsewhere,
    /// The endpoint is disabled.
    Off,
}

/// The connection to a switch that is listened to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Link {
    pub state: LinkState,
    /// Since when it is so.
    pub since: Option<Timestamp>,
    /// What is wrong and what to do.
    pub error: Option<String>,
}

#[derive(Default)]
pub struct Lines {
    links: Mutex<HashMap<EndpointId, Link>>,
    changed: Notify,
}

impl Lines {
    pub fn link(&self, id: EndpointId, is_enabled: bool) -> Link {
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        let known = links.get(&id).filter(|_| is_enabled).cloned();
        known.unwrap_or(Link {
            state: if is_enabled {
                LinkState::Elsewhere
            } else {
                LinkState::Off
            },
            since: None,
            error: None,
        })
    }

    pub(super) fn set(
        &self,
        id: EndpointId,
        state: LinkState,
        error: Option<String>,
        now: Timestamp,
    ) {
        let link = Link {
            state,
            since: Some(now),
            error,
        };
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        links.insert(id, link);
    }

    pub(super) fn forget(&self, id: EndpointId) {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        links.remove(&id);
    }

    /// An endpoint was changed here.
    pub fn look(&self) {
        self.changed.notify_one();
    }

    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }
}
