//! Messages that are tried, rehearsals, and events that are edited.

use super::{ROOT, blocked_flow, get, post, sample, until};
use crate::world::world;
use api::Scope;
use serde_json::{Value, json};

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
