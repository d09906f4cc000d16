//! Runs as readable files: each trace in `traces/` has a flow, an event, what happens to the run, and what the run does
//! about it. `UPDATE_TRACES=1 cargo test -p kernel --test traces` writes the transcripts anew, for a person to read.
#![allow(clippy::unwrap_used)]

mod stage;
mod world;

use kernel::flow::Plan;
use kernel::id::RunId;
use kernel::run::{From, Input, Output, Run};
use serde_json::{Map, Value, json};
use stage::{Stage, failure};
use std::fmt::Write;
use std::path::Path;

#[test]
fn every_trace_runs_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traces");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 15, "only {} traces", files.len());
    let update = std::env::var_os("UPDATE_TRACES").is_some();
    let mut differences = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let trace = Trace::read(&text);
        let got = trace.play();
        if update {
            let head = text.split("== transcript").next().unwrap();
            std::fs::write(&file, format!("{head}== transcript\n{got}")).unwrap();
        } else if got != trace.transcript {
            let name = file.file_name().unwrap().display();
            write!(
                differences,
                "\n{name}:\n{}",
                difference(trace.transcript, &got)
            )
            .unwrap();
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

struct Trace<'t> {
    plan: Plan,
    /// What the flow is after `deploy`.
    later: Option<Plan>,
    event: Map<String, Value>,
    script: Vec<&'t str>,
    transcript: &'t str,
}

impl<'t> Trace<'t> {
    fn read(text: &'t str) -> Self {
        let section = |name: &str| {
            let (_, rest) = text.split_once(&format!("== {name}\n"))?;
            Some(rest.split("\n== ").next().unwrap())
        };
        let plan = |name| {
            let document: Value =
                section(name).map(|text| serde_json::from_str(text).expect(text))?;
            Some(world::plan(&document).unwrap_or_else(|problems| panic!("{problems:#?}")))
        };
        Self {
            plan: plan("flow").expect("a flow"),
            later: plan("later flow"),
            event: world::object(
                section("event").map_or(json!({}), |text| serde_json::from_str(text).unwrap()),
            ),
            script: section("script")
                .unwrap()
                .lines()
                .filter(|line| !line.is_empty())
                .collect(),
            transcript: section("transcript").unwrap_or_default(),
        }
    }

    fn play(&self) -> String {
        let mut stage = Stage {
            plan: &self.plan,
            event: &self.event,
            run: Run::new(RunId::new(1_763_000_000_000, 7, [1; 16])),
            now: world::noon(),
            due: None,
            children: Vec::new(),
            journal: Vec::new(),
            text: String::new(),
        };
        for line in &self.script {
            writeln!(stage.text, "> {line}").unwrap();
            let mut words = line.splitn(3, ' ');
            let (verb, first, rest) = (words.next().unwrap(), words.next(), words.next());
            match verb {
                "start" => stage.take(Input::Started),
                "wake" => {
                    stage.now = stage.due.take().unwrap_or(stage.now);
                    stage.take(Input::Woken);
                }
                "joined" => stage.joined(first.unwrap().parse().unwrap(), rest.unwrap()),
                "at" => stage.now = first.unwrap().parse().unwrap(),
                "wake-early" => stage.take(Input::Woken),
                "cancel" => stage.take(Input::Cancelled),
                "resume" => stage.take(Input::Resumed {
                    takeovers: first.unwrap().parse().unwrap(),
                }),
                "deploy" => stage.plan = self.later.as_ref().unwrap(),
                "replay" => {
                    let id = RunId::new(1_763_000_001_000, 7, [2; 16]);
                    let old = &stage.run;
                    let run = match (first, rest) {
                        (Some("start"), _) => Ok(Run::replay(old, id, From::Start)),
                        (Some("from"), Some(step)) => {
                            Run::replay_from(old, id, &self.plan, step, &stage.journal)
                        }
                        _ => Ok(Run::replay(old, id, From::FailedStep)),
                    };
                    match run {
                        Ok(run) => {
                            (stage.run, stage.journal) = (run, Vec::new());
                            stage.take(Input::Started);
                        }
                        Err(why) => writeln!(stage.text, "  refused: {why}").unwrap(),
                    }
                }
                "ok" => {
                    let status = first.map(|status| status.parse().unwrap());
                    let body = rest.map_or(Value::Null, |body| serde_json::from_str(body).unwrap());
                    stage.perform(Ok(Output {
                        status,
                        headers: json!({ "server": "test" }),
                        body,
                    }));
                }
                "ok-with-kib" => {
                    let body = "x"
                        .repeat(1024 * first.unwrap().parse::<usize>().unwrap())
                        .into();
                    stage.perform(Ok(Output {
                        status: Some(200),
                        headers: Value::Null,
                        body,
                    }));
                }
                "fail" => stage.perform(Err(failure(first.unwrap(), rest.unwrap_or("no")))),
                other => panic!("no such thing can happen to a run: {other}"),
            }
        }
        stage.close();
        stage.text
    }
}

/// The lines that differ, `-` as written and `+` as it is now.
fn difference(written: &str, got: &str) -> String {
    let (written, got): (Vec<_>, Vec<_>) = (written.lines().collect(), got.lines().collect());
    let same = written.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let tail = written[same..]
        .iter()
        .rev()
        .zip(got[same..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let lines = |sign: char, lines: &[&str]| {
        lines
            .iter()
            .map(|line| format!("{sign} {line}\n"))
            .collect::<String>()
    };
    let before = lines(' ', &written[same.saturating_sub(2)..same]);
    before
        + &lines('-', &written[same..written.len() - tail])
        + &lines('+', &got[same..got.len() - tail])
}
