//! Proving that the password is known. It goes over the line itself only where that is TLS.

use super::greeting::Greeting;
use super::refusal;
use super::wire::{Packet, nonsense};
use crate::{Login, Trouble};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite};

const NATIVE: &str = "mysql_native_password";
const SHA2: &str = "caching_sha2_password";
const CLEAR: &str = "mysql_clear_password";
/// An honest server is done after a few.
const MOST_TURNS: usize = 8;

pub(super) async fn sign_in<S>(
    stream: &mut S,
    greeting: &mut Greeting,
    login: Login<'_>,
) -> Result<(), Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let answer = greeting.answer(login)?;
    greeting.turn.write(stream, &answer).await?;
    for _ in 0..MOST_TURNS {
        let packet = greeting.turn.read(stream).await?;
        let mut packet = Packet(&packet);
        let answer = match packet.u8()? {
            0x00 => return Ok(()),
            0xff => return Err(refusal::read(packet)),
            0xfe => {
                greeting.plugin = String::from_utf8_lossy(packet.until_zero()).into_owned();
                greeting.nonce = packet.0.to_vec();
                greeting.nonce.truncate(20);
                match greeting.plugin.as_str() {
                    CLEAR => secret(greeting, login)?,
                    plugin => scramble(plugin, login.password, &greeting.nonce).ok_or_else(|| {
                        let shown: String = plugin.chars().take(40).collect();
                        Trouble::SignIn(format!(
                            "the user signs in by `{shown}`, which is not spoken here: give it {NATIVE} or {SHA2}"
                        ))
                    })?,
                }
            }
            0x01 => match (greeting.plugin.as_str(), packet.u8()?) {
                // The server remembers the password.
                (SHA2, 3) => continue,
                (SHA2, 4) => secret(greeting, login)?,
                _ => return Err(nonsense()),
            },
            _ => return Err(nonsense()),
        };
        greeting.turn.write(stream, &answer).await?;
    }
    Err(nonsense())
}

/// The password as it is.
fn secret(greeting: &Greeting, login: Login<'_>) -> Result<Vec<u8>, Trouble> {
    if !greeting.over_tls {
        return Err(Trouble::SignIn(
            "the server asks for the password itself, which goes over TLS alone: turn TLS on"
                .into(),
        ));
    }
    let mut password = login.password.as_bytes().to_vec();
    password.push(0);
    Ok(password)
}

/// What proves the password without telling it; `None`: no such way is known.
pub(super) fn scramble(plugin: &str, password: &str, nonce: &[u8]) -> Option<Vec<u8>> {
    let password = password.as_bytes();
    if password.is_empty() && matches!(plugin, NATIVE | SHA2) {
        return Some(Vec::new());
    }
    match plugin {
        NATIVE => {
            let once = Sha1::digest(password);
            let key = Sha1::new()
                .chain_update(nonce)
                .chain_update(Sha1::digest(once))
                .finalize();
            Some(xor(&once, &key))
        }
        SHA2 => {
            let once = Sha256::digest(password);
            let key = Sha256::new()
                .chain_update(Sha256::digest(once))
                .chain_update(nonce)
                .finalize();
            Some(xor(&once, &key))
        }
        _ => None,
    }
}

fn xor(a: &[u8], b: &[u8]) -> Vec<u8> {
    a.iter().zip(b).map(|(a, b)| a ^ b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a server checks it, from what it keeps: the digest of the digest.
    #[test]
    fn a_server_finds_the_password_in_what_is_sent() {
        let nonce = [7; 20];
        let kept = Sha1::digest(Sha1::digest(b"secret"));
        let key = Sha1::new()
            .chain_update(nonce)
            .chain_update(kept)
            .finalize();
        let sent = scramble(NATIVE, "secret", &nonce).unwrap();
        assert_eq!(Sha1::digest(xor(&sent, &key)), kept);
        let kept = Sha256::digest(Sha256::digest(b"secret"));
        let key = Sha256::new()
            .chain_update(kept)
            .chain_update(nonce)
            .finalize();
        let sent = scramble(SHA2, "secret", &nonce).unwrap();
        assert_eq!(Sha256::digest(xor(&sent, &key)), kept);
        assert_eq!(scramble(SHA2, "", &nonce), Some(Vec::new()));
        assert_eq!(scramble("dialog", "secret", &nonce), None);
    }
}
