//! Figures over time, by flow and by agent, and agents that are quiet.
use crate::world::{World, home, store, world, world_on};
use jiff::{SignedDuration, Timestamp};
use kernel::gate::Verdict;
use kernel::id::{FlowId, WorkspaceId};
use kernel::usage::{Meter, attempts, hour};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use store::Tally;
use store::catalog::Put;
use store::journal::{Committed, Unit};

const ROOT: &str = "root-key-of-the-tests";

async fn get(world: &World, path: &str) -> Value {
    world.call(ROOT, "GET", path, Value::Null).await.expect(200)
}

fn event(call: &str, agent: &str) -> Value {
    json!({"kind": "call.ended", "call": {"provider_call_id": call, "agent": {"name": agent}}})
}

fn counted(hour: u32, meter: Meter, amount: u64) -> Tally {
    Tally {
        workspace: WorkspaceId::from_bytes([1; 16]),
        hour,
        flow: None,
        agent: None,
        destination: None,
        meter: meter.number(),
        amount,
    }
}

async fn commit(store: &Arc<dyn store::Store>, tallies: Vec<Tally>) {
    let unit = Unit {
        tallies,
        ..Unit::default()
    };
    assert_eq!(store.commit(unit).await.unwrap(), Committed::Durable);
}

#[tokio::test]
async fn what_came_in_and_what_ran_is_counted_by_the_hour() {
    let world = world().await;
    let flow =
        json!({"name": "Lead", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]});
    let flow = world
        .call(ROOT, "POST", "/v1/flows", flow)
        .await
        .expect(201);
    let flow = flow["id"].as_str().unwrap();
    let events = json!([
        event("c-1", "Ann"),
        event("c-2", "Bob"),
        event("c-3", "Ann")
    ]);
    world
        .call(ROOT, "POST", "/v1/events", events)
        .await
        .expect(202);
    let all = get(&world, "/v1/stats/timeline").await;
    let figures = |of: &Value| {
        let runs = &of["runs"];
        json!([
            of["events"],
            of["calls"],
            runs["begun"],
            runs["succeeded"],
            runs["failed"]
        ])
    };
    assert_eq!(figures(&all["total"]), json!([3, 3, 3, 3, 0]));
    let parts = all["parts"].as_array().unwrap();
    assert!((24..=25).contains(&parts.len()), "{}", parts.len());
    let of_parts: u64 = parts
        .iter()
        .map(|part| part["calls"].as_u64().unwrap())
        .sum();
    assert_eq!(of_parts, 3);
    let whole = get(&world, "/v1/stats/timeline?step=whole&agent=Ann").await;
    assert_eq!(figures(&whole["parts"][0]), json!([2, 2, 2, 2, 0]));
    let path = format!("/v1/stats/timeline?step=day&zone=Europe/Berlin&flow={flow}");
    assert_eq!(
        figures(&get(&world, &path).await["total"]),
        json!([0, 0, 3, 3, 0])
    );
    let theirs = world.key(world.theirs, api::Scope::Read).await;
    let foreign = world
        .call(&theirs, "GET", &path, Value::Null)
        .await
        .expect(200);
    assert_eq!(figures(&foreign["total"]), json!([0, 0, 0, 0, 0]));
}

#[tokio::test]
async fn calls_under_way_are_counted_by_whether_people_talk() {
    let world = world().await;
    let started =
        |kind: &str, call: &str| json!({"kind": kind, "call": {"provider_call_id": call}});
    let events = [
        started("call.started", "c-1"),
        started("call.incoming", "c-4"),
        started("call.answered", "c-2"),
        started("call.answered", "c-3"),
        event("c-3", "Ann"),
    ];
    for event in events {
        let told = world.call(ROOT, "POST", "/v1/events", event).await;
        told.expect(202);
    }
    let now = get(&world, "/v1/stats").await;
    assert_eq!(now["calls"], json!({"ringing": 2, "talking": 1}));
}

#[tokio::test]
async fn how_soon_first_actions_were_done_is_estimated_from_a_histogram() {
    let world = world().await;
    let this = hour(world.engine.now());
    let tallies = vec![
        counted(this, Meter::Within100Ms, 90),
        counted(this, Meter::Within500Ms, 10),
    ];
    commit(world.engine.store(), tallies).await;
    let all = get(&world, "/v1/stats/timeline").await;
    let expected = json!({"count": 100, "p50_ms": 77, "p95_ms": 300});
    assert_eq!(all["total"]["latency"], expected);
    let bars = all["histogram"].as_array().unwrap();
    assert_eq!(bars[2], json!({"up_to_ms": 100, "count": 90}));
    assert_eq!(bars.last(), Some(&json!({"up_to_ms": null, "count": 0})));
    assert_eq!(all["parts"][0]["latency"]["p50_ms"], Value::Null);
}

#[tokio::test]
async fn what_is_wrong_with_a_stretch_of_time_is_said() {
    let world = world().await;
    let (early, late) = ("2026-01-01T00:00:00Z", "2026-11-01T00:00:00Z");
    for (query, path) in [
        (format!("from={late}&to={early}"), "to"),
        (format!("from={early}&to={late}"), "to"),
        (format!("from=2026-09-01T00:00:00Z&to={late}"), "step"),
        ("step=week".into(), "step"),
        ("step=day&step=hour".into(), "step"),
        ("zone=Mars/Olympus".into(), "zone"),
        ("flow=Lead".into(), "flow"),
        ("agnet=Ann".into(), "agnet"),
    ] {
        let path_of = format!("/v1/stats/timeline?{query}");
        let answer = world.call(ROOT, "GET", &path_of, Value::Null).await;
        assert_eq!(answer.status, 422, "{query}: {}", answer.text);
        assert_eq!(answer.json()["errors"][0]["path"], path, "{query}");
    }
}

#[tokio::test]
async fn flows_that_failed_most_come_first_also_when_they_are_deleted() {
    let world = world().await;
    let flow =
        json!({"name": "Lead", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]});
    let flow = world
        .call(ROOT, "POST", "/v1/flows", flow)
        .await
        .expect(201);
    let known: FlowId = flow["id"].as_str().unwrap().parse().unwrap();
    let gone = FlowId::from_bytes([9; 16]);
    let this = hour(world.engine.now());
    let of = |flow, meter, amount| Tally {
        flow: Some(flow),
        ..counted(this, meter, amount)
    };
    let tallies = vec![
        of(known, Meter::RunsBegun, 50),
        of(known, Meter::RunsSucceeded, 50),
        of(gone, Meter::RunsFailed, 2),
        of(gone, Meter::Actions, 9),
        counted(this, Meter::Events, 5),
    ];
    commit(world.engine.store(), tallies).await;
    let flows = get(&world, "/v1/stats/flows").await;
    let flows = flows["data"].as_array().unwrap();
    let names: Vec<&Value> = flows.iter().map(|flow| &flow["name"]).collect();
    assert_eq!(names, [&Value::Null, &json!("Lead")]);
    assert_eq!(
        flows[0]["runs"],
        json!({"begun": 0, "succeeded": 0, "failed": 2})
    );
}

/// An agent that has had 40 calls in every hour of four weeks, and none in the last three hours.
async fn silence() -> Arc<dyn store::Store> {
    let store = store().await;
    let now = Timestamp::now();
    let workspace = home(WorkspaceId::from_bytes([1; 16]));
    assert_eq!(store.put(workspace, 0).await.unwrap(), Put::Saved);
    let this = hour(now);
    let calls = (this - 28 * 24..this - 3).map(|hour| Tally {
        agent: Some("Ann".into()),
        ..counted(hour, Meter::CallsBegun, 40)
    });
    commit(&store, calls.collect()).await;
    store
}

/// The alerts once they are so many that are open.
async fn open(world: &World, wanted: usize) -> Vec<Value> {
    let mut notices = world.engine.subscribe();
    loop {
        let open = get(world, "/v1/alerts?open=true").await;
        let open = open["data"].as_array().unwrap().clone();
        if open.len() == wanted {
            return open;
        }
        let told = tokio::time::timeout(Duration::from_secs(20), notices.recv());
        told.await.expect("an alert is told of").unwrap();
    }
}

#[tokio::test]
async fn a_quiet_agent_is_one_alert_until_it_has_calls_again() {
    let store = silence().await;
    let world = world_on(store.clone()).await;
    let agents = get(&world, "/v1/stats/agents").await;
    let ann = &agents["data"][0];
    assert_eq!((&ann["agent"], &ann["usual"]), (&json!("Ann"), &json!(40)));
    assert_eq!(ann["calls"].as_array().unwrap().len(), 24);
    let quiet = &ann["quiet"];
    assert_eq!(quiet["usual"], 40);
    assert!(quiet["expected"].as_u64().unwrap() >= 120, "{quiet}");
    let alert = open(&world, 1).await.remove(0);
    assert_eq!(
        (&alert["kind"], &alert["agent"]),
        (&json!("agent_quiet"), &json!("Ann"))
    );
    assert_eq!(
        alert["title"],
        "Ann is quiet: usually 40 calls an hour, now none"
    );
    assert_eq!(alert["since"], quiet["since"]);
    let call = event("c-1", "Ann");
    world
        .call(ROOT, "POST", "/v1/events", call)
        .await
        .expect(202);
    assert_eq!(
        get(&world, "/v1/stats/agents").await["data"][0]["quiet"],
        Value::Null
    );
    // Whoever looks for all looks when it begins.
    world.engine.stop(Duration::from_secs(5)).await;
    let world = world_on(store).await;
    open(&world, 0).await;
    let all = get(&world, "/v1/alerts").await;
    assert_eq!(all["data"].as_array().unwrap().len(), 1);
    assert_ne!(all["data"][0]["resolved_at"], Value::Null);
}

#[tokio::test]
async fn who_wants_to_hear_nothing_of_quiet_agents_hears_nothing() {
    let store = silence().await;
    let world = world_on(store.clone()).await;
    open(&world, 1).await;
    assert_eq!(
        get(&world, "/v1/settings/quiet").await,
        json!({"enabled": true, "except": []})
    );
    let except = json!({"enabled": true, "except": ["Ann"]});
    world
        .call(ROOT, "PUT", "/v1/settings/quiet", except.clone())
        .await
        .expect(200);
    assert_eq!(get(&world, "/v1/settings/quiet").await, except);
    assert_eq!(
        get(&world, "/v1/stats/agents").await["data"][0]["quiet"],
        Value::Null
    );
    let many = json!({"enabled": true, "except": vec!["Ann"; 201]});
    let many = world.call(ROOT, "PUT", "/v1/settings/quiet", many).await;
    many.refused(422, "invalid_request");
    // Other settings of the workspace stay as they are.
    let pausing = json!({"pause_after": 7});
    world
        .call(ROOT, "PUT", "/v1/settings/pausing", pausing.clone())
        .await
        .expect(200);
    let off = json!({"enabled": false, "except": []});
    world
        .call(ROOT, "PUT", "/v1/settings/quiet", off)
        .await
        .expect(200);
    assert_eq!(get(&world, "/v1/settings/pausing").await, pausing);
    world.engine.stop(Duration::from_secs(5)).await;
    open(&world_on(store).await, 0).await;
}

#[tokio::test]
async fn nobody_who_never_calls_at_this_hour_is_quiet() {
    let store = store().await;
    let now = Timestamp::now();
    let noon = |days: i64| hour(now - SignedDuration::from_hours(24 * days)) - 6;
    let calls = (1..28).map(|days| Tally {
        agent: Some("Bob".into()),
        ..counted(noon(days), Meter::CallsEnded, 40)
    });
    let today = Tally {
        agent: Some("Bob".into()),
        ..counted(noon(0), Meter::CallsEnded, 3)
    };
    commit(&store, calls.chain([today]).collect()).await;
    let world = world_on(store).await;
    let bob = &get(&world, "/v1/stats/agents").await["data"][0];
    assert_eq!((&bob["quiet"], &bob["usual"]), (&Value::Null, &json!(0)));
}

#[tokio::test]
async fn attempts_at_a_destination_are_told_by_the_hour_to_its_workspace_alone() {
    let world = world().await;
    let (this, crm) = (hour(world.engine.now()), "api.crm.example:443");
    let of = |hour, verdict, ms, amount| Tally {
        destination: Some(crm.into()),
        meter: attempts::number(verdict, Duration::from_millis(ms)).unwrap(),
        ..counted(hour, Meter::Events, amount)
    };
    let tallies = vec![
        of(this - 1, Verdict::Well, 80, 90),
        of(this - 1, Verdict::Well, 300, 10),
        of(this, Verdict::Failed, 1, 5),
        of(this - 30, Verdict::Failed, 1, 7),
    ];
    commit(world.engine.store(), tallies).await;
    let path = format!("/v1/destinations/{crm}/timeline");
    let all = get(&world, &path).await;
    let total = json!({"succeeded": 100, "failed": 5, "p50_ms": 77, "p95_ms": 300});
    assert_eq!(all["total"], total);
    let parts = all["parts"].as_array().unwrap();
    let failed: Vec<&Value> = parts.iter().map(|part| &part["failed"]).collect();
    assert_eq!(failed.last(), Some(&&json!(5)));
    let list = get(&world, "/v1/destinations").await;
    assert_eq!(list["data"][0]["name"], crm);
    assert_eq!(list["data"][0]["last_day"], total);
    let days = format!(
        "{path}?step=day&from={}",
        Timestamp::now() - SignedDuration::from_hours(48)
    );
    assert_eq!(get(&world, &days).await["total"]["failed"], 12);
    // None of it is usage, or an event.
    assert_eq!(
        get(&world, "/v1/stats/timeline").await["total"]["events"],
        0
    );
    let theirs = world.key(world.theirs, api::Scope::Read).await;
    let foreign = world.call(&theirs, "GET", &path, Value::Null).await;
    foreign.refused(404, "not_found");
    let one = format!("/v1/destinations/{crm}");
    assert_eq!(get(&world, &one).await["last_day"], total);
    let foreign = world.call(&theirs, "GET", &one, Value::Null).await;
    foreign.refused(404, "not_found");
}

#[tokio::test]
async fn a_destination_that_rests_is_known_and_the_rest_of_all_is_none() {
    let world = world().await;
    let this = hour(world.engine.now());
    let failed = attempts::number(Verdict::Failed, Duration::ZERO).unwrap();
    let of = |name: &str, hour| Tally {
        destination: Some(name.into()),
        meter: failed,
        ..counted(hour, Meter::Events, 3)
    };
    let tallies = vec![of("rests.example:443", this - 2_000), of("other", this)];
    commit(world.engine.store(), tallies).await;
    let rests = get(&world, "/v1/destinations/rests.example:443").await;
    assert_eq!(
        (&rests["state"], &rests["last_day"]["failed"]),
        (&json!("closed"), &json!(0))
    );
    let timeline = get(&world, "/v1/destinations/rests.example:443/timeline").await;
    assert_eq!(timeline["total"]["failed"], 0);
    let list = get(&world, "/v1/destinations").await;
    assert_eq!(list["data"], json!([]));
    let other = "/v1/destinations/other";
    let refused = world.call(ROOT, "GET", other, Value::Null).await;
    refused.refused(404, "not_found");
    let timeline = get(&world, &format!("{other}/timeline")).await;
    assert_eq!(timeline["total"]["failed"], 3);
}
