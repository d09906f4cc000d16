//! From an address into a file beside the copies: through the guard, within its limits, hashed on the way, and taken only if it
//! begins as audio does. Platforms that redirect are followed a few times; credentials go to the hosts they are for alone.

use super::audio;
use super::drawer::{Drawer, trouble};
use crate::builtin::{Call, auth};
use crate::client::{accept, micros, safe, trouble_of};
use crate::connection::{Connection, twilio, vonage};
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::guard::is_internal;
use bytes::Bytes;
use calls::recording::hosts;
use http::header::LOCATION;
use http::{Method, StatusCode};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use kernel::Timestamp;
use kernel::run::{Exchange, Failure, Retriable};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc::channel;
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

const MOST_REDIRECTS: usize = 3;
const AHEAD: usize = 16;

/// A recording on disk that is no copy yet. Left behind, it is removed.
pub(crate) struct Part {
    pub(crate) path: PathBuf,
    pub(crate) size: u64,
    pub(crate) sha256: String,
    pub(crate) content_type: &'static str,
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Kinds of connections that sign in.
pub const SIGN_IN_KINDS: [&str; 5] = [
    twilio::KIND.name,
    vonage::KIND.name,
    "bearer",
    "basic",
    "header",
];

/// What signs in at which hosts.
pub(crate) struct SignIn {
    pub(crate) connection: Arc<Connection>,
    pub(crate) hosts: Vec<String>,
}

impl SignIn {
    /// Whether a host may hear the credentials: one that is known of the platform, the connection's own, or one of the settings.
    pub(crate) fn may_hear(&self, provider: &str, host: &str, set: &[(String, String)]) -> bool {
        let provider = match self.connection.kind.as_str() {
            // Of one platform alone, which is called the same.
            own if own == twilio::KIND.name || own == vonage::KIND.name => own,
            _ => provider,
        };
        let own = Url::parse(self.connection.text("api_url")).ok();
        let known = hosts(provider);
        known.iter().any(|known| is_below(host, known))
            || own.is_some_and(|own| own.host_str() == Some(host))
            || set
                .iter()
                .any(|(id, known)| *id == self.connection.id && is_below(host, known))
    }
}

pub(crate) async fn fetch(
    url: &str,
    most: u64,
    sign_in: Option<&SignIn>,
    drawer: &Drawer,
    call: &Call<'_>,
) -> (Result<Part, Failure>, Option<Exchange>) {
    let started = Instant::now();
    let mut address = url.to_owned();
    for left in (0..=MOST_REDIRECTS).rev() {
        let draft = match draft(&address, sign_in, call) {
            Ok(draft) => draft,
            Err(fault) => return (Err(fault.into()), None),
        };
        let (answer, mut exchange) = call.recordings.begin(draft, call).await;
        let (head, body) = match answer {
            Ok(answer) => answer,
            Err(failure) => return (Err(failure), Some(exchange)),
        };
        let location = head.headers.get(LOCATION).filter(|_| left > 0);
        let location =
            location.and_then(|to| Url::parse(&address).ok()?.join(to.to_str().ok()?).ok());
        if let (true, Some(to)) = (head.status.is_redirection(), location) {
            address = to.into();
            continue;
        }
        let part = match accept(&head) {
            Ok(()) => pour(body, most, drawer, call).await,
            Err(failure) => Err(patient(*failure)),
        };
        if let Some(response) = &mut exchange.response {
            response.truncated = part.is_err();
        }
        exchange.timing.total_us = micros(started.elapsed());
        return (part, Some(exchange));
    }
    unreachable!("the last answer is taken as it is")
}

fn draft(url: &str, sign_in: Option<&SignIn>, call: &Call<'_>) -> Result<Draft, Fault> {
    let mut draft = Draft::new(Method::GET, url, &call.secrets)?;
    call.mark(&mut draft)?;
    let address = Url::parse(url).ok();
    let host = address.as_ref().and_then(Url::host_str);
    let host = host.unwrap_or_default();
    let is_for = |sign_in: &&SignIn| sign_in.hosts.iter().any(|known| is_below(host, known));
    if let Some(SignIn { connection, .. }) = sign_in.filter(is_for) {
        if !address.as_ref().is_some_and(is_private) {
            let why = format!("`{host}` asks for credentials, which go over https: alone");
            return Err(Code::BadUrl.because(why));
        }
        let own = match connection.kind.as_str() {
            kind if kind == twilio::KIND.name => Some(twilio::sign_in(connection)),
            kind if kind == vonage::KIND.name => {
                Some(vonage::sign_in(connection, Timestamp::now())?)
            }
            _ => None,
        };
        match own {
            Some(own) => draft.sealed_header("authorization", &own, &call.secrets)?,
            None => auth::connect(&mut draft, connection, &call.secrets)?,
        }
    }
    Ok(draft)
}

/// Whether nobody listens on the way: a network of one's own was opened by whoever runs this.
fn is_private(url: &Url) -> bool {
    let is_inside = match url.host() {
        Some(Host::Ipv4(address)) => is_internal(address.into()),
        Some(Host::Ipv6(address)) => is_internal(address.into()),
        _ => false,
    };
    url.scheme() == "https" || is_inside
}

/// Whether a host is this one, or one of its own.
fn is_below(host: &str, known: &str) -> bool {
    let rest = host.strip_suffix(known);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Platforms tell of a recording some moments before it can be fetched.
fn patient(mut failure: Failure) -> Failure {
    let early = [StatusCode::NOT_FOUND, StatusCode::CONFLICT].map(|status| status.as_u16());
    if failure.status.is_some_and(|status| early.contains(&status)) {
        failure.retry = Retriable::Yes;
    }
    failure
}

async fn pour(
    mut body: Incoming,
    most: u64,
    drawer: &Drawer,
    call: &Call<'_>,
) -> Result<Part, Failure> {
    if body.size_hint().lower() > most {
        return Err(too_large(most));
    }
    let (drawer, key, attempt) = (
        drawer.clone(),
        call.perform.key.clone(),
        call.perform.attempt,
    );
    let (pieces, mut coming) = channel(AHEAD);
    let writing = tokio::task::spawn_blocking(move || {
        let (file, path) = drawer.part(&key, attempt)?;
        write(file, path, std::iter::from_fn(|| coming.blocking_recv()))
    });
    let mut size = 0;
    let reading = timeout_at(call.deadline, async {
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| safe(trouble_of(&error, true)))?;
            let Ok(data) = frame.into_data() else {
                continue;
            };
            size += data.len() as u64;
            if size > most {
                return Err(too_large(most));
            }
            // A writer that has ended says why below.
            if pieces.send(Ok(data)).await.is_err() {
                break;
            }
        }
        Ok(())
    });
    let read = match reading.await {
        Ok(read) => read,
        Err(_) => {
            let late = Code::Timeout.because("the recording did not come within the time-out");
            Err(late.into())
        }
    };
    if let Err(failure) = &read {
        let _ = pieces.send(Err(Box::new(failure.clone()))).await;
    }
    drop(pieces);
    let lost = |_| trouble(std::io::Error::other("the writer of the file was lost"));
    writing.await.map_err(lost)?.map_err(|failure| *failure)
}

pub(super) fn too_large(most: u64) -> Failure {
    let why = format!("the recording has more than {most} bytes: allow more in the settings");
    Code::OutputTooLarge.because(why).into()
}

pub(super) fn write(
    mut file: File,
    path: PathBuf,
    pieces: impl Iterator<Item = Result<Bytes, Box<Failure>>>,
) -> Result<Part, Box<Failure>> {
    let mut part = Part {
        path,
        size: 0,
        sha256: String::new(),
        content_type: "",
    };
    let (mut hash, mut head) = (Sha256::new(), Vec::with_capacity(audio::HEAD));
    for piece in pieces {
        let piece = piece?;
        let missing = audio::HEAD.saturating_sub(head.len()).min(piece.len());
        head.extend_from_slice(&piece[..missing]);
        hash.update(&piece);
        part.size += piece.len() as u64;
        file.write_all(&piece).map_err(trouble)?;
    }
    part.content_type = audio::kind(&head).ok_or_else(|| {
        let begins: String = String::from_utf8_lossy(&head)
            .chars()
            .filter(|c| !c.is_control())
            .collect();
        let why = format!(
            "what came is no audio: it has {} bytes and begins with `{begins}`",
            part.size
        );
        safe(Code::BadResponse.because(why))
    })?;
    file.sync_all().map_err(trouble)?;
    part.sha256 = hex::encode(hash.finalize());
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::{Url, is_below, is_private};

    #[test]
    fn credentials_go_in_clear_text_to_addresses_inside_alone() {
        for (url, expected) in [
            ("https://api.twilio.com/r", true),
            ("http://api.twilio.com/r", false),
            ("http://203.0.114.1/r", false),
            ("http://127.0.0.1:8080/r", true),
            ("http://[::1]/r", true),
        ] {
            assert_eq!(is_private(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn credentials_are_for_a_host_and_those_below_it() {
        for (host, known, expected) in [
            ("api.twilio.com", "api.twilio.com", true),
            ("api.dublin.ie1.twilio.com", "twilio.com", true),
            ("eviltwilio.com", "twilio.com", false),
            ("twilio.com.evil.example", "twilio.com", false),
            ("", "twilio.com", false),
        ] {
            assert_eq!(is_below(host, known), expected, "{host}");
        }
    }
}
