//! Base64 HMAC-SHA256 over nothing but the call's id: whoever has seen one message of a call can write another. The header's name on the
//! wire is not certain, so its likely spellings count. Actions are not signed: they bring the secret as it is.

use crate::signature::{Encoding, Hash, any_same, hmac, sent, with_secret};
use crate::{Request, Signature, body, field};
use kernel::Timestamp;
use serde_json::Value;

const HEADERS: [&str; 3] = [
    "synthflow-signature",
    "http_synthflow_signature",
    "x-synthflow-signature",
];

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    let signatures = || HEADERS.iter().flat_map(|name| request.header(name));
    with_secret(auth, now, |secret| {
        if signatures().next().is_none() {
            return sent(request, auth, secret).map_err(|reason| {
                format!("no signature: synthflow-signature is missing; {reason}")
            });
        }
        let raw = body::read(request).unwrap_or_default();
        let id = field::text(
            &raw,
            &["/call/call_id", "/call_inbound/call_id", "/call_id"],
        );
        let id = id.ok_or("only the call's id is signed, and the message has none")?;
        let expected = hmac(Hash::Sha256, secret.as_bytes(), &[id.as_bytes()]);
        match any_same(signatures(), Encoding::Base64, &expected) {
            true => Ok(()),
            false => Err(format!("the signature is not one of the call {id}")),
        }
    })
}
