//! What happens, as it happens: server-sent events of one workspace. Lossy: a watcher that falls behind is told so.

use crate::auth::{Caller, Read, still_may};
use crate::errors::Result;
use crate::redact::LookedThrough;
use crate::state::State;
use axum::Extension;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use calls::confidential::MASK;
use engine::live::Notice;
use http::header;
use http::request::Parts;
use http_body_util::channel::{Channel, Sender};
use serde_json::Value;
use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout, timeout_at};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(stream))
}

/// A comment keeps proxies from closing a quiet stream, and finds out who has gone.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Nothing is told to a key or a session that has ended so long ago, or may read no more.
const ASKED: Duration = Duration::from_secs(5);
/// A watcher that takes nothing for so long gives its place up.
const PATIENCE: Duration = Duration::from_secs(30);
/// Watchers reconnect.
const LONGEST: Duration = Duration::from_secs(3600);

/// Watch
///
/// Server-sent events: `alert` with `{id, kind, open, flow_id}`; `event` with `{id, kind, at, call_id}`; `run` with `{id, status}` and, when it is new, `flow_id` and
/// `call_id`; `message` with `{endpoint_id, verdict, …}` of what came in at an endpoint; `entry` with `{run_id, number, step, attempt, result}`; `lagged` with `{missed}` when the watcher was too slow:
/// read the lists again then.
#[utoipa::path(get, path = "/v1/stream", tag = "stream", security(("key" = ["read"])),
    responses((status = 200, body = String, content_type = "text/event-stream")))]
pub async fn stream(caller: Caller<Read>, parts: Parts) -> Result<Response> {
    let room = caller.state.stream_room()?;
    let notices = caller.state.engine.subscribe();
    caller.state.engine.unheard_are_over().await;
    let (sender, body) = Channel::<Bytes, Infallible>::new(16);
    tokio::spawn(async move {
        pass_on(notices, &caller, &parts, sender).await;
        drop(room);
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Extension(LookedThrough), Body::new(body)).into_response())
}

async fn pass_on(
    mut notices: Receiver<Arc<Notice>>,
    caller: &Caller<Read>,
    parts: &Parts,
    mut watcher: Sender<Bytes, Infallible>,
) {
    let (end, mut asked) = (Instant::now() + LONGEST, Instant::now());
    let mut text = String::from(": hello\n\n");
    while is_sent(timeout(PATIENCE, watcher.send_data(text.into())).await) && Instant::now() < end {
        let Some(next) = next(&mut notices, caller).await else {
            return;
        };
        if asked.elapsed() >= ASKED {
            if !still_may::<Read>(parts, &caller.state).await {
                return;
            }
            asked = Instant::now();
        }
        text = next;
    }
}

fn is_sent<E, L>(sent: Result<Result<(), E>, L>) -> bool {
    matches!(sent, Ok(Ok(())))
}

/// The next thing to say; `None` when the engine has stopped.
async fn next(notices: &mut Receiver<Arc<Notice>>, caller: &Caller<Read>) -> Option<String> {
    let heartbeat = Instant::now() + HEARTBEAT;
    loop {
        match timeout_at(heartbeat, notices.recv()).await {
            Err(_) => return Some(": still here\n\n".into()),
            Ok(Err(RecvError::Closed)) => return None,
            Ok(Err(RecvError::Lagged(missed))) => {
                return Some(format!("event: lagged\ndata: {{\"missed\":{missed}}}\n\n"));
            }
            Ok(Ok(notice)) if notice.workspace == caller.workspace => {
                let (topic, data) = (&notice.topic, told(&notice, caller).await);
                return Some(format!("event: {topic}\ndata: {data}\n\n"));
            }
            Ok(Ok(_)) => {}
        }
    }
}

/// Ids, kinds and states alone; why a message was refused may quote it.
async fn told<'n>(notice: &'n Notice, caller: &Caller<Read>) -> Cow<'n, Value> {
    let mut data = Cow::Borrowed(&notice.data);
    if notice.data["reason"].is_string() {
        let hidden = caller.state.confidential(caller.workspace).await;
        if !matches!(hidden, Ok(None)) {
            data.to_mut()["reason"] = MASK.into();
        }
    }
    data
}
