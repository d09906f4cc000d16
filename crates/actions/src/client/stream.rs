//! A guarded connection as hyper uses it: it knows how it was opened, and stops reading when a receiver sends without end,
//! wherever in the protocol that happens (interim responses, headers, chunk framing, a body nobody asked for).

use super::dial::Dialled;
use hyper_util::client::legacy::connect::{Connected, Connection};
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// How much may come in between two writes: well above the caps on headers and body with all framing.
pub(super) const MAX_UNBROKEN: usize = 3 << 20;

/// How a connection was opened.
#[derive(Debug)]
pub(crate) struct Opening {
    pub(crate) address: String,
    pub(crate) dns: Option<Duration>,
    pub(crate) connect: Duration,
    pub(crate) tls: OnceLock<Duration>,
    used: AtomicBool,
}

impl Opening {
    /// Whether an exchange has gone over the connection before; from now on one has.
    pub(crate) fn use_again(&self) -> bool {
        self.used.swap(true, Ordering::Relaxed)
    }
}

/// The receiver sends without end.
#[derive(Debug, thiserror::Error)]
#[error("more came in than is read without a word of ours in between")]
pub(crate) struct Endless;

pub(crate) struct Stream {
    tcp: TcpStream,
    opening: Arc<Opening>,
    unbroken: usize,
    most_unbroken: usize,
}

impl Stream {
    /// Stops reading once more than `most_unbroken` bytes came in between two writes.
    pub(crate) fn new(dialled: Dialled, most_unbroken: usize) -> Self {
        Self {
            tcp: dialled.stream,
            opening: Arc::new(Opening {
                address: dialled.address.to_string(),
                dns: dialled.dns,
                connect: dialled.connect,
                tls: OnceLock::new(),
                used: AtomicBool::new(false),
            }),
            unbroken: 0,
            most_unbroken,
        }
    }

    pub(super) fn lift_bound(&mut self) {
        self.most_unbroken = usize::MAX;
    }

    pub(crate) fn opened(&self) -> Arc<Opening> {
        self.opening.clone()
    }

    pub(crate) fn opening(&self) -> &Opening {
        &self.opening
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new().extra(self.opening.clone())
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.unbroken > self.most_unbroken {
            return Poll::Ready(Err(io::Error::other(Endless)));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.tcp).poll_read(context, buffer))?;
        self.unbroken += buffer.filled().len() - before;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.unbroken = 0;
        Pin::new(&mut self.tcp).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.unbroken = 0;
        Pin::new(&mut self.tcp).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}
