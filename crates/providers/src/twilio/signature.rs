//! `X-Twilio-Signature`: HMAC-SHA1 under the auth token over the address as Twilio called it and, of a form, every parameter by name.
//! A body of another type is covered by its hash in the address. There is no timestamp: a repeat is recognised by its content.

use crate::signature::{Encoding, Hash, any_same, header, hmac, same, sha256, with_secret};
use crate::{Request, Signature, form};
use kernel::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const HEADER: &str = "x-twilio-signature";

pub fn verify(request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
    with_secret(auth, now, |token| {
        let sent = header(request, HEADER)?;
        let parameters = match body_hash(request.url) {
            Some(hash) => {
                covers(&hash, request.body)?;
                String::new()
            }
            None => parameters(request.body),
        };
        let addresses = addresses(request.url);
        let matches = addresses.iter().fold(false, |found, address| {
            let parts = [address.as_bytes(), parameters.as_bytes()];
            let expected = hmac(Hash::Sha1, token.as_bytes(), &parts);
            found | any_same([sent].into_iter(), Encoding::Base64, &expected)
        });
        match matches {
            true => Ok(()),
            false => Err(format!(
                "x-twilio-signature matches neither the body nor an address at {}; it must be the address that Twilio was given",
                request.origin()
            )),
        }
    })
}

fn body_hash(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let pairs = form::pairs(query.as_bytes());
    pairs
        .into_iter()
        .find_map(|(name, value)| (name == "bodySHA256").then_some(value))
}

fn covers(hash: &str, body: &[u8]) -> Result<(), String> {
    let hash = Encoding::Hex.decode(hash).unwrap_or_default();
    match same(&hash, &sha256(body)) {
        true => Ok(()),
        false => Err("bodySHA256 in the address is not the hash of the body".into()),
    }
}

/// Every parameter once by name and value, sorted, without separators.
fn parameters(body: &[u8]) -> String {
    let mut sorted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, value) in form::pairs(body) {
        sorted.entry(name).or_default().insert(value);
    }
    let pairs = sorted
        .iter()
        .flat_map(|(name, values)| values.iter().map(move |value| [name.as_str(), value]));
    pairs.flatten().collect()
}

/// As it came, and with or without the port that its scheme implies: which of them is signed depends on how the number is set up.
fn addresses(url: &str) -> Vec<String> {
    let mut addresses = vec![url.to_owned()];
    let Some((scheme, rest)) = url.split_once("://") else {
        return addresses;
    };
    let port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return addresses,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let is_bare = !host.rsplit(']').next().unwrap_or(host).contains(':');
    if let Some(host) = host.strip_suffix(port) {
        addresses.push(format!("{scheme}://{host}{path}"));
    } else if is_bare {
        addresses.push(format!("{scheme}://{host}{port}{path}"));
    }
    addresses
}
