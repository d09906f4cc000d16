//! The binary `switchhook`: reads its options, wires the crates together, serves, and talks to a running server.

mod commands;
mod config;
mod demo;
mod files;
mod home;
mod output;
mod screens;
mod seal;
mod serve;
mod stores;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let command = match config::layered(std::env::args_os()) {
        Ok(command) => command,
        Err(error) => return output::refused(&error),
    };
    // Wrong usage ends the process here, with code 2 and what would be right.
    let options = config::parsed(command.get_matches());
    run(options).unwrap_or_else(|error| output::refused(&error))
}

fn run(options: config::Options) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    // The one TLS provider in the tree; a second install can only mean that it is there already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    runtime.block_on(async {
        match options.command {
            config::Command::Serve(options) => {
                serve::run(*options).await.map(|()| ExitCode::SUCCESS)
            }
            config::Command::Events(command) => commands::events::run(command).await,
            config::Command::Simulate(command) => commands::simulate::run(command).await,
            config::Command::Listen(options) => commands::listen::run(options).await,
            config::Command::Flows(command) => commands::flows::run(command).await,
            config::Command::Recipes(command) => commands::recipes::run(command).await,
            config::Command::Runs(command) => commands::runs::run(command).await,
            config::Command::Usage(options) => commands::usage::run(options).await,
            config::Command::Forget(options) => commands::forget::run(options).await,
            config::Command::Keys(command) => commands::keys::run(command).await,
            config::Command::Members(command) => commands::members::run(command).await,
            config::Command::Providers(command) => commands::providers::run(&command),
            config::Command::Migrate(options) => commands::migrate::run(options).await,
        }
    })
}
