//! `switchhook recipes test FILE…`: each recipe is checked and its cases are run, dry and offline. Exit 0: all is as expected;
//! 1: something is not, or a file is wrong.

use super::pass::document;
use crate::output;
use engine::recipes::{Trial, try_out};
use kernel::Problem;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

pub async fn run(files: &[PathBuf], as_json: bool) -> anyhow::Result<ExitCode> {
    let mut tried = Vec::new();
    for file in files {
        let result = match document(file) {
            Ok(document) => try_out(&document).await,
            Err(error) => Err(vec![Problem::new("", format!("{error:#}"))]),
        };
        tried.push((file, result));
    }
    let failed = tried.iter().any(|(_, result)| match result {
        Ok(trials) => trials.iter().any(|trial| !trial.ok()),
        Err(_) => true,
    });
    if as_json {
        let file = |(file, result): &(&PathBuf, Result<Vec<Trial>, Vec<Problem>>)| match result {
            Ok(trials) => json!({ "file": file, "cases": trials }),
            Err(problems) => json!({ "file": file, "problems": problems }),
        };
        let files: Value = tried.iter().map(file).collect();
        output::json(&json!({ "ok": !failed, "files": files }));
        return Ok(ExitCode::from(u8::from(failed)));
    }
    for (file, result) in &tried {
        println!("{}", file.display());
        match result {
            Ok(trials) => trials.iter().for_each(show),
            Err(problems) => problems
                .iter()
                .for_each(|problem| wrong(&problem.path, &problem.message)),
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

fn wrong(path: &str, message: &str) {
    println!(
        "  WRONG   {}: {}",
        output::line(path),
        output::line(message)
    );
}

fn show(trial: &Trial) {
    match &trial.judged {
        Err(problems) => problems
            .iter()
            .for_each(|problem| wrong(&problem.path, &problem.message)),
        Ok(judged) => {
            let verdict = if judged.ok { "ok    " } else { "FAILED" };
            println!("  {verdict}  {}", output::line(&judged.name));
            for difference in &judged.differences {
                println!("          at {}", difference.path);
                println!(
                    "            expected {}",
                    output::line(&difference.expected.to_string())
                );
                println!(
                    "            got      {}",
                    output::line(&difference.got.to_string())
                );
                if !difference.note.is_empty() {
                    println!("            {}", output::line(&difference.note));
                }
            }
        }
    }
}
