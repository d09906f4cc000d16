//! The subscription's token comes back in a header, under one of two names. A new subscription proves the address by a token of its own,
//! which is sent back; such a request has no body and says nothing else.

use crate::signature::{MAX_CANDIDATES, same, with_secret};
use crate::{Request, Signature};
use kernel::Timestamp;
use serde_json::Value;

const VALIDATION: &str = "validation-token";
const HEADERS: [&str; 2] = ["verification-token", VALIDATION];

/// The token to send back.
pub fn handshake<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let is_empty = request.body.trim_ascii().is_empty();
    request.header(VALIDATION).next().filter(|_| is_empty)
}

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    with_secret(auth, now, |secret| {
        if handshake(request).is_some() {
            return Ok(());
        }
        let sent = HEADERS.iter().flat_map(|name| request.header(name));
        let (mut present, mut right) = (false, false);
        for token in sent.take(MAX_CANDIDATES) {
            present = true;
            right |= same(token.as_bytes(), secret.as_bytes());
        }
        match (present, right) {
            (_, true) => Ok(()),
            (true, false) => Err("the token that was sent is not the configured one".into()),
            (false, _) => Err("no token: the header verification-token is missing".into()),
        }
    })
}
