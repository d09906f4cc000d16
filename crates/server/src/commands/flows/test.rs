//! `switchhook flows test FILE…`: each flow is compiled and its cases are run, dry and offline. Exit 0: all is as expected;
//! 1: something is not, or a file cannot be read.

use super::format::Format;
use crate::output;
use engine::{Case, Difference, Judged, Offline};
use kernel::Problem;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Of one file.
const MAX_FILE: u64 = 4 << 20;

/// What came of one file: its cases, or what is wrong with it as a whole.
type Tested = Result<Vec<Judged>, Vec<Problem>>;

pub async fn run(files: &[PathBuf], as_json: bool) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let documents: Vec<Result<Value, Problem>> = files.iter().map(|file| read(file)).collect();
    let readable: Vec<Value> = documents.iter().flatten().cloned().collect();
    let stage = Offline::new(&readable);
    let mut tested = Vec::new();
    for (file, document) in files.iter().zip(documents) {
        let result = match document {
            Ok(document) => cases(&stage, &document).await,
            Err(problem) => Err(vec![problem]),
        };
        tested.push((file.as_path(), result));
    }
    let failed = tested.iter().any(|(_, result)| match result {
        Ok(cases) => cases.iter().any(|case| !case.ok),
        Err(_) => true,
    });
    match as_json {
        true => output::json(&document(&tested, failed)),
        false => {
            tested.iter().for_each(|(file, result)| show(file, result));
            sum_up(&tested, started);
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// Problems with the whole file have an empty path.
fn read(file: &Path) -> Result<Value, Problem> {
    let wrong = |message: String| Problem::new("", message);
    let format = Format::of(file).ok_or_else(|| wrong("is neither .json nor .yaml".into()))?;
    let size = std::fs::metadata(file)
        .map_err(|error| wrong(error.to_string()))?
        .len();
    if size > MAX_FILE {
        return Err(wrong(format!(
            "has {size} bytes, at most {MAX_FILE} are read"
        )));
    }
    let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    let parsed = format.parse(&text);
    parsed.map_err(|(line, message)| wrong(format!("line {line}: {message}")))
}

async fn cases(stage: &Offline, document: &Value) -> Tested {
    stage.check(document)?;
    let mut judged = Vec::new();
    for case in Case::read(document)? {
        judged.push(case.run(stage, document).await?);
    }
    Ok(judged)
}

fn document(tested: &[(&Path, Tested)], failed: bool) -> Value {
    let file = |(file, result): &(&Path, Tested)| match result {
        Ok(cases) => json!({"file": file, "cases": cases}),
        Err(problems) => json!({"file": file, "problems": problems}),
    };
    json!({"ok": !failed, "files": tested.iter().map(file).collect::<Value>()})
}

fn show(file: &Path, result: &Tested) {
    println!("{}", file.display());
    match result {
        Ok(cases) if cases.is_empty() => println!("  has no cases"),
        Ok(cases) => cases.iter().for_each(show_case),
        Err(problems) => {
            for Problem { path, message } in problems {
                let place = if path.is_empty() { "" } else { ": " };
                println!("  WRONG   {}", plain(&format!("{path}{place}{message}")));
            }
        }
    }
}

fn show_case(case: &Judged) {
    let verdict = if case.ok { "ok    " } else { "FAILED" };
    println!("  {verdict}  {}", plain(&case.name));
    for difference in &case.differences {
        let Difference {
            path,
            expected,
            got,
            note,
        } = difference;
        println!("          at {path}");
        println!("            expected {}", shown(expected));
        println!("            got      {}", shown(got));
        if !note.is_empty() {
            println!("            {}", plain(note));
        }
    }
}

fn sum_up(tested: &[(&Path, Tested)], started: Instant) {
    let cases = tested.iter().filter_map(|(_, result)| result.as_ref().ok());
    let cases: Vec<&Judged> = cases.flatten().collect();
    let failed = cases.iter().filter(|case| !case.ok).count();
    let wrong = tested.iter().filter(|(_, result)| result.is_err()).count();
    let files = match wrong {
        0 => String::new(),
        1 => ", 1 file is wrong".into(),
        wrong => format!(", {wrong} files are wrong"),
    };
    let took = started.elapsed().as_secs_f64() * 1000.0;
    println!(
        "{} cases, {failed} failed{files} ({took:.1} ms)",
        cases.len()
    );
}

/// On one line, and not too long.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        value => plain(&value.to_string()),
    }
}

fn plain(text: &str) -> String {
    let clean = text.chars().filter(|c| !c.is_control());
    let mut shown: String = clean.take(500).collect();
    if text.chars().count() > 500 {
        shown.push('…');
    }
    shown
}
