//! Asterisk's events: a WebSocket of its REST interface, one JSON text per event (github `asterisk/documentation`). Pings of ours
//! show that the other side is there.

use super::LONGEST;
use crate::client::Socket;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use http::StatusCode;
use http::header::AUTHORIZATION;
use std::time::Duration;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use url::Url;

const PING: Duration = Duration::from_secs(20);

pub(super) struct Ari {
    socket: WebSocketStream<Socket>,
    ping: Interval,
    heard: Instant,
}

impl Ari {
    pub(super) async fn open(socket: Socket, line: &Url) -> Result<Self, String> {
        let (user, password) = super::user(line);
        let mut bare = line.clone();
        let stripped = bare.set_username("").and(bare.set_password(None));
        stripped.map_err(|()| "the address has no host".to_owned())?;
        let request = bare.as_str().into_client_request();
        let mut request = request.map_err(|error| error.to_string())?;
        let basic = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
        let basic = basic
            .parse()
            .map_err(|_| "the user name or password holds a line break")?;
        request.headers_mut().insert(AUTHORIZATION, basic);
        let bounds = WebSocketConfig::default()
            .max_message_size(Some(LONGEST))
            .max_frame_size(Some(LONGEST));
        let opened = client_async_with_config(request, socket, Some(bounds)).await;
        let (socket, _) = opened.map_err(|error| refused(&error))?;
        let mut ping = interval_at(Instant::now() + PING, PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Ok(Self {
            socket,
            ping,
            heard: Instant::now(),
        })
    }

    pub(super) async fn next(&mut self) -> Result<Bytes, String> {
        loop {
            tokio::select! {
                _ = self.ping.tick() => {
                    if self.heard.elapsed() > super::SILENT {
                        return Err(super::silent());
                    }
                    let sent = self.socket.send(Message::Ping(Bytes::new())).await;
                    sent.map_err(|error| format!("the connection broke: {error}"))?;
                }
                message = self.socket.next() => {
                    self.heard = Instant::now();
                    match message {
                        Some(Ok(Message::Text(text))) => return Ok(text.into()),
                        Some(Ok(Message::Close(_))) | None => {
                            return Err("the switch has ended the connection".into());
                        }
                        Some(Ok(_)) => {}
                        Some(Err(error)) => return Err(format!("the connection broke: {error}")),
                    }
                }
            }
        }
    }
}

fn refused(error: &Error) -> String {
    let Error::Http(response) = error else {
        return format!("the other side does not speak as ARI does: {error}");
    };
    match response.status() {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            "the switch does not take user name and password: look at ari.conf".into()
        }
        StatusCode::NOT_FOUND => {
            "there is no /ari/events at this address: is ARI enabled in ari.conf and http.conf?"
                .into()
        }
        status => format!("the switch answered {status}"),
    }
}
