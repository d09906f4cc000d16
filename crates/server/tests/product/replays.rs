//! Replays as people want them: on an event that was edited, and from a step of their choice.

use crate::world::{ROOT, Receiver, Server, ended, text};
use serde_json::{Value, json};
use std::process::Command;

/// A flow of two requests, the second of which tells what the first was answered, and its first run.
async fn run_of_two(server: &Server, receiver: &Receiver) -> Value {
    let post = |id: &str, said: &str| {
        json!({ "id": id, "do": "http.request",
            "with": { "method": "POST", "url": receiver.url(), "json": { "step": id, "said": said } } })
    };
    let mut lead = post("lead", "{{ summary }}");
    lead["save"] = json!({ "lead_id": "{{ body.id }}" });
    let steps = json!([lead, post("tell", "{{ summary }} {{ lead_id }}")]);
    let flow = json!({ "name": "two", "on": ["call.ended"], "steps": steps });
    server.flow(flow).await;
    let answer = server.send(&ended("c-1")).await;
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    run
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_replayed_on_an_edited_event_which_nothing_else_takes_for_one() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{\"id\":7}")).await;
    let server = Server::start(dir.path());
    let run = run_of_two(&server, &receiver).await;
    let saw = text(&run, "/event/id");
    let event = format!("/v1/events/{saw}/payload?shape=event");
    let mut event = server.get(&event).await;
    let replay = format!("/v1/runs/{}/replay", text(&run, "/id"));
    let ask = async |body: Value| server.ask("POST", &replay, &body).await;

    event["call"]["duration_s"] = "long".into();
    event["kind"] = "call.started".into();
    let refused = ask(json!({ "from": "start", "event": event })).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        text(&refused.json(), "/errors/0/path"),
        "/event/call/duration_s"
    );
    assert_eq!(receiver.all().len(), 2, "a refused replay does nothing");

    event["kind"] = "call.ended".into();
    event["call"]["duration_s"] = 7.into();
    event["call"]["analysis"]["summary"] = "Wants two".into();
    let replayed = ask(json!({ "from": "start", "event": event }))
        .await
        .ok(202);
    let again = server.ended(&text(&replayed, "/id")).await;
    let said = |n: usize| receiver.all()[n].json()["said"].clone();
    assert_eq!([said(2), said(3)], ["Wants two", "Wants two 7"]);
    let keys: Vec<String> = receiver
        .all()
        .iter()
        .map(|got| got.header("idempotency-key"))
        .collect();
    assert_ne!(keys[0], keys[2], "another request has another key");
    let edited = &again["event"]["edited"];
    assert_eq!(edited["of"], saw);
    assert_eq!(
        edited["changed"],
        json!(["/call/duration_s", "/call/analysis/summary"])
    );
    assert_eq!(again["replay_of"], run["id"]);

    // A replay of the replay sees what that one saw.
    let path = format!("/v1/runs/{}/replay", text(&replayed, "/id"));
    let third = server
        .ask("POST", &path, &json!({ "from": "start" }))
        .await
        .ok(202);
    let third = server.ended(&text(&third, "/id")).await;
    assert_eq!(
        (said(4), &third["event"]),
        ("Wants two".into(), &again["event"])
    );

    let told = server.get("/v1/audit?action=replayed").await;
    let places: Vec<String> = told["data"][1]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| text(change, "/path"))
        .collect();
    assert_eq!(
        places,
        ["/event/call/duration_s", "/event/call/analysis/summary"]
    );
    assert!(!told.to_string().contains("Wants two"), "{told:#}");

    let other = json!({ "name": "other", "on": ["call.ended"], "steps": [{ "id": "a", "set": { "b": "{{ summary }}" } }] });
    let other = server.flow(other).await;
    let since = json!({ "from": "2020-01-01T00:00:00Z" });
    let caught = server
        .ask("POST", &format!("/v1/flows/{other}/catch-up"), &since)
        .await
        .ok(200);
    assert_eq!(caught["events"], 1, "the edited event has not happened");

    let call = text(&run, "/call/id");
    let sample = server
        .get(&format!("/v1/calls/{call}/payload?kind=call.ended"))
        .await;
    assert_eq!(
        sample["event"]["call"]["analysis"]["summary"],
        "Wants a demo"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_event_never_becomes_the_analysis_of_the_real_call() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let keep = json!({ "id": "keep", "do": "analysis.keep", "with": { "analysis": { "disposition": "{{ summary }}" } } });
    let inner =
        json!({ "name": "keeps", "on": ["call.analyzed"], "enabled": false, "steps": [keep] });
    server.flow(inner).await;
    let outer = json!({ "name": "calls it", "on": ["call.ended"], "steps": [{ "id": "inner", "flow": "keeps" }] });
    server.flow(outer).await;
    let answer = server.send(&ended("c-1")).await;
    let run = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    let saw = text(&run, "/event/id");
    let event = format!("/v1/events/{saw}/payload?shape=event");
    let mut event = server.get(&event).await;
    let replay = format!("/v1/runs/{}/replay", text(&run, "/id"));
    let same = json!({ "from": "start", "event": event });
    server.ask("POST", &replay, &same).await.ok(202);
    event["call"]["analysis"]["summary"] = "Made up".into();
    let edited = json!({ "from": "start", "event": event });
    let refused = server.ask("POST", &replay, &edited).await;
    assert_eq!(refused.status, 422);
    let refused = refused.json();
    assert_eq!(text(&refused, "/errors/0/path"), "/event");
    assert!(refused.to_string().contains("analysis.keep"), "{refused:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_replayed_from_a_step_with_what_was_saved_before_it() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{\"id\":7}")).await;
    let server = Server::start(dir.path());
    let run = run_of_two(&server, &receiver).await;
    let id = text(&run, "/id");
    let preview = async |step: &str| {
        let body = json!({ "runs": [id], "from": { "step": step } });
        server.ask("POST", "/v1/runs/replay/preview", &body).await
    };
    let seen = preview("tell").await.ok(200);
    assert_eq!((&seen["runs"], &seen["kept"]), (&json!(1), &json!(1)));
    assert_eq!(
        (&seen["again"][0]["step"], &seen["again"][1]),
        (&json!("tell"), &Value::Null)
    );
    let replay = async |step: &str| {
        let (path, body) = (
            format!("/v1/runs/{id}/replay"),
            json!({ "from": { "step": step } }),
        );
        server.ask("POST", &path, &body).await
    };
    for refused in [preview("odd").await, replay("odd").await] {
        assert_eq!(refused.status, 422);
        assert_eq!(text(&refused.json(), "/errors/0/path"), "/from/step");
    }
    let replayed = replay("tell").await.ok(202);
    let again = server.ended(&text(&replayed, "/id")).await;
    assert_eq!(again["status"], "succeeded", "{again:#}");
    let got = receiver.all();
    assert_eq!(got.len(), 3, "the first step did not run again");
    assert_eq!(
        got[2].json(),
        json!({ "step": "tell", "said": "Wants a demo 7" })
    );
    assert_eq!(
        got[1].header("idempotency-key"),
        got[2].header("idempotency-key")
    );
    let all = json!({ "filter": { "status": "succeeded" }, "from": { "step": "lead" } });
    let all = server.ask("POST", "/v1/runs/replay", &all).await.ok(202);
    // The replay has begun behind that step.
    assert_eq!((&all["replayed"], &all["skipped"]), (&json!(1), &json!(1)));
}

/// What a command says as JSON.
fn told(server: &Server, words: &[&str]) -> Value {
    let ran = Command::new(env!("CARGO_BIN_EXE_switchhook"))
        .args(words)
        .args(["--url", &server.url, "--key", ROOT, "--json"])
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
    serde_json::from_slice(&ran.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_replays_and_cancels_what_a_filter_finds_once_that_is_confirmed() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{\"id\":7}")).await;
    let server = Server::start(dir.path());
    let run = run_of_two(&server, &receiver).await;
    let (id, call, flow) = (
        text(&run, "/id"),
        text(&run, "/call/id"),
        text(&run, "/flow/id"),
    );
    let filter = [
        "--call",
        &call,
        "--flow",
        &flow,
        "--status",
        "succeeded",
        "--from",
        "2020-01-01T00:00:00Z",
    ];
    let runs = |command: &[&'static str], more: &[&'static str]| {
        let words: Vec<&str> = [&["runs"][..], command, &filter[..], more].concat();
        told(&server, &words)
    };
    assert_eq!(runs(&["list"], &[])["data"][0]["id"], id);
    let counted = runs(&["replay"], &["--from-step", "tell"]);
    assert_eq!(
        (&counted["runs"], &counted["done"]),
        (&json!(1), &json!(false))
    );
    assert_eq!(receiver.all().len(), 2, "what is counted is not done");
    let done = runs(&["replay"], &["--from-step", "tell", "--yes"]);
    assert_eq!(
        (&done["replayed"], &done["done"]),
        (&json!(1), &json!(true))
    );
    let cancelled = runs(&["cancel"], &[]);
    assert_eq!(
        (&cancelled["runs"], &cancelled["done"]),
        (&json!(0), &json!(false))
    );

    let file = dir.path().join("event.json");
    std::fs::write(&file, json!({ "call": ended("c-1")["call"] }).to_string()).unwrap();
    let again = told(
        &server,
        &[
            "runs",
            "replay",
            &id,
            "--event",
            &file.display().to_string(),
        ],
    );
    server.ended(&text(&again, "/id")).await;
    for wrong in [
        &["replay", "--flow", "", "--yes"][..],
        &["cancel", "--status", ",", "--yes"],
        &["cancel", &id, "--from", "2020-01-01T00:00:00Z"],
        &["replay", &id, "--from", "2020-01-01T00:00:00Z"],
    ] {
        let ran = Command::new(env!("CARGO_BIN_EXE_switchhook"))
            .arg("runs")
            .args(wrong)
            .args(["--url", &server.url, "--key", ROOT])
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(2), "{wrong:?}");
    }
    let unset = Command::new(env!("CARGO_BIN_EXE_switchhook"))
        .args(["runs", "cancel", "--yes", "--url", &server.url])
        .env("SWITCHHOOK_KEY", ROOT)
        .env("SWITCHHOOK_RUNS_CANCEL_FLOW", "")
        .output()
        .unwrap();
    assert_eq!(unset.status.code(), Some(2));
    let listed = Command::new(env!("CARGO_BIN_EXE_switchhook"))
        .args(["runs", "list", "--url", &server.url, "--key", ROOT])
        .env("SWITCHHOOK_JSON", "1")
        .output()
        .unwrap();
    assert!(serde_json::from_slice::<Value>(&listed.stdout).is_ok());
    let again = told(&server, &["runs", "replay", &id, "--from", "start"]);
    server.ended(&text(&again, "/id")).await;
    let all = Command::new(env!("CARGO_BIN_EXE_switchhook"))
        .args([
            "runs",
            "cancel",
            "--yes",
            "--url",
            &server.url,
            "--key",
            ROOT,
        ])
        .output()
        .unwrap();
    assert!(
        !all.status.success(),
        "nothing is done to all runs together"
    );
    let key = told(
        &server,
        &[
            "keys",
            "create",
            "--name",
            "short",
            "--expires-at",
            "2099-01-01T00:00:00Z",
        ],
    );
    assert_eq!(key["expires_at"], "2099-01-01T00:00:00Z");
}
