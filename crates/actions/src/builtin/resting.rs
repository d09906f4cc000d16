//! Open lines that rest until they are used again: so many at most, and none for longer than it may. It knows nothing of what
//! they are lines to; whoever takes one asks whether it is still good.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

pub(crate) struct Resting<T> {
    idle: Duration,
    most: usize,
    rest: Arc<Mutex<Rest<T>>>,
}

struct Rest<T> {
    lines: Vec<(Instant, T)>,
    /// A task looks after them.
    swept: bool,
}

impl<T: Send + 'static> Resting<T> {
    pub(crate) fn new(idle: Duration, most: usize) -> Self {
        let rest = Rest {
            lines: Vec::new(),
            swept: false,
        };
        Self {
            idle,
            most,
            rest: Arc::new(Mutex::new(rest)),
        }
    }

    pub(crate) fn put(&self, line: T) {
        let mut rest = lock(&self.rest);
        rest.prune(self.idle);
        if rest.lines.len() >= self.most {
            rest.lines.remove(0);
        }
        rest.lines.push((Instant::now(), line));
        if !rest.swept {
            rest.swept = true;
            tokio::spawn(sweep(Arc::downgrade(&self.rest), self.idle));
        }
    }

    /// The one that fits and came last.
    pub(crate) fn take(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        let mut rest = lock(&self.rest);
        rest.prune(self.idle);
        let at = rest.lines.iter().rposition(|(_, line)| fits(line))?;
        Some(rest.lines.remove(at).1)
    }
}

impl<T> Rest<T> {
    fn prune(&mut self, idle: Duration) {
        self.lines.retain(|(since, _)| since.elapsed() < idle);
    }
}

fn lock<T>(rest: &Mutex<Rest<T>>) -> MutexGuard<'_, Rest<T>> {
    rest.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Closes what nobody takes, until nothing rests.
async fn sweep<T>(rest: Weak<Mutex<Rest<T>>>, idle: Duration) {
    loop {
        tokio::time::sleep(idle / 4).await;
        let Some(rest) = rest.upgrade() else { return };
        let mut rest = lock(&rest);
        rest.prune(idle);
        if rest.lines.is_empty() {
            rest.swept = false;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    #[tokio::test]
    async fn a_line_that_nobody_takes_is_closed_also_where_nothing_else_happens() {
        let resting = Resting::new(Duration::from_millis(20), 2);
        for _ in 0..2 {
            let (line, closed) = oneshot::channel::<()>();
            resting.put(line);
            assert!(closed.await.is_err());
        }
        let long = Resting::new(Duration::from_secs(60), 2);
        (1..=3).for_each(|line| long.put(line));
        let taken = [
            long.take(|_| true),
            long.take(|_| true),
            long.take(|_| true),
        ];
        assert_eq!(taken, [Some(3), Some(2), None]);
    }
}
