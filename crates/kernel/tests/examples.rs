//! The flows of `docs/examples`, run to their ends with the answers of a made-up world.
#![allow(clippy::unwrap_used, clippy::result_large_err)]

mod house;
mod world;

use house::House;
use kernel::flow::{Facts, Plan, matches};
use kernel::run::{Failure, Output, Perform, Retriable, Run, Status};
use serde_json::{Value, json};

fn plan(name: &str) -> Plan {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples/");
    let text = std::fs::read_to_string(format!("{folder}{name}.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(world::problems(&document), [""; 0], "{name}");
    let plan = world::plan(&document).unwrap();
    assert_eq!(plan.warnings, [], "{name}");
    plan
}

fn event(outcome: Value) -> Value {
    json!({
        "call_id": "c1", "caller_number": "+14155550100", "duration": 125, "recording_url": "https://r.example/1",
        "transcript": "AI: Hi\nCustomer: \"Hello\"", "disposition": "Interested", "summary": "A good call",
        "contact": { "id": "7", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com", "company": "Engines" },
        "outcome": outcome,
    })
}

/// Runs an example; the run, and what it did: `POST https://…` or the action, with the body or inputs below the step's id.
fn run(
    name: &str,
    outcome: Value,
    answer: impl Fn(&str) -> Result<Value, u16>,
) -> (Run, Vec<String>, Value) {
    let mut sent = Vec::new();
    let mut bodies = json!({});
    let world = |perform: &Perform| {
        if perform.action == "http.request" {
            let text = |name: &str| perform.with[name].as_str().unwrap().to_owned();
            sent.push(format!("{} {}", text("method"), text("url")));
            bodies[&perform.step] = perform.with.get("json").cloned().unwrap_or_default();
        } else {
            sent.push(perform.action.clone());
            bodies[&perform.step] = Value::Object(perform.with.clone());
        }
        answer(&perform.step)
            .map(|body| Output {
                status: Some(200),
                headers: Value::Null,
                body,
            })
            .map_err(|status| Failure {
                code: "http_status".into(),
                message: format!("answered {status}"),
                step: String::new(),
                status: Some(status),
                output: None,
                retry: Retriable::No,
            })
    };
    let run = House::new(plan(name), event(outcome), world).run(100);
    (run, sent, bodies)
}

/// Whether a call of a campaign starts the example.
fn starts(name: &str, kind: &str, campaign: &str, duration: f64, outcome: Value) -> bool {
    let mut scope = world::object(event(outcome));
    scope.insert("duration".into(), json!(duration));
    let trigger = plan(name).trigger;
    let facts = Facts {
        kind,
        settled: trigger.settles,
        campaign: [Some(campaign), None, None, None],
        agent: [None; 4],
        disposition: None,
        status: None,
        connected: None,
        duration_s: Some(duration),
        flow: [None, None],
        numbers: [None; 2],
        scope: &scope,
    };
    matches(&trigger, &facts)
}

#[test]
fn example_1_creates_a_lead_for_an_interested_caller() {
    let interested =
        json!({ "interested": true, "interest_level": "high", "notes": "wants a demo" });
    let starts =
        |campaign, duration, outcome| starts("crm-lead", "call.ended", campaign, duration, outcome);
    assert!(starts("Sales Outbound", 61.0, interested.clone()));
    assert!(!starts("Sales Outbound", 60.0, interested.clone()));
    assert!(!starts("Support", 61.0, interested.clone()));
    assert!(!starts(
        "Sales Outbound",
        61.0,
        json!({ "interested": false })
    ));

    let (run, sent, bodies) = run("crm-lead", interested, |_| Ok(json!({ "id": 42 })));
    assert_eq!(run.status, Status::Succeeded);
    assert_eq!(
        sent,
        [
            "POST https://api.crm.com/leads",
            "email.send",
            "POST https://slack.com/api/chat.postMessage",
        ]
    );
    assert_eq!(
        bodies["lead"],
        json!({ "first_name": "Ada", "last_name": "Lovelace", "phone": "+14155550100", "company": "Engines", "source": "AI Sales Call",
            "interest_level": "high", "notes": "wants a demo", "call_recording": "https://r.example/1" })
    );
    assert_eq!(
        bodies["mail_sales"]["text"],
        "Lead Ada showed interest: wants a demo (lead 42)"
    );
    assert_eq!(
        bodies["tell_slack"]["text"],
        "🔥 New lead: Ada from Engines"
    );
}

#[test]
fn example_2_books_an_appointment() {
    let booked = json!({ "appointment_booked": true, "appointment_date": "2026-12-01", "appointment_time": "10:00", "meeting_notes": "demo" });
    let kind = "call.analyzed";
    assert!(starts("appointment", kind, "Any", 1.0, booked.clone()));
    assert!(!starts("appointment", kind, "Any", 1.0, json!({})));
    assert!(!starts(
        "appointment",
        "call.ended",
        "Any",
        1.0,
        booked.clone()
    ));

    let (run, sent, bodies) = run("appointment", booked, |_| Ok(json!({})));
    assert_eq!(run.status, Status::Succeeded);
    assert_eq!(
        sent,
        [
            "calendar.create",
            "email.send",
            "PUT https://api.crm.com/contacts/7/update",
        ]
    );
    assert_eq!(
        bodies["event"],
        json!({ "title": "Meeting with Ada Lovelace", "start": "2026-12-01 10:00", "zone": "America/New_York", "attendees": ["ada@example.com"], "description": "demo" })
    );
    assert_eq!(
        bodies["crm"],
        json!({ "next_appointment": "2026-12-01", "status": "appointment_scheduled" })
    );
}

#[test]
fn example_3_opens_a_ticket_and_looks_at_its_priority() {
    let issue = |priority: &str| json!({ "issue_reported": true, "priority": priority, "issue_type": "billing", "issue_description": "charged twice" });
    assert!(starts(
        "support-ticket",
        "call.ended",
        "Customer Support",
        1.0,
        issue("low")
    ));
    let send = |priority: &str| {
        let (run, sent, bodies) = run("support-ticket", issue(priority), |_| {
            Ok(json!({ "id": "T1" }))
        });
        assert_eq!(run.status, Status::Succeeded);
        (sent, bodies)
    };
    let (sent, bodies) = send("high");
    assert_eq!(
        sent,
        [
            "POST https://api.helpdesk.com/tickets",
            "email.send",
            "POST https://slack.com/api/chat.postMessage",
        ]
    );
    assert_eq!(bodies["ticket"]["customer_name"], "Ada Lovelace");
    assert_eq!(
        bodies["ticket"]["call_transcript"],
        "AI: Hi\nCustomer: \"Hello\""
    );
    assert_eq!(bodies["tell_slack"]["channel"], "#urgent-support");
    let (sent, bodies) = send("normal");
    assert_eq!(
        sent[1..],
        ["POST https://api.helpdesk.com/queues/regular/tickets"]
    );
    assert_eq!(bodies["queue"], json!({ "ticket": "T1" }));
}

const ALWAYS: [&str; 3] = [
    "sql.insert",
    "POST https://analytics.example/events",
    "email.send",
];

#[test]
fn example_4_updates_a_known_lead_and_books() {
    assert!(starts(
        "sales-workflow",
        "call.ended",
        "Sales Outbound",
        91.0,
        json!({})
    ));
    assert!(!starts(
        "sales-workflow",
        "call.ended",
        "Sales Outbound",
        90.0,
        json!({})
    ));

    let outcome = json!({ "interested": true, "appointment_booked": true, "appointment_date": "2026-12-01", "notes": "n" });
    let answer = |step: &str| match step {
        "search" => Ok(json!({ "id": 9 })),
        "assign" => Ok(json!({ "email": "rep@company.com" })),
        _ => Ok(json!({})),
    };
    let (run, sent, bodies) = run("sales-workflow", outcome, answer);
    assert_eq!(run.status, Status::Succeeded);
    let expected = [
        "GET https://api.crm.com/leads/search?phone=%2B14155550100",
        "PATCH https://api.crm.com/leads/9",
        "POST https://api.crm.com/leads/9/notes",
        "PUT https://api.crm.com/leads/9/status",
        "POST https://api.crm.com/leads/9/owner",
        "POST https://api.crm.com/tasks",
        "POST https://slack.com/api/chat.postMessage",
        "POST https://api.crm.com/lists/hot-leads/members",
        "calendar.create",
        "email.send",
        "POST https://api.crm.com/lists/upcoming-meetings/members",
        "email.send",
    ];
    assert_eq!(sent, [&expected[..], &ALWAYS[..]].concat());
    assert_eq!(bodies["notify_rep"]["to"], "rep@company.com");
}

#[test]
fn example_4_creates_a_new_lead_and_its_last_block_runs_always() {
    let answer = |step: &str| match step {
        "search" => Err(404),
        "create" => Ok(json!({ "id": 10 })),
        "assign" => Err(403),
        _ => Ok(json!({})),
    };
    let (ended, sent, bodies) = run("sales-workflow", json!({}), answer);
    assert_eq!(ended.status, Status::Succeeded);
    assert_eq!(sent[1], "POST https://api.crm.com/leads");
    assert_eq!(sent[2..], ALWAYS);
    assert_eq!(bodies["create"]["source"], "AI call");
    assert_eq!(bodies["log"]["values"]["lead"], 10);

    let (ended, sent, _) = run("sales-workflow", json!({ "interested": true }), answer);
    assert_eq!(ended.status, Status::Failed);
    assert_eq!(sent[2], "POST https://api.crm.com/leads/10/owner");
    assert_eq!(sent[3..], ALWAYS);
}
