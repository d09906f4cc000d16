//! `switchhook flows export DIR`. Secrets stay where they are: flows name them, and so do the files.

use super::format::Format;
use super::remote::Remote;
use super::{canonical, folder, remote};
use crate::commands::client::Client;
use crate::config::Target;
use crate::output;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

pub async fn run(dir: &Path, format: Format, target: Target) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let flows = remote::flows(&Client::new(target)?).await?;
    fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    let here = folder::paths(dir)?;
    let (published, drafts): (Vec<_>, Vec<_>) = flows.iter().partition(|flow| flow.live.is_some());
    let mut texts = Vec::new();
    // Everything is made before anything is written.
    for flow in published {
        let path = dir.join(format!("{}.{}", flow.key, format.extension()));
        let twin = here
            .iter()
            .find(|twin| twin.file_stem() == path.file_stem() && **twin != path);
        if let Some(twin) = twin {
            bail!(
                "{} is there already: remove it, or choose its --format",
                twin.display()
            );
        }
        texts.push((flow, format.render(&document(flow))?, path));
    }
    let mut rows = Vec::new();
    for (flow, text, path) in &texts {
        let is_new = write(path, text)?;
        rows.push(json!({ "key": flow.key, "name": flow.name, "file": path, "written": is_new }));
    }
    let written: Vec<&PathBuf> = texts.iter().map(|(.., path)| path).collect();
    let foreign: Vec<&PathBuf> = here.iter().filter(|path| !written.contains(path)).collect();
    if as_json {
        let drafts: Vec<&str> = drafts.iter().map(|flow| flow.key.as_str()).collect();
        output::json(&json!({ "files": rows, "drafts": drafts, "left_alone": foreign }));
    } else {
        tell(&rows, &drafts, &foreign);
    }
    Ok(ExitCode::SUCCESS)
}

fn document(flow: &Remote) -> Value {
    let mut document = flow.document.clone();
    document["key"] = flow.key.clone().into();
    if !flow.enabled {
        document["enabled"] = false.into();
    }
    canonical::flow(document)
}

/// Whether the file was not so already.
fn write(path: &Path, text: &str) -> anyhow::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(about) if !about.is_file() => bail!("{} is not a file: remove it", path.display()),
        Ok(_) if fs::read(path).is_ok_and(|there| there == text.as_bytes()) => return Ok(false),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("{} cannot be written", path.display()));
        }
        _ => {}
    }
    // Whole or not at all, also when the disk is full.
    let half = path.with_extension("part");
    fs::write(&half, text)
        .and_then(|()| fs::rename(&half, path))
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(true)
}

fn tell(rows: &[Value], drafts: &[&Remote], foreign: &[&PathBuf]) {
    let line = |row: &Value| {
        let state = if row["written"] == true {
            "written"
        } else {
            "as it was"
        };
        vec![
            output::cell(row, "/file"),
            state.to_owned(),
            output::cell(row, "/name"),
        ]
    };
    output::table(
        &["file", "", "flow"],
        &rows.iter().map(line).collect::<Vec<_>>(),
    );
    for flow in drafts {
        println!("{} is only a draft: not exported", flow.key);
    }
    for path in foreign {
        println!("{} is no flow of this server: left alone", path.display());
    }
}
