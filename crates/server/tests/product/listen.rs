//! `switchhook listen`: a developer's own address gets the events of a server, signed, each once, also those that happened
//! while the server or the stream was away.

use crate::world::{ROOT, Receiver, Server, command, ended, text, webhook};
use serde_json::Value;
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

struct Listener {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Listener {
    fn start(server: &Server, receiver: &Receiver, args: &[&str]) -> Listener {
        let mut child = Command::new(env!("CARGO_BIN_EXE_switchhook"))
            .args([
                "listen",
                "--json",
                "--forward",
                &receiver.url(),
                "--url",
                &server.url,
                "--key",
                ROOT,
            ])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Listener { child, lines }
    }

    fn next(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_arrive_signed_as_a_flow_would_send_them() {
    let data = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let server = Server::start(data.path());
    server.send(&ended("before")).await;
    let mut listener = Listener::start(&server, &receiver, &["--events", "call.ended"]);
    let secret = text(&listener.next(), "/secret");
    let sent = server.send(&ended("c-1")).await;
    let told = listener.next();
    assert_eq!(
        (&told["event"], &told["status"]),
        (&sent["events"][0]["id"], &200.into())
    );
    let received = receiver.all().remove(0);
    let webhook = standardwebhooks::Webhook::new(&secret).unwrap();
    let mut headers = http::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        headers.insert(name, received.header(name).parse().unwrap());
    }
    webhook.verify(received.body.as_bytes(), &headers).unwrap();
    let body = received.json();
    assert_eq!(
        (text(&body, "/type"), &body["data"]["duration"]),
        ("call.ended".into(), &125.into())
    );
    let id = text(&told, "/event");
    assert_eq!(server.get(&format!("/v1/events/{id}/payload")).await, body);
    assert_eq!(
        server
            .get(&format!("/v1/events/{id}/payload?shape=flat"))
            .await,
        body["data"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_events_that_start_the_flow_named_are_sent() {
    let data = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (410, "")).await;
    let server = Server::start(data.path());
    let mut flow = webhook(&receiver.url());
    flow["where"] = serde_json::json!({ "min_duration_s": 1000 });
    flow["name"] = "Long calls".into();
    server.flow(flow).await;
    let mut listener = Listener::start(
        &server,
        &receiver,
        &[
            "--flow",
            "long-calls",
            "--secret",
            "mine",
            "--payload",
            "flat",
        ],
    );
    assert_eq!(listener.next()["secret"], Value::Null);
    server.send(&ended("short")).await;
    let mut long = ended("long");
    long["call"]["duration_s"] = 2000.into();
    let sent = server.send(&long).await;
    let told = listener.next();
    assert_eq!(
        (&told["event"], &told["status"]),
        (&sent["events"][0]["id"], &410.into())
    );
    assert!(told["error"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_once_more_to_a_flow_run_by_hand_is_not_sent() {
    let data = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let server = Server::start(data.path());
    server.send(&ended("c-1")).await;
    let steps = serde_json::json!([{ "id": "keep", "set": { "found": "{{ summary }}" } }]);
    let flow = serde_json::json!({ "name": "late", "on": ["call.ended"], "enabled": false, "steps": steps });
    let flow = server.flow(flow).await;
    let mut listener = Listener::start(&server, &receiver, &[]);
    listener.next();
    let run = serde_json::json!({ "call_id": "custom:c-1", "anyway": true });
    let path = format!("/v1/flows/{flow}/run");
    let run = server.ask("POST", &path, &run).await.ok(202);
    let run = server.ended(&text(&run, "/id")).await;
    let made = server.get("/v1/events?limit=1").await;
    assert_eq!(made["data"][0]["id"], run["event"]["id"]);
    assert_eq!(made["data"][0]["only"], flow);
    let sent = server.send(&ended("c-2")).await;
    assert_eq!(listener.next()["event"], sent["events"][0]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_while_the_server_was_away_arrives_once() {
    let data = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let mut server = Server::start(data.path());
    let mut listener = Listener::start(&server, &receiver, &["--events", "call.ended"]);
    listener.next();
    let mut sent = Vec::new();
    for round in 0..3 {
        for n in 0..5 {
            let told = server.send(&ended(&format!("c-{round}-{n}"))).await;
            sent.push(text(&told, "/events/0/id"));
        }
        // Ends while some of them are not told yet, and comes back with more before anybody can have heard of it.
        server.kill();
        let mut again = command(data.path());
        again.env(
            "SWITCHHOOK_LISTEN",
            server.url.strip_prefix("http://").unwrap(),
        );
        server = Server::spawn(again).unwrap();
    }
    let last = server.send(&ended("last")).await;
    sent.push(text(&last, "/events/0/id"));
    let mut told: Vec<String> = sent
        .iter()
        .map(|_| text(&listener.next(), "/event"))
        .collect();
    told.sort();
    sent.sort();
    assert_eq!(told, sent);
    let mut ids: Vec<String> = receiver
        .all()
        .iter()
        .map(|received| received.header("webhook-id"))
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), sent.len(), "each was sent once");
    assert_eq!(receiver.all().len(), sent.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_kind_or_address_is_refused_at_once() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    for (args, said) in [
        (
            ["--key", "wrong", "--forward", "http://localhost:1/"],
            "unauthorized",
        ),
        (
            ["--events", "call.endet", "--forward", "http://localhost:1/"],
            "call.ended",
        ),
        (
            ["--key", ROOT, "--forward", "localhost:3000"],
            "http or https",
        ),
        (
            ["--flow", "nothing", "--forward", "http://localhost:1/"],
            "nothing",
        ),
    ] {
        let ran = Command::new(env!("CARGO_BIN_EXE_switchhook"))
            .args(["listen", "--url", &server.url])
            .args(args)
            .output()
            .unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert!(ran.status.code() == Some(1) && err.contains(said), "{err}");
    }
}
