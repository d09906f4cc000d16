//! `switchhook recipes export|import`: a recipe as a file, JSON or YAML, or by a link of the same server.

use super::show::path;
use crate::commands::client::Client;
use crate::commands::flows::Format;
use crate::config::Target;
use crate::output::{self, cell};
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// What a server takes in one request.
const MAX_BYTES: u64 = 1 << 20;

pub async fn export(
    recipe: &str,
    file: Option<&Path>,
    format: Format,
    target: Target,
) -> anyhow::Result<ExitCode> {
    let format = match file {
        Some(file) => format_of(file)?,
        None => format,
    };
    let shown = Client::new(target)?.get(&path(recipe)).await?;
    let text = format.render(&shown["document"])?;
    match file {
        Some(file) => fs::write(file, text)
            .with_context(|| format!("{} cannot be written", file.display()))?,
        None => print!("{text}"),
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn import(from: &str, target: Target) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let is_link = from.contains("://") || from.starts_with("share_");
    let body = match is_link {
        true => json!({ "link": from }),
        false => json!({ "recipe": document(Path::new(from))? }),
    };
    let client = Client::new(target)?;
    let saved = client.post("/v1/recipes/import", body).await?;
    match as_json {
        true => output::json(&saved),
        false => println!("{}  {}", cell(&saved, "/key"), cell(&saved, "/name")),
    }
    Ok(ExitCode::SUCCESS)
}

fn format_of(file: &Path) -> anyhow::Result<Format> {
    Format::of(file)
        .with_context(|| format!("{} does not end in .json, .yaml or .yml", file.display()))
}

/// The value in a JSON or YAML file.
pub fn document(file: &Path) -> anyhow::Result<Value> {
    let format = format_of(file)?;
    let unreadable = || format!("{} cannot be read", file.display());
    let size = fs::metadata(file).with_context(unreadable)?.len();
    if size > MAX_BYTES {
        bail!(
            "{} has {size} bytes, at most {MAX_BYTES} are read",
            file.display()
        );
    }
    let text = fs::read_to_string(file).with_context(unreadable)?;
    let parsed = format.parse(&text);
    parsed.map_err(|(line, message)| anyhow::anyhow!("{}:{line}: {message}", file.display()))
}
