//! `switchhook migrate --from X --to Y`: everything from one store into another, resumable, and verified row by row.

mod address;
mod bar;
pub mod rules;
mod told;

use crate::output;
use address::Address;
use anyhow::{Context, bail};
use bar::Bar;
use clap::Args;
use kernel::Timestamp;
use rules::Begun;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;
use store::transfer::{self, Mark, Movable};

const AGAIN: &str = "run the same command again to go on";

#[derive(Args)]
pub struct Migrate {
    /// Where everything is: a data directory, or postgres://user:password@host:5432/database.
    #[arg(long, env = "SWITCHHOOK_MIGRATE_FROM", hide_env_values = true)]
    pub from: String,
    /// Where it goes: as --from; nothing may be there yet.
    #[arg(long, env = "SWITCHHOOK_MIGRATE_TO", hide_env_values = true)]
    pub to: String,
    /// A PEM file with the authority of a database's certificate, where it is not a public one.
    #[arg(long, env = "SWITCHHOOK_DATABASE_CA")]
    pub database_ca: Option<PathBuf>,
    /// Copy nothing: compare the two, row by row.
    #[arg(long, env = "SWITCHHOOK_MIGRATE_VERIFY_ONLY")]
    pub verify_only: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub async fn run(options: Migrate) -> anyhow::Result<ExitCode> {
    let (from, to) = match (options.from.parse(), options.to.parse()) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(wrong), _) => return Ok(output::misused("--from", &wrong)),
        (_, Err(wrong)) => return Ok(output::misused("--to", &wrong)),
    };
    tokio::select! {
        done = migrate(&options, &from, &to) => done,
        asked = tokio::signal::ctrl_c() => {
            asked?;
            bail!("stopped: {AGAIN}")
        }
    }
}

async fn migrate(options: &Migrate, from: &Address, to: &Address) -> anyhow::Result<ExitCode> {
    rules::apart(from, to)?;
    let started = Instant::now();
    let ca = options.database_ca.as_deref();
    let source = from.open_existing(ca).await?;
    rules::source(&*source, from).await?;
    let bar = Bar::new();
    let target = if options.verify_only {
        to.open_existing(ca).await?
    } else {
        let target = to.open(ca).await?;
        copy(&*source, &*target, (from, to), &bar).await?;
        target
    };
    let report = transfer::verify(&source, &target, &|progress| bar.told(progress)).await;
    bar.end();
    let report = report.context("the two could not be compared")?;
    // Whoever came meanwhile may have written after its table was compared.
    rules::quiet(&*source, from).await?;
    rules::quiet(&*target, to).await?;
    if report.is_same() && !options.verify_only {
        Mark::remove(&*target, Timestamp::now()).await?;
    }
    source.close().await;
    target.close().await;
    told::told(options, (from, to), &report, started.elapsed());
    Ok(if report.is_same() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

async fn copy(
    source: &dyn Movable,
    target: &dyn Movable,
    (from, to): (&Address, &Address),
    bar: &Bar,
) -> anyhow::Result<()> {
    let mut mark = match rules::target(source, target, (from, to)).await? {
        Begun::Now(mark) => mark,
        Begun::Before(mark) => {
            eprintln!("going on with what was begun before");
            mark
        }
        Begun::Done => {
            eprintln!("everything was copied before: it is verified once more");
            return Ok(());
        }
    };
    let told = |progress| bar.told(progress);
    let copied = transfer::copy(source, target, &mut mark, Timestamp::now, &told).await;
    bar.end();
    copied.with_context(|| format!("{to} is half of {from} now: {AGAIN}"))
}

/// What `migrate` asks of a store.
type Opened = Arc<dyn Movable>;
