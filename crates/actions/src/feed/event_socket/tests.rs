//! The dialogue with an event socket, against the other end of a pipe.

use super::EventSocket;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use url::Url;

fn line() -> Url {
    Url::parse("event-socket://:Clue%20Con@pbx.example").unwrap()
}

/// A switch that says `told` one after the other, each once something was said to it.
async fn switch(
    told: &[&str],
) -> (
    Result<EventSocket<DuplexStream>, String>,
    DuplexStream,
    String,
) {
    let (ours, mut theirs) = duplex(1 << 16);
    let told: Vec<String> = told.iter().map(|text| (*text).to_owned()).collect();
    let speaking = async move {
        let mut heard = String::new();
        for (turn, text) in told.iter().enumerate() {
            if turn > 0 {
                let mut buffer = vec![0; 4096];
                let read = theirs.read(&mut buffer).await.unwrap();
                heard += &String::from_utf8_lossy(&buffer[..read]);
            }
            theirs.write_all(text.as_bytes()).await.unwrap();
        }
        (theirs, heard)
    };
    let line = line();
    let (feed, (theirs, heard)) = tokio::join!(EventSocket::sign_in(ours, &line), speaking);
    (feed, theirs, heard)
}

const HELLO: &str = "Content-Type: auth/request\n\n";
const YES: &str = "Content-Type: command/reply\nReply-Text: +OK accepted\n\n";

#[tokio::test]
async fn it_signs_in_subscribes_and_reads_each_event_whole() {
    let first = r#"{"Event-Name":"CHANNEL_CREATE"}"#;
    let event = |json: &str| {
        format!(
            "Content-Length: {}\nContent-Type: text/event-json\n\n{json}",
            json.len()
        )
    };
    let both = [YES, &event(first), "\n\n", &event("{}")].concat();
    let (feed, theirs, heard) = switch(&[HELLO, YES, &both]).await;
    let mut feed = feed.unwrap();
    assert!(
        heard.starts_with("auth Clue Con\n\nevent json CHANNEL_CREATE "),
        "{heard}"
    );
    assert_eq!(feed.next().await.unwrap(), first);
    assert_eq!(feed.next().await.unwrap(), "{}");
    drop(theirs);
    assert!(feed.next().await.unwrap_err().contains("closed"));
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    let no = "Content-Type: command/reply\nReply-Text: -ERR invalid\n\n";
    for (told, word) in [
        (&[HELLO, no][..], "password: invalid"),
        (
            &["Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n"],
            "access list",
        ),
        (&["HTTP/1.1 400 Bad Request\r\n\r\n"], "no header"),
        (&["Content-Type: text/html\n\n"], "no event socket"),
    ] {
        let refused = switch(told).await.0.err().unwrap();
        assert!(refused.contains(word), "{refused}");
    }
}

#[tokio::test]
async fn what_has_no_end_is_not_kept() {
    let long = format!("{HELLO}x: {}\n", "y".repeat(20_000));
    let many = format!("{}\n", "a: b\n".repeat(100));
    let huge = "Content-Type: text/event-json\nContent-Length: 99999999\n\n";
    let wrong = "Content-Type: text/event-json\nContent-Length: -1\n\n";
    for (told, word) in [
        (&long[HELLO.len()..], "more than 16384"),
        (&many, "more than 64 headers"),
        (huge, "1048576 are read"),
        (wrong, "no length"),
    ] {
        let (feed, mut theirs, _) = switch(&[HELLO, YES, YES]).await;
        let mut feed = feed.unwrap();
        theirs.write_all(told.as_bytes()).await.unwrap();
        let refused = feed.next().await.unwrap_err();
        assert!(refused.contains(word), "{refused}");
    }
}
