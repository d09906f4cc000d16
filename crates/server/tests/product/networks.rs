//! Internal networks that a workspace opens, and whoever runs the server forbids.

use crate::world::{Receiver, Server, ended, shut, text};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_workspace_opened_stays_shut_where_the_server_forbids_it() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let mut server = Server::spawn(shut(dir.path())).expect("the server starts");
    let flow = json!({ "name": "inside", "on": ["call.ended"],
        "steps": [{ "id": "a", "do": "http.request", "with": { "url": receiver.url() } }] });
    server.flow(flow).await;
    let path = "/v1/settings/network";
    let open = json!({ "allow_networks": ["127.0.0.0/8"], "egress_addresses": [] });
    let saved = server.ask("PUT", path, &open).await.ok(200);
    assert_eq!(saved["forbidden"], false);
    let run = async |server: &Server, call: &str| {
        let run = text(&server.send(&ended(call)).await, "/events/0/runs/0");
        server.ended(&run).await
    };
    assert_eq!(run(&server, "open").await["status"], "succeeded");
    server.stop();
    let mut forbidding = shut(dir.path());
    forbidding.arg("--forbid-internal-networks");
    let server = Server::spawn(forbidding).expect("the server starts");
    let failed = run(&server, "shut").await;
    let message = text(&failed, "/entries/0/error/message");
    assert!(message.contains("admins may not open it"), "{message}");
    // What was saved is still there to be seen, and to be taken away.
    let shown = server.get(path).await;
    assert_eq!(
        (&shown["forbidden"], &shown["allow_networks"]),
        (&json!(true), &open["allow_networks"])
    );
    let refused = server.ask("PUT", path, &open).await;
    assert_eq!(refused.status, 422);
    let problem = &refused.json()["errors"][0];
    assert_eq!(problem["path"], "/allow_networks");
    assert!(text(problem, "/message").contains("--allow-network"));
    let none = json!({ "allow_networks": [], "egress_addresses": ["198.51.100.7"] });
    let saved = server.ask("PUT", path, &none).await.ok(200);
    assert_eq!(saved["allow_networks"], Value::Array(Vec::new()));
    assert_eq!(receiver.all().len(), 1);
}
