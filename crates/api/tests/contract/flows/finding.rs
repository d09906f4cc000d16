//! Flows found: by their keys, by words, trigger and switch; how their runs went, and which secrets they miss.

use super::*;

#[tokio::test]
async fn every_flow_has_a_key_of_its_own_that_stays() {
    let world = world().await;
    let mut keyed = flow("Lead", 15);
    keyed["key"] = "crm-lead".into();
    let path = make(&world, keyed.clone()).await;
    let taken = ask(&world, "POST", "/v1/flows", keyed.clone()).await;
    taken.refused(409, "already_exists");
    let theirs = world.key(world.theirs, api::Scope::Write).await;
    world
        .call(&theirs, "POST", "/v1/flows", keyed.clone())
        .await
        .expect(201);
    let copy = ask(&world, "POST", &format!("{path}/duplicate"), Value::Null)
        .await
        .expect(201);
    assert_eq!(
        (&copy["key"], &copy["enabled"]),
        (&json!("lead-copy"), &json!(false))
    );
    ask(&world, "DELETE", &path, Value::Null).await.expect(204);
    make(&world, keyed).await;
}

#[tokio::test]
async fn flows_are_found_by_words_trigger_and_switch_in_any_order() {
    let world = world().await;
    for (name, kind, enabled) in [
        ("beta lead", "call.ended", true),
        ("Alpha", "call.started", true),
        ("gamma LEAD", "call.ended", false),
        ("delta", "call.ended", true),
    ] {
        let mut document = flow(name, 15);
        document["on"] = json!([kind]);
        document["enabled"] = enabled.into();
        make(&world, document).await;
    }
    let names = async |query: &str| -> Vec<String> {
        let (mut names, mut next) = (Vec::new(), String::new());
        loop {
            let page = get(&world, &format!("/v1/flows?limit=1&{query}{next}")).await;
            names.extend(
                page["data"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|flow| flow["name"].as_str().unwrap().to_owned()),
            );
            match page["next"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => return names,
            }
        }
    };
    assert_eq!(
        names("").await,
        ["delta", "gamma LEAD", "Alpha", "beta lead"]
    );
    assert_eq!(
        names("sort=name").await,
        ["Alpha", "beta lead", "delta", "gamma LEAD"]
    );
    assert_eq!(names("q=lead&sort=name").await, ["beta lead", "gamma LEAD"]);
    assert_eq!(names("trigger=call.started").await, ["Alpha"]);
    assert_eq!(names("enabled=false").await, ["gamma LEAD"]);
    assert_eq!(
        names("q=lead&enabled=true&trigger=call.ended&sort=updated").await,
        ["beta lead"]
    );
    ask(
        &world,
        "GET",
        "/v1/flows?sort=size&enabled=perhaps",
        Value::Null,
    )
    .await
    .refused(422, "invalid_request");
}

#[tokio::test]
async fn flows_are_found_by_how_they_stand() {
    let world = world().await;
    let bad =
        json!({"name": "bad", "on": ["call.ended"], "steps": [{"id": "a", "stop": "failed"}]});
    make(&world, bad).await;
    let good =
        json!({"name": "good", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]});
    let good = make(&world, good).await;
    make(&world, flow("Lead", 15)).await;
    let draft =
        json!({"name": "good", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 2}}]});
    ask(&world, "PUT", &format!("{good}?draft=true"), draft)
        .await
        .expect(200);
    let agent = json!({"name": "Ada", "actions": [
        {"kind": "webhook", "url": "https://crm.example/", "enabled": true}]});
    ask(&world, "POST", "/v1/agents", agent).await.expect(201);
    runs(&world, "c-1").await;
    let names = async |is: &str| -> Vec<String> {
        let found = get(&world, &format!("/v1/flows?is={is}")).await;
        let found = found["data"].as_array().unwrap().iter();
        let names = found.map(|flow| flow["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names("failing").await, ["bad"]);
    assert_eq!(names("draft").await, ["good"]);
    assert_eq!(names("kept").await.len(), 1);
    assert!(names("paused").await.is_empty());
    for wrong in ["is=broken", "is=draft&is=kept"] {
        ask(&world, "GET", &format!("/v1/flows?{wrong}"), Value::Null)
            .await
            .refused(422, "invalid_request");
    }
}

#[tokio::test]
async fn a_list_says_how_the_newest_runs_went() {
    let world = world().await;
    make(
        &world,
        json!({"name": "ok", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]}),
    )
    .await;
    runs(&world, "c-1").await;
    runs(&world, "c-2").await;
    let list = get(&world, "/v1/flows?recent=true").await;
    let recent = &list["data"][0]["recent"];
    assert_eq!(
        (
            &recent["ended"],
            &recent["succeeded"],
            &recent["last"]["status"]
        ),
        (&json!(2), &json!(2), &json!("succeeded"))
    );
    assert!(
        get(&world, "/v1/flows").await["data"][0]
            .get("recent")
            .is_none()
    );
}

#[tokio::test]
async fn a_check_names_the_secrets_that_are_missing() {
    let world = world().await;
    let secret = json!({"name": "there", "value": "canary-value"});
    ask(&world, "POST", "/v1/secrets", secret).await.expect(201);
    let mut document = flow("Lead", 15);
    document["steps"][0]["with"]["headers"] =
        json!({"a": "{{ secrets.there }}", "b": "{{ secrets.gone }}"});
    let checked = ask(&world, "POST", "/v1/flows/check", document)
        .await
        .expect(200);
    assert_eq!(checked["missing_secrets"], json!(["gone"]));
}
