//! `ElevenLabs-Signature: t=<seconds>,v0=<hex>` over the time and the raw body, good for half an hour. Questions before the call and tools
//! are not signed: they bring a token.

use crate::signature::{
    Encoding, Hash, any_same, configured, fresh_within, header, hmac, pairs, seconds, sent,
    with_secret,
};
use crate::{Request, Signature};
use kernel::Timestamp;
use serde_json::Value;

const HEADER: &str = "elevenlabs-signature";
const TOLERANCE_S: i64 = 30 * 60;

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    let is_signed = request.header(HEADER).next().is_some();
    with_secret(auth, now, |secret| match is_signed {
        true => signed(request, secret, now),
        false => sent(request, auth, configured(auth, "token").unwrap_or(secret)),
    })
}

fn signed(request: &Request<'_>, secret: &str, now: Timestamp) -> Result<(), String> {
    let value = header(request, HEADER)?;
    let timestamp = pairs(value, "t").next().unwrap_or_default();
    fresh_within(
        TOLERANCE_S,
        seconds(timestamp, "t in elevenlabs-signature")?,
        now,
    )?;
    let parts = [timestamp.as_bytes(), b".", request.body];
    let expected = hmac(Hash::Sha256, secret.as_bytes(), &parts);
    match any_same(pairs(value, "v0"), Encoding::Hex, &expected) {
        true => Ok(()),
        false => Err("no v0 signature in elevenlabs-signature matches the body".into()),
    }
}
