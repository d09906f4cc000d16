//! A body that comes in pieces and is never whole in memory: a file on its way out, or an answer on its way through. It has
//! exactly the length that was said, or ends in an error.

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Frame, SizeHint};
use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::{JoinHandle, spawn_blocking};

const PIECE: u64 = 64 << 10;
/// How many pieces may wait for whoever reads.
const AHEAD: usize = 8;

pub struct Pieces {
    from: Source,
    left: u64,
}

enum Source {
    Sent(Receiver<io::Result<Bytes>>),
    /// With the read that is under way. Each is a short one: whoever reads slowly, or no more, holds no thread.
    File(Arc<File>, Option<JoinHandle<io::Result<Bytes>>>),
}

impl Pieces {
    /// Of so many bytes, which somebody else sends.
    pub(crate) fn sent(length: u64) -> (Sender<io::Result<Bytes>>, Self) {
        let (sender, from) = channel(AHEAD);
        let from = Source::Sent(from);
        (sender, Self { from, left: length })
    }

    /// The next so many bytes of a file.
    pub(crate) fn of_file(file: File, length: u64) -> Self {
        Self {
            from: Source::File(Arc::new(file), None),
            left: length,
        }
    }
}

impl Source {
    /// What comes next; `None` at the end.
    fn poll(&mut self, most: u64, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        match self {
            Self::Sent(from) => from.poll_recv(context),
            Self::File(file, under_way) => {
                let reading = under_way.get_or_insert_with(|| {
                    let file = file.clone();
                    spawn_blocking(move || read(&file, most.min(PIECE)))
                });
                let read = ready!(Pin::new(reading).poll(context));
                *under_way = None;
                let read = read.map_err(io::Error::other).flatten();
                Poll::Ready(
                    Some(read).filter(|read| !matches!(read, Ok(piece) if piece.is_empty())),
                )
            }
        }
    }
}

fn read(mut file: &File, most: u64) -> io::Result<Bytes> {
    let mut piece = Vec::with_capacity(PIECE as usize);
    file.by_ref().take(most).read_to_end(&mut piece)?;
    Ok(piece.into())
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let left = self.left;
        if left == 0 {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(match ready!(self.from.poll(left, context)) {
            Some(Ok(mut piece)) => {
                piece.truncate(usize::try_from(left).unwrap_or(usize::MAX));
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
