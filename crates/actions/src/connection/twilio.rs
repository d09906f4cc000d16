//! `twilio`: an account that sends text messages.

use super::ConnectionInput::{Secret, Text};
use super::{Connection, ConnectionField, ConnectionKind, Connector, field, needed};
use crate::builtin::{Call, sms};
use crate::failure::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::Problem;
use serde_json::{Map, Value};

pub(crate) struct Twilio;

pub(crate) const KIND: ConnectionKind = ConnectionKind {
    name: "twilio",
    label: "Twilio",
    help: "Sends text messages. The values are on the first page of the Twilio console.",
    fields: &[
        needed("account_sid", "Account SID", Text, "Begins with AC."),
        needed(
            "auth_token",
            "Auth token",
            Secret,
            "Or the secret of an API key.",
        ),
        field(
            "api_key",
            "API key",
            Text,
            "Begins with SK: give it if the secret above is an API key's.",
        ),
        needed(
            "from",
            "From",
            Text,
            "A number of yours such as +14155550100, a sender's name, or a messaging service (MG…).",
        ),
        ConnectionField {
            default: Some(API),
            ..field(
                "api_url",
                "API address",
                Text,
                "Another one for accounts outside the United States.",
            )
        },
    ],
};

pub(crate) const API: &str = "https://api.twilio.com";

/// What a request to the account says of who it is from.
pub(crate) fn sign_in(connection: &Connection) -> String {
    let user = match connection.text("api_key") {
        "" => connection.text("account_sid"),
        key => key,
    };
    let pair = format!("{user}:{}", connection.text("auth_token"));
    format!("Basic {}", STANDARD.encode(pair))
}

#[async_trait::async_trait]
impl Connector for Twilio {
    fn kind(&self) -> &'static ConnectionKind {
        &KIND
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let text = |name: &str| {
            settings
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let mut problems = Vec::new();
        let sid = |text: &str, prefix: &str| {
            text.len() == 34
                && text.starts_with(prefix)
                && text[2..].bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        if !sid(text("account_sid"), "AC") {
            problems.push(Problem::new(
                "/account_sid",
                "is `AC` and 32 hexadecimal digits",
            ));
        }
        if !text("api_key").is_empty() && !sid(text("api_key"), "SK") {
            problems.push(Problem::new(
                "/api_key",
                "is `SK` and 32 hexadecimal digits",
            ));
        }
        let from = text("from");
        // A sender's name: up to 11 letters, digits and spaces, one letter at least.
        let name = from.len() <= 11
            && from
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
            && from.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !sid(from, "MG") && !name && !sms::is_e164(from) {
            let message = format!(
                "`{from}` is no number with its country (`+14155550100`), sender's name or `MG…`"
            );
            problems.push(Problem::new("/from", message));
        }
        let api = text("api_url");
        if let Some(Err(fault)) = (!api.is_empty()).then(|| crate::guard::target(api)) {
            problems.push(Problem::new("/api_url", fault.message));
        }
        problems
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        sms::twilio::try_out(connection, call).await.map(Some)
    }
}
