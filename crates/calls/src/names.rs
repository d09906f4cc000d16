//! The names that an event gives to `{{ }}`: one row each, with where it belongs and what it means to people. The checks of
//! flows and the lists that people pick from are both made of this table, so neither can know a name that the other does not.

/// When a name can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Any,
    /// Once the call is analysed.
    Late,
    /// While somebody waits for an answer about a tool or a step of the script.
    Asked,
    /// In a flow that watches others: of the run that failed, and of its flow.
    Watching,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    pub name: &'static str,
    pub group: &'static str,
    pub when: When,
    /// It has parts of its own; else it is one text, number or truth.
    pub parted: bool,
    pub help: &'static str,
}

const fn row(group: &'static str, name: &'static str, when: When, help: &'static str) -> Name {
    Name {
        name,
        group,
        when,
        parted: false,
        help,
    }
}

const fn one(group: &'static str, name: &'static str, help: &'static str) -> Name {
    row(group, name, When::Any, help)
}

const fn parts(name: Name) -> Name {
    Name {
        parted: true,
        ..name
    }
}

use When::{Asked, Late, Watching};

/// In the order in which people look for them.
pub(crate) const NAMES: [Name; 50] = [
    one("call", "call_id", "our id of the call"),
    one("call", "caller_number", "the number that called"),
    one("call", "recipient_number", "the number that was called"),
    one("call", "customer_number", "the customer's side of the call"),
    one("call", "agent_number", "our side of the call"),
    one("call", "direction", "inbound, outbound, web or unknown"),
    one("call", "duration", "seconds from start to end"),
    one(
        "call",
        "talk_duration",
        "seconds of talk, where the platform tells",
    ),
    one("call", "timestamp", "when this event happened"),
    one("call", "started_at", "when the call began"),
    one("call", "answered_at", "when it was picked up"),
    one("call", "ended_at", "when it ended"),
    one("call", "call_status", "answered, no-answer or voicemail"),
    one(
        "call",
        "status",
        "where the call stands: ringing, completed, failed, …",
    ),
    one("call", "connected", "whether somebody picked up"),
    one("call", "end_reason", "why it ended, in the platform's word"),
    one(
        "call",
        "end_reason_class",
        "why it ended, in one of a few words",
    ),
    one("call", "ended_by", "customer, agent or system"),
    one(
        "call",
        "recording_url",
        "where the recording is: the platform's link, or one of ours where settings say so",
    ),
    one("call", "transcript", "what was said, a line for each turn"),
    parts(one(
        "call",
        "transcript_turns",
        "what was said, turn by turn",
    )),
    row("call", "summary", Late, "what the call was about"),
    row(
        "call",
        "disposition",
        Late,
        "how it ended for the campaign: Interested, Call later, …",
    ),
    row("call", "success", Late, "whether the call reached its goal"),
    row("call", "sentiment", Late, "how the customer felt"),
    one(
        "call",
        "phone_type",
        "mobile, landline, …, where it is known",
    ),
    one("call", "provider", "the voice platform"),
    one("call", "provider_call_id", "the platform's id of the call"),
    one("agent", "agent_id", "the agent's id at the platform"),
    one("agent", "agent_name", "the agent's name"),
    one("agent", "agent_language", "the language it speaks"),
    one("campaign", "campaign_id", "the campaign's id"),
    one("campaign", "campaign_name", "the campaign's name"),
    one("campaign", "campaign_type", "inbound or outbound"),
    parts(one("contact", "contact", "a column of the contact")),
    parts(row(
        "outcome",
        "outcome",
        Late,
        "a variable extracted from the call",
    )),
    parts(row(
        "outcome",
        "answers",
        Late,
        "the answer to a key question",
    )),
    parts(one("inputs", "vars", "a variable given before the call")),
    parts(row(
        "asked",
        "args",
        Asked,
        "an argument of the tool or script step",
    )),
    parts(row("asked", "tool", Asked, "the tool that was called")),
    parts(row(
        "asked",
        "live",
        Asked,
        "a value set so far in this call",
    )),
    one("system", "workspace_id", "the workspace's id"),
    one("system", "workspace_name", "the workspace's name"),
    parts(one("call", "call", "everything known about the call")),
    parts(one("call", "raw", "the platform's own message")),
    parts(one(
        "payload",
        "payload",
        "the default payload in its envelope",
    )),
    parts(one("payload", "payload_flat", "the default payload alone")),
    parts(row(
        "failure",
        "error",
        Watching,
        "why the run failed: code, message, step, status",
    )),
    parts(row(
        "failure",
        "failed",
        Watching,
        "the run that failed, its flow, when it started, after how many attempts",
    )),
    parts(row(
        "failure",
        "failing",
        Watching,
        "how far its flow, or its destination, is from being paused, or why it is; how much of a budget is used",
    )),
];

/// Names that every run has beside those of its event.
pub(crate) const OF_RUN: [(&str, &str); 4] = [
    ("execution_id", "the run's id"),
    ("flow_id", "the flow's id"),
    ("flow_name", "the flow's name"),
    ("now", "the time at which the step runs"),
];

pub(crate) fn find(name: &str) -> Option<&'static Name> {
    NAMES.iter().find(|row| row.name == name)
}

pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|row| row.name)
}
