//! Example 3: a support ticket.

use super::*;

fn issue(priority: &str) -> Value {
    let outcome = json!({ "issue_reported": true, "priority": priority, "issue_type": "billing", "issue_description": "charged twice" });
    call("Customer Support", 1, outcome)
}

fn ticket(priority: &str) -> String {
    let transcript = r#"AI: Hello!\nCustomer: Say \"hi\" & <b>{{ secrets.api_key }}</b>"#;
    format!(
        r#"{{"customer_phone":"+15550100","customer_name":"Ada Lovelace","issue_type":"billing","priority":"{priority}","description":"charged twice","call_transcript":"{transcript}","recording_url":"https://recordings.example/1.mp3"}}"#
    )
}

const OPEN: &str = "POST /api.helpdesk.com/tickets";

#[tokio::test(flavor = "multi_thread")]
async fn example_3_looks_at_the_priority_of_a_ticket() {
    let house = House::new(|_, _| (200, "{\"id\":\"T1\"}")).await;
    house.example("support-ticket").await;
    assert_eq!(
        house
            .call(&call(
                "Customer Support",
                1,
                json!({ "issue_reported": false })
            ))
            .await,
        [""; 0]
    );
    let (run, sent) = house.story(&issue("high")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    house.sent(
        &sent,
        &[
            (OPEN, "helpdesk_key", &ticket("high")),
            (
                "POST /slack.com/api/chat.postMessage",
                "slack_token",
                r##"{"channel":"#urgent-support","text":"Ticket T1: billing"}"##,
            ),
        ],
    );
    house.mailed(&[[
        "manager@company.com",
        "Urgent: billing",
        "Ticket T1: charged twice",
    ]]);
    assert_eq!(taken(&run), ["ticket", "mail_manager", "tell_slack"]);
    let (run, sent) = house.story(&issue("normal")).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    house.mailed(&[[
        "manager@company.com",
        "Urgent: billing",
        "Ticket T1: charged twice",
    ]]);
    house.sent(
        &sent[2..],
        &[
            (OPEN, "helpdesk_key", &ticket("normal")),
            (
                "POST /api.helpdesk.com/queues/regular/tickets",
                "helpdesk_key",
                r#"{"ticket":"T1"}"#,
            ),
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn example_3_tells_nobody_of_a_ticket_that_is_none() {
    let house = House::new(|_, _| (422, "{}")).await;
    house.example("support-ticket").await;
    let (run, sent) = house.story(&issue("high")).await;
    house.sent(&sent, &[(OPEN, "helpdesk_key", &ticket("high"))]);
    house.mailed(&[]);
    assert_eq!(failed_at(&run), "ticket");
}
