//! Messages of a switch that tells its events to whoever is connected. A feed begins with a sign-in, ends with the first trouble,
//! and is silent at no time for long; what was told while nobody was connected is lost.

mod ari;
mod event_socket;

use crate::World;
use crate::client::{Socket, Trouble};
use crate::guard::AllowedNetwork;
use ari::Ari;
use bytes::Bytes;
use event_socket::EventSocket;
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

/// A message that is longer is no event of a call.
const LONGEST: usize = 1 << 20;
/// Connecting and signing in.
const OPENING: Duration = Duration::from_secs(15);
/// Both kinds say something at least every twenty seconds: the switch its heartbeat, or its answer to ours.
const SILENT: Duration = Duration::from_secs(60);

pub struct Feed(Kind);

enum Kind {
    EventSocket(Box<EventSocket>),
    Ari(Box<Ari>),
}

impl Feed {
    /// The next message, or why there will be none.
    pub async fn next(&mut self) -> Result<Bytes, String> {
        match &mut self.0 {
            Kind::EventSocket(feed) => timeout(SILENT, feed.next())
                .await
                .unwrap_or_else(|_| Err(silent())),
            Kind::Ari(feed) => feed.next().await,
        }
    }
}

impl World {
    /// Connects to the switch at `line`, a URL whose user part signs in.
    pub(crate) async fn open_feed(
        &self,
        line: &str,
        allowed: &[AllowedNetwork],
    ) -> Result<Feed, String> {
        let line = Url::parse(line).map_err(|error| format!("the address is no URL: {error}"))?;
        let opening = async {
            let feed = match line.scheme() {
                "event-socket" => {
                    let socket = self.socket(&line, 8021, false, allowed).await?;
                    Kind::EventSocket(Box::new(EventSocket::sign_in(socket, &line).await?))
                }
                "ws" | "wss" => {
                    let tls = line.scheme() == "wss";
                    let port = if tls { 443 } else { 80 };
                    let socket = self.socket(&line, port, tls, allowed).await?;
                    Kind::Ari(Box::new(Ari::open(socket, &line).await?))
                }
                other => return Err(format!("`{other}` is nothing that can be listened to")),
            };
            Ok(Feed(feed))
        };
        timeout(OPENING, opening).await.unwrap_or_else(|_| {
            Err(format!(
                "no answer within {} s: check address and port",
                OPENING.as_secs()
            ))
        })
    }

    async fn socket(
        &self,
        line: &Url,
        port: u16,
        tls: bool,
        allowed: &[AllowedNetwork],
    ) -> Result<Socket, String> {
        let host = line.host_str().unwrap_or_default();
        let port = line.port().unwrap_or(port);
        let socket = self.http.dial(allowed, host, port, tls).await;
        let socket = socket.map_err(|trouble: Trouble| trouble.to_string())?;
        Ok(socket.without_end())
    }
}

fn silent() -> String {
    format!(
        "nothing was heard for {} s: the switch or the network is away",
        SILENT.as_secs()
    )
}

/// The user name and password of the URL as they were typed.
fn user(line: &Url) -> (String, String) {
    let plain = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    (
        plain(line.username()),
        plain(line.password().unwrap_or_default()),
    )
}
