//! The kinds of connections, as a form needs them.

use crate::auth::{Caller, Read};
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// What a connection of a kind holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionKind {
    #[schema(example = "smtp")]
    name: &'static str,
    #[schema(example = "Mail server (SMTP)")]
    label: &'static str,
    help: &'static str,
    /// In the order of a form.
    fields: Vec<ConnectionField>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionField {
    name: &'static str,
    label: &'static str,
    help: &'static str,
    #[serde(rename = "type")]
    kind: ConnectionFieldType,
    required: bool,
    /// What is meant when it is left out.
    default: Option<&'static str>,
    /// The values of a `choice`.
    choices: Vec<ConnectionChoice>,
    /// The greatest `number`.
    maximum: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionChoice {
    value: &'static str,
    label: &'static str,
}

/// `secret` is a text that is kept sealed and never shown again.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionFieldType {
    Text,
    Secret,
    Number,
    Choice,
}

/// List the kinds of connections
#[utoipa::path(get, path = "/v1/connections/kinds", tag = "connections", security(("key" = ["read"])),
    responses((status = 200, body = Vec<ConnectionKind>)))]
pub async fn kinds(_: Caller<Read>) -> Json<Vec<ConnectionKind>> {
    let kinds = actions::connection_kinds().into_iter();
    Json(kinds.map(ConnectionKind::from).collect())
}

impl From<&'static actions::ConnectionKind> for ConnectionKind {
    fn from(kind: &'static actions::ConnectionKind) -> Self {
        Self {
            name: kind.name,
            label: kind.label,
            help: kind.help,
            fields: kind.fields.iter().map(ConnectionField::from).collect(),
        }
    }
}

impl From<&'static actions::ConnectionField> for ConnectionField {
    fn from(field: &'static actions::ConnectionField) -> Self {
        use actions::ConnectionInput as Input;
        let (kind, choices, maximum) = match field.input {
            Input::Text => (ConnectionFieldType::Text, [].as_slice(), None),
            Input::Secret => (ConnectionFieldType::Secret, [].as_slice(), None),
            Input::Number(most) => (ConnectionFieldType::Number, [].as_slice(), Some(most)),
            Input::Choice(choices) => (ConnectionFieldType::Choice, choices, None),
        };
        let choice =
            |(value, label): &(&'static str, &'static str)| ConnectionChoice { value, label };
        Self {
            name: field.name,
            label: field.label,
            help: field.help,
            kind,
            required: field.required,
            default: field.default,
            choices: choices.iter().map(choice).collect(),
            maximum,
        }
    }
}
