//! The first words: what the server says of itself, the turn to TLS, and the answer with the user's name.

use super::refusal;
use super::sign_in::scramble;
use super::wire::{Packet, Turn, nonsense};
use crate::{Login, Trouble};
use tokio::io::{AsyncRead, AsyncWrite};

/// Rows that were found count as changed; no local files, no second statement behind the first.
const WANTED: u32 = LONG_PASSWORD
    | FOUND_ROWS
    | LONG_FLAG
    | WITH_DATABASE
    | PROTOCOL_41
    | TRANSACTIONS
    | SECURE
    | MULTI_RESULTS
    | PS_MULTI_RESULTS
    | PLUGINS;
const LONG_PASSWORD: u32 = 1;
const FOUND_ROWS: u32 = 2;
const LONG_FLAG: u32 = 4;
const WITH_DATABASE: u32 = 8;
const PROTOCOL_41: u32 = 0x200;
const TLS: u32 = 0x800;
const TRANSACTIONS: u32 = 0x2000;
const SECURE: u32 = 0x8000;
const MULTI_RESULTS: u32 = 0x2_0000;
const PS_MULTI_RESULTS: u32 = 0x4_0000;
const PLUGINS: u32 = 0x8_0000;
/// `utf8mb4_general_ci`, which all of them know.
const UTF8: u8 = 45;
const MOST: u32 = 16 << 20;

/// What a server says first.
pub struct Greeting {
    pub(super) version: String,
    pub(super) plugin: String,
    pub(super) nonce: Vec<u8>,
    can: u32,
    pub(super) turn: Turn,
    pub(super) over_tls: bool,
}

/// Reads it from a stream on which nothing was said yet, and no byte more.
pub async fn greet<S: AsyncRead + Unpin>(stream: &mut S) -> Result<Greeting, Trouble> {
    let mut turn = Turn::default();
    let packet = turn.read(stream).await?;
    let mut packet = Packet(&packet);
    match packet.u8()? {
        10 => {}
        0xff => return Err(refusal::read(packet)),
        _ => return Err(nonsense()),
    }
    let version = String::from_utf8_lossy(packet.until_zero()).into_owned();
    packet.number(4)?;
    let mut nonce = packet.take(8)?.to_vec();
    packet.u8()?;
    let mut can = packet.number(2)? as u32;
    packet.number(3)?;
    can |= (packet.number(2)? as u32) << 16;
    let length = usize::from(packet.u8()?);
    packet.take(10)?;
    if can & (PROTOCOL_41 | SECURE) != PROTOCOL_41 | SECURE {
        return Err(Trouble::SignIn("the server is older than MySQL 5.5".into()));
    }
    nonce.extend_from_slice(packet.take(length.saturating_sub(8).max(13))?);
    nonce.truncate(20);
    let plugin = match can & PLUGINS {
        0 => "mysql_native_password".into(),
        _ => String::from_utf8_lossy(packet.until_zero()).into_owned(),
    };
    Ok(Greeting {
        version,
        plugin,
        nonce,
        can,
        turn,
        over_tls: false,
    })
}

/// Asks for TLS. The handshake is the caller's.
pub async fn ask_for_tls<S>(stream: &mut S, greeting: &mut Greeting) -> Result<(), Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    if greeting.can & TLS == 0 {
        return Err(Trouble::NoTls);
    }
    greeting.over_tls = true;
    greeting.turn.write(stream, &greeting.head()).await
}

impl Greeting {
    /// What stands before the name, and alone in a request for TLS.
    fn head(&self) -> Vec<u8> {
        let tls = if self.over_tls { TLS } else { 0 };
        let wants = (WANTED | tls) & (self.can | LONG_PASSWORD | FOUND_ROWS);
        let mut head = wants.to_le_bytes().to_vec();
        head.extend_from_slice(&MOST.to_le_bytes());
        head.push(UTF8);
        head.extend_from_slice(&[0; 23]);
        head
    }

    pub(super) fn answer(&self, login: Login<'_>) -> Result<Vec<u8>, Trouble> {
        let mut answer = self.head();
        let named = [login.user, login.database, &self.plugin];
        if named.iter().any(|name| name.contains('\0')) {
            return Err(Trouble::Input("a name holds a zero".into()));
        }
        answer.extend_from_slice(login.user.as_bytes());
        answer.push(0);
        let proof = scramble(&self.plugin, login.password, &self.nonce).unwrap_or_default();
        answer.push(proof.len() as u8);
        answer.extend_from_slice(&proof);
        answer.extend_from_slice(login.database.as_bytes());
        answer.push(0);
        if self.can & PLUGINS != 0 {
            answer.extend_from_slice(self.plugin.as_bytes());
            answer.push(0);
        }
        Ok(answer)
    }

    /// As people call it: MariaDB says first what it once pretended to be.
    pub(super) fn name(&self) -> String {
        let version = self.version.strip_prefix("5.5.5-").unwrap_or(&self.version);
        match version.contains("MariaDB") {
            true => format!("MariaDB {}", version.split('-').next().unwrap_or_default()),
            false => format!("MySQL {version}"),
        }
    }
}
