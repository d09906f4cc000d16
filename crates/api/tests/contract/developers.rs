//! What developers try out and look at: messages of platforms before and after they are sent, endpoints, rehearsals held back,
//! deliveries, keys.
use crate::world::{World, world};
use api::Scope;
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

const ROOT: &str = "root-key-of-the-tests";

async fn get(world: &World, path: &str) -> Value {
    world.call(ROOT, "GET", path, Value::Null).await.expect(200)
}

async fn post(world: &World, path: &str, body: Value, status: u16) -> Value {
    world.call(ROOT, "POST", path, body).await.expect(status)
}

/// Asks again until it is so.
async fn until(world: &World, path: &str, fact: impl Fn(&Value) -> bool) -> Value {
    let ask = async {
        loop {
            let answer = get(world, path).await;
            if fact(&answer) {
                return answer;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), ask).await.unwrap()
}

/// A flow whose only step goes where nothing may be sent.
async fn blocked_flow(world: &World) -> String {
    let flow = json!({"name": "Tell", "on": ["call.ended"], "steps": [
        {"id": "tell", "do": "http.request", "with": {"method": "POST", "url": "http://127.0.0.1:9/x", "json": {"to": "{{ call.to }}"}}, "retry": {"attempts": 1}}]});
    let made = post(world, "/v1/flows", flow, 201).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn sample(world: &World, provider: &str, name: &str) -> Value {
    let shown = get(world, &format!("/v1/providers/{provider}")).await;
    assert!(!shown["guide"]["steps"].as_array().unwrap().is_empty());
    let samples = shown["samples"].as_array().unwrap();
    let found = samples.iter().find(|sample| sample["name"] == name);
    let found = found.unwrap_or_else(|| panic!("{provider} has no {name}"));
    json!({"headers": {"content-type": found["content_type"]}, "body": found["body"], "new_call": true})
}

#[tokio::test]
async fn a_checked_message_shows_what_it_would_start_and_a_sent_one_starts_it() {
    let world = world().await;
    blocked_flow(&world).await;
    let message = sample(&world, "retell", "call-ended-full").await;
    let checked = post(&world, "/v1/providers/retell/check", message.clone(), 200).await;
    assert_eq!(checked["signature"], "none");
    let ended = checked["foreseen"].as_array().unwrap();
    let ended = ended
        .iter()
        .find(|moment| moment["kind"] == "call.ended")
        .unwrap();
    let step = &ended["flows"][0]["report"]["steps"][0];
    assert_eq!(step["result"], "would_send", "{checked}");
    assert!(step["request"]["body"].as_str().unwrap().contains("+1"));
    assert_eq!(get(&world, "/v1/calls").await["data"], json!([]));

    for _ in 0..2 {
        let sent = post(&world, "/v1/providers/retell/send", message.clone(), 202).await;
        assert_eq!(sent["events"][0]["duplicate"], false);
        assert_eq!(sent["events"][0]["runs"].as_array().unwrap().len(), 1);
    }
    let calls = get(&world, "/v1/calls").await;
    assert_eq!(calls["data"].as_array().unwrap().len(), 2);
    let wrong = json!({"body": "{", "headers": {"x": {}}});
    let wrong = world
        .call(ROOT, "POST", "/v1/providers/retell/check", wrong)
        .await;
    assert_eq!(wrong.json()["errors"][0]["path"], "/headers/x");
    let unreadable = post(
        &world,
        "/v1/providers/retell/check",
        json!({"body": "{"}),
        200,
    )
    .await;
    assert!(unreadable["unreadable"].is_string());
}

#[tokio::test]
async fn a_rehearsal_that_is_held_back_leaves_nothing_behind() {
    let world = world().await;
    blocked_flow(&world).await;
    let known = get(&world, "/v1/calls/simulate").await;
    for provider in known["providers"].as_array().unwrap() {
        let wanted = json!({"provider": provider, "scenario": "interested", "effects": "held"});
        let held = post(&world, "/v1/calls/simulate", wanted, 202).await;
        let kinds: Vec<_> = held["foreseen"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| m["kind"].as_str().unwrap())
            .collect();
        assert!(kinds.contains(&"call.ended"), "{provider}: {kinds:?}");
        assert_eq!(held["events"], json!([]));
    }
    assert_eq!(get(&world, "/v1/calls").await["data"], json!([]));
    let live = json!({"provider": "custom", "scenario": "no_answer"});
    let played = post(&world, "/v1/calls/simulate", live, 202).await;
    assert_eq!(played["foreseen"], Value::Null);
    assert_eq!(played["events"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_rehearsal_tells_what_one_says_and_ends_as_one_wants() {
    let world = world().await;
    let story = json!({
        "transcript": [{"role": "agent", "text": "Is Thursday fine?"}, {"role": "customer", "text": "Friday, please."}],
        "ending": "agent_hangup", "duration_s": 60, "disposition": "Call later", "outcome": {"day": "Friday"},
    });
    let wanted = json!({"provider": "retell", "scenario": "interested", "story": story});
    let played = post(&world, "/v1/calls/simulate", wanted, 202).await;
    let call = played["events"][0]["call_id"].as_str().unwrap();
    let call = get(&world, &format!("/v1/calls/{call}")).await["snapshot"].clone();
    assert_eq!(call["duration_s"], 60);
    assert_eq!(call["ended_by"], "agent");
    assert_eq!(call["transcript"][1]["text"], "Friday, please.");
    let found = &call["analysis"]["structured"];
    assert_eq!(
        found,
        &json!({"disposition": "Call later", "day": "Friday"})
    );
    let wrong = json!({"provider": "vapi", "scenario": "interested", "story": {
        "transcript": [{"role": "robot", "text": "Hi"}, {"role": "agent", "text": " "}], "ending": "storm", "duration_s": -1,
    }});
    let refused = post(&world, "/v1/calls/simulate", wrong, 422).await;
    let paths = |refused: &Value| -> Vec<String> {
        let errors = refused["errors"].as_array().unwrap().iter();
        errors
            .map(|error| error["path"].as_str().unwrap().into())
            .collect()
    };
    let wanted = [
        "/story/ending",
        "/story/transcript/0/role",
        "/story/transcript/1/text",
        "/story/duration_s",
    ];
    assert_eq!(paths(&refused), wanted);
    let nobody = json!({"provider": "vapi", "scenario": "interested", "story": {"ending": "busy", "summary": "Hm"}});
    let refused = post(&world, "/v1/calls/simulate", nobody, 422).await;
    assert_eq!(paths(&refused), ["/story/summary"]);
    let silent = json!({"provider": "twilio", "scenario": "interested", "story": {
        "transcript": [{"role": "agent", "text": "Hi"}], "outcome": {"day": "Friday"}, "duration_s": 60,
    }});
    let refused = post(&world, "/v1/calls/simulate", silent, 422).await;
    assert_eq!(paths(&refused), ["/story/transcript", "/story/outcome"]);
}

#[tokio::test]
async fn a_rehearsal_with_effects_needs_to_write() {
    let world = world().await;
    let (operate, write) = (
        world.key(world.ours, Scope::Operate).await,
        world.key(world.ours, Scope::Write).await,
    );
    let wanted =
        |effects: &str| json!({"provider": "custom", "scenario": "no_answer", "effects": effects});
    let play = async |key: &str, effects: &str| {
        let path = "/v1/calls/simulate";
        world.call(key, "POST", path, wanted(effects)).await
    };
    let refused = play(&operate, "live").await;
    assert!(refused.text.contains("`write`"), "{}", refused.text);
    refused.refused(403, "forbidden");
    play(&operate, "held").await.expect(202);
    play(&write, "live").await.expect(202);
}

#[tokio::test]
async fn a_replay_on_an_edited_event_needs_to_write_and_is_no_message_of_the_platform() {
    let world = world().await;
    let flow = json!({"name": "f", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]});
    post(&world, "/v1/flows", flow, 201).await;
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c-1"}});
    let sent = post(&world, "/v1/events", event, 202).await;
    let sent = &sent["events"][0];
    let path = format!("/v1/runs/{}", sent["runs"][0].as_str().unwrap());
    until(&world, &path, |run| run["status"] == "succeeded").await;
    let event = format!(
        "/v1/events/{}/payload?shape=event",
        sent["id"].as_str().unwrap()
    );
    let mut event = get(&world, &event).await;
    event["call"]["duration_s"] = json!(7);
    let replay = async |scope: Scope, body: Value| {
        let key = world.key(world.ours, scope).await;
        let path = format!("{path}/replay");
        world.call(&key, "POST", &path, body).await
    };
    let edited = json!({"from": "start", "event": event});
    let refused = replay(Scope::Operate, edited.clone()).await;
    assert!(refused.text.contains("`write`"), "{}", refused.text);
    refused.refused(403, "forbidden");
    let plain = json!({"from": "start"});
    replay(Scope::Operate, plain).await.expect(202);
    replay(Scope::Write, edited).await.expect(202);
    let messages = get(&world, "/v1/calls/custom:c-1/messages").await;
    assert_eq!(messages["data"].as_array().unwrap().len(), 1, "{messages}");
}

#[tokio::test]
async fn an_address_is_shown_only_to_those_who_may_send_or_change() {
    let world = world().await;
    let new = json!({"provider": "custom", "name": "e"});
    let made = post(&world, "/v1/endpoints", new, 201).await;
    let address = made["url"].as_str().unwrap();
    let (_, token) = address.rsplit_once('/').unwrap();
    let one = format!("/v1/endpoints/{}", made["id"].as_str().unwrap());
    for (scope, is_shown) in [
        (Scope::Read, false),
        (Scope::Operate, false),
        (Scope::Write, true),
        (Scope::Admin, true),
    ] {
        let key = world.key(world.ours, scope).await;
        for path in [one.as_str(), "/v1/endpoints"] {
            let shown = world.call(&key, "GET", path, Value::Null).await;
            assert_eq!(shown.text.contains(token), is_shown, "{path} {scope:?}");
            let masked = shown.text.contains("https://hooks.example/v1/in/••••\"");
            assert_eq!(masked, !is_shown, "{path} {scope:?}");
        }
    }
}

async fn send(world: &World, address: &str, token: &str) -> u16 {
    let path = address.strip_prefix("https://hooks.example").unwrap();
    let body = json!({"id": "e-1", "kind": "call.ended", "call": {"provider_call_id": "c-1"}});
    let request = Request::post(path)
        .header("host", "hooks.example")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    world.send(request).await.status.as_u16()
}

#[tokio::test]
async fn an_endpoint_shows_what_came_in_and_changes_its_address_and_secret() {
    let world = world().await;
    let new = json!({"provider": "custom", "name": "e", "auth": {"secret": "first"}});
    let endpoint = post(&world, "/v1/endpoints", new, 201).await;
    let path = format!("/v1/endpoints/{}", endpoint["id"].as_str().unwrap());
    let url = endpoint["url"].as_str().unwrap();
    assert_eq!(endpoint["first_message_at"], Value::Null);
    assert_eq!(send(&world, url, "guessed").await, 401);
    assert_eq!(send(&world, url, "first").await, 200);
    assert_eq!(send(&world, url, "first").await, 200);
    let messages = get(&world, &format!("{path}/messages")).await;
    let verdicts: Vec<_> = messages["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(verdicts, ["duplicate", "accepted", "refused"]);
    assert!(messages["data"][1]["call_id"].is_string());
    let refused = &messages["data"][2];
    assert!(refused["reason"].is_string());
    assert_eq!(refused["status"], 401);
    assert_eq!(refused["code"], "bad_signature");
    let whole = format!("{path}/messages/{}", refused["id"].as_str().unwrap());
    let message = get(&world, &whole).await;
    assert!(message["remedy"].as_str().unwrap().len() > 20);
    let request = &message["request"];
    assert!(request["body"].as_str().unwrap().contains("call.ended"));
    let text = request.to_string();
    assert!(!text.contains("guessed") && text.contains("application/json"));

    let noted = until(&world, &path, |endpoint| {
        endpoint["first_message_at"].is_string()
    })
    .await;
    assert_eq!(noted["version"], endpoint["version"], "nobody changed it");
    // As another node, or this one after a restart, shows it.
    let other = world.another_node();
    let kept = until(&other, &format!("{path}/messages"), |messages| {
        messages["data"].as_array().unwrap().len() == 3
    })
    .await;
    assert_eq!(kept, messages);
    assert_eq!(get(&other, &whole).await, message);
    let first = get(&other, &format!("{path}/messages?limit=2")).await;
    let next = first["next"].as_str().unwrap();
    let last = get(&other, &format!("{path}/messages?cursor={next}")).await;
    assert_eq!(last["data"][0]["id"], refused["id"]);
    assert_eq!(last["next"], Value::Null);

    let rotate = format!("{path}/rotate");
    post(
        &world,
        &rotate,
        json!({"secret": "second", "overlap_s": 60}),
        200,
    )
    .await;
    for token in ["first", "second"] {
        assert_eq!(send(&world, url, token).await, 200, "{token}");
    }
    post(&world, &rotate, json!({"secret": "third"}), 200).await;
    assert_eq!(send(&world, url, "second").await, 401);
    let moved = post(&world, &rotate, json!({"address": true}), 200).await;
    assert_eq!(send(&world, url, "third").await, 404);
    assert_eq!(
        send(&world, moved["url"].as_str().unwrap(), "third").await,
        200
    );
    post(&world, &rotate, json!({}), 422).await;
}

#[tokio::test]
async fn deliveries_are_found_by_destination_and_the_failed_ones_are_done_again() {
    let world = world().await;
    let flow = blocked_flow(&world).await;
    let event =
        json!({"kind": "call.ended", "call": {"provider_call_id": "c-1", "to": "+15550101"}});
    post(&world, "/v1/events", event, 202).await;
    until(&world, "/v1/runs?status=failed", |runs| {
        runs["data"][0].is_object()
    })
    .await;
    let found = get(
        &world,
        &format!("/v1/deliveries?destination=127.0.0.1:9&result=failed&flow={flow}"),
    )
    .await;
    assert_eq!(found["data"][0]["destination"], "127.0.0.1:9", "{found}");
    assert_eq!(found["data"][0]["error"], "blocked");
    assert_eq!((&found["runs"], &found["next"]), (&json!(1), &Value::Null));
    let blocked = get(&world, "/v1/deliveries?answer=blocked").await;
    assert_eq!(blocked["data"].as_array().unwrap().len(), 1);
    for none in [
        "destination=elsewhere.example",
        "result=ok",
        "answer=5xx",
        "answer=404",
    ] {
        let none = get(&world, &format!("/v1/deliveries?{none}")).await;
        assert_eq!(none["data"], json!([]));
    }
    let wanted = json!({"filter": {"destination": "127.0.0.1", "answer": "blocked"}});
    let foreseen = post(&world, "/v1/deliveries/replay/preview", wanted.clone(), 200).await;
    let step = &foreseen["again"][0];
    assert_eq!(
        (&foreseen["runs"], &step["step"], &step["times"]),
        (&json!(1), &json!("tell"), &json!(1))
    );
    let again = post(&world, "/v1/deliveries/replay", wanted, 202).await;
    assert_eq!(
        (&again["replayed"], &again["skipped"]),
        (&json!(1), &json!(0))
    );
    for refused in [
        json!({"filter": {}}),
        json!({"filter": {"destination": ""}}),
        json!({"filter": {"flow": []}}),
        json!({"filter": {"answer": "9xx"}}),
        json!({"filter": {"answer": "5xx"}, "limit": 501}),
    ] {
        for path in ["/v1/deliveries/replay", "/v1/deliveries/replay/preview"] {
            post(&world, path, refused.clone(), 422).await;
        }
    }
}

#[tokio::test]
async fn failed_deliveries_are_done_again_from_the_start_and_a_few_at_a_time() {
    let world = world().await;
    let steps = json!([
        {"id": "before", "do": "code.run", "with": {"code": "return 1"}},
        {"id": "tell", "do": "http.request", "with": {"url": "http://127.0.0.1:9/x"}, "retry": {"attempts": 1}}]);
    let flow = json!({"name": "Tell", "on": ["call.ended"], "steps": steps});
    post(&world, "/v1/flows", flow, 201).await;
    for call in ["c-1", "c-2"] {
        let event = json!({"kind": "call.ended", "call": {"provider_call_id": call}});
        post(&world, "/v1/events", event, 202).await;
    }
    until(&world, "/v1/runs?status=failed", |runs| {
        runs["data"].as_array().unwrap().len() == 2
    })
    .await;
    let mut wanted = json!({"filter": {"destination": "127.0.0.1"}, "from": "start", "limit": 1});
    let foreseen = post(&world, "/v1/deliveries/replay/preview", wanted.clone(), 200).await;
    assert_eq!(
        (&foreseen["runs"], &foreseen["kept"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(foreseen["again"].as_array().unwrap().len(), 2);
    for _ in 0..2 {
        let again = post(&world, "/v1/deliveries/replay", wanted.clone(), 202).await;
        assert_eq!(again["replayed"], 1);
        wanted["cursor"] = again["next"].clone();
    }
    let last = post(&world, "/v1/deliveries/replay", wanted, 202).await;
    assert_eq!(
        (&last["replayed"], &last["next"]),
        (&json!(0), &Value::Null)
    );
}

#[tokio::test]
async fn a_delivery_that_failed_in_a_branch_is_done_again_with_its_run() {
    let world = world().await;
    let send = json!({"id": "tell", "do": "http.request", "with": {"url": "http://127.0.0.1:9/x"}, "retry": {"attempts": 1}});
    let wait = json!({"id": "rest", "set": {"a": "1"}});
    let flow = json!({"name": "Fork", "on": ["call.ended"], "steps": [{"id": "fork", "parallel": [[send], [wait]]}]});
    post(&world, "/v1/flows", flow, 201).await;
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c-1"}});
    let sent = post(&world, "/v1/events", event, 202).await;
    let run = sent["events"][0]["runs"][0].as_str().unwrap();
    until(&world, &format!("/v1/runs/{run}"), |run| {
        run["status"] == "failed"
    })
    .await;
    let wanted = json!({"filter": {"destination": "127.0.0.1"}});
    let again = post(&world, "/v1/deliveries/replay", wanted, 202).await;
    assert_eq!(
        (&again["replayed"], &again["skipped"]),
        (&json!(1), &json!(0))
    );
    let new = again["runs"][0].as_str().unwrap();
    let new = get(&world, &format!("/v1/runs/{new}")).await;
    assert_eq!(new["replay_of"], run);
    let elsewhere = json!({"filter": {"destination": "elsewhere.example"}});
    let none = post(&world, "/v1/deliveries/replay", elsewhere, 202).await;
    assert_eq!(none["replayed"], 0);
}

#[tokio::test]
async fn a_key_tells_when_it_was_used() {
    let world = world().await;
    let key = world.key(world.ours, Scope::Read).await;
    let shown = get(&world, "/v1/keys").await;
    assert_eq!(shown["data"][0]["last_used_at"], Value::Null);
    world
        .call(&key, "GET", "/v1/flows", Value::Null)
        .await
        .expect(200);
    until(&world, "/v1/keys", |keys| {
        keys["data"][0]["last_used_at"].is_string()
    })
    .await;
}
