//! Budgets over counters: which flows they hold back, and for how long; and days where clocks are half an hour off.
use crate::world::{World, home, store, world, world_on};
use jiff::{SignedDuration, Timestamp};
use kernel::id::{FlowId, WorkspaceId};
use kernel::usage::{Meter, hour};
use serde_json::{Value, json};
use std::time::Duration;
use store::Tally;
use store::catalog::Put;
use store::journal::{Committed, Unit};

const ROOT: &str = "root-key-of-the-tests";

async fn ask(world: &World, method: &str, path: &str, body: Value, status: u16) -> Value {
    world.call(ROOT, method, path, body).await.expect(status)
}

async fn get(world: &World, path: &str) -> Value {
    ask(world, "GET", path, Value::Null, 200).await
}

async fn commit(store: &dyn store::Store, tallies: Vec<Tally>) {
    let unit = Unit {
        tallies,
        ..Unit::default()
    };
    assert_eq!(store.commit(unit).await.unwrap(), Committed::Durable);
}

/// What is there once it is so; rounds come every five seconds.
async fn until(world: &World, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..300 {
        let there = get(world, path).await;
        if is_so(&there) {
            return there;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} is {:#}", get(world, path).await);
}

fn actions(flow: Option<FlowId>, hour: u32, amount: u64) -> Tally {
    Tally {
        workspace: WorkspaceId::from_bytes([1; 16]),
        hour,
        flow,
        agent: None,
        destination: None,
        meter: Meter::Actions.number(),
        amount,
    }
}

fn budget(name: &str, per: &str, flow: &str, limit: u32) -> Value {
    json!({ "name": name, "of": "actions", "per": per, "flow": flow, "limit": limit, "at_limit": "stop" })
}

fn ended(call: &str) -> Value {
    json!({ "kind": "call.ended", "call": { "provider_call_id": call } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_goes_on_when_no_budget_stops_it_and_one_that_is_off_catches_up_with_nothing() {
    let world = world().await;
    let lead = json!({ "name": "Lead", "on": ["call.ended"], "steps": [{ "id": "a", "set": { "x": 1 } }] });
    let lead = ask(&world, "POST", "/v1/flows", lead, 201).await;
    let flow = lead["id"].as_str().unwrap();
    let id: FlowId = flow.parse().unwrap();
    let counted = actions(Some(id), hour(Timestamp::now()), 5);
    commit(&**world.engine.store(), vec![counted]).await;
    let mut budgets = Vec::new();
    for (name, per) in [("A", "day"), ("B", "month")] {
        let made = ask(
            &world,
            "POST",
            "/v1/budgets",
            budget(name, per, flow, 5),
            201,
        )
        .await;
        budgets.push((made["id"].as_str().unwrap().to_owned(), name, per));
    }
    let path = format!("/v1/flows/{flow}");
    let paused = until(&world, &path, |flow| !flow["paused"].is_null()).await["paused"].clone();
    let for_it = |of: &&(String, &str, &str)| paused["budget_id"] == of.0.as_str();
    let first = budgets.iter().find(for_it).unwrap();
    let other = budgets.iter().find(|of| of.0 != first.0).unwrap();
    let raise = |(id, name, per): (String, &'static str, &'static str)| {
        let path = format!("/v1/budgets/{id}");
        let wider = budget(name, per, flow, 100);
        let world = &world;
        async move { ask(world, "PUT", &path, wider, 200).await }
    };
    raise(first.clone()).await;
    let is_other = |flow: &Value| flow["paused"]["budget_id"] != paused["budget_id"];
    let still = until(&world, &path, is_other).await["paused"].clone();
    assert_eq!(
        (&still["budget_id"], &still["since"]),
        (&json!(other.0), &paused["since"])
    );
    ask(&world, "POST", "/v1/events", ended("c-1"), 202).await;

    let off = format!("{path}/disable");
    ask(&world, "POST", &off, Value::Null, 200).await;
    until(&world, &path, |flow| flow["paused"].is_null()).await;
    raise(other.clone()).await;
    ask(&world, "POST", &format!("{path}/enable"), Value::Null, 200).await;
    ask(&world, "POST", "/v1/events", ended("c-2"), 202).await;
    // A round of those that watch has gone by once a third budget holds it back.
    let third = budget("C", "day", flow, 5);
    ask(&world, "POST", "/v1/budgets", third, 201).await;
    until(&world, &path, |flow| !flow["paused"].is_null()).await;
    let runs = get(&world, &format!("/v1/runs?flow={flow}")).await;
    assert_eq!(runs["data"].as_array().unwrap().len(), 1, "{runs:#}");
    let told = get(&world, "/v1/alerts?open=true").await;
    assert_eq!(told["data"].as_array().unwrap().len(), 1, "{told:#}");
}

#[tokio::test]
async fn an_hour_counts_in_one_day_also_where_clocks_are_half_an_hour_off() {
    let store = store().await;
    let now = Timestamp::now();
    let zone = jiff::tz::TimeZone::get("Asia/Kolkata").unwrap();
    let today = now.to_zoned(zone).start_of_day().unwrap();
    // The hour in which the day begins, and the first whole one.
    let begins = hour(today.timestamp());
    let counted = [(begins, 7), (begins + 1, 2)].map(|(hour, n)| actions(None, hour, n));
    commit(&*store, counted.to_vec()).await;
    let workspace = home(WorkspaceId::from_bytes([1; 16]));
    assert_eq!(store.put(workspace, 0).await.unwrap(), Put::Saved);
    let world = world_on(store).await;
    let prices = json!({ "zone": "Asia/Kolkata" });
    ask(&world, "PUT", "/v1/settings/prices", prices, 200).await;
    let (day, before) = (today.date(), today.date().yesterday().unwrap());
    for (day, n) in [(before, 7), (day, 2)] {
        let path = format!("/v1/usage?from={day}&to={day}");
        let days = get(&world, &path).await["data"].clone();
        assert_eq!(days.as_array().unwrap().len(), 1, "{days:#}");
        assert_eq!(days[0]["actions"], n, "{days:#}");
    }
    let of_day = json!({ "name": "Day", "of": "actions", "limit": 100, "per": "day" });
    let made = ask(&world, "POST", "/v1/budgets", of_day, 201).await;
    assert_eq!(made["used"], 2.0);
}

#[tokio::test]
async fn figures_of_flows_are_shown_over_92_days_at_most() {
    let world = world().await;
    let from = Timestamp::now() - SignedDuration::from_hours(24 * 93);
    let path = format!("/v1/stats/flows?from={from}");
    let answer = world.call(ROOT, "GET", &path, Value::Null).await;
    answer.refused(422, "invalid_request");
}
