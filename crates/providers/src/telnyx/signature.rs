//! `telnyx-signature-ed25519` over the timestamp, a bar and the raw body, under the account's public key.

use crate::signature::{configured, ed25519, fresh, header, seconds};
use crate::{Request, Signature};
use kernel::Timestamp;
use serde_json::Value;

const TIMESTAMP: &str = "telnyx-timestamp";

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    let Some(public_key) = configured(auth, "public_key") else {
        return Signature::None;
    };
    match judge(request, public_key, now) {
        Ok(()) => Signature::Valid,
        Err(reason) => Signature::Invalid(reason),
    }
}

fn judge(request: &Request<'_>, public_key: &str, now: Timestamp) -> Result<(), String> {
    let signature = header(request, "telnyx-signature-ed25519")?;
    let timestamp = header(request, TIMESTAMP)?;
    fresh(seconds(timestamp, TIMESTAMP)?, now)?;
    let message = [timestamp.as_bytes(), b"|", request.body].concat();
    ed25519::verify(public_key, &message, signature)
}
