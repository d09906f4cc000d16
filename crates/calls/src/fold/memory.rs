//! What a call remembers of messages and repeatable moments, so that none counts twice. Bounded: the oldest is forgotten.

use crate::call::{Call, Raised};
use crate::{Kind, Observation, Snapshot, key};
use kernel::Timestamp;
use serde_json::Value;

const MOST_SEEN: usize = 4_096;
const MOST_RAISED: usize = 1_024;
/// Members of an analysis that say where it is from, and how it stands.
const GROUNDS: [&str; 5] = ["evidence", "missing", "by", "state", "failure"];

/// Whether this is new.
pub(super) fn remember(call: &mut Call, hash: u64) -> bool {
    if call.seen.contains(&hash) {
        return false;
    }
    if call.seen.len() >= MOST_SEEN {
        call.seen.drain(..=call.seen.len() - MOST_SEEN);
    }
    call.seen.push(hash);
    true
}

/// One-shot moments always have a place, or they would be raised again.
pub(super) fn record(call: &mut Call, kind: Kind, at: Timestamp) {
    if kind.is_one_shot() || call.raised.len() < MOST_RAISED {
        call.raised.push(Raised { kind, at });
    }
}

/// What a repeatable moment is known by: the platform's own id of the tool call, transfer or recording, else its message.
/// `None` when not even that can be told apart.
pub(super) fn own_key(kind: Kind, told: &Observation) -> Option<u64> {
    let own = match kind {
        Kind::ToolCalled => told.tool.as_ref().and_then(|tool| tool.id.clone()),
        Kind::TransferStarted | Kind::TransferEnded => {
            told.call.transfer.as_ref().and_then(|transfer| {
                let at = transfer.at.map(|at| at.to_string()).unwrap_or_default();
                Some(format!("{} {at}", transfer.to.as_ref()?))
            })
        }
        Kind::RecordingReady => told.call.recording.as_ref().and_then(|r| r.url.clone()),
        _ => None,
    };
    let (source, id) = match &own {
        Some(own) => ("own", own),
        None => ("message", &told.dedupe),
    };
    let parts = [source, kind.name(), id].map(str::as_bytes);
    (!id.is_empty()).then(|| key::short(&parts))
}

/// Two analyses that say the same have the same hash, in whatever order they say it and on whatever grounds.
pub(super) fn analysis_hash(call: &Snapshot) -> u64 {
    let mut text = String::new();
    if let Some(analysis) = &call.analysis {
        if analysis.by.is_some() {
            // A platform tells its disposition apart from its analysis.
            text.push_str(call.disposition.as_deref().unwrap_or_default());
            text.push('\n');
        }
        let mut said = serde_json::to_value(analysis).expect("an analysis has text keys only");
        if let Some(said) = said.as_object_mut() {
            said.retain(|name, _| !GROUNDS.contains(&name.as_str()));
        }
        if said.as_object().is_some_and(|said| !said.is_empty()) {
            write_sorted(&said, &mut text);
        }
    }
    key::short(&[text.as_bytes()])
}

fn write_sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            for (key, value) in entries {
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_sorted(value, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            for item in items {
                write_sorted(item, out);
                out.push(',');
            }
            out.push(']');
        }
        leaf => out.push_str(&leaf.to_string()),
    }
}
