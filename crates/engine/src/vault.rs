//! Secrets at rest: sealed with XChaCha20-Poly1305 under the installation's key, bound to the row they stand in.
//! Plain values leave the vault only towards `actions`; nothing here prints one.

use crate::Refusal;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// The installation's key: 32 bytes.
pub struct Vault {
    cipher: XChaCha20Poly1305,
    key: Zeroizing<[u8; 32]>,
}

impl Vault {
    pub fn new(key: &[u8; 32]) -> Self {
        Self {
            cipher: XChaCha20Poly1305::new(&Key::from(*key)),
            key: Zeroizing::new(*key),
        }
    }

    /// Seals `plain` for the row that `place` names (workspace, kind and id), so that rows cannot be swapped.
    pub fn seal(&self, plain: &[u8], place: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)
            .expect("the operating system always has randomness once it has booted");
        let sealed = self.cipher.encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: plain,
                aad: place,
            },
        );
        let sealed = sealed.expect("sealing fails only for texts beyond 256 GiB");
        [&[FORMAT][..], &nonce, &sealed].concat()
    }

    /// What only a holder of the key can say of a text, in hexadecimal; for each purpose something else.
    pub fn sign(&self, purpose: &str, text: &[u8]) -> String {
        let own = Zeroizing::new(mac(&*self.key, purpose.as_bytes()));
        hex::encode(mac(&*own, text))
    }

    pub fn open(&self, sealed: &[u8], place: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let refused =
            || Refusal::Unavailable("a sealed value cannot be opened with this seal key".into());
        let (head, body) = sealed.split_at_checked(1 + NONCE).ok_or_else(refused)?;
        if head[0] != FORMAT {
            return Err(refused());
        }
        let nonce: [u8; NONCE] = head[1..].try_into().map_err(|_| refused())?;
        let plain = self.cipher.decrypt(
            &XNonce::from(nonce),
            Payload {
                msg: body,
                aad: place,
            },
        );
        plain.map(Zeroizing::new).map_err(|_| refused())
    }
}

fn mac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key)
        .expect("HMAC takes a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// A new random key.
pub fn new_key() -> [u8; 32] {
    let mut key = [0; 32];
    getrandom::fill(&mut key)
        .expect("the operating system always has randomness once it has booted");
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_for_one_purpose_proves_nothing_for_another() {
        let vault = Vault::new(&[7; 32]);
        let signed = vault.sign("links", b"rec_1 9");
        assert_eq!(signed.len(), 64);
        assert_eq!(vault.sign("links", b"rec_1 9"), signed);
        for other in [
            vault.sign("links", b"rec_1 10"),
            vault.sign("numbers", b"rec_1 9"),
            Vault::new(&[8; 32]).sign("links", b"rec_1 9"),
        ] {
            assert_ne!(other, signed);
        }
    }

    #[test]
    fn a_sealed_value_opens_only_with_its_key_and_in_its_place() {
        let vault = Vault::new(&[7; 32]);
        let sealed = vault.seal(b"whsec_1", b"ws/secret/1");
        assert_eq!(
            vault
                .open(&sealed, b"ws/secret/1")
                .map(|plain| plain.to_vec())
                .ok(),
            Some(b"whsec_1".to_vec())
        );
        assert!(vault.open(&sealed, b"ws/secret/2").is_err());
        assert!(Vault::new(&[8; 32]).open(&sealed, b"ws/secret/1").is_err());
        assert!(vault.open(&sealed[..10], b"ws/secret/1").is_err());
        assert!(!sealed.windows(7).any(|window| window == b"whsec_1"));
    }
}
