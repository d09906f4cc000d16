//! The guarded dial for protocols other than HTTP: a stream that a library can speak on, over TLS from the start or later.
//! It goes through the same guard and ends by the same bounds as a request.

use super::connector::LIMIT;
use super::stream::{Opening, Stream};
use super::{Http, Trouble};
use crate::guard::AllowedNetwork;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Host;

/// An open connection to `host`.
pub(crate) struct Socket {
    wire: Wire,
    opening: Arc<Opening>,
    host: String,
}

enum Wire {
    Plain(Box<Stream>),
    Tls(Box<TlsStream<Stream>>),
}

impl Http {
    /// Connects to `host`, a name or an address as people write it, over TLS if so wished.
    pub(crate) async fn dial(
        &self,
        workspace: &[AllowedNetwork],
        host: &str,
        port: u16,
        tls: bool,
    ) -> Result<Socket, Trouble> {
        // As in a URL, so that `0x7f.1` is the address that it means.
        let host = Host::parse(host)
            .map_err(|error| Trouble::Dns(format!("`{host}` is no host: {error}")))?
            .to_string();
        let dialling = async {
            let dialled = self.dialer(workspace).dial(&host, port).await?;
            let stream = Stream::new(dialled, self.most_unbroken);
            let socket = Socket {
                opening: stream.opened(),
                wire: Wire::Plain(Box::new(stream)),
                host: host.clone(),
            };
            match tls {
                true => socket.secure(self).await,
                false => Ok(socket),
            }
        };
        timeout(LIMIT, dialling).await.unwrap_or_else(|_| {
            Err(Trouble::Connect(format!(
                "no connection to `{host}:{port}` within {} s",
                LIMIT.as_secs()
            )))
        })
    }
}

impl Socket {
    /// The same connection over TLS; the certificate must be for the host that was dialled.
    pub(crate) async fn secure(self, http: &Http) -> Result<Socket, Trouble> {
        self.secure_by(http.tls.clone()).await
    }

    pub(crate) async fn secure_by(self, tls: ClientConfig) -> Result<Socket, Trouble> {
        let Wire::Plain(stream) = self.wire else {
            return Ok(self);
        };
        let failed = |why: &dyn std::fmt::Display| {
            Trouble::Tls(format!("TLS with `{}` failed: {why}", self.host))
        };
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(bare.to_owned()).map_err(|error| failed(&error))?;
        let started = Instant::now();
        let connector = TlsConnector::from(Arc::new(tls));
        let shaken = timeout(LIMIT, connector.connect(name, *stream)).await;
        let stream = match shaken {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(failed(&error)),
            Err(_) => return Err(failed(&"no handshake within 10 s")),
        };
        let _ = self.opening.tls.set(started.elapsed());
        Ok(Socket {
            wire: Wire::Tls(Box::new(stream)),
            ..self
        })
    }

    /// For a protocol in which the other side alone speaks; whoever reads bounds what it keeps.
    pub(crate) fn without_end(mut self) -> Self {
        match &mut self.wire {
            Wire::Plain(stream) => stream.lift_bound(),
            Wire::Tls(stream) => stream.get_mut().0.lift_bound(),
        }
        self
    }

    pub(crate) fn opening(&self) -> &Opening {
        &self.opening
    }

    /// For whom the socket itself is out of reach once a library has it.
    pub(crate) fn opened(&self) -> Arc<Opening> {
        self.opening.clone()
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Wire::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Wire::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_flush(context),
            Wire::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Wire::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
