//! A message as it came, for people who look for what is wrong with it: without what proves its sender, and never more than a part
//! of it.

use crate::body::without_mark;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

const MOST_BODY: usize = 64 << 10;
const MOST_HEADERS: usize = 64;
const LONGEST: usize = 1_000;
const MASK: &str = "••••";
/// Shorter settings of an endpoint are no secrets.
const SECRET: usize = 6;
/// Names with these in them have proofs as values.
const PROOFS: [&str; 8] = [
    "auth", "cookie", "secret", "token", "key", "sign", "password", "hmac",
];

/// A message as it came. What proves its sender is masked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ArrivalRequest)]
pub struct Request {
    pub method: String,
    #[schema(required = true)]
    pub query: Option<String>,
    #[schema(value_type = Vec<Vec<String>>)]
    pub headers: Vec<(String, String)>,
    /// At most 64 KiB of it, where it was not accepted: what was is in its call.
    #[schema(required = true)]
    pub body: Option<String>,
    /// How long the body was.
    pub bytes: u64,
    /// The body was longer than what is kept.
    pub cut: bool,
}

impl Request {
    /// `auth`: what the endpoint checks signatures with.
    pub fn new(message: &providers::Request<'_>, auth: &Value) -> Self {
        let text = String::from_utf8_lossy(without_mark(message.body));
        let mut body = start(&text, MOST_BODY).to_owned();
        for secret in secrets(message, auth) {
            body = body.replace(secret, MASK);
        }
        Self {
            body: Some(body),
            cut: text.len() > MOST_BODY,
            ..Self::without_body(message, auth)
        }
    }

    /// The body is kept elsewhere.
    pub fn without_body(message: &providers::Request<'_>, auth: &Value) -> Self {
        let secrets = secrets(message, auth);
        let mask = |name: &str, value: &str| match is_proof(name, value, &secrets) {
            true => MASK.to_owned(),
            false => start(value, LONGEST).to_owned(),
        };
        let headers = message.headers.iter().take(MOST_HEADERS);
        let headers =
            headers.map(|(name, value)| (start(name, LONGEST).to_owned(), mask(name, value)));
        let (_, query) = message.url.split_once('?').unwrap_or_default();
        let query = query.split('&').filter(|pair| !pair.is_empty());
        let query = query.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            format!("{name}={}", mask(name, value))
        });
        let query: Vec<_> = query.take(MOST_HEADERS).collect();
        Self {
            method: message.method.to_owned(),
            query: (!query.is_empty()).then(|| query.join("&")),
            headers: headers.collect(),
            body: None,
            bytes: message.body.len() as u64,
            cut: false,
        }
    }
}

/// What the endpoint checks with, and the end of its address: proxies repeat it in headers.
fn secrets<'a>(message: &providers::Request<'a>, auth: &'a Value) -> Vec<&'a str> {
    let texts = auth.as_object().into_iter().flat_map(|auth| auth.values());
    let texts = texts.filter_map(Value::as_str);
    let path = message.url.split('?').next().unwrap_or_default();
    let texts = texts.chain(path.rsplit('/').next());
    texts.filter(|text| text.len() >= SECRET).collect()
}

/// By its name, by a name that the endpoint's settings give, or by what is in it.
fn is_proof(name: &str, value: &str, secrets: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    PROOFS.iter().any(|proof| name.contains(proof))
        || secrets
            .iter()
            .any(|secret| secret.eq_ignore_ascii_case(&name) || value.contains(secret))
}

/// At most so many bytes of a text.
fn start(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn came(body: &[u8]) -> Request {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let headers = [
            header("authorization", "Bearer canary"),
            header("x-twilio-signature", "canary"),
            header("x-our-own", "canary"),
            header("x-odd", "v1=swordfish"),
            header("x-original-uri", "/v1/in/address?kind=a"),
            header("referer", "https://hooks.example/v1/in/address"),
            header("content-type", "application/json"),
        ];
        let message = providers::Request {
            method: "POST",
            url: "https://hooks.example/v1/in/address?kind=a&api_key=canary",
            headers: &headers,
            body,
        };
        let auth = json!({ "secret": "swordfish", "header": "X-Our-Own", "overlap": 1 });
        Request::new(&message, &auth)
    }

    #[test]
    fn what_proves_the_sender_and_the_address_are_not_kept() {
        let request = came(br#"{"password": "swordfish", "kind": "odd", "url": "/v1/in/address"}"#);
        let text = serde_json::to_string(&request).unwrap();
        for secret in ["canary", "swordfish", "address"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        assert!(text.contains("application/json") && text.contains("odd"));
        assert_eq!(request.query.as_deref(), Some("kind=a&api_key=••••"));
    }

    #[test]
    fn a_long_body_is_cut_between_characters_and_said_to_be() {
        let request = came("é".repeat(MOST_BODY).as_bytes());
        assert_eq!(request.bytes, 2 * MOST_BODY as u64);
        assert!(request.cut && request.body.unwrap().len() <= MOST_BODY);
        assert!(!came(b"{}").cut);
        assert!(came(b"\xff\x00").body.is_some());
    }
}
