//! Moving everything from a data directory to PostgreSQL and back, with the real binary: nothing is lost, whatever ends it in
//! the middle; what differs is found; what is at work or half moved is refused.

use crate::world;
mod moves;
mod refusals;
use crate::world::{Receiver, Server, ended, text, webhook};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[derive(Clone)]
enum Place {
    Directory(PathBuf),
    Database(String),
}

use Place::{Database, Directory};

impl Place {
    fn address(&self) -> String {
        match self {
            Directory(path) => path.display().to_string(),
            Database(url) => url.clone(),
        }
    }

    /// A server on it, with the seal key that the first server made.
    fn command(&self, first: &Path) -> Command {
        let data = match self {
            Directory(path) => path,
            Database(_) => Path::new("/nonexistent/switchhook"),
        };
        let mut command = world::command(data);
        command
            .env_remove("SWITCHHOOK_DATABASE")
            .env_remove("SWITCHHOOK_SEAL_KEY");
        if let Database(url) = self {
            command.args(["--database", url]);
        }
        if self.address() != first.display().to_string() {
            command.env("SWITCHHOOK_SEAL_KEY_FILE", first.join("seal.key"));
        }
        command
    }

    fn start(&self, first: &Path) -> Server {
        Server::spawn(self.command(first)).unwrap()
    }
}

async fn database() -> Place {
    Database(tokio::task::spawn_blocking(lab::database).await.unwrap())
}

fn migrate(from: &Place, to: &Place) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchhook"));
    command.args(["migrate", "--json", "--from", &from.address()]);
    command.args(["--to", &to.address()]);
    command
}

#[track_caller]
fn done(mut command: Command) -> Value {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(0), "{said}");
    let told: Value = serde_json::from_slice(&stdout).unwrap();
    assert_eq!(told["verified"], true, "{told:#}");
    told
}

#[track_caller]
fn refused(mut command: Command, why: &str) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr).into_owned();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains(why), "{said}");
    said
}

/// Documents of every kind, and calls whose runs succeeded, failed and wait.
async fn fill(server: &Server, well: &Receiver, badly: &Receiver, never: &Receiver) {
    let secret = json!({ "name": "crm", "value": "s3cret-of-the-crm" });
    server.ask("POST", "/v1/secrets", &secret).await.ok(201);
    let key = json!({ "name": "ci", "scopes": ["read"] });
    server.ask("POST", "/v1/keys", &key).await.ok(201);
    let endpoint =
        json!({ "provider": "vapi", "name": "from vapi", "auth": { "secret": "vapi-s3cret-1" } });
    server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let edited = server.flow(webhook(&well.url())).await;
    let path = format!("/v1/flows/{edited}");
    let mut flow = server.get(&path).await["flow"].clone();
    flow["name"] = "hook, edited".into();
    let edit = json!({ "flow": flow });
    let answer = server.ask("PUT", &path, &edit).await;
    assert!(answer.status < 500, "{}", answer.text);
    server.flow(request("fails", &never.url(), 1, 1)).await;
    server.flow(request("waits", &badly.url(), 5, 3600)).await;
    for n in 0..8 {
        server.send(&ended(&format!("call-{n}"))).await;
    }
    let settled = |stats: &Value| {
        let runs = &stats["runs"];
        runs["succeeded"] == 8 && runs["failed"] == 8 && runs["waiting"] == 8
    };
    server.until("/v1/stats", settled).await;
}

fn request(name: &str, url: &str, attempts: u32, first_s: u32) -> Value {
    json!({ "name": name, "on": ["call.ended"], "steps": [{ "id": "send", "do": "http.request",
        "with": { "method": "POST", "url": url, "headers": { "x-crm": "{{ secrets.crm }}" }, "json": { "call": "{{ call_id }}" } },
        "retry": { "attempts": attempts, "first_s": first_s, "factor": 1, "max_s": 3600 } }] })
}

/// What people see of everything there is, wherever the server listens.
async fn answers(server: &Server) -> BTreeMap<String, Value> {
    let mut answers = BTreeMap::new();
    for list in [
        "flows",
        "endpoints",
        "secrets",
        "keys",
        "calls",
        "events",
        "runs",
    ] {
        let path = format!("/v1/{list}?limit=100");
        let all = server.get(&path).await;
        let items = all["data"].as_array().unwrap().clone();
        assert!(!items.is_empty(), "{list}");
        answers.insert(path, all);
        if ["secrets", "keys"].contains(&list) {
            continue;
        }
        for item in items {
            let path = format!("/v1/{list}/{}", text(&item, "/id"));
            answers.insert(path.clone(), server.get(&path).await);
            if list == "flows" {
                let path = format!("{path}/versions");
                answers.insert(path.clone(), server.get(&path).await);
            }
        }
    }
    let stats = server.get("/v1/stats").await;
    answers.insert("runs".into(), stats["runs"].clone());
    for answer in answers.values_mut() {
        let anywhere = answer.to_string().replace(&server.url, "http://here");
        *answer = serde_json::from_str(&anywhere).unwrap();
        forget_how_long_it_waits(answer);
    }
    answers
}

/// A run that is not over takes longer with every look.
fn forget_how_long_it_waits(answer: &mut Value) {
    match answer {
        Value::Array(items) => items.iter_mut().for_each(forget_how_long_it_waits),
        Value::Object(fields) => {
            if fields
                .get("status")
                .is_some_and(|status| status == "waiting")
            {
                fields.remove("duration_ms");
            }
            fields.values_mut().for_each(forget_how_long_it_waits);
        }
        _ => {}
    }
}

/// A filled data directory whose server was stopped, and what it had answered.
async fn filled(dir: &Path) -> (Place, BTreeMap<String, Value>) {
    // As long as fewer than ten fail in a row, nothing is held back.
    let (well, badly, never) = (
        Receiver::start(|_| (200, "{}")).await,
        Receiver::start(|_| (500, "{}")).await,
        Receiver::start(|_| (422, "{}")).await,
    );
    let place = Directory(dir.to_owned());
    let mut server = place.start(dir);
    fill(&server, &well, &badly, &never).await;
    let answers = answers(&server).await;
    server.stop();
    (place, answers)
}

#[track_caller]
fn same(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) {
    assert_eq!(before.len(), after.len());
    for (path, answer) in before {
        assert_eq!(Some(answer), after.get(path), "{path}");
    }
}
