//! Runs over HTTP: retries, replay from the failed step, cancel, branches, filters, unknown receivers.

use crate::world::{Receiver, Server, ended, text};
use serde_json::{Value, json};

fn step(url: &str, attempts: u32) -> Value {
    json!({ "id": "send", "do": "http.request", "with": { "method": "POST", "url": url, "json": { "call": "{{ call_id }}" } },
            "retry": { "attempts": attempts, "first_s": 0.05, "factor": 1 } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_fails_twice_gets_the_third_attempt_with_the_same_key() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| {
        if n < 2 {
            (503, "{\"wait\":true}")
        } else {
            (200, "{}")
        }
    })
    .await;
    let server = Server::start(dir.path());
    server.flow(json!({ "name": "stubborn", "on": ["call.ended"], "steps": [step(&receiver.url(), 5)] })).await;
    let answer = server.send(&ended("c-1")).await;
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded");
    let entries = run["entries"].as_array().unwrap();
    assert_eq!(
        entries
            .iter()
            .map(|entry| entry["attempt"].as_u64().unwrap())
            .collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(
        entries[0]["exchange"]["response"]["body"],
        "{\"wait\":true}"
    );
    assert!(entries[0]["retry_at"].is_string());
    let keys: Vec<String> = receiver
        .all()
        .iter()
        .map(|received| received.header("idempotency-key"))
        .collect();
    assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{keys:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_run_is_replayed_from_its_failed_step_with_the_new_version() {
    let dir = tempfile::tempdir().unwrap();
    let (good, bad) = (
        Receiver::start(|_| (201, "{\"id\":\"lead-7\"}")).await,
        Receiver::start(|_| (422, "{\"error\":\"no\"}")).await,
    );
    let server = Server::start(dir.path());
    let flow = |second: &str| {
        json!({ "name": "two", "on": ["call.ended"], "steps": [
            { "id": "lead", "do": "http.request", "with": { "method": "POST", "url": good.url(), "json": {} }, "save": { "lead_id": "{{ body.id }}" } },
            { "id": "tell", "do": "http.request", "with": { "method": "POST", "url": second, "json": { "lead": "{{ lead_id }}" } } } ] })
    };
    let id = server.flow(flow(&bad.url())).await;
    let answer = server.send(&ended("c-1")).await;
    let run_id = text(&answer, "/events/0/runs/0");
    let run = server.ended(&run_id).await;
    assert_eq!(
        (
            run["status"].as_str(),
            run["entries"][1]["exchange"]["response"]["status"].as_u64()
        ),
        (Some("failed"), Some(422))
    );
    server
        .ask("PUT", &format!("/v1/flows/{id}"), &flow(&good.url()))
        .await
        .ok(200);
    let replay = server
        .ask(
            "POST",
            &format!("/v1/runs/{run_id}/replay"),
            &json!({ "from": "failed_step", "version": "latest" }),
        )
        .await
        .ok(202);
    let again = server.ended(&text(&replay, "/id")).await;
    assert_eq!(again["status"], "succeeded", "{again:#}");
    assert_eq!(good.all().len(), 2, "the first step did not run again");
    assert_eq!(good.all()[1].json()["lead"], "lead-7");
    assert_eq!(again["replay_of"], run_id);
    let refused = server
        .ask(
            "POST",
            &format!("/v1/runs/{}/replay", text(&replay, "/id")),
            &json!({ "from": "failed_step", "version": "same" }),
        )
        .await;
    assert_eq!(
        (refused.status, text(&refused.json(), "/code")),
        (409, "not_now".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_run_is_cancelled_at_once_and_never_sends_again() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (500, "{}")).await,
    );
    let server = Server::start(dir.path());
    let mut slow = step(&receiver.url(), 5);
    slow["retry"]["first_s"] = json!(3600);
    slow["retry"]["max_s"] = json!(3600);
    server
        .flow(json!({ "name": "slow", "on": ["call.ended"], "steps": [slow] }))
        .await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    server
        .until(&format!("/v1/runs/{run}"), |run| run["status"] == "waiting")
        .await;
    server
        .ask("POST", &format!("/v1/runs/{run}/cancel"), &json!({}))
        .await
        .ok(202);
    assert_eq!(server.ended(&run).await["status"], "cancelled");
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_under_way_is_cancelled_after_its_attempt() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    receiver.hold();
    let steps = json!([step(&receiver.url(), 1), { "id": "second", "do": "http.request", "with": { "method": "POST", "url": receiver.url(), "json": {} } }]);
    server
        .flow(json!({ "name": "held", "on": ["call.ended"], "steps": steps }))
        .await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    receiver.wait(1).await;
    server
        .ask("POST", &format!("/v1/runs/{run}/cancel"), &json!({}))
        .await
        .ok(202);
    receiver.release();
    let run = server.ended(&run).await;
    assert!(
        run["status"] == "cancelled" || run["status"] == "succeeded",
        "{run:#}"
    );
    if run["status"] == "cancelled" {
        assert_eq!(
            (run["entries"][0]["result"].as_str(), receiver.all().len()),
            (Some("ok"), 1)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_is_taken_by_the_outcome_and_runs_are_found_by_filter() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let flow = server
        .flow(json!({ "name": "branch", "on": ["call.ended"], "steps": [{ "id": "hot", "if": "outcome.interested == true and duration > 60",
            "then": [step(&receiver.url(), 1)], "else": [{ "id": "end", "stop": { "status": "failed", "reason": "not interested" } }] }] }))
        .await;
    let hot = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    let mut cold = ended("c-2");
    cold["call"]["analysis"]["structured"]["interested"] = false.into();
    let cold = text(&server.send(&cold).await, "/events/0/runs/0");
    assert_eq!(server.ended(&hot).await["status"], "succeeded");
    assert_eq!(server.ended(&cold).await["status"], "failed");
    let failed = server
        .get(&format!("/v1/runs?status=failed&flow={flow}"))
        .await;
    let ids: Vec<&str> = failed["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|run| run["id"].as_str())
        .collect();
    assert_eq!(ids, [cold]);
    let page = server.get("/v1/runs?limit=1").await;
    let next = text(&page, "/next");
    let rest = server.get(&format!("/v1/runs?limit=1&cursor={next}")).await;
    assert_ne!(page["data"][0]["id"], rest["data"][0]["id"]);
    assert_eq!(rest["next"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn internal_destinations_are_refused_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    for url in [
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "http://[::1]:1/",
        "http://2886729729/",
    ] {
        server
            .flow(json!({ "name": url, "on": ["call.ended"], "steps": [step(url, 3)] }))
            .await;
    }
    let answer = server.send(&ended("c-1")).await;
    for run in answer["events"][0]["runs"].as_array().unwrap() {
        let run = server.ended(run.as_str().unwrap()).await;
        assert_eq!(run["status"], "failed");
        assert_eq!(
            run["entries"].as_array().map(Vec::len),
            Some(1),
            "a blocked destination is not tried again"
        );
        assert_eq!(run["entries"][0]["error"]["code"], "blocked", "{run:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_ends_without_its_report_still_gets_its_flow_once() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(json!({ "name": "all", "on": ["call.started", "call.ended"], "steps": [step(&receiver.url(), 1)] })).await;
    let started = json!({ "kind": "call.started", "call": { "provider_call_id": "c-9", "from": "+15550100" } });
    assert_eq!(
        server.send(&started).await["events"][0]["runs"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let late = server.send(&ended("c-9")).await;
    assert_eq!(late["events"][0]["runs"].as_array().map(Vec::len), Some(1));
    let call = server
        .get(&format!("/v1/calls/{}", text(&late, "/events/0/call_id")))
        .await;
    assert_eq!(call["snapshot"]["from"], "+15550100");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_sleeps_over_a_restart_and_the_step_before_it_is_not_taken_again() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let mut server = Server::start(dir.path());
    let mut after = step(&receiver.url(), 1);
    after["id"] = "after".into();
    let wait = json!({ "id": "pause", "wait": { "for": "3s" } });
    let steps = json!([step(&receiver.url(), 1), wait, after]);
    server
        .flow(json!({ "name": "sleeper", "on": ["call.ended"], "steps": steps }))
        .await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    let path = format!("/v1/runs/{run}");
    server.until(&path, |run| run["status"] == "waiting").await;
    assert_eq!(server.stop(), Some(0));
    assert_eq!(receiver.all().len(), 1);
    let server = Server::start(dir.path());
    let run = server.ended(&run).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    assert_eq!(receiver.all().len(), 2);
    let at = |place: &str| text(&run, place).parse::<jiff::Timestamp>().unwrap();
    let slept = at("/entries/2/started_at").duration_since(at("/entries/0/ended_at"));
    assert!(slept.as_secs_f64() >= 3.0, "{run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_replayed_from_its_failed_step_with_its_own_version_repeats_that_very_request() {
    let dir = tempfile::tempdir().unwrap();
    let first = Receiver::start(|_| (200, "{}")).await;
    let second = Receiver::start(|n| if n == 0 { (422, "{}") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    let mut tell = step(&second.url(), 1);
    tell["id"] = "tell".into();
    let steps = json!([step(&first.url(), 1), tell]);
    let flow = json!({ "name": "two", "on": ["call.ended"], "steps": steps });
    let id = server.flow(flow).await;
    let failed = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    assert_eq!(server.ended(&failed).await["status"], "failed");
    // A newer version is none of its business.
    let newer =
        json!({ "name": "two", "on": ["call.ended"], "steps": [{ "id": "x", "set": { "y": 1 } }] });
    server
        .ask("PUT", &format!("/v1/flows/{id}"), &newer)
        .await
        .ok(200);
    let replay = json!({ "from": "failed_step", "version": "same" });
    let path = format!("/v1/runs/{failed}/replay");
    let replay = server.ask("POST", &path, &replay).await.ok(202);
    let again = server.ended(&text(&replay, "/id")).await;
    assert_eq!(
        (&again["status"], &again["flow"]["version"]),
        (&json!("succeeded"), &json!(1)),
        "{again:#}"
    );
    assert_eq!(first.all().len(), 1, "what had succeeded is not done again");
    let sent = second.all();
    let key = |n: usize| sent[n].header("idempotency-key");
    assert_eq!((sent.len(), key(0)), (2, key(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_started_on_a_call_by_hand_is_tried_again_and_started_twice_only_where_that_is_said()
{
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n < 1 { (503, "{}") } else { (200, "{}") }).await;
    let server = Server::start(dir.path());
    server.send(&ended("c-1")).await;
    let steps = json!([step(&receiver.url(), 5)]);
    let flow = json!({ "name": "late", "on": ["call.ended"], "steps": steps });
    let flow = server.flow(flow).await;
    let start = |more: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_switchhook"))
            .args(["runs", "start", &flow, "--call", "custom:c-1", "--json"])
            .args(["--url", &server.url, "--key", crate::world::ROOT])
            .args(more)
            .output()
            .unwrap()
    };
    let started: Value = serde_json::from_slice(&start(&[]).stdout).unwrap();
    let run = server.ended(&text(&started, "/id")).await;
    assert_eq!(run["status"], "succeeded");
    let sent = receiver.all();
    assert_eq!(sent.len(), 2);
    assert_eq!(
        sent[0].header("idempotency-key"),
        sent[1].header("idempotency-key")
    );
    let refused = start(&[]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("anyway"),
        "{said}"
    );
    let again: Value = serde_json::from_slice(&start(&["--anyway"]).stdout).unwrap();
    server.ended(&text(&again, "/id")).await;
    let sent = receiver.all();
    assert_eq!(sent.len(), 3);
    assert_ne!(
        sent[1].header("idempotency-key"),
        sent[2].header("idempotency-key")
    );
}
