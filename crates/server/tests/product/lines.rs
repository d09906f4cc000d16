//! Switches that are listened to: their events become calls, a line that breaks comes back, and what is wrong stands at the endpoint.

use crate::world::{Server, command, text};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};

async fn server(dir: &std::path::Path) -> Server {
    let mut serve = command(dir);
    serve.args(["--allow-network", "127.0.0.1/32"]);
    Server::spawn(serve).unwrap()
}

async fn endpoint(server: &Server, provider: &str, auth: Value) -> String {
    let new = json!({ "provider": provider, "name": "PBX", "auth": auth });
    let made = server.ask("POST", "/v1/endpoints", &new).await.ok(201);
    format!("/v1/endpoints/{}", text(&made, "/id"))
}

/// An event socket with somebody signed in on it; `None`: the password was wrong.
async fn event_socket(switch: &TcpListener) -> Option<TcpStream> {
    let (mut stream, _) = switch.accept().await.unwrap();
    stream
        .write_all(b"Content-Type: auth/request\n\n")
        .await
        .unwrap();
    let mut said = String::new();
    while !said.ends_with("\n\n") {
        said.push(stream.read_u8().await.unwrap().into());
    }
    if said != "auth ClueCon\n\n" {
        let no = b"Content-Type: command/reply\nReply-Text: -ERR invalid\n\n";
        stream.write_all(no).await.unwrap();
        return None;
    }
    let yes = b"Content-Type: command/reply\nReply-Text: +OK\n\n";
    stream.write_all(&yes.repeat(2)).await.unwrap();
    Some(stream)
}

async fn tell(stream: &mut TcpStream, event: &str, leg: &str, more: Value) {
    let mut told = json!({
        "Event-Name": event, "Unique-ID": leg, "Call-Direction": "inbound",
        "Caller-Caller-ID-Number": "+14155550123", "Event-Date-Timestamp": "1763000000000000",
    });
    told.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let body = told.to_string();
    let head = format!(
        "Content-Length: {}\nContent-Type: text/event-json\n\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).await.unwrap();
}

fn has_ended(calls: &Value, id: &str) -> bool {
    calls["data"]
        .as_array()
        .unwrap()
        .iter()
        .any(|call| call["provider_call_id"] == id && call["ended_at"].is_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_freeswitch_tells_becomes_calls_also_after_its_line_broke() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(dir.path()).await;
    let switch = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = switch.local_addr().unwrap().to_string();
    let auth = json!({ "socket": address, "socket_password": "ClueCon" });
    let path = endpoint(&server, "freeswitch", auth).await;
    for leg in ["leg-1", "leg-2"] {
        let mut stream = event_socket(&switch).await.unwrap();
        server
            .until(&path, |seen| seen["link"]["state"] == "connected")
            .await;
        tell(&mut stream, "CHANNEL_CREATE", leg, json!({})).await;
        tell(&mut stream, "HEARTBEAT", "", json!({ "Unique-ID": null })).await;
        let totals = json!({ "Hangup-Cause": "NORMAL_CLEARING", "variable_duration": "12" });
        tell(&mut stream, "CHANNEL_HANGUP_COMPLETE", leg, totals).await;
        server
            .until("/v1/calls", |calls| has_ended(calls, leg))
            .await;
    }
    let events = server.get("/v1/events").await;
    assert_eq!(events["data"].as_array().unwrap().len(), 4, "{events:#}");
    // A line whose endpoint is disabled is closed.
    let mut stream = event_socket(&switch).await.unwrap();
    server
        .ask("PATCH", &path, &json!({ "enabled": false }))
        .await
        .ok(200);
    stream.read_to_end(&mut Vec::new()).await.unwrap();
    assert_eq!(server.get(&path).await["link"]["state"], "off");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_asterisk_tells_becomes_a_call() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(dir.path()).await;
    let switch = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = switch.local_addr().unwrap().to_string();
    let auth = json!({ "socket": address, "socket_user": "hook", "socket_password": "p@ss word", "socket_tls": "no" });
    let path = endpoint(&server, "asterisk", auth).await;
    let (stream, _) = switch.accept().await.unwrap();
    // The callback's type is the library's.
    #[allow(clippy::result_large_err)]
    let look = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        assert_eq!(
            request.uri(),
            "/ari/events?app=switchhook&subscribeAll=true"
        );
        // hook:p@ss word
        assert_eq!(
            request.headers()["authorization"],
            "Basic aG9vazpwQHNzIHdvcmQ="
        );
        Ok(response)
    };
    let mut socket = tokio_tungstenite::accept_hdr_async(stream, look)
        .await
        .unwrap();
    server
        .until(&path, |seen| seen["link"]["state"] == "connected")
        .await;
    let channel = json!({ "id": "1772442900.7", "name": "PJSIP/desk-7", "state": "Ring", "caller": { "number": "+442079460100" },
        "dialplan": { "exten": "100" }, "creationtime": "2026-03-02T10:15:00.000+0100" });
    for event in [
        json!({ "type": "ChannelCreated", "timestamp": "2026-03-02T10:15:00.000+0100", "channel": channel }),
        json!({ "type": "ChannelDestroyed", "timestamp": "2026-03-02T10:16:18.000+0100", "cause": 16, "cause_txt": "Normal Clearing", "channel": channel }),
    ] {
        socket.send(Message::text(event.to_string())).await.unwrap();
    }
    socket.send(Message::text("no event")).await.unwrap();
    server
        .until("/v1/calls", |calls| has_ended(calls, "1772442900.7"))
        .await;
    server.ask("DELETE", &path, &json!(null)).await.ok(204);
    let closed = async { while let Some(Ok(_)) = socket.next().await {} };
    closed.await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_line_stands_at_its_endpoint() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let inside = json!({ "socket": "169.254.169.254:8021", "socket_password": "x" });
    let path = endpoint(&server, "freeswitch", inside).await;
    let seen = server
        .until(&path, |seen| seen["link"]["state"] == "failing")
        .await;
    assert!(
        text(&seen, "/link/error").contains("169.254.169.254"),
        "{seen:#}"
    );
    let refused =
        json!({ "provider": "asterisk", "name": "PBX", "auth": { "socket": "http://pbx/ari" } });
    let refused = server.ask("POST", "/v1/endpoints", &refused).await.ok(422);
    assert_eq!(text(&refused, "/errors/0/path"), "/auth/socket");
    let refused =
        json!({ "provider": "freeswitch", "name": "PBX", "auth": { "socket": "pbx:8021" } });
    let refused = server.ask("POST", "/v1/endpoints", &refused).await.ok(422);
    assert_eq!(text(&refused, "/errors/0/path"), "/auth/socket_password");
    let dir = tempfile::tempdir().unwrap();
    let server = self::server(dir.path()).await;
    let switch = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = switch.local_addr().unwrap().to_string();
    let auth = json!({ "socket": address, "socket_password": "wrong" });
    let path = endpoint(&server, "freeswitch", auth).await;
    assert!(event_socket(&switch).await.is_none());
    let seen = server
        .until(&path, |seen| seen["link"]["state"] == "failing")
        .await;
    let error = text(&seen, "/link/error");
    assert_eq!(error, "the switch does not take the password: invalid");
    // Set right, it is connected at once.
    let auth = json!({ "auth": { "socket": address, "socket_password": "ClueCon" } });
    server.ask("PATCH", &path, &auth).await.ok(200);
    let mut line = None;
    while line.is_none() {
        line = event_socket(&switch).await;
    }
    server
        .until(&path, |seen| seen["link"]["state"] == "connected")
        .await;
}
