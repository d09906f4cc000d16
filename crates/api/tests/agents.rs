//! Agents over HTTP: what is refused of their settings, the flows that they keep, calls that are theirs, test requests.
#![allow(clippy::unwrap_used)]

mod world;

use api::Scope;
use serde_json::{Value, json};
use store::catalog::{Document, Kind, Put};
use world::{Answer, World, world};

struct Office {
    world: World,
    key: String,
}

impl Office {
    async fn open() -> Self {
        let world = world().await;
        let key = world.key(world.ours, Scope::Admin).await;
        let office = Self { world, key };
        let mail = json!({ "name": "Mail", "kind": "smtp", "fields": { "host": "mail.example.com", "from": "a@b.example" } });
        office
            .call("POST", "/v1/connections", mail)
            .await
            .expect(201);
        let sms = json!({ "name": "SMS", "kind": "twilio", "fields": { "account_sid": format!("AC{}", "0".repeat(32)), "auth_token": "t", "from": "+14155550100" } });
        office
            .call("POST", "/v1/connections", sms)
            .await
            .expect(201);
        office
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        self.world.call(&self.key, method, path, body).await
    }

    async fn make(&self, agent: Value) -> Value {
        self.call("POST", "/v1/agents", agent).await.expect(201)
    }

    async fn refused(&self, agent: Value) -> Vec<String> {
        let refused = self.call("POST", "/v1/agents", agent).await.expect(422);
        let errors = refused["errors"].as_array().unwrap().iter();
        errors
            .map(|e| e["path"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn flow(&self, flow: &Value) -> Value {
        let path = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
        self.call("GET", &path, Value::Null).await.expect(200)
    }

    /// What a dry test of a flow of the agent does with an event.
    async fn dry(&self, flow: &Value, event: Value) -> Value {
        let path = format!("/v1/flows/{}/test", flow["id"].as_str().unwrap());
        let tested = self.call("POST", &path, json!({ "event": event })).await;
        tested.expect(200)
    }
}

fn path_of(agent: &Value) -> String {
    format!("/v1/agents/{}", agent["id"].as_str().unwrap())
}

fn sarah() -> Value {
    json!({
        "name": "Sarah", "language": "en", "numbers": ["+1 415 555 2671"], "provider": "custom", "provider_agent_id": "a1",
        "variables": [{ "name": "budget", "type": "number", "description": "what they want to spend" }],
        "questions": [{ "question": "How many seats?", "type": "number" }],
        "dispositions": ["Wants a demo"],
        "actions": [
            { "kind": "sms", "to": ["+14155552672"], "name": "Owner" },
            { "kind": "email", "to": ["sales@example.com"], "when": { "dispositions": ["Interested"], "answers": [{ "question": "How many seats?", "is": "at_least", "value": 10 }] } },
            { "kind": "webhook", "url": "https://crm.example/calls", "enabled": true }
        ],
        "call_actions": [{ "moment": "call_start", "url": "https://crm.example/start?id=${callInfo.callSid}" }]
    })
}

fn ended(agent: Value) -> Value {
    json!({ "kind": "call.ended", "call": {
        "provider_call_id": "c1", "agent": agent, "direction": "inbound", "from": "+14155552671", "to": "+14155550000",
        "status": "completed", "disposition": "interested", "duration_s": 125, "started_at": "2026-11-20T17:28:00Z",
        "contact": { "first_name": "Ada" }, "recording": { "url": "https://rec.example/1.mp3" },
        "transcript": [{ "role": "agent", "text": "Hello <b>" }, { "role": "customer", "text": "Hi" }],
        "analysis": { "summary": "Wants a demo", "answers": { "How many seats?": 12 } } } })
}

#[tokio::test]
async fn all_that_is_wrong_with_an_agent_is_said_with_its_place() {
    let office = Office::open().await;
    let wrong = json!({
        "name": " ", "language": "e", "numbers": ["555"],
        "variables": [
            { "name": "ab", "description": "x" }, { "name": "Budget", "description": "" }, { "name": "status", "description": "x" },
            { "name": "plan", "type": "choice", "description": "x" }, { "name": "plan", "description": "x", "choices": ["a"] }
        ],
        "questions": [{ "question": "?" }],
        "dispositions": ["DNC", "dnc"],
        "actions": [
            { "kind": "sms", "to": ["+14155552671", "+14155552672"], "url": "https://a.example" },
            { "kind": "webhook", "secret": "whsec_x" },
            { "kind": "email", "when": { "answers": [{ "question": "How many?", "is": "at_least", "value": "3" }] } }
        ],
        "call_actions": [{ "moment": "call_end", "method": "post", "timeout_s": 61 }]
    });
    assert_eq!(
        office.refused(wrong).await,
        [
            "/name",
            "/language",
            "/variables/0/name",
            "/variables/1/name",
            "/variables/1/description",
            "/variables/2/name",
            "/variables/3/choices",
            "/variables/4/name",
            "/variables/4/choices",
            "/questions/0/question",
            "/dispositions/1",
            "/actions/0/url",
            "/actions/0/to",
            "/actions/1/url",
            "/actions/1/secret",
            "/actions/2/to",
            "/actions/2/when/answers/0/question",
            "/actions/2/when/answers/0/value",
            "/call_actions/0/method",
            "/call_actions/0/url",
            "/call_actions/0/timeout_s",
            "/numbers/0",
        ]
    );
}

#[tokio::test]
async fn an_eleventh_action_is_refused_in_words() {
    let office = Office::open().await;
    let action = json!({ "kind": "webhook", "url": "https://a.example" });
    let ten = json!({ "name": "Ten", "actions": vec![action.clone(); 10] });
    office.make(ten).await;
    let eleven = json!({ "name": "Eleven", "actions": vec![action; 11] });
    let refused = office.call("POST", "/v1/agents", eleven).await.expect(422);
    assert_eq!(
        refused["errors"],
        json!([{ "path": "/actions", "message": "has 11 post-call actions, at most 10 are possible" }])
    );
}

#[tokio::test]
async fn what_a_step_would_refuse_is_said_at_its_settings() {
    let office = Office::open().await;
    let wrong = json!({ "name": "Sarah",
        "actions": [
            { "kind": "webhook", "url": "ftp://a.example" },
            { "kind": "sms", "to": ["+14155552671"], "text": "{{ summary | shout }}" },
            { "kind": "email", "to": ["a@b.example"], "connection": "Nobody", "when": { "if": "duration >" } }
        ],
        "call_actions": [{ "moment": "call_start", "url": "https://a.example/{{ outcome.budget }}" }] });
    let paths = office.refused(wrong).await;
    assert_eq!(
        paths,
        [
            "/actions/0/url",
            "/actions/1/text",
            "/actions/2/when/if",
            "/actions/2/connection",
            "/call_actions/0/url"
        ]
    );
}

#[tokio::test]
async fn settings_become_flows_that_point_back_and_nobody_else_edits() {
    let office = Office::open().await;
    let made = office.make(sarah()).await;
    assert_eq!(made["numbers"], json!(["+14155552671"]));
    assert_eq!(made["actions"][0]["id"], "a1");
    let flows = made["flows"].as_array().unwrap();
    assert_eq!(flows.len(), 2, "{made}");
    for flow in flows {
        let shown = office.flow(flow).await;
        assert_eq!(shown["kept_by"], path_of(&made));
        assert_eq!(shown["problems"], json!([]));
        assert_eq!(shown["warnings"], json!([]), "{shown}");
        let path = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
        office
            .call("PUT", &path, shown["document"].clone())
            .await
            .refused(409, "not_now");
        office
            .call("DELETE", &path, Value::Null)
            .await
            .refused(409, "not_now");
    }
    // A change of one action changes its flow, under the same id; what changes nothing makes no version.
    let mut changed = sarah();
    changed["call_actions"][0]["id"] = "c1".into();
    changed["call_actions"][0]["timeout_s"] = 30.into();
    let saved = office
        .call("PUT", &path_of(&made), changed)
        .await
        .expect(200);
    let versions = |agent: &Value| {
        let flows = agent["flows"].as_array().unwrap().clone();
        let office = &office;
        async move {
            let mut versions = Vec::new();
            for flow in &flows {
                let shown = office.flow(flow).await;
                versions.push((
                    flow["call_action"].clone(),
                    shown["version"].clone(),
                    flow["id"].clone(),
                ));
            }
            versions.sort_by_key(|(part, ..)| part.to_string());
            versions
        }
    };
    let after = versions(&saved).await;
    assert_eq!((&after[0].0, &after[0].1), (&json!("c1"), &json!(2)));
    assert_eq!((&after[1].0, &after[1].1), (&Value::Null, &json!(1)));
    assert!(flows.iter().any(|flow| flow["id"] == after[0].2));
    // What is removed from the settings is removed from the flows.
    let bare = office
        .call("PATCH", &path_of(&made), json!({ "call_actions": null }))
        .await
        .expect(200);
    assert_eq!(bare["flows"].as_array().unwrap().len(), 1);
    office
        .call("DELETE", &path_of(&made), Value::Null)
        .await
        .expect(204);
    let left = office
        .call("GET", "/v1/flows", Value::Null)
        .await
        .expect(200);
    assert_eq!(left["data"], json!([]));
}

#[tokio::test]
async fn after_a_call_messages_go_out_and_webhooks_say_what_became_of_them() {
    let office = Office::open().await;
    let made = office.make(sarah()).await;
    let after = made["flows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|flow| flow["call_action"].is_null())
        .unwrap();
    let tested = office.dry(after, ended(json!({ "id": made["id"] }))).await;
    // An event of one's own is not looked up among the agents: the agent's id is one of its names.
    assert_eq!(tested["matched"], true, "{tested}");
    assert_eq!(tested["status"], "succeeded", "{tested}");
    let steps = tested["steps"].as_array().unwrap();
    let sent = |id: &str| {
        steps
            .iter()
            .find(|step| step["step"] == id)
            .unwrap_or_else(|| panic!("no {id}: {tested}"))
    };
    let sms = sent("do_a1")["request"].to_string();
    assert!(sms.contains("Wants") && sms.contains("Ada"), "{sms}");
    let mail = sent("do_a2")["request"]["body"]
        .as_str()
        .unwrap()
        .to_owned();
    for part in [
        "Ada",
        "00:02:05",
        "https://rec.example/1.mp3",
        "Wants a demo",
        "Hello &lt;b&gt;",
        "mobile or landline",
    ] {
        assert!(mail.contains(part), "{part} is not in {mail}");
    }
    let webhook: Value =
        serde_json::from_str(sent("do_a3")["request"]["body"].as_str().unwrap()).unwrap();
    assert_eq!(
        webhook["action_results"],
        json!([{ "action": "sms", "name": "Owner", "status": "sent" }, { "action": "email", "status": "sent" }])
    );
    assert_eq!(webhook["recording_url"], "https://rec.example/1.mp3");
    assert_eq!(webhook["customer_phone"], "+14155552671");

    let mut lost = ended(json!({ "id": made["id"] }));
    lost["call"]["status"] = "unanswered".into();
    lost["call"]["disposition"] = "Not interested".into();
    let tested = office.dry(after, lost).await;
    let names: Vec<&str> = tested["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["step"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"do_a1") && !names.contains(&"do_a2") && !names.contains(&"do_a3"),
        "{names:?}"
    );
}

#[tokio::test]
async fn a_recording_that_is_not_to_be_sent_is_nowhere_in_the_webhook() {
    let office = Office::open().await;
    let made = office
        .make(json!({ "name": "Sarah", "actions": [{ "kind": "webhook", "url": "https://a.example", "enabled": true, "include_recording": false }] }))
        .await;
    let tested = office
        .dry(&made["flows"][0], ended(json!({ "id": made["id"] })))
        .await;
    let steps = tested["steps"].as_array().unwrap();
    let sent = steps.iter().find(|step| step["step"] == "do_a1").unwrap();
    let body = sent["request"]["body"].as_str().unwrap();
    assert!(
        body.contains("formatted_transcript") && !body.contains("rec.example"),
        "{body}"
    );
}

#[tokio::test]
async fn a_call_is_its_agents_by_id_by_name_and_by_number() {
    let office = Office::open().await;
    let made = office.make(sarah()).await;
    let mut n = 0;
    let mut tell = async |mut call: Value| {
        n += 1;
        call["provider_call_id"] = format!("c{n}").into();
        let event = json!({ "kind": "call.answered", "call": call });
        let told = office.call("POST", "/v1/events", event).await.expect(202);
        let told = &told["events"][0];
        let path = format!("/v1/calls/{}", told["call_id"].as_str().unwrap());
        let shown = office.call("GET", &path, Value::Null).await.expect(200);
        (
            shown["snapshot"]["agent"].clone(),
            told["runs"].as_array().unwrap().len(),
        )
    };
    let profile = json!({ "id": made["id"], "name": "Sarah" });
    let wanted = json!({ "id": "a1", "name": "Sarah", "language": "en", "profile": profile });
    for agent in [
        json!({ "id": "a1" }),
        json!({ "id": "a1", "name": "Sarah" }),
    ] {
        assert_eq!(tell(json!({ "agent": agent })).await, (wanted.clone(), 1));
    }
    let by_number = json!({ "direction": "inbound", "from": "+14155559999", "to": "+14155552671" });
    assert_eq!(tell(by_number).await, (wanted.clone(), 1));
    let ours = json!({ "id": made["id"], "name": "Sally" });
    let (agent, runs) = tell(json!({ "agent": ours })).await;
    assert_eq!(
        (&agent["profile"], &agent["name"], runs),
        (&profile, &json!("Sally"), 1)
    );
    let (agent, runs) = tell(json!({ "agent": { "id": "other" } })).await;
    assert_eq!((&agent["profile"], runs), (&Value::Null, 0));
    let path = format!("/v1/calls?agent={}", made["id"].as_str().unwrap());
    let found = office.call("GET", &path, Value::Null).await.expect(200);
    assert_eq!(found["data"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_detached_flow_is_one_like_others_and_its_settings_are_empty() {
    let office = Office::open().await;
    let made = office.make(sarah()).await;
    for flow in made["flows"].as_array().unwrap() {
        let path = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
        let freed = office
            .call("POST", &format!("{path}/detach"), Value::Null)
            .await
            .expect(200);
        assert_eq!(
            (&freed["kept_by"], &freed["enabled"]),
            (&Value::Null, &json!(true))
        );
        let mut document = freed["document"].clone();
        document["name"] = "Mine".into();
        office.call("PUT", &path, document).await.expect(200);
        office
            .call("POST", &format!("{path}/detach"), Value::Null)
            .await
            .refused(409, "not_now");
    }
    let left = office
        .call("GET", &path_of(&made), Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (&left["actions"], &left["call_actions"], &left["flows"]),
        (&json!([]), &json!([]), &json!([]))
    );
    // Going back to a version that the settings kept leaves their key to them, and says nothing of them.
    for flow in made["flows"].as_array().unwrap() {
        let path = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
        let mine = office.call("GET", &path, Value::Null).await.expect(200);
        let back = office
            .call("POST", &format!("{path}/publish"), json!({ "version": 1 }))
            .await
            .expect(200);
        assert_eq!(back["document"]["key"], mine["document"]["key"]);
        assert_eq!(back["document"]["note"], Value::Null);
    }
    // The same settings make flows of their own again.
    let again = office
        .call("PUT", &path_of(&made), sarah())
        .await
        .expect(200);
    assert_eq!(again["flows"].as_array().unwrap().len(), 2);
    let all = office
        .call("GET", "/v1/flows", Value::Null)
        .await
        .expect(200);
    assert_eq!(all["data"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_detaching_that_ended_half_way_loses_no_flow_and_is_finished_when_asked_again() {
    let office = Office::open().await;
    let store = office.world.engine.store();
    // As the process leaves it that ends behind the mark.
    let begun = async |flow: &Value| {
        let id: kernel::id::FlowId = flow["id"].as_str().unwrap().parse().unwrap();
        let kept = store.get(Kind::Flow, id.bytes()).await.unwrap().unwrap();
        let mut body: Value = serde_json::from_slice(&kept.body).unwrap();
        body["$origin"]["leaving"] = true.into();
        let marked = Document {
            body: body.to_string().into(),
            ..kept
        };
        let version = marked.version;
        assert_eq!(store.put(marked, version).await.unwrap(), Put::Saved);
        format!("/v1/flows/{}", flow["id"].as_str().unwrap())
    };
    let made = office.make(sarah()).await;
    let path = begun(&made["flows"][0]).await;
    // A save that changes nothing leaves it as it is; one that does not want it any more frees it.
    let same = office
        .call("PUT", &path_of(&made), sarah())
        .await
        .expect(200);
    assert_eq!(same["flows"].as_array().unwrap().len(), 2);
    let mut without = sarah();
    without["actions"] = json!([]);
    without["call_actions"] = json!([]);
    let left = office
        .call("PUT", &path_of(&made), without)
        .await
        .expect(200);
    assert_eq!(left["flows"], json!([]));
    let freed = office.call("GET", &path, Value::Null).await.expect(200);
    assert_eq!(
        (&freed["kept_by"], &freed["enabled"]),
        (&Value::Null, &json!(false))
    );
    let again = office
        .call("PUT", &path_of(&made), sarah())
        .await
        .expect(200);
    let path = begun(&again["flows"][0]).await;
    let freed = office
        .call("POST", &format!("{path}/detach"), Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (&freed["kept_by"], &freed["enabled"]),
        (&Value::Null, &json!(true))
    );
}

#[tokio::test]
async fn what_is_left_of_an_agent_that_is_gone_can_be_freed() {
    let office = Office::open().await;
    let made = office.make(sarah()).await;
    let id: kernel::id::AgentId = made["id"].as_str().unwrap().parse().unwrap();
    let store = office.world.engine.store();
    let now = office.world.engine.now();
    assert!(store.delete(Kind::Agent, id.bytes(), now).await.unwrap());
    let path = format!("/v1/flows/{}", made["flows"][0]["id"].as_str().unwrap());
    office
        .call("POST", &format!("{path}/detach"), Value::Null)
        .await
        .expect(200);
    office.call("DELETE", &path, Value::Null).await.expect(204);
}

#[tokio::test]
async fn a_key_of_its_flows_that_somebody_has_is_named() {
    let office = Office::open().await;
    let mut quiet = sarah();
    quiet["actions"] = json!([]);
    let made = office.make(quiet).await;
    let key = format!("{}-after-calls", made["id"].as_str().unwrap()).replace('_', "-");
    let theirs = json!({ "key": key, "name": "Mine", "on": ["call.ended"], "steps": [{ "id": "a", "set": { "x": 1 } }] });
    office.call("POST", "/v1/flows", theirs).await.expect(201);
    let refused = office
        .call("PUT", &path_of(&made), sarah())
        .await
        .expect(409);
    assert_eq!(refused["code"], "already_exists");
    assert!(
        refused["detail"].as_str().unwrap().contains(&key),
        "{refused}"
    );
}

#[tokio::test]
async fn a_test_request_is_sent_with_sample_values_whatever_the_filters_say() {
    let office = Office::open().await;
    let mut agent = sarah();
    agent["actions"][2]["when"] = json!({ "dispositions": ["DNC"] });
    let made = office.make(agent).await;
    for part in ["actions/2", "actions/a3", "call-actions/c1"] {
        let path = format!("{}/{part}/test", path_of(&made));
        let tested = office.call("POST", &path, Value::Null).await.expect(200);
        assert_eq!(tested["matched"], true, "{part}: {tested}");
        let step = tested["steps"].as_array().unwrap().last().unwrap();
        // The host does not exist: that is what came back.
        assert_eq!(step["result"], "failed", "{tested}");
        let url = step["request"]["url"].as_str().unwrap();
        assert!(url.starts_with("https://crm.example/"), "{url}");
        if part.starts_with("actions") {
            let body: Value =
                serde_json::from_str(step["request"]["body"].as_str().unwrap()).unwrap();
            assert_eq!(body["extracted_variables"]["budget"], 42);
        }
    }
    // An id goes before a place.
    let mut numbered = sarah();
    numbered["name"] = "Numbered".into();
    numbered["actions"] = json!([
        { "kind": "webhook", "id": "1", "url": "https://crm.example/first" },
        { "kind": "webhook", "id": "2", "url": "https://crm.example/second" }
    ]);
    let numbered = office.make(numbered).await;
    for (which, sent) in [("1", "first"), ("0", "first"), ("2", "second")] {
        let path = format!("{}/actions/{which}/test", path_of(&numbered));
        let tested = office.call("POST", &path, Value::Null).await.expect(200);
        let step = tested["steps"].as_array().unwrap().last().unwrap();
        let url = step["request"]["url"].as_str().unwrap();
        assert_eq!(url, format!("https://crm.example/{sent}"), "{which}");
    }
    let path = format!("{}/actions/7/test", path_of(&made));
    office
        .call("POST", &path, Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn the_analysis_is_a_flow_that_stays_with_its_agent() {
    let office = Office::open().await;
    let alone = json!({ "name": "Sarah", "extraction": { "model": "m-1" } });
    assert_eq!(office.refused(alone).await, ["/extraction/model"]);
    let wrong = json!({ "name": "Sarah",
        "questions": [{ "question": "Which plan?", "type": "choice", "choices": ["Big", "Big!"] }],
        "extraction": { "connection": "Nobody", "zone": "Berlin/Europe" } });
    let mut paths = office.refused(wrong).await;
    paths.sort();
    assert_eq!(
        paths,
        [
            "/extraction/connection",
            "/extraction/zone",
            "/questions/0/choices/1"
        ]
    );

    let mut settings = sarah();
    settings["extraction"] = json!({ "zone": "Europe/Berlin" });
    settings["system_prompt"] = "Say {{ hello }} to ${name}. ".repeat(2_000).into();
    let made = office.make(settings).await;
    let flows = made["flows"].as_array().unwrap();
    let flow = flows.iter().find(|flow| flow["extracts"] == true).unwrap();
    let shown = office.flow(flow).await;
    assert_eq!(shown["warnings"], json!([]), "{shown:#}");
    let path = format!("/v1/flows/{}/detach", flow["id"].as_str().unwrap());
    office
        .call("POST", &path, Value::Null)
        .await
        .refused(409, "not_now");
    let off = json!({ "extraction": null });
    let off = office.call("PATCH", &path_of(&made), off).await.expect(200);
    assert_eq!(off["flows"].as_array().unwrap().len(), flows.len() - 1);
}
