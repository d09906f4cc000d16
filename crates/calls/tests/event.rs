//! Facts about the names an event gives to templates and about its payloads.
#![allow(clippy::unwrap_used)]

mod common;

use calls::event::Origin;
use calls::{Event, Kind, Policy, fold, generic, samples};
use kernel::Scope;
use kernel::id::{CallId, EventId, WorkspaceId};
use serde_json::{Value, json};

fn id() -> EventId {
    EventId::new(1_795_195_805_000, 7, [2; 16])
}

fn origin() -> Origin {
    Origin {
        workspace_id: WorkspaceId::new(1_763_000_000_000, 7, [1; 16]),
        workspace_name: "Acme".into(),
        call_id: CallId::new(1_795_195_680_000, 7, [3; 16]),
        raw: Default::default(),
    }
}

fn sample(kind: Kind) -> Event {
    samples::event(kind, id(), &origin())
}

/// The first event that this `call` raises.
fn of_call(kind: &str, call: Value) -> Event {
    let mut event = json!({"kind": kind, "at": "2026-11-20T17:30:05Z", "call": call});
    event["call"]["provider_call_id"] = "c-1".into();
    let told = generic::read(event).unwrap();
    let folded = fold(None, &told, "", told.at.unwrap(), &Policy::default());
    folded.call.events(&folded.moments, &origin(), id).remove(0)
}

fn get(event: &Event, name: &str) -> Value {
    event
        .get(name)
        .map_or(Value::Null, |value| value.into_owned())
}

fn view(event: &Event, name: &str) -> Value {
    event
        .view(name)
        .map_or(Value::Null, |value| value.into_owned())
}

#[test]
fn every_documented_name_of_a_finished_call_has_its_value() {
    let event = sample(Kind::Ended);
    for (name, value) in [
        ("call_id", json!(origin().call_id.to_string())),
        ("caller_number", json!("+15550100")),
        ("recipient_number", json!("+15550101")),
        ("customer_number", json!("+15550101")),
        ("agent_number", json!("+15550100")),
        ("direction", json!("outbound")),
        ("duration", json!(125)),
        ("talk_duration", json!(121)),
        ("timestamp", json!("2026-11-20T17:30:05Z")),
        ("started_at", json!("2026-11-20T17:28:00Z")),
        ("answered_at", json!("2026-11-20T17:28:04Z")),
        ("ended_at", json!("2026-11-20T17:30:05Z")),
        ("call_status", json!("answered")),
        ("status", json!("completed")),
        ("connected", json!(true)),
        ("end_reason", json!("customer-ended-call")),
        ("end_reason_class", json!("customer_hangup")),
        ("ended_by", json!("customer")),
        (
            "recording_url",
            json!("https://recordings.example/c-123.mp3"),
        ),
        (
            "summary",
            json!("Ada wants a demo of the Pro plan on Tuesday at 3 pm."),
        ),
        ("disposition", json!("Interested")),
        ("success", json!(true)),
        ("sentiment", json!("positive")),
        ("provider", json!("custom")),
        ("provider_call_id", json!("c-123")),
        ("agent_id", json!("a1")),
        ("agent_name", json!("Sarah")),
        ("agent_language", json!("en")),
        ("campaign_id", json!("k1")),
        ("campaign_name", json!("Sales Outbound Q1")),
        ("campaign_type", json!("outbound")),
        ("answers", json!({"How many seats?": "about 20"})),
        (
            "vars",
            json!({"order_id": "77", "product_interest": "Pro plan"}),
        ),
        ("order_id", json!("77")),
        ("workspace_id", json!(origin().workspace_id.to_string())),
        ("workspace_name", json!("Acme")),
    ] {
        assert_eq!(get(&event, name), value, "{name}");
    }
    assert_eq!(get(&event, "outcome")["budget"], 5000);
    assert_eq!(get(&event, "outcome")["status"], true);
    assert_eq!(get(&event, "contact")["company"], "Analytical");
    assert_eq!(get(&event, "call")["analysis"]["success"], true);
    assert_eq!(get(&event, "raw")["kind"], "call.ended");
    assert_eq!(get(&event, "transcript_turns")[1]["role"], "customer");
    let talk = get(&event, "transcript");
    assert!(
        talk.as_str()
            .unwrap()
            .starts_with("AI: Hello Ada, this is Sarah from Example.\nCustomer: Hi.")
    );
}

#[test]
fn what_is_not_known_is_missing_and_no_variable_takes_its_place() {
    let call = json!({"variables": {"summary": "mine", "duration": 5, "plan": "pro"}});
    let event = of_call("call.started", call);
    for name in [
        "summary",
        "duration",
        "outcome",
        "contact",
        "recording_url",
        "connected",
        "args",
        "live",
        "nothing",
    ] {
        assert!(event.get(name).is_none(), "{name}");
    }
    assert_eq!(get(&event, "plan"), "pro");
    assert_eq!(get(&event, "vars")["summary"], "mine");
}

#[test]
fn the_two_sides_follow_the_direction() {
    let numbers = |direction: &str| {
        let event = of_call(
            "call.started",
            json!({"direction": direction, "from": "+1", "to": "+2"}),
        );
        (get(&event, "customer_number"), get(&event, "agent_number"))
    };
    assert_eq!(numbers("inbound"), (json!("+1"), json!("+2")));
    assert_eq!(numbers("outbound"), (json!("+2"), json!("+1")));
    assert_eq!(numbers("web"), (Value::Null, Value::Null));
    let event = of_call("call.started", json!({"contact": {"phone": "+3"}}));
    assert_eq!(get(&event, "customer_number"), "+3");
    let event = of_call(
        "call.incoming",
        json!({"direction": "inbound", "from": "+1"}),
    );
    assert_eq!(get(&event, "contact"), json!({"phone": "+1"}));
}

#[test]
fn call_status_says_answered_no_answer_or_voicemail() {
    let status = |call| get(&of_call("call.ended", call), "call_status");
    assert_eq!(
        status(json!({"answered_at": "2026-11-20T17:28:04Z"})),
        "answered"
    );
    assert_eq!(status(json!({"end_reason": "dial_no_answer"})), "no-answer");
    assert_eq!(
        status(json!({"answered_by": "voicemail", "connected": true})),
        "voicemail"
    );
    assert_eq!(
        status(json!({"end_reason": "voicemail_reached"})),
        "voicemail"
    );
    assert_eq!(status(json!({})), Value::Null);
    assert_eq!(
        get(&sample(Kind::VoicemailDetected), "call_status"),
        "voicemail"
    );
}

#[test]
fn a_tool_call_gives_its_arguments() {
    let event = sample(Kind::ToolCalled);
    assert_eq!(
        get(&event, "args"),
        json!({"date": "2026-11-24", "time": "15:00"})
    );
    assert_eq!(get(&event, "tool")["name"], "check_availability");
    assert_eq!(get(&event, "live"), json!({}));
    assert_eq!(
        view(&event, "analysis")["tools"]["check_availability"]["time"],
        "15:00"
    );
}

#[test]
fn a_transfer_has_its_values_where_call_actions_look_for_them() {
    let view = |event: &Event, name: &str| view(event, "analysis")["transfer"][name].clone();
    let began = sample(Kind::TransferStarted);
    let transfer = began.call.transfer.clone().unwrap();
    for (name, value) in [
        ("to", &transfer.to),
        ("mode", &transfer.mode),
        ("status", &transfer.status),
    ] {
        assert!(value.is_some(), "the sample says nothing of `{name}`");
        assert_eq!(view(&began, name), json!(value), "{name}");
    }
    assert_eq!(view(&began, "at"), json!(transfer.at));
    let never = sample(Kind::Incoming);
    assert_eq!(view(&never, "to"), Value::Null);
}

#[test]
fn a_step_of_a_script_gives_its_arguments_unless_a_tool_does() {
    let mut event = sample(Kind::Started);
    event.script_step = Some(json!({ "id": "ask", "arguments": { "day": "Monday" } }));
    assert_eq!(get(&event, "args"), json!({ "day": "Monday" }));
    let mut tool = sample(Kind::ToolCalled);
    tool.script_step = event.script_step;
    assert_eq!(get(&tool, "args")["date"], "2026-11-24");
}

#[test]
fn the_payload_is_an_envelope_around_the_flat_one() {
    let event = sample(Kind::Ended);
    let payload = get(&event, "payload");
    let names: Vec<&String> = payload.as_object().unwrap().keys().collect();
    assert_eq!(names, ["id", "type", "timestamp", "data"]);
    assert_eq!(payload["id"], id().to_string());
    assert_eq!(payload["type"], "call.ended");
    assert_eq!(payload["timestamp"], "2026-11-20T17:30:05Z");
    assert_eq!(payload["data"], get(&event, "payload_flat"));
}

#[test]
fn the_payload_has_every_field_of_the_contract_at_every_kind() {
    let contract = [
        "id",
        "customer_phone",
        "assistant_phone",
        "direction",
        "duration",
        "status",
        "extracted_variables",
        "input_variables",
        "transcript",
        "formatted_transcript",
        "recording_url",
        "created_at",
        "finished_at",
        "contact_name",
        "phone_type",
        "end_reason",
        "events",
        "action_results",
        "callInfo",
        "analysis",
        "context",
        "outcome",
    ];
    for kind in Kind::MOMENTS {
        let data = get(&sample(kind), "payload_flat");
        for name in contract {
            assert!(data.get(name).is_some(), "{} has no {name}", kind.name());
        }
        assert_eq!(data["lead"]["first_name"], "Ada");
        assert_eq!(
            data["campaign"]["type"],
            if kind == Kind::Incoming {
                "inbound"
            } else {
                "outbound"
            }
        );
    }
    let data = get(&of_call("call.ended", json!({})), "payload_flat");
    assert_eq!((data.get("lead"), data.get("campaign")), (None, None));
    assert_eq!(
        data["extracted_variables"],
        json!({"status": null, "summary": null})
    );
}

#[test]
fn the_payload_view_reads_as_call_actions_write_it() {
    let event = sample(Kind::Ended);
    assert_eq!(view(&event, "callInfo")["callSid"], "c-123");
    assert_eq!(view(&event, "callInfo")["type"], "outbound");
    assert_eq!(
        view(&event, "analysis")["results"]["summary"],
        get(&event, "summary")
    );
    assert_eq!(view(&event, "analysis")["results"]["budget"], 5000);
    assert_eq!(view(&event, "context")["order_id"], "77");
    assert_eq!(view(&event, "context")["agent_name"], "Sarah");
    assert_eq!(view(&event, "outcome"), "Interested");
    assert_eq!(
        view(&event, "duration"),
        121,
        "talk time where it is reported"
    );
    assert_eq!(
        view(
            &of_call("call.ended", json!({"duration_s": 9.5})),
            "duration"
        ),
        9.5
    );
    assert_eq!(view(&event, "customer_phone"), "+15550101");
    assert!(
        event.view("caller_number").is_none(),
        "left to the common scope"
    );
}

#[test]
fn what_tools_and_the_system_said_is_no_part_of_the_talk() {
    let turns = json!([{"role": "system", "text": "s"}, {"role": "agent", "text": "a", "start_s": 1.25},
        {"role": "tool", "text": "t"}, {"role": "customer", "text": "c"}, {"role": "third_party", "text": "o"}]);
    let event = of_call(
        "call.ended",
        json!({"transcript": turns, "started_at": "2026-11-20T17:28:00Z"}),
    );
    assert_eq!(get(&event, "transcript"), "AI: a\nCustomer: c\nOther: o");
    let said = &get(&event, "payload_flat")["transcript"];
    assert_eq!(
        said[0],
        json!({"text": "a", "type": "transcript", "sender": "bot", "timestamp": 1_795_195_681.25})
    );
    assert_eq!(said[1]["timestamp"], Value::Null);
    assert_eq!(said[2]["sender"], "human");
}

#[test]
fn moments_so_far_are_the_events_of_the_payload_by_time() {
    let mut call = common::Told::default();
    let told = |json| generic::read(json).unwrap();
    call.tell(&told(samples::json(Kind::Answered)), common::at(4));
    call.tell(&told(samples::json(Kind::Started)), common::at(5));
    let event = call.call().events(&call.moments, &origin(), id).remove(1);
    assert_eq!(
        get(&event, "payload_flat")["events"],
        json!([{"type": "call.started", "at": "2026-11-20T17:28:00Z"}, {"type": "call.answered", "at": "2026-11-20T17:28:04Z"}])
    );
}

#[test]
fn the_example_in_the_documentation_is_what_the_code_gives() {
    let text = include_str!("../../../docs/payload.md");
    let example = text
        .split("```json\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let given = get(&sample(Kind::Ended), "payload");
    let given = serde_json::to_string_pretty(&given).unwrap();
    assert_eq!(example.trim_end(), given);
}

#[test]
fn the_documentation_describes_every_field_and_no_other() {
    let text = include_str!("../../../docs/payload.md");
    let described: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let data = get(&sample(Kind::Ended), "payload_flat");
    let fields: Vec<&String> = data.as_object().unwrap().keys().collect();
    assert_eq!(described, fields);
}

#[test]
fn filters_look_at_the_facts_of_the_call() {
    let event = sample(Kind::Ended);
    let facts = calls::schema::facts(&event);
    assert_eq!((facts.kind, facts.settled), ("call.ended", false));
    assert_eq!(facts.campaign, [Some("k1"), Some("Sales Outbound Q1")]);
    assert_eq!(facts.agent, [Some("a1"), Some("Sarah"), None, None]);
    assert_eq!(
        (facts.disposition, facts.status),
        (Some("Interested"), Some("completed"))
    );
    assert_eq!(
        (facts.connected, facts.duration_s),
        (Some(true), Some(125.0))
    );
    assert_eq!(facts.numbers, [Some("+15550100"), Some("+15550101")]);
    assert_eq!(facts.scope.get("direction").unwrap().as_ref(), "outbound");
}
