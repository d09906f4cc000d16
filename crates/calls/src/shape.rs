//! Which parts the values have whose parts are always the same: a path that names another part can never lead anywhere.
//! What callers, contacts and analyses bring (`contact`, `vars`, `outcome`, `raw`, …) is open and not listed here.

use crate::{Snapshot, nearest, payload};
use kernel::lang::{Path, Segment};

const TURN: &[&str] = &["role", "text", "start_s", "end_s"];
const TRANSFER: &[&str] = &["to", "mode", "status", "at"];
const CAMPAIGN: &[&str] = &["id", "name", "type"];

/// What stands at a place of the common scope or of the payload view.
enum Shape {
    Open,
    /// A text, a number or a truth.
    Single,
    Object(Vec<&'static str>),
    List,
}

/// Why no event has this path, if that is so. `single` says whether a root name is one value without parts.
pub(crate) fn missing(path: &Path, single: impl Fn(&str) -> bool) -> Option<String> {
    let mut at = path.root.clone();
    let mut place = if path.view && payload::names().any(|name| name == path.root) {
        format!("${}", path.root)
    } else {
        path.root.clone()
    };
    for segment in &path.rest {
        let shape = match place.as_str() {
            root if single(root) => Shape::Single,
            place => shape(place),
        };
        let part = match segment {
            Segment::Key(key) => key.clone(),
            Segment::Index(index) => index.to_string(),
        };
        place = match (shape, segment) {
            (Shape::Open, _) => return None,
            (Shape::Single, _) => return Some(format!("{at} is a single value and has no parts")),
            (Shape::List, Segment::Index(_)) => format!("{place}[]"),
            (Shape::List, Segment::Key(_)) => {
                return Some(format!("{at} is a list: its first item is {at}[0]"));
            }
            (Shape::Object(fields), _) if !fields.contains(&part.as_str()) => {
                let near = nearest::name(&part, fields);
                let hint = near.map(|near| format!(": did you mean {at}.{near}?"));
                return Some(format!(
                    "{at} has no field {part}{}",
                    hint.unwrap_or_default()
                ));
            }
            (Shape::Object(_), _) => format!("{place}.{part}"),
        };
        at = match segment {
            Segment::Key(key) => format!("{at}.{key}"),
            Segment::Index(index) => format!("{at}[{index}]"),
        };
    }
    None
}

fn shape(place: &str) -> Shape {
    Shape::Object(match place {
        "call" => Snapshot::FIELDS.to_vec(),
        "call.agent" => vec!["id", "name", "language", "version", "profile"],
        "call.agent.profile" => vec!["id", "name", "extracts", "awaits_recording"],
        "call.campaign.profile" => vec!["id", "name"],
        "call.campaign" => [CAMPAIGN, &["profile"]].concat(),
        "$campaign" | "payload.data.campaign" | "payload_flat.campaign" => CAMPAIGN.to_vec(),
        "call.recording" => vec![
            "url",
            "link",
            "channels",
            "format",
            "duration_s",
            "expires_at",
        ],
        "call.analysis" => vec![
            "summary",
            "success",
            "sentiment",
            "structured",
            "answers",
            "evidence",
            "missing",
            "by",
            "state",
            "failure",
        ],
        "call.analysis.failure" => vec!["message", "run_id"],
        "call.transfer" | "$analysis.transfer" => TRANSFER.to_vec(),
        "call.transcript[]" | "transcript_turns[]" => TURN.to_vec(),
        "tool" => vec!["id", "name", "arguments"],
        "error" => vec!["code", "message", "step", "status"],
        "failed" => vec![
            "run_id",
            "flow_id",
            "flow_name",
            "started_at",
            "attempts",
            "count",
        ],
        "failing" => vec![
            "level",
            "failures",
            "limit",
            "since",
            "why",
            "address",
            "destination",
            "budget",
            "budget_id",
            "of",
            "used",
        ],
        "payload" => vec!["id", "type", "timestamp", "data"],
        "payload.data" | "payload_flat" => payload::names()
            .chain(["error", "failed", "failing"])
            .collect(),
        "$callInfo" => vec!["from", "to", "type", "callSid", "recordingUrl", "endReason"],
        "$analysis" => vec![
            "results",
            "answers",
            "sentiment",
            "state",
            "failure",
            "transfer",
            "tools",
        ],
        "$events[]" => vec!["type", "at"],
        "$transcript[]" => vec!["text", "type", "sender", "timestamp"],
        "call.transcript" | "transcript_turns" | "$events" | "$transcript" => return Shape::List,
        "$id"
        | "$customer_phone"
        | "$assistant_phone"
        | "$recording_url"
        | "$created_at"
        | "$finished_at"
        | "$contact_name"
        | "$formatted_transcript" => return Shape::Single,
        _ => return Shape::Open,
    })
}
