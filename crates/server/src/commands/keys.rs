//! `switchhook keys create|rotate`.

use super::client::Client;
use crate::config::Target;
use crate::output::{self, cell};
use clap::Subcommand;
use serde_json::json;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
    /// Make a key; it is shown once.
    Create {
        /// What the key is for.
        #[arg(long)]
        name: String,
        /// What it may do: read, operate, write, ingest, admin (repeatable).
        #[arg(long = "scope", value_delimiter = ',', default_values = ["read", "write", "ingest"])]
        scopes: Vec<String>,
        /// When it ends by itself, e.g. 2027-01-31T00:00:00Z; never unless given.
        #[arg(long, value_name = "TIME")]
        expires_at: Option<String>,
        #[command(flatten)]
        target: Target,
    },
    /// Replace a key; the old one stays valid for a while.
    Rotate {
        /// Its id, `key_…`.
        key_id: String,
        /// Seconds that the old key stays valid.
        #[arg(long, default_value_t = 86_400)]
        overlap_s: u32,
        #[command(flatten)]
        target: Target,
    },
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let (target, path, body) = match command {
        Command::Create {
            name,
            scopes,
            expires_at,
            target,
        } => (
            target,
            "/v1/keys".to_owned(),
            json!({ "name": name, "scopes": scopes, "expires_at": expires_at }),
        ),
        Command::Rotate {
            key_id,
            overlap_s,
            target,
        } => (
            target,
            format!("/v1/keys/{key_id}/rotate"),
            json!({ "overlap_s": overlap_s }),
        ),
    };
    let as_json = target.json;
    let answer = Client::new(target)?.post(&path, body).await?;
    if as_json {
        output::json(&answer)
    } else {
        println!("{}\n{}", cell(&answer, "/id"), cell(&answer, "/token"))
    }
    Ok(ExitCode::SUCCESS)
}
