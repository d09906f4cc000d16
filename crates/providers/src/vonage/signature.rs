//! A JWT as bearer token, under the account's signature secret, with the hash of the body. It has no end, so its age is limited here.

use crate::signature::{Encoding, bearers, configured, fresh, jwt, same, sha256, with_secret};
use crate::{Request, Signature, time};
use kernel::Timestamp;
use serde_json::Value;

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    with_secret(auth, now, |secret| {
        let token = bearers(request).next();
        let token = token.ok_or("no signature: no bearer token was sent in authorization")?;
        let claims = jwt::verify(token, secret)?;
        let issued_at = time::at(&claims, &["/iat"]);
        fresh(
            issued_at.ok_or("the token does not say when it was issued")?,
            now,
        )?;
        jwt::in_time(&claims, 0, now)?;
        covers(&claims, request.body)?;
        match configured(auth, "api_key") {
            Some(key) if claims["api_key"] != key => Err(format!(
                "the token is one of the account {}",
                claims["api_key"]
            )),
            _ => Ok(()),
        }
    })
}

/// A GET has no body, and nothing covers its query.
fn covers(claims: &Value, body: &[u8]) -> Result<(), String> {
    match claims["payload_hash"].as_str() {
        None if body.is_empty() => Ok(()),
        None => Err("the token does not cover the body: it has no payload_hash".into()),
        Some(hash) => {
            let hash = Encoding::Hex.decode(hash).unwrap_or_default();
            match same(&hash, &sha256(body)) {
                true => Ok(()),
                false => Err("payload_hash of the token is not the hash of the body".into()),
            }
        }
    }
}
