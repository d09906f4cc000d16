//! Plivo's third signature covers address, parameters and a nonce; its second the address without its query and the nonce, but not the body.
//! Where the third is sent only it counts. Neither has a timestamp.

use crate::signature::{Encoding, Hash, any_same, header, hmac, with_secret};
use crate::{Request, Signature, form};
use kernel::Timestamp;
use serde_json::Value;

const V3: [&str; 2] = ["x-plivo-signature-v3", "x-plivo-signature-v3-nonce"];
const V2: [&str; 2] = ["x-plivo-signature-v2", "x-plivo-signature-v2-nonce"];

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    with_secret(auth, now, |token| {
        let is_second =
            request.header(V3[0]).next().is_none() && request.header(V2[0]).next().is_some();
        let ([name, nonce], text) = match is_second {
            true => (V2, without_query(request.url).to_owned()),
            false => (V3, signed_text(request) + "."),
        };
        let sent = header(request, name)?;
        let nonce = header(request, nonce)?;
        let parts = [text.as_bytes(), nonce.as_bytes()];
        let expected = hmac(Hash::Sha256, token.as_bytes(), &parts);
        match any_same(sent.split(','), Encoding::Base64, &expected) {
            true => Ok(()),
            false => Err(format!(
                "no signature in {name} matches the body and an address at {}",
                request.origin()
            )),
        }
    })
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// `address?query.parameters`, each sorted by name; what is missing leaves its separator out.
fn signed_text(request: &Request<'_>) -> String {
    let query = request.url.split_once('?').map_or("", |(_, query)| query);
    let query = sorted(query.as_bytes());
    let query: Vec<String> = query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let parameters: String = sorted(request.body)
        .into_iter()
        .map(|(name, value)| name + &value)
        .collect();
    let mut text = without_query(request.url).to_owned();
    if !query.is_empty() || !parameters.is_empty() {
        text.push('?');
    }
    text += &query.join("&");
    if !query.is_empty() && !parameters.is_empty() {
        text.push('.');
    }
    text + &parameters
}

fn sorted(bytes: &[u8]) -> Vec<(String, String)> {
    let mut pairs = form::pairs(bytes);
    pairs.sort();
    pairs
}
