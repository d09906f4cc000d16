//! A secret that is sent as it is, for platforms that do not sign: as a bearer token, as the password of basic authentication, in
//! `x-api-key` or in a header of one's own (`header` in the settings).

use super::{MAX_CANDIDATES, base64, configured, same};
use crate::Request;
use serde_json::Value;

/// The credentials in `Authorization: Bearer …`.
pub fn bearers<'r>(request: &'r Request<'_>) -> impl Iterator<Item = &'r str> {
    authorizations(request, "bearer")
}

fn authorizations<'r>(
    request: &'r Request<'_>,
    wanted: &'static str,
) -> impl Iterator<Item = &'r str> {
    request.header("authorization").filter_map(move |value| {
        let (scheme, credential) = value.trim().split_once(' ')?;
        let is_wanted = scheme.eq_ignore_ascii_case(wanted);
        is_wanted.then(|| credential.trim())
    })
}

/// Whether the secret came with the request; the error says what was missing or wrong.
pub fn sent(request: &Request<'_>, auth: &Value, secret: &str) -> Result<(), String> {
    let own = configured(auth, "header").map(str::to_ascii_lowercase);
    let header = own.as_deref().unwrap_or("x-api-key");
    let plain = bearers(request)
        .chain(request.header(header))
        .map(|credential| credential.as_bytes().to_vec());
    let basic = authorizations(request, "basic").filter_map(base64);
    let expected = match configured(auth, "username") {
        Some(username) => format!("{username}:{secret}"),
        None => secret.to_owned(),
    };
    let passwords = basic.map(|pair| match configured(auth, "username") {
        Some(_) => pair,
        None => after_colon(pair),
    });
    let (mut present, mut right) = (false, false);
    for credential in plain.take(MAX_CANDIDATES) {
        present = true;
        right |= same(&credential, secret.as_bytes());
    }
    for credential in passwords.take(MAX_CANDIDATES) {
        present = true;
        right |= same(&credential, expected.as_bytes());
    }
    match (present, right) {
        (_, true) => Ok(()),
        (true, false) => Err("the secret that was sent is not the configured one".into()),
        (false, _) => Err(format!(
            "no credential: neither authorization nor {header} was sent"
        )),
    }
}

fn after_colon(pair: Vec<u8>) -> Vec<u8> {
    match pair.iter().position(|byte| *byte == b':') {
        Some(at) => pair[at + 1..].to_vec(),
        None => pair,
    }
}
