//! Questions of the process itself to a platform's API: guarded like everything that goes out, capped, and silent about keys.

use crate::receiver::{Act, Receiver};
use crate::world::{closed, nets, open};
use actions::{Actions, Ask, Unanswered, World};
use std::time::Duration;

fn ask(port: u16) -> Ask {
    Ask {
        method: "POST",
        url: format!("http://127.0.0.1:{port}/v3/list-calls"),
        headers: vec![("authorization", "Bearer canary-key".into())],
        body: Some("{}".into()),
        most: 1_000,
        within: Duration::from_secs(5),
    }
}

async fn answered(status: &str, body: &str) -> Result<String, Unanswered> {
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let receiver = Receiver::start(vec![vec![Act::Send(answer.into_bytes()), Act::Close]]).await;
    let answered = open().ask(&ask(receiver.port), &[]).await;
    answered.map(|body| String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_question_goes_out_as_it_is_and_its_answer_comes_back_whole() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]".to_vec();
    let receiver = Receiver::start(vec![vec![Act::Send(answer)]]).await;
    let body = open().ask(&ask(receiver.port), &[]).await.unwrap();
    assert_eq!(&body[..], b"[]");
    let asked = &receiver.received()[0];
    assert_eq!(asked.line, "POST /v3/list-calls HTTP/1.1");
    assert_eq!(asked.header("authorization"), "Bearer canary-key");
    assert_eq!(asked.header("content-type"), "application/json");
    assert_eq!(asked.body, "{}");
}

#[tokio::test]
async fn an_internal_address_is_asked_only_where_it_is_opened() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]".to_vec();
    let receiver = Receiver::start(vec![vec![Act::Send(answer)]]).await;
    let world: World = closed();
    let refused = world.ask(&ask(receiver.port), &[]).await.unwrap_err();
    assert!(
        matches!(&refused, Unanswered::Away(why) if why.contains("loopback")),
        "{refused}"
    );
    let opened = world
        .ask(&ask(receiver.port), &nets(&["127.0.0.1/32"]))
        .await;
    assert!(opened.is_ok());
}

#[tokio::test]
async fn a_refusal_says_what_the_platform_says_but_no_key() {
    let refused = answered("401 Unauthorized", "{\"message\":\n\"Invalid API Key\"}").await;
    let Err(Unanswered::Refused {
        status: 401,
        message,
    }) = refused
    else {
        panic!("{refused:?}")
    };
    assert!(
        message.contains("Invalid API Key") && !message.contains('\n'),
        "{message}"
    );
    let echoed = answered("400 Bad Request", "no such key: canary-key")
        .await
        .unwrap_err();
    assert!(!echoed.to_string().contains("canary"), "{echoed}");
}

#[tokio::test]
async fn a_platform_that_asks_for_time_gets_it_and_one_that_says_too_much_is_cut_off() {
    let later = answered("429 Too Many Requests\r\nretry-after: 7", "slow down").await;
    assert!(
        matches!(later, Err(Unanswered::Later(wait, _)) if wait == Duration::from_secs(7)),
        "{later:?}"
    );
    let large = answered("200 OK", &"x".repeat(1_001)).await;
    assert_eq!(large, Err(Unanswered::TooLarge(1_000)));
    let broken = answered("500 Internal Server Error", &"x".repeat(100_000)).await;
    assert!(
        matches!(broken, Err(Unanswered::Refused { status: 500, .. })),
        "{broken:?}"
    );
}
