//! Facts of sessions with rooms and telephones, over messages in any order.
#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

use crate::vault::Vault;
use crate::{Config, Engine};
use calls::agent::Agent;
use calls::{Kind, Observation, Policy, Snapshot, call};
use kernel::id::WorkspaceId;
use serde_json::json;
use std::sync::Arc;
use store::archive::{Page, Parts, RunFilter};

const OURS: &str = "+14155550100";

async fn engine() -> Engine {
    let config = Config {
        policy: |_| Policy {
            legs_by_session: true,
            ..Policy::default()
        },
        ..Config::new("test")
    };
    let store = Arc::new(store_sqlite::Sqlite::in_memory().unwrap());
    let out = Arc::new(actions::World::new(actions::Config::default()));
    Engine::start(store, out, Vault::new(&[7; 32]), config)
        .await
        .unwrap()
}

fn told(id: &str, event: &str, claims: &[Kind], call: Snapshot) -> Observation {
    let complete = claims.contains(&Kind::Ended);
    Observation {
        provider: "livekit".into(),
        dedupe: format!("{id} {event}"),
        claims: claims.to_vec(),
        complete,
        no_analysis_to_come: complete,
        call: Snapshot {
            provider_call_id: id.into(),
            session_id: Some("room".into()),
            ..call
        },
        ..Observation::default()
    }
}

fn sip(id: &str, event: &str, kind: Kind) -> Observation {
    let call = Snapshot {
        direction: Some("outbound".into()),
        from: Some(OURS.into()),
        to: Some(format!("+1415555010{}", id.len())),
        ..Snapshot::default()
    };
    told(id, event, &[kind], call)
}

/// A room in which an agent speaks with one telephone, and then a second one is dialled in.
fn session() -> Vec<Observation> {
    let agent = Snapshot {
        agent: Some(call::Agent {
            name: Some("Sarah".into()),
            ..call::Agent::default()
        }),
        ..Snapshot::default()
    };
    let none = Snapshot::default;
    vec![
        told("room", "started", &[Kind::Started], none()),
        told("room", "agent", &[], agent),
        sip("sip-1", "joined", Kind::Started),
        sip("sip-22", "joined", Kind::Started),
        sip("sip-22", "left", Kind::Ended),
        sip("sip-1", "left", Kind::Ended),
        told("room", "finished", &[Kind::Ended], none()),
    ]
}

/// How often what follows the agent's calls has begun.
async fn follows(numbers: &[&str], messages: &[Observation]) -> usize {
    let (engine, workspace) = (engine().await, WorkspaceId::from_bytes([1; 16]));
    let url = "https://receiver.invalid/";
    let agent = json!({ "name": "Sarah", "numbers": numbers,
        "actions": [{ "kind": "webhook", "url": url, "enabled": true, "only_completed": false }] });
    let agent: Agent = serde_json::from_value(agent).unwrap();
    engine
        .save_agent(workspace, None, None, agent, None)
        .await
        .unwrap();
    for message in messages {
        engine
            .accept(workspace, None, vec![message.clone()])
            .await
            .unwrap();
    }
    let filter = RunFilter {
        workspace: Some(workspace),
        parts: Parts::Without,
        ..RunFilter::default()
    };
    let page = Page {
        before: None,
        limit: 50,
    };
    engine.store().runs(&filter, page).await.unwrap().len()
}

fn in_order(order: &[usize]) -> Vec<Observation> {
    let all = session();
    order.iter().map(|at| all[*at].clone()).collect()
}

fn block<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(future)
}

#[test]
fn a_second_telephone_in_the_room_repeats_nothing() {
    for numbers in [&[OURS][..], &[]] {
        assert_eq!(block(follows(numbers, &session())), 1, "{numbers:?}");
    }
}

#[test]
fn a_room_without_a_telephone_is_its_agents() {
    assert_eq!(block(follows(&[], &in_order(&[0, 1, 6]))), 1);
}

/// The numbers below seven in an order of chance.
fn shuffled(seed: u64) -> Vec<usize> {
    let mut chance = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let mut order: Vec<usize> = (0..7).collect();
    for at in (1..order.len()).rev() {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (chance >> 33) as usize % (at + 1));
    }
    order
}

#[test]
fn in_whatever_order_its_messages_come_a_session_is_followed_once() {
    for seed in 0..60 {
        let order = shuffled(seed);
        let mut messages = in_order(&order);
        messages.push(messages[seed as usize % 7].clone());
        assert_eq!(block(follows(&[OURS], &messages)), 1, "{order:?}");
    }
}

#[test]
fn where_only_the_room_names_the_agent_it_is_once_too_if_that_was_said_in_time() {
    for seed in 0..60 {
        let order = shuffled(seed);
        let place = |message: usize| order.iter().position(|at| *at == message);
        let in_time = place(1) < place(6);
        let begun = block(follows(&[], &in_order(&order)));
        assert!(begun == 1 || !in_time && begun == 0, "{begun} {order:?}");
    }
}

fn recorded() -> Observation {
    let recording = call::Recording {
        url: Some("https://store.example/room.ogg".into()),
        ..call::Recording::default()
    };
    let call = Snapshot {
        recording: Some(recording),
        ..Snapshot::default()
    };
    told("room", "recorded", &[Kind::RecordingReady], call)
}

#[test]
fn what_is_recorded_of_the_room_is_a_recording_of_the_call_that_its_agent_had() {
    let url = "https://receiver.invalid/";
    let agent = json!({ "name": "Sarah", "numbers": [OURS],
        "actions": [{ "kind": "webhook", "url": url, "enabled": true, "only_completed": false }] });
    // While the call goes on, and after the room has closed.
    for place in [4, 7] {
        let mut messages = session();
        messages.insert(place, recorded());
        let of = block(async {
            let (engine, workspace) = (engine().await, WorkspaceId::from_bytes([1; 16]));
            let agent: Agent = serde_json::from_value(agent.clone()).unwrap();
            let saved = engine.save_agent(workspace, None, None, agent, None);
            saved.await.unwrap();
            let mut calls = Vec::new();
            for message in messages {
                let receipts = engine.accept(workspace, None, vec![message]).await;
                calls.push(receipts.unwrap()[0].call);
            }
            // The first telephone's.
            (calls[place], calls[2])
        });
        assert_eq!(of.0, of.1, "{place}");
    }
    // Without a telephone it is the room's.
    let alone = block(async {
        let (engine, workspace) = (engine().await, WorkspaceId::from_bytes([1; 16]));
        let mut calls = Vec::new();
        for message in [session().swap_remove(0), recorded()] {
            let receipts = engine.accept(workspace, None, vec![message]).await;
            calls.push(receipts.unwrap()[0].call);
        }
        calls
    });
    assert_eq!(alone[0], alone[1]);
}
