//! A recipe on the wire.

use crate::errors::Wrong;
use engine::recipes::{self, Outlook};
use jiff::Timestamp;
use kernel::id::RecipeId;
use kernel::recipe::{Input, Type};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A recipe as the gallery shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipeSummary {
    /// Null: it comes with the server.
    #[schema(required = true, value_type = Option<String>, example = "rcp_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: Option<RecipeId>,
    /// Also the `ETag`.
    version: u32,
    /// What it is called in addresses and files.
    #[schema(example = "sms-follow-up")]
    key: String,
    name: String,
    description: String,
    #[schema(example = "communication")]
    category: String,
    #[schema(required = true)]
    icon: Option<String>,
    source: Source,
    /// Event kinds that start its flow.
    on: Vec<String>,
    /// Until when a link to it works; null: there is none.
    #[schema(required = true)]
    shared_until: Option<Timestamp>,
    #[schema(required = true)]
    updated_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecipeSource)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// It comes with the server.
    BuiltIn,
    /// It was made in this workspace.
    Own,
    /// It was taken in from elsewhere.
    Imported,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Recipe {
    #[serde(flatten)]
    summary: RecipeSummary,
    /// Who saved it; null where that was not kept.
    #[schema(required = true)]
    by: Option<String>,
    /// What is asked for, in the order of a form.
    inputs: Vec<RecipeInput>,
    /// The flow that comes of its examples.
    #[schema(value_type = Object)]
    sample: Value,
    /// What is wrong with it by now: it cannot be installed as it is.
    problems: Vec<Wrong>,
    /// The whole recipe as it stands in a file; its JSON Schema is at `/schema/recipe.json`.
    #[schema(value_type = Object)]
    document: Value,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RecipeInput {
    name: String,
    label: String,
    #[serde(rename = "type")]
    kind: InputType,
    help: String,
    required: bool,
    /// What is meant when it is not given; null: nothing.
    #[schema(required = true)]
    default: Value,
    #[schema(required = true)]
    example: Value,
    /// The values of a `choice`.
    choices: Vec<RecipeChoice>,
    /// The kinds that a `connection` may have.
    kinds: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RecipeChoice {
    value: String,
    label: String,
}

/// In a `template` placeholders work; in all others they are text. A `condition` is an expression. `secret` and `connection` are names, `agents` and `campaigns`
/// lists of names.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecipeInputType)]
#[serde(rename_all = "snake_case")]
pub enum InputType {
    Text,
    LongText,
    Template,
    Condition,
    Number,
    Boolean,
    Choice,
    Url,
    Phone,
    Email,
    Secret,
    Connection,
    Agents,
    Campaigns,
    Json,
}

impl From<Type> for InputType {
    fn from(kind: Type) -> Self {
        match kind {
            Type::Text => Self::Text,
            Type::LongText => Self::LongText,
            Type::Template => Self::Template,
            Type::Condition => Self::Condition,
            Type::Number => Self::Number,
            Type::Boolean => Self::Boolean,
            Type::Choice => Self::Choice,
            Type::Url => Self::Url,
            Type::Phone => Self::Phone,
            Type::Email => Self::Email,
            Type::Secret => Self::Secret,
            Type::Connection => Self::Connection,
            Type::Agents => Self::Agents,
            Type::Campaigns => Self::Campaigns,
            Type::Json => Self::Json,
        }
    }
}

impl From<Input> for RecipeInput {
    fn from(input: Input) -> Self {
        let choice = |(value, label)| RecipeChoice { value, label };
        Self {
            name: input.name,
            label: input.label,
            kind: input.kind.into(),
            help: input.help,
            required: input.required,
            default: input.default.unwrap_or_default(),
            example: input.example.unwrap_or_default(),
            choices: input.choices.into_iter().map(choice).collect(),
            kinds: input.kinds,
        }
    }
}

impl From<&recipes::Recipe> for RecipeSummary {
    fn from(recipe: &recipes::Recipe) -> Self {
        let text = |name: &str| recipe.document[name].as_str().map(String::from);
        let on = recipe.document["flow"]["on"].as_array();
        let on = on.into_iter().flatten().filter_map(Value::as_str);
        Self {
            id: recipe.id,
            version: recipe.version,
            key: recipe.key().to_owned(),
            name: text("name").unwrap_or_default(),
            description: text("description").unwrap_or_default(),
            category: text("category").unwrap_or_default(),
            icon: text("icon"),
            source: match recipe.source() {
                recipes::Source::BuiltIn => Source::BuiltIn,
                recipes::Source::Own => Source::Own,
                recipes::Source::Imported => Source::Imported,
            },
            // Where the kind is an input, there is none yet.
            on: on
                .filter(|kind| !kind.contains("[["))
                .map(String::from)
                .collect(),
            shared_until: recipe.shared_until,
            updated_at: recipe.updated_at,
        }
    }
}

impl Recipe {
    pub fn new(recipe: recipes::Recipe, outlook: Outlook) -> Self {
        Self {
            summary: RecipeSummary::from(&recipe),
            by: recipe.by.map(|author| author.name),
            inputs: outlook.inputs.into_iter().map(RecipeInput::from).collect(),
            sample: outlook.sample,
            problems: outlook.problems.iter().map(Wrong::from).collect(),
            document: recipe.document,
        }
    }
}
