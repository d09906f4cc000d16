//! Secret texts that identify somebody: 43 base62 characters (256 bits) behind a prefix. Only their SHA-256 is stored; being
//! random they need no slow hash.

use sha2::{Digest, Sha256};

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 43;
/// Of API keys: secret scanners look for it.
pub const KEY_PREFIX: &str = "sh_live_";

/// A new random text behind `prefix`.
pub fn generate(prefix: &str) -> String {
    let mut text = String::with_capacity(prefix.len() + LENGTH);
    text.push_str(prefix);
    while text.len() < prefix.len() + LENGTH {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes)
            .expect("the operating system always has randomness once it has booted");
        let missing = prefix.len() + LENGTH - text.len();
        // 248 = 4 × 62: dropping the rest keeps every character equally likely.
        let fair = bytes.into_iter().filter(|byte| *byte < 248);
        text.extend(
            fair.take(missing)
                .map(|byte| char::from(DIGITS[usize::from(byte) % 62])),
        );
    }
    text
}

/// Whether a text could be an API key: others are refused without asking the store.
pub fn is_key(text: &str) -> bool {
    text.strip_prefix(KEY_PREFIX).is_some_and(is_token)
}

/// The same, of a token without a prefix.
pub fn is_token(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What is stored of a token, and what it is looked up by.
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Whether two secrets are the same, in time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a.as_bytes()), Sha256::digest(b.as_bytes()));
    subtle::ConstantTimeEq::ct_eq(a.as_slice(), b.as_slice()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_prefix_and_43_base62_characters() {
        let key = generate(KEY_PREFIX);
        assert_eq!(key.len(), KEY_PREFIX.len() + 43);
        assert!(is_key(&key));
        assert_ne!(key, generate(KEY_PREFIX));
        for text in [
            "",
            "sh_live_",
            "sh_live_short",
            &key[1..],
            &format!("{key}0"),
            &key.replace("live", "test"),
        ] {
            assert!(!is_key(text), "{text}");
        }
    }

    #[test]
    fn only_the_hash_of_a_token_is_stored() {
        assert_eq!(
            hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "ab"));
    }
}
