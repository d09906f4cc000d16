//! JSON Web Tokens under HS256, the only algorithm that platforms use here: whatever else a token says of itself is refused.

use super::{Hash, base64, hmac, same};
use kernel::Timestamp;
use serde_json::Value;

/// The claims of a token whose signature is right. Times are not looked at: see [`in_time`].
pub fn verify(token: &str, secret: &str) -> Result<Value, String> {
    let (signed, signature) = token.rsplit_once('.').ok_or("the token is not a JWT")?;
    let (header, _) = signed.split_once('.').ok_or("the token is not a JWT")?;
    let header = json(header).ok_or("the header of the token is not JSON")?;
    if header["alg"] != "HS256" {
        return Err(format!(
            "the algorithm of the token is {}, only HS256 is accepted",
            header["alg"]
        ));
    }
    let expected = hmac(Hash::Sha256, secret.as_bytes(), &[signed.as_bytes()]);
    match base64(signature) {
        Some(signature) if same(&signature, &expected) => claims(token),
        _ => Err("the signature of the token is not right".into()),
    }
}

/// What a token says, whoever wrote it.
pub fn claims(token: &str) -> Result<Value, String> {
    let mut parts = token.split('.');
    let claims = parts.nth(1).filter(|_| parts.count() == 1);
    claims
        .and_then(json)
        .filter(Value::is_object)
        .ok_or_else(|| "the claims of the token are not a JSON object".into())
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&base64(part)?).ok()
}

/// Checks `exp` and `nbf`, as far as they are there.
pub fn in_time(claims: &Value, leeway_s: i64, now: Timestamp) -> Result<(), String> {
    let now = now.as_second();
    let second = |name: &str| match &claims[name] {
        Value::Null => Ok(None),
        value => match value.as_f64() {
            Some(second) => Ok(Some(second as i64)),
            None => Err(format!("{name} of the token is not a time")),
        },
    };
    if let Some(exp) = second("exp")?.filter(|exp| now > exp.saturating_add(leeway_s)) {
        return Err(format!("the token has expired {} s ago", now - exp));
    }
    match second("nbf")?.filter(|nbf| now < nbf.saturating_sub(leeway_s)) {
        Some(nbf) => Err(format!(
            "the token is not valid for another {} s",
            nbf - now
        )),
        None => Ok(()),
    }
}
