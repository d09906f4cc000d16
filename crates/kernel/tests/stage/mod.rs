//! The stage that a run of a trace plays on: what happens to the run goes in, what it does about it is written down.

use crate::world;
use kernel::Timestamp;
use kernel::flow::Plan;
use kernel::run::{
    Child, Context, Entry, EntryKind, Failure, Input, Next, Outcome, Output, Perform, Raise,
    Retriable, Run, Status, Transition, advance,
};
use kernel::usage::Used;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::time::Duration;

/// `fail 503 yes`, `fail timeout unknown`, `fail 429 after 7`, `fail 410 gone`.
pub fn failure(code: &str, retry: &str) -> Failure {
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

pub struct Stage<'t> {
    pub plan: &'t Plan,
    pub event: &'t Map<String, Value>,
    pub run: Run,
    pub now: Timestamp,
    pub due: Option<Timestamp>,
    pub children: Vec<Run>,
    /// What the run at hand has written.
    pub journal: Vec<Entry>,
    pub text: String,
}

impl Stage<'_> {
    pub fn perform(&mut self, result: Result<Output, Failure>) {
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

    pub fn take(&mut self, input: Input) {
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
        self.journal.extend(entries);
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
    pub fn joined(&mut self, number: usize, how: &str) {
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

    pub fn close(&mut self) {
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
