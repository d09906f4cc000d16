//! What is taken from answers: refusals, and long bodies.

use super::*;

#[tokio::test]
async fn a_refusal_carries_the_answer_and_when_to_come_back() {
    let receiver = Receiver::start(vec![
        vec![answer(
            "429 Slow Down",
            "retry-after: 99999999\r\n",
            r#"{"error":"quota"}"#,
        )],
        vec![answer("503 Busy", "retry-after: garbage\r\n", "")],
        vec![answer("404 Not Found", "", "<script>alert(1)</script>")],
        vec![answer("410 Gone", "", "")],
    ])
    .await;
    let world = open();
    let mut refusals = Vec::new();
    for _ in 0..4 {
        refusals.push(failure(
            request(&world, json!({ "url": receiver.url("/") })).await,
        ));
    }
    let verdicts: Vec<_> = refusals
        .iter()
        .map(|refused| (refused.status.unwrap(), refused.retry))
        .collect();
    assert_eq!(
        verdicts,
        [
            (429, Retriable::After(Duration::from_secs(86_400))),
            (503, Retriable::Yes),
            (404, Retriable::No),
            (410, Retriable::No),
        ]
    );
    assert_eq!(
        refusals[0].output.as_ref().unwrap().body,
        json!({ "error": "quota" })
    );
    assert_eq!(
        refusals[2].output.as_ref().unwrap().body,
        "<script>alert(1)</script>"
    );
}

#[tokio::test]
async fn long_bodies_are_cut_in_the_record_and_whole_in_the_output() {
    let long = "é".repeat(20_000);
    let receiver = Receiver::answering("200 OK", "", &long).await;
    let (output, exchange) =
        output(request(&open(), json!({ "url": receiver.url("/"), "body": long })).await);
    assert_eq!(output.body, long);
    assert_eq!(receiver.only().body, long);
    let response = exchange.response.unwrap();
    assert!(response.truncated && exchange.request.truncated);
    assert_eq!(response.body.unwrap().len(), 16 << 10);
}
