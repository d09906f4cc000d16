//! The dialogue against servers that say what a test makes them say; a real server is in the tests of `actions`.

use super::*;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, DuplexStream, duplex};

/// A server that says its lines, one after each line that comes; what it got.
fn server(lines: &'static [&'static str]) -> (DuplexStream, tokio::task::JoinHandle<String>) {
    let (ours, theirs) = duplex(1 << 16);
    let heard = tokio::spawn(async move {
        let (read, mut write) = tokio::io::split(theirs);
        let (mut read, mut heard) = (BufReader::new(read), String::new());
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                loop {
                    let from = heard.len();
                    if read.read_line(&mut heard).await.unwrap() == 0 {
                        return heard;
                    }
                    // A letter is one turn.
                    let in_letter = lines[at - 1].starts_with("354") && &heard[from..] != ".\r\n";
                    if !in_letter {
                        break;
                    }
                }
            }
            write.write_all(line.as_bytes()).await.unwrap();
        }
        write.shutdown().await.unwrap();
        read.read_to_string(&mut heard).await.unwrap();
        heard
    });
    (ours, heard)
}

const HELLO: &str = "250-mail.example\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN\r\n";

#[tokio::test]
async fn a_letter_is_handed_over_with_its_dots_doubled() {
    let (stream, heard) = server(&[
        "220 hi\r\n",
        HELLO,
        "250 ok\r\n",
        "250 ok\r\n",
        "550 no such user\r\n",
        "354 go\r\n",
        "250 queued as 7\r\n",
    ]);
    let mut session = Session::open(stream, "example.com").await.ok().unwrap();
    let to = ["a@b.example", "nobody@b.example"];
    let receipt = session
        .send("s@example.com", &to, b"A: b\r\n\r\n.dot\r\nend")
        .await
        .unwrap();
    assert_eq!(receipt.reply.to_string(), "250 queued as 7");
    assert_eq!(receipt.refused[0].0, "nobody@b.example");
    assert!(!session.has_left());
    drop(session);
    let heard = heard.await.unwrap();
    assert!(
        heard.ends_with("DATA\r\nA: b\r\n\r\n..dot\r\nend\r\n.\r\n"),
        "{heard}"
    );
}

#[tokio::test]
async fn a_recipient_refused_for_now_stops_the_letter_before_anybody_gets_it() {
    let (stream, heard) = server(&[
        "220 hi\r\n",
        HELLO,
        "250 ok\r\n",
        "250 ok\r\n",
        "451 later\r\n",
    ]);
    let mut session = Session::open(stream, "example.com").await.ok().unwrap();
    let trouble = session
        .send("s@example.com", &["a@b.example", "c@b.example"], b"x")
        .await
        .unwrap_err();
    assert!(
        matches!(&trouble, Trouble::Refused { reply, .. } if reply.is_for_now()),
        "{trouble}"
    );
    drop(session);
    assert!(!heard.await.unwrap().contains("DATA"));
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_dot_leaves_the_letter_unknown() {
    let (stream, _) = server(&[
        "220 hi\r\n",
        HELLO,
        "250 ok\r\n",
        "250 ok\r\n",
        "354 go\r\n",
        "",
    ]);
    let mut session = Session::open(stream, "example.com").await.ok().unwrap();
    let trouble = session
        .send("s@example.com", &["a@b.example"], b"x")
        .await
        .unwrap_err();
    assert!(matches!(trouble, Trouble::Broken(_)) && session.has_left());
}

#[tokio::test]
async fn what_a_server_slips_in_before_tls_is_refused() {
    let (stream, _) = server(&["220 hi\r\n", HELLO, "220 go\r\n250 injected\r\n"]);
    let session = Session::open(stream, "example.com").await.ok().unwrap();
    let (trouble, _) = session.start_tls().await.err().unwrap();
    assert!(matches!(trouble, Trouble::Nonsense(_)), "{trouble}");
}

#[tokio::test]
async fn without_an_offer_of_tls_nothing_is_sent_in_the_clear() {
    let (stream, heard) = server(&["220 hi\r\n", "250 mail.example\r\n"]);
    let session = Session::open(stream, "example.com").await.ok().unwrap();
    let (trouble, _) = session.start_tls().await.err().unwrap();
    assert!(trouble.to_string().contains("STARTTLS"), "{trouble}");
    assert_eq!(heard.await.unwrap(), "EHLO example.com\r\n");
}

#[tokio::test]
async fn a_sign_in_is_kept_without_the_password() {
    for (offer, wire) in [
        (
            "250-x\r\n250 AUTH PLAIN LOGIN\r\n",
            "AUTH PLAIN AHVzZXIAaHVudGVyMg==\r\n",
        ),
        (
            "250-x\r\n250 AUTH LOGIN\r\n",
            "AUTH LOGIN\r\ndXNlcg==\r\naHVudGVyMg==\r\n",
        ),
    ] {
        let lines: &[&str] = match offer.contains("PLAIN") {
            true => &[
                "220 hi\r\n",
                "250-x\r\n250 AUTH PLAIN LOGIN\r\n",
                "235 in\r\n",
            ],
            false => &[
                "220 hi\r\n",
                "250-x\r\n250 AUTH LOGIN\r\n",
                "334 VXNlcm5hbWU6\r\n",
                "334 UGFzc3dvcmQ6\r\n",
                "235 in\r\n",
            ],
        };
        let (stream, heard) = server(lines);
        let mut session = Session::open(stream, "example.com").await.ok().unwrap();
        session
            .sign_in(Login {
                user: "user",
                password: "hunter2",
            })
            .await
            .unwrap();
        let said = session.said().to_owned();
        drop(session);
        assert!(heard.await.unwrap().ends_with(wire));
        assert!(
            !said.contains("hunter2") && !said.contains("aHVudGVyMg") && !said.contains("AHVzZX"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_server_without_end_and_one_that_is_no_mail_server_are_told_apart_from_a_refusal() {
    for line in ["HTTP/1.1 400 Bad Request\r\n", "220", "2\r\n", "é20 x\r\n"] {
        let (mut theirs, ours) = duplex(1 << 16);
        theirs.write_all(line.as_bytes()).await.unwrap();
        drop(theirs);
        let (trouble, _) = Session::open(ours, "example.com").await.err().unwrap();
        assert!(
            matches!(trouble, Trouble::Nonsense(_) | Trouble::Broken(_)),
            "{line}: {trouble}"
        );
    }
    let (mut theirs, ours) = duplex(1 << 20);
    theirs.write_all(&vec![b'2'; 40_000]).await.unwrap();
    let (trouble, _) = Session::open(ours, "example.com").await.err().unwrap();
    assert!(matches!(trouble, Trouble::Nonsense(_)), "{trouble}");
    let (mut theirs, ours) = duplex(1 << 20);
    theirs
        .write_all("220-and on\r\n".repeat(3_000).as_bytes())
        .await
        .unwrap();
    let (trouble, _) = Session::open(ours, "example.com").await.err().unwrap();
    assert!(matches!(trouble, Trouble::Nonsense(_)), "{trouble}");
}

#[tokio::test]
async fn a_letter_larger_than_the_server_takes_is_not_begun() {
    let (stream, heard) = server(&["220 hi\r\n", HELLO]);
    let mut session = Session::open(stream, "example.com").await.ok().unwrap();
    let trouble = session
        .send("s@example.com", &["a@b.example"], &[b'x'; 1001])
        .await
        .unwrap_err();
    assert!(trouble.to_string().contains("at most 1000"), "{trouble}");
    drop(session);
    assert!(!heard.await.unwrap().contains("MAIL"));
}
