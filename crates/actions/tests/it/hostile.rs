//! Receivers that answer badly, slowly, without end or not at all: each ends in time, as a failure that says what happened.

use crate::receiver::{Act, Receiver, answer, bytes};
use crate::world::{Workspace, failure, open, output, request, step};
use actions::Actions;
use kernel::run::{Failure, Retriable};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

const SHORT: Duration = Duration::from_millis(250);

async fn within(script: Vec<Act>, timeout: Duration) -> Failure {
    let receiver = Receiver::start(vec![script]).await;
    let mut step = step(
        "http.request",
        json!({ "url": receiver.url("/"), "json": 1 }),
    );
    step.timeout = timeout;
    let started = Instant::now();
    let failure = failure(open().perform(&step, &Workspace::default()).await);
    assert!(
        started.elapsed() < timeout + Duration::from_secs(2),
        "{:?}",
        started.elapsed()
    );
    failure
}

async fn fails(script: Vec<Act>) -> (String, Retriable) {
    let failure = within(script, Duration::from_secs(5)).await;
    (failure.code, failure.retry)
}

#[tokio::test]
async fn a_receiver_that_never_answers_ends_at_the_time_out() {
    let failure = within(vec![Act::Hang], SHORT).await;
    assert_eq!(
        (&*failure.code, failure.retry),
        ("timeout", Retriable::Unknown)
    );
}

#[tokio::test]
async fn a_byte_now_and_then_does_not_extend_the_time_out() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
    let slow = Duration::from_millis(20);
    for script in [
        vec![Act::Drip(head.to_vec(), slow)],
        vec![Act::Send(head.to_vec()), Act::Drip(vec![b'x'; 1000], slow)],
    ] {
        let failure = within(script, SHORT).await;
        assert_eq!(
            (&*failure.code, failure.retry),
            ("timeout", Retriable::Unknown)
        );
    }
}

#[tokio::test]
async fn a_time_out_while_connecting_is_tried_again() {
    // A full accept queue: the kernel completes no further handshake.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener: TcpListener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let mut held = Vec::new();
    for _ in 0..8 {
        let connecting = tokio::net::TcpStream::connect(address);
        match tokio::time::timeout(Duration::from_millis(50), connecting).await {
            Ok(stream) => held.push(stream),
            Err(_) => break,
        }
    }
    let mut step = step(
        "http.request",
        json!({ "url": format!("http://{address}/") }),
    );
    step.timeout = SHORT;
    let failure = failure(open().perform(&step, &Workspace::default()).await);
    assert_eq!((&*failure.code, failure.retry), ("timeout", Retriable::Yes));
}

#[tokio::test]
async fn nobody_listening_is_tried_again() {
    let port = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let failure = failure(
        request(
            &open(),
            json!({ "url": format!("http://127.0.0.1:{port}/") }),
        )
        .await,
    );
    assert_eq!((&*failure.code, failure.retry), ("connect", Retriable::Yes));
    assert!(
        failure.message.contains(&format!("127.0.0.1:{port}")),
        "{}",
        failure.message
    );
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_its_end() {
    let block = vec![b'x'; 65_536];
    let chunk = [b"10000\r\n".as_slice(), &block, b"\r\n"].concat();
    let tiny = [b"20\r\n".as_slice(), &[b'x'; 32], b"\r\n"]
        .concat()
        .repeat(1_000);
    for (head, endless) in [
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n",
            block.clone(),
        ),
        (
            "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n",
            block.clone(),
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            chunk,
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            tiny,
        ),
    ] {
        assert_eq!(
            fails(vec![bytes(head), Act::Endless(endless)]).await,
            ("output_too_large".into(), Retriable::No),
            "{head}"
        );
    }
}

#[tokio::test]
async fn a_refusal_with_a_body_without_end_stays_a_refusal() {
    let head = bytes("HTTP/1.1 503 Busy\r\nretry-after: 9\r\nconnection: close\r\n\r\n");
    assert_eq!(
        fails(vec![head, Act::Endless(vec![b'x'; 65_536])]).await,
        (
            "http_status".into(),
            Retriable::After(Duration::from_secs(9))
        )
    );
}

#[tokio::test]
async fn floods_of_headers_and_interim_answers_end() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-h: 1\r\n".repeat(10_000));
    let large = format!("HTTP/1.1 200 OK\r\nx-h: {}\r\n\r\n", "a".repeat(1 << 20));
    for script in [
        vec![bytes(&many)],
        vec![bytes(&large)],
        vec![
            bytes("HTTP/1.1 200 OK\r\nx: "),
            Act::Endless(vec![b'a'; 65_536]),
        ],
        vec![Act::Endless(
            b"HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n".repeat(1000),
        )],
    ] {
        assert_eq!(
            fails(script).await,
            ("output_too_large".into(), Retriable::No)
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_said_to_be_none() {
    for answer in [
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let (code, retry) = fails(vec![bytes(answer), Act::Close]).await;
        assert!(
            matches!(
                (&*code, retry),
                ("bad_response" | "reset", Retriable::Unknown)
            ),
            "{answer}: {code} {retry:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_the_result_unknown() {
    for script in [
        vec![Act::Close],
        vec![Act::Reset],
        vec![
            bytes("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhal"),
            Act::Close,
        ],
        vec![
            bytes("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"),
            Act::Reset,
        ],
        vec![
            bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhal"),
            Act::Close,
        ],
    ] {
        assert_eq!(fails(script).await, ("reset".into(), Retriable::Unknown));
    }
}

#[tokio::test]
async fn an_answer_of_no_content_has_none_and_its_extra_bytes_are_no_next_answer() {
    let receiver = Receiver::start(vec![
        vec![bytes(
            "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 500 Forged\r\ncontent-length: 0\r\n\r\n",
        )],
        vec![answer("200 OK", "", "\"real\"")],
    ])
    .await;
    let world = open();
    let (first, exchange) = output(request(&world, json!({ "url": receiver.url("/") })).await);
    assert_eq!((first.status, first.body), (Some(204), json!(null)));
    assert_eq!(exchange.response.unwrap().body, None);
    let (second, _) = output(request(&world, json!({ "url": receiver.url("/") })).await);
    assert_eq!(second.body, "real");
}

#[tokio::test]
async fn conflicting_lengths_forge_no_next_answer() {
    let forged = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n\"forged\"";
    for lengths in [
        "content-length: 500\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n0\r\n\r\n",
        "content-length: 0\r\ncontent-length: 100\r\n\r\n",
        "content-length: 0, 100\r\n\r\n",
    ] {
        let two = format!("HTTP/1.1 200 OK\r\n{lengths}{forged}");
        let script = vec![vec![bytes(&two)], vec![answer("200 OK", "", "\"real\"")]];
        let receiver = Receiver::start(script).await;
        let world = open();
        let with = json!({ "url": receiver.url("/") });
        // Whatever the first one is taken for, its tail is not the answer to the second request.
        request(&world, with.clone()).await;
        let (second, _) = output(request(&world, with).await);
        assert_eq!(second.body, "real", "{lengths:?}");
        assert_eq!(receiver.connections(), 2, "{lengths:?}");
    }
}

#[tokio::test]
async fn a_compressed_answer_is_not_blown_up() {
    for encoding in ["gzip", "br", "deflate", "zstd", "gzip, gzip"] {
        let header = format!("content-encoding: {encoding}\r\n");
        let receiver = Receiver::answering("200 OK", &header, "\u{1f}not really").await;
        let with = json!({ "url": receiver.url("/") });
        let (output, exchange) = output(request(&open(), with).await);
        let note = format!("(11 bytes, content-encoding {encoding}: not decoded)");
        assert_eq!(output.body, note);
        assert_eq!(exchange.response.unwrap().body, Some(note));
        assert_eq!(receiver.only().header("accept-encoding"), "");
    }
}

#[tokio::test]
async fn a_deeply_nested_answer_is_text() {
    let deep = "[".repeat(100_000);
    let receiver = Receiver::answering("200 OK", "content-type: application/json\r\n", &deep).await;
    let (output, _) = output(request(&open(), json!({ "url": receiver.url("/") })).await);
    assert_eq!(output.body, deep);
}

#[tokio::test]
async fn an_idle_connection_that_the_receiver_closed_is_not_used_again() {
    let receiver = Receiver::start(vec![vec![answer("200 OK", "", ""), Act::Close]]).await;
    let world = open();
    for _ in 0..3 {
        output(request(&world, json!({ "url": receiver.url("/") })).await);
        tokio::task::yield_now().await;
    }
    assert_eq!(receiver.received().len(), 3);
}
