//! Keyed hashes in the spellings that platforms send, and their comparison in constant time.

use super::MAX_CANDIDATES;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Digest;
use subtle::ConstantTimeEq;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    Sha1,
    Sha256,
    Sha512,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Hex,
    Base64,
}

impl Encoding {
    pub fn decode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Encoding::Hex => hex::decode(text).ok(),
            Encoding::Base64 => base64(text),
        }
    }
}

/// Standard or URL-safe alphabet, with or without padding.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    const CONFIG: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);
    const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, CONFIG);
    STANDARD
        .decode(text)
        .or_else(|_| URL_SAFE.decode(text))
        .ok()
}

/// Equality in a time that does not depend on where the difference is.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    sha2::Sha256::digest(bytes).to_vec()
}

/// The HMAC over the parts one after another.
pub fn hmac(hash: Hash, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    fn run<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        let mut mac = <M as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().to_vec()
    }
    match hash {
        Hash::Sha1 => run::<Hmac<sha1::Sha1>>(key, parts),
        Hash::Sha256 => run::<Hmac<sha2::Sha256>>(key, parts),
        Hash::Sha512 => run::<Hmac<sha2::Sha512>>(key, parts),
    }
}

/// Whether one of the candidates is the expected signature.
pub fn any_same<'a>(
    candidates: impl Iterator<Item = &'a str>,
    encoding: Encoding,
    expected: &[u8],
) -> bool {
    candidates
        .take(MAX_CANDIDATES)
        .filter_map(|candidate| encoding.decode(candidate.trim()))
        .fold(false, |found, candidate| found | same(&candidate, expected))
}

/// The values under `name` in a header such as `t=1763000000,v0=ab12,v0=cd34`.
pub fn pairs<'h>(header: &'h str, name: &'h str) -> impl Iterator<Item = &'h str> + Clone {
    let pairs = header.split(',').filter_map(|pair| pair.split_once('='));
    pairs
        .filter(move |(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_agrees_with_the_published_vectors() {
        // RFC 2202 and RFC 4231, test case 2.
        let mac = |hash| hex::encode(hmac(hash, b"Jefe", &[b"what do ya want ", b"for nothing?"]));
        assert_eq!(mac(Hash::Sha1), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        let sha256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(mac(Hash::Sha256), sha256);
        assert!(mac(Hash::Sha512).starts_with("164b7a7bfcf819e2e395fbe73b56e0a3"));
    }

    #[test]
    fn base64_is_read_in_all_its_spellings() {
        for text in ["+/8=", "+/8", "-_8=", "-_8"] {
            assert_eq!(base64(text), Some(vec![0xfb, 0xff]), "{text}");
        }
        assert_eq!(base64("?"), None);
    }

    #[test]
    fn candidates_beyond_the_limit_are_not_looked_at() {
        let many = |count| std::iter::repeat_n("00", count).chain(["ff"]);
        assert!(any_same(many(MAX_CANDIDATES - 1), Encoding::Hex, &[0xff]));
        assert!(!any_same(many(MAX_CANDIDATES), Encoding::Hex, &[0xff]));
    }

    #[test]
    fn pairs_of_a_header_are_found_by_name() {
        let found: Vec<_> = pairs("t=1, v0=aa,v1=x,,v0=bb=,odd", "v0").collect();
        assert_eq!(found, ["aa", "bb="]);
    }
}
