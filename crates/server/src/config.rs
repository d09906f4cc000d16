//! Options: one struct gives each its flag, its environment name (`SWITCHHOOK_…`) and its key in the config file.
//! A flag wins over the environment, the environment over the file, the file over the default.

use anyhow::Context;
use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The actions layer for voice calls.
#[derive(Parser)]
#[command(name = "switchhook", version, disable_help_subcommand = true)]
pub struct Options {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Run the server.
    Serve(Box<Serve>),
    /// Send events to a running server.
    #[command(subcommand)]
    Events(crate::commands::events::Command),
    /// Play a rehearsal call, in a platform's own format, against a running server.
    Simulate(crate::commands::simulate::Simulate),
    /// Send a server's events to an address of your own, while you develop.
    Listen(crate::commands::listen::Listen),
    /// Keep flows as files: export them, compare and apply directories, run their test cases.
    #[command(subcommand)]
    Flows(crate::commands::flows::Command),
    /// Start from recipes: look at them, make flows of them, hand them on as files.
    #[command(subcommand)]
    Recipes(crate::commands::recipes::Command),
    /// Look at runs, replay or cancel them.
    #[command(subcommand)]
    Runs(crate::commands::runs::Command),
    /// Show what was done and what it cost.
    Usage(crate::commands::usage::Options),
    /// Remove everything about a phone number.
    Forget(crate::commands::forget::Forget),
    /// Make and rotate API keys.
    #[command(subcommand)]
    Keys(crate::commands::keys::Command),
    /// Invite people, list and remove them.
    #[command(subcommand)]
    Members(crate::commands::members::Command),
    /// Check what Switchhook reads from a platform's request (works offline).
    #[command(subcommand)]
    Providers(crate::commands::providers::Command),
    /// Move everything from a data directory to PostgreSQL, or back.
    Migrate(crate::commands::migrate::Migrate),
}

#[derive(Args, Clone)]
pub struct Serve {
    /// Where everything is kept.
    #[arg(long, env = "SWITCHHOOK_DATA", default_value = "switchhook-data")]
    pub data: PathBuf,
    /// Where steps may use files, in a folder of each workspace's own (SQLite databases, what `storage.put` keeps); `files` below the data directory unless given.
    #[arg(long, env = "SWITCHHOOK_FILES")]
    pub files: Option<PathBuf>,
    /// Where copies of recordings are kept; `recordings` below the data directory unless given. Nodes that share a database need one that they share, or a bucket.
    #[arg(long, env = "SWITCHHOOK_RECORDINGS")]
    pub recordings: Option<PathBuf>,
    /// A PostgreSQL database instead of the data directory, e.g. postgres://user:password@host/database: for several nodes.
    #[arg(long, env = "SWITCHHOOK_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// A PEM file with the authority of the database's certificate, where it is not a public one.
    #[arg(long, env = "SWITCHHOOK_DATABASE_CA")]
    pub database_ca: Option<PathBuf>,
    /// Address to listen on.
    #[arg(long, env = "SWITCHHOOK_LISTEN", default_value = "127.0.0.1:4600")]
    pub listen: SocketAddr,
    /// A TOML file with any of these options as keys.
    #[arg(long, env = "SWITCHHOOK_CONFIG")]
    pub config: Option<PathBuf>,
    /// Set up a demo workspace and play a call.
    #[arg(long, env = "SWITCHHOOK_DEMO")]
    pub demo: bool,
    /// How the outside world reaches this server, e.g. https://hooks.example.com.
    #[arg(long, env = "SWITCHHOOK_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Proxies whose X-Forwarded-* headers are believed (addresses or ranges such as 10.0.0.0/8; repeatable).
    #[arg(long, env = "SWITCHHOOK_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxy: Vec<api::Network>,
    /// Internal destinations to open for outgoing requests: CIDR[:PORT] (repeatable).
    #[arg(long, env = "SWITCHHOOK_ALLOW_NETWORK", value_delimiter = ',')]
    pub allow_network: Vec<String>,
    /// Open no internal destinations but those of --allow-network, whatever admins of workspaces open for theirs.
    #[arg(long, env = "SWITCHHOOK_FORBID_INTERNAL_NETWORKS")]
    pub forbid_internal_networks: bool,
    /// An API key of the default workspace, 16 to 200 printable characters (for scripts).
    #[arg(long, env = "SWITCHHOOK_ROOT_KEY", hide_env_values = true)]
    pub root_key: Option<String>,
    /// 32 bytes as 64 hexadecimal digits that seal the secrets; made on first start when absent, but needed with --database.
    #[arg(long, env = "SWITCHHOOK_SEAL_KEY", hide_env_values = true)]
    pub seal_key: Option<String>,
    /// A file with the seal key.
    #[arg(long, env = "SWITCHHOOK_SEAL_KEY_FILE")]
    pub seal_key_file: Option<PathBuf>,
    /// Calls to the outside world at once.
    #[arg(long, env = "SWITCHHOOK_CONCURRENCY", default_value_t = 1024)]
    pub concurrency: usize,
    /// Calls to one destination at once.
    #[arg(long, env = "SWITCHHOOK_PER_DESTINATION", default_value_t = 64)]
    pub per_destination: usize,
    /// Requests with events a second that each workspace may send; above, they are answered 429. No limit unless given.
    #[arg(long, env = "SWITCHHOOK_INTAKE_PER_S", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub intake_per_s: Option<u32>,
    /// Largest request with events, or message of a platform, in MiB.
    #[arg(long, env = "SWITCHHOOK_EVENT_BODY_MIB", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=256))]
    pub event_body_mib: u32,
    /// Days that payloads and journals are kept, where a workspace says nothing.
    #[arg(long, env = "SWITCHHOOK_RETENTION_DAYS", default_value_t = 30)]
    pub retention_days: u64,
    /// Log lines as JSON.
    #[arg(long, env = "SWITCHHOOK_LOG_JSON")]
    pub log_json: bool,
    /// What to log, e.g. info,engine=debug.
    #[arg(long, env = "SWITCHHOOK_LOG", default_value = "info")]
    pub log: String,
    /// Seconds to finish what is under way when asked to stop.
    #[arg(long, env = "SWITCHHOOK_STOP_WITHIN_S", default_value_t = 20)]
    pub stop_within_s: u64,
}

/// How commands reach a server.
#[derive(Args, Clone)]
pub struct Target {
    /// Address of the server.
    #[arg(long, env = "SWITCHHOOK_URL", default_value = "http://127.0.0.1:4600")]
    pub url: String,
    /// An API key.
    #[arg(long, env = "SWITCHHOOK_KEY", hide_env_values = true)]
    pub key: Option<String>,
    /// Print JSON.
    #[arg(long, env = "SWITCHHOOK_JSON")]
    pub json: bool,
}

/// Every option has an environment name: where it says none, that of its command and its own. Flags are `1` or `true` there.
fn named(command: clap::Command, above: &str) -> clap::Command {
    let own = |arg: clap::Arg| {
        let arg = match (arg.get_long(), arg.get_env()) {
            (Some(long), None) => {
                let name = format!("{above}_{long}").replace('-', "_");
                arg.env(name.to_uppercase()).hide_env_values(true)
            }
            _ => arg,
        };
        match arg.get_action() {
            ArgAction::SetTrue => arg.value_parser(BoolishValueParser::new()),
            _ => arg,
        }
    };
    command.mut_args(own).mut_subcommands(|inner| {
        let name = format!("{above}_{}", inner.get_name());
        named(inner, &name)
    })
}

/// The command line with the config file's values as defaults.
pub fn layered(args: impl Iterator<Item = OsString>) -> anyhow::Result<clap::Command> {
    let command = named(Options::command(), "SWITCHHOOK");
    let Some(path) = config_path(args) else {
        return Ok(command);
    };
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("the config file {} cannot be read", path.display()))?;
    let table: toml::Table = text
        .parse()
        .with_context(|| format!("the config file {} is not TOML", path.display()))?;
    let known = command
        .find_subcommand("serve")
        .expect("serve is a command")
        .get_arguments()
        .map(|arg| arg.get_id().to_string())
        .collect::<Vec<_>>();
    if let Some(unknown) = table.keys().find(|key| !known.contains(key)) {
        anyhow::bail!(
            "the config file {} has an unknown key `{unknown}`; known: {}",
            path.display(),
            known.join(", ")
        );
    }
    Ok(command.mut_subcommand("serve", |serve| {
        table.into_iter().fold(serve, |serve, (key, value)| {
            let values: Vec<String> = match value {
                toml::Value::Array(list) => list.into_iter().map(plain).collect(),
                one => vec![plain(one)],
            };
            serve.mut_arg(key, |arg| arg.default_values(values))
        })
    }))
}

pub fn parsed(matches: clap::ArgMatches) -> Options {
    Options::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

fn plain(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    }
}

fn config_path(args: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let args: Vec<String> = args.map(|arg| arg.to_string_lossy().into_owned()).collect();
    let flag = args
        .iter()
        .position(|arg| arg == "--config")
        .and_then(|at| args.get(at + 1).cloned());
    let joined = args
        .iter()
        .find_map(|arg| arg.strip_prefix("--config=").map(str::to_owned));
    flag.or(joined)
        .or_else(|| std::env::var("SWITCHHOOK_CONFIG").ok())
        .map(PathBuf::from)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests;
