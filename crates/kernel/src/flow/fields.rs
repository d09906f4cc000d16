//! The field names of a flow document, each object's in one list: what the reader knows, and what the JSON Schema must
//! name (a test holds the two together).

pub const FLOW: &[&str] = &[
    "$schema",
    "key",
    "name",
    "note",
    "enabled",
    "pause_after",
    "on",
    "where",
    "steps",
    "on_failure",
    "cases",
];
pub const PAUSE: &[&str] = &["failures", "minutes"];
pub const WHERE: &[&str] = &[
    "campaigns",
    "agents",
    "dispositions",
    "statuses",
    "connected",
    "min_duration_s",
    "max_duration_s",
    "numbers",
    "flows",
    "every_s",
    "if",
];
pub const DO: &[&str] = &[
    "id",
    "note",
    "do",
    "connection",
    "with",
    "if",
    "timeout_s",
    "retry",
    "save",
    "on_error",
    "on_unknown",
    "run_when",
];
pub const IF: &[&str] = &["id", "note", "run_when", "if", "then", "else"];
pub const SWITCH: &[&str] = &["id", "note", "run_when", "switch", "else"];
pub const CASE: &[&str] = &["if", "steps"];
pub const SET: &[&str] = &["id", "note", "run_when", "set"];
pub const WAIT: &[&str] = &["id", "note", "run_when", "wait"];
pub const WAIT_OBJECT: &[&str] = &["for", "until", "window"];
pub const WINDOW: &[&str] = &["days", "from", "to", "zone"];
pub const TRY: &[&str] = &["id", "note", "run_when", "try", "catch"];
pub const EACH: &[&str] = &[
    "id",
    "note",
    "run_when",
    "for_each",
    "as",
    "steps",
    "max",
    "batch",
    "parallel",
    "stop_when",
    "collect",
    "on_error",
];
pub const PARALLEL: &[&str] = &[
    "id",
    "note",
    "run_when",
    "parallel",
    "last_within_s",
    "on_error",
];
pub const CALL: &[&str] = &["id", "note", "run_when", "flow", "with", "save", "on_error"];
pub const REPLY: &[&str] = &["id", "note", "run_when", "reply"];
pub const STOP: &[&str] = &["id", "note", "stop"];
pub const RETRY: &[&str] = &["attempts", "first_s", "factor", "max_s"];
pub const STOP_OBJECT: &[&str] = &["status", "reason"];

/// The field that says what kind a step is, and all fields of that kind. `if` comes last: beside another one it is that
/// step's condition.
pub const KINDS: &[(&str, &[&str])] = &[
    ("do", DO),
    ("switch", SWITCH),
    ("set", SET),
    ("wait", WAIT),
    ("try", TRY),
    ("for_each", EACH),
    ("parallel", PARALLEL),
    ("flow", CALL),
    ("reply", REPLY),
    ("stop", STOP),
    ("if", IF),
];
/// What a step leaves behind under `steps.<id>`.
pub(super) const OUTPUT: &[&str] = &[
    "status",
    "body",
    "headers",
    "error",
    "attempts",
    "duration_ms",
];
/// The same of a loop.
pub(super) const COUNTS: &[&str] = &["in", "ok", "failed", "skipped"];

/// What a step of a kind leaves behind; nothing, for most.
pub(super) fn leaves(kind: &str) -> &'static [&'static str] {
    match kind {
        "do" => OUTPUT,
        "for_each" => COUNTS,
        "parallel" => &["error"],
        "flow" => &["body", "error"],
        _ => &[],
    }
}
