//! Moving everything from a data directory to PostgreSQL and back, with the real binary: nothing is lost, whatever ends it in
//! the middle; what differs is found; what is at work or half moved is refused.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

mod world;

use kernel::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use store::Catalog;
use store::catalog::Kind;
use world::{Receiver, Server, ended, text, webhook};

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

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_the_same_on_postgres_and_back_in_a_directory() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let (source, before) = filled(&first).await;
    let (there, back) = (database().await, Directory(dir.path().join("back")));
    let told = done(migrate(&source, &there));
    let next = text(&told, "/next");
    let key = format!(
        "SWITCHHOOK_SEAL_KEY_FILE={}",
        first.join("seal.key").display()
    );
    assert!(next.contains(&key), "{next}");
    let mut server = there.start(&first);
    same(&before, &answers(&server).await);
    server.stop();
    let told_back = done(migrate(&there, &back));
    let hash = |told: &Value, table: usize| text(told, &format!("/tables/{table}/sha256"));
    // Calls, messages, events, runs and entries; a sign-in link is made at every start.
    for table in 3..8 {
        assert_eq!(hash(&told, table), hash(&told_back, table));
    }
    let mut without = back.command(&first);
    without.env_remove("SWITCHHOOK_SEAL_KEY_FILE");
    refused(without, "is missing");
    assert!(!dir.path().join("back/seal.key").exists());
    let server = back.start(&first);
    same(&before, &answers(&server).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_run_goes_on_and_its_secret_opens() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let receiver = Receiver::start(|n| if n == 0 { (500, "{}") } else { (200, "{}") }).await;
    let source = Directory(first.clone());
    let mut server = source.start(&first);
    let secret = json!({ "name": "crm", "value": "s3cret-of-the-crm" });
    server.ask("POST", "/v1/secrets", &secret).await.ok(201);
    server.flow(request("returns", &receiver.url(), 5, 2)).await;
    let sent = server.send(&ended("call-1")).await;
    let run = text(&sent, "/events/0/runs/0");
    let path = format!("/v1/runs/{run}");
    server.until(&path, |run| run["status"] == "waiting").await;
    server.stop();
    let (there, back) = (database().await, Directory(dir.path().join("back")));
    done(migrate(&source, &there));
    done(migrate(&there, &back));
    for place in [there, back] {
        let came = receiver.all().len();
        let mut server = place.start(&first);
        let all = receiver.wait(came + 1).await;
        let last = &all[came];
        assert_eq!(last.header("x-crm"), "s3cret-of-the-crm");
        assert_eq!(
            last.header("idempotency-key"),
            all[0].header("idempotency-key")
        );
        assert_eq!(server.ended(&run).await["status"], "succeeded");
        server.stop();
    }
}

/// Ends the command at a commit of the target, later each time, and by SIGKILL; goes on until it is done.
async fn killed(source: &Place, target: &Place, first: &Path) {
    let mut kills = 0;
    loop {
        let mut command = migrate(source, target);
        let point = ["before_commit", "after_commit"][kills % 2];
        command.env("SWITCHHOOK_CRASH_AT", format!("{point}:{}", 2 + kills));
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        if kills % 3 == 2 {
            tokio::time::sleep(Duration::from_millis(40 * kills as u64)).await;
            let _ = child.kill();
        }
        let output = child.wait_with_output().unwrap();
        if output.status.code() == Some(0) {
            let told: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(told["verified"], true);
            break;
        }
        kills += 1;
        if kills == 4 {
            refused(target.command(first), "half of a migration");
        }
        assert!(kills < 40, "it comes no further");
    }
    assert!(kills >= 4, "it was ended {kills} times only");
    done({
        let mut again = migrate(source, target);
        again.arg("--verify-only");
        again
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_is_killed_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let (source, before) = filled(&first).await;
    let (there, back) = (database().await, Directory(dir.path().join("back")));
    killed(&source, &there, &first).await;
    killed(&there, &back, &first).await;
    let server = back.start(&first);
    same(&before, &answers(&server).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_changed_by_hand_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let (source, _) = filled(&first).await;
    let (there, back) = (database().await, Directory(dir.path().join("back")));
    done(migrate(&source, &there));
    done(migrate(&source, &back));
    let damaged = async |target: &Place, what: &str| {
        let mut command = migrate(&source, target);
        command.arg("--verify-only");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(told["verified"], false);
        assert!(told["differences"].to_string().contains(what), "{told:#}");
    };
    let Database(url) = &there else {
        unreachable!()
    };
    lab::sql(url, "UPDATE entries SET body = '\\x00' WHERE (run, number) = (SELECT run, number FROM entries LIMIT 1)").unwrap();
    damaged(&there, "entries: run_").await;
    let Directory(path) = &back else {
        unreachable!()
    };
    let store = store_sqlite::Sqlite::open(path).unwrap();
    let keys = store.list(None, Kind::Secret, None, 1).await.unwrap();
    store
        .delete(Kind::Secret, keys[0].id, Timestamp::now())
        .await
        .unwrap();
    drop(store);
    damaged(&back, "documents: kind 5 id").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_at_work_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let (source, target) = (Directory(first.clone()), database().await);
    let mut server = source.start(&first);
    let empty = Directory(dir.path().join("empty"));
    refused(migrate(&source, &target), "stop its server");
    server.stop();
    done(migrate(&source, &target));
    let mut server = target.start(&first);
    refused(migrate(&target, &empty), "stop all of them");
    server.stop();
    done(migrate(&target, &empty));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_mix_two_installations_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (first, other) = (dir.path().join("first"), dir.path().join("other"));
    let (source, _) = filled(&first).await;
    let elsewhere = Directory(other.clone());
    elsewhere.start(&other).stop();
    refused(migrate(&source, &elsewhere), "is not empty");
    refused(migrate(&source, &source), "the same place");
    refused(
        migrate(&Directory(dir.path().join("none")), &source),
        "no database in",
    );
    assert!(!dir.path().join("none").exists());

    let half = database().await;
    let begun = |from: &Place, to: &Place| {
        let mut begun = migrate(from, to);
        begun.env("SWITCHHOOK_CRASH_AT", "before_commit:9");
        assert_eq!(begun.output().unwrap().status.code(), None);
    };
    begun(&source, &half);
    refused(migrate(&elsewhere, &half), "from another place");
    refused(
        migrate(&half, &Directory(dir.path().join("new"))),
        "half of a migration itself",
    );
    let mut server = source.start(&first);
    server.send(&ended("one-more")).await;
    server.stop();
    refused(migrate(&source, &half), "was at work since");
}

#[test]
fn a_password_is_never_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let away = Database("postgres://me:s3cret@127.0.0.1:1/db".into());
    let said = refused(
        migrate(&away, &Directory(dir.path().join("to"))),
        "postgres://me:***@127.0.0.1:1/db",
    );
    assert!(!said.contains("s3cret"), "{said}");
    let mut misused = migrate(&Database("mysql://me:s3cret@h".into()), &away);
    let output = misused.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("s3cret"));
}
