//! How a destination did: counted with what was done, and the run that tries again next.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn attempts_are_counted_by_destination_and_the_next_retry_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| if n == 0 { (500, "{}") } else { (200, "{}") }).await;
    let mut server = Server::start(dir.path());
    let mut later = flow("later", &receiver.url());
    later["steps"][0]["retry"] = json!({ "attempts": 2, "first_s": 3600 });
    server.flow(later).await;
    let failed = send(&server, "fails", 1).await.remove(0);
    let shown = server
        .until(&path(&receiver), |shown| shown["next_retry"] != Value::Null)
        .await;
    let next = &shown["next_retry"];
    let run = server.get(&format!("/v1/runs/{failed}")).await;
    assert_eq!(next["run_id"], json!(failed));
    // By the microsecond, as stores keep it.
    let (at, retry_at) = (text(next, "/at"), text(&run, "/entries/0/retry_at"));
    assert!(retry_at.starts_with(at.trim_end_matches('Z')), "{retry_at}");
    for run in send(&server, "goes well", 2).await {
        server.ended(&run).await;
    }
    server.stop();
    let server = Server::start(dir.path());
    // Of which this process knows nothing else.
    let list = server.get("/v1/destinations").await;
    let there = &list["data"][0];
    assert_eq!(there["name"], receiver.destination());
    assert_eq!(there["next_retry"]["run_id"], json!(failed));
    let counted = |of: &Value| (of["succeeded"].clone(), of["failed"].clone());
    assert_eq!(counted(&there["last_day"]), (json!(2), json!(1)));
    assert!(there["last_day"]["p50_ms"].is_u64());
    let timeline = format!("{}/timeline?step=whole", path(&receiver));
    let timeline = server.get(&timeline).await;
    assert_eq!(counted(&timeline["total"]), (json!(2), json!(1)));
    assert_eq!(counted(&timeline["parts"][0]), (json!(2), json!(1)));
}
