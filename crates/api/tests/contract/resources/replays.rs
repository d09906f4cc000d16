//! Runs started again: by filter, by name, from a step.

use super::*;

#[tokio::test]
async fn finished_runs_are_replayed_by_filter_and_what_cannot_be_is_skipped() {
    let world = world().await;
    world
        .call(ROOT, "POST", "/v1/flows", flow())
        .await
        .expect(201);
    let mut notices = world.engine.subscribe();
    world
        .call(ROOT, "POST", "/v1/events", event("c-1"))
        .await
        .expect(202);
    while notices.recv().await.unwrap().data["status"] != "succeeded" {}
    let replay = json!({"filter": {"status": ["succeeded"]}, "from": "start"});
    let replayed = world
        .call(ROOT, "POST", "/v1/runs/replay", replay)
        .await
        .expect(202);
    assert_eq!(
        (
            &replayed["replayed"],
            &replayed["skipped"],
            &replayed["next"]
        ),
        (&json!(1), &json!(0), &Value::Null)
    );
    let path = format!("/v1/runs/{}", replayed["runs"][0].as_str().unwrap());
    assert!(get(&world, &path).await["replay_of"].is_string());
    world
        .call(ROOT, "POST", "/v1/runs/replay", json!({"filter": {}}))
        .await
        .refused(422, "invalid_request");
    let key = world.key(world.ours, Scope::Read).await;
    world
        .call(&key, "POST", "/v1/runs/replay", json!({"filter": {}}))
        .await
        .refused(403, "forbidden");
}

#[tokio::test]
async fn a_replay_is_previewed_and_runs_are_named() {
    let world = world().await;
    let steps = json!([{"id": "tell", "do": "http.request", "retry": {"attempts": 1},
        "with": {"url": "http://127.0.0.1:1/x?secret=1", "method": "POST"}}]);
    let mut telling = flow();
    telling["steps"] = steps;
    world
        .call(ROOT, "POST", "/v1/flows", telling)
        .await
        .expect(201);
    let mut notices = world.engine.subscribe();
    let sent = world
        .call(ROOT, "POST", "/v1/events", event("c-1"))
        .await
        .expect(202);
    let run = sent["events"][0]["runs"][0].clone();
    while notices.recv().await.unwrap().data["status"] != "failed" {}
    let named = json!({"runs": [run, run], "from": "failed_step"});
    let preview = world
        .call(ROOT, "POST", "/v1/runs/replay/preview", named.clone())
        .await
        .expect(200);
    assert_eq!(
        (&preview["runs"], &preview["skipped"]),
        (&json!(1), &json!(0))
    );
    let again = &preview["again"][0];
    assert_eq!(
        (
            &again["step"],
            &again["method"],
            &again["to"],
            &again["times"]
        ),
        (
            &json!("tell"),
            &json!("POST"),
            &json!("http://127.0.0.1:1"),
            &json!(1)
        )
    );
    let replayed = world
        .call(ROOT, "POST", "/v1/runs/replay", named)
        .await
        .expect(202);
    assert_eq!(replayed["replayed"], 1);
    let key = world.key(world.theirs, Scope::Write).await;
    let elsewhere = json!({"runs": [replayed["runs"][0]]});
    let theirs = world
        .call(&key, "POST", "/v1/runs/cancel", elsewhere)
        .await
        .expect(202);
    assert_eq!(
        (&theirs["cancelled"], &theirs["skipped"]),
        (&json!(0), &json!(1))
    );
}

/// A flow with these steps, once its run has failed.
async fn failed_run(world: &World, steps: Value) {
    let mut failing = flow();
    failing["steps"] = steps;
    let made = world.call(ROOT, "POST", "/v1/flows", failing).await;
    made.expect(201);
    let mut notices = world.engine.subscribe();
    let sent = world.call(ROOT, "POST", "/v1/events", event("c-1")).await;
    let run = sent.expect(202)["events"][0]["runs"][0].clone();
    let over = async {
        loop {
            let notice = notices.recv().await.unwrap();
            if notice.data["status"] == "failed" && notice.data["id"] == run {
                break;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), over)
        .await
        .unwrap();
}

fn blocked(id: &str, on_error: &str) -> Value {
    json!({"id": id, "do": "http.request", "retry": {"attempts": 1}, "on_error": on_error,
        "with": {"url": "http://127.0.0.1:1/", "method": "POST"}})
}

fn fine(id: &str) -> Value {
    json!({"id": id, "do": "code.run", "with": {"code": "return 1"}})
}

/// Which steps a preview lists, and how many it keeps.
async fn previewed(world: &World, from: &str, limit: u32) -> (Vec<String>, u64) {
    let body = json!({"filter": {"status": "failed"}, "from": from, "limit": limit});
    let path = "/v1/runs/replay/preview";
    let preview = world.call(ROOT, "POST", path, body).await.expect(200);
    let again = preview["again"].as_array().unwrap().iter();
    let step = |again: &Value| again["step"].as_str().unwrap().to_owned();
    let mut steps: Vec<_> = again.map(step).collect();
    steps.sort();
    (steps, preview["kept"].as_u64().unwrap())
}

#[tokio::test]
async fn a_preview_from_the_failed_step_leaves_out_a_failure_that_was_gone_on_from() {
    let world = world().await;
    let steps = json!([
        fine("before"),
        blocked("gone_on_from", "continue"),
        blocked("last", "stop")
    ]);
    failed_run(&world, steps).await;
    let failed = previewed(&world, "failed_step", 1000).await;
    assert_eq!(failed, (vec!["last".to_owned()], 1));
    let start = previewed(&world, "start", 1).await;
    assert_eq!(start.0, ["before", "gone_on_from", "last"]);
    let most = json!({"filter": {"status": "failed"}, "limit": 1001});
    let path = "/v1/runs/replay/preview";
    world.call(ROOT, "POST", path, most).await.expect(422);
}
