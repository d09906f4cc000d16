//! How a server is asked: what it knows of JSON Schema, and what it calls the limit of tokens. What it does not know it says
//! in a refusal, and from that follows the next manner, which asks for less; never more than a few times.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The server holds the answer to the schema.
    Schema,
    /// The server makes sure of JSON (OpenAI, Gemini), or of a tool's input (Anthropic).
    Json,
    /// The model is told, and nobody makes sure.
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    pub way: Way,
    /// `max_completion_tokens` instead of `max_tokens`, of OpenAI's format.
    pub completion_tokens: bool,
}

/// What a refusal of the schema names.
const OF_SCHEMA: [&str; 7] = [
    "response_format",
    "json_schema",
    "responsejsonschema",
    "response_json_schema",
    "output_config",
    "output_format",
    "schema",
];
/// What a refusal of JSON alone names.
const OF_JSON: [&str; 6] = [
    "response_format",
    "json",
    "tool",
    "responsemimetype",
    "response_mime_type",
    "mime",
];

impl Manner {
    /// The next manner after a refusal with this status and message; `None`: it is about something else.
    pub fn after(self, status: u16, message: &str, has_schema: bool) -> Option<Manner> {
        if !matches!(status, 400 | 404 | 422 | 501) {
            return None;
        }
        let message = message.to_lowercase();
        if message.contains("max_completion_tokens") {
            // Either it wants that name or does not know it; the second time it means something else.
            let wants = message.contains("use 'max_completion_tokens'")
                || message.contains("use `max_completion_tokens`")
                || message.contains("use \"max_completion_tokens\"");
            return (wants != self.completion_tokens).then_some(Manner {
                completion_tokens: !self.completion_tokens,
                ..self
            });
        }
        let names = |words: &[&str]| words.iter().any(|word| message.contains(word));
        let way = match self.way {
            Way::Schema if names(&OF_SCHEMA) => Way::Json,
            Way::Json if names(&OF_JSON) => Way::Text,
            _ => return None,
        };
        has_schema.then_some(Manner { way, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Manner = Manner {
        way: Way::Schema,
        completion_tokens: false,
    };

    #[test]
    fn what_a_server_does_not_know_is_not_asked_again() {
        let said = "This response_format type is unavailable now";
        let json = FIRST.after(400, said, true).unwrap();
        assert_eq!(json.way, Way::Json);
        let text = json.after(422, "unknown field response_format", true);
        assert_eq!(text.unwrap().way, Way::Text);
        assert_eq!(text.unwrap().after(400, said, true), None);
        let gemini = "Invalid JSON payload received. Unknown name \"responseJsonSchema\"";
        assert_eq!(FIRST.after(400, gemini, true).unwrap().way, Way::Json);
        let anthropic = "output_config.format: Extra inputs are not permitted";
        assert_eq!(FIRST.after(400, anthropic, true).unwrap().way, Way::Json);
        for (status, said) in [
            (400, "the prompt is too long"),
            (401, "response_format"),
            (429, "schema"),
        ] {
            assert_eq!(FIRST.after(status, said, true), None, "{said}");
        }
        assert_eq!(FIRST.after(400, said, false), None);
    }

    #[test]
    fn the_limits_other_name_is_tried_once_each_way() {
        let wants = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
        let newer = FIRST.after(400, wants, false).unwrap();
        assert!(newer.completion_tokens);
        assert_eq!(newer.after(400, wants, false), None);
        let unknown = "Unrecognized request argument supplied: max_completion_tokens";
        assert_eq!(newer.after(400, unknown, false), Some(FIRST));
        assert_eq!(FIRST.after(400, unknown, false), None);
    }
}
