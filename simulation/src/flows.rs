//! The shapes of flows that a seed chooses from. Each step tells the world its run and how many attempts it may have.

use crate::chance::Chance;
use serde_json::{Value, json};

/// The note of a flow that reads what is known only once the call is settled.
pub const LATE: &str = "late";
/// A loop whose items are taken one after the other, by its own run.
pub const ALONE: &str = "alone";
/// A step that is taken in any case.
pub const LAST: &str = "last";
pub const DESTINATIONS: [&str; 3] = ["a:1", "b:1", "c:1"];

/// What flows are called, and call each other: themselves among them.
const NAMES: [&str; 3] = ["one", "two", "three"];

const EARLY: [&str; 4] = ["call.started", "call.answered", "tool.called", "call.ended"];

pub fn draw(chance: &Chance) -> Value {
    let mut flow = match chance.below(22) {
        0 => json!({ "steps": [send(chance, "one")] }),
        1 => several(chance),
        2 => {
            json!({ "steps": [with(send(chance, "may"), "on_error", "continue".into()), send(chance, "then")] })
        }
        3 => {
            json!({ "steps": [send(chance, "may"), send(chance, "skipped"), last(chance)] })
        }
        4 => json!({ "steps": [send(chance, "may")], "on_failure": [send(chance, "tell")] }),
        5 => {
            json!({ "steps": [dial(chance), send(chance, "then")], "on_failure": [send(chance, "tell")] })
        }
        6 => {
            json!({ "steps": [send(chance, "first"), with(send(chance, "once"), "on_unknown", "stop".into())] })
        }
        7 => branches(chance),
        8 => items(chance),
        9 => nested(chance),
        10 => sub_flow(chance),
        11 => {
            json!({ "steps": [send(chance, "before"), { "id": "pause", "wait": { "for": pause(chance) } }, send(chance, "after")] })
        }
        12 => falls_back(chance),
        13 => office_hours(chance),
        14 => itself(chance),
        15 => late(chance),
        16 => chooses(chance),
        17 => one_by_one(chance),
        18 => until(chance),
        19 => asked(chance),
        _ => watching(chance),
    };
    if flow.get("on").is_none() {
        let (one, two) = (*chance.pick(&EARLY), *chance.pick(&EARLY));
        flow["on"] = if one == two {
            json!([one])
        } else {
            json!([one, two])
        };
    }
    if chance.percent(30) {
        flow["pause_after"] = json!({ "failures": 1 + chance.below(4), "minutes": 0 });
    }
    flow["name"] = (*chance.pick(&NAMES)).into();
    flow
}

fn several(chance: &Chance) -> Value {
    let saving = with(
        send(chance, "ask"),
        "save",
        json!({ "number": "{{ body.number }}" }),
    );
    json!({ "steps": [
        { "id": "name", "set": { "greeting": "hello {{ execution_id }}" } },
        saving,
        { "id": "choose", "if": "number > 5", "then": [send(chance, "high")],
          "else": [send(chance, "low"), { "id": "enough", "stop": "succeeded" }] },
        send(chance, "end"),
    ] })
}

/// A branch may fail, end at once, or not be done twice.
fn branches(chance: &Chance) -> Value {
    let saving = with(
        send(chance, "left"),
        "save",
        json!({ "number": "{{ body.number }}" }),
    );
    let mut dial = dial(chance);
    dial["with"]["within"] = "both/1".into();
    let mut step = json!({ "id": "both", "on_error": on_error(chance), "parallel": [
        [within(saving, "both/0"), within(send(chance, "more"), "both/0")],
        [dial],
        [{ "id": "quick", "set": { "name": "{{ call_id }}" } }],
    ] });
    if chance.percent(40) {
        step["last_within_s"] = (1 + chance.below(90)).into();
    }
    let last = last(chance);
    json!({ "steps": [step, send(chance, "then"), last] })
}

fn items(chance: &Chance) -> Value {
    let step = with(
        send(chance, "item"),
        "save",
        json!({ "number": "{{ body.number }}" }),
    );
    let items: Vec<u64> = (0..chance.below(9)).collect();
    let mut each = json!({ "id": "each", "for_each": items, "parallel": 1 + chance.below(4), "on_error": on_error(chance),
        "collect": { "numbers": "{{ number }}" }, "steps": [within(step, "each/{{ index }}")] });
    if chance.percent(30) {
        each["stop_when"] = "number > 7".into();
    }
    json!({ "steps": [each, send(chance, "then")], "on_failure": [send(chance, "tell")] })
}

/// One case of several, or none.
fn chooses(chance: &Chance) -> Value {
    let asks = with(
        send(chance, "ask"),
        "save",
        json!({ "number": "{{ body.number }}" }),
    );
    let choose = json!({ "id": "choose", "switch": [
        { "if": "number > 7", "steps": [send(chance, "high"), { "id": "enough", "stop": "succeeded" }] },
        { "if": "number > 3", "steps": [dial(chance)] },
        { "if": "number > 2", "steps": [] },
    ], "else": [send(chance, "low")] });
    let last = last(chance);
    json!({ "steps": [asks, choose, send(chance, "then"), last] })
}

/// Items that wait, and some that fail, alone or so many at a time.
fn one_by_one(chance: &Chance) -> Value {
    let nap = json!({ "id": "nap", "wait": { "for": pause(chance) } });
    let wrong = json!({ "id": "wrong", "if": "index == 2", "then": [{ "id": "fails", "set": { "x": "{{ nobody | required }}" } }] });
    let items: Vec<u64> = (0..chance.below(7)).collect();
    let mut each = json!({ "id": ALONE, "for_each": items, "on_error": on_error(chance), "collect": { "seen": "{{ index }}" },
        "steps": [nap, wrong] });
    if chance.percent(50) {
        each["batch"] = (1 + chance.below(3)).into();
    }
    let last = last(chance);
    json!({ "steps": [each, send(chance, "then"), last] })
}

fn until(chance: &Chance) -> Value {
    let later = format!("{{{{ now | add_time('{}') }}}}", pause(chance));
    let wait = json!({ "id": "pause", "wait": { "until": later } });
    json!({ "steps": [send(chance, "before"), wait, send(chance, "after")] })
}

/// Answers whoever asks, twice: the first counts.
fn asked(chance: &Chance) -> Value {
    let reply = |id: &str| json!({ "id": id, "reply": { "said": "{{ call_id }}" } });
    json!({ "on": ["tool.called"], "steps": [reply("first"), send(chance, "then"), reply("second"), send(chance, "end")] })
}

/// What fails is caught, and what is to be done in any case is done.
fn falls_back(chance: &Chance) -> Value {
    let attempt = json!({ "id": "attempt", "try": [send(chance, "may"), send(chance, "second")],
        "catch": [with(send(chance, "fallback"), "on_error", on_error(chance).into())] });
    let last = last(chance);
    json!({ "steps": [attempt, send(chance, "then"), last] })
}

/// Clocks begin at midnight, where the office is shut for some minutes.
fn office_hours(chance: &Chance) -> Value {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let opens = format!("00:0{}", 1 + chance.below(3));
    let window = json!({ "days": days, "from": opens, "to": "00:00", "zone": "UTC" });
    let last = last(chance);
    json!({ "steps": [{ "id": "pause", "wait": { "for": pause(chance), "window": window } }, send(chance, "after"), last] })
}

/// Calls itself, until it is too deep.
fn itself(chance: &Chance) -> Value {
    let called = with(call(chance), "on_error", "continue".into());
    let last = last(chance);
    json!({ "steps": [called, last] })
}

/// Children of children, and a sub-flow beside them.
fn nested(chance: &Chance) -> Value {
    let inner = json!({ "id": "inner", "on_error": on_error(chance), "parallel": [
        [within(send(chance, "deep"), "outer/0 each/{{ index }} inner/0")],
        [within(send(chance, "deeper"), "outer/0 each/{{ index }} inner/1")],
    ] });
    let each = json!({ "id": "each", "for_each": [1, 2, 3], "parallel": 2, "on_error": on_error(chance), "steps": [inner] });
    let after = within(send(chance, "after"), "outer/0");
    let called = with(call(chance), "on_error", on_error(chance).into());
    let outer = json!({ "id": "outer", "on_error": on_error(chance), "parallel": [[each, after], [called]] });
    json!({ "steps": [outer, send(chance, "then")] })
}

fn sub_flow(chance: &Chance) -> Value {
    let called = with(call(chance), "on_error", on_error(chance).into());
    json!({ "steps": [called, send(chance, "then")], "on_failure": [send(chance, "tell")] })
}

/// A flow by a name that may be anybody's, its own, or nobody's.
fn call(chance: &Chance) -> Value {
    let name = if chance.percent(20) {
        "nobody"
    } else {
        chance.pick(&NAMES)
    };
    json!({ "id": "call", "flow": name, "with": { "lead": "{{ call_id }}" }, "save": { "number": "{{ body.number }}" } })
}

fn on_error(chance: &Chance) -> &'static str {
    if chance.percent(50) {
        "continue"
    } else {
        "stop"
    }
}

fn pause(chance: &Chance) -> String {
    format!("{}s", chance.below(20))
}

fn within(mut step: Value, way: &str) -> Value {
    step["with"]["within"] = way.into();
    step
}

fn late(chance: &Chance) -> Value {
    let mut step = send(chance, "report");
    step["with"]["text"] = "{{ summary }}".into();
    let on = if chance.percent(50) {
        "call.ended"
    } else {
        "call.analyzed"
    };
    json!({ "note": LATE, "on": [on], "steps": [step] })
}

/// Whether a flow waits until a call is settled: it reads what is known late, or one does that it calls. All come newest first, and
/// of one name the oldest counts.
pub fn is_late(flow: &Value, all: &[Value], seen: &mut Vec<String>) -> bool {
    let is_new = |name: &String| {
        let is_new = !seen.contains(name);
        seen.extend(is_new.then(|| name.clone()));
        is_new
    };
    let called: Vec<String> = called(flow).into_iter().filter(is_new).collect();
    let mut flows = called.iter().filter_map(|name| {
        let mut named = all.iter();
        named.rfind(|flow| flow["name"] == name.as_str())
    });
    flow["note"] == LATE || flows.any(|flow| is_late(flow, all, seen))
}

/// The names of the flows that the steps in it call.
fn called(value: &Value) -> Vec<String> {
    let inner: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(members) => members.values().collect(),
        _ => Vec::new(),
    };
    let own = value["flow"].as_str().map(String::from);
    own.into_iter()
        .chain(inner.into_iter().flat_map(called))
        .collect()
}

/// Watches others, each failure or only now and then.
fn watching(chance: &Chance) -> Value {
    let on = match chance.below(4) {
        0 => json!(["flow.failing", "flow.paused", "destination.failing"]),
        1 => json!([
            "run.failed",
            "flow.failing",
            "flow.paused",
            "destination.failing"
        ]),
        _ => json!(["run.failed"]),
    };
    let filters = match chance.below(3) {
        0 => json!({ "every_s": 1 + chance.below(20) }),
        _ => json!({}),
    };
    let mut step = send(chance, "tell");
    step["with"]["text"] = "{{ failed.run_id }} {{ error.code }}".into();
    json!({ "on": on, "where": filters, "steps": [step] })
}

fn send(chance: &Chance, id: &str) -> Value {
    step(chance, id, "test.send")
}

/// A step that is taken whatever failed before.
fn last(chance: &Chance) -> Value {
    with(send(chance, LAST), "run_when", "always".into())
}

/// Must not be done twice, unless it surely was not done.
fn dial(chance: &Chance) -> Value {
    step(chance, "dial", "test.dial")
}

fn step(chance: &Chance, id: &str, action: &str) -> Value {
    let (attempts, first_s, factor) = (1 + chance.below(4), chance.below(4), 1 + chance.below(3));
    json!({
        "id": id,
        "do": action,
        "with": { "to": chance.pick(&DESTINATIONS), "run": "{{ execution_id }}", "most": attempts.to_string() },
        "timeout_s": 1 + chance.below(25),
        "retry": { "attempts": attempts, "first_s": first_s, "factor": factor, "max_s": 10 },
    })
}

fn with(mut step: Value, name: &str, value: Value) -> Value {
    step[name] = value;
    step
}
