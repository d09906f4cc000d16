//! Fetches a file whole, within a cap, for a step that passes it on. Its bytes are never shown.

use super::exchange::{opening, shown_headers, timing};
use super::{Http, answer, micros, status, trouble};
use crate::builtin::Call;
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE};
use http::response::Parts;
use http::{HeaderMap, HeaderName, Method};
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::capture_connection;
use kernel::Timestamp;
use kernel::run::{Exchange, Failure, Response, Retriable};
use tokio::time::{Instant, timeout_at};

/// No file may be larger.
pub(crate) const MOST: usize = 50 << 20;

pub(crate) struct File {
    pub(crate) content: Bytes,
    /// What the receiver says it is.
    pub(crate) kind: Option<String>,
    /// What the receiver says about its name.
    pub(crate) disposition: Option<String>,
    pub(crate) status: u16,
}

impl Http {
    /// At most `most` bytes from an address.
    pub(crate) async fn download(
        &self,
        url: &str,
        most: usize,
        call: &Call<'_>,
    ) -> Result<File, Failure> {
        let mut draft = Draft::new(Method::GET, url, &call.secrets)?;
        call.mark(&mut draft)?;
        self.fetch(draft, most, call).await.0
    }

    /// The same for a request that may say who it is from, and what went over the wire.
    pub(crate) async fn fetch(
        &self,
        draft: Draft,
        most: usize,
        call: &Call<'_>,
    ) -> (Result<File, Failure>, Exchange) {
        let started = Instant::now();
        let (answer, mut exchange) = self.begin(draft, call).await;
        let result = match answer {
            Ok((head, body)) => whole(&head, body, most, call).await,
            Err(failure) => Err(failure),
        };
        if let Some(response) = &mut exchange.response {
            response.truncated = result.is_err();
        }
        exchange.timing.total_us = micros(started.elapsed());
        (result, exchange)
    }

    /// Asks, and leaves the answer's body to be read.
    pub(crate) async fn begin(
        &self,
        draft: Draft,
        call: &Call<'_>,
    ) -> (Result<(Parts, Incoming), Failure>, Exchange) {
        let started = Instant::now();
        let (mut request, shown) = draft.finish(self.keep);
        let connection = capture_connection(&mut request);
        let pending = self.request(call.allowed, request);
        let answered = timeout_at(call.deadline, pending).await;
        let mut timing = timing(opening(&connection).as_deref());
        let (answer, response) = match answered {
            Ok(Ok(response)) => {
                timing.first_byte_us = Some(micros(started.elapsed()));
                let (head, body) = response.into_parts();
                let response = Response {
                    status: head.status.as_u16(),
                    headers: shown_headers(&head.headers, &call.secrets),
                    body: None,
                    truncated: false,
                };
                (Ok((head, body)), Some(response))
            }
            Ok(Err(error)) => (Err(safe(trouble::fault(&error, false))), None),
            Err(_) => {
                let late = Code::Timeout.because("the file did not come within the time-out");
                (Err(late.into()), None)
            }
        };
        timing.total_us = micros(started.elapsed());
        let exchange = Exchange {
            request: shown,
            response,
            timing,
        };
        (answer, exchange)
    }
}

async fn whole(
    head: &Parts,
    body: Incoming,
    most: usize,
    call: &Call<'_>,
) -> Result<File, Failure> {
    accept(head).map_err(|failure| *failure)?;
    let (content, broken) = answer::read(body, most.min(MOST), call.deadline).await;
    match broken {
        Some(broken) => Err(safe(broken)),
        None => Ok(File {
            content,
            kind: named(&head.headers, CONTENT_TYPE),
            disposition: named(&head.headers, CONTENT_DISPOSITION),
            status: head.status.as_u16(),
        }),
    }
}

/// An answer that is a file, as it is.
pub(crate) fn accept(head: &Parts) -> Result<(), Box<Failure>> {
    if let Some(refused) = status::failure(head.status, &head.headers, Timestamp::now()) {
        return Err(refused.into());
    }
    let encoding = named(&head.headers, CONTENT_ENCODING);
    if let Some(encoding) = encoding.filter(|encoding| encoding != "identity") {
        let message = format!("the file came compressed ({encoding}), which was not asked for");
        return Err(safe(Code::BadResponse.because(message)).into());
    }
    Ok(())
}

fn named(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

/// Reading a file again harms nobody, however it broke off.
pub(crate) fn safe(fault: Fault) -> Failure {
    let mut failure = Failure::from(fault);
    if failure.retry == Retriable::Unknown {
        failure.retry = Retriable::Yes;
    }
    failure
}
