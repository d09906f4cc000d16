//! The shapes of flows that a seed chooses from. Each step tells the world its run and how many attempts it may have.

use crate::chance::Chance;
use serde_json::{Value, json};

/// The note of a flow that reads what is known only once the call is settled.
pub const LATE: &str = "late";
pub const DESTINATIONS: [&str; 3] = ["a:1", "b:1", "c:1"];

const EARLY: [&str; 4] = ["call.started", "call.answered", "tool.called", "call.ended"];

pub fn draw(chance: &Chance) -> Value {
    let mut flow = match chance.below(8) {
        0 => json!({ "steps": [send(chance, "one")] }),
        1 => several(chance),
        2 => {
            json!({ "steps": [with(send(chance, "may"), "on_error", "continue".into()), send(chance, "then")] })
        }
        3 => {
            json!({ "steps": [send(chance, "may"), send(chance, "skipped"), with(send(chance, "last"), "run_when", "always".into())] })
        }
        4 => json!({ "steps": [send(chance, "may")], "on_failure": [send(chance, "tell")] }),
        5 => {
            json!({ "steps": [dial(chance), send(chance, "then")], "on_failure": [send(chance, "tell")] })
        }
        6 => {
            json!({ "steps": [send(chance, "first"), with(send(chance, "once"), "on_unknown", "stop".into())] })
        }
        _ => late(chance),
    };
    if flow.get("on").is_none() {
        let (one, two) = (*chance.pick(&EARLY), *chance.pick(&EARLY));
        flow["on"] = if one == two {
            json!([one])
        } else {
            json!([one, two])
        };
    }
    flow["name"] = "flow".into();
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

fn send(chance: &Chance, id: &str) -> Value {
    step(chance, id, "test.send")
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
