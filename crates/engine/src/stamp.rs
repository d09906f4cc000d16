//! Time and ids: the only place of the engine that reads a clock or draws randomness.

use kernel::Timestamp;
use kernel::id::{Id, Kind};
use std::sync::Arc;

/// Reads the time; tests and fault runs give their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Stamp {
    clock: Clock,
}

impl Stamp {
    pub fn new(clock: Clock) -> Self {
        Self { clock }
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub fn id<K: Kind>(&self, part: u16) -> Id<K> {
        Id::new(self.now().as_millisecond().max(0) as u64, part, random())
    }
}

pub(crate) fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .expect("the operating system always has randomness once it has booted");
    bytes
}
