//! How much may come in: a configured rate of requests with events per workspace (a bucket of one second, refilled evenly; none
//! unless configured), the bytes of all of them under way at once, so that memory is never at risk, and no chain without end.

use crate::errors::{Code, Error, Result};
use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http::HeaderMap;
use kernel::id::WorkspaceId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many deliveries of ours, one caused by the other, may lead to an event.
const MOST_HOPS: u8 = 8;

/// How many have led to this request, by what our own requests say; a loop is refused.
pub fn hops(headers: &HeaderMap) -> Result<u8> {
    let told = headers.get_all(actions::HOPS).into_iter();
    let told = told.filter_map(|value| value.to_str().ok()?.parse::<u64>().ok());
    match u8::try_from(told.max().unwrap_or(0)) {
        Ok(hops) if hops <= MOST_HOPS => Ok(hops),
        _ => Err(Error::new(
            Code::LoopDetected,
            format!(
                "more than {MOST_HOPS} deliveries, each caused by the one before, have led to this event"
            ),
        )),
    }
}

/// The body of a request with events.
pub async fn body(body: Body, largest: usize) -> Result<Bytes> {
    let told = crate::body::bytes(body, largest).await;
    told.map_err(|error| match error.code {
        Code::PayloadTooLarge => {
            let detail = format!(
                "{}: split it, or have the server started with a larger --event-body-mib",
                error.detail
            );
            Error::new(error.code, detail)
        }
        _ => error,
    })
}

pub struct Intake {
    per_s: Option<f64>,
    bytes: Arc<Semaphore>,
    buckets: Mutex<HashMap<WorkspaceId, Bucket>>,
}

struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Intake {
    pub fn new(per_s: Option<u32>, bytes: usize) -> Self {
        Self {
            per_s: per_s.map(f64::from),
            bytes: Arc::new(Semaphore::new(bytes)),
            buckets: Mutex::default(),
        }
    }

    /// Counts one request in, or refuses it.
    pub fn take(&self, workspace: WorkspaceId) -> Result<()> {
        self.take_at(workspace, Instant::now())
    }

    /// Room for a body until its request is answered, or a refusal. One of unknown length takes the room of the largest.
    pub fn hold(&self, body: &Body, largest: usize) -> Result<OwnedSemaphorePermit> {
        let length = body.size_hint().exact().unwrap_or(largest as u64);
        let room = length.clamp(1, largest as u64) as u32;
        let held = self.bytes.clone().try_acquire_many_owned(room);
        held.map_err(|_| Error {
            retry_after: Some(1),
            ..Error::new(
                Code::TooManyRequests,
                "the bodies of all requests under way take all the memory there is for them",
            )
        })
    }

    fn take_at(&self, workspace: WorkspaceId, now: Instant) -> Result<()> {
        let Some(per_s) = self.per_s else {
            return Ok(());
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry(workspace).or_insert(Bucket {
            tokens: per_s,
            filled: now,
        });
        let since = now.saturating_duration_since(bucket.filled).as_secs_f64();
        bucket.tokens = (bucket.tokens + since * per_s).min(per_s);
        bucket.filled = now;
        if bucket.tokens < 1.0 {
            let detail = format!("more than {per_s} requests with events in a second");
            return Err(Error {
                retry_after: Some(1),
                ..Error::new(Code::TooManyRequests, detail)
            });
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn over_the_limit_a_workspace_waits_and_others_do_not() {
        let (intake, now) = (Intake::new(Some(2), 100), Instant::now());
        let (a, b) = (
            WorkspaceId::from_bytes([1; 16]),
            WorkspaceId::from_bytes([2; 16]),
        );
        assert!(intake.take_at(a, now).is_ok() && intake.take_at(a, now).is_ok());
        let refused = intake.take_at(a, now).unwrap_err();
        assert_eq!(
            (refused.code, refused.retry_after),
            (Code::TooManyRequests, Some(1))
        );
        assert!(intake.take_at(b, now).is_ok());
        assert!(intake.take_at(a, now + Duration::from_millis(500)).is_ok());
        assert!(intake.take_at(a, now + Duration::from_millis(500)).is_err());
    }

    #[test]
    fn bodies_find_room_until_their_requests_are_answered() {
        let intake = Intake::new(None, 100);
        let body = |bytes: usize| Body::from(vec![0; bytes]);
        let first = intake.hold(&body(60), 80).unwrap();
        let refused = intake.hold(&body(60), 80).unwrap_err();
        assert_eq!(refused.code, Code::TooManyRequests);
        assert_eq!(refused.retry_after, Some(1));
        assert!(intake.hold(&body(40), 80).is_ok());
        drop(first);
        // Too large a body is refused by its size, and takes the room of the largest until then.
        assert!(intake.hold(&body(1000), 80).is_ok());
    }

    #[test]
    fn without_a_limit_nothing_is_refused() {
        let intake = Intake::new(None, 100);
        let all = (0..10_000).all(|_| intake.take(WorkspaceId::from_bytes([1; 16])).is_ok());
        assert!(all);
    }
}
