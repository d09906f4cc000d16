//! What a server refuses: what is tried again, and whom the others do not wait for.

use super::*;

#[tokio::test]
async fn a_4xx_is_tried_again_and_a_5xx_is_not() {
    for (options, code, retry) in [
        (
            json!({ "data": "451 4.7.1 come back later" }),
            451,
            Retriable::Yes,
        ),
        (json!({ "data": "554 5.7.1 spam" }), 554, Retriable::No),
        (
            json!({ "refuse": { "ada@example.com": "450 4.2.0 greylisted" } }),
            450,
            Retriable::Yes,
        ),
        (
            json!({ "refuse": { "ada@example.com": "550 5.1.1 no such user" } }),
            550,
            Retriable::No,
        ),
    ] {
        let server = server(options);
        let outcome = send(&world(), &plain(&server), hello()).await;
        let said = outcome.exchange.clone().unwrap().response.unwrap();
        let refused = failure(outcome);
        assert_eq!(
            (&*refused.code, refused.status, refused.retry),
            ("mail_refused", Some(code), retry),
            "{}",
            refused.message
        );
        assert!(said.body.unwrap().contains(&format!("< {code} ")));
    }
}

#[tokio::test]
async fn whom_the_server_refuses_for_good_the_others_do_not_wait_for() {
    let server = server(json!({ "refuse": { "nobody@example.com": "550 5.1.1 no such user" } }));
    let with =
        json!({ "to": ["nobody@example.com", "ada@example.com"], "subject": "Hi", "text": "x" });
    let output = send(&world(), &plain(&server), with).await.result.unwrap();
    assert_eq!(server.mails(1)[0]["to"], json!(["ada@example.com"]));
    assert_eq!(
        output.body["refused"],
        json!([{ "email": "nobody@example.com", "answer": "550 5.1.1 no such user" }])
    );
}
