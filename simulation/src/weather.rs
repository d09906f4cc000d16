//! How well the store and the ways to it do: how long a call takes, and whether it is refused or its answer lost.

use crate::chance::Chance;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Shares in a thousand, drawn per seed.
#[derive(Debug, Clone, Default)]
pub struct Weather {
    pub refused: u64,
    pub lost: u64,
    pub slow: u64,
    pub crawling: u64,
    pub hints_lost: u64,
}

impl Weather {
    pub fn draw(chance: &Chance) -> Self {
        let grade = |grades: &[u64]| *chance.pick(grades);
        Self {
            refused: grade(&[0, 0, 5, 30, 150]),
            lost: grade(&[0, 0, 5, 30, 100]),
            slow: grade(&[0, 50, 300]),
            crawling: grade(&[0, 2, 10]),
            hints_lost: grade(&[0, 100, 500, 1000]),
        }
    }
}

/// What becomes of one call to the store.
pub struct Fate {
    pub before: Duration,
    pub after: Duration,
    /// Nothing is done, and the caller is told so.
    pub refused: bool,
    /// It is done, and the caller is told that it is not.
    pub answer_lost: bool,
}

pub struct Sky {
    weather: Weather,
    is_calm: AtomicBool,
    away_until: Mutex<Instant>,
}

impl Sky {
    pub fn new(weather: Weather) -> Self {
        Self {
            weather,
            is_calm: AtomicBool::new(false),
            away_until: Mutex::new(Instant::now()),
        }
    }

    /// From now on nothing fails.
    pub fn calm(&self) {
        self.is_calm.store(true, Ordering::Relaxed);
    }

    pub fn is_calm(&self) -> bool {
        self.is_calm.load(Ordering::Relaxed)
    }

    /// The store is away for so long.
    pub fn go_away(&self, time: Duration) {
        *self
            .away_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Instant::now() + time;
    }

    pub fn fate(&self, chance: &Chance) -> Fate {
        let (mut before, mut after) = (chance.millis(0, 1), chance.millis(1, 2));
        if self.is_calm() {
            return Fate {
                before: Duration::ZERO,
                after,
                refused: false,
                answer_lost: false,
            };
        }
        let weather = &self.weather;
        for wait in [&mut before, &mut after] {
            if chance.permille(weather.crawling) {
                *wait = chance.millis(1_000, 9_000);
            } else if chance.permille(weather.slow) {
                *wait = chance.millis(5, 400);
            }
        }
        let is_away = Instant::now()
            < *self
                .away_until
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
        Fate {
            before,
            after,
            refused: is_away || chance.permille(weather.refused),
            answer_lost: chance.permille(weather.lost),
        }
    }

    pub fn loses_hint(&self, chance: &Chance) -> bool {
        !self.is_calm() && chance.permille(self.weather.hints_lost)
    }
}
