//! After a call: what goes out, and whose call it is.

use super::*;

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
        "Listen to it</a></td>",
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
async fn a_recording_outside_the_web_is_told_in_the_mail_without_a_link() {
    let office = Office::open().await;
    let made = office
        .make(json!({ "name": "A <b> {{ %recording% }}", "actions": [{ "kind": "email", "to": ["a@b.example"] }] }))
        .await;
    for (recording, shown) in [
        (
            json!({ "url": "s3://calls/1.mp3" }),
            "</a>s3://calls/1.mp3</td>",
        ),
        (Value::Null, "</a>none</td>"),
    ] {
        let mut event = ended(json!({ "id": made["id"] }));
        event["call"]["recording"] = recording;
        let tested = office.dry(&made["flows"][0], event).await;
        let steps = tested["steps"].as_array().unwrap();
        let sent = steps.iter().find(|step| step["step"] == "do_a1").unwrap();
        let body = sent["request"]["body"].as_str().unwrap();
        assert!(
            body.contains(shown)
                && !body.contains("Listen")
                && body.contains("A &lt;b&gt; &#123;&#123; %recording% }}</p>"),
            "{tested:#}"
        );
    }
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
