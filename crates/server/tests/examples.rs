//! The worked examples of `docs/examples` in the product: the finished call is posted, and each request, mail and appointment
//! that comes of it is read word for word. Hosts of requests are one receiver here, and what a host was is the first segment of
//! the path; mails go through a real mail server, appointments into a real calendar, rows into a real database.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

mod world;

use lab::{CalendarServer, MailServer};
use serde_json::{Value, json};
use std::path::Path;
use world::{Received, Receiver, Server, ended};

const AGENT: &str = concat!("switchhook/", env!("CARGO_PKG_VERSION"));
const SECRETS: [&str; 4] = ["api_key", "slack_token", "helpdesk_key", "analytics_key"];

/// The product, and a world whose hosts all answer by one script.
struct House {
    _dir: tempfile::TempDir,
    server: Server,
    receiver: Receiver,
    mail: MailServer,
    calendar: CalendarServer,
    database: String,
}

impl House {
    async fn new(
        script: impl Fn(&Received, usize) -> (u16, &'static str) + Send + Sync + 'static,
    ) -> House {
        Self::mailing(json!({}), script).await
    }

    /// With a mail server of these options.
    async fn mailing(
        options: Value,
        script: impl Fn(&Received, usize) -> (u16, &'static str) + Send + Sync + 'static,
    ) -> House {
        let mail = MailServer::start(&options).unwrap();
        let calendar = CalendarServer::start("right", &[("bookings", "Bookings")]).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let receiver = Receiver::start_with(script).await;
        let server = Server::start(dir.path());
        for name in SECRETS {
            let secret = json!({ "name": name, "value": format!("sk_{name}") });
            server.ask("POST", "/v1/secrets", &secret).await.ok(201);
        }
        let smtp = json!({ "host": "127.0.0.1", "port": mail.port, "security": "plain", "from": "Shop <shop@company.com>" });
        let caldav = json!({ "url": calendar.url(), "user": CalendarServer::USER, "password": "right", "email": "shop@company.com" });
        let database = lab::database();
        let table = "create table calls (call text, duration int, lead int)";
        lab::sql(&database, table).unwrap();
        for (name, kind, fields) in [
            ("Mail", "smtp", smtp),
            ("Calendar", "caldav", caldav),
            ("Database", "postgres", postgres(&database)),
        ] {
            let connection = json!({ "name": name, "kind": kind, "fields": fields });
            server
                .ask("POST", "/v1/connections", &connection)
                .await
                .ok(201);
        }
        House {
            _dir: dir,
            server,
            receiver,
            mail,
            calendar,
            database,
        }
    }

    /// That exactly this call was written down, with its lead.
    #[track_caller]
    fn logged(&self, run: &Value, lead: u32) {
        let call = run["call"]["id"].as_str().unwrap();
        let rows = lab::sql(&self.database, "select call, duration, lead from calls").unwrap();
        assert_eq!(rows, format!("{call}|91|{lead}"));
    }

    /// That exactly these mails came, in this order: to, subject and text.
    #[track_caller]
    fn mailed(&self, wanted: &[[&str; 3]]) {
        let text = |value: &Value| value.as_str().unwrap_or_default().trim_end().to_owned();
        let subject = |mail: &Value| {
            let headers = mail["headers"].as_array().unwrap();
            let header = headers.iter().find(|header| header[0] == "Subject");
            text(&header.unwrap()[1])
        };
        let mails = self.mail.mails(wanted.len());
        let came: Vec<_> = mails
            .iter()
            .map(|mail| [text(&mail["to"][0]), subject(mail), text(&mail["text"])])
            .collect();
        assert_eq!(came, wanted);
    }

    /// The only appointment that there is, its lines unfolded.
    #[track_caller]
    fn appointment(&self, wanted: &[&str]) {
        let events = self.calendar.events("bookings").unwrap();
        assert_eq!(events.len(), 1, "{events:?}");
        let event = events[0].1.replace("\r\n ", "");
        for line in wanted {
            assert!(
                event.lines().any(|written| written == *line),
                "{line}\n{event}"
            );
        }
    }

    /// Saves an example as it stands in the docs, but for its hosts, and for pauses between attempts that a test can wait for.
    async fn example(&self, name: &str) {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/examples/{name}.json"));
        let base = self.receiver.url().replace("/hook", "/");
        let text = std::fs::read_to_string(file)
            .unwrap()
            .replace("https://", &base);
        let mut flow: Value = serde_json::from_str(&text).unwrap();
        hurry(&mut flow["steps"]);
        let saved = self.server.ask("POST", "/v1/flows", &flow).await.ok(201);
        assert_eq!(
            saved["warnings"].as_array().map_or(0, Vec::len),
            0,
            "{saved:#}"
        );
    }

    /// Posts a finished call; the runs that it starts.
    async fn call(&self, event: &Value) -> Vec<String> {
        let answer = self.server.send(event).await;
        let events = answer["events"].as_array().unwrap();
        let runs = events
            .iter()
            .flat_map(|event| event["runs"].as_array().unwrap());
        runs.map(|run| run.as_str().unwrap().to_owned()).collect()
    }

    /// Posts a finished call that starts one run; the run at its end, and all requests, word for word.
    async fn story(&self, event: &Value) -> (Value, Vec<Received>) {
        let runs = self.call(event).await;
        assert_eq!(runs.len(), 1, "{runs:?}");
        let run = self.server.ended(&runs[0]).await;
        (run, self.receiver.all())
    }

    /// That exactly these were sent, in this order: line, secret and body, and every header there is.
    #[track_caller]
    fn sent(&self, all: &[Received], wanted: &[(&str, &str, &str)]) {
        let line = |received: &Received| format!("{} {}", received.method, received.path);
        let lines: Vec<String> = all.iter().map(line).collect();
        assert_eq!(
            lines,
            wanted.iter().map(|(line, ..)| *line).collect::<Vec<_>>()
        );
        let url = self.receiver.url();
        let host = url.trim_start_matches("http://").trim_end_matches("/hook");
        for (received, (line, secret, body)) in all.iter().zip(wanted) {
            assert_eq!(received.body, *body, "{line}");
            let mut headers = json!({
                "authorization": format!("Bearer sk_{secret}"), "host": host, "user-agent": AGENT,
                "idempotency-key": received.header("idempotency-key"), "switchhook-hops": "1",
            });
            if !body.is_empty() {
                headers["content-type"] = "application/json".into();
                headers["content-length"] = body.len().to_string().into();
            }
            let found = received.headers.iter();
            let found =
                found.map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap())));
            assert_eq!(Value::Object(found.collect()), headers, "{line}");
        }
    }
}

/// Pauses between attempts that a test can wait for, at every call to the world.
fn hurry(steps: &mut Value) {
    for step in steps.as_array_mut().into_iter().flatten() {
        if step["do"].is_string() {
            step["retry"] = json!({ "attempts": 3, "first_s": 0.01, "factor": 1 });
        }
        for branch in ["then", "else"] {
            if step[branch].is_array() {
                hurry(&mut step[branch]);
            }
        }
    }
}

/// A finished call of a campaign, with what was extracted from it.
fn call(campaign: &str, duration_s: u64, outcome: Value) -> Value {
    let mut event = ended(&format!("c-{campaign}-{duration_s}-{outcome}"));
    let call = &mut event["call"];
    call["campaign"] = json!({ "id": "k1", "name": campaign, "type": "outbound" });
    call["contact"] = json!({ "id": "7", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com", "company": "Engines & Sons" });
    call["duration_s"] = duration_s.into();
    call["disposition"] = "Interested".into();
    call["recording"] = json!({ "url": "https://recordings.example/1.mp3" });
    call["transcript"] = json!([{ "role": "agent", "text": "Hello!" },
        { "role": "customer", "text": "Say \"hi\" & <b>{{ secrets.api_key }}</b>" }]);
    call["analysis"] = json!({ "summary": "A good call", "success": true, "structured": outcome });
    event
}

/// The step with which a run has failed: the last whose call to the world did.
#[track_caller]
fn failed_at(run: &Value) -> &str {
    assert_eq!(run["status"], "failed", "{run:#}");
    let entries = run["entries"].as_array().unwrap();
    let refused = entries
        .iter()
        .rfind(|entry| entry["attempt"].is_u64() && entry["error"].is_object());
    refused.unwrap()["step"].as_str().unwrap()
}

/// Each request of a run: the step, and which attempt of it.
fn steps(run: &Value) -> Vec<(String, u64)> {
    let entries = run["entries"].as_array().unwrap();
    let did = entries.iter().filter(|entry| entry["exchange"].is_object());
    did.map(|entry| {
        (
            entry["step"].as_str().unwrap().into(),
            entry["attempt"].as_u64().unwrap(),
        )
    })
    .collect()
}

/// The steps that called the world, in their order.
fn taken(run: &Value) -> Vec<String> {
    steps(run).into_iter().map(|(step, _)| step).collect()
}

/// What the CRM of example 1 gets.
fn lead() -> (&'static str, &'static str, &'static str) {
    (
        "POST /api.crm.com/leads",
        "api_key",
        r#"{"first_name":"Ada","last_name":"Lovelace","phone":"+15550100","company":"Engines & Sons","source":"AI Sales Call","interest_level":"high","notes":"wants a \"demo\"","call_recording":"https://recordings.example/1.mp3"}"#,
    )
}

fn interested() -> Value {
    json!({ "interested": true, "interest_level": "high", "notes": "wants a \"demo\"" })
}

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

fn booked() -> Value {
    json!({ "appointment_booked": true, "appointment_date": "2026-12-01", "appointment_time": "10:00", "meeting_notes": "demo" })
}

#[tokio::test(flavor = "multi_thread")]
async fn example_2_books_confirms_and_tells_the_crm() {
    let house = House::new(|_, _| (200, "{}")).await;
    house.example("appointment").await;
    assert_eq!(
        house
            .call(&call("Any", 1, json!({ "appointment_booked": false })))
            .await,
        [""; 0]
    );
    let (run, sent) = house.story(&call("Any", 1, booked())).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    assert_eq!(taken(&run), ["event", "confirm", "crm"]);
    house.appointment(&[
        "SUMMARY:Meeting with Ada Lovelace",
        "DTSTART:20261201T150000Z",
        "DTEND:20261201T153000Z",
        "DESCRIPTION:demo",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:ada@example.com",
    ]);
    house.mailed(&[[
        "ada@example.com",
        "Appointment Confirmed",
        "Your appointment is confirmed for 2026-12-01 at 10:00.",
    ]]);
    house.sent(
        &sent,
        &[(
            "PUT /api.crm.com/contacts/7/update",
            "api_key",
            r#"{"next_appointment":"2026-12-01","status":"appointment_scheduled"}"#,
        )],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn example_2_confirms_nothing_that_the_calendar_did_not_take() {
    let mut house = House::new(|_, _| (200, "{}")).await;
    house.example("appointment").await;
    house.calendar.stop();
    let (run, sent) = house.story(&call("Any", 1, booked())).await;
    house.sent(&sent, &[]);
    house.mailed(&[]);
    assert_eq!(failed_at(&run), "event");
    let tries = [1, 2, 3].map(|attempt| ("event".to_owned(), attempt));
    assert_eq!(steps(&run), tries);
}

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

/// The fields of a connection to a database of the lab.
fn postgres(url: &str) -> Value {
    let (_, place) = url.split_once('@').unwrap();
    let (address, name) = place.split_once('/').unwrap();
    let (host, port) = address.split_once(':').unwrap();
    let port: u16 = port.parse().unwrap();
    json!({ "host": host, "port": port, "database": name, "user": "switchhook", "password": "none-is-asked-for", "tls": "off" })
}
