//! `X-Retell-Signature: v=<ms>,d=<hex>`: HMAC-SHA256 under the API key over the raw body and the time behind it.

use crate::signature::{Encoding, Hash, any_same, fresh, header, hmac, pairs, with_secret};
use crate::{Request, Signature};
use kernel::Timestamp;
use serde_json::Value;

pub const HEADER: &str = "x-retell-signature";

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    with_secret(auth, now, |key| {
        let sent = header(request, HEADER)?;
        let timestamp = pairs(sent, "v").next().unwrap_or_default();
        let signed_at = timestamp.parse::<u64>().ok();
        let signed_at = signed_at
            .and_then(|count| Timestamp::from_millisecond(i64::try_from(count).ok()?).ok())
            .ok_or("v in x-retell-signature is not a time in milliseconds since 1970")?;
        fresh(signed_at, now)?;
        let parts = [request.body, timestamp.as_bytes()];
        let expected = hmac(Hash::Sha256, key.as_bytes(), &parts);
        match any_same(pairs(sent, "d"), Encoding::Hex, &expected) {
            true => Ok(()),
            false => Err("no signature in x-retell-signature matches the body".into()),
        }
    })
}
