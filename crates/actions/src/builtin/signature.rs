//! Signatures as Standard Webhooks has them, over `id.timestamp.body`: `v1,` and the base64 of HMAC-SHA256, or `v1a,` and that of
//! Ed25519 where the secret is such a key.

use crate::signing;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// One signature for every secret, separated by spaces, so that a receiver that knows any of them can verify. A secret is
/// `whsec_` and the key in base64, or `whsk_` and a key for Ed25519; any other text is the key itself, byte for byte.
pub(super) fn sign(
    secrets: &[Zeroizing<String>],
    id: &str,
    timestamp: &str,
    body: &[u8],
) -> String {
    let mut signatures = String::with_capacity(secrets.len() * 48);
    for secret in secrets {
        if !signatures.is_empty() {
            signatures.push(' ');
        }
        if let Some(pair) = signing::pair(secret) {
            let signed = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat();
            signatures.push_str("v1a,");
            STANDARD.encode_string(pair.sign(&signed), &mut signatures);
            continue;
        }
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&key(secret)).expect("HMAC takes a key of any length");
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            mac.update(part);
        }
        signatures.push_str("v1,");
        STANDARD.encode_string(mac.finalize().into_bytes(), &mut signatures);
    }
    signatures
}

fn key(secret: &str) -> Zeroizing<Vec<u8>> {
    let decoded = secret
        .strip_prefix("whsec_")
        .and_then(|key| STANDARD.decode(key).ok());
    Zeroizing::new(decoded.unwrap_or_else(|| secret.as_bytes().to_vec()))
}
