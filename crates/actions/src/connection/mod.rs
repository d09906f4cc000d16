//! Connections: a workspace's named credentials of a kind. A kind is described as data beside what it is used for: a file and
//! a line here; checks, screens and documentation follow from that. Values come from the engine, when a step needs them.

pub(crate) mod caldav;
pub(crate) mod database;
pub(crate) mod directory;
mod http_auth;
pub(crate) mod model;
pub(crate) mod s3;
pub(crate) mod smtp;
pub(crate) mod twilio;
pub(crate) mod vonage;

use crate::builtin::Call;
use crate::failure::{Code, Fault};
use kernel::problem::{Problem, below};
use kernel::run::{Failure, Retriable};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

const LONGEST: usize = 16 << 10;

/// A connection with its secrets: never printed, never stored.
pub struct Connection {
    pub id: String,
    /// Counts its changes.
    pub version: u32,
    pub name: String,
    pub kind: String,
    /// Values of fields that are no secret.
    pub settings: Map<String, Value>,
    pub secrets: BTreeMap<String, Arc<str>>,
}

impl Connection {
    /// A text field, or a secret; empty when it is not set.
    pub(crate) fn text(&self, field: &str) -> &str {
        let secret = self.secrets.get(field).map(|secret| &**secret);
        let plain = self.settings.get(field).and_then(Value::as_str);
        secret.or(plain).unwrap_or_default()
    }

    pub(crate) fn number(&self, field: &str) -> Option<u64> {
        self.settings.get(field).and_then(Value::as_u64)
    }
}

/// Why a step has no connection, for people.
#[derive(Debug)]
pub enum NoConnection {
    /// There is none to use.
    Missing(String),
    /// It could not be looked up now.
    Away(String),
}

impl NoConnection {
    pub(crate) fn failure(self) -> Failure {
        match self {
            Self::Missing(why) => Code::ConnectionMissing.because(why).into(),
            Self::Away(why) => Failure {
                retry: Retriable::Yes,
                ..Code::ConnectionMissing.because(why).into()
            },
        }
    }
}

/// What a connection of a kind holds, and what it is for.
#[derive(Debug)]
pub struct ConnectionKind {
    pub name: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    /// In the order of the form.
    pub fields: &'static [ConnectionField],
}

#[derive(Debug)]
pub struct ConnectionField {
    pub name: &'static str,
    pub label: &'static str,
    pub input: ConnectionInput,
    pub required: bool,
    pub help: &'static str,
    /// What is meant when it is left out.
    pub default: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionInput {
    Text,
    /// Sealed, and never shown again.
    Secret,
    /// A whole number from 1 to this.
    Number(u64),
    /// A value and the words for it.
    Choice(&'static [(&'static str, &'static str)]),
}

/// What came of trying a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// `None`: there was nothing to try.
    pub works: Option<bool>,
    /// What was found, or what is wrong and what to do.
    pub message: String,
}

#[async_trait::async_trait]
pub(crate) trait Connector: Send + Sync {
    fn kind(&self) -> &'static ConnectionKind;

    /// What is wrong with settings that are each well formed.
    fn check(&self, _settings: &Map<String, Value>) -> Vec<Problem> {
        Vec::new()
    }

    /// Uses the connection without leaving a trace. What was found; `None`: there is nothing to try.
    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault>;
}

/// Every kind, a line each.
pub(crate) const ALL: &[&dyn Connector] = &[
    &smtp::Smtp,
    &caldav::CalDav,
    &twilio::Twilio,
    &vonage::Vonage,
    &directory::Directory,
    &s3::S3,
    &database::POSTGRES,
    &database::MYSQL,
    &database::Sqlite,
    &http_auth::BEARER,
    &http_auth::BASIC,
    &http_auth::HEADER,
    &model::OPENAI,
    &model::ANTHROPIC,
    &model::GEMINI,
];

pub fn connection_kinds() -> Vec<&'static ConnectionKind> {
    ALL.iter().map(|connector| connector.kind()).collect()
}

pub(crate) fn find(kind: &str) -> Option<&'static dyn Connector> {
    ALL.iter()
        .copied()
        .find(|connector| connector.kind().name == kind)
}

/// All that is wrong with the fields of a connection; paths are relative to them. `sealed` names the secrets that it has already
/// and keeps where they are not given.
pub fn check_connection(
    kind: &str,
    fields: &Map<String, Value>,
    sealed: &[String],
) -> Vec<Problem> {
    let Some(connector) = find(kind) else {
        return Vec::new();
    };
    let kind = connector.kind();
    let mut problems = Vec::new();
    for name in fields.keys() {
        if !kind.fields.iter().any(|field| field.name == name) {
            let known: Vec<_> = kind.fields.iter().map(|field| field.name).collect();
            let message = format!(
                "a `{}` connection has no such field; it has {}",
                kind.name,
                known.join(", ")
            );
            problems.push(Problem::new(below("", name), message));
        }
    }
    for field in kind.fields {
        let given = fields.get(field.name).filter(|value| !value.is_null());
        let message = match given {
            None if field.required && !sealed.iter().any(|name| name == field.name) => {
                Some("is needed".to_owned())
            }
            None => None,
            Some(value) => field.input.wrong(value),
        };
        problems.extend(message.map(|message| Problem::new(below("", field.name), message)));
    }
    if problems.is_empty() {
        problems.extend(connector.check(fields));
    }
    problems
}

impl ConnectionInput {
    fn wrong(self, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::Number(most), value) => {
                let fits = value
                    .as_u64()
                    .is_some_and(|number| (1..=most).contains(&number));
                (!fits).then(|| format!("is a whole number from 1 to {most}"))
            }
            (Self::Choice(choices), value) => {
                let known = choices
                    .iter()
                    .any(|(choice, _)| value.as_str() == Some(choice));
                let names: Vec<_> = choices.iter().map(|(choice, _)| *choice).collect();
                (!known).then(|| format!("is one of {}", names.join(", ")))
            }
            (_, Value::String(text)) if text.trim().is_empty() => Some("is empty".into()),
            (_, Value::String(text)) if text.len() > LONGEST => {
                Some(format!("has more than {LONGEST} bytes"))
            }
            // A key in PEM has lines.
            (Self::Secret, Value::String(_)) => None,
            (_, Value::String(text)) if text.chars().any(char::is_control) => {
                Some("holds a line break or another control character".into())
            }
            (_, Value::String(_)) => None,
            (_, _) => Some("is a text".into()),
        }
    }
}

const fn field(
    name: &'static str,
    label: &'static str,
    input: ConnectionInput,
    help: &'static str,
) -> ConnectionField {
    ConnectionField {
        name,
        label,
        input,
        required: false,
        help,
        default: None,
    }
}

const fn needed(
    name: &'static str,
    label: &'static str,
    input: ConnectionInput,
    help: &'static str,
) -> ConnectionField {
    ConnectionField {
        required: true,
        ..field(name, label, input, help)
    }
}

#[cfg(test)]
mod tests;
