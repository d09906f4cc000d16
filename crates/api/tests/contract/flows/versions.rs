//! Versions: drafts, publishing, going back, switches, what differs.

use super::*;

#[tokio::test]
async fn a_draft_does_not_run_until_it_is_published() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    let put = format!("{path}?draft=true&note=slower");
    let draft = ask(&world, "PUT", &put, flow("Lead", 30)).await;
    assert_eq!(draft.headers["etag"], "\"2\"");
    let draft = draft.expect(200);
    assert_eq!(
        (
            &draft["version"],
            &draft["live"],
            &draft["draft"],
            &draft["note"]
        ),
        (&json!(2), &json!(1), &json!(2), &json!("slower"))
    );
    assert_eq!(runs(&world, "c-1").await, [1]);
    let shown = ask(&world, "GET", &path, Value::Null).await;
    assert_eq!(shown.headers["etag"], "\"2\"");
    let shown = shown.expect(200);
    assert_eq!(
        (
            &shown["version"],
            &shown["draft"],
            &shown["document"]["steps"][0]["timeout_s"]
        ),
        (&json!(1), &json!(2), &json!(15))
    );
    let published = ask(
        &world,
        "POST",
        &format!("{path}/publish"),
        json!({"note": "tested"}),
    )
    .await
    .expect(200);
    assert_eq!(
        (
            &published["version"],
            &published["live"],
            &published["draft"],
            &published["published_from"]
        ),
        (&json!(3), &json!(3), &Value::Null, &json!(2))
    );
    assert_eq!(runs(&world, "c-2").await, [3]);
    let again = ask(&world, "POST", &format!("{path}/publish"), json!({})).await;
    again.refused(409, "not_now");
}

#[tokio::test]
async fn a_flow_of_drafts_only_is_off_until_it_is_published() {
    let world = world().await;
    let made = ask(&world, "POST", "/v1/flows?draft=true", flow("Lead", 15))
        .await
        .expect(201);
    assert_eq!(
        (&made["live"], &made["enabled"]),
        (&Value::Null, &json!(false))
    );
    let path = format!("/v1/flows/{}", made["id"].as_str().unwrap());
    let on = ask(&world, "POST", &format!("{path}/enable"), Value::Null).await;
    on.refused(409, "not_now");
    let put = format!("{path}?draft=true");
    ask(&world, "PUT", &put, flow("Lead", 20)).await.expect(200);
    assert!(runs(&world, "c-1").await.is_empty());
    let published = ask(&world, "POST", &format!("{path}/publish"), json!({}))
        .await
        .expect(200);
    assert_eq!(
        (&published["live"], &published["enabled"]),
        (&json!(3), &json!(true))
    );
    assert_eq!(runs(&world, "c-2").await, [3]);
}

#[tokio::test]
async fn a_draft_may_have_problems_that_keep_it_from_being_published() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    let put = format!("{path}?draft=true");
    let draft = ask(
        &world,
        "PUT",
        &put,
        json!({"name": "Lead", "on": ["call.endet"]}),
    )
    .await
    .expect(200);
    assert_eq!(draft["problems"].as_array().unwrap().len(), 2);
    let publish = ask(&world, "POST", &format!("{path}/publish"), json!({})).await;
    publish.refused(422, "invalid_flow");
    assert_eq!(runs(&world, "c-1").await, [1]);
    let nameless = ask(&world, "PUT", &put, json!({"on": []})).await;
    nameless.refused(422, "invalid_flow");
}

#[tokio::test]
async fn going_back_is_a_new_version_that_says_so() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    ask(&world, "PUT", &path, flow("Lead", 30))
        .await
        .expect(200);
    let back = ask(
        &world,
        "POST",
        &format!("{path}/publish"),
        json!({"version": 1}),
    )
    .await
    .expect(200);
    assert_eq!(
        (
            &back["version"],
            &back["rolled_back_from"],
            &back["document"]["steps"][0]["timeout_s"]
        ),
        (&json!(3), &json!(1), &json!(15))
    );
    assert_eq!(runs(&world, "c-1").await, [3]);
    let unknown = ask(
        &world,
        "POST",
        &format!("{path}/publish"),
        json!({"version": 9}),
    )
    .await;
    unknown.refused(404, "not_found");
}

#[tokio::test]
async fn a_switch_and_a_save_without_a_change_make_no_version() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    for act in ["disable", "disable", "enable", "disable"] {
        let shown = ask(&world, "POST", &format!("{path}/{act}"), Value::Null)
            .await
            .expect(200);
        assert_eq!(
            (&shown["version"], &shown["enabled"]),
            (&json!(1), &json!(act == "enable"))
        );
    }
    assert!(runs(&world, "c-1").await.is_empty());
    let same = ask(&world, "PUT", &path, flow("Lead", 15))
        .await
        .expect(200);
    assert_eq!(
        (&same["version"], &same["enabled"]),
        (&json!(1), &json!(false))
    );
    let patched = ask(&world, "PATCH", &path, json!({"enabled": true}))
        .await
        .expect(200);
    assert_eq!(
        (&patched["version"], &patched["enabled"]),
        (&json!(1), &json!(true))
    );
    assert_eq!(runs(&world, "c-2").await, [1]);
    assert_eq!(
        get(&world, &format!("{path}/versions")).await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

/// Whoever switches a flow off while somebody saves it finds it off, whoever came first.
#[tokio::test]
async fn a_save_that_says_nothing_of_the_switch_never_undoes_it() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    let (on, off) = (format!("{path}/enable"), format!("{path}/disable"));
    for round in 0..40 {
        ask(&world, "POST", &on, Value::Null).await.expect(200);
        let (saved, switched) = tokio::join!(
            ask(&world, "PUT", &path, flow("Lead", 20 + round)),
            ask(&world, "POST", &off, Value::Null),
        );
        saved.expect(200);
        switched.expect(200);
        assert_eq!(get(&world, &path).await["enabled"], false, "round {round}");
        ask(&world, "POST", &on, Value::Null).await.expect(200);
        let publish = format!("{path}/publish");
        let (published, switched) = tokio::join!(
            ask(&world, "POST", &publish, json!({"version": 1})),
            ask(&world, "POST", &off, Value::Null),
        );
        published.expect(200);
        switched.expect(200);
        assert_eq!(get(&world, &path).await["enabled"], false, "round {round}");
    }
}

#[tokio::test]
async fn nobody_writes_over_a_version_that_they_have_not_seen() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    let put = format!("{path}?draft=true");
    ask(&world, "PUT", &put, flow("Lead", 20)).await.expect(200);
    for (method, path, body) in [
        ("PUT", path.clone(), flow("Lead", 30)),
        ("PUT", put, flow("Lead", 30)),
        ("PATCH", path.clone(), json!({"name": "x"})),
        ("PATCH", path.clone(), json!({"enabled": false})),
        ("POST", format!("{path}/publish"), json!({})),
    ] {
        let request = Request::builder().method(method).uri(&path);
        let request = request
            .header("authorization", format!("Bearer {ROOT}"))
            .header("if-match", "\"1\"");
        let request = request
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()));
        world
            .send(request.unwrap())
            .await
            .refused(412, "version_conflict");
    }
}

#[tokio::test]
async fn versions_say_who_when_and_what_changed() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    ask(
        &world,
        "PUT",
        &format!("{path}?note=CRM%20is%20slow"),
        flow("Lead", 30),
    )
    .await
    .expect(200);
    ask(
        &world,
        "PUT",
        &format!("{path}?draft=true"),
        flow("Leads", 30),
    )
    .await
    .expect(200);
    let list = get(&world, &format!("{path}/versions")).await;
    let shown: Vec<[&str; 2]> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| {
            [
                version["state"].as_str().unwrap(),
                version["change"].as_str().unwrap(),
            ]
        })
        .collect();
    assert_eq!(
        shown,
        [
            ["draft", "name: \"Lead\" → \"Leads\""],
            ["live", "step `lead`: timeout_s 15 → 30"],
            ["past", "the first version"],
        ]
    );
    assert_eq!(
        list["data"][1]["by"],
        json!({"via": "root", "name": "root"})
    );
    assert_eq!(list["data"][1]["note"], "CRM is slow");
    let page = get(&world, &format!("{path}/versions?limit=2")).await;
    assert_eq!(page["data"][1]["change"], "step `lead`: timeout_s 15 → 30");
    let rest = format!(
        "{path}/versions?limit=2&cursor={}",
        page["next"].as_str().unwrap()
    );
    let rest = get(&world, &rest).await;
    assert_eq!(
        (&rest["data"][0]["version"], &rest["next"]),
        (&json!(1), &Value::Null)
    );
    let long = ask(
        &world,
        "PUT",
        &format!("{path}?note={}", "x".repeat(501)),
        flow("Lead", 5),
    )
    .await;
    long.refused(422, "invalid_request");
}

#[tokio::test]
async fn two_versions_are_compared_in_either_direction() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    ask(&world, "PUT", &path, flow("Lead", 30))
        .await
        .expect(200);
    let diff = get(&world, &format!("{path}/diff")).await;
    assert_eq!(
        diff,
        json!({"from": 1, "to": 2, "summary": "step `lead`: timeout_s 15 → 30", "changes": [
            {"kind": "changed", "step": "lead", "field": "timeout_s", "old": 15, "new": 30, "text": "step `lead`: timeout_s 15 → 30"}]})
    );
    let back = get(&world, &format!("{path}/diff?from=2&to=1")).await;
    assert_eq!(back["summary"], "step `lead`: timeout_s 30 → 15");
    let missing = ask(
        &world,
        "GET",
        &format!("{path}/diff?from=1&to=7"),
        Value::Null,
    )
    .await;
    missing.refused(404, "not_found");
}

#[tokio::test]
async fn a_document_that_is_not_saved_is_compared_with_what_is_live() {
    let world = world().await;
    let path = make(&world, flow("Lead", 15)).await;
    ask(
        &world,
        "PUT",
        &format!("{path}?draft=true"),
        flow("Lead", 20),
    )
    .await
    .expect(200);
    let diff = format!("{path}/diff");
    let shown = ask(&world, "POST", &diff, json!({"document": flow("Lead", 30)})).await;
    let shown = shown.expect(200);
    assert_eq!((&shown["from"], &shown["to"]), (&json!(1), &Value::Null));
    assert_eq!(shown["summary"], "step `lead`: timeout_s 15 → 30");
    let body = json!({"document": flow("Lead", 30), "from": 2});
    let shown = ask(&world, "POST", &diff, body).await.expect(200);
    assert_eq!(shown["summary"], "step `lead`: timeout_s 20 → 30");
    let versions = get(&world, &format!("{path}/versions")).await;
    assert_eq!(versions["data"].as_array().unwrap().len(), 2);
    let body = json!({"document": flow("Lead", 30), "from": 7});
    ask(&world, "POST", &diff, body)
        .await
        .refused(404, "not_found");
}
