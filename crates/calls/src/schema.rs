//! What flows are checked against when they are saved: which names can exist at which kind of event, and what a trigger's
//! filters look at when one comes in.

use crate::{Event, Kind, nearest, payload, shape};
use kernel::flow::{Facts, Known};
use kernel::lang::{Path, Segment};

/// The names of all kinds, as flows write them.
pub const KINDS: [&str; 15] = [
    "call.dialing",
    "call.incoming",
    "call.started",
    "call.answered",
    "tool.called",
    "call.voicemail_detected",
    "call.transfer_started",
    "call.transfer_ended",
    "call.ended",
    "call.recording_ready",
    "call.analyzed",
    "call.reanalyzed",
    "run.failed",
    "flow.failing",
    "flow.paused",
];

/// Names that an event gives to `{{ }}`, except those of [`LATE`] and [`ASKED`]; a run has names of its own beside them.
const NAMES: [&str; 38] = [
    "call_id",
    "caller_number",
    "recipient_number",
    "customer_number",
    "agent_number",
    "direction",
    "duration",
    "talk_duration",
    "timestamp",
    "started_at",
    "answered_at",
    "ended_at",
    "call_status",
    "status",
    "connected",
    "end_reason",
    "end_reason_class",
    "ended_by",
    "recording_url",
    "transcript",
    "transcript_turns",
    "phone_type",
    "provider",
    "provider_call_id",
    "call",
    "raw",
    "agent_id",
    "agent_name",
    "agent_language",
    "campaign_id",
    "campaign_name",
    "campaign_type",
    "contact",
    "vars",
    "workspace_id",
    "workspace_name",
    "payload",
    "payload_flat",
];

/// Known once the call is analysed.
const LATE: [&str; 6] = [
    "outcome",
    "answers",
    "summary",
    "disposition",
    "success",
    "sentiment",
];
/// The same in the payload view, and in the object `call`.
const LATE_IN_VIEW: [&str; 4] = ["analysis", "extracted_variables", "outcome", "disposition"];
const LATE_IN_CALL: [&str; 2] = ["analysis", "disposition"];
/// Known while somebody waits for an answer about a tool or a step of the script.
const ASKED: [&str; 3] = ["args", "tool", "live"];
/// What a flow that watches others knows of the run that failed, and of its flow.
const SIGNALS: [&str; 3] = ["error", "failed", "failing"];

/// Whether a path can exist when an event of `kind` starts the flow.
pub fn variable(path: &Path, kind: &str) -> Known {
    let root = path.root.as_str();
    let kind = Kind::parse(kind);
    let second = match path.rest.first() {
        Some(Segment::Key(key)) => Some(key.as_str()),
        _ => None,
    };
    if path.view && payload::names().any(|name| name == root) {
        // Transfers and tools stand under `analysis`, but are known as they happen.
        let at_once = root == "analysis" && matches!(second, Some("transfer" | "tools"));
        // What the view has not, the common scope may have: `${outcome.notes}`.
        return match shape::missing(path, |_| false) {
            Some(reason) if !is_common(root) => Known::Never(reason),
            _ if LATE_IN_VIEW.contains(&root) && !at_once => late(path, kind),
            _ => Known::Yes,
        };
    }
    if let Some(reason) = shape::missing(path, is_single) {
        return Known::Never(reason);
    }
    match root {
        "call" if second.is_some_and(|field| LATE_IN_CALL.contains(&field)) => late(path, kind),
        _ if LATE.contains(&root) => late(path, kind),
        _ if ASKED.contains(&root) => asked(root, kind),
        _ if SIGNALS.contains(&root) => signal(root, kind),
        _ if NAMES.contains(&root) => Known::Yes,
        _ => {
            let known = || {
                NAMES
                    .iter()
                    .chain(&LATE)
                    .chain(&ASKED)
                    .chain(&SIGNALS)
                    .copied()
            };
            // `agent.name` for `agent_name`.
            let joined = second.map(|second| format!("{root}_{second}"));
            let joined = known().find(|name| joined.as_deref() == Some(*name));
            let near = joined.or_else(|| nearest::name(root, known()));
            Known::Unknown(near.map(str::to_owned))
        }
    }
}

fn is_common(root: &str) -> bool {
    [&NAMES[..], &LATE, &ASKED, &SIGNALS]
        .iter()
        .any(|names| names.contains(&root))
}

/// Whether a name of the common scope is one text, number or truth.
fn is_single(root: &str) -> bool {
    const PARTED: [&str; 14] = [
        "error",
        "failed",
        "failing",
        "transcript_turns",
        "call",
        "raw",
        "contact",
        "vars",
        "payload",
        "payload_flat",
        "outcome",
        "answers",
        "args",
        "tool",
    ];
    is_common(root) && root != "live" && !PARTED.contains(&root)
}

fn late(path: &Path, kind: Option<Kind>) -> Known {
    match kind {
        Some(Kind::Ended) => Known::Late,
        Some(kind) if is_before_the_end(kind) => Known::Never(format!(
            "{} is known only after the call, not at {}: use call.analyzed, or call.ended, which then waits for it",
            written(path),
            kind.name()
        )),
        _ => Known::Yes,
    }
}

fn is_before_the_end(kind: Kind) -> bool {
    kind < Kind::Ended && kind != Kind::TransferEnded
}

fn asked(root: &str, kind: Option<Kind>) -> Known {
    match kind {
        Some(Kind::ToolCalled) => Known::Yes,
        Some(kind) if root == "live" && kind.asks() => Known::Yes,
        kind => Known::Never(format!(
            "{root} exists only where a tool or a script step asks, not at {}: use tool.called",
            kind.map_or("this trigger", Kind::name)
        )),
    }
}

fn signal(root: &str, kind: Option<Kind>) -> Known {
    match (root, kind) {
        ("failing", Some(Kind::RunFailed)) => Known::Never(
            "failing exists only where a flow keeps failing, at flow.failing and flow.paused"
                .into(),
        ),
        (_, Some(kind)) if kind.watches() => Known::Yes,
        (_, kind) => Known::Never(format!(
            "{root} exists only in a flow that watches others, not at {}: use run.failed",
            kind.map_or("this trigger", Kind::name)
        )),
    }
}

fn written(path: &Path) -> String {
    let mut text = path.root.clone();
    for segment in &path.rest {
        match segment {
            Segment::Key(key) => text = format!("{text}.{key}"),
            Segment::Index(index) => text = format!("{text}[{index}]"),
        }
    }
    text
}

/// What a trigger's filters look at.
pub fn facts(event: &Event) -> Facts<'_> {
    let call = &*event.call;
    let agent = call.agent.as_ref();
    let campaign = call.campaign.as_ref();
    Facts {
        kind: event.kind.name(),
        settled: event.settled,
        campaign: [
            campaign.and_then(|campaign| campaign.id.as_deref()),
            campaign.and_then(|campaign| campaign.name.as_deref()),
        ],
        agent: [
            agent.and_then(|agent| agent.id.as_deref()),
            agent.and_then(|agent| agent.name.as_deref()),
        ],
        disposition: call.disposition.as_deref(),
        status: call.status.as_deref(),
        connected: call.connected,
        duration_s: call.duration_s,
        numbers: [call.from.as_deref(), call.to.as_deref()],
        flow: [event.of_failed("flow_id"), event.of_failed("flow_name")],
        scope: event,
    }
}
