//! Settings: what is refused of them, the flows that they become, the analysis, test requests.

use super::*;

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
    let out_of_bounds = json!({ "name": "Sarah", "settle_within_s": 5, "extraction": { "timeout_s": 301 },
        "variables": [{ "name": "seats", "type": "number", "description": "Seats", "from": [""] }] });
    assert_eq!(
        office.refused(out_of_bounds).await,
        [
            "/extraction/timeout_s",
            "/settle_within_s",
            "/variables/0/from/0"
        ]
    );
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
    settings["extraction"] =
        json!({ "when": "always", "zone": "{{ contact.time_zone }}", "timeout_s": 60 });
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
