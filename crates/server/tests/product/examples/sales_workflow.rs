//! Example 4: a sales workflow with branches and a last block.

use super::*;

const SEARCH: (&str, &str, &str) = (
    "GET /api.crm.com/leads/search?phone=%2B15550100",
    "api_key",
    "",
);
const CREATE: (&str, &str, &str) = (
    "POST /api.crm.com/leads",
    "api_key",
    r#"{"first_name":"Ada","phone":"+15550100","source":"AI call"}"#,
);

const SUMMARY: [&str; 3] = ["team@company.com", "Call with Ada", "A good call"];

/// The only request of the block that runs always.
const ANALYTICS: (&str, &str, &str) = (
    "POST /analytics.example/events",
    "analytics_key",
    r#"{"event":"call","disposition":"Interested"}"#,
);

#[tokio::test(flavor = "multi_thread")]
async fn example_4_updates_a_known_lead_and_takes_every_branch() {
    let house = House::new(|received, _| match received.path.as_str() {
        path if path.contains("/search") => (200, "{\"id\":9}"),
        path if path.ends_with("/owner") => (200, "{\"email\":\"rep@company.com\"}"),
        _ => (200, "{}"),
    })
    .await;
    house.example("sales-workflow").await;
    assert_eq!(
        house.call(&call("Sales Outbound", 90, json!({}))).await,
        [""; 0]
    );
    let outcome = json!({ "interested": true, "appointment_booked": true, "appointment_date": "2026-12-01", "appointment_time": "10:00", "notes": "n" });
    let (run, sent) = house.story(&call("Sales Outbound", 91, outcome)).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    let update = format!(
        r#"{{"phone":"+15550100","last_call":"{}"}}"#,
        run["call"]["id"].as_str().unwrap()
    );
    house.sent(
        &sent,
        &[
            SEARCH,
            ("PATCH /api.crm.com/leads/9", "api_key", &update),
            (
                "POST /api.crm.com/leads/9/notes",
                "api_key",
                r#"{"text":"n"}"#,
            ),
            (
                "PUT /api.crm.com/leads/9/status",
                "api_key",
                r#"{"status":"Interested"}"#,
            ),
            (
                "POST /api.crm.com/leads/9/owner",
                "api_key",
                r#"{"team":"sales"}"#,
            ),
            (
                "POST /api.crm.com/tasks",
                "api_key",
                r#"{"lead":9,"title":"Follow up with Ada"}"#,
            ),
            (
                "POST /slack.com/api/chat.postMessage",
                "slack_token",
                r##"{"channel":"#sales","text":"Ada is interested, rep@company.com takes over"}"##,
            ),
            (
                "POST /api.crm.com/lists/hot-leads/members",
                "api_key",
                r#"{"lead":9}"#,
            ),
            (
                "POST /api.crm.com/lists/upcoming-meetings/members",
                "api_key",
                r#"{"lead":9}"#,
            ),
            ANALYTICS,
        ],
    );
    house.logged(&run, 9);
    house.appointment(&[
        "SUMMARY:Meeting with Ada Lovelace",
        "DTSTART:20261201T150000Z",
    ]);
    house.mailed(&[
        [
            "ada@example.com",
            "Appointment Confirmed",
            "Your appointment is confirmed for 2026-12-01.",
        ],
        [
            "rep@company.com",
            "New appointment",
            "Ada, 2026-12-01 10:00",
        ],
        SUMMARY,
    ]);
    let order = [
        "search",
        "update",
        "notes",
        "status",
        "assign",
        "task",
        "notify",
        "hot",
        "event",
        "confirm",
        "meetings",
        "notify_rep",
        "log",
        "analytics",
        "summary",
    ];
    assert_eq!(taken(&run), order);
}

#[tokio::test(flavor = "multi_thread")]
async fn example_4_creates_an_unknown_lead() {
    let house = House::new(|received, _| match received.path.as_str() {
        path if path.contains("/search") => (404, "{}"),
        "/api.crm.com/leads" => (201, "{\"id\":10}"),
        _ => (200, "{}"),
    })
    .await;
    house.example("sales-workflow").await;
    let (run, sent) = house
        .story(&call("Sales Outbound", 91, json!({ "interested": false })))
        .await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    house.sent(&sent, &[SEARCH, CREATE, ANALYTICS]);
    house.logged(&run, 10);
    house.mailed(&[SUMMARY]);
}

#[tokio::test(flavor = "multi_thread")]
async fn example_4_takes_its_last_block_whatever_failed_before() {
    let house = House::new(|received, _| match received.path.as_str() {
        path if path.contains("/search") => (404, "{}"),
        path if path.ends_with("/owner") => (403, "{}"),
        "/api.crm.com/leads" => (201, "{\"id\":10}"),
        _ => (200, "{}"),
    })
    .await;
    house.example("sales-workflow").await;
    let outcome = json!({ "interested": true, "appointment_booked": true });
    let (run, sent) = house.story(&call("Sales Outbound", 91, outcome)).await;
    assert_eq!(failed_at(&run), "assign");
    let owner = (
        "POST /api.crm.com/leads/10/owner",
        "api_key",
        r#"{"team":"sales"}"#,
    );
    house.sent(&sent, &[SEARCH, CREATE, owner, ANALYTICS]);
    house.logged(&run, 10);
    house.mailed(&[SUMMARY]);
}

#[tokio::test(flavor = "multi_thread")]
async fn example_4_takes_the_rest_of_its_last_block_when_a_step_of_it_fails() {
    let house = House::new(|received, _| match received.path.as_str() {
        path if path.contains("/search") => (404, "{}"),
        "/api.crm.com/leads" => (201, "{\"id\":10}"),
        _ => (200, "{}"),
    })
    .await;
    house.example("sales-workflow").await;
    lab::sql(&house.database, "drop table calls").unwrap();
    let (run, sent) = house.story(&call("Sales Outbound", 91, json!({}))).await;
    assert_eq!(failed_at(&run), "log");
    house.sent(&sent, &[SEARCH, CREATE, ANALYTICS]);
    house.mailed(&[SUMMARY]);
}
