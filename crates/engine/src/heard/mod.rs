//! What came in at an endpoint lately: one document under the endpoint's id, shared by all nodes and bounded in number and bytes,
//! and a note of when the first message was accepted. What is said of a message is the API's business and opaque here.

mod handle;

use kernel::Timestamp;
use kernel::id::ArrivalId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many messages of an endpoint are kept.
pub const MOST: usize = 50;
/// Of their requests, the newest first: older messages go without.
const MOST_BYTES: usize = 512 << 10;

/// A message that came in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Arrived {
    pub id: ArrivalId,
    pub at: Timestamp,
    /// What was made of it.
    pub what: Value,
    /// As it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Value>,
}

/// Newest first. Fields are only ever added.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Log {
    pub messages: Vec<Arrived>,
}

/// When a message was accepted for the first time.
#[derive(Debug, Serialize, Deserialize)]
struct First {
    at: Timestamp,
}

impl Log {
    /// One that is there already stays as it is.
    pub fn add(&mut self, new: Vec<Arrived>) {
        self.messages.extend(new);
        self.messages
            .sort_by_key(|message| std::cmp::Reverse(message.id));
        self.messages.dedup_by_key(|message| message.id);
        self.messages.truncate(MOST);
        let mut bytes = 0;
        for message in &mut self.messages {
            bytes += message.request.as_ref().map_or(0, size);
            if bytes > MOST_BYTES {
                message.request = None;
            }
        }
    }

    /// Whether anything was removed.
    fn remove(&mut self, wanted: impl Fn(&Arrived) -> bool) -> bool {
        let before = self.messages.len();
        self.messages.retain(|message| !wanted(message));
        self.messages.len() < before
    }
}

fn size(request: &Value) -> usize {
    serde_json::to_vec(request).map_or(0, |text| text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn arrived(second: u64, bytes: usize) -> Arrived {
        Arrived {
            id: ArrivalId::new(second * 1000, 0, [7; 16]),
            at: Timestamp::UNIX_EPOCH,
            what: json!({ "verdict": "refused" }),
            request: Some(json!("x".repeat(bytes))),
        }
    }

    #[test]
    fn the_newest_are_kept_once_each_whoever_adds_them() {
        let mut log = Log::default();
        log.add((0..40).map(|n| arrived(n, 1)).collect());
        log.add((20..70).map(|n| arrived(n, 1)).collect());
        let kept: Vec<_> = log.messages.iter().map(|m| m.id.unix_ms() / 1000).collect();
        assert_eq!(kept, (20..70).rev().collect::<Vec<_>>());
    }

    #[test]
    fn of_large_messages_the_older_ones_lose_their_requests_and_stay_listed() {
        let mut log = Log::default();
        log.add((0..MOST as u64).map(|n| arrived(n, 100 << 10)).collect());
        assert_eq!(log.messages.len(), MOST);
        let whole = log.messages.iter().filter(|m| m.request.is_some()).count();
        assert_eq!(whole, 5);
        assert!(log.messages[..5].iter().all(|m| m.request.is_some()));
    }
}
