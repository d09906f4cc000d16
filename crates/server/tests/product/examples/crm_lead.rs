//! Example 1: a lead for the CRM.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn example_1_sends_a_lead_a_mail_and_a_message() {
    let house = House::new(|_, _| (200, "{\"id\":42}")).await;
    house.example("crm-lead").await;
    for other in [
        call("Support", 61, interested()),
        call("Sales Outbound", 60, interested()),
        call("Sales Outbound", 61, json!({ "interested": false })),
    ] {
        assert_eq!(house.call(&other).await, [""; 0]);
    }
    let (run, sent) = house.story(&call("Sales Outbound", 61, interested())).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    house.sent(
        &sent,
        &[
            lead(),
            (
                "POST /slack.com/api/chat.postMessage",
                "slack_token",
                r##"{"channel":"#sales-leads","text":"🔥 New lead: Ada from Engines & Sons"}"##,
            ),
        ],
    );
    house.mailed(&[HOT]);
    assert_eq!(taken(&run), ["lead", "mail_sales", "tell_slack"]);
}

const HOT: [&str; 3] = [
    "sales@company.com",
    "New Hot Lead from AI Call",
    "Lead Ada showed interest: wants a \"demo\" (lead 42)",
];

#[tokio::test(flavor = "multi_thread")]
async fn example_1_repeats_what_may_pass_with_the_same_key_and_ends_at_what_does_not() {
    let refusing = json!({ "data": "554 5.7.1 no such sender" });
    let house = House::mailing(refusing, |_, n| match n {
        0 => (503, "{}"),
        1 => (429, "{}"),
        _ => (201, "{\"id\":42}"),
    })
    .await;
    house.example("crm-lead").await;
    let (run, sent) = house.story(&call("Sales Outbound", 61, interested())).await;
    house.sent(&sent, &[lead(), lead(), lead()]);
    house.mailed(&[HOT]);
    let keys: Vec<String> = sent
        .iter()
        .map(|received| received.header("idempotency-key"))
        .collect();
    assert!(keys[0] == keys[1] && keys[1] == keys[2], "{keys:?}");
    assert_eq!(failed_at(&run), "mail_sales");
    let tries = [("lead", 1), ("lead", 2), ("lead", 3), ("mail_sales", 1)];
    assert_eq!(
        steps(&run),
        tries.map(|(step, attempt)| (step.to_owned(), attempt))
    );
}
