//! Flows that missed something: they catch up once, or not at all.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_resumed_flow_catches_up_with_what_it_missed_once() {
    let dir = tempfile::tempdir().unwrap();
    let mended = receiver(|n| if n < 2 { (422, "{}") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    let flow = server.flow(doomed(&mended.url(), 2)).await;
    fail(&server, "c-1").await;
    fail(&server, "c-2").await;
    alert(&server, "flow_paused", |_| true).await;
    let mut missed = Vec::new();
    for n in 0..3 {
        let answer = server.send(&ended(&format!("missed-{n}"))).await;
        missed.push(text(&answer, "/events/0/call_id"));
    }
    let early = server
        .ask("POST", &format!("/v1/flows/{flow}/catch-up"), &json!({}))
        .await;
    assert_eq!(
        (early.status, text(&early.json(), "/code")),
        (409, "not_now".into())
    );
    let resumed = server
        .ask("POST", &format!("/v1/flows/{flow}/resume"), &json!({}))
        .await
        .ok(200);
    assert_eq!(
        (&resumed["missed"]["events"], &resumed["paused"]),
        (&json!(3), &Value::Null)
    );
    let again = server
        .ask("POST", &format!("/v1/flows/{flow}/resume"), &json!({}))
        .await
        .ok(200);
    assert_eq!(
        (&again["missed"], &again["id"]),
        (&Value::Null, &json!(flow))
    );
    let enabled = server
        .ask("POST", &format!("/v1/flows/{flow}/enable"), &json!({}))
        .await
        .ok(200);
    assert_eq!(enabled, again, "both answer alike");
    let path = format!("/v1/flows/{flow}/catch-up");
    let dry = server
        .ask("POST", &path, &json!({ "dry": true }))
        .await
        .ok(200);
    assert_eq!((&dry["events"], &dry["runs"]), (&json!(3), &json!([])));
    let body = json!({});
    let (one, two) = tokio::join!(
        server.ask("POST", &path, &body),
        server.ask("POST", &path, &body)
    );
    let (one, two) = (one.ok(200), two.ok(200));
    let of = |answer: &Value| answer["runs"].as_array().unwrap().len();
    assert_eq!(
        of(&one) + of(&two),
        3,
        "each event once, whoever asks: {one:#} {two:#}"
    );
    let last = server.ask("POST", &path, &json!({})).await.ok(200);
    assert_eq!((of(&last), &last["done"]), (0, &json!(3)));
    let all = mended.wait(5).await;
    let mut sent: Vec<String> = all[2..]
        .iter()
        .map(|received| text(&received.json(), "/call"))
        .collect();
    sent.sort();
    missed.sort();
    assert_eq!(sent, missed);
    // What failed before the pause says nothing any more.
    let run = text(&server.send(&ended("c-9")).await, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_off_does_not_catch_up() {
    let dir = tempfile::tempdir().unwrap();
    let good = receiver(|_| (200, "{}")).await;
    let server = Server::start(dir.path());
    let flow = server.flow(lead(&good.url())).await;
    let from = "2020-01-01T00:00:00Z";
    server
        .ask("POST", &format!("/v1/flows/{flow}/disable"), &json!({}))
        .await
        .ok(200);
    server.send(&ended("c-1")).await;
    let path = format!("/v1/flows/{flow}/catch-up");
    let refused = server.ask("POST", &path, &json!({ "from": from })).await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    assert!(refused.text.contains("enable it first"), "{}", refused.text);
    server
        .ask("POST", &format!("/v1/flows/{flow}/enable"), &json!({}))
        .await
        .ok(200);
    let caught = server
        .ask("POST", &path, &json!({ "from": from }))
        .await
        .ok(200);
    assert_eq!(caught["runs"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_hears_of_failures_now_and_then_catches_up_with_no_single_ones() {
    let dir = tempfile::tempdir().unwrap();
    let (bad, told) = (
        receiver(|_| (422, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let mut seldom = watcher(&["run.failed"], &told.url());
    seldom["name"] = "Now and then".into();
    seldom["where"] = json!({ "every_s": 3600 });
    let seldom = server.flow(seldom).await;
    let every = server.flow(watcher(&["run.failed"], &told.url())).await;
    server.flow(lead(&bad.url())).await;
    for n in 0..3 {
        fail(&server, &format!("c-{n}")).await;
    }
    // One for each, and one now and then.
    told.wait(4).await;
    let body = json!({ "from": "2020-01-01T00:00:00Z" });
    for (flow, done) in [(&seldom, 1), (&every, 3)] {
        let caught = server
            .ask("POST", &format!("/v1/flows/{flow}/catch-up"), &body)
            .await
            .ok(200);
        assert_eq!(
            (&caught["runs"], &caught["done"]),
            (&json!([]), &json!(done))
        );
    }
    assert_eq!(told.all().len(), 4);
}
