//! Reads along while somebody signs in, and hangs up on a server that asks for more work than proving a password takes: the
//! rounds that it names are reckoned at once, on a thread that others need.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// PostgreSQL asks for 4,096 unless told otherwise.
const MOST_ROUNDS: u64 = 1_000_000;
/// Of all that is said until somebody is in.
const MOST: usize = 64 << 10;
const AUTHENTICATION: u8 = b'R';
const SCRAM_GOES_ON: [u8; 4] = [0, 0, 0, 11];
const READY: u8 = b'Z';

pub(super) struct Door<S> {
    stream: S,
    /// What came and is no whole message yet; `None` once somebody is in.
    heard: Option<Vec<u8>>,
    count: usize,
}

impl<S> Door<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            heard: Some(Vec::new()),
            count: 0,
        }
    }

    fn hear(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(mut heard) = self.heard.take() else {
            return Ok(());
        };
        self.count += bytes.len();
        heard.extend_from_slice(bytes);
        while let Some((kind, length)) = head(&heard) {
            if kind == READY {
                return Ok(());
            }
            let Some(body) = heard.get(5..length) else {
                break;
            };
            if kind == AUTHENTICATION && rounds(body).is_some_and(|rounds| rounds > MOST_ROUNDS) {
                return Err(io::Error::other(format!(
                    "the server asks for more than {MOST_ROUNDS} rounds to prove the password"
                )));
            }
            heard.drain(..length);
        }
        if self.count > MOST {
            return Err(io::Error::other("the server does not let anybody in"));
        }
        self.heard = Some(heard);
        Ok(())
    }
}

/// A message's kind, and its length with both.
fn head(heard: &[u8]) -> Option<(u8, usize)> {
    let length: [u8; 4] = heard.get(1..5)?.try_into().ok()?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
    Some((heard[0], length.max(4) + 1))
}

/// `r=…,s=…,i=4096`; what is no number is for the one who proves.
fn rounds(body: &[u8]) -> Option<u64> {
    let said = body.strip_prefix(&SCRAM_GOES_ON)?;
    let said = String::from_utf8_lossy(said);
    let rounds = said.split(',').filter_map(|part| part.strip_prefix("i="));
    rounds.filter_map(|rounds| rounds.trim().parse().ok()).max()
}

impl<S: AsyncRead + Unpin> AsyncRead for Door<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        Poll::Ready(self.hear(&buffer.filled()[before..]))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Door<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Login;
    use crate::postgres::Session;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

    fn message(kind: u8, body: &[u8]) -> Vec<u8> {
        let mut message = vec![kind];
        message.extend_from_slice(&(body.len() as u32 + 4).to_be_bytes());
        message.extend_from_slice(body);
        message
    }

    /// Asks for so many rounds, a byte at a time.
    async fn greedy(mut server: DuplexStream, rounds: &str) {
        let mut said = [0; 1024];
        assert!(server.read(&mut said).await.unwrap() > 0);
        let ways = [&[0, 0, 0, 10][..], b"SCRAM-SHA-256\0\0"].concat();
        server.write_all(&message(b'R', &ways)).await.unwrap();
        let length = server.read(&mut said).await.unwrap();
        let said = String::from_utf8_lossy(&said[..length]).into_owned();
        let nonce = said.split("r=").nth(1).unwrap();
        let more = format!("r={nonce}x,s=c2FsdA==,i={rounds}");
        let more = [&SCRAM_GOES_ON[..], more.as_bytes()].concat();
        for byte in message(b'R', &more) {
            if server.write_all(&[byte]).await.is_err() {
                return;
            }
        }
        let _ = server.read(&mut [0; 1024]).await;
    }

    #[tokio::test]
    async fn a_server_that_asks_for_endless_work_is_left() {
        for (rounds, says) in [("4000000000", "rounds"), ("4096", "hung up")] {
            let (ours, theirs) = tokio::io::duplex(1 << 16);
            let login = Login {
                user: "u",
                password: "p",
                database: "d",
            };
            let (opened, ()) = tokio::join!(Session::open(ours, login), greedy(theirs, rounds));
            let refused = opened.err().unwrap().to_string();
            assert!(refused.contains(says), "{refused}");
        }
    }
}
