//! What the resources do over HTTP.
#![allow(clippy::unwrap_used)]

mod world;

use api::{Scope, create_link};
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use std::time::Duration;
use world::{World, world};

const ROOT: &str = "root-key-of-the-tests";

fn flow() -> Value {
    json!({"name": "Lead", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]})
}

fn event(call: &str) -> Value {
    json!({"id": format!("evt-{call}"), "kind": "call.ended", "call": {"provider_call_id": call, "duration_s": 125}})
}

async fn get(world: &World, path: &str) -> Value {
    world.call(ROOT, "GET", path, Value::Null).await.expect(200)
}

#[tokio::test]
async fn an_event_is_accepted_once_and_shown_with_its_call_and_its_runs() {
    let world = world().await;
    world
        .call(ROOT, "POST", "/v1/flows", flow())
        .await
        .expect(201);
    let batch = json!([event("c-1"), event("c-2")]);
    let first = world
        .call(ROOT, "POST", "/v1/events", batch.clone())
        .await
        .expect(202);
    assert_eq!(
        (&first["accepted"], &first["duplicates"]),
        (&json!(2), &json!(0))
    );
    let again = world
        .call(ROOT, "POST", "/v1/events", batch)
        .await
        .expect(202);
    assert_eq!(
        (&again["accepted"], &again["duplicates"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(again["events"][1]["runs"], first["events"][1]["runs"]);
    let accepted = &first["events"][0];
    let id = accepted["id"].as_str().unwrap();
    let shown = get(&world, &format!("/v1/events/{id}")).await;
    assert_eq!(
        (&shown["kind"], &shown["snapshot"]["duration_s"]),
        (&json!("call.ended"), &json!(125))
    );
    assert_eq!(shown["raw"]["id"], "evt-c-1");
    assert_eq!(shown["runs"][0]["id"], accepted["runs"][0]);
    let call = get(&world, "/v1/calls/custom:c-1").await;
    assert_eq!(call["id"], accepted["call_id"]);
    assert_eq!(call["snapshot"]["provider_call_id"], "c-1");
    let run = get(
        &world,
        &format!("/v1/runs/{}", accepted["runs"][0].as_str().unwrap()),
    )
    .await;
    assert_eq!(
        (&run["flow"]["name"], &run["flow"]["version"]),
        (&json!("Lead"), &json!(1))
    );
    assert_eq!(
        (&run["event"]["kind"], &run["call"]["provider_call_id"]),
        (&json!("call.ended"), &json!("c-1"))
    );
}

#[tokio::test]
async fn a_batch_with_a_wrong_event_keeps_nothing() {
    let world = world().await;
    let answer = world
        .call(
            ROOT,
            "POST",
            "/v1/events",
            json!([event("c-1"), {"kind": "call.ended"}]),
        )
        .await;
    answer.refused(422, "invalid_event");
    assert_eq!(get(&world, "/v1/events").await["data"], json!([]));
    let four = json!([event("1"), event("2"), event("3"), event("4")]);
    world
        .call(ROOT, "POST", "/v1/events", four)
        .await
        .refused(413, "payload_too_large");
}

#[tokio::test]
async fn lists_go_on_behind_their_cursor() {
    let world = world().await;
    world
        .call(
            ROOT,
            "POST",
            "/v1/events",
            json!([event("1"), event("2"), event("3")]),
        )
        .await
        .expect(202);
    let (mut seen, mut path) = (Vec::new(), "/v1/calls?limit=2".to_owned());
    loop {
        let page = get(&world, &path).await;
        seen.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|call| call["id"].clone()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/v1/calls?limit=2&cursor={next}");
    }
    assert_eq!(seen.len(), 3);
    world
        .call(ROOT, "GET", "/v1/calls?limit=0&odd=1", Value::Null)
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn a_flow_is_saved_patched_switched_copied_and_deleted() {
    let world = world().await;
    let created = world.call(ROOT, "POST", "/v1/flows", flow()).await;
    assert_eq!(created.headers["etag"], "\"1\"");
    let created = created.expect(201);
    let path = format!("/v1/flows/{}", created["id"].as_str().unwrap());
    let patched = world
        .call(ROOT, "PATCH", &path, json!({"name": "Lead 2"}))
        .await
        .expect(200);
    assert_eq!(
        (&patched["name"], &patched["version"]),
        (&json!("Lead 2"), &json!(2))
    );
    let stale = Request::put(&path)
        .header("authorization", format!("Bearer {ROOT}"))
        .header("if-match", "\"1\"");
    let stale = stale
        .header("content-type", "application/json")
        .body(Body::from(flow().to_string()));
    world
        .send(stale.unwrap())
        .await
        .refused(412, "version_conflict");
    let disabled = world
        .call(ROOT, "POST", &format!("{path}/disable"), Value::Null)
        .await
        .expect(200);
    assert_eq!(disabled["enabled"], false);
    let copy = world
        .call(ROOT, "POST", &format!("{path}/duplicate"), Value::Null)
        .await
        .expect(201);
    assert_eq!(
        (&copy["name"], &copy["enabled"]),
        (&json!("Lead 2 (copy)"), &json!(false))
    );
    let versions = get(&world, &format!("{path}/versions")).await;
    assert_eq!(versions["data"].as_array().unwrap().len(), 2);
    assert_eq!(
        get(&world, &format!("{path}/versions/1")).await["name"],
        "Lead"
    );
    world
        .call(ROOT, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .call(ROOT, "GET", &path, Value::Null)
        .await
        .refused(404, "not_found");
    world
        .call(ROOT, "POST", "/v1/flows", json!({"name": 7}))
        .await
        .refused(422, "invalid_flow");
    let checked = world
        .call(ROOT, "POST", "/v1/flows/check", json!({"name": 7}))
        .await
        .expect(200);
    assert!(!checked["problems"].as_array().unwrap().is_empty());
    assert_eq!(checked["settles"], Value::Null);
}

#[tokio::test]
async fn a_check_says_whether_a_flow_waits_for_the_outcome() {
    let world = world().await;
    for (condition, settles) in [("duration > 5", false), ("outcome.interested", true)] {
        let flow = json!({"name": "f", "on": ["call.ended"], "where": {"if": condition}, "steps": [{"set": {"x": 1}}]});
        let checked = world.call(ROOT, "POST", "/v1/flows/check", flow).await;
        assert_eq!(checked.expect(200)["settles"], settles, "{condition}");
    }
}

#[tokio::test]
async fn a_step_made_from_an_actions_own_examples_is_valid() {
    let world = world().await;
    let actions = get(&world, "/v1/actions").await;
    assert!(actions.as_array().unwrap().len() >= 2);
    for action in actions.as_array().unwrap() {
        let mut groups = std::collections::BTreeSet::new();
        let fields = action["fields"].as_array().unwrap().iter();
        // A second connection is one of the workspace's own.
        let fields = fields.filter(|field| field["name"] != "fallback_connection");
        let given = fields.filter(|field| match field["group"].as_str() {
            Some(group) => groups.insert(group),
            None => true,
        });
        let pair = |field: &Value| {
            let name = field["name"].as_str().unwrap().to_owned();
            (name, field["example"].clone())
        };
        let with: serde_json::Map<_, _> = given.map(pair).collect();
        // Some examples speak of an appointment that an earlier step made.
        let event =
            json!({"id": "event", "do": "http.request", "with": {"url": "https://e.example/"}});
        let flow = json!({"name": "f", "on": ["call.ended"], "steps": [event, {"do": action["name"], "with": with}]});
        let checked = world.call(ROOT, "POST", "/v1/flows/check", flow).await;
        assert_eq!(checked.expect(200)["problems"], json!([]), "{action:#}");
    }
}

#[tokio::test]
async fn a_key_is_shown_once_rotates_with_an_overlap_and_ends_at_once() {
    let world = world().await;
    let new = json!({"name": "crm", "scopes": ["read"]});
    let created = world.call(ROOT, "POST", "/v1/keys", new).await.expect(201);
    let (id, token) = (
        created["id"].as_str().unwrap(),
        created["token"].as_str().unwrap(),
    );
    let list = world.call(ROOT, "GET", "/v1/keys", Value::Null).await;
    assert!(!list.text.contains(token) && list.text.contains(&token[token.len() - 4..]));
    world
        .call(token, "GET", "/v1/runs", Value::Null)
        .await
        .expect(200);
    let rotated = world
        .call(
            ROOT,
            "POST",
            &format!("/v1/keys/{id}/rotate"),
            json!({"overlap_s": 60}),
        )
        .await
        .expect(201);
    let newer = rotated["token"].as_str().unwrap();
    world
        .call(token, "GET", "/v1/runs", Value::Null)
        .await
        .expect(200);
    world
        .call(newer, "GET", "/v1/runs", Value::Null)
        .await
        .expect(200);
    world
        .call(ROOT, "POST", &format!("/v1/keys/{id}/rotate"), Value::Null)
        .await
        .expect(201);
    world
        .call(token, "GET", "/v1/runs", Value::Null)
        .await
        .refused(401, "unauthorized");
    let path = format!("/v1/keys/{}", rotated["id"].as_str().unwrap());
    world
        .call(ROOT, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .call(newer, "GET", "/v1/runs", Value::Null)
        .await
        .refused(401, "unauthorized");
    world
        .call(ROOT, "POST", "/v1/keys", json!({"name": "", "scopes": []}))
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn a_secret_goes_in_and_never_comes_out() {
    let world = world().await;
    let secret = json!({"name": "crm_key", "value": "canary-value"});
    let answers = [
        world.call(ROOT, "POST", "/v1/secrets", secret).await,
        world.call(ROOT, "GET", "/v1/secrets", Value::Null).await,
    ];
    for answer in answers {
        assert!(
            answer.status.is_success() && !answer.text.contains("canary"),
            "{}",
            answer.text
        );
    }
    world
        .call(ROOT, "DELETE", "/v1/secrets/crm_key", Value::Null)
        .await
        .expect(204);
    world
        .call(ROOT, "DELETE", "/v1/secrets/crm_key", Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_message_needs_its_signature_unless_that_is_switched_off() {
    let world = world().await;
    let new = json!({"provider": "custom", "name": "e", "auth": {"secret": "canary-secret"}});
    let created = world.call(ROOT, "POST", "/v1/endpoints", new).await;
    assert!(!created.text.contains("canary"));
    let created = created.expect(201);
    assert_eq!(
        (&created["signature"], &created["has_secret"]),
        (&json!("required"), &json!(true))
    );
    let inbound = created["url"]
        .as_str()
        .unwrap()
        .strip_prefix("https://hooks.example")
        .unwrap()
        .to_owned();
    world
        .call("", "POST", &inbound, event("c-1"))
        .await
        .refused(401, "bad_signature");
    assert_eq!(get(&world, "/v1/events").await["data"], json!([]));
    let path = format!("/v1/endpoints/{}", created["id"].as_str().unwrap());
    world
        .call(ROOT, "PATCH", &path, json!({"signature": "off"}))
        .await
        .expect(200);
    assert_eq!(
        world.call("", "POST", &inbound, event("c-1")).await.status,
        200
    );
    let events = get(&world, "/v1/events").await;
    assert_eq!(events["data"][0]["kind"], "call.ended");
    world
        .call(ROOT, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .call("", "POST", &inbound, event("c-2"))
        .await
        .refused(404, "not_found");
    world
        .call("", "POST", "/v1/in/unknown", event("c-2"))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_link_signs_one_browser_in_once_and_its_cookie_cannot_be_used_by_other_sites() {
    let world = world().await;
    let store = world.engine.store().as_ref();
    let link = create_link(
        store,
        world.ours,
        None,
        Duration::from_secs(60),
        world.engine.now(),
    )
    .await
    .unwrap();
    let path = format!("/sign-in?token={link}");
    let answer = world.call("", "GET", &path, Value::Null).await;
    assert_eq!(
        (
            answer.status.as_u16(),
            answer.headers["location"].to_str().unwrap()
        ),
        (303, "/")
    );
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-switchhook=") && cookie.contains("HttpOnly"));
    let again = world.call("", "GET", &path, Value::Null).await;
    assert_eq!(
        (again.status.as_u16(), again.headers.get("set-cookie")),
        (401, None)
    );
    let pair = cookie.split(';').next().unwrap().to_owned();
    let with = |method: &str, path: &str, site: &str| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", &pair);
        request
            .header("sec-fetch-site", site)
            .body(Body::empty())
            .unwrap()
    };
    let session = world
        .send(with("GET", "/v1/session", "cross-site"))
        .await
        .expect(200);
    assert_eq!(session["via"], "session");
    world
        .send(with("POST", "/v1/session/end", "cross-site"))
        .await
        .refused(403, "cross_site");
    world
        .send(with("POST", "/v1/session/end", "same-origin"))
        .await
        .expect(204);
    world
        .send(with("GET", "/v1/session", "same-origin"))
        .await
        .refused(401, "unauthorized");
}

#[tokio::test]
async fn what_no_route_takes_is_a_problem_unless_a_browser_reads_a_screen() {
    let world = world().await;
    world
        .call("", "GET", "/v1/nothing", Value::Null)
        .await
        .refused(404, "not_found");
    world
        .call("", "POST", "/in/a-mistyped-endpoint", Value::Null)
        .await
        .refused(404, "not_found");
    let wrong = world.call("", "PUT", "/v1/runs", Value::Null).await;
    assert_eq!(wrong.headers["allow"], "GET,HEAD");
    wrong.refused(405, "method_not_allowed");
    assert_eq!(
        world.call("", "GET", "/runs", Value::Null).await.text,
        "screens"
    );
    for path in [
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/schema/flow.json",
        "/docs",
        "/docs/errors",
    ] {
        assert_eq!(
            world.call("", "GET", path, Value::Null).await.status,
            200,
            "{path}"
        );
    }
    world
        .call("", "GET", "/metrics", Value::Null)
        .await
        .refused(401, "unauthorized");
    assert_eq!(
        world.call(ROOT, "GET", "/metrics", Value::Null).await.text,
        "up 1\n"
    );
    assert_eq!(get(&world, "/v1/stats").await["runs"]["failed"], 0);
    assert_eq!(
        get(&world, "/v1/events/kinds")
            .await
            .as_array()
            .unwrap()
            .len(),
        17
    );
    assert!(
        !get(&world, "/v1/providers")
            .await
            .as_array()
            .unwrap()
            .is_empty()
    );
}

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
async fn a_watcher_is_told_what_happens_in_its_workspace_only() {
    use http_body_util::BodyExt;
    let world = world().await;
    let mut ours = world.open(ROOT, "/v1/stream").await;
    let hello = ours.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(&hello[..], b": hello\n\n");
    let theirs = world.key(world.theirs, Scope::Admin).await;
    world
        .call(&theirs, "POST", "/v1/events", event("theirs"))
        .await
        .expect(202);
    let accepted = world
        .call(ROOT, "POST", "/v1/events", event("ours"))
        .await
        .expect(202);
    let told = ours.frame().await.unwrap().unwrap().into_data().unwrap();
    let told = String::from_utf8(told.to_vec()).unwrap();
    assert!(
        told.starts_with("event: event\ndata: {") && told.ends_with("}\n\n"),
        "{told}"
    );
    assert!(
        told.contains(accepted["events"][0]["call_id"].as_str().unwrap()),
        "{told}"
    );
}

#[tokio::test]
async fn a_repeated_post_with_the_same_idempotency_key_gets_the_first_answer() {
    let world = world().await;
    let post = |path: &str, key: &str, sender: &str, body: Value| {
        let request = Request::post(path).header("authorization", format!("Bearer {sender}"));
        let request = request
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        request.body(Body::from(body.to_string())).unwrap()
    };
    let new = json!({"name": "crm", "scopes": ["admin"]});
    let first = world.send(post("/v1/keys", "k-1", ROOT, new.clone())).await;
    let again = world.send(post("/v1/keys", "k-1", ROOT, new.clone())).await;
    assert_eq!((first.status.as_u16(), &first.text), (201, &again.text));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_ne!(again.headers["x-request-id"], first.headers["x-request-id"]);
    let other = json!({"name": "other", "scopes": ["read"]});
    world
        .send(post("/v1/keys", "k-1", ROOT, other))
        .await
        .refused(422, "idempotency_mismatch");
    let created = first.expect(201);
    let sender = created["token"].as_str().unwrap();
    let theirs = world
        .send(post("/v1/keys", "k-1", sender, new.clone()))
        .await
        .expect(201);
    assert_ne!(theirs["id"], created["id"]);
    let path = format!("/v1/keys/{}", created["id"].as_str().unwrap());
    world
        .call(ROOT, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .send(post("/v1/keys", "k-1", sender, new))
        .await
        .refused(401, "unauthorized");
    for _ in 0..2 {
        world
            .send(post("/v1/keys", "k-2", ROOT, json!({})))
            .await
            .refused(422, "invalid_request");
    }
    world
        .send(post("/v1/keys", "", ROOT, json!({})))
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn the_messages_of_a_call_are_shown_as_they_came_in() {
    let world = world().await;
    let mut more = event("c-1");
    more["id"] = json!("evt-more");
    more["call"]["extra"] = json!("kept");
    for event in [event("c-1"), more] {
        world
            .call(ROOT, "POST", "/v1/events", event)
            .await
            .expect(202);
    }
    let path = "/v1/calls/custom:c-1/messages";
    let first = get(&world, &format!("{path}?limit=1")).await;
    let raw = |page: &Value| -> Value {
        serde_json::from_str(page["data"][0]["raw"].as_str().unwrap()).unwrap()
    };
    assert_eq!(raw(&first)["call"]["extra"], "kept");
    let cursor = first["next"].as_str().unwrap();
    let second = get(&world, &format!("{path}?limit=1&cursor={cursor}")).await;
    assert_eq!(raw(&second)["id"], "evt-c-1");
    assert_eq!(second["next"], Value::Null);
    let key = world.key(world.theirs, Scope::Read).await;
    world
        .call(&key, "GET", path, Value::Null)
        .await
        .refused(404, "not_found");
    world
        .call(ROOT, "GET", &format!("{path}?limit=21"), Value::Null)
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn calls_are_exported_as_a_table_that_runs_nothing() {
    let world = world().await;
    for call in ["c-1", "=1+1"] {
        world
            .call(ROOT, "POST", "/v1/events", event(call))
            .await
            .expect(202);
    }
    let answer = world.call(ROOT, "GET", "/v1/calls.csv", Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
    let lines: Vec<&str> = answer.text.lines().collect();
    assert!(lines[0].starts_with("id,provider,provider_call_id,direction,"));
    assert!(lines[1].contains(",custom,'=1+1,"), "{}", lines[1]);
    assert!(lines[2].contains(",custom,c-1,"), "{}", lines[2]);
    assert_eq!(lines.len(), 3);
    let one = "/v1/calls.csv?limit=1&status=nothing";
    let none = world.call(ROOT, "GET", one, Value::Null).await;
    assert_eq!(none.text.lines().count(), 1);
    world
        .call(ROOT, "GET", "/v1/calls.csv?limit=50001", Value::Null)
        .await
        .refused(422, "invalid_request");
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
