//! Calls whose webhooks never came: found in the platform's list, taken in once whichever comes first, and said aloud when the list
//! cannot be read.

use crate::world::{Receiver, Server, inbox, text, webhook};
use kernel::Timestamp;
use providers::Scenario;
use providers::vapi::simulate::end_of_call_report;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

fn still(value: &Value) -> &'static str {
    Box::leak(value.to_string().into_boxed_str())
}

/// What Vapi sends at the end of a call of an hour ago.
fn report(id: &str) -> Value {
    let began = Timestamp::now() - Duration::from_secs(3_600);
    let mut report = end_of_call_report(Scenario::Interested, id, began);
    report["message"]["artifact"]["presignedMonoUrl"] = format!("https://r.example/{id}?1").into();
    report
}

/// The same call as Vapi lists it.
fn listed(id: &str) -> Value {
    let message = report(id)["message"].clone();
    let mut call = message["call"].clone();
    for name in [
        "artifact",
        "analysis",
        "startedAt",
        "endedAt",
        "endedReason",
        "customer",
    ] {
        call[name] = message[name].clone();
    }
    call["artifact"]["presignedMonoUrl"] = format!("https://r.example/{id}?2").into();
    call["updatedAt"] = message["endedAt"].clone();
    call
}

async fn platform(calls: Vec<Value>) -> Receiver {
    let answer = still(&json!(calls));
    Receiver::start_with(move |_, _| (200, answer)).await
}

fn origin(platform: &Receiver) -> String {
    platform.url().trim_end_matches("/hook").to_owned()
}

/// An endpoint without a reconciler: its path, and where webhooks go.
async fn endpoint(server: &Server, provider: &str) -> (String, String) {
    let new = json!({ "provider": provider, "name": "Production", "signature": "off" });
    let made = server.ask("POST", "/v1/endpoints", &new).await.ok(201);
    (
        format!("/v1/endpoints/{}", text(&made, "/id")),
        inbox(&made),
    )
}

async fn reconcile(server: &Server, path: &str, api: Value, platform: &Receiver) {
    let settings =
        json!({ "reconcile": { "api": api, "base_url": origin(platform), "every_s": 60 } });
    server.ask("PATCH", path, &settings).await.ok(200);
}

async fn look(server: &Server, path: &str, how: Value) -> Value {
    let path = format!("{path}/reconcile");
    server.ask("POST", &path, &how).await.ok(200)
}

async fn post(server: &Server, address: &str, message: &Value) {
    let headers = [("content-type", "application/json")];
    let answer = server.call("POST", address, &headers, message.to_string());
    assert_eq!(answer.await.unwrap().status, 200);
}

fn count(list: &Value, kind: &str) -> usize {
    let data = list["data"].as_array().unwrap().iter();
    data.filter(|event| event["kind"] == kind && event["settled"] == false)
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_call_starts_its_flows_once_whether_webhook_or_back_fill_comes_first_or_both_at_once()
{
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(webhook(&receiver.url())).await;
    let recordings = json!({ "name": "copy", "on": ["call.recording_ready"], "steps": [{ "id": "a", "set": { "x": 1 } }] });
    let copies = server.flow(recordings).await;
    let (path, address) = endpoint(&server, "vapi").await;
    post(&server, &address, &report("first-by-webhook")).await;
    // The endpoint is written when its first message has come.
    server
        .until(&path, |seen| seen["first_message_at"].is_string())
        .await;
    let ids = ["first-by-webhook", "first-by-list", "at-once", "never-sent"];
    let calls: Vec<Value> = ids.map(listed).into();
    let vapi = platform(calls).await;
    // A dry run says what would be done, and does nothing.
    let far = json!({ "dry_run": true, "look_back_h": 2 });
    reconcile(&server, &path, json!({ "api_key": "key" }), &vapi).await;
    // The reconciler itself and somebody who asks for it look at once, while a webhook comes.
    let at_once = report("at-once");
    let (seen, ..) = tokio::join!(
        look(&server, &path, json!({})),
        post(&server, &address, &at_once),
        look(&server, &path, json!({ "look_back_h": 2 })),
    );
    assert_eq!(seen["error"], Value::Null, "{seen:#}");
    post(&server, &address, &report("first-by-list")).await;
    let after = look(&server, &path, far).await;
    assert_eq!(
        after["found"],
        json!({ "listed": 4, "known": 4, "backfilled": 0, "live": 0, "waiting": 0, "refused": 0 })
    );
    receiver.wait(4).await;
    let all = server.get("/v1/events?limit=200").await;
    for kind in ["call.ended", "call.analyzed", "call.recording_ready"] {
        assert_eq!(count(&all, kind), 4, "{kind} {all:#}");
    }
    let runs = server.until("/v1/runs?limit=200", |runs| {
        let all = runs["data"].as_array().unwrap();
        all.len() == 8 && all.iter().all(|run| run["status"] == "succeeded")
    });
    let runs = runs.await;
    let copied = runs["data"].as_array().unwrap().iter();
    assert_eq!(
        copied
            .filter(|run| run["flow"]["id"] == copies.as_str())
            .count(),
        4
    );
    assert_eq!(receiver.all().len(), 4);
    // A call that was never sent says where it is from.
    let call = server.get("/v1/calls/vapi:never-sent").await;
    assert_eq!(call["events"][0]["backfilled"], true, "{call:#}");
    assert!(
        !call["snapshot"]["transcript"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let call = server.get("/v1/calls/vapi:first-by-webhook").await;
    assert_eq!(call["events"][0]["backfilled"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_s_calls_are_looked_for_by_themselves_and_what_the_list_leaves_out_is_fetched()
{
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let (path, _) = endpoint(&server, "retell").await;
    let began = (Timestamp::now() - Duration::from_secs(3_600)).as_millisecond();
    let call = |id: &str, status: &str, ended: i64| {
        json!({ "call_id": id, "call_status": status, "start_timestamp": began, "end_timestamp": ended,
            "disconnection_reason": "user_hangup" })
    };
    let just_now = Timestamp::now().as_millisecond();
    let first = json!({ "items": [call("r-1", "ended", began + 60_000), call("r-2", "ongoing", 0)], "has_more": true, "pagination_key": "next" });
    let second = json!({ "items": [call("r-3", "ended", just_now), call("r-4", "ended", began + 60_000)], "has_more": false });
    let mut whole = call("r-1", "ended", began + 60_000);
    whole["transcript"] = "Agent: Hello!\nUser: Hi.\n".into();
    let (first, second, whole) = (still(&first), still(&second), still(&whole));
    let retell = Receiver::start_with(move |asked, _| match asked.path.as_str() {
        "/v3/list-calls" if asked.body.contains("next") => (200, second),
        "/v3/list-calls" => (200, first),
        "/v2/get-call/r-1" => (200, whole),
        _ => (404, r#"{"message":"no such call"}"#),
    });
    let retell = retell.await;
    reconcile(&server, &path, json!({ "api_key": "key" }), &retell).await;
    let seen = server
        .until(&path, |seen| seen["reconcile"]["last_at"].is_string())
        .await;
    let found =
        json!({ "listed": 4, "known": 0, "backfilled": 1, "live": 1, "waiting": 1, "refused": 1 });
    assert_eq!(seen["reconcile"]["found"], found, "{seen:#}");
    assert_eq!(seen["reconcile"]["backfilled"], 1);
    assert_eq!(seen["reconcile"]["error"], Value::Null);
    let call = server.get("/v1/calls/retell:r-1").await;
    assert_eq!(call["snapshot"]["transcript"][1]["text"], "Hi.");
    // What is asked again begins with the call that goes on, and says why one cannot be had.
    let again = look(&server, &path, json!({})).await;
    assert_eq!(again["refused"][0]["provider_call_id"], "r-4");
    assert!(text(&again, "/refused/0/reason").contains("no such call"));
    server.ask("DELETE", &path, &Value::Null).await.ok(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_cannot_be_read_warns_and_the_warning_ends_when_it_can() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let (path, _) = endpoint(&server, "twilio").await;
    let status = Arc::new(AtomicU16::new(401));
    let answered = status.clone();
    let twilio = Receiver::start_with(move |_, _| match answered.load(Ordering::SeqCst) {
        200 => (200, r#"{"calls": [], "recordings": []}"#),
        429 => (429, "3600"),
        status => (status, r#"{"message":"Authenticate"}"#),
    });
    let twilio = twilio.await;
    let api =
        json!({ "account_sid": "AC00000000000000000000000000000000", "api_key": "canary-key" });
    reconcile(&server, &path, api, &twilio).await;
    let alerts = server
        .until("/v1/alerts?open=true", |alerts| {
            alerts["data"][0]["kind"] == "endpoint_reconcile_failing"
        })
        .await;
    let alert = &alerts["data"][0];
    assert_eq!(
        format!("/v1/endpoints/{}", text(alert, "/endpoint_id")),
        path
    );
    assert!(text(alert, "/cause").contains("Check the key"), "{alert}");
    let seen = server
        .until(&path, |seen| seen["reconcile"]["failures"] == 1)
        .await;
    assert!(seen["reconcile"]["failing_since"].is_string());
    assert!(!seen.to_string().contains("canary"));
    // Whoever asks for an hour gets it.
    status.store(429, Ordering::SeqCst);
    let report = look(&server, &path, json!({})).await;
    assert!(report["error"].is_string(), "{report}");
    let seen = server.get(&path).await["reconcile"].clone();
    let next: Timestamp = text(&seen, "/next_at").parse().unwrap();
    assert!(
        next > Timestamp::now() + Duration::from_secs(3_500),
        "{seen}"
    );
    status.store(200, Ordering::SeqCst);
    let report = look(&server, &path, json!({})).await;
    assert_eq!(report["error"], Value::Null);
    let open = server.get("/v1/alerts?open=true").await;
    assert_eq!(open["data"], json!([]));
    let metrics = server.ask("GET", "/metrics", &Value::Null).await.text;
    assert!(
        metrics.contains("switchhook_reconciler_looks_total{result=\"failed\"}"),
        "{metrics}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_failed_half_way_counts_once_and_a_list_that_does_not_go_on_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let (path, _) = endpoint(&server, "retell").await;
    let began = (Timestamp::now() - Duration::from_secs(3_600)).as_millisecond();
    let call = |id: &str| {
        json!({ "call_id": id, "call_status": "ended", "start_timestamp": began, "end_timestamp": began + 60_000,
            "disconnection_reason": "user_hangup", "transcript": "Agent: Hello!\nUser: Hi.\n" })
    };
    let list = json!({ "items": [call("r-1"), call("r-2")], "has_more": false });
    let round = json!({ "items": [], "has_more": true, "pagination_key": "round" });
    let (list, round) = (still(&list), still(&round));
    let (first, second) = (still(&call("r-1")), still(&call("r-2")));
    let state = Arc::new(AtomicU16::new(0));
    let now = state.clone();
    let busy = AtomicU16::new(0);
    let retell = Receiver::start_with(move |asked, _| {
        let state = now.load(Ordering::SeqCst);
        match asked.path.as_str() {
            "/v3/list-calls" if state == 2 => (200, round),
            "/v3/list-calls" => (200, list),
            // Whoever asks for a second gets it, and the look goes on.
            "/v2/get-call/r-1" if busy.fetch_add(1, Ordering::SeqCst) == 0 => (429, "1"),
            "/v2/get-call/r-1" => (200, first),
            _ if state == 0 => (500, "{}"),
            _ => (200, second),
        }
    });
    let retell = retell.await;
    reconcile(&server, &path, json!({ "api_key": "key" }), &retell).await;
    server
        .until(&path, |seen| seen["reconcile"]["failures"] == 1)
        .await;
    state.store(1, Ordering::SeqCst);
    let report = look(&server, &path, json!({})).await;
    assert_eq!(report["error"], Value::Null, "{report:#}");
    let seen = server.get(&path).await["reconcile"].clone();
    let found =
        json!({ "listed": 2, "known": 1, "backfilled": 2, "live": 0, "waiting": 0, "refused": 0 });
    assert_eq!((&seen["found"], &seen["backfilled"]), (&found, &json!(2)));
    // Removed by hand, it stays away though it is listed.
    let removed = server.ask("DELETE", "/v1/calls/retell:r-1", &Value::Null);
    removed.await.ok(204);
    let report = look(&server, &path, json!({ "look_back_h": 2 })).await;
    assert_eq!(report["found"]["known"], 2, "{report:#}");
    let gone = server.ask("GET", "/v1/calls/retell:r-1", &Value::Null);
    assert_eq!(gone.await.status, 404);
    state.store(2, Ordering::SeqCst);
    let report = look(&server, &path, json!({})).await;
    assert!(text(&report, "/error").contains("does not go on"));
    let alerts = server.get("/v1/alerts?open=true").await;
    assert_eq!(alerts["data"][0]["kind"], "endpoint_reconcile_failing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_whose_callback_never_came_is_found_for_calls_that_are_known_alone() {
    const SIGN_IN: &str = "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDprZXk=";
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let (path, address) = endpoint(&server, "twilio").await;
    let flow = json!({ "name": "copy", "on": ["call.recording_ready"], "steps": [{ "id": "a", "set": { "url": "{{ recording_url }}" } }] });
    server.flow(flow).await;
    let sid = |n: u8| format!("CA0000000000000000000000000000000{n}");
    // Its end was told, its recording was not.
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let form = format!(
        "CallSid={}&CallStatus=completed&CallDuration=60&SequenceNumber=3&Direction=inbound",
        sid(1)
    );
    let told = server.call("POST", &address, &headers, form).await.unwrap();
    assert_eq!(told.status, 200);
    let recording = |n: u8, call: u8| {
        json!({ "sid": format!("RE{n}"), "call_sid": sid(call), "status": "completed", "duration": "58", "channels": 1,
            "date_created": "Fri, 20 Nov 2026 11:00:05 +0000", "date_updated": "Fri, 20 Nov 2026 11:01:20 +0000",
            "uri": format!("/2010-04-01/Accounts/AC00000000000000000000000000000000/Recordings/RE{n}.json") })
    };
    let listed = json!({ "recordings": [recording(1, 1), recording(2, 1), recording(3, 2)] });
    let listed = still(&listed);
    let twilio = Receiver::start_with(move |asked, _| {
        match asked
            .headers
            .get("authorization")
            .is_some_and(|sent| sent == SIGN_IN)
        {
            false => (401, "{}"),
            true if asked.path.contains("/Recordings.json?") => (200, listed),
            true => (200, r#"{"calls": []}"#),
        }
    });
    let twilio = twilio.await;
    let api = json!({ "account_sid": "AC00000000000000000000000000000000", "api_key": "key" });
    reconcile(&server, &path, api, &twilio).await;
    let seen = server
        .until(&path, |seen| seen["reconcile"]["last_at"].is_string())
        .await;
    assert_eq!(seen["reconcile"]["error"], Value::Null, "{seen:#}");
    assert_eq!(seen["reconcile"]["backfilled"], 2, "{seen:#}");
    let again = look(&server, &path, json!({ "look_back_h": 24 })).await;
    assert_eq!(again["found"]["known"], 2, "{again:#}");
    let call = server.get(&format!("/v1/calls/twilio:{}", sid(1))).await;
    let url = text(&call, "/snapshot/recording/url");
    assert!(
        url.starts_with("https://api.twilio.com/2010-04-01/Accounts/AC"),
        "{url}"
    );
    let all = server.get("/v1/events?limit=200").await;
    assert_eq!(count(&all, "call.recording_ready"), 2);
    let other = format!("/v1/calls/twilio:{}", sid(2));
    assert_eq!(server.ask("GET", &other, &Value::Null).await.status, 404);
}
