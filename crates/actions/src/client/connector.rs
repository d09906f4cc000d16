//! The connector under hyper's pool: dials through the guard and wraps TLS with the original name around the connection.
//! It ends by itself: hyper may leave it running for a request that has found another connection.

use super::Trouble;
use super::dial::Dialer;
use super::stream::Stream;
use http::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::rt::TokioIo;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use tower::Service;

/// DNS, TCP and TLS together.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + Send>>;

#[derive(Clone)]
pub(crate) struct Connector {
    https: HttpsConnector<Plain>,
}

impl Connector {
    pub(crate) fn new(dialer: Dialer, tls: ClientConfig, most_unbroken: usize) -> Self {
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(Plain {
                dialer,
                most_unbroken,
            });
        Self { https }
    }
}

/// TLS 1.2 and 1.3 with the roots of Mozilla's program and `trust`.
pub(crate) fn tls(trust: &[CertificateDer<'static>]) -> ClientConfig {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    roots.add_parsable_certificates(trust.iter().cloned());
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring knows TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<Stream>>;
    type Error = Trouble;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Trouble>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let host = uri.host().unwrap_or_default().to_owned();
        let connecting = self.https.call(uri);
        Box::pin(async move {
            let started = Instant::now();
            let stream = match timeout(LIMIT, connecting).await {
                Ok(Ok(stream)) => stream,
                Ok(Err(error)) => {
                    return Err(match error.downcast::<Trouble>() {
                        Ok(trouble) => *trouble,
                        Err(error) => Trouble::Tls(format!("TLS with `{host}` failed: {error}")),
                    });
                }
                Err(_) => {
                    return Err(Trouble::Connect(format!(
                        "no connection to `{host}` within {} s",
                        LIMIT.as_secs()
                    )));
                }
            };
            if let MaybeHttpsStream::Https(tls) = &stream {
                let opening = tls.inner().get_ref().0.inner().inner().opening();
                let before = opening.dns.unwrap_or_default() + opening.connect;
                let _ = opening.tls.set(started.elapsed().saturating_sub(before));
            }
            Ok(stream)
        })
    }
}

/// The TCP half.
#[derive(Clone)]
struct Plain {
    dialer: Dialer,
    most_unbroken: usize,
}

impl Service<Uri> for Plain {
    type Response = TokioIo<Stream>;
    type Error = Trouble;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Trouble>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (dialer, most) = (self.dialer.clone(), self.most_unbroken);
        Box::pin(async move {
            let host = uri
                .host()
                .ok_or_else(|| Trouble::Dns("the URL has no host".into()))?;
            let port = uri
                .port_u16()
                .unwrap_or(if uri.scheme_str() == Some("https") {
                    443
                } else {
                    80
                });
            Ok(TokioIo::new(Stream::new(
                dialer.dial(host, port).await?,
                most,
            )))
        })
    }
}
