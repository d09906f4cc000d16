//! A call that sells software, and what its agent wants to know of it.

use calls::call::Turn;
use extract::{About, Form, Wanted, turns};
use serde_json::{Value, json};

pub fn about(said: &[(&str, &str)]) -> About {
    let turn = |(role, text): &(&str, &str)| Turn {
        role: (*role).into(),
        text: (*text).into(),
        ..Turn::default()
    };
    let at = "2026-11-20T12:00:00+01:00[Europe/Berlin]".parse().unwrap();
    About::new(said.iter().map(turn).collect(), at, Some("US".into()))
}

pub const SALE: [(&str, &str); 15] = [
    (
        "agent",
        "Hi, this is Nova from Acme. How many seats do you need?",
    ),
    ("customer", "Uh, about twenty-five I think."),
    ("agent", "Great. What is your budget per year?"),
    ("customer", "We can spend 12,000 dollars. Not a cent more!"),
    ("agent", "Which plan suits you, Basic or Pro?"),
    ("customer", "Not Basic. We'd go for the pro plan."),
    ("agent", "And your e-mail address?"),
    ("customer", "It's ada dot lovelace at example dot com."),
    ("agent", "Are you the one who decides?"),
    ("customer", "Yes, that's me."),
    ("agent", "When shall we meet?"),
    (
        "customer",
        "Tomorrow at 3 pm. You can call me at 415 555 2671.",
    ),
    ("tool", "{\"booked\": true, \"room\": 99}"),
    ("agent", "Booked. Anything else?"),
    ("customer", "No, thanks. I'm interested, tell me more then."),
];

pub fn wanted() -> Wanted {
    let wanted = json!({
        "variables": [
            { "name": "seats", "type": "number", "description": "How many seats the customer needs", "required": true },
            { "name": "budget", "type": "money", "description": "Budget per year" },
            { "name": "plan", "type": "choice", "choices": ["Basic", "Pro", "Enterprise"], "description": "Which plan" },
            { "name": "email", "type": "email", "description": "E-mail address" },
            { "name": "decides", "type": "boolean", "description": "Whether the caller is the one who decides" },
            { "name": "meeting_day", "type": "date", "description": "When to meet" },
            { "name": "meeting_time", "type": "time", "description": "At what time to meet" },
            { "name": "callback", "type": "phone", "description": "Number to call back" },
            { "name": "company", "type": "text", "description": "The customer's company", "required": true }
        ],
        "questions": [{ "question": "Is the customer the one who decides?", "type": "true/false" }],
        "dispositions": ["Demo booked"]
    });
    let wanted: Wanted = serde_json::from_value(wanted).unwrap();
    assert_eq!(wanted.check(), []);
    wanted
}

/// What a model says of one variable.
pub fn said(value: impl Into<Value>, quote: &str, turn: u64) -> Value {
    json!({ "value": value.into(), "quote": quote, "turn": turn })
}

/// What becomes of an answer about the only variable of a call.
pub fn only(kind: Value, said: &[(&str, &str)], answer: Value) -> (Value, Value) {
    let mut variable = json!({ "name": "found", "description": "What is looked for" });
    variable
        .as_object_mut()
        .unwrap()
        .extend(kind.as_object().unwrap().clone());
    let wanted: Wanted = serde_json::from_value(json!({ "variables": [variable] })).unwrap();
    assert_eq!(wanted.check(), []);
    let about = about(said);
    let answer = json!({ "variables": { "found": answer } });
    let extracted = Form::new(&wanted, &about, "").take(&[answer], false);
    let grounds = extracted.evidence.get("found");
    (
        extracted.outcome["found"].clone(),
        serde_json::to_value(grounds).unwrap(),
    )
}

#[test]
fn transcripts_are_read_in_every_form() {
    let listed = turns(&json!([{ "role": "assistant", "text": "Hi" }, { "role": "user", "text": "Ho", "start_s": 1.5 }])).unwrap();
    let written = turns(&json!("AI: Hi\nCustomer: Ho\nand more\n\nbot:  Bye")).unwrap();
    let roles = |turns: &[Turn]| {
        turns
            .iter()
            .map(|turn| turn.role.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(roles(&listed), ["agent", "customer"]);
    assert_eq!(roles(&written), ["agent", "customer", "agent"]);
    assert_eq!(written[1].text, "Ho\nand more");
    assert_eq!(turns(&Value::Null).unwrap(), []);
    assert_eq!(turns(&json!("just words")).unwrap()[0].role, "customer");
    assert!(turns(&json!(7)).is_none() && turns(&json!([7])).is_none());
}
