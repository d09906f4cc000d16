//! Every route that reads, as somebody who may not see what is confidential, and as an administrator who asks to.

use super::*;
use http_body_util::BodyExt;

/// The routes that read, from the document, with ids in them.
fn paths(told: &Told, messages: &[String]) -> Vec<String> {
    let document = api::openapi();
    let mut paths = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        if item["get"].is_null() || path == "/v1/stream" {
            continue;
        }
        let resource = path.split('/').nth(2).unwrap_or_default();
        let ids: Vec<&str> = match resource {
            "calls" => vec![&told.call, "custom:c-1"],
            "events" => vec![&told.event],
            "runs" => vec![&told.failed, &told.copied],
            "endpoints" => vec![&told.endpoint],
            "contacts" => vec![&told.contact],
            "destinations" => vec![&told.receiver],
            "samples" => vec!["call.ended"],
            "providers" => vec!["custom"],
            _ => vec!["x"],
        };
        for id in ids {
            let path = path
                .replace("{id}", id)
                .replace("{kind}", id)
                .replace("{name}", id);
            match path.contains("{message}") {
                true => paths.extend(
                    messages
                        .iter()
                        .map(|message| path.replace("{message}", message)),
                ),
                false => paths.push(path.replace("{version}", "1").replace("{n}", "1")),
            }
        }
    }
    for shape in ["flat", "event", "default"] {
        paths.push(format!("/v1/events/{}/payload?shape={shape}", told.event));
    }
    paths.push(format!("/v1/calls/{}/payload?kind=call.ended", told.call));
    paths.push("/v1/runs?status=failed".into());
    paths.push("/v1/calls?number=%2B14155558123".into());
    paths
}

/// What works something out for whoever reads, each in the hope to get at a value by a detour.
fn questions(told: &Told) -> Vec<(&'static str, Value)> {
    let text = "{{ contact.email | split('n') | join('-') }} {{ outcome.ssn | truncate(6, '') }} {{ transcript }} {{ raw | json }} {{ vars.card }} {{ transcript | split('81-65') | join('_81~65') }} {{ metadata | json }}";
    let step = json!({"id": "x", "do": "http.request", "with": {"method": "POST", "url": "https://x.example/", "body": text}});
    let flow = json!({"name": "f", "on": ["call.ended"], "steps": [step]});
    let own =
        json!({"kind": "call.ended", "call": {"provider_call_id": "own", "from": "+14155558123"}});
    vec![
        (
            "/v1/expressions",
            json!({"text": text, "call_id": told.call}),
        ),
        (
            "/v1/expressions",
            json!({"text": "{{ contact.email }} {{ contact.diagnosis }}", "event": own.clone()}),
        ),
        (
            "/v1/providers/custom/check",
            json!({"method": "POST", "url": "https://x.example/", "headers": {"content-type": "application/json"}, "body": own.to_string()}),
        ),
        (
            "/v1/flows/test",
            json!({"flow": flow, "call_id": told.call}),
        ),
        (
            "/v1/runs/replay/preview",
            json!({"runs": [told.failed, told.copied], "from": "start"}),
        ),
        (
            "/v1/deliveries/replay/preview",
            json!({"filter": {"result": "failed"}}),
        ),
    ]
}

async fn messages(world: &World, told: &Told) -> Vec<String> {
    let path = format!("/v1/endpoints/{}/messages", told.endpoint);
    let messages = ask(world, "GET", &path, Value::Null, 200).await;
    let messages = messages["data"].as_array().unwrap().iter();
    messages
        .map(|message| message["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn nobody_sees_a_confidential_value_who_has_not_asked_to() {
    let world = redacting().await;
    let mut stream = world
        .open(&world.key(world.ours, Scope::Write).await, "/v1/stream")
        .await;
    let told = told(&world).await;
    let messages = messages(&world, &told).await;
    assert_eq!(messages.len(), 3);
    let keys = [
        world.key(world.ours, Scope::Read).await,
        world.key(world.ours, Scope::Write).await,
        world.key(world.ours, Scope::Admin).await,
    ];
    let mut shown = 0;
    for path in paths(&told, &messages) {
        for key in &keys {
            let answer = world.call(key, "GET", &path, Value::Null).await;
            is_clean(&path, &answer.text);
            shown += usize::from(answer.text.contains("[redacted]"));
        }
    }
    assert!(shown > 30, "{shown}");
    for (path, question) in questions(&told) {
        for key in &keys {
            let answer = world.call(key, "POST", path, question.clone()).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
            // The number of an own event is the reader's own.
            is_clean(path, &answer.text.replace("14155558123", ""));
        }
    }
    let mut text = String::new();
    while !text.contains("\"failed\"") || !text.contains("refused") {
        let frame = stream.frame().await.unwrap().unwrap();
        text += std::str::from_utf8(&frame.into_data().unwrap()).unwrap();
    }
    is_clean("/v1/stream", &text);
}

/// Where no speech is hidden, messages are shown, and everything else that is hidden is found in them.
#[tokio::test]
async fn what_a_platform_sent_is_shown_without_confidential_values() {
    let world = redacting().await;
    let fields = json!({"fields": ["from", "contact.email", "variables.card"]});
    ask(&world, "PUT", "/v1/settings/redaction", fields, 200).await;
    let told = told(&world).await;
    let messages = messages(&world, &told).await;
    let key = world.key(world.ours, Scope::Read).await;
    for path in paths(&told, &messages)
        .into_iter()
        .filter(|path| !path.starts_with("/v1/contacts"))
    {
        let text = world.call(&key, "GET", &path, Value::Null).await.text;
        for canary in [
            "4155558123",
            "981-65",
            "9816543",
            "4111222233334444",
            "canary+x",
            "ca-ary+x",
            "Y2FuYXJ5K3",
        ] {
            assert!(!text.contains(canary), "{path} shows {canary}: {text}");
        }
    }
    for (path, question) in questions(&told) {
        let answer = world.call(&key, "POST", path, question).await;
        let text = answer.text.replace("14155558123", "");
        for canary in ["981-65", "98165", "_81~65", "4111222233334444", "ca-ary+x"] {
            assert!(!text.contains(canary), "{path} shows {canary}: {text}");
        }
    }
    let path = format!("/v1/calls/{}/messages", told.call);
    let text = world.call(&key, "GET", &path, Value::Null).await.text;
    assert!(
        text.contains("canary diabetes") && text.contains("my doctor told"),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_ours_stays_to_be_seen() {
    let world = redacting().await;
    let told = told(&world).await;
    let read = world.key(world.ours, Scope::Read).await;
    let get = async |path: String| {
        world
            .call(&read, "GET", &path, Value::Null)
            .await
            .expect(200)
    };
    let call = get(format!("/v1/calls/{}", told.call)).await;
    assert_eq!(call["from"], "[redacted]");
    assert_eq!(
        (&call["to"], &call["status"]),
        (&json!("+15550100"), &json!("completed"))
    );
    assert_eq!(
        call["snapshot"]["analysis"]["structured"],
        json!({"ssn": "[redacted]", "budget": 42})
    );
    assert_eq!(call["snapshot"]["variables"]["lead"], "fair");
    assert_eq!(call["snapshot"]["transcript"][1]["role"], "customer");
    let run = get(format!("/v1/runs/{}", told.failed)).await;
    let entry = &run["entries"][0];
    assert_eq!(
        (&entry["step"], &entry["error"]["status"]),
        (&json!("tell"), &json!(307))
    );
    assert_eq!(entry["exchange"]["response"]["status"], 307);
    assert!(entry["exchange"]["timing"]["total_us"].is_u64());
    assert_eq!(run["call"]["id"], told.call);
    let table = world.call(&read, "GET", "/v1/calls.csv", Value::Null).await;
    assert!(
        table.text.contains("[redacted],+15550100"),
        "{}",
        table.text
    );
}

#[tokio::test]
async fn an_administrator_who_asks_sees_everything_and_the_audit_log_says_so() {
    let world = redacting().await;
    let told = told(&world).await;
    let admin = world.key(world.ours, Scope::Admin).await;
    for (path, what, id, value) in [
        (
            format!("/v1/calls/{}", told.call),
            "call",
            Some(&told.call),
            SSN,
        ),
        (
            format!("/v1/calls/{}/messages?limit=1", told.call),
            "call",
            Some(&told.call),
            SSN,
        ),
        (
            format!("/v1/runs/{}", told.failed),
            "run",
            Some(&told.failed),
            SSN,
        ),
        (
            format!("/v1/events/{}/payload", told.event),
            "event",
            Some(&told.event),
            "canary said",
        ),
        (
            format!("/v1/contacts/{}", told.contact),
            "contact",
            Some(&told.contact),
            "canary diabetes",
        ),
        ("/v1/calls.csv".into(), "calls", None, "4155558123"),
        ("/v1/deliveries".into(), "deliveries", None, "4155558123"),
        (
            format!("/v1/destinations/{}", told.receiver),
            "destination",
            Some(&told.receiver),
            "4155558123",
        ),
    ] {
        let asked = if path.contains('?') {
            format!("{path}&reveal=true")
        } else {
            format!("{path}?reveal=true")
        };
        let answer = world.call(&admin, "GET", &asked, Value::Null).await;
        assert!(
            answer.status == 200 && answer.text.contains(value),
            "{path}: {}",
            answer.text
        );
        let entries = ask(
            &world,
            "GET",
            &format!("/v1/audit?action=revealed&what={what}"),
            Value::Null,
            200,
        )
        .await;
        let entry = &entries["data"][0];
        assert_eq!(entry["id"], json!(id), "{path}");
        assert_eq!(entry["by"]["name"], "test");
    }
    // Every form was there to be hidden.
    let path = format!("/v1/runs/{}?reveal=true", told.failed);
    let text = world.call(&admin, "GET", &path, Value::Null).await.text;
    for form in [
        "4155558123",
        "981-65",
        "981654329",
        "canary%2Bx",
        "Y2FuYXJ5",
        "canary said",
    ] {
        assert!(text.contains(form), "{form}: {text}");
    }
    let question = json!({"text": "{{ outcome.ssn }}", "call_id": told.call});
    let answer = world
        .call(&admin, "POST", "/v1/expressions?reveal=true", question)
        .await;
    assert_eq!(answer.expect(200)["value"], SSN);
}
