//! The body is a JWT whose claims are the event, so nothing is left that is not signed. It has no timestamp that would limit its age.

use crate::signature::{jwt, with_secret};
use crate::{Request, Signature, Unreadable};
use kernel::Timestamp;
use serde_json::Value;

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    with_secret(auth, now, |secret| {
        let token = token(request.body).ok_or("no signature: the body is no signed token")?;
        jwt::in_time(&jwt::verify(&token, secret)?, 0, now)
    })
}

/// A token, as it is or as a JSON text.
pub fn token(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim().trim_matches('"');
    let is_token = text.split('.').count() == 3
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.=".contains(&byte));
    is_token.then(|| text.to_owned())
}

pub fn claims(token: &str) -> Result<Value, Unreadable> {
    jwt::claims(token).map_err(|message| Unreadable {
        path: String::new(),
        message,
    })
}
