//! Twilio's messages: made by a form, listed by their receiver, newest first. Twilio knows no idempotency key for them, so the
//! list is what tells whether one was made.

use super::{Found, Platform, Sms};
use crate::builtin::{Call, Done};
use crate::connection::Connection;
use crate::connection::twilio::{API, KIND, sign_in};
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::secret::encode_component;
use http::Method;
use http::header::CONTENT_TYPE;
use kernel::Timestamp;
use kernel::run::{Failure, Retriable};
use serde_json::{Value, json};
use std::time::Duration;

pub(super) struct Twilio;

/// By how much clocks may differ.
const SKEW: Duration = Duration::from_secs(60);
/// How many of a receiver's latest messages are looked at.
const PAGE: u32 = 100;

#[async_trait::async_trait]
impl Platform for Twilio {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn draft(&self, sms: &Sms, connection: &Connection, call: &Call<'_>) -> Result<Draft, Fault> {
        let from = if is_service(&sms.from) {
            "MessagingServiceSid"
        } else {
            "From"
        };
        let pairs = [("To", &*sms.to), (from, &*sms.from), ("Body", &*sms.text)];
        let form: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", encode_component(value)))
            .collect();
        let mut draft = draft(Method::POST, "/Messages.json", connection, call)?;
        draft.default(CONTENT_TYPE, "application/x-www-form-urlencoded");
        draft.body(form.join("&"), call.secrets.shown(&shown(sms)));
        Ok(draft)
    }

    async fn send(
        &self,
        sms: &Sms,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Done, Fault> {
        let draft = self.draft(sms, connection, call)?;
        let mut done = call.http.send(draft, call).await;
        match &mut done.result {
            Ok(output) => output.body = message(&output.body, sms, false),
            Err(failure) => explain(failure, connection),
        }
        Ok(done)
    }

    async fn find(
        &self,
        sms: &Sms,
        since: Timestamp,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Found, Failure> {
        let to = encode_component(&sms.to);
        let path = format!("/Messages.json?To={to}&PageSize={PAGE}");
        let draft = draft(Method::GET, &path, connection, call)?;
        let mut done = call.http.send(draft, call).await;
        let output = match &mut done.result {
            Ok(output) => output,
            Err(failure) => {
                explain(failure, connection);
                return Err(failure.clone());
            }
        };
        let Some(list) = output.body.get("messages").and_then(Value::as_array) else {
            let message = "the platform's list of messages cannot be read";
            return Err(Code::BadResponse.because(message).into());
        };
        let since = since.saturating_sub(SKEW).unwrap_or(since);
        let Some(found) = list.iter().find(|message| is_it(message, sms, since)) else {
            return Ok(Found::NotSent);
        };
        output.body = message(found, sms, true);
        Ok(Found::Sent(Box::new(done)))
    }
}

/// Whether a listed message is the one that may have been sent. A trial account puts words before the text.
fn is_it(message: &Value, sms: &Sms, since: Timestamp) -> bool {
    let text = |name: &str| {
        message
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let made = ["date_created", "date_sent"].iter().find_map(|name| {
        let date = jiff::fmt::rfc2822::parse(text(name)).ok()?;
        Some(date.timestamp())
    });
    text("to") == sms.to
        && text("body").trim().ends_with(&sms.text)
        && text("direction") != "inbound"
        && made.is_some_and(|made| made >= since)
}

/// What later steps see of a message.
fn message(answer: &Value, sms: &Sms, found: bool) -> Value {
    let field = |name: &str| answer.get(name).cloned().unwrap_or_default();
    json!({
        "id": field("sid"), "status": field("status"), "to": sms.to, "from": field("from"),
        "segments": sms.segments, "coding": sms.coding.name(), "found": found,
    })
}

/// The form as people read it.
fn shown(sms: &Sms) -> String {
    let shown = json!({
        "to": sms.to, "from": sms.from, "text": sms.text,
        "segments": sms.segments, "coding": sms.coding.name(),
    });
    shown.to_string()
}

fn draft(
    method: Method,
    path: &str,
    connection: &Connection,
    call: &Call<'_>,
) -> Result<Draft, Fault> {
    let api = match connection.text("api_url") {
        "" => API,
        api => api.trim_end_matches('/'),
    };
    let account = connection.text("account_sid");
    let url = format!("{api}/2010-04-01/Accounts/{account}{path}");
    let mut draft = Draft::new(method, &url, &call.secrets)?;
    draft.sealed_header("authorization", &sign_in(connection), &call.secrets)?;
    call.mark(&mut draft)?;
    Ok(draft)
}

fn is_service(from: &str) -> bool {
    from.len() == 34 && from.starts_with("MG")
}

/// Twilio's own words, and what to do about the commonest.
fn explain(failure: &mut Failure, connection: &Connection) {
    let answer = failure.output.as_ref().map(|output| &output.body);
    let said = answer.and_then(|answer| {
        Some((
            answer.get("code")?.as_u64()?,
            answer.get("message")?.as_str()?,
        ))
    });
    if let Some((code, message)) = said {
        failure.message = format!("Twilio answered {code}: {message}");
    }
    if failure.status == Some(401) {
        failure.code = "sign_in".into();
        failure.message = format!(
            "Twilio does not accept the account and token of connection `{}`: correct them there",
            connection.name
        );
    }
    if let Some((20429, _)) = said {
        failure.retry = Retriable::Yes;
    }
}

/// Reads the account; nothing is sent.
pub(crate) async fn try_out(connection: &Connection, call: &Call<'_>) -> Result<String, Fault> {
    let draft = draft(Method::GET, ".json", connection, call)?;
    match call.http.send(draft, call).await.result {
        Ok(output) => {
            let field = |name: &str| {
                output
                    .body
                    .get(name)
                    .and_then(Value::as_str)
                    .unwrap_or("unknown")
                    .to_owned()
            };
            let (name, status) = (field("friendly_name"), field("status"));
            match status.as_str() {
                "active" => Ok(format!(
                    "Twilio knows the account `{name}`, which is active; nothing was sent"
                )),
                _ => Err(Code::SignIn.because(format!(
                    "the account `{name}` is {status}: see the Twilio console"
                ))),
            }
        }
        Err(mut failure) => {
            explain(&mut failure, connection);
            Err(Code::SignIn.because(failure.message))
        }
    }
}
