//! What a step can do to the world, as a form needs it: the words and the fields of each action.

use crate::auth::{Any, Caller};
use crate::state::State;
use ::actions::{Described, DescribedField, Input};
use axum::Json;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list))
}

/// An action: what stands in a step's `do`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Action {
    #[schema(example = "http.request")]
    name: &'static str,
    #[schema(example = "HTTP request")]
    label: &'static str,
    description: &'static str,
    /// What its `with` takes, in the order of a form.
    fields: Vec<ActionField>,
    /// The kinds of connections that a step may name, see `GET /v1/connections`.
    connections: &'static [&'static str],
    /// Without a connection nothing can be done; a step that names none uses the only one of these kinds.
    needs_connection: bool,
    /// Seconds for one attempt, unless the step says otherwise.
    timeout_s: f64,
    /// How often it is tried in all, unless the step says otherwise.
    attempts: u32,
    /// What `body` may be in `save`.
    sample_answer: Value,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ActionField {
    #[schema(example = "url")]
    name: &'static str,
    #[schema(example = "URL")]
    label: &'static str,
    help: &'static str,
    #[serde(rename = "type")]
    kind: FieldType,
    required: bool,
    /// Whether `{{ secrets.name }}` may stand here.
    secrets: bool,
    /// Whether `{{ }}` may stand here.
    placeholders: bool,
    /// The values of a `choice`.
    choices: Vec<Choice>,
    example: Value,
    /// Of the fields with the same group at most one is given; its name is the group's label.
    group: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Choice {
    value: &'static str,
    label: &'static str,
}

/// What a field is filled in with. `addresses`: a mail address with or without its name,
/// or a list; `files`: a list of {name, url} or {name, text}; `phone`: a number with its country; `pairs`: an object of name and text; `json`: any JSON value; `sql`: a statement, whose placeholders are bound as values; `secret`: a text that is mostly
/// one `{{ secrets.name }}`; `auth`: a bearer token as text, `{"basic": {user, password}}` or `{"header": {name, value}}`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    Text,
    LongText,
    Sql,
    Url,
    Number,
    Addresses,
    Files,
    Phone,
    Pairs,
    Json,
    Choice,
    Secret,
    Auth,
}

impl From<Described> for Action {
    fn from(action: Described) -> Self {
        Self {
            name: action.name,
            label: action.label,
            description: action.description,
            fields: action.fields.into_iter().map(ActionField::from).collect(),
            connections: action.connections,
            needs_connection: action.needs_connection,
            timeout_s: action.timeout_s,
            attempts: action.attempts,
            sample_answer: action.sample_answer,
        }
    }
}

impl From<DescribedField> for ActionField {
    fn from(field: DescribedField) -> Self {
        let words = field.words;
        let (kind, choices) = match words.input {
            Input::Text => (FieldType::Text, [].as_slice()),
            Input::LongText => (FieldType::LongText, [].as_slice()),
            Input::Sql => (FieldType::Sql, [].as_slice()),
            Input::Url => (FieldType::Url, [].as_slice()),
            Input::Number(_) => (FieldType::Number, [].as_slice()),
            Input::Addresses => (FieldType::Addresses, [].as_slice()),
            Input::Files => (FieldType::Files, [].as_slice()),
            Input::Phone => (FieldType::Phone, [].as_slice()),
            Input::Pairs => (FieldType::Pairs, [].as_slice()),
            Input::Json => (FieldType::Json, [].as_slice()),
            Input::Choice(choices) => (FieldType::Choice, choices),
            Input::Secret => (FieldType::Secret, [].as_slice()),
            Input::Auth => (FieldType::Auth, [].as_slice()),
        };
        let choice = |(value, label): &(&'static str, &'static str)| Choice { value, label };
        Self {
            name: words.name,
            label: words.label,
            help: field.help,
            kind,
            required: field.required,
            secrets: field.secrets,
            placeholders: field.placeholders,
            choices: choices.iter().map(choice).collect(),
            example: words.example,
            group: words.group,
        }
    }
}

/// List actions
///
/// Everything a step can `do`, with the fields of its `with`.
#[utoipa::path(get, path = "/v1/actions", tag = "actions", security(("key" = [])),
    responses((status = 200, body = Vec<Action>)))]
pub async fn list(_: Caller<Any>) -> Json<Vec<Action>> {
    Json(
        ::actions::catalogue()
            .into_iter()
            .map(Action::from)
            .collect(),
    )
}
