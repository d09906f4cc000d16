//! `email.send` against a real mail server: what arrives, who gets it, and what comes of refusals.

mod content;
mod lines;
mod refusals;

use crate::receiver::{Act, Receiver};
use crate::world::{Names, Workspace, completed, failure, nets, open, step};
use actions::{Actions, CertificateDer, Config, World};
use kernel::run::{Outcome, Retriable};
use kernel::usage::{Meter, Used};
use lab::MailServer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

fn server(options: Value) -> MailServer {
    let mut all = json!({
        "cert": concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/valid.pem"),
        "key": concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/receiver.key"),
    });
    for (name, value) in options.as_object().unwrap() {
        all[name] = value.clone();
    }
    MailServer::start(&all).unwrap()
}

/// A world that trusts the tests' authority, in which `receiver.test` is this machine.
fn world() -> World {
    let authority = include_bytes!("../fixtures/authority.pem");
    World::new(Config {
        allowed: nets(&["127.0.0.0/8"]),
        trust: vec![CertificateDer::from_pem_slice(authority).unwrap()],
        resolver: Some(Names::of(&[("receiver.test", &[&["127.0.0.1"]])])),
        ..Config::default()
    })
}

/// A workspace with one mail connection; `more` are fields of it, secrets included.
fn office(port: u16, security: &str, more: Value) -> Workspace {
    let mut fields = json!({ "host": "receiver.test", "port": port, "security": security, "from": "Shop <shop@example.com>" });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("Sales mail", "smtp", fields)
}

fn plain(server: &MailServer) -> Workspace {
    office(server.port, "plain", json!({}))
}

fn hello() -> Value {
    json!({ "to": "Ada Lovelace <ada@example.com>", "subject": "Hi", "text": "Hello Ada" })
}

async fn send(world: &World, office: &Workspace, with: Value) -> Outcome {
    world.perform(&step("email.send", with), office).await
}

fn header<'m>(mail: &'m Value, name: &str) -> &'m str {
    let headers = mail["headers"].as_array().unwrap().iter();
    let mut named = headers.filter(|header| header[0].as_str().unwrap().eq_ignore_ascii_case(name));
    named
        .next()
        .map_or("", |header| header[1].as_str().unwrap())
}
