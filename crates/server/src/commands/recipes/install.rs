//! `switchhook recipes install`: inputs from the command line and a file become values of the recipe's types; the server says
//! what is wrong with them.

use super::pass::document;
use super::show::path;
use crate::commands::client::Client;
use crate::config::Target;
use crate::output::{self, cell};
use anyhow::{Context, bail};
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

pub struct Given {
    pub inputs: Vec<String>,
    pub file: Option<PathBuf>,
}

pub async fn run(
    recipe: &str,
    given: &Given,
    enable: bool,
    target: Target,
) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let client = Client::new(target)?;
    let inputs = inputs(&client, recipe, given).await?;
    let body = json!({ "inputs": inputs, "enabled": enable });
    let flow = client
        .post(&format!("{}/install", path(recipe)), body)
        .await?;
    match as_json {
        true => output::json(&flow),
        false => {
            let state = if enable {
                "on"
            } else {
                "off: look at it, then switch it on"
            };
            println!(
                "{}  {}  ({state})",
                cell(&flow, "/id"),
                cell(&flow, "/name")
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn preview(recipe: &str, given: &Given, target: Target) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let client = Client::new(target)?;
    let inputs = inputs(&client, recipe, given).await?;
    let body = json!({ "inputs": inputs });
    let preview = client
        .post(&format!("{}/preview", path(recipe)), body)
        .await?;
    let wrong = preview["problems"]
        .as_array()
        .is_some_and(|wrong| !wrong.is_empty());
    if as_json {
        output::json(&preview);
    } else {
        if !preview["document"].is_null() {
            output::json(&preview["document"]);
        }
        for (list, word) in [("problems", "WRONG  "), ("warnings", "warning")] {
            for said in preview[list].as_array().into_iter().flatten() {
                eprintln!("{word} {}: {}", cell(said, "/path"), cell(said, "/message"));
            }
        }
        for secret in preview["missing_secrets"].as_array().into_iter().flatten() {
            eprintln!("warning the secret {} is missing", cell(secret, ""));
        }
    }
    Ok(ExitCode::from(u8::from(wrong)))
}

async fn inputs(
    client: &Client,
    recipe: &str,
    given: &Given,
) -> anyhow::Result<Map<String, Value>> {
    let mut inputs = match &given.file {
        None => Map::new(),
        Some(file) => match document(file)? {
            Value::Object(inputs) => inputs,
            _ => bail!("{} holds no object of inputs by name", file.display()),
        },
    };
    if given.inputs.is_empty() {
        return Ok(inputs);
    }
    let shown = client.get(&path(recipe)).await?;
    let known = shown["inputs"].as_array().cloned().unwrap_or_default();
    for text in &given.inputs {
        let (name, value) = text
            .split_once('=')
            .with_context(|| format!("`{text}` is not NAME=VALUE"))?;
        let input = known.iter().find(|input| input["name"] == name);
        // Of one that is not known the server says so.
        let kind = input.map_or("text", |input| input["type"].as_str().unwrap_or("text"));
        inputs.insert(name.to_owned(), typed(kind, name, value)?);
    }
    Ok(inputs)
}

fn typed(kind: &str, name: &str, text: &str) -> anyhow::Result<Value> {
    Ok(match kind {
        "number" | "boolean" | "json" => serde_json::from_str(text)
            .with_context(|| format!("the input `{name}` is a {kind}, not `{text}`"))?,
        "agents" | "campaigns" => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect(),
        _ => text.into(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_command_line_gets_the_type_of_its_input() {
        assert_eq!(typed("text", "a", "5").unwrap(), json!("5"));
        assert_eq!(typed("number", "a", "5").unwrap(), json!(5));
        assert_eq!(typed("boolean", "a", "true").unwrap(), json!(true));
        assert_eq!(typed("campaigns", "a", "x, y,").unwrap(), json!(["x", "y"]));
        assert_eq!(typed("json", "a", r#"{"b":1}"#).unwrap(), json!({"b": 1}));
        assert!(typed("number", "a", "five").is_err());
    }
}
