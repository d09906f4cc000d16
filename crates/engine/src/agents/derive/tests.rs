//! Facts about the flows that an agent's settings mean.
#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
use super::*;
use calls::agent::Agent;

fn id() -> AgentId {
    AgentId::from_bytes([7; 16])
}

fn agent(settings: Value) -> Agent {
    let mut agent: Agent = serde_json::from_value(settings).unwrap();
    for (at, action) in agent.actions.iter_mut().enumerate() {
        action.id = format!("a{}", at + 1);
    }
    for (at, action) in agent.call_actions.iter_mut().enumerate() {
        action.id = format!("c{}", at + 1);
    }
    agent
}

#[test]
fn what_is_switched_off_makes_no_flow() {
    let webhook = json!({ "kind": "webhook", "url": "https://a.example" });
    let off = json!({ "kind": "sms", "to": ["+14155552671"], "enabled": false });
    let request = json!({ "moment": "call_end", "url": "https://a.example", "enabled": false });
    let quiet =
        agent(json!({ "name": "Sarah", "actions": [webhook, off], "call_actions": [request] }));
    assert_eq!(flows(id(), &quiet), [] as [Value; 0]);
}

#[test]
fn webhooks_come_behind_the_messages_and_say_what_became_of_them() {
    let sarah = agent(
        json!({ "name": "Sarah", "questions": [{ "question": "It's how many?" }], "actions": [
        { "kind": "webhook", "url": "https://a.example", "enabled": true, "secret": "{{ secrets.hook }}", "include_recording": false },
        { "kind": "sms", "to": ["+14155552671"], "name": "Owner ${x} {{ y }}" },
        { "kind": "email", "to": ["a@b.example"], "when": {
            "dispositions": ["Interested"], "connected": true, "min_duration_s": 30,
            "answers": [{ "question": "It's how many?", "is": "at_least", "value": 3 }], "if": "duration > 5" } },
    ] }),
    );
    let flow = &flows(id(), &sarah)[0];
    let steps = flow["steps"].as_array().unwrap();
    let ids: Vec<&str> = steps
        .iter()
        .map(|step| step["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["facts", "pending", "all", "check"]);
    assert_eq!(steps[2]["last_within_s"], 60);
    assert_eq!(steps[1]["set"]["result_a3"]["status"], "pending");
    let branches = steps[2]["parallel"].as_array().unwrap();
    assert_eq!(branches[2][0]["id"], "results");
    assert_eq!(flow["where"]["agents"], json!([id().to_string()]));
    assert_eq!(
        branches[1][0]["if"],
        "(disposition | lower) in ['interested'] and connected == true and duration >= 30 and answers['It\\'s how many?'] >= 3 and (duration > 5)"
    );
    assert_eq!(
        branches[2][1]["if"],
        "status in ['completed', 'ended', 'ended_by_customer', 'ended_by_assistant'] and connected != false"
    );
}

#[test]
fn a_request_without_a_body_sends_the_whole_payload() {
    let sarah = agent(json!({ "name": "Sarah", "call_actions": [
        { "moment": "call_end_not_connected", "url": "https://a.example/?id=${callInfo.callSid}" },
        { "moment": "call_start", "url": "https://a.example", "method": "GET" },
        { "moment": "call_end", "url": "https://a.example", "method": "PUT", "timeout_s": 30, "body": "{\"d\": ${duration}}" },
    ] }));
    let flows = flows(id(), &sarah);
    assert_eq!(flows[0]["where"]["connected"], false);
    let with = |at: usize| flows[at]["steps"][0]["with"].clone();
    assert_eq!(with(0)["json"], "{{ payload_flat }}");
    assert_eq!(with(1)["json"], Value::Null);
    assert_eq!(
        with(2),
        json!({ "method": "PUT", "url": "https://a.example", "body": "{\"d\": ${duration}}" })
    );
    assert_eq!(flows[2]["steps"][0]["timeout_s"], 30);
    assert_eq!(
        flows[0]["name"],
        "Call of Sarah, when it ends and was not connected"
    );
}

#[test]
fn a_problem_is_said_where_its_settings_are() {
    for (path, wanted) in [
        ("/steps/1/with/url", "/actions/2/url"),
        ("/steps/1/with/headers/X", "/actions/2/headers/X"),
        ("/steps/1/with/json", "/actions/2/body"),
        ("/steps/1/connection", "/actions/2/connection"),
        ("/where/if", "/actions/2/when/if"),
        ("/name", "/actions/2"),
    ] {
        assert_eq!(blame("/actions/2", Problem::new(path, "x")).path, wanted);
    }
}

#[test]
fn a_key_tells_which_part_of_the_settings_its_flow_is_of() {
    assert!(matches!(part_of(id(), &key(id(), AFTER)), Some(Of::After)));
    assert!(matches!(part_of(id(), &key(id(), "c3")), Some(Of::Moment(part)) if part == "c3"));
    assert!(part_of(id(), "settings-notify").is_none());
}

#[test]
fn what_is_read_beside_the_platforms_analysis_is_as_the_settings_say() {
    let with = |extraction: Value| {
        let agent = agent(json!({ "name": "Sarah", "extraction": extraction }));
        let flow = flows(id(), &agent)[0].clone();
        assert_eq!(flow["on_failure"][0]["do"], "analysis.keep");
        flow["steps"][0].clone()
    };
    assert_eq!(with(json!({}))["with"]["fill"], true);
    assert_eq!(with(json!({ "when": "never" }))["with"]["fill"], false);
    let always = with(json!({ "when": "always", "zone": "{{ contact.zone }}", "timeout_s": 60 }));
    assert_eq!(always["with"].get("analysis"), None);
    assert_eq!(always["with"]["zone"], "{{ contact.zone }}");
    assert_eq!(always["timeout_s"], 60);
}
