//! `switchhook flows plan DIR`: what would have to happen for the server's flows to be as the files say. Deciding is pure;
//! flows are matched by their keys alone.

use super::file::{FlowFile, Wrong};
use super::folder;
use super::remote::{self, Remote};
use crate::commands::client::Client;
use crate::config::Target;
use crate::output;
use kernel::Problem;
use kernel::flow::diff::{Change, diff};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is to be done about one flow.
#[derive(Debug)]
pub struct Item {
    pub key: String,
    pub act: Act,
    pub file: Option<FlowFile>,
    pub flow: Option<Remote>,
    /// What differs in the document.
    pub changes: Vec<Change>,
    /// The switch that the file wants and the server has not.
    pub switch: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Create,
    Update,
    Unchanged,
    Delete,
    /// It has no file, and nobody said `--prune`.
    Leave,
}

impl Act {
    fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Unchanged => "unchanged",
            Self::Delete => "delete",
            Self::Leave => "leave",
        }
    }
}

/// What to do, files first in their order, then flows without one.
pub fn items(files: Vec<FlowFile>, flows: Vec<Remote>, prune: bool) -> Vec<Item> {
    let mut flows: BTreeMap<usize, Remote> = flows.into_iter().enumerate().collect();
    let by_key: HashMap<String, usize> = flows
        .iter()
        .map(|(at, flow)| (flow.key.clone(), *at))
        .collect();
    let mut items: Vec<Item> = Vec::new();
    for file in files {
        let flow = by_key.get(&file.key).and_then(|at| flows.remove(at));
        items.push(of_file(file, flow));
    }
    items.extend(flows.into_values().map(|flow| Item {
        key: flow.key.clone(),
        act: if prune { Act::Delete } else { Act::Leave },
        file: None,
        flow: Some(flow),
        changes: Vec::new(),
        switch: None,
    }));
    items
}

fn of_file(file: FlowFile, flow: Option<Remote>) -> Item {
    let mut wanted = file.document.clone();
    let switch = wanted
        .as_object_mut()
        .and_then(|members| members.shift_remove("enabled"));
    let switch = switch.and_then(|switch| switch.as_bool());
    let mut item = Item {
        key: file.key.clone(),
        act: Act::Create,
        file: Some(file),
        flow,
        changes: Vec::new(),
        switch: None,
    };
    if let Some(flow) = &item.flow {
        item.changes = diff(&flow.document, &wanted);
        item.switch = switch.filter(|switch| flow.live.is_none() || *switch != flow.enabled);
        let is_so = item.changes.is_empty() && item.switch.is_none() && flow.live.is_some();
        item.act = if is_so { Act::Unchanged } else { Act::Update };
    }
    item
}

/// Reads, checks and compares; all problems at once.
pub async fn make(
    client: &Client,
    dir: &Path,
    prune: bool,
) -> anyhow::Result<Result<Vec<Item>, Vec<Wrong>>> {
    let files = match folder::read(dir)? {
        Ok(files) => files,
        Err(wrongs) => return Ok(Err(wrongs)),
    };
    let mut wrongs = Vec::new();
    for file in &files {
        let checked = client
            .post("/v1/flows/check", file.document.clone())
            .await?;
        let problems = checked["problems"].as_array().into_iter().flatten();
        let text = |wrong: &Value, name: &str| wrong[name].as_str().unwrap_or_default().to_owned();
        let problems =
            problems.map(|wrong| Problem::new(text(wrong, "path"), text(wrong, "message")));
        wrongs.extend(problems.map(|problem| Wrong::of(&file.path, problem)));
        let missing = checked["missing_secrets"].as_array().into_iter().flatten();
        wrongs.extend(missing.filter_map(Value::as_str).map(|name| {
            let message = format!("the workspace has no secret `{name}`: save it first (POST /v1/secrets, or on the screen Secrets)");
            Wrong::of(&file.path, Problem::new("", message))
        }));
    }
    if !wrongs.is_empty() {
        return Ok(Err(wrongs));
    }
    Ok(Ok(items(files, remote::flows(client).await?, prune)))
}

pub async fn run(dir: &Path, prune: bool, target: Target) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let items = match make(&Client::new(target)?, dir, prune).await? {
        Ok(items) => items,
        Err(wrongs) => return Ok(refuse(&wrongs, as_json)),
    };
    if as_json {
        output::json(&shown(&items));
    } else {
        tell(&items);
    }
    Ok(ExitCode::SUCCESS)
}

pub fn changes(items: &[Item]) -> bool {
    items
        .iter()
        .any(|item| !matches!(item.act, Act::Unchanged | Act::Leave))
}

/// All that is wrong, each with its file.
pub fn refuse(wrongs: &[Wrong], as_json: bool) -> ExitCode {
    if as_json {
        let line = |wrong: &Wrong| json!({ "file": wrong.path, "line": wrong.line, "path": wrong.problem.path, "message": wrong.problem.message });
        output::json(&json!({ "problems": wrongs.iter().map(line).collect::<Vec<_>>() }));
    }
    for wrong in wrongs {
        eprintln!("{}", output::line(&wrong.to_string()));
    }
    let count = wrongs.len();
    eprintln!(
        "switchhook: {count} {} in the files; nothing was changed",
        if count == 1 { "problem" } else { "problems" }
    );
    ExitCode::from(1)
}

pub fn shown(items: &[Item]) -> Value {
    let flows = items.iter().map(|item| {
        json!({
            "key": item.key, "action": item.act.name(), "file": item.file.as_ref().map(|file| &file.path),
            "id": item.flow.as_ref().map(|flow| &flow.id), "changes": item.changes, "enabled": item.switch, "sets_aside": item.sets_aside(),
        })
    });
    json!({ "changes": changes(items), "flows": flows.collect::<Vec<_>>() })
}

impl Item {
    /// A draft of somebody's that this would leave behind.
    pub fn sets_aside(&self) -> Option<u64> {
        let flow = self.flow.as_ref().filter(|flow| flow.live.is_some())?;
        flow.draft.filter(|_| !self.changes.is_empty())
    }

    pub fn file_name(&self) -> Option<&PathBuf> {
        self.file.as_ref().map(|file| &file.path)
    }

    /// A line, and one below it for each thing that changes.
    fn lines(&self) -> Vec<String> {
        let sign = match self.act {
            Act::Create => "+",
            Act::Update => "~",
            Act::Delete => "-",
            Act::Unchanged | Act::Leave => return Vec::new(),
        };
        let beside = match self.file_name() {
            Some(path) => path.display().to_string(),
            None => self
                .flow
                .as_ref()
                .map(|flow| flow.name.clone())
                .unwrap_or_default(),
        };
        let mut lines = vec![format!(
            "{sign} {} {} ({beside})",
            self.act.name(),
            self.key
        )];
        lines.extend(
            self.changes
                .iter()
                .map(|change| format!("    {}", change.text)),
        );
        if let (Some(switch), Act::Update) = (self.switch, self.act) {
            lines.push(format!(
                "    {}",
                if switch {
                    "switched on"
                } else {
                    "switched off"
                }
            ));
        }
        if self.flow.as_ref().is_some_and(|flow| flow.live.is_none()) && self.act == Act::Update {
            lines.push("    published: it is only a draft so far".into());
        }
        lines.extend(self.sets_aside().map(|draft| {
            format!("    sets draft {draft} aside, which somebody has not published")
        }));
        lines
    }
}

pub fn tell(items: &[Item]) {
    for line in items.iter().flat_map(Item::lines) {
        println!("{}", output::line(&line));
    }
    let left: Vec<&str> = items
        .iter()
        .filter(|item| item.act == Act::Leave)
        .map(|item| item.key.as_str())
        .collect();
    if !left.is_empty() {
        println!("without a file (--prune would delete): {}", left.join(", "));
    }
    let count = |act| items.iter().filter(|item| item.act == act).count();
    println!(
        "{} to create, {} to update, {} to delete, {} unchanged",
        count(Act::Create),
        count(Act::Update),
        count(Act::Delete),
        count(Act::Unchanged)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(key: &str, document: Value) -> FlowFile {
        FlowFile {
            path: format!("{key}.json").into(),
            key: key.into(),
            document,
        }
    }

    fn flow(key: &str, live: Option<u64>, draft: Option<u64>, document: Value) -> Remote {
        Remote {
            id: format!("flow_{key}"),
            key: key.into(),
            name: key.into(),
            enabled: live.is_some(),
            live,
            draft,
            document,
        }
    }

    #[test]
    fn flows_are_matched_by_key_and_told_apart_by_what_differs() {
        let files = vec![
            file("new", json!({ "name": "a" })),
            file("same", json!({ "name": "b", "enabled": true })),
            file("other", json!({ "name": "c" })),
            file("off", json!({ "name": "d", "enabled": false })),
            file("draft", json!({ "name": "e" })),
        ];
        let flows = vec![
            flow("gone", Some(1), None, json!({ "name": "x" })),
            flow("draft", None, Some(1), json!({ "name": "e" })),
            flow("off", Some(1), None, json!({ "name": "d" })),
            flow("other", Some(1), Some(2), json!({ "name": "C" })),
            flow("same", Some(1), Some(2), json!({ "name": "b" })),
        ];
        let plan = items(files.clone(), flows.clone(), true);
        let acts: Vec<_> = plan
            .iter()
            .map(|item| (item.key.as_str(), item.act))
            .collect();
        assert_eq!(
            acts,
            [
                ("new", Act::Create),
                ("same", Act::Unchanged),
                ("other", Act::Update),
                ("off", Act::Update),
                ("draft", Act::Update),
                ("gone", Act::Delete),
            ]
        );
        assert_eq!(plan[2].changes[0].text, "name: \"C\" → \"c\"");
        assert_eq!(
            (plan[1].sets_aside(), plan[2].sets_aside(), plan[3].switch),
            (None, Some(2), Some(false))
        );
        assert_eq!(items(files, flows, false)[5].act, Act::Leave);
    }
}
