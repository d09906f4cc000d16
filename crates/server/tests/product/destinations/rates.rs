//! Rates: shared by flows, asked for by receivers, held by tests and connections.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn two_flows_share_the_rate_of_their_destination() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let server = Server::start(dir.path());
    let rate = json!({ "rate": { "per_s": 20, "burst": 5 } });
    let set = server.ask("PUT", &path(&receiver), &rate).await.ok(200);
    assert_eq!(
        set["rate"],
        json!({ "count": 20, "period_s": 1.0, "burst": 5 })
    );
    for name in ["one", "two"] {
        server.flow(flow(name, &receiver.url())).await;
    }
    let runs = send(&server, "c", 20).await;
    assert_eq!(runs.len(), 40);
    let mut began: Vec<jiff::Timestamp> = Vec::new();
    for run in &runs {
        let run = server.ended(run).await;
        assert_eq!(run["entries"].as_array().unwrap().len(), 1);
        began.push(text(&run, "/entries/0/started_at").parse().unwrap());
    }
    began.sort_unstable();
    // A token may be spent a quarter of a second late.
    for (n, from) in began.iter().enumerate() {
        for (m, to) in began.iter().enumerate().skip(n) {
            let passed = to.duration_since(*from).as_secs_f64();
            let most = 5.0 + (passed + 0.3) * 20.0;
            assert!((m - n + 1) as f64 <= most, "{} in {passed} s", m - n + 1);
        }
    }
    assert_eq!(receiver.all().len(), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_asks_for_a_pause_gets_it_from_all_runs() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n == 0 { (429, "2") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    server.flow(flow("hook", &receiver.url())).await;
    let first = send(&server, "first", 1).await;
    server
        .until(&path(&receiver), |shown| shown["state"] == "limited")
        .await;
    let others = send(&server, "others", 5).await;
    let run = server.get(&format!("/v1/runs/{}", others[0])).await;
    assert_eq!(run["held"]["why"], "rate");
    assert_eq!(receiver.all().len(), 1);
    succeeded_at_the_first_attempt(&server, &others).await;
    assert_eq!(server.ended(&first[0]).await["entries"][1]["attempt"], 2);
    assert_eq!(receiver.all().len(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_test_is_held_back_as_runs_are_and_says_until_when() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n == 1 { (429, "30") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    let hook = flow("hook", &receiver.url());
    let test = async || {
        let question = json!({ "flow": hook, "mode": "live" });
        let told = server.ask("POST", "/v1/flows/test", &question).await;
        told.ok(200)["steps"][0].clone()
    };
    let refused = |step: &Value, why: &str| {
        assert_eq!(step["error"]["code"], "held_back", "{step:#}");
        let message = text(step, "/error/message");
        assert!(message.contains(why) && message.contains(&receiver.destination()));
    };
    act(&server, &receiver, "pause").await;
    refused(&test().await, "is paused: resume it first");
    act(&server, &receiver, "resume").await;
    let rate = json!({ "rate": { "count": 1, "period_s": 3600, "burst": 1 } });
    server.ask("PUT", &path(&receiver), &rate).await.ok(200);
    assert_eq!(test().await["result"], "ok");
    refused(&test().await, "has its rate used up until 20");
    server
        .ask("PUT", &path(&receiver), &json!({}))
        .await
        .ok(200);
    server.flow(hook.clone()).await;
    send(&server, "asked", 1).await;
    server
        .until(&path(&receiver), |shown| shown["state"] == "limited")
        .await;
    refused(&test().await, "until 20");
    assert_eq!(receiver.all().len(), 2, "a test and a run");
}

#[tokio::test(flavor = "multi_thread")]
async fn senseless_waits_are_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n % 2 == 0 { (429, "-5") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    server.flow(flow("hook", &receiver.url())).await;
    for run in send(&server, "c", 3).await {
        assert_eq!(server.ended(&run).await["status"], "succeeded");
    }
    assert_eq!(server.get(&path(&receiver)).await["state"], "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rate_and_the_pause_of_a_connection_hold_the_runs_that_go_through_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    // Nobody listens there: a call that was let go fails at once.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    let smtp = json!({ "host": "127.0.0.1", "port": port, "security": "plain", "from": "a@company.example" });
    let made = json!({ "name": "Sales mail", "kind": "smtp", "fields": smtp });
    server.ask("POST", "/v1/connections", &made).await.ok(201);
    let mail = json!({ "to": "b@company.example", "subject": "s", "text": "t" });
    let step = json!({ "id": "mail", "do": "email.send", "connection": "Sales mail", "with": mail, "retry": { "attempts": 1 } });
    server
        .flow(json!({ "name": "mail", "on": ["call.ended"], "steps": [step] }))
        .await;
    let path = "/v1/destinations/email%20Sales%20mail";
    let rate = json!({ "rate": { "count": 1, "period_s": 3600, "burst": 1 } });
    server.ask("PUT", path, &rate).await.ok(200);
    let runs = send(&server, "c", 2).await;
    let went = server
        .until("/v1/runs?status=failed", |page| !page["data"][0].is_null())
        .await;
    let went = text(&went, "/data/0/id");
    let failed = server.ended(&went).await;
    assert_eq!(failed["entries"][0]["error"]["code"], "connect");
    let other = runs.iter().find(|run| **run != went).unwrap();
    let other = format!("/v1/runs/{other}");
    let held = server.get(&other).await["held"].clone();
    assert_eq!(
        (&held["why"], &held["destination"]),
        (&json!("rate"), &json!("email Sales mail"))
    );
    let pause = format!("{path}/pause");
    server.ask("POST", &pause, &Value::Null).await.ok(200);
    server
        .until(&other, |run| run["held"]["why"] == "paused")
        .await;
}
