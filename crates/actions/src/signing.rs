//! Keys of webhooks that are signed so that whoever verifies them cannot sign: Ed25519, written as Standard Webhooks does, `whsk_` and
//! the secret key in base64, `whpk_` and the public one. The secret key is 32 bytes, or those and the public key after them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use zeroize::Zeroizing;

const SECRET: &str = "whsk_";
const PUBLIC: &str = "whpk_";
const SEED: usize = 32;

/// A secret key of 32 random bytes.
pub fn secret_key(seed: &[u8; SEED]) -> Zeroizing<String> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are a key");
    let both = Zeroizing::new([&seed[..], pair.public_key().as_ref()].concat());
    Zeroizing::new(format!("{SECRET}{}", STANDARD.encode(&*both)))
}

/// What verifies; `None`: the secret is no such key.
pub fn public_key(secret: &str) -> Option<String> {
    let pair = pair(secret)?;
    Some(format!("{PUBLIC}{}", STANDARD.encode(pair.public_key())))
}

/// A text that only begins like a key is a text.
pub(crate) fn pair(secret: &str) -> Option<Ed25519KeyPair> {
    let bytes = Zeroizing::new(STANDARD.decode(secret.strip_prefix(SECRET)?).ok()?);
    let (seed, public) = bytes.split_at_checked(SEED)?;
    match public.is_empty() {
        true => Ed25519KeyPair::from_seed_unchecked(seed).ok(),
        false => Ed25519KeyPair::from_seed_and_public_key(seed, public).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, 7.1, test 1.
    #[test]
    fn a_key_is_read_with_and_without_its_public_half_and_other_texts_are_none() {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let seed: [u8; 32] = hex::decode(seed).unwrap().try_into().unwrap();
        let expected = format!("whpk_{}", STANDARD.encode(hex::decode(public).unwrap()));
        let whole = secret_key(&seed);
        let short = format!("whsk_{}", STANDARD.encode(seed));
        for secret in [&*whole, &short] {
            assert_eq!(public_key(secret).as_ref(), Some(&expected));
        }
        let other = format!("whsk_{}", STANDARD.encode([seed, seed].concat()));
        for text in [
            "whsk_bcUrWCxnFdULeBuDW6zfGe6Z",
            "whsec_AAAA",
            "whsk_",
            &other,
        ] {
            assert_eq!(public_key(text), None, "{text}");
        }
    }
}
