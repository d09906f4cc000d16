//! Links of ours in what goes out: the same at every attempt, opening the copy without a session until they expire.

use super::*;

/// A server that knows where people reach it.
fn known(dir: &Path) -> Server {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let mut command = world::command(dir);
    command
        .env("SWITCHHOOK_LISTEN", &address)
        .env("SWITCHHOOK_PUBLIC_URL", format!("http://{address}"));
    Server::spawn(command).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_has_a_link_of_ours_that_opens_the_copy_and_says_the_same_when_it_is_sent_again()
{
    let dir = tempfile::tempdir().unwrap();
    let server = known(dir.path());
    let (platform, receiver) = (platform().await, Receiver::start(|_| (200, "{}")).await);
    let hook = server.flow(world::webhook(&receiver.url())).await;
    let wish = json!({ "keep": "copy", "days": 30, "link_days": 7 });
    let saved = server
        .ask("PUT", "/v1/settings/recordings", &wish)
        .await
        .ok(200);
    assert_eq!(saved["link_days"], 7);
    let (call, _) = copied(&server, &told("call.ended", "l-1", &platform.url())).await;
    receiver.wait(1).await;
    let sent = receiver.all()[0].json();
    let link = text(&sent, "/data/recording_url");
    assert!(
        link.starts_with(&format!("{}/v1/recordings/rec_", server.url)),
        "{link}"
    );
    let whole = listen(&server, &link, "").await;
    assert_eq!((whole.status, whole.text.as_str()), (200, WAV));
    let expires = link
        .split_once("expires=")
        .unwrap()
        .1
        .split('&')
        .next()
        .unwrap();
    let days = (expires.parse::<i64>().unwrap() - kernel::Timestamp::now().as_second()) / 86_400;
    assert!((6..=7).contains(&days), "{days}");
    // What the platform calls it is still known, and a later message changes nothing.
    let known = server.get(&call).await;
    assert_eq!(known["snapshot"]["recording"]["url"], platform.url());
    server
        .send(&told(
            "call.recording_ready",
            "l-1",
            &format!("{}?Signature=2", platform.url()),
        ))
        .await;
    let known = server.get(&call).await;
    assert_eq!(known["snapshot"]["recording"]["link"], link);
    let mut runs = known["runs"].as_array().unwrap().iter();
    let run = runs.find(|run| run["flow"]["id"] == hook.as_str());
    let run = text(run.unwrap(), "/id");
    let again = format!("/v1/runs/{run}/replay");
    let from = json!({ "from": "start" });
    server.ask("POST", &again, &from).await.ok(202);
    receiver.wait(2).await;
    assert_eq!(receiver.all()[1].json()["data"], sent["data"]);
    server.ask("DELETE", &call, &Value::Null).await.ok(204);
    assert_eq!(listen(&server, &link, "").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_could_not_open_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let refused = async |server: &Server, wish: Value| {
        let refused = server
            .ask("PUT", "/v1/settings/recordings", &wish)
            .await
            .ok(422);
        assert_eq!(refused["errors"][0]["path"], "/link_days");
        text(&refused, "/errors/0/message")
    };
    let server = Server::start(dir.path());
    let unknown = refused(&server, json!({ "keep": "copy", "link_days": 7 })).await;
    assert!(unknown.contains("--public-url"), "{unknown}");
    drop(server);
    let server = known(dir.path());
    refused(&server, json!({ "keep": "link", "link_days": 7 })).await;
    refused(
        &server,
        json!({ "keep": "copy", "days": 6, "link_days": 7 }),
    )
    .await;
}
