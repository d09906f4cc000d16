//! Ed25519: the platform signs with a key that only it has, so the endpoint holds nothing secret.

use super::base64;
use ring::signature::{ED25519, UnparsedPublicKey};

/// `public_key` and `signature` are base64.
pub fn verify(public_key: &str, message: &[u8], signature: &str) -> Result<(), String> {
    let key = base64(public_key.trim()).filter(|key| key.len() == 32);
    let key = key.ok_or("the public key is not 32 bytes in base64")?;
    let signature = base64(signature).ok_or("the signature is not base64")?;
    UnparsedPublicKey::new(&ED25519, key)
        .verify(message, &signature)
        .map_err(|_| "the signature does not match the body".into())
}
