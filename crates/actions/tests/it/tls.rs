//! Certificates: only the right one, in time, from a trusted authority, over TLS 1.2 or later.

use crate::world::{Names, failure, nets, output, request};
use actions::{CertificateDer, Config, World};
use kernel::run::Retriable;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

fn world() -> World {
    World::new(Config {
        allowed: nets(&["127.0.0.0/8"]),
        trust: vec![certificate(include_bytes!("../fixtures/authority.pem"))],
        resolver: Some(Names::of(&[("receiver.test", &[&["127.0.0.1"]])])),
        ..Config::default()
    })
}

fn certificate(pem: &[u8]) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem).unwrap()
}

/// A receiver that shows `pem` and answers one request; its port.
fn receiver(pem: &[u8]) -> u16 {
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("../fixtures/receiver.key")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_no_client_auth()
    .with_single_cert(vec![certificate(pem)], key)
    .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let connection = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, stream);
        let mut request = [0; 4096];
        if stream.read(&mut request).is_ok_and(|read| read > 0) {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi")
                .unwrap();
            stream.flush().unwrap();
            let _ = stream.read(&mut request);
        }
    });
    port
}

#[tokio::test]
async fn a_trusted_certificate_for_the_host_is_accepted() {
    let port = receiver(include_bytes!("../fixtures/valid.pem"));
    let (output, exchange) = output(
        request(
            &world(),
            json!({ "url": format!("https://receiver.test:{port}/") }),
        )
        .await,
    );
    assert_eq!(output.body, "hi");
    let timing = exchange.timing;
    assert!(
        timing.dns_us.is_some()
            && timing.connect_us.is_some()
            && timing.tls_us.is_some_and(|us| us > 0)
    );
}

#[tokio::test]
async fn any_other_certificate_is_refused() {
    for (pem, why) in [
        (
            include_bytes!("../fixtures/foreign.pem").as_slice(),
            "not valid for name",
        ),
        (include_bytes!("../fixtures/expired.pem"), "Expired"),
        (
            include_bytes!("../fixtures/selfsigned.pem"),
            "UnknownIssuer",
        ),
    ] {
        let port = receiver(pem);
        let refused = failure(
            request(
                &world(),
                json!({ "url": format!("https://receiver.test:{port}/") }),
            )
            .await,
        );
        assert_eq!((&*refused.code, refused.retry), ("tls", Retriable::Yes));
        assert!(refused.message.contains(why), "{}", refused.message);
    }
}

#[tokio::test]
async fn an_old_tls_or_none_at_all_is_refused() {
    // A fatal alert `protocol_version`; a TLS 1.0 ServerHello; plain HTTP.
    let hello = [
        &[0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1][..],
        &[7; 32],
        &[0, 0, 0x2f, 0],
    ]
    .concat();
    for greeting in [
        vec![0x15, 3, 1, 0, 2, 2, 0x46],
        hello,
        b"HTTP/1.1 400 Bad\r\n\r\n".to_vec(),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(&greeting);
        });
        let refused = failure(
            request(
                &world(),
                json!({ "url": format!("https://receiver.test:{port}/") }),
            )
            .await,
        );
        assert_eq!(
            (&*refused.code, refused.retry),
            ("tls", Retriable::Yes),
            "{}",
            refused.message
        );
    }
}
