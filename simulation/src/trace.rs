//! What happened, in order: always as a hash, by which two runs of a seed are compared, and as text where somebody reads it.

use std::fmt::Arguments;
use std::sync::{Mutex, PoisonError};
use tokio::time::Instant;

pub struct Trace {
    began: Instant,
    said: Mutex<Said>,
}

struct Said {
    hash: u64,
    lines: Option<Vec<String>>,
}

impl Trace {
    pub fn new(is_read: bool) -> Self {
        let lines = is_read.then(Vec::new);
        let said = Mutex::new(Said {
            hash: 0xcbf2_9ce4_8422_2325,
            lines,
        });
        Self {
            began: Instant::now(),
            said,
        }
    }

    /// Notes one thing that node `host` did: `what` and `facts` go into the hash, `text` is for people.
    pub fn note(&self, host: u32, what: &str, facts: &[u64], text: Arguments<'_>) {
        let at = self.began.elapsed().as_millis() as u64;
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let mut hash = said.hash;
        let bytes = what.bytes().map(u64::from);
        for fact in [at, u64::from(host)]
            .into_iter()
            .chain(bytes)
            .chain(facts.iter().copied())
        {
            hash = (hash ^ fact).wrapping_mul(0x0100_0000_01b3);
        }
        said.hash = hash;
        if let Some(lines) = &mut said.lines {
            let seconds = at as f64 / 1000.0;
            lines.push(format!("{seconds:>9.3} s  node {host}  {what} {text}"));
        }
    }

    pub fn hash(&self) -> u64 {
        self.said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .hash
    }

    pub fn take_lines(&self) -> Vec<String> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.lines.take().unwrap_or_default()
    }
}
