//! `switchhook recipes list|show`.

use crate::commands::client::{Client, escaped, query};
use crate::config::Target;
use crate::output::{self, cell, line};
use serde_json::Value;
use std::process::ExitCode;

pub async fn list(
    search: Option<String>,
    category: Option<String>,
    target: Target,
) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let filters = [("q", search), ("category", category)];
    let path = format!("/v1/recipes?{}", query(&filters));
    let found = Client::new(target)?.get(&path).await?;
    if as_json {
        output::json(&found);
        return Ok(ExitCode::SUCCESS);
    }
    let recipes = found["data"].as_array().into_iter().flatten();
    let row = |recipe: &Value| {
        ["/key", "/category", "/source", "/name"]
            .map(|field| cell(recipe, field))
            .to_vec()
    };
    let rows: Vec<Vec<String>> = recipes.map(row).collect();
    output::table(&["key", "category", "source", "name"], &rows);
    Ok(ExitCode::SUCCESS)
}

pub async fn one(recipe: &str, target: Target) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let shown = Client::new(target)?.get(&path(recipe)).await?;
    if as_json {
        output::json(&shown);
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}\n", cell(&shown, "/name"));
    println!(
        "{}\n",
        line(shown["description"].as_str().unwrap_or_default())
    );
    let inputs = shown["inputs"].as_array().into_iter().flatten();
    let row = |input: &Value| {
        let needed = match (&input["required"], &input["default"]) {
            (Value::Bool(true), Value::Null) => "needed".to_owned(),
            (_, Value::Null) => "-".to_owned(),
            (_, default) => cell(default, ""),
        };
        let mut kind = cell(input, "/type");
        for (list, name) in [("kinds", ""), ("choices", "value")] {
            let items = input[list].as_array().into_iter().flatten();
            let items = items.map(|item| match name {
                "" => cell(item, ""),
                name => cell(&item[name], ""),
            });
            let items: Vec<String> = items.collect();
            if !items.is_empty() {
                kind += &format!(" ({})", items.join(", "));
            }
        }
        vec![cell(input, "/name"), kind, needed, cell(input, "/label")]
    };
    let rows: Vec<Vec<String>> = inputs.map(row).collect();
    output::table(&["input", "type", "default", "what"], &rows);
    for problem in shown["problems"].as_array().into_iter().flatten() {
        println!(
            "WRONG {}: {}",
            cell(problem, "/path"),
            cell(problem, "/message")
        );
    }
    Ok(ExitCode::SUCCESS)
}

pub fn path(recipe: &str) -> String {
    format!("/v1/recipes/{}", escaped(recipe))
}
