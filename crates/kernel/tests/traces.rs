//! Runs as readable files: each trace in `traces/` has a flow, an event, what happens to the run, and what the run does
//! about it. `UPDATE_TRACES=1 cargo test -p kernel --test traces` writes the transcripts anew, for a person to read.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::Timestamp;
use kernel::flow::Plan;
use kernel::id::RunId;
use kernel::run::{
    Child, Context, Entry, EntryKind, Failure, From, Input, Next, Outcome, Output, Perform, Raise,
    Retriable, Run, Status, Transition, advance,
};
use kernel::usage::Used;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

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
                    let from = if first == Some("start") {
                        From::Start
                    } else {
                        From::FailedStep
                    };
                    stage.run =
                        Run::replay(&stage.run, RunId::new(1_763_000_001_000, 7, [2; 16]), from);
                    stage.take(Input::Started);
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

/// `fail 503 yes`, `fail timeout unknown`, `fail 429 after 7`, `fail 410 gone`.
fn failure(code: &str, retry: &str) -> Failure {
    let status: Option<u16> = code.parse().ok();
    let body = json!({ "why": "the receiver says so" });
    Failure {
        code: if status.is_some() {
            "http_status"
        } else {
            code
        }
        .into(),
        message: status.map_or_else(
            || format!("the receiver: {code}"),
            |status| format!("answered {status}"),
        ),
        step: String::new(),
        status,
        output: status.map(|_| Output {
            status,
            headers: Value::Null,
            body,
        }),
        retry: match retry.split_once(' ') {
            Some(("after", seconds)) => {
                Retriable::After(Duration::from_secs(seconds.parse().unwrap()))
            }
            _ => serde_json::from_value(retry.into()).unwrap(),
        },
    }
}

struct Stage<'t> {
    plan: &'t Plan,
    event: &'t Map<String, Value>,
    run: Run,
    now: Timestamp,
    due: Option<Timestamp>,
    children: Vec<Run>,
    text: String,
}

impl Stage<'_> {
    fn perform(&mut self, result: Result<Output, Failure>) {
        let started_at = self.now;
        self.now += Duration::from_millis(120);
        let queued = Duration::from_millis(3);
        let outcome = Outcome {
            result,
            exchange: None,
            used: Used::default(),
            started_at,
            ended_at: self.now,
            queued,
        };
        self.take(Input::Performed(Box::new(outcome)));
    }

    fn take(&mut self, input: Input) {
        let before = self.run.clone();
        let context = Context {
            plan: self.plan,
            event: self.event,
            now: self.now,
        };
        let Transition {
            run,
            entries,
            next,
            reply,
            raise,
            cancel,
        } = advance(&context, before.clone(), input);
        assert_eq!(
            serde_json::from_value::<Run>(json!(run)).unwrap(),
            run,
            "a run survives the disk"
        );
        assert_eq!(run.status.is_final(), matches!(next, Next::End));
        for Raise { kind, said } in raise {
            let (error, failed) = (&said["error"], &said["failed"]);
            let told = [&error["code"], &error["step"], &failed["attempts"]];
            writeln!(
                self.text,
                "  raise {kind} {}",
                told.map(Value::to_string).join(" ")
            )
            .unwrap();
        }
        for (number, entry) in (before.entries..).zip(&entries) {
            assert_eq!(entry.number, number);
            self.line(entry);
        }
        assert_eq!(run.entries, before.entries + entries.len() as u32);
        if let Some(reply) = reply {
            writeln!(self.text, "  reply {reply}").unwrap();
        }
        for child in cancel {
            let number = self.children.iter().position(|known| known.id == child);
            writeln!(self.text, "  cancel child {}", number.unwrap()).unwrap();
        }
        match next {
            Next::Perform(perform) => self.performs(&perform, run.intent),
            Next::Sleep { until } => {
                self.due = Some(until);
                writeln!(self.text, "  -> sleep {}", seconds(self.now, until)).unwrap();
            }
            Next::Await { spawn, until } => {
                self.due = until.or(self.due);
                let until = until.map(|until| format!(" for {}", seconds(self.now, until)));
                let until = until.unwrap_or_default();
                writeln!(self.text, "  -> await {}{until}", run.awaits().len()).unwrap();
                for child in spawn {
                    self.child(&child);
                }
            }
            Next::AsBefore => writeln!(self.text, "  -> as before").unwrap(),
            Next::End => writeln!(self.text, "  -> end {}", word(&run.status)).unwrap(),
        }
        self.run = run;
    }

    fn child(&mut self, child: &Child) {
        let parent = child.run.parent.as_ref().unwrap();
        let above = parent
            .above
            .iter()
            .map(|(step, index)| format!("{step}/{index}/"));
        let above: String = above.collect();
        let flow = child.flow.as_ref().map(|flow| format!(" of `{flow}`"));
        writeln!(
            self.text,
            "     child {}: {} {} {}{} at {above} sees {}",
            self.children.len(),
            json!(parent.part).as_str().unwrap(),
            parent.step,
            parent.number,
            flow.unwrap_or_default(),
            json!(parent.given),
        )
        .unwrap();
        self.children.push(child.run.clone());
    }

    /// `joined 0 {"x": 1}`, `joined 1 failed 400`, `joined 2 cancelled`, `joined 0 stopped`.
    fn joined(&mut self, number: usize, how: &str) {
        let mut child = self.children[number].clone();
        let (word, rest) = how.split_once(' ').unwrap_or((how, ""));
        child.status = match word {
            "failed" => Status::Failed,
            "cancelled" => Status::Cancelled,
            _ => Status::Succeeded,
        };
        match word {
            "failed" => child.failure = Some(failure(rest, "no")),
            "stopped" => child.halted = true,
            "cancelled" => {}
            _ => child.saved = world::object(serde_json::from_str(how).unwrap()),
        }
        self.take(Input::Joined(vec![child.joined().unwrap()]));
    }

    fn line(&mut self, entry: &Entry) {
        let rounds = entry
            .rounds
            .iter()
            .map(|(step, index)| format!("{step}/{index}/"));
        let step: String = rounds.chain([entry.step.clone()]).collect();
        let mut line = format!("  {} {} {step}", entry.number, word(&entry.kind));
        if let Some(action) = &entry.action {
            write!(line, " {action} attempt {}", entry.attempt).unwrap();
        }
        write!(line, ": {}", word(&entry.result)).unwrap();
        if entry.kind == EntryKind::Do && entry.queued_us > 0 {
            let took = entry.ended_at.duration_since(entry.started_at).as_millis();
            write!(line, " in {took} ms, queued {} ms", entry.queued_us / 1000).unwrap();
        }
        if let Some(error) = &entry.error {
            write!(line, ", {}: {}", error.code, error.message).unwrap();
        }
        if let Some(retry_at) = entry.retry_at {
            write!(line, ", again in {}", seconds(self.now, retry_at)).unwrap();
        }
        if !entry.warnings.is_empty() {
            write!(line, ", missing {}", entry.warnings.join(" ")).unwrap();
        }
        if !entry.detail.is_null() {
            write!(line, " {}", short(&entry.detail.to_string())).unwrap();
        }
        writeln!(self.text, "{line}").unwrap();
    }

    fn performs(&mut self, perform: &Perform, intent: bool) {
        let Perform {
            step,
            action,
            attempt,
            timeout,
            ..
        } = perform;
        let with = json!(perform.with).to_string();
        let with = with.replace('\u{FDD0}', "«").replace('\u{FDD1}', "»");
        let intent = if intent { " once" } else { "" };
        let key = &perform.key[..6];
        write!(
            self.text,
            "  -> perform{intent} {step} {action} attempt {attempt} key {key}…"
        )
        .unwrap();
        if let Some(connection) = &perform.connection {
            write!(self.text, " as {connection}").unwrap();
        }
        if let Some(since) = &perform.unsure_since {
            write!(self.text, " unsure for {}", seconds(*since, self.now)).unwrap();
        }
        writeln!(self.text, " within {} s {with}", timeout.as_secs_f64()).unwrap();
    }

    fn close(&mut self) {
        for (name, kept) in [("saved", &self.run.saved), ("steps", &self.run.steps)] {
            if !kept.is_empty() {
                writeln!(self.text, "{name} {}", short(&json!(kept).to_string())).unwrap();
            }
        }
        if let Some(failure) = &self.run.failure {
            writeln!(
                self.text,
                "failed at {}: {}: {}",
                failure.step, failure.code, failure.message
            )
            .unwrap();
        }
    }
}

fn word(value: &impl serde::Serialize) -> String {
    json!(value).as_str().unwrap().to_owned()
}

fn seconds(from: Timestamp, to: Timestamp) -> String {
    format!("{:.1} s", to.duration_since(from).as_secs_f64())
}

fn short(text: &str) -> String {
    match text.len() {
        ..=300 => text.to_owned(),
        length => format!("{}… ({length} bytes)", &text[..60]),
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
