//! Requests through a connection: it signs them, and is masked.

use super::*;

#[tokio::test]
async fn a_connection_signs_a_request_and_is_masked() {
    for (kind, fields, name, value) in [
        (
            "bearer",
            json!({ "token": "canary-token" }),
            "authorization",
            "Bearer canary-token",
        ),
        (
            "basic",
            json!({ "user": "u", "password": "canary-pw" }),
            "authorization",
            "Basic dTpjYW5hcnktcHc=",
        ),
        (
            "header",
            json!({ "name": "X-Api-Key", "value": "canary-key" }),
            "x-api-key",
            "canary-key",
        ),
    ] {
        let echo = "you said canary-token, canary-pw and canary-key";
        let receiver = Receiver::answering("200 OK", "", echo).await;
        let office = Workspace::connected("CRM", kind, fields);
        for (with, connection) in [
            (json!({ "url": receiver.url("/") }), Some("CRM")),
            (
                json!({ "url": receiver.url("/"), "auth": { "connection": "CRM" } }),
                Some("CRM"),
            ),
        ] {
            let mut step = step("http.request", with);
            step.connection = connection.map(str::to_owned);
            let outcome = open().perform(&step, &office).await;
            let secret = value.rsplit(' ').next().unwrap();
            assert!(!format!("{outcome:?}").contains(secret), "{outcome:?}");
            outcome.result.unwrap();
        }
        let received = receiver.received();
        assert!(
            received.iter().all(|request| request.header(name) == value),
            "{received:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_beside_another_sign_in_is_refused() {
    let receiver = Receiver::ok().await;
    let office = Workspace::connected("CRM", "bearer", json!({ "token": "t" }));
    let mut step = step(
        "http.request",
        json!({ "url": receiver.url("/"), "auth": "another token" }),
    );
    step.connection = Some("CRM".into());
    assert_eq!(
        failure(open().perform(&step, &office).await).code,
        "bad_input"
    );
    assert_eq!(receiver.connections(), 0);
}
