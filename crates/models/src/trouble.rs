//! What a server's refusal says, in whichever shape: its words, and whether a person must do something about it.

use serde_json::Value;

const LONGEST: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The server's own words; empty: it says nothing.
    pub message: String,
    pub cause: Cause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The key is missing, wrong, or not allowed to do this.
    Key,
    /// There is no such model, or nothing at this address.
    NotFound,
    /// The account has used up what was paid for.
    Credit,
    /// The vendor keeps this question or its answer back.
    Content,
    Other,
}

impl Trouble {
    pub fn read(status: u16, body: &Value) -> Self {
        let body = match body {
            Value::Array(list) => list.first().unwrap_or(body),
            body => body,
        };
        let error = body.get("error").unwrap_or(body);
        let said = [
            error.get("message"),
            Some(error),
            body.get("message"),
            body.get("detail"),
        ];
        let said = said.into_iter().flatten().find_map(Value::as_str);
        let message: String = said.unwrap_or_default().chars().take(LONGEST).collect();
        let codes: Vec<&str> = ["code", "type", "status"]
            .iter()
            .filter_map(|name| error.get(name)?.as_str())
            .collect();
        let reasons = error.get("details").and_then(Value::as_array);
        let mut reasons = reasons.into_iter().flatten();
        let bad_key =
            reasons.any(|detail| detail.get("reason").is_some_and(|r| r == "API_KEY_INVALID"));
        let is = |code: &str| codes.contains(&code);
        let cause = match status {
            401 | 403 => Cause::Key,
            _ if bad_key || message.starts_with("API key not valid") => Cause::Key,
            _ if is("insufficient_quota") || is("billing_error") => Cause::Credit,
            402 => Cause::Credit,
            _ if message.contains("credit balance is too low") => Cause::Credit,
            _ if is("content_filter") || is("content_policy_violation") => Cause::Content,
            404 => Cause::NotFound,
            _ if is("model_not_found") => Cause::NotFound,
            _ => Cause::Other,
        };
        Self { message, cause }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_shape_of_a_refusal_is_read() {
        for (status, body, message, cause) in [
            (
                401,
                json!({ "error": { "message": "Incorrect API key", "type": "invalid_request_error", "code": "invalid_api_key" } }),
                "Incorrect API key",
                Cause::Key,
            ),
            (
                400,
                json!([{ "error": { "code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT" } }]),
                "API key not valid. Please pass a valid API key.",
                Cause::Key,
            ),
            (
                400,
                json!({ "error": { "message": "No.", "details": [{ "reason": "API_KEY_INVALID" }] } }),
                "No.",
                Cause::Key,
            ),
            (
                529,
                json!({ "type": "error", "error": { "type": "overloaded_error", "message": "Overloaded" } }),
                "Overloaded",
                Cause::Other,
            ),
            (
                429,
                json!({ "error": { "message": "You exceeded your current quota", "code": "insufficient_quota" } }),
                "You exceeded your current quota",
                Cause::Credit,
            ),
            (
                400,
                json!({ "error": { "message": "filtered", "code": "content_filter" } }),
                "filtered",
                Cause::Content,
            ),
            (
                404,
                json!({ "error": "model 'x' not found" }),
                "model 'x' not found",
                Cause::NotFound,
            ),
            (
                422,
                json!({ "detail": "no such field" }),
                "no such field",
                Cause::Other,
            ),
            (
                400,
                json!({ "object": "error", "message": "too long" }),
                "too long",
                Cause::Other,
            ),
            (
                502,
                json!("<html>bad gateway</html>"),
                "<html>bad gateway</html>",
                Cause::Other,
            ),
            (500, json!(null), "", Cause::Other),
            (400, json!([]), "", Cause::Other),
        ] {
            let trouble = Trouble::read(status, &body);
            assert_eq!(
                (&*trouble.message, trouble.cause),
                (message, cause),
                "{body}"
            );
        }
    }
}
