//! `switchhook serve`: opens the store, starts the engine, listens, and stops without dropping what is under way.

use crate::config::Serve;
use crate::{commands, demo, files, home, screens, seal, stores};
use actions::{AllowedNetwork, World};
use anyhow::{Context, bail};
use axum::Router;
use engine::{Config, Engine, vault::Vault};
use kernel::Timestamp;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

pub async fn run(options: Serve) -> anyhow::Result<()> {
    log(&options)?;
    check(&options)?;
    // Before anybody can find this ready: whoever is stopped at once must still hand back what it owns.
    let mut terminate = signal(SignalKind::terminate())?;
    let listener = listen(options.listen).await?;
    let address = listener.local_addr()?;
    let demo = options.demo.then(|| demo::Demo::new(address));
    let store = stores::open(&options).await?;
    commands::migrate::rules::whole(&*store).await?;
    let vault = unlock(&options, &*store).await?;
    let engine = Engine::start(
        store.clone(),
        Arc::new(World::new(world(&options, demo.as_ref())?)),
        vault,
        config(&options),
    )
    .await?;
    let name = if options.demo { "Demo" } else { "Default" };
    let workspace = home::workspace(&engine, name).await?;
    let state = api::State::new(
        engine.clone(),
        settings(&options, workspace),
        metrics(&engine)?,
    );
    let mut router = api::router(state.clone(), Router::new().fallback(screens::serve));
    if let Some(demo) = &demo {
        router = router.merge(demo.routes(&state));
    }
    let lines = tokio::spawn(api::keep_lines(state.clone()));
    let derived = tokio::spawn(api::keep_derived(state.clone()));
    let reconcilers = tokio::spawn(api::keep_reconcilers(state.clone()));
    let stopping = tokio_util::sync::CancellationToken::new();
    let server = tokio::spawn(answer(listener, router, stopping.clone()));
    let address = reachable(&options, address);
    if let Some(demo) = demo {
        demo.set_up(&engine, workspace).await?;
    }
    greet(&*store, workspace, &address, options.demo).await?;
    tokio::select! {
        _ = terminate.recv() => {}
        asked = tokio::signal::ctrl_c() => asked?,
    }
    tracing::info!("stopping: finishing what is under way");
    stopping.cancel();
    lines.abort();
    derived.abort();
    reconcilers.abort();
    engine
        .stop(Duration::from_secs(options.stop_within_s))
        .await;
    let _ = tokio::time::timeout(Duration::from_secs(5), server).await;
    store.close().await;
    Ok(())
}

/// Refuses what cannot work before anything is opened.
fn check(options: &Serve) -> anyhow::Result<()> {
    if let Some(key) = &options.root_key
        && !((16..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()))
    {
        bail!(
            "the root key must be 16 to 200 printable characters without spaces, this one has {}",
            key.len()
        );
    }
    if options.database.is_some() && options.seal_key.is_none() && options.seal_key_file.is_none() {
        bail!(
            "--database needs the key that seals the secrets of all nodes: give each the same SWITCHHOOK_SEAL_KEY or SWITCHHOOK_SEAL_KEY_FILE, 32 random bytes as 64 hexadecimal digits (make one with `openssl rand -hex 32`, and keep it safe: it is in no backup)"
        );
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            let other = SocketAddr::new(address.ip(), address.port().wrapping_add(1));
            anyhow::anyhow!("{address} is in use by another program: stop it, or choose another address with --listen {other}")
        }
        _ => anyhow::anyhow!("{address} cannot be listened on: {error}"),
    })
}

async fn unlock(options: &Serve, store: &dyn Store) -> anyhow::Result<Vault> {
    let key = seal::key(
        options.seal_key.as_deref(),
        options.seal_key_file.as_deref(),
        &options.data,
        seal::is_sealed(store).await?,
    )?;
    let vault = Vault::new(&key);
    seal::check(store, &vault, Timestamp::now()).await?;
    Ok(vault)
}

fn world(options: &Serve, demo: Option<&demo::Demo>) -> anyhow::Result<actions::Config> {
    let own = demo.map(demo::Demo::network);
    let allowed = options.allow_network.iter().chain(&own);
    let allowed = allowed.map(|text| text.parse::<AllowedNetwork>().map_err(anyhow::Error::msg));
    let allowed = allowed
        .collect::<anyhow::Result<_>>()
        .context("--allow-network")?;
    Ok(actions::Config {
        allowed,
        forbid_internal_networks: options.forbid_internal_networks,
        files: Some(files::directory(options)?),
        recordings: Some(files::recordings(options)?),
        ..actions::Config::default()
    })
}

fn config(options: &Serve) -> Config {
    Config {
        concurrency: options.concurrency,
        per_destination: options.per_destination,
        public_url: options.public_url.clone(),
        forbid_internal_networks: options.forbid_internal_networks,
        retention: Duration::from_secs(options.retention_days * 24 * 3600),
        policy: |name| {
            providers::find(name)
                .map(|provider| provider.policy())
                .unwrap_or_default()
        },
        ..Config::new(format!("node-{}", std::process::id()))
    }
}

fn settings(options: &Serve, workspace: kernel::id::WorkspaceId) -> api::Settings {
    api::Settings {
        public_url: options.public_url.clone(),
        trusted_proxies: options.trusted_proxy.clone(),
        limits: limits(options),
        root_key: options.root_key.clone(),
        default_workspace: workspace,
        demo: options.demo,
        version: env!("CARGO_PKG_VERSION").into(),
    }
}

fn limits(options: &Serve) -> api::Limits {
    let usual = api::Limits::default();
    let event_body = (options.event_body_mib as usize) << 20;
    api::Limits {
        event_body,
        // Room for more than one of the largest, or a single one would keep all others out.
        intake_bytes: usual.intake_bytes.max(2 * event_body),
        intake_per_s: options.intake_per_s,
        ..usual
    }
}

/// Upper bounds of the buckets of a request's duration, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Prometheus' text, with the engine's figures read at the moment of asking.
fn metrics(engine: &Engine) -> anyhow::Result<api::Metrics> {
    let recorder = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)
        .context("metrics")?;
    let recorder = recorder.install_recorder().context("metrics")?;
    tokio::spawn(keep_small(recorder.clone()));
    let engine = engine.clone();
    Ok(Arc::new(move || {
        let stats = engine.stats();
        metrics::gauge!("switchhook_runs_queued").set(stats.queued as f64);
        metrics::gauge!("switchhook_calls_to_the_world").set(stats.performing as f64);
        metrics::gauge!("switchhook_runs_in_memory").set(stats.active as f64);
        metrics::gauge!("switchhook_runs_held").set(stats.held as f64);
        metrics::gauge!("switchhook_breakers_open").set(stats.breakers_open as f64);
        metrics::gauge!("switchhook_nodes").set(stats.nodes as f64);
        metrics::gauge!("switchhook_partitions").set(stats.partitions as f64);
        recorder.render()
    }))
}

/// Samples are kept one by one until they are counted into their buckets.
async fn keep_small(recorder: PrometheusHandle) {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        recorder.run_upkeep();
    }
}

async fn answer(
    listener: TcpListener,
    router: Router,
    stopping: tokio_util::sync::CancellationToken,
) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(stopping.cancelled_owned())
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "the listener has failed");
    }
}

fn reachable(options: &Serve, address: SocketAddr) -> String {
    options.public_url.clone().unwrap_or_else(|| {
        let host = if address.ip().is_unspecified() {
            "127.0.0.1".into()
        } else {
            address.ip().to_string()
        };
        format!("http://{host}:{}", address.port())
    })
}

/// The address, and a one-time link for an owner while none is signed in (always in a demo).
async fn greet(
    store: &dyn Store,
    workspace: kernel::id::WorkspaceId,
    address: &str,
    is_demo: bool,
) -> anyhow::Result<()> {
    println!("Switchhook is listening on {address}");
    if let Some(token) = api::owners_link(store, workspace, is_demo, Timestamp::now()).await? {
        println!("Sign in (once, within 24 hours): {address}/sign-in?token={token}");
    }
    Ok(())
}

fn log(options: &Serve) -> anyhow::Result<()> {
    let filter: tracing_subscriber::EnvFilter = options
        .log
        .parse()
        .with_context(|| format!("--log `{}`", options.log))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if options.log_json {
        lines.json().init();
    } else {
        lines.init();
    }
    Ok(())
}
