//! What is happening now, for whoever watches: a lossy broadcast that costs nothing while nobody listens.

use kernel::id::WorkspaceId;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::broadcast;

/// One thing that happened, in the shape the API shows it: an event, a run, or an entry of a run.
#[derive(Debug, Clone)]
pub struct Notice {
    pub workspace: WorkspaceId,
    /// `event`, `run` or `entry`.
    pub topic: &'static str,
    pub data: Value,
}

#[derive(Clone)]
pub(crate) struct Live {
    sender: broadcast::Sender<Arc<Notice>>,
}

impl Live {
    pub fn new() -> Self {
        Self {
            sender: broadcast::channel(1024).0,
        }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.sender.subscribe()
    }

    /// Tells the watchers, if there are any; `data` is built only then.
    pub fn tell(&self, workspace: WorkspaceId, topic: &'static str, data: impl FnOnce() -> Value) {
        if self.sender.receiver_count() > 0 {
            // Nobody listening any more is fine: the broadcast is lossy by design.
            let _ = self.sender.send(Arc::new(Notice {
                workspace,
                topic,
                data: data(),
            }));
        }
    }
}
