//! `switchhook flows apply DIR`: everything is saved as drafts before anything is published, so that a failure in the middle
//! leaves drafts that do not run; the same command again finishes.

use super::plan::{self, Act, Item};
use crate::commands::client::{Client, escaped};
use crate::config::Target;
use crate::output;
use anyhow::bail;
use serde_json::json;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

pub struct How {
    pub prune: bool,
    pub yes: bool,
    pub note: String,
}

/// What came of one flow.
struct Done {
    key: String,
    what: &'static str,
}

pub async fn run(dir: &Path, how: How, target: Target) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let client = Client::new(target)?;
    let items = match plan::make(&client, dir, how.prune).await? {
        Ok(items) => items,
        Err(wrongs) => return Ok(plan::refuse(&wrongs, as_json)),
    };
    if !as_json {
        plan::tell(&items);
    }
    let deletes = items.iter().filter(|item| item.act == Act::Delete).count();
    if deletes > 0 && !how.yes && !agrees(deletes)? {
        bail!(
            "nothing was changed: {deletes} flows would be deleted; say --yes, or leave --prune out"
        );
    }
    let mut done = Vec::new();
    let failed = work(&client, &items, &how.note, &mut done).await.err();
    if as_json {
        let told = |done: &Done| json!({ "key": done.key, "done": done.what });
        let error = failed.as_ref().map(|error| format!("{error:#}"));
        output::json(
            &json!({ "plan": plan::shown(&items), "done": done.iter().map(told).collect::<Vec<_>>(), "error": error }),
        );
    } else {
        done.iter()
            .for_each(|done| println!("{} {}", done.what, done.key));
    }
    match failed {
        None => Ok(ExitCode::SUCCESS),
        Some(error) => Err(error.context(
            "it stopped in the middle: what is saved as a draft does not run, the rest is as it was; apply again to finish",
        )),
    }
}

async fn work(
    client: &Client,
    items: &[Item],
    note: &str,
    done: &mut Vec<Done>,
) -> anyhow::Result<()> {
    let mut drafts = Vec::new();
    for item in items {
        if let Some((id, version)) = save(client, item, note).await? {
            done.push(Done {
                key: item.key.clone(),
                what: "saved as a draft:",
            });
            drafts.push((item, id, version));
        }
    }
    for (item, id, version) in drafts {
        let body = json!({ "version": version, "note": note });
        client
            .send(
                "POST",
                &format!("/v1/flows/{id}/publish"),
                Some(body),
                Some(version),
            )
            .await?;
        tell(done, &item.key, "published:");
    }
    for item in items {
        match (item.act, &item.flow, item.switch) {
            (Act::Update, Some(flow), Some(switch)) if only_switches(item) => {
                let act = if switch { "enable" } else { "disable" };
                client
                    .post(&format!("/v1/flows/{}/{act}", flow.id), json!({}))
                    .await?;
                tell(
                    done,
                    &item.key,
                    if switch { "enabled:" } else { "disabled:" },
                );
            }
            (Act::Delete, Some(flow), _) => {
                client
                    .send("DELETE", &format!("/v1/flows/{}", flow.id), None, None)
                    .await?;
                tell(done, &item.key, "deleted:");
            }
            _ => {}
        }
    }
    Ok(())
}

fn tell(done: &mut Vec<Done>, key: &str, what: &'static str) {
    done.retain(|done| done.key != key);
    done.push(Done {
        key: key.to_owned(),
        what,
    });
}

/// A flow of which nothing but the switch differs needs no version.
fn only_switches(item: &Item) -> bool {
    item.changes.is_empty() && item.flow.as_ref().is_some_and(|flow| flow.live.is_some())
}

/// Keeps the file as a draft, where there is something to publish; answers its id and version.
async fn save(client: &Client, item: &Item, note: &str) -> anyhow::Result<Option<(String, u64)>> {
    let (Some(file), Act::Create | Act::Update) = (&item.file, item.act) else {
        return Ok(None);
    };
    if only_switches(item) {
        return Ok(None);
    }
    let query = format!("draft=true&note={}", escaped(note));
    let document = Some(file.document.clone());
    let saved = match &item.flow {
        None => {
            client
                .send("POST", &format!("/v1/flows?{query}"), document, None)
                .await?
        }
        Some(flow) => {
            let path = format!("/v1/flows/{}?{query}", flow.id);
            client
                .send("PUT", &path, document, Some(flow.newest()))
                .await?
        }
    };
    let id = saved["id"].as_str().map(String::from);
    match (id, saved["draft"].as_u64()) {
        (Some(id), Some(version)) => Ok(Some((id, version))),
        _ => bail!("the server kept no draft of `{}`", item.key),
    }
}

/// Asks whoever sits at the terminal; nobody there says no.
fn agrees(deletes: usize) -> anyhow::Result<bool> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    eprint!("Delete {deletes} flows? [y/N] ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
