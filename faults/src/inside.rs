//! A node inside this process, on a world's store: the real engine and the real API, with a clock and a world out of our own.

use crate::node::{Client, KEY};
use crate::options::Kind;
use crate::world::{SEAL, World};
use actions::Actions;
use anyhow::{Context, bail};
use engine::vault::Vault;
use engine::{Clock, Config, Engine};
use kernel::id::WorkspaceId;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use store::catalog;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub struct Inside {
    pub client: Client,
    pub store: Arc<dyn Store>,
    engine: Engine,
    serving: JoinHandle<()>,
}

impl Inside {
    /// On a store on which a node has run before, so that there is a workspace.
    pub async fn start(
        world: &World<'_>,
        clock: Clock,
        actions: Arc<dyn Actions>,
    ) -> anyhow::Result<Self> {
        let store = open(world).await?;
        let workspace = store.find(catalog::Kind::Workspace, "default").await?;
        let workspace = WorkspaceId::from_bytes(workspace.context("there is no workspace")?.id);
        let config = Config {
            clock,
            ..Config::new("inside")
        };
        let engine = Engine::start(store.clone(), actions, Vault::new(&SEAL), config).await?;
        let settings = api::Settings {
            public_url: None,
            trusted_proxies: Vec::new(),
            limits: api::Limits::default(),
            root_key: Some(KEY.into()),
            default_workspace: workspace,
            demo: false,
            version: "inside".into(),
        };
        let state = api::State::new(engine.clone(), settings, Arc::new(String::new));
        let router = api::router(state, axum::Router::new());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let client = Client::new(listener.local_addr()?.to_string());
        let serving = tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            if let Err(error) = axum::serve(listener, service).await {
                eprintln!("the node inside has ended: {error}");
            }
        });
        Ok(Self {
            client,
            engine,
            store,
            serving,
        })
    }

    pub async fn stop(self) {
        self.serving.abort();
        self.engine.stop(Duration::from_secs(10)).await;
        self.store.close().await;
    }
}

async fn open(world: &World<'_>) -> anyhow::Result<Arc<dyn Store>> {
    match (&world.kind, &world.place.database) {
        (Kind::Sqlite, _) => Ok(Arc::new(store_sqlite::Sqlite::open(&world.place.data)?)),
        (Kind::Postgres, Some(url)) => {
            let options = store_postgres::Options {
                url: url.clone(),
                ca: None,
            };
            Ok(Arc::new(store_postgres::Postgres::connect(&options).await?))
        }
        (Kind::Postgres, None) => bail!("a world on PostgreSQL has a database"),
    }
}

/// The real actions, allowed to reach this host.
pub fn world_out() -> anyhow::Result<Arc<actions::World>> {
    let allowed = "127.0.0.1/32".parse().map_err(anyhow::Error::msg)?;
    Ok(Arc::new(actions::World::new(actions::Config {
        allowed: vec![allowed],
        ..actions::Config::default()
    })))
}
