//! The bare pipeline: the same work without any product in it. Accepts and parses an event, writes it durably (group commit,
//! checkpoints beside the writer, LZ4), delivers it on one of 64 tasks, writes the result; several deliveries of an event follow
//! each other. The yardstick for "close to the limit".

use axum::{Router, body::Bytes as Body, extract::State, http::StatusCode, routing::post};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, header};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;
use tokio::sync::{Mutex, oneshot};

type Row = (bool, i64, Vec<u8>, oneshot::Sender<()>);
type Jobs = tokio::sync::mpsc::UnboundedSender<(i64, Bytes)>;

#[derive(Clone)]
struct Pipeline {
    writer: mpsc::Sender<Row>,
    jobs: Jobs,
}

pub async fn serve(listen: &str, target: &str, dir: &str, deliveries: usize) -> anyhow::Result<()> {
    let path = Path::new(dir).join("bare.db");
    let connection = Connection::open(&path)?;
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;
         CREATE TABLE event(id INTEGER PRIMARY KEY, body BLOB) STRICT; CREATE TABLE result(id INTEGER PRIMARY KEY, body BLOB) STRICT;",
    )?;
    let (writer, rows) = mpsc::channel::<Row>();
    std::thread::spawn(move || write(&connection, &rows));
    std::thread::spawn(move || checkpoint(&path));
    let (jobs, queue) = tokio::sync::mpsc::unbounded_channel();
    let queue = Arc::new(Mutex::new(queue));
    let client =
        Client::builder(TokioExecutor::new()).build::<_, Full<Bytes>>(HttpConnector::new());
    for _ in 0..64 {
        let (queue, client, writer, target) = (
            queue.clone(),
            client.clone(),
            writer.clone(),
            target.to_owned(),
        );
        tokio::spawn(async move {
            loop {
                let next = queue.lock().await.recv().await;
                let Some((id, body)) = next else { return };
                // The receiver counts what carries the call's id: that is the last one.
                let unmarked = || Bytes::from_static(b"{\"summary\":\"Asked about an order\"}");
                let bodies = (1..deliveries).map(|_| unmarked()).chain([body]);
                for body in bodies {
                    let request = Request::post(&target)
                        .header(header::CONTENT_TYPE, "application/json")
                        .body(Full::new(body));
                    let Ok(answer) = client
                        .request(request.expect("constant parts are valid"))
                        .await
                    else {
                        break;
                    };
                    let Ok(body) = answer.into_body().collect().await else {
                        break;
                    };
                    write_row(&writer, true, id, &body.to_bytes()).await;
                }
            }
        });
    }
    let router = Router::new()
        .route("/v1/events", post(accept))
        .with_state(Pipeline { writer, jobs });
    axum::serve(tokio::net::TcpListener::bind(listen).await?, router).await?;
    Ok(())
}

async fn accept(State(pipeline): State<Pipeline>, body: Body) -> StatusCode {
    let Ok(event) = serde_json::from_slice::<serde_json::Value>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    let id = event["call"]["provider_call_id"]
        .as_str()
        .and_then(|id| id.get(6..16)?.parse().ok());
    let Some(id) = id else {
        return StatusCode::BAD_REQUEST;
    };
    write_row(&pipeline.writer, false, id, &body).await;
    let _ = pipeline.jobs.send((id, body));
    StatusCode::ACCEPTED
}

async fn write_row(writer: &mpsc::Sender<Row>, is_result: bool, id: i64, body: &[u8]) {
    let (done, wait) = oneshot::channel();
    let _ = writer.send((is_result, id, lz4_flex::compress_prepend_size(body), done));
    let _ = wait.await;
}

fn write(connection: &Connection, rows: &mpsc::Receiver<Row>) {
    while let Ok(first) = rows.recv() {
        let batch: Vec<Row> = std::iter::once(first)
            .chain(rows.try_iter().take(511))
            .collect();
        let written = connection.execute_batch("BEGIN IMMEDIATE").and_then(|()| {
            for (is_result, id, body, _) in &batch {
                let sql = if *is_result {
                    "INSERT OR REPLACE INTO result VALUES (?, ?)"
                } else {
                    "INSERT OR REPLACE INTO event VALUES (?, ?)"
                };
                connection.prepare_cached(sql)?.execute((id, body))?;
            }
            connection.execute_batch("COMMIT")
        });
        written.expect("the bare pipeline's disk works");
        batch.into_iter().for_each(|(.., done)| _ = done.send(()));
    }
}

fn checkpoint(path: &Path) {
    let connection = Connection::open(path).expect("the database exists");
    loop {
        std::thread::sleep(Duration::from_millis(500));
        let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}
