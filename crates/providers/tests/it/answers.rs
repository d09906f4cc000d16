//! What platforms are answered when they ask: what a flow said in their own shape, and something neutral where none did.

use crate::world::{post, provider, reply};
use calls::Kind;
use providers::{Answer, Request};
use serde_json::{Value, json};

fn asked(name: &str, body: &Value, given: Option<Value>) -> Value {
    let reply = reply(name, body, vec![given]);
    assert_eq!(reply.status, 200);
    serde_json::from_str(&reply.body).unwrap()
}

fn form(name: &str, body: &str, given: Option<Value>) -> String {
    let request = post(&[], body.as_bytes());
    let read = provider(name).read(&request).unwrap();
    let results = vec![given];
    let reply = provider(name).reply(&request, &read, &Answer { results });
    assert_eq!(reply.content_type, "text/xml; charset=utf-8");
    reply.body
}

#[test]
fn retell_gets_texts_and_its_own_words() {
    let rings = json!({ "event": "call_inbound", "call_inbound": { "call_id": "c-1", "from_number": "+447700900123" } });
    let ask = |given| asked("retell", &rings, given)["call_inbound"].clone();
    assert_eq!(ask(None), json!({}));
    let variables =
        json!({ "dynamic_variables": { "name": "Ada", "visits": "3", "vip": "true", "note": "" } });
    assert_eq!(
        ask(Some(
            json!({ "name": "Ada", "visits": 3, "vip": true, "note": null })
        )),
        variables
    );
    let own = json!({ "override_agent_id": "a-2", "dynamic_variables": { "name": "Ada" } });
    assert_eq!(
        ask(Some(
            json!({ "override_agent_id": "a-2", "variables": { "name": "Ada" } })
        )),
        own
    );
    assert_eq!(ask(Some(json!({ "call_inbound": own }))), own);
}

#[test]
fn synthflow_keeps_its_agent_unless_told_otherwise() {
    let rings =
        json!({ "event": "call_inbound", "call_inbound": { "from_number": "+447700900123" } });
    let ask = |given| asked("synthflow", &rings, given)["call_inbound"].clone();
    assert_eq!(
        ask(None),
        json!({ "override_model_id": "", "custom_variables": {} })
    );
    let own = json!({ "override_model_id": "m-2", "custom_variables": { "name": "Ada" } });
    assert_eq!(
        ask(Some(
            json!({ "override_model_id": "m-2", "variables": { "name": "Ada" } })
        )),
        own
    );
}

#[test]
fn elevenlabs_and_telnyx_get_their_variables_in_an_object() {
    let begins = json!({ "caller_id": "+447700900123", "called_number": "+442079460100", "call_sid": "CA1", "agent_id": "a-1" });
    let answer = asked("elevenlabs", &begins, Some(json!({ "name": "Ada" })));
    assert_eq!(
        answer,
        json!({ "type": "conversation_initiation_client_data", "dynamic_variables": { "name": "Ada" } })
    );
    assert_eq!(
        asked("elevenlabs", &begins, None)["dynamic_variables"],
        json!({})
    );
    let begins = json!({ "data": { "event_type": "assistant.initialization", "payload": { "call_control_id": "v3:1" } } });
    let answer = asked("telnyx", &begins, Some(json!({ "name": "Ada" })));
    assert_eq!(answer, json!({ "dynamic_variables": { "name": "Ada" } }));
}

#[test]
fn vonage_gets_a_list_of_actions() {
    let answers = json!({ "from": "447700900123", "to": "442079460100", "uuid": "u-1" });
    let ask = |given| asked("vonage", &answers, given);
    let list = json!([{ "action": "connect" }]);
    assert_eq!(ask(Some(list.clone())), list);
    assert_eq!(ask(Some(list[0].clone())), list);
    assert_eq!(
        ask(Some(json!("Hello"))),
        json!([{ "action": "talk", "text": "Hello" }])
    );
    assert_eq!(ask(None)[0]["action"], "talk");
    assert_eq!(
        asked(
            "vonage",
            &json!({ "dtmf": { "digits": "4" }, "uuid": "u-1" }),
            None
        ),
        json!([])
    );
    assert_eq!(
        asked(
            "vonage",
            &json!({ "status": "ringing", "uuid": "u-1" }),
            None
        ),
        json!({})
    );
}

#[test]
fn twilio_and_plivo_get_their_own_xml_with_words_escaped() {
    let rings = "CallSid=CA1&CallStatus=ringing&Direction=inbound";
    assert!(
        form("twilio", rings, Some(json!("A <b> & c"))).contains("<Say>A &lt;b&gt; &amp; c</Say>")
    );
    assert!(form("twilio", rings, None).contains("<Say>Sorry,"));
    assert!(form("telnyx", rings, None).contains("<Say>Sorry,"));
    let own = "<Response><Dial>1</Dial></Response>";
    assert_eq!(form("twilio", rings, Some(json!(own))), own);
    let told = "CallSid=CA1&CallStatus=completed&CallbackSource=call-progress-events";
    assert!(form("twilio", told, None).ends_with("<Response/>"));
    let rings = "Event=StartApp&CallUUID=u-1&CallStatus=ringing&Direction=inbound";
    assert!(form("plivo", rings, Some(json!("Hi"))).contains("<Speak>Hi</Speak>"));
    assert!(form("plivo", "Event=Ring&CallUUID=u-1", None).ends_with("<Response/>"));
}

#[test]
fn tools_in_free_form_are_found_by_the_address_and_answered_in_json() {
    for name in ["autocalls", "bland", "elevenlabs", "retell", "synthflow"] {
        let body = br#"{"order":"78542"}"#;
        let url = "https://hooks.example.com/v1/in/abc?tool=track&call_id=c-1&tool_call_id=t-1";
        let request = Request {
            url,
            ..post(&[], body)
        };
        let read = provider(name).read(&request).unwrap();
        assert_eq!(read.len(), 1, "{name}");
        assert_eq!(read[0].claims, [Kind::ToolCalled], "{name}");
        assert_eq!(read[0].call.provider_call_id, "c-1", "{name}");
        assert!(!read[0].made_up, "{name}");
        let tool = read[0].tool.clone().unwrap();
        assert_eq!(
            (tool.name.as_str(), tool.id.as_deref()),
            ("track", Some("t-1")),
            "{name}"
        );
        assert_eq!(tool.arguments, json!({ "order": "78542" }), "{name}");
        let bare = post(&[], body);
        let read = provider(name).read(&bare).unwrap();
        assert!(
            read[0].made_up && read[0].call.provider_call_id.starts_with("tool-"),
            "{name}"
        );
        let answer = |given| {
            let results = vec![given];
            let reply = provider(name).reply(&bare, &read, &Answer { results });
            serde_json::from_str::<Value>(&reply.body).unwrap()
        };
        assert_eq!(
            answer(Some(json!("shipped"))),
            json!({ "result": "shipped" }),
            "{name}"
        );
        assert_eq!(
            answer(Some(json!({ "eta": 1 }))),
            json!({ "eta": 1 }),
            "{name}"
        );
        assert_eq!(
            answer(None),
            json!({ "error": "no result is available right now" }),
            "{name}"
        );
    }
}

#[test]
fn arguments_that_look_like_an_event_are_still_arguments() {
    let body = json!({ "event": "wedding", "guests": 40 });
    let answer = asked("retell", &body, Some(json!("booked")));
    assert_eq!(answer, json!({ "result": "booked" }));
    let named = Request {
        url: "https://hooks.example.com/v1/in/abc?tool=plan&call_id=c-1",
        ..post(&[], br#"{"event":"call_of_the_year"}"#)
    };
    let read = provider("retell").read(&named).unwrap();
    assert_eq!(read[0].tool.as_ref().unwrap().name, "plan");
}

#[test]
fn a_get_of_a_tool_has_its_arguments_in_the_query() {
    let request = Request {
        method: "GET",
        url: "https://hooks.example.com/v1/in/abc?tool=track&call_id=c-1&order=78542",
        headers: &[],
        body: b"",
    };
    let read = provider("autocalls").read(&request).unwrap();
    assert_eq!(
        read[0].tool.as_ref().unwrap().arguments,
        json!({ "order": "78542" })
    );
}

#[test]
fn two_calls_of_one_number_without_an_id_are_two_questions() {
    let body = br#"{"event":"call_inbound","call_inbound":{"from_number":"+447700900123","to_number":"+442079460100"}}"#;
    let ring = |at: &str| {
        let headers = crate::world::headers(&[("x-retell-signature", at)]);
        let read = provider("retell").read(&post(&headers, body)).unwrap();
        assert!(read[0].made_up);
        read[0].call.provider_call_id.clone()
    };
    assert_ne!(ring("v=1,d=00"), ring("v=2,d=00"));
    assert_eq!(ring("v=1,d=00"), ring("v=1,d=00"));
}
