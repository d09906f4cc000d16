//! The worked examples of `docs/examples` in the product: the finished call is posted, and each request, mail and appointment
//! that comes of it is read word for word. Hosts of requests are one receiver here, and what a host was is the first segment of
//! the path; mails go through a real mail server, appointments into a real calendar, rows into a real database.

mod appointment;
mod crm_lead;
mod sales_workflow;
mod support_ticket;
use crate::world::{Received, Receiver, Server, ended};
use lab::{CalendarServer, MailServer};
use serde_json::{Value, json};
use std::path::Path;

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

/// The fields of a connection to a database of the lab.
fn postgres(url: &str) -> Value {
    let (_, place) = url.split_once('@').unwrap();
    let (address, name) = place.split_once('/').unwrap();
    let (host, port) = address.split_once(':').unwrap();
    let port: u16 = port.parse().unwrap();
    json!({ "host": host, "port": port, "database": name, "user": "switchhook", "password": "none-is-asked-for", "tls": "off" })
}
