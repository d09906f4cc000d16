//! A JWT in `Authorization`, under the API secret, with the hash of the body: signature, issuer, end and hash must all be right.

use crate::signature::{Encoding, bearers, configured, jwt, same, sha256, with_secret};
use crate::{Request, Signature};
use kernel::Timestamp;
use serde_json::Value;

const LEEWAY_S: i64 = 10;

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    with_secret(auth, now, |secret| {
        let bare = request.header("authorization").next().map(str::trim);
        let token = bearers(request).next().or(bare);
        let token = token.ok_or("no signature: the header authorization is missing")?;
        let claims = jwt::verify(token, secret)?;
        if let Some(key) = configured(auth, "api_key").filter(|key| claims["iss"] != *key) {
            return Err(format!(
                "the token is issued by {}, not by {key}",
                claims["iss"]
            ));
        }
        if claims["exp"].is_null() {
            return Err("the token has no end".into());
        }
        jwt::in_time(&claims, LEEWAY_S, now)?;
        let hash = claims["sha256"].as_str().unwrap_or_default();
        let hash = Encoding::Base64.decode(hash).unwrap_or_default();
        match same(&hash, &sha256(request.body)) {
            true => Ok(()),
            false => Err("sha256 of the token is not the hash of the body".into()),
        }
    })
}
