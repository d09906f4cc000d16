//! Calls found by parts of what is known of them, and by what was found out in them.
use crate::world::{World, world};
use serde_json::{Value, json};

const ROOT: &str = "root-key-of-the-tests";

async fn filled() -> World {
    let world = world().await;
    let calls = json!([
        {"provider_call_id": "CA9f12", "from": "+14155550100", "to": "+493012345", "duration_s": 20, "disposition": "Interested",
         "contact": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}, "campaign": {"name": "Spring"},
         "analysis": {"sentiment": "Positive", "answers": {"Did they book?": true, "Days": ["Mon", "Tue"]}}},
        {"provider_call_id": "0100aa", "from": "+14155550777", "duration_s": 90,
         "analysis": {"sentiment": "negative", "answers": {"Did they book?": false}}},
        {"provider_call_id": "x", "provider": "pbx", "from": "sip:bob@example.com"},
    ]);
    let events: Vec<Value> = calls
        .as_array()
        .unwrap()
        .iter()
        .map(|call| {
            let mut call = call.clone();
            let provider = call.as_object_mut().unwrap().remove("provider");
            json!({"kind": "call.ended", "provider": provider.unwrap_or("custom".into()), "call": call})
        })
        .collect();
    let sent = world.call(ROOT, "POST", "/v1/events", json!(events)).await;
    sent.expect(202);
    world
}

async fn found(world: &World, query: &str) -> Vec<String> {
    let path = format!("/v1/calls?{query}");
    let list = world.call(ROOT, "GET", &path, Value::Null).await;
    let list = list.expect(200);
    let mut ids: Vec<String> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| call["provider_call_id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn calls_are_found_by_parts_of_numbers_ids_and_contacts() {
    let world = filled().await;
    for (search, expected) in [
        ("555-01", &["CA9f12"][..]),
        ("0100", &["0100aa", "CA9f12"]),
        ("%2B1415", &["0100aa", "CA9f12"]),
        ("2345", &["CA9f12"]),
        ("ca9F", &["CA9f12"]),
        ("ada+lace", &["CA9f12"]),
        ("ada%40example", &["CA9f12"]),
        ("BOB", &["x"]),
        ("%25", &[]),
        ("", &["0100aa", "CA9f12", "x"]),
    ] {
        assert_eq!(
            found(&world, &format!("search={search}")).await,
            expected,
            "{search}"
        );
    }
}

#[tokio::test]
async fn calls_are_filtered_by_what_was_found_out_in_them() {
    let world = filled().await;
    for (query, expected) in [
        ("sentiment=POSITIVE", &["CA9f12"][..]),
        ("question=did+they+book%3F", &["0100aa", "CA9f12"]),
        ("question=Did+they+book%3F&answer=false", &["0100aa"]),
        ("question=Days&answer=tue", &["CA9f12"]),
        ("question=Days&answer=sun", &[]),
        ("min_duration_s=20&max_duration_s=60", &["CA9f12"]),
        ("min_duration_s=21", &["0100aa"]),
        ("disposition=Interested&campaign=Spring", &["CA9f12"]),
        ("search=1415&sentiment=negative", &["0100aa"]),
    ] {
        assert_eq!(found(&world, query).await, expected, "{query}");
    }
    let other = found(&world, "search=bob&min_duration_s=0").await;
    assert!(other.is_empty(), "a call of unknown duration: {other:?}");
    let table = world
        .call(ROOT, "GET", "/v1/calls.csv?search=lovelace", Value::Null)
        .await;
    assert_eq!(table.text.lines().count(), 2);
}

#[tokio::test]
async fn a_filter_that_can_mean_nothing_is_refused_where_it_stands() {
    let world = world().await;
    for (query, path) in [
        ("answer=true", "answer"),
        ("min_duration_s=-1", "min_duration_s"),
        ("min_duration_s=9&max_duration_s=3", "max_duration_s"),
        ("max_duration_s=long", "max_duration_s"),
    ] {
        let url = format!("/v1/calls?{query}");
        let refused = world.call(ROOT, "GET", &url, Value::Null).await;
        assert_eq!(refused.expect(422)["errors"][0]["path"], path, "{query}");
    }
}

#[tokio::test]
async fn many_calls_are_analyzed_again_only_by_a_filter_that_leaves_some_out() {
    let world = filled().await;
    for (filter, path) in [
        (json!({}), "/filter"),
        (json!({"agent": ""}), "/filter/agent"),
        (json!({"status": ","}), "/filter/status"),
        (json!({"search": "--"}), "/filter/search"),
    ] {
        let asked = json!({ "filter": filter, "dry_run": true });
        let refused = world.call(ROOT, "POST", "/v1/calls/analyze", asked).await;
        let refused = refused.expect(422);
        assert_eq!(refused["errors"][0]["path"], path, "{refused}");
    }
}

#[tokio::test]
async fn runs_are_found_by_the_id_of_a_campaign_as_calls_are() {
    let world = world().await;
    let campaign = json!({"name": "Spring"});
    let made = world.call(ROOT, "POST", "/v1/campaigns", campaign).await;
    let id = made.expect(201)["id"].as_str().unwrap().to_owned();
    let flow = json!({"name": "f", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]});
    let made = world.call(ROOT, "POST", "/v1/flows", flow).await;
    made.expect(201);
    for (call, campaign) in [("a", "Spring"), ("b", "Autumn")] {
        let event = json!({"kind": "call.ended", "call": {"provider_call_id": call, "campaign": {"name": campaign}}});
        let sent = world.call(ROOT, "POST", "/v1/events", event).await;
        sent.expect(202);
    }
    for list in ["calls", "runs"] {
        for campaign in ["Spring", &id] {
            let path = format!("/v1/{list}?campaign={campaign}");
            let found = world.call(ROOT, "GET", &path, Value::Null).await;
            let found = found.expect(200);
            assert_eq!(found["data"].as_array().unwrap().len(), 1, "{path}");
        }
    }
    let asked = json!({ "filter": { "campaign": id } });
    let path = "/v1/runs/replay/preview";
    let counted = world.call(ROOT, "POST", path, asked).await.expect(200);
    let looked_at = ["runs", "skipped"].map(|name| counted[name].as_u64().unwrap());
    assert_eq!(looked_at.iter().sum::<u64>(), 1, "{counted}");
}

#[tokio::test]
async fn what_calls_are_filtered_by_is_what_agents_and_campaigns_name() {
    let world = world().await;
    for (path, body) in [
        (
            "/v1/agents",
            json!({"name": "Sarah", "dispositions": ["Wants a demo", "voicemail"],
            "questions": [{"question": "Did they book?", "type": "boolean"}]}),
        ),
        (
            "/v1/agents",
            json!({"name": "ben", "questions": [{"question": "did they book? ", "type": "boolean"}]}),
        ),
        ("/v1/campaigns", json!({"name": "Spring"})),
    ] {
        world.call(ROOT, "POST", path, body).await.expect(201);
    }
    let choices = world
        .call(ROOT, "GET", "/v1/calls/choices", Value::Null)
        .await;
    let choices = choices.expect(200);
    assert_eq!(choices["agents"], json!(["ben", "Sarah"]));
    assert_eq!(choices["campaigns"], json!(["Spring"]));
    let dispositions = choices["dispositions"].as_array().unwrap();
    assert_eq!(dispositions[0], "Interested");
    assert_eq!(dispositions.last().unwrap(), "Wants a demo");
    assert_eq!(dispositions.len(), 7);
    assert_eq!(choices["questions"].as_array().unwrap().len(), 1);
}
