//! A machine that runs a node: it can be stopped dead, held for a while, and its clock can jump. What a dead node still had
//! to say to the store or the world is never said: its calls stay pending for ever.

use kernel::Timestamp;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    On = 0,
    Held = 1,
    Off = 2,
}

/// When every story begins.
pub const EPOCH_S: i64 = 1_767_225_600;

pub struct Host {
    pub number: u32,
    power: AtomicU8,
    changed: Notify,
    began: Instant,
    /// How far its clock is off, in seconds.
    offset: AtomicI64,
    furthest: AtomicI64,
    /// Under which name its engine attends.
    name: Mutex<String>,
}

impl Host {
    pub fn new(number: u32, began: Instant, offset: i64) -> Self {
        Self {
            number,
            power: AtomicU8::new(Power::On as u8),
            changed: Notify::new(),
            began,
            offset: AtomicI64::new(offset),
            furthest: AtomicI64::new(offset),
            name: Mutex::default(),
        }
    }

    pub fn power(&self) -> Power {
        match self.power.load(Ordering::Relaxed) {
            0 => Power::On,
            1 => Power::Held,
            _ => Power::Off,
        }
    }

    /// A host that is off stays off.
    pub fn set_power(&self, power: Power) {
        if self.power() != Power::Off {
            self.power.store(power as u8, Ordering::Relaxed);
            self.changed.notify_waiters();
        }
    }

    /// Returns while the host runs; later when it is held, never when it is off.
    pub async fn runs(&self) {
        loop {
            let changed = self.changed.notified();
            match self.power() {
                Power::On => return,
                Power::Held => changed.await,
                Power::Off => std::future::pending().await,
            }
        }
    }

    pub fn jump(&self, to: i64) {
        self.offset.store(to, Ordering::Relaxed);
        self.furthest.fetch_max(to, Ordering::Relaxed);
    }

    /// How far ahead it ever was.
    pub fn furthest(&self) -> i64 {
        self.furthest.load(Ordering::Relaxed)
    }

    pub fn offset(&self) -> i64 {
        self.offset.load(Ordering::Relaxed)
    }

    /// What its clock shows.
    pub fn now(&self) -> Timestamp {
        let shown = Duration::from_secs((EPOCH_S + self.offset()) as u64) + self.began.elapsed();
        Timestamp::UNIX_EPOCH + shown
    }

    pub fn name(&self) -> String {
        self.name
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub fn set_name(&self, name: &str) {
        let mut known = self.name.lock().unwrap_or_else(PoisonError::into_inner);
        if *known != name {
            name.clone_into(&mut known);
        }
    }
}
