//! What tests of `sql.*` share, whichever database they speak to.

use crate::receiver::{Act, Receiver};
use crate::world::{Names, Workspace, closed, failure, nets, step};
use actions::{Actions, CertificateDer, Config, World};
use kernel::run::{Outcome, Retriable};
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

pub const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// A workspace with one connection of this kind; `more` are fields of it that a test says itself.
pub fn connected(kind: &'static str, mut fields: Value, more: &Value) -> Workspace {
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("CRM", kind, fields)
}

/// A statement as its template renders: a value is bound between each two texts.
pub fn sql(texts: &[&str], values: Value) -> Value {
    json!({ "sql": { "text": texts, "values": values } })
}

pub async fn run(world: &World, office: &Workspace, action: &str, with: Value) -> Outcome {
    world.perform(&step(action, with), office).await
}

pub async fn rows(world: &World, office: &Workspace, text: &str) -> Value {
    let outcome = run(world, office, "sql.query", sql(&[text], json!([]))).await;
    outcome.result.unwrap().body["rows"].clone()
}

/// Connections that do not work, for `office` with these fields: each says the same in a step and on trial, and no secret.
pub async fn what_to_correct_is_told(
    world: &World,
    office: impl Fn(Value) -> Workspace,
    cases: &[(Value, &str, Retriable, &str)],
) {
    for (more, code, retry, says) in cases {
        let office = office(more.clone());
        let outcome = run(world, &office, "sql.query", sql(&["select 1"], json!([]))).await;
        assert!(!format!("{outcome:?}").contains("canary"), "{outcome:?}");
        let refused = failure(outcome);
        assert_eq!(
            (&*refused.code, refused.retry),
            (*code, *retry),
            "{more}: {}",
            refused.message
        );
        assert!(
            refused.message.contains(says),
            "{more}: {}",
            refused.message
        );
        let verdict = world.try_connection(office.take(), &office).await;
        assert_eq!(verdict.works, Some(false), "{}", verdict.message);
        assert!(verdict.message.contains(says), "{}", verdict.message);
    }
}

/// The server has the tests' certificate, for `receiver.test` alone; `ask` asks for what `is_shown` finds where a line has TLS.
pub async fn the_certificate_is_checked(
    office: impl Fn(Value) -> Workspace,
    ask: &str,
    is_shown: impl Fn(&Value) -> bool,
) {
    let authority = std::fs::read_to_string(format!("{FIXTURES}/authority.pem")).unwrap();
    let world = |trust: bool| {
        World::new(Config {
            allowed: nets(&["127.0.0.0/8"]),
            trust: match trust {
                true => vec![CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()],
                false => Vec::new(),
            },
            resolver: Some(Names::of(&[
                ("receiver.test", &[&["127.0.0.1"]]),
                ("other.test", &[&["127.0.0.1"]]),
            ])),
            ..Config::default()
        })
    };
    let on = |more: Value| {
        let mut fields = json!({ "host": "receiver.test", "tls": "on" });
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        office(fields)
    };
    let ask = sql(&[ask], json!([]));
    for (trust, more) in [
        (true, json!({})),
        (false, json!({ "authority": authority })),
        (false, json!({ "authority": authority.replace('\n', "") })),
    ] {
        let outcome = run(&world(trust), &on(more), "sql.query", ask.clone()).await;
        assert!(outcome.exchange.as_ref().unwrap().timing.tls_us.is_some());
        let body = outcome.result.unwrap().body;
        assert!(is_shown(&body["rows"]), "{body}");
    }
    for (trust, more) in [
        (false, json!({})),
        (true, json!({ "host": "other.test" })),
        (false, json!({ "authority": "nonsense" })),
    ] {
        let refused = failure(run(&world(trust), &on(more), "sql.query", ask.clone()).await);
        assert_eq!(refused.code, "tls");
    }
}

pub async fn internal_addresses_hear_nothing(kind: &'static str) {
    let server = Receiver::talking(vec![vec![Act::Hang]]).await;
    for host in [
        "127.0.0.1",
        "localhost",
        "0x7f.1",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "169.254.169.254",
        "metadata.test",
    ] {
        let world = match host {
            "metadata.test" => World::new(Config {
                resolver: Some(Names::of(&[(
                    "metadata.test",
                    &[&["93.184.216.34", "169.254.169.254"]],
                )])),
                ..Config::default()
            }),
            _ => closed(),
        };
        let fields = json!({ "host": host, "port": server.port, "user": "u", "database": "d" });
        let office = Workspace::connected("CRM", kind, fields);
        let refused =
            failure(run(&world, &office, "sql.query", sql(&["select 1"], json!([]))).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("blocked", Retriable::No),
            "{host}: {}",
            refused.message
        );
    }
    assert_eq!(server.connections(), 0);
}

/// Statements (action and text) that would go on for ever, or answer more than anybody keeps.
pub async fn what_has_no_end_is_stopped(
    world: &World,
    office: &Workspace,
    endless: &[(&str, &str)],
    too_large: &[(&str, &str)],
) {
    let endless = endless
        .iter()
        .map(|case| (case, 2, "timeout", Retriable::Yes));
    let too_large = too_large
        .iter()
        .map(|case| (case, 20, "output_too_large", Retriable::No));
    for (&(action, text), time, code, retry) in endless.chain(too_large) {
        let mut step = step(action, sql(&[text], json!([])));
        step.timeout = Duration::from_secs(time);
        let began = Instant::now();
        let refused = failure(world.perform(&step, office).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, retry),
            "{text}: {}",
            refused.message
        );
        assert!(began.elapsed() < Duration::from_secs(time + 2), "{text}");
    }
}

/// The line broke while the change was made, or after it.
#[track_caller]
pub fn nobody_knows(outcome: Outcome) {
    let lost = failure(outcome);
    assert_eq!(
        (&*lost.code, lost.retry),
        ("reset", Retriable::Unknown),
        "{}",
        lost.message
    );
    assert!(lost.message.contains("nobody knows"), "{}", lost.message);
}
