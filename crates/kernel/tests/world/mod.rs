//! A small world for tests of flows and runs: a few kinds of event, variables and actions, as `calls` and `actions` would
//! supply them.
#![allow(dead_code, clippy::unwrap_used)]

use kernel::flow::{
    ActionSpec, Connection, Connects, Field, Known, OnUnknown, Plan, Schema, compile, complete_ids,
};
use kernel::lang::{Path, Place};
use kernel::retry::{Retry, Schedule};
use kernel::{Problem, Timestamp};
use serde_json::{Map, Value};
use std::time::Duration;

pub struct World {
    actions: Vec<ActionSpec>,
    connections: Option<Vec<Connection>>,
}

const CALL: &[&str] = &[
    "caller_number",
    "duration",
    "status",
    "campaign_name",
    "contact",
    "call",
    "vars",
    "agent_name",
    "call_id",
    "recording_url",
    "transcript",
];
const LATE: &[&str] = &["outcome", "disposition", "summary"];

impl World {
    pub fn new() -> Self {
        let field = |name, place, required, secrets| Field {
            name,
            place,
            required,
            secrets,
            help: "",
        };
        let action = |name, fields, on_unknown| ActionSpec {
            name,
            fields,
            retry: Retry::default(),
            timeout: Duration::from_secs(15),
            on_unknown,
            settles: false,
            connects: Connects::default(),
            complete: |_| Vec::new(),
        };
        let http = ActionSpec {
            complete: |with| {
                with.entry("method").or_insert_with(|| "POST".into());
                match with.get("method").and_then(Value::as_str) {
                    Some("GET") if with.contains_key("json") => {
                        vec![Problem::new("/json", "a GET request has no body")]
                    }
                    _ => Vec::new(),
                }
            },
            ..action(
                "http.request",
                vec![
                    field("method", Place::Literal, true, false),
                    field("url", Place::Url, true, true),
                    field("headers", Place::Headers, false, true),
                    field("json", Place::Json, false, true),
                ],
                OnUnknown::Retry,
            )
        };
        let webhook = ActionSpec {
            retry: Retry {
                attempts: 3,
                schedule: Schedule::Fixed([5, 300].map(Duration::from_secs).to_vec()),
            },
            ..action(
                "webhook.send",
                vec![field("url", Place::Url, true, false)],
                OnUnknown::Retry,
            )
        };
        let text = |name| field(name, Place::Text, true, false);
        let sms = action("sms.send", vec![text("to"), text("text")], OnUnknown::Stop);
        let subject = field("subject", Place::Text, false, false);
        let mail_kinds = Connects {
            kinds: &["smtp"],
            required: true,
        };
        // A platform that says which messages it has.
        let message = ActionSpec {
            settles: true,
            ..action("message.send", vec![text("to")], OnUnknown::Stop)
        };
        let mail = action(
            "email.send",
            vec![text("to"), subject, text("text")],
            OnUnknown::Retry,
        );
        let mail = ActionSpec {
            connects: mail_kinds,
            ..mail
        };
        let optional = |name| field(name, Place::Text, false, false);
        let appointment = ActionSpec {
            connects: Connects {
                kinds: &["caldav", "smtp"],
                required: true,
            },
            ..action(
                "calendar.create",
                vec![
                    text("title"),
                    text("start"),
                    optional("zone"),
                    optional("attendees"),
                    optional("description"),
                ],
                OnUnknown::Retry,
            )
        };
        let http = ActionSpec {
            connects: Connects {
                kinds: &["bearer", "basic"],
                required: false,
            },
            ..http
        };
        let ask = ActionSpec {
            connects: Connects {
                kinds: &["openai"],
                required: true,
            },
            ..action(
                "llm.ask",
                vec![
                    text("prompt"),
                    field("fallback_connection", Place::Literal, false, false),
                ],
                OnUnknown::Retry,
            )
        };
        let insert = ActionSpec {
            connects: Connects {
                kinds: &["postgres", "mysql", "sqlite"],
                required: true,
            },
            ..action(
                "sql.insert",
                vec![text("table"), field("values", Place::Json, true, false)],
                OnUnknown::Stop,
            )
        };
        let code = action(
            "code.run",
            vec![
                field("code", Place::Program, true, false),
                field("inputs", Place::Json, false, false),
            ],
            OnUnknown::Retry,
        );
        Self {
            actions: vec![
                http,
                webhook,
                sms,
                message,
                mail,
                appointment,
                insert,
                ask,
                code,
            ],
            connections: None,
        }
    }

    /// The same in a workspace that has these connections: name, id and kind.
    pub fn with_connections(list: &[(&str, &str, &str)]) -> Self {
        let known = |(name, id, kind): &(&str, &str, &str)| Connection {
            id: (*id).into(),
            name: (*name).into(),
            kind: (*kind).into(),
        };
        Self {
            connections: Some(list.iter().map(known).collect()),
            ..Self::new()
        }
    }
}

impl Schema for World {
    fn kinds(&self) -> &[&'static str] {
        &[
            "call.dialing",
            "call.answered",
            "call.ended",
            "call.analyzed",
            "tool.called",
            "run.failed",
            "flow.failing",
            "flow.paused",
            "destination.failing",
            "budget.reached",
        ]
    }

    fn variable(&self, path: &Path, kind: &str) -> Known {
        let root = path.root.as_str();
        match root {
            "args" if kind == "tool.called" => Known::Yes,
            "args" => Known::Never("a tool's arguments exist only at `tool.called`".into()),
            _ if CALL.contains(&root) => Known::Yes,
            _ if LATE.contains(&root) && kind == "call.ended" => Known::Late,
            _ if LATE.contains(&root) && kind == "call.analyzed" => Known::Yes,
            _ if LATE.contains(&root) => Known::Never("it is known only after the call".into()),
            _ => Known::Unknown(None),
        }
    }

    fn action(&self, name: &str) -> Option<&ActionSpec> {
        self.actions.iter().find(|action| action.name == name)
    }

    fn actions(&self) -> Vec<&str> {
        self.actions.iter().map(|action| action.name).collect()
    }

    fn connections(&self) -> Option<&[Connection]> {
        self.connections.as_deref()
    }
}

pub fn plan(document: &Value) -> Result<Plan, Vec<Problem>> {
    let mut document = document.clone();
    complete_ids(&mut document);
    compile(&document, &World::new())
}

/// The problems of a document, `path: message` each.
pub fn problems(document: &Value) -> Vec<String> {
    let problems = compile(document, &World::new()).err().unwrap_or_default();
    problems
        .into_iter()
        .map(|problem| format!("{}: {}", problem.path, problem.message))
        .collect()
}

pub fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}

/// Gives each loop whose item is called `NAME` a name of its own.
pub fn name_items(document: Value) -> Value {
    let mut text = document.to_string();
    for number in 0.. {
        let Some(at) = text.find("\"NAME\"") else {
            break;
        };
        text.replace_range(at..at + 6, &format!("\"n{number}\""));
    }
    serde_json::from_str(&text).unwrap()
}
