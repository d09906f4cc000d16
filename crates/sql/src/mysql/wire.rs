//! Packets of MySQL's protocol, and the ways in which numbers and texts stand in them. What is longer than is read ends the line.

use crate::Trouble;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// A longer packet goes on in the next one.
const FULL: usize = 0xff_ffff;
/// Above what one row may hold, so that it is the bound on answers that speaks.
const MOST: usize = 4 << 20;
/// Of what is sent: servers take 16 MiB and more unless told otherwise.
pub(super) const MOST_SENT: usize = 8 << 20;

/// Counts the packets of one exchange.
#[derive(Default)]
pub(super) struct Turn(u8);

impl Turn {
    pub(super) async fn read<S: AsyncRead + Unpin>(
        &mut self,
        stream: &mut S,
    ) -> Result<Vec<u8>, Trouble> {
        let mut head = [0; 4];
        stream.read_exact(&mut head).await?;
        let length = usize::from(head[0]) | usize::from(head[1]) << 8 | usize::from(head[2]) << 16;
        if head[3] != self.0 {
            return Err(nonsense());
        }
        self.0 = self.0.wrapping_add(1);
        if length > MOST {
            return Err(Trouble::TooLarge(format!(
                "the database sends a value of more than {MOST} bytes: ask for less"
            )));
        }
        let mut packet = vec![0; length];
        stream.read_exact(&mut packet).await?;
        Ok(packet)
    }

    pub(super) async fn write<S: AsyncWrite + Unpin>(
        &mut self,
        stream: &mut S,
        packet: &[u8],
    ) -> Result<(), Trouble> {
        if packet.len() >= FULL.min(MOST_SENT) {
            return Err(Trouble::Input(format!(
                "the statement with its values has more than {MOST_SENT} bytes"
            )));
        }
        let mut bytes = (packet.len() as u32).to_le_bytes().to_vec();
        bytes[3] = self.0;
        bytes.extend_from_slice(packet);
        self.0 = self.0.wrapping_add(1);
        stream.write_all(&bytes).await?;
        Ok(stream.flush().await?)
    }
}

pub(super) fn nonsense() -> Trouble {
    Trouble::Nonsense("what answers there is not MySQL or MariaDB: check host and port".into())
}

/// What is left of a packet. Reading more than there is is nonsense.
pub(super) struct Packet<'p>(pub(super) &'p [u8]);

impl<'p> Packet<'p> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'p [u8], Trouble> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(nonsense)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The least byte comes first.
    pub(super) fn number(&mut self, bytes: usize) -> Result<u64, Trouble> {
        let taken = self.take(bytes)?.iter().rev();
        Ok(taken.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    pub(super) fn u8(&mut self) -> Result<u8, Trouble> {
        Ok(self.take(1)?[0])
    }

    /// A number whose first byte says how long it is.
    pub(super) fn count(&mut self) -> Result<u64, Trouble> {
        match self.u8()? {
            0xfc => self.number(2),
            0xfd => self.number(3),
            0xfe => self.number(8),
            0xfb | 0xff => Err(nonsense()),
            small => Ok(small.into()),
        }
    }

    /// Bytes whose number stands before them.
    pub(super) fn bytes(&mut self) -> Result<&'p [u8], Trouble> {
        let count = usize::try_from(self.count()?).map_err(|_| nonsense())?;
        self.take(count)
    }

    /// Bytes up to a zero, or all that are left.
    pub(super) fn until_zero(&mut self) -> &'p [u8] {
        match self.0.iter().position(|byte| *byte == 0) {
            Some(end) => {
                let text = &self.0[..end];
                self.0 = &self.0[end + 1..];
                text
            }
            None => std::mem::take(&mut self.0),
        }
    }
}

/// Bytes with their number before them.
pub(super) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    let count = bytes.len() as u64;
    let sized = count.to_le_bytes();
    match count {
        0..=0xfa => out.push(sized[0]),
        0xfb..=0xffff => {
            out.push(0xfc);
            out.extend_from_slice(&sized[..2]);
        }
        0x1_0000..=0xff_ffff => {
            out.push(0xfd);
            out.extend_from_slice(&sized[..3]);
        }
        _ => {
            out.push(0xfe);
            out.extend_from_slice(&sized);
        }
    }
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_read_again() {
        for length in [0, 250, 251, 0xffff, 0x1_0000, 0x100_0000] {
            let mut out = Vec::new();
            put_bytes(&mut out, &vec![7; length]);
            let mut packet = Packet(&out);
            assert_eq!(packet.bytes().unwrap().len(), length);
            assert!(packet.0.is_empty() && packet.u8().is_err());
        }
    }
}
