//! One request and its answer: sent once, read whole, timed, and told twice: as the step's result, and as the record of
//! what went over the wire, in which no secret stands.

use super::stream::Opening;
use super::{Http, answer, status, trouble};
use crate::builtin::{Call, Done};
use crate::draft::{Draft, cut, is_sealed};
use crate::failure::{Code, Fault};
use crate::secret::{MASK, Secrets};
use bytes::Bytes;
use http::{HeaderMap, header, response::Parts};
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use kernel::Timestamp;
use kernel::run::{Exchange, Failure, Output, Response, Timing};
use kernel::usage::Used;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

impl Http {
    pub(crate) async fn send(&self, draft: Draft, call: &Call<'_>) -> Done {
        self.send_for_all(call.deadline, draft, call).await.0
    }

    /// The same with a deadline of its own, for a call that has something else to do afterwards.
    pub(crate) async fn send_by(&self, deadline: Instant, draft: Draft, call: &Call<'_>) -> Done {
        self.send_for_all(deadline, draft, call).await.0
    }

    /// Also the answer as it came, for those who must not write what is masked back to where it was.
    pub(crate) async fn send_for_all(
        &self,
        deadline: Instant,
        draft: Draft,
        call: &Call<'_>,
    ) -> (Done, Option<http::Response<Bytes>>) {
        let started = Instant::now();
        let (mut request, shown) = draft.finish(self.keep);
        let connection = capture_connection(&mut request);
        let pending = self.request(call.allowed, request);
        let answered = timeout_at(deadline, pending).await;

        let opening = opening(&connection);
        let mut timing = timing(opening.as_deref());
        let mut raw = None;
        let (result, response) = match answered {
            Ok(Ok(response)) => {
                timing.first_byte_us = Some(micros(started.elapsed()));
                let (head, body) = response.into_parts();
                let (body, broken) = answer::read(body, answer::MAX_BODY, deadline).await;
                let judged = self.judge(&head, &body, broken, &call.secrets);
                raw = Some(http::Response::from_parts(head, body));
                judged
            }
            Ok(Err(error)) => (Err(trouble::fault(&error, opening.is_some()).into()), None),
            Err(_) if opening.is_some() => {
                let message = "no answer within the time-out; the request had been sent";
                (Err(Code::TimeoutAfterSending.because(message).into()), None)
            }
            Err(_) => (
                Err(Code::Timeout
                    .because("no connection within the time-out")
                    .into()),
                None,
            ),
        };
        timing.total_us = micros(started.elapsed());
        let exchange = Some(Exchange {
            request: shown,
            response,
            timing,
        });
        let done = Done {
            result,
            exchange,
            used: Used::default(),
        };
        (done, raw)
    }

    /// The step's result, and the answer as people see it.
    fn judge(
        &self,
        head: &Parts,
        body: &Bytes,
        broken: Option<Fault>,
        secrets: &Secrets,
    ) -> (Result<Output, Failure>, Option<Response>) {
        let text = readable(&head.headers, body);
        let mut masked = secrets.mask(&text);
        let value = match serde_json::from_str(&masked) {
            Ok(mut value) => {
                if secrets.mask_value(&mut value) {
                    masked = value.to_string().into();
                }
                value
            }
            Err(_) if masked.is_empty() => Value::Null,
            Err(_) => Value::from(masked.as_ref()),
        };
        let refused = status::failure(head.status, &head.headers, Timestamp::now());
        let output = Output {
            status: Some(head.status.as_u16()),
            headers: headers(&head.headers, secrets, refused.is_some()),
            body: value,
        };
        let (kept, cut_off) = cut(masked.into_owned(), self.keep);
        let response = Response {
            status: head.status.as_u16(),
            headers: shown_headers(&head.headers, secrets),
            body: Some(kept).filter(|body| !body.is_empty()),
            truncated: cut_off || broken.is_some(),
        };
        // A refusal stands even if its body could not be read to the end.
        let result = match (refused, broken) {
            (Some(mut refused), _) => {
                refused.output = Some(output);
                Err(refused)
            }
            (None, Some(broken)) => {
                let mut broken = Failure::from(broken);
                broken.status = output.status;
                Err(broken)
            }
            (None, None) => Ok(output),
        };
        (result, Some(response))
    }
}

/// The headers of an answer as people see them.
pub(super) fn shown_headers(headers: &HeaderMap, secrets: &Secrets) -> Vec<(String, String)> {
    let shown = headers.iter().map(|(name, value)| {
        let value = match is_sealed(name) {
            true => MASK.to_owned(),
            false => secrets
                .mask(&String::from_utf8_lossy(value.as_bytes()))
                .into_owned(),
        };
        (name.as_str().to_owned(), value)
    });
    shown.collect()
}

/// The body as text. We ask for no encoding; a receiver that uses one nevertheless is not decoded, so that a small answer
/// cannot become a large one.
fn readable<'b>(headers: &HeaderMap, body: &'b Bytes) -> Cow<'b, str> {
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" && !body.is_empty() => {
            let encoding = String::from_utf8_lossy(encoding.as_bytes());
            format!(
                "({} bytes, content-encoding {encoding}: not decoded)",
                body.len()
            )
            .into()
        }
        _ => String::from_utf8_lossy(body),
    }
}

/// Names and texts; repeated ones joined by commas. `sealed`: the result is only for people.
fn headers(headers: &HeaderMap, secrets: &Secrets, sealed: bool) -> Value {
    let mut named = Map::with_capacity(headers.keys_len());
    for name in headers.keys() {
        let mut text = String::new();
        for value in headers.get_all(name) {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(&String::from_utf8_lossy(value.as_bytes()));
        }
        let text = match sealed && is_sealed(name) {
            true => MASK.into(),
            false => secrets.mask(&text).into_owned(),
        };
        named.insert(name.as_str().into(), text.into());
    }
    named.into()
}

/// How the connection that took the request was opened; `None`: no connection took it.
pub(super) fn opening(connection: &CaptureConnection) -> Option<Arc<Opening>> {
    let connected = connection.connection_metadata();
    let mut extras = http::Extensions::new();
    connected.as_ref()?.get_extras(&mut extras);
    extras.remove()
}

pub(crate) fn timing(opening: Option<&Opening>) -> Timing {
    let Some(opening) = opening else {
        return Timing::default();
    };
    let reused = opening.use_again();
    let fresh = |duration: Duration| (!reused).then(|| micros(duration));
    Timing {
        address: Some(opening.address.clone()),
        reused,
        dns_us: opening.dns.and_then(fresh),
        connect_us: fresh(opening.connect),
        tls_us: opening.tls.get().copied().and_then(fresh),
        ..Timing::default()
    }
}

pub(crate) fn micros(duration: Duration) -> u64 {
    duration.as_micros().try_into().unwrap_or(u64::MAX)
}
