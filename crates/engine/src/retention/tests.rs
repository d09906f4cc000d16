//! Facts about what is removed by its age: each workspace has times of its own.

use super::{Reach, Retention};
use crate::vault::Vault;
use crate::{Config, Engine};
use calls::{Kind, Observation, Snapshot};
use jiff::SignedDuration;
use kernel::Timestamp;
use kernel::id::{CallId, EndpointId, WorkspaceId};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use store::archive::Page;
use store::catalog::Document;

struct World {
    engine: Engine,
    /// How many days have gone by.
    days: Arc<AtomicI64>,
}

async fn world() -> World {
    let days = Arc::new(AtomicI64::new(0));
    let gone = days.clone();
    let clock = move || Timestamp::now() + SignedDuration::from_hours(24 * gone.load(Relaxed));
    let config = Config {
        clock: Arc::new(clock),
        ..Config::new("test")
    };
    let store = Arc::new(store_sqlite::Sqlite::in_memory().unwrap());
    let out = Arc::new(actions::World::new(actions::Config::default()));
    let engine = Engine::start(store, out, Vault::new(&[7; 32]), config)
        .await
        .unwrap();
    World { engine, days }
}

fn told() -> Observation {
    Observation {
        provider: "custom".into(),
        dedupe: "m-1".into(),
        claims: vec![Kind::Ended],
        complete: true,
        call: Snapshot {
            provider_call_id: "c-1".into(),
            ..Snapshot::default()
        },
        ..Observation::default()
    }
}

impl World {
    /// A workspace with one call that has ended.
    async fn workspace(&self, n: u8, retention: Retention) -> (WorkspaceId, CallId) {
        let workspace = WorkspaceId::from_bytes([n; 16]);
        let (now, store) = (self.engine.now(), self.engine.store());
        let document = Document {
            kind: store::catalog::Kind::Workspace,
            id: workspace.bytes(),
            workspace,
            version: 1,
            name: n.to_string(),
            alias: None,
            enabled: true,
            created_at: now,
            updated_at: now,
            body: "{}".into(),
        };
        store.put(document, 0).await.unwrap();
        let saved = self.engine.save_retention(workspace, None, &retention, 180);
        saved.await.unwrap();
        let told = told();
        let receipts = self
            .engine
            .accept(workspace, None, vec![told])
            .await
            .unwrap();
        (workspace, receipts[0].call)
    }

    async fn tidy(&self, workspace: WorkspaceId, reach: &mut Reach) {
        while self
            .engine
            .inner
            .remove_old(workspace, reach)
            .await
            .unwrap()
        {}
    }

    async fn has_payload(&self, (workspace, call): (WorkspaceId, CallId)) -> bool {
        let store = self.engine.store();
        let page = Page {
            before: None,
            limit: 9,
        };
        let events = store.events(workspace, Some(call), page).await.unwrap();
        let message = store.message(events[0].message).await.unwrap().unwrap();
        !message.body.is_empty()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_workspace_keeps_what_it_says_and_no_longer() {
    let world = world().await;
    let own = Retention {
        payload_days: Some(7),
        call_days: Some(20),
    };
    let short = world.workspace(1, own).await;
    let usual = world.workspace(2, Retention::default()).await;
    let (mut of_short, mut of_usual) = (Reach::default(), Reach::default());
    for (day, expected) in [
        (5, (true, true)),
        (8, (false, true)),
        (19, (false, true)),
        (31, (false, false)),
    ] {
        world.days.store(day, Relaxed);
        world.tidy(short.0, &mut of_short).await;
        world.tidy(usual.0, &mut of_usual).await;
        let store = world.engine.store();
        let is_there = store.call_by_id(short.1).await.unwrap().is_some();
        assert_eq!(is_there, day < 20, "day {day}");
        let has = (
            is_there && world.has_payload(short).await,
            world.has_payload(usual).await,
        );
        assert_eq!(has, expected, "day {day}");
    }
    assert!(
        world
            .engine
            .store()
            .call_by_id(usual.1)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_was_removed_is_no_news_as_long_as_a_platform_may_list_it() {
    let world = world().await;
    let (workspace, endpoint) = (
        WorkspaceId::from_bytes([1; 16]),
        EndpointId::from_bytes([9; 16]),
    );
    let is_news = async || {
        let told = [told()];
        world
            .engine
            .is_news(workspace, endpoint, &told)
            .await
            .unwrap()
    };
    let short = Retention {
        payload_days: None,
        call_days: Some(3),
    };
    let (_, call) = world.workspace(1, short).await;
    world.days.store(4, Relaxed);
    world.tidy(workspace, &mut Reach::default()).await;
    let store = world.engine.store();
    assert!(store.call_by_id(call).await.unwrap().is_none());
    assert!(!is_news().await);
    // A webhook that comes late makes it anew, and a person removes that.
    let receipts = world.engine.accept(workspace, None, vec![told()]).await;
    let again = receipts.unwrap()[0].call;
    world.days.store(6, Relaxed);
    assert!(world.engine.forget_call(workspace, again).await.unwrap());
    let expire = async || {
        let lasts = store::catalog::Kind::Gone.lasts().unwrap();
        let before = world.engine.now() - lasts;
        let kind = store::catalog::Kind::Gone;
        store.expire(kind, before, 9).await.unwrap()
    };
    world.days.store(13, Relaxed);
    assert_eq!((expire().await, is_news().await), (0, false));
    world.days.store(15, Relaxed);
    assert_eq!((expire().await, is_news().await), (1, true));
}
