//! What the platforms' signature schemes are built from: constant-time comparison, HMAC in its spellings, age of a timestamp.
//! Every scheme compares all candidates of a header, at most [`MAX_CANDIDATES`], and never leaves early on a difference.

use crate::Request;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use kernel::Timestamp;
use subtle::ConstantTimeEq;

/// More signatures than this in one request are not looked at.
pub const MAX_CANDIDATES: usize = 1_000;
/// How far a signed timestamp may be from now, either way.
pub const TOLERANCE_S: i64 = 300;

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
        .filter_map(|candidate| encoding.decode(candidate))
        .fold(false, |found, candidate| found | same(&candidate, expected))
}

/// The credentials in `Authorization: Bearer …`.
pub fn bearers<'r>(request: &'r Request<'_>) -> impl Iterator<Item = &'r str> {
    request.header("authorization").filter_map(|value| {
        let (scheme, token) = value.trim().split_once(' ')?;
        let is_bearer = scheme.eq_ignore_ascii_case("bearer");
        is_bearer.then(|| token.trim())
    })
}

/// Says what is wrong with a timestamp that is older or newer than the tolerance allows.
pub fn fresh(signed_at: Timestamp, now: Timestamp) -> Result<(), String> {
    let age = now.as_second() - signed_at.as_second();
    match age {
        age if age > TOLERANCE_S => Err(format!(
            "the timestamp is {age} s old, at most {TOLERANCE_S} s are accepted"
        )),
        age if age < -TOLERANCE_S => Err(format!(
            "the timestamp is {} s in the future, at most {TOLERANCE_S} s are accepted",
            -age
        )),
        _ => Ok(()),
    }
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
    fn a_timestamp_is_fresh_for_five_minutes_either_way() {
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(fresh(at(1_000), at(1_300)), Ok(()));
        assert_eq!(fresh(at(1_300), at(1_000)), Ok(()));
        assert!(
            fresh(at(1_000), at(1_301))
                .unwrap_err()
                .contains("301 s old")
        );
        assert!(
            fresh(at(1_301), at(1_000))
                .unwrap_err()
                .contains("in the future")
        );
    }
}
