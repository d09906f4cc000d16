//! Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`) or, for senders that cannot sign, the secret as a bearer token.

use crate::signature::{
    Encoding, Hash, MAX_CANDIDATES, any_same, base64, bearers, fresh, header, hmac, same, seconds,
    with_secret,
};
use crate::{Request, Signature};
use kernel::Timestamp;
use serde_json::Value;

const LONGEST_ID: usize = 256;

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    let signed = request.header("webhook-signature").next().is_some();
    with_secret(auth, now, |secret| match signed {
        true => standard_webhooks(request, secret, now),
        false => bearer(request, secret),
    })
}

fn bearer(request: &Request<'_>, secret: &str) -> Result<(), String> {
    let (mut present, mut right) = (false, false);
    for token in bearers(request).take(MAX_CANDIDATES) {
        present = true;
        right |= same(token.as_bytes(), secret.as_bytes());
    }
    match (present, right) {
        (_, true) => Ok(()),
        (true, false) => Err("the bearer token is not the configured secret".into()),
        (false, _) => {
            Err("no signature: neither webhook-signature nor authorization was sent".into())
        }
    }
}

fn standard_webhooks(request: &Request<'_>, secret: &str, now: Timestamp) -> Result<(), String> {
    let (id, timestamp) = (
        header(request, "webhook-id")?,
        header(request, "webhook-timestamp")?,
    );
    // With a full stop in the id, one signature would stand for several divisions into id, time and body.
    if id.len() > LONGEST_ID || id.contains(['.', '\r', '\n']) {
        return Err(
            "webhook-id is longer than 256 bytes or contains a full stop or a line break".into(),
        );
    }
    fresh(seconds(timestamp, "webhook-timestamp")?, now)?;

    let parts = [
        id.as_bytes(),
        b".",
        timestamp.as_bytes(),
        b".",
        request.body,
    ];
    let candidates = || {
        request
            .header("webhook-signature")
            .flat_map(str::split_ascii_whitespace)
            .take(MAX_CANDIDATES)
            .filter_map(|candidate| candidate.strip_prefix("v1,"))
    };
    let matches = keys(secret).iter().fold(false, |found, key| {
        found
            | any_same(
                candidates(),
                Encoding::Base64,
                &hmac(Hash::Sha256, key, &parts),
            )
    });
    match matches {
        true => Ok(()),
        false => Err("no v1 signature in webhook-signature matches the body".into()),
    }
}

/// `whsec_` secrets are base64; of others senders use either the text or what it decodes to.
fn keys(secret: &str) -> Vec<Vec<u8>> {
    let decoded =
        base64(secret.strip_prefix("whsec_").unwrap_or(secret)).filter(|key| !key.is_empty());
    let text = Some(secret.as_bytes().to_vec()).filter(|_| !secret.starts_with("whsec_"));
    decoded.into_iter().chain(text).collect()
}
