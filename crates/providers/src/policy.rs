//! How long to wait for what may still come, where a platform needs other times than the usual ones.

use calls::Policy;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600 + 600);

/// Telephone networks let a call last a day, and people wait in queues: only later is a call without an end ended by us.
pub fn telephone() -> Policy {
    Policy {
        watchdog: DAY,
        ..Policy::default()
    }
}

/// The same, where what was said is written down only after the call.
pub fn late_words() -> Policy {
    Policy {
        late_words: true,
        ..telephone()
    }
}
