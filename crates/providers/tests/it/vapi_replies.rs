//! What Vapi is answered: the flow's answer in its format, and a neutral one where no flow answered.

use crate::world::{facts, json_file, reply};
use serde_json::{Value, json};

fn answer(message: Value, results: Vec<Option<Value>>) -> Value {
    let mut message = message;
    message["call"] = json!({ "id": "c-1", "type": "inboundPhoneCall" });
    let reply = reply("vapi", &json!({ "message": message }), results);
    assert_eq!(
        (reply.status, reply.content_type),
        (200, "application/json")
    );
    serde_json::from_str(&reply.body).unwrap()
}

fn tools(ids: &[&str], results: Vec<Option<Value>>) -> Value {
    let calls: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "id": id, "name": "look_up", "arguments": {} }))
        .collect();
    answer(
        json!({ "type": "tool-calls", "toolCallList": calls }),
        results,
    )
}

#[test]
fn every_tool_call_gets_one_line_under_its_own_id() {
    let given = vec![
        Some(json!("two\n  lines\r\nof text")),
        Some(json!({ "free": true, "note": "a\nb" })),
        Some(json!({ "error": "not\nfound" })),
        None,
    ];
    let expected = json!({ "results": [
        { "toolCallId": "t-1", "name": "look_up", "result": "two lines of text" },
        { "toolCallId": "t-2", "name": "look_up", "result": "{\"free\":true,\"note\":\"a\\nb\"}" },
        { "toolCallId": "t-3", "name": "look_up", "error": "not found" },
        { "toolCallId": "t-4", "name": "look_up", "error": "no result is available right now" },
    ] });
    assert_eq!(tools(&["t-1", "t-2", "t-3", "t-4"], given), expected);
}

#[test]
fn a_tool_call_without_a_readable_call_is_still_answered() {
    let body = json!({ "message": { "type": "tool-calls", "toolCallList": [{ "id": "t-1", "name": "x" }] } });
    let reply = reply("vapi", &body, vec![]);
    let results: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(results["results"][0]["toolCallId"], "t-1");
}

#[test]
fn the_older_function_call_has_one_result() {
    let message =
        json!({ "type": "function-call", "functionCall": { "name": "book", "parameters": {} } });
    assert_eq!(
        answer(message.clone(), vec![Some(json!("Booked."))]),
        json!({ "result": "Booked." })
    );
    assert_eq!(
        answer(message, vec![]),
        json!({ "result": "no result is available right now" })
    );
}

#[test]
fn an_incoming_call_gets_an_assistant_its_variables_or_a_spoken_excuse() {
    let incoming =
        |given: Option<Value>| answer(json!({ "type": "assistant-request" }), vec![given]);
    let excuse = json!({ "error": "Sorry, this call cannot be taken right now." });
    assert_eq!(incoming(None), excuse);
    assert_eq!(incoming(Some(json!({}))), excuse);
    assert_eq!(
        incoming(Some(json!("We are closed."))),
        json!({ "error": "We are closed." })
    );
    let variables = json!({ "assistantOverrides": { "variableValues": { "name": "Ada" } } });
    assert_eq!(
        incoming(Some(json!({ "variables": { "name": "Ada" } }))),
        variables
    );
    assert_eq!(incoming(Some(json!({ "name": "Ada" }))), variables);
    let merged = incoming(Some(json!({
        "assistantId": "a-1", "variables": { "plan": "pro" },
        "assistantOverrides": { "firstMessage": "Hi", "variableValues": { "name": "Ada" } },
    })));
    let expected = json!({ "assistantId": "a-1", "assistantOverrides": { "firstMessage": "Hi", "variableValues": { "name": "Ada", "plan": "pro" } } });
    assert_eq!(merged, expected);
}

#[test]
fn the_number_s_own_assistant_takes_variables_alone() {
    let message = json!({ "type": "assistant-request", "phoneNumber": { "assistantId": "a-9" } });
    let answer = answer(
        message,
        vec![Some(json!({ "variables": { "name": "Ada" } }))],
    );
    assert_eq!(
        answer,
        json!({ "assistantId": "a-9", "assistantOverrides": { "variableValues": { "name": "Ada" } } })
    );
}

#[test]
fn a_contact_may_be_dialled_unless_a_flow_says_no() {
    let predial = |given| {
        answer(
            json!({ "type": "campaign.predial", "contact": { "id": "p-1" } }),
            vec![given],
        )
    };
    for yes in [
        None,
        Some(json!(true)),
        Some(json!({ "eligible": true })),
        Some(json!({ "variables": {} })),
    ] {
        assert_eq!(predial(yes), json!({ "eligible": true }));
    }
    for no in [json!(false), json!("false"), json!({ "eligible": false })] {
        assert_eq!(predial(Some(no)), json!({ "eligible": false }));
    }
}

#[test]
fn a_transfer_gets_its_destination_or_an_excuse() {
    let transfer = |given| {
        answer(
            json!({ "type": "transfer-destination-request" }),
            vec![given],
        )
    };
    assert_eq!(
        transfer(None),
        json!({ "error": "Sorry, nobody is available to take the call right now." })
    );
    let number = json!({ "destination": { "type": "number", "number": "+14155550177" } });
    assert_eq!(transfer(Some(json!("+1 415 555 0177"))), number);
    assert_eq!(transfer(Some(number["destination"].clone())), number);
    assert_eq!(transfer(Some(number.clone())), number);
    let sip = json!({ "destination": { "type": "sip", "sipUri": "sip:desk@example.com" } });
    assert_eq!(transfer(Some(json!("sip:desk@example.com"))), sip);
}

#[test]
fn what_asks_nothing_or_is_unreadable_gets_a_plain_200() {
    for kind in [
        "status-update",
        "end-of-call-report",
        "hang",
        "never-heard-of",
    ] {
        assert_eq!(answer(json!({ "type": kind }), vec![]), json!({}), "{kind}");
    }
    assert_eq!(reply("vapi", &json!([1]), vec![]).body, "{}");
}

#[test]
fn published_answers_pass_through_unchanged() {
    let Some(folder) = facts("vapi") else {
        return;
    };
    let answers = [
        ("assistant-request", "assistant-request.response-id"),
        (
            "assistant-request",
            "assistant-request.response-id-overrides",
        ),
        ("assistant-request", "assistant-request.response-transient"),
        ("assistant-request", "assistant-request.response-transfer"),
        ("assistant-request", "assistant-request.response-error"),
        (
            "transfer-destination-request",
            "transfer-destination-request.response",
        ),
        (
            "transfer-destination-request",
            "transfer-destination-request.response-error",
        ),
        ("campaign.predial", "campaign-predial.response"),
    ];
    for (kind, file) in answers {
        let published = json_file(&folder.join(format!("samples/{file}.json")));
        let given = answer(
            json!({ "type": kind, "contact": { "id": "p-1" } }),
            vec![Some(published.clone())],
        );
        assert_eq!(given, published, "{file}");
    }
}
