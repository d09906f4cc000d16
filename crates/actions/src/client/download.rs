//! Fetches a file whole, within a cap, for a step that passes it on. Its bytes are never shown.

use super::{Http, answer, status, trouble};
use crate::builtin::{AGENT, Call, HOPS};
use crate::failure::{Code, Fault};
use crate::guard::target;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http_body_util::Full;
use kernel::Timestamp;
use kernel::run::Failure;
use tokio::time::timeout_at;

/// No file may be larger.
pub(crate) const MOST: usize = 20 << 20;

pub(crate) struct File {
    pub(crate) content: Bytes,
    /// What the receiver says it is.
    pub(crate) kind: Option<String>,
}

impl Http {
    /// At most `most` bytes from an address.
    pub(crate) async fn download(
        &self,
        url: &str,
        most: usize,
        call: &Call<'_>,
    ) -> Result<File, Failure> {
        let request = http::Request::get(target(url)?)
            .header(USER_AGENT, AGENT)
            .header(HOPS, u16::from(call.hops) + 1)
            .body(Full::default())
            .map_err(|error| Code::BadUrl.because(error.to_string()))?;
        let pending = self.request(call.allowed, request);
        let response = match timeout_at(call.deadline, pending).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(safe(trouble::fault(&error, false))),
            Err(_) => {
                return Err(Code::Timeout
                    .because("the file did not come within the time-out")
                    .into());
            }
        };
        let (head, body) = response.into_parts();
        if let Some(refused) = status::failure(head.status, &head.headers, Timestamp::now()) {
            return Err(refused);
        }
        let (content, broken) = answer::read(body, most.min(MOST), call.deadline).await;
        if let Some(broken) = broken {
            return Err(safe(broken));
        }
        let kind = head.headers.get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).map(str::to_owned);
        Ok(File { content, kind })
    }
}

/// Reading a file again harms nobody, however it broke off.
fn safe(fault: Fault) -> Failure {
    let mut failure = Failure::from(fault);
    if failure.retry == kernel::run::Retriable::Unknown {
        failure.retry = kernel::run::Retriable::Yes;
    }
    failure
}
