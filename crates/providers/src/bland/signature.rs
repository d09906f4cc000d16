//! `X-Webhook-Signature`: hex HMAC-SHA256 over the body, in the documentation over its compact form, so that one counts as second try.
//! There is no timestamp. Tools are not signed: they bring the secret as it is.

use crate::signature::{Encoding, Hash, any_same, header, hmac, sent, with_secret};
use crate::{Request, Signature};
use kernel::Timestamp;
use serde_json::Value;

const HEADER: &str = "x-webhook-signature";

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    let is_signed = request.header(HEADER).next().is_some();
    with_secret(auth, now, |secret| match is_signed {
        true => signed(request, secret),
        false => sent(request, auth, secret),
    })
}

fn signed(request: &Request<'_>, secret: &str) -> Result<(), String> {
    let value = header(request, HEADER)?;
    let matches = |body: &[u8]| {
        let expected = hmac(Hash::Sha256, secret.as_bytes(), &[body]);
        any_same([value].into_iter(), Encoding::Hex, &expected)
    };
    let compact = serde_json::from_slice::<Value>(request.body).ok();
    let compact = compact.map(|body| body.to_string().into_bytes());
    match matches(request.body) | compact.is_some_and(|body| matches(&body)) {
        true => Ok(()),
        false => Err("x-webhook-signature does not match the body".into()),
    }
}
