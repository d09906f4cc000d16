//! The fault suite: `./dev faults`. Real nodes on a real store, under load, and one thing that goes wrong at a time; what was
//! acknowledged is counted at the receiver. It measures no speed (`bench` does) and looks into no code (tests do).

mod copies;
mod fault;
mod inside;
mod lab;
mod ledger;
mod mount;
mod net;
mod node;
mod options;
mod pour;
mod registry;
mod row;
mod senders;
mod verdict;
mod waiting;
mod world;

use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

fn main() -> anyhow::Result<ExitCode> {
    let options = match options::Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(why) => {
            eprintln!("{why}\n\n{}", options::USAGE);
            return Ok(ExitCode::from(2));
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()?;
    let failed = runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        // Whoever is interrupted cleans up as well: what a fault has made goes when its future does.
        tokio::select! {
            failed = registry::run(options) => failed,
            _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted"),
            _ = terminate.recv() => anyhow::bail!("terminated"),
        }
    })?;
    // What still hangs must not keep the program.
    runtime.shutdown_background();
    Ok(ExitCode::from(u8::from(failed)))
}
