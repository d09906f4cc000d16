//! Time and ids: the only place of the engine that reads a clock or draws randomness.

use kernel::Timestamp;
use kernel::id::{Id, Kind};
use std::sync::Arc;

/// Reads the time; tests and fault runs give their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Draws randomness; a simulation gives its own.
pub type Chance = Arc<dyn Fn() -> [u8; 16] + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Stamp {
    clock: Clock,
    chance: Chance,
}

impl Stamp {
    pub fn new(clock: Clock, chance: Chance) -> Self {
        Self { clock, chance }
    }

    /// In microseconds, as stores keep times: what is told at once is what is told again.
    pub fn now(&self) -> Timestamp {
        let now = (self.clock)();
        Timestamp::from_microsecond(now.as_microsecond()).expect("it is between this one and zero")
    }

    pub fn chance(&self) -> [u8; 16] {
        (self.chance)()
    }

    pub fn id<K: Kind>(&self, part: u16) -> Id<K> {
        Id::new(
            self.now().as_millisecond().max(0) as u64,
            part,
            self.chance(),
        )
    }
}

pub(crate) fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .expect("the operating system always has randomness once it has booted");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_the_same_after_a_store_has_kept_it() {
        let read = Timestamp::new(1_700_000_000, 123_456_789).expect("a time");
        let now = Stamp::new(Arc::new(move || read), Arc::new(random)).now();
        assert_eq!(now.to_string(), "2023-11-14T22:13:20.123456Z");
        let kept = Timestamp::from_microsecond(now.as_microsecond());
        assert_eq!(kept.ok(), Some(now));
    }
}
