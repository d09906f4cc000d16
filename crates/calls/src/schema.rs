//! What flows are checked against when they are saved: which names can exist at which kind of event, and what a trigger's
//! filters look at when one comes in.

use crate::names::{self, When};
use crate::{Event, Kind, nearest, payload, shape};
use kernel::flow::{Facts, Known};
use kernel::lang::{Path, Segment};

/// The names of all kinds, as flows write them.
pub const KINDS: [&str; 17] = [
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
    "destination.failing",
    "budget.reached",
];

/// Known once the call is analysed, in the payload view and in the object `call`.
const LATE_IN_VIEW: [&str; 4] = ["analysis", "extracted_variables", "outcome", "disposition"];
const LATE_IN_CALL: [&str; 2] = ["analysis", "disposition"];

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
        _ => match names::find(root).map(|name| name.when) {
            Some(When::Late) => late(path, kind),
            Some(When::Asked) => asked(root, kind),
            Some(When::Watching) => signal(root, kind),
            Some(When::Any) => Known::Yes,
            None => {
                // `agent.name` for `agent_name`.
                let joined = second.map(|second| format!("{root}_{second}"));
                let joined = names::all().find(|name| joined.as_deref() == Some(*name));
                let near = joined.or_else(|| nearest::name(root, names::all()));
                Known::Unknown(near.map(str::to_owned))
            }
        },
    }
}

fn is_common(root: &str) -> bool {
    names::find(root).is_some()
}

/// Whether a name of the common scope is one text, number or truth.
fn is_single(root: &str) -> bool {
    names::find(root).is_some_and(|name| !name.parted)
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
            "failing exists only where something has come to a level: at flow.failing, flow.paused, destination.failing and budget.reached"
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
    let profile = agent.and_then(|agent| agent.profile.as_ref());
    let campaign = call.campaign.as_ref();
    let own_campaign = campaign.and_then(|campaign| campaign.profile.as_ref());
    Facts {
        kind: event.kind.name(),
        settled: event.settled,
        campaign: [
            campaign.and_then(|campaign| campaign.id.as_deref()),
            campaign.and_then(|campaign| campaign.name.as_deref()),
            own_campaign.map(|own| own.id.as_str()),
            own_campaign.map(|own| own.name.as_str()),
        ],
        agent: [
            agent.and_then(|agent| agent.id.as_deref()),
            agent.and_then(|agent| agent.name.as_deref()),
            profile.map(|profile| profile.id.as_str()),
            profile.map(|profile| profile.name.as_str()),
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
