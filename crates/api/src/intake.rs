//! The configured limit on requests with events: a bucket of one second per workspace, refilled evenly. Without a limit it
//! does nothing.

use crate::errors::{Code, Error, Result};
use kernel::id::WorkspaceId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

pub struct Intake {
    per_s: Option<f64>,
    buckets: Mutex<HashMap<WorkspaceId, Bucket>>,
}

struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Intake {
    pub fn new(per_s: Option<u32>) -> Self {
        Self {
            per_s: per_s.map(f64::from),
            buckets: Mutex::default(),
        }
    }

    /// Counts one request in, or refuses it.
    pub fn take(&self, workspace: WorkspaceId) -> Result<()> {
        self.take_at(workspace, Instant::now())
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
        let (intake, now) = (Intake::new(Some(2)), Instant::now());
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
    fn without_a_limit_nothing_is_refused() {
        let intake = Intake::new(None);
        let all = (0..10_000).all(|_| intake.take(WorkspaceId::from_bytes([1; 16])).is_ok());
        assert!(all);
    }
}
