//! Where a language model answers: OpenAI and every server that speaks its format, Anthropic, Gemini.

use super::ConnectionInput::{Choice, Secret, Text};
use super::{Connection, ConnectionField, ConnectionKind, Connector, field, needed};
use crate::builtin::{Call, llm};
use crate::failure::Fault;
use kernel::Problem;
use models::{Dialect, Price};
use serde_json::{Map, Value};

pub(crate) struct Model(&'static ConnectionKind);

/// The kinds through which a model can be asked.
pub(crate) const KINDS: [&str; 3] = ["openai", "anthropic", "gemini"];

const INPUT_PRICE: ConnectionField = field(
    "input_price",
    "Price of input",
    Text,
    "For a million tokens, such as 2.50, in your currency: steps then say what they cost.",
);
const OUTPUT_PRICE: ConnectionField = field(
    "output_price",
    "Price of output",
    Text,
    "For a million tokens, such as 10.",
);

const fn base(default: &'static str, help: &'static str) -> ConnectionField {
    ConnectionField {
        default: Some(default),
        ..field("base_url", "Base URL", Text, help)
    }
}

pub(crate) const OPENAI: Model = Model(&ConnectionKind {
    name: "openai",
    label: "Language model (OpenAI-compatible)",
    help: "OpenAI, or a server that speaks its chat completions: Azure, Groq, Mistral, OpenRouter, vLLM, Ollama, ….",
    fields: &[
        field(
            "api_key",
            "API key",
            Secret,
            "Leave it out if the server wants none.",
        ),
        needed(
            "model",
            "Model",
            Text,
            "By the server's name for it, such as gpt-5-mini.",
        ),
        base(
            "https://api.openai.com/v1",
            "What stands before /chat/completions. For Ollama http://HOST:11434/v1.",
        ),
        ConnectionField {
            default: Some("schema"),
            ..field(
                "structured",
                "Structured answers",
                Choice(&[
                    ("schema", "The server holds answers to a JSON Schema"),
                    ("json", "It makes sure of JSON alone"),
                    ("text", "It knows neither: the model is told in words"),
                ]),
                "What the server says it does not know is asked for in the next way; saying so here spares the attempt.",
            )
        },
        INPUT_PRICE,
        OUTPUT_PRICE,
    ],
});

pub(crate) const ANTHROPIC: Model = Model(&ConnectionKind {
    name: "anthropic",
    label: "Language model (Anthropic)",
    help: "Claude, by Anthropic's own API.",
    fields: &[
        needed("api_key", "API key", Secret, "Begins with sk-ant-."),
        needed("model", "Model", Text, "Such as claude-haiku-4-5."),
        base(
            "https://api.anthropic.com/v1",
            "What stands before /messages.",
        ),
        INPUT_PRICE,
        OUTPUT_PRICE,
    ],
});

pub(crate) const GEMINI: Model = Model(&ConnectionKind {
    name: "gemini",
    label: "Language model (Gemini)",
    help: "Google's models, by the Gemini API.",
    fields: &[
        needed("api_key", "API key", Secret, "Made in Google AI Studio."),
        needed("model", "Model", Text, "Such as gemini-2.5-flash."),
        base(
            "https://generativelanguage.googleapis.com/v1beta",
            "What stands before /models/MODEL:generateContent.",
        ),
        INPUT_PRICE,
        OUTPUT_PRICE,
    ],
});

/// How a connection of this kind is spoken to, and where it is unless it says otherwise.
pub(crate) fn dialect(kind: &str) -> Option<(Dialect, &'static str)> {
    let (dialect, kind) = match kind {
        "openai" => (Dialect::OpenAi, OPENAI.0),
        "anthropic" => (Dialect::Anthropic, ANTHROPIC.0),
        "gemini" => (Dialect::Gemini, GEMINI.0),
        _ => return None,
    };
    let base = kind.fields.iter().find(|field| field.name == "base_url");
    Some((dialect, base?.default?))
}

/// What is wrong with a model's name.
pub(crate) fn check_model(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-:/@+".contains(c);
    match name.len() <= 200 && !name.is_empty() && name.chars().all(plain) && !name.contains("..") {
        true => Ok(()),
        false => Err("is no name of a model: letters, digits and `._-:/@+`, at most 200".into()),
    }
}

#[async_trait::async_trait]
impl Connector for Model {
    fn kind(&self) -> &'static ConnectionKind {
        self.0
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let text = |name: &str| settings.get(name).and_then(Value::as_str);
        let mut problems = Vec::new();
        if let Some(Err(message)) = text("model").map(check_model) {
            problems.push(Problem::new("/model", message));
        }
        if let Some(Err(fault)) = text("base_url").map(crate::guard::target) {
            problems.push(Problem::new("/base_url", fault.message));
        } else if text("base_url").is_some_and(|base| base.contains(['?', '#'])) {
            let message = "ends before the `?`: the paths of requests are put behind it";
            problems.push(Problem::new("/base_url", message));
        }
        for name in ["input_price", "output_price"] {
            if text(name).is_some_and(|price| Price::amount(price).is_none()) {
                let message = "is a number such as `2.50`, with at most six decimals";
                problems.push(Problem::new(format!("/{name}"), message));
            }
        }
        if text("input_price").is_some() != text("output_price").is_some() {
            let message = "is needed where the other price is given";
            let missing = match text("input_price") {
                Some(_) => "/output_price",
                None => "/input_price",
            };
            problems.push(Problem::new(missing, message));
        }
        problems
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        llm::trial::try_out(connection, call).await.map(Some)
    }
}
