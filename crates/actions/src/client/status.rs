//! What a status means for the step: done, failed for good, or to be tried again, and when.

use crate::failure::Code;
use http::{HeaderMap, StatusCode, header};
use kernel::Timestamp;
use kernel::run::{Failure, Retriable};
use std::time::Duration;

/// No receiver holds a step up for longer.
const LONGEST_WAIT: Duration = Duration::from_secs(86_400);

/// `None`: a success. The message is not masked yet.
pub(crate) fn failure(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Option<Failure> {
    if status.is_success() {
        return None;
    }
    let mut failure =
        Failure::from(Code::HttpStatus.because(format!("the receiver answered {status}")));
    failure.status = Some(status.as_u16());
    if status.is_redirection() {
        let location = headers
            .get(header::LOCATION)
            .map(|to| String::from_utf8_lossy(to.as_bytes()));
        failure.message.push_str("; redirects are not followed");
        if let Some(location) = location {
            failure.message.push_str(", it points to ");
            failure.message.extend(location.chars().take(500));
        }
    }
    failure.retry = match status.as_u16() {
        // 529: a vendor of models that has too much to do.
        429 | 503 | 529 => retry_after(headers, now).map_or(Retriable::Yes, Retriable::After),
        408 | 425 | 500..=599 => Retriable::Yes,
        _ => Retriable::No,
    };
    Some(failure)
}

/// Seconds or an HTTP date (RFC 9110, 10.2.3); `None` for what is neither or is not in the future.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().map_or(LONGEST_WAIT, Duration::from_secs)
    } else {
        let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
        Duration::try_from(date.duration_since(now)).ok()?
    };
    Some(wait.min(LONGEST_WAIT)).filter(|wait| !wait.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn retry(status: u16, wait: Option<&str>) -> Option<Retriable> {
        let mut headers = HeaderMap::new();
        if let Some(wait) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_str(wait).unwrap());
        }
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        failure(StatusCode::from_u16(status).unwrap(), &headers, now).map(|failure| failure.retry)
    }

    #[test]
    fn each_status_has_its_verdict() {
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(retry(status, None), None, "{status}");
        }
        for status in [408, 425, 429, 500, 502, 503, 504, 599] {
            assert_eq!(retry(status, None), Some(Retriable::Yes), "{status}");
        }
        for status in [
            300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 410, 422, 600, 999,
        ] {
            assert_eq!(retry(status, None), Some(Retriable::No), "{status}");
        }
    }

    #[test]
    fn a_wait_that_the_receiver_asks_for_is_honoured_within_a_day() {
        let after = |seconds| Some(Retriable::After(Duration::from_secs(seconds)));
        assert_eq!(retry(429, Some("7")), after(7));
        assert_eq!(retry(503, Some(" 120 ")), after(120));
        assert_eq!(retry(529, Some("9")), after(9));
        assert_eq!(retry(503, Some("Fri, 20 Nov 2026 12:01:00 GMT")), after(60));
        assert_eq!(retry(429, Some("99999999")), after(86_400));
        assert_eq!(retry(429, Some("99999999999999999999999")), after(86_400));
        assert_eq!(
            retry(429, Some("Sun, 06 Nov 2095 08:49:37 GMT")),
            after(86_400)
        );
        for garbage in [
            "0",
            "-1",
            "1e9",
            "",
            "soon",
            "1.5",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "\u{7f}",
        ] {
            if HeaderValue::from_str(garbage).is_ok() {
                assert_eq!(retry(429, Some(garbage)), Some(Retriable::Yes), "{garbage}");
            }
        }
        assert_eq!(retry(500, Some("7")), Some(Retriable::Yes));
        assert_eq!(retry(404, Some("7")), Some(Retriable::No));
    }
}
