//! One question to a platform's API on behalf of the process itself, not of a step: nothing of it is recorded. Its connection
//! passes the guard like any other, and what it says of trouble holds no value of a header.

use super::pieces::Sent;
use super::{Http, answer, status, trouble};
use crate::builtin::AGENT;
use crate::failure::{Code, Fault};
use crate::guard::{AllowedNetwork, target};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http_body_util::Full;
use kernel::Timestamp;
use kernel::run::{Failure, Retriable};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How much of a refusal's body people see.
const SHOWN: usize = 300;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Ask {
    pub method: &'static str,
    pub url: String,
    /// Secrets among them: none is ever shown.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: Option<String>,
    /// A longer answer is none.
    pub most: usize,
    pub within: Duration,
}

/// Why there is no answer, or none that says anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    #[error("the answer has more than {0} bytes")]
    TooLarge(usize),
    /// It has too much to do: after so long it may be asked again.
    #[error("{1}")]
    Later(Duration, String),
    #[error("{message}")]
    Refused { status: u16, message: String },
    /// Not reached, or the answer broke off.
    #[error("{0}")]
    Away(String),
}

impl Http {
    /// The body of an answer of success.
    pub(crate) async fn ask(
        &self,
        ask: &Ask,
        allowed: &[AllowedNetwork],
    ) -> Result<Bytes, Unanswered> {
        let deadline = Instant::now() + ask.within;
        let request = request(ask).map_err(away)?;
        let answered = timeout_at(deadline, self.request(allowed, request.map(Sent::Whole))).await;
        let response = match answered {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(away(trouble::fault(&error, false))),
            Err(_) => {
                let seconds = ask.within.as_secs();
                return Err(Unanswered::Away(format!("no answer within {seconds} s")));
            }
        };
        let (head, body) = response.into_parts();
        let refused = status::failure(head.status, &head.headers, Timestamp::now());
        let most = refused.as_ref().map_or(ask.most, |_| SHOWN * 4);
        let (body, broken) = answer::read(body, most, deadline).await;
        match (refused, broken) {
            (Some(refused), _) => Err(refusal(&refused, &body, ask)),
            (None, Some(broken)) if broken.code == Code::OutputTooLarge => {
                Err(Unanswered::TooLarge(ask.most))
            }
            (None, Some(broken)) => Err(away(broken)),
            (None, None) => Ok(body),
        }
    }
}

fn away(fault: Fault) -> Unanswered {
    Unanswered::Away(Failure::from(fault).message)
}

fn request(ask: &Ask) -> Result<http::Request<Full<Bytes>>, Fault> {
    let bad = |what: &str| Code::BadInput.because(format!("{what} cannot be sent"));
    let body = ask.body.clone().map_or_else(Bytes::new, Bytes::from);
    let mut request = http::Request::builder()
        .method(ask.method)
        .uri(target(&ask.url)?)
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, AGENT);
    if ask.body.is_some() {
        request = request.header(CONTENT_TYPE, "application/json");
    }
    for (name, value) in &ask.headers {
        let mut value = HeaderValue::from_str(value).map_err(|_| bad("the key"))?;
        value.set_sensitive(true);
        request = request.header(*name, value);
    }
    request
        .body(Full::new(body))
        .map_err(|_| bad("the request"))
}

/// What the platform says of it, as far as that repeats none of our headers.
fn refusal(failure: &Failure, body: &Bytes, ask: &Ask) -> Unanswered {
    let said: String = String::from_utf8_lossy(body)
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .take(SHOWN)
        .collect();
    let told = |value: &str| {
        let secret = value.rsplit(' ').next().unwrap_or(value);
        !secret.is_empty() && said.contains(secret)
    };
    let repeats = ask.headers.iter().any(|(_, value)| told(value));
    let mut message = failure.message.clone();
    if !repeats && !said.trim().is_empty() {
        message.push_str(": ");
        message.push_str(said.trim());
    }
    match failure.retry {
        Retriable::After(wait) => Unanswered::Later(wait, message),
        _ => Unanswered::Refused {
            status: failure.status.unwrap_or_default(),
            message,
        },
    }
}
