//! A body that comes in pieces and is never whole in memory: a file on its way out, or an answer on its way through. It has
//! exactly the length that was said, or ends in an error.

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Frame, SizeHint};
use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc::{Receiver, Sender, channel};

const PIECE: usize = 64 << 10;
/// How many pieces may wait for whoever reads.
const AHEAD: usize = 8;

pub struct Pieces {
    from: Receiver<io::Result<Bytes>>,
    left: u64,
}

impl Pieces {
    /// Of so many bytes, which somebody else sends.
    pub(crate) fn sent(length: u64) -> (Sender<io::Result<Bytes>>, Self) {
        let (sender, from) = channel(AHEAD);
        (sender, Self { from, left: length })
    }

    /// The next so many bytes of a file.
    pub(crate) fn of_file(file: File, length: u64) -> Self {
        let (sender, pieces) = Self::sent(length);
        tokio::task::spawn_blocking(move || {
            let mut rest = file.take(length);
            loop {
                let mut piece = vec![0; PIECE];
                let read = rest.read(&mut piece).map(|read| {
                    piece.truncate(read);
                    Bytes::from(piece)
                });
                let is_end = matches!(&read, Ok(piece) if piece.is_empty());
                let is_broken = read.is_err();
                // Whoever reads may have gone away.
                if is_end || sender.blocking_send(read).is_err() || is_broken {
                    return;
                }
            }
        });
        pieces
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(match ready!(self.from.poll_recv(context)) {
            Some(Ok(mut piece)) => {
                let most = usize::try_from(self.left).unwrap_or(usize::MAX);
                piece.truncate(most);
                self.left -= piece.len() as u64;
                Ok(Frame::data(piece))
            }
            Some(Err(error)) => Err(error),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// What a request carries.
pub(crate) enum Sent {
    Whole(Full<Bytes>),
    Pieces(Pieces),
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Self::Whole(body) => Pin::new(body)
                .poll_frame(context)
                .map_err(|never| match never {}),
            Self::Pieces(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(body) => body.is_end_stream(),
            Self::Pieces(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(body) => body.size_hint(),
            Self::Pieces(body) => body.size_hint(),
        }
    }
}
