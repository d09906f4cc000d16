//! The threads that code runs on: few, of their own, started when the first code comes. What waits for one is bounded. A thread
//! that does not come back in time (the engine asks its clock between steps, not inside one) is given up and replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

const WAITING: usize = 1_024;
/// Threads that are given up and still compute.
const MOST_LOST: usize = 16;
/// The engine's own stack, and room for what surrounds it.
const STACK: usize = crate::STACK + (1 << 20);

type Work = Box<dyn FnOnce() + Send>;

/// Too much code waits already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too much code waits to be run on this node")]
pub struct Busy;

pub struct Pool {
    threads: usize,
    waiting: usize,
    entrance: OnceLock<(SyncSender<Job>, Arc<Shop>)>,
}

struct Job {
    work: Work,
    longest: Duration,
}

struct Shop {
    exit: Mutex<Receiver<Job>>,
    desk: Mutex<Desk>,
}

#[derive(Default)]
struct Desk {
    next: u64,
    /// By when each job under way should be done.
    due: BTreeMap<u64, Instant>,
    /// Jobs whose threads were replaced.
    lost: BTreeSet<u64>,
}

impl Default for Pool {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, NonZero::get);
        Self::of(cores.clamp(2, 8), WAITING)
    }
}

impl Pool {
    fn of(threads: usize, waiting: usize) -> Self {
        Self {
            threads,
            waiting,
            entrance: OnceLock::new(),
        }
    }

    /// Has work done on a thread of the pool, in turn. Its thread is given up when it takes longer than `longest`.
    pub fn spawn(
        &self,
        longest: Duration,
        work: impl FnOnce() + Send + 'static,
    ) -> Result<(), Busy> {
        let (entrance, shop) = self.entrance.get_or_init(|| self.open());
        shop.replace_lost();
        let work = Box::new(work);
        entrance.try_send(Job { work, longest }).map_err(|_| Busy)
    }

    fn open(&self) -> (SyncSender<Job>, Arc<Shop>) {
        let (entrance, exit) = sync_channel(self.waiting);
        let shop = Arc::new(Shop {
            exit: Mutex::new(exit),
            desk: Mutex::default(),
        });
        (0..self.threads).for_each(|_| shop.hire());
        (entrance, shop)
    }
}

impl Shop {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread that cannot be started is missed by the queue alone: what waits, waits longer, and is refused in the end.
    fn hire(self: &Arc<Self>) {
        let shop = self.clone();
        let thread = std::thread::Builder::new()
            .name("code".into())
            .stack_size(STACK);
        let _ = thread.spawn(move || shop.work());
    }

    fn replace_lost(self: &Arc<Self>) {
        let mut desk = self.desk();
        let now = Instant::now();
        let late = desk.due.iter().filter(|(_, due)| **due < now);
        let late: Vec<u64> = late.map(|(job, _)| *job).collect();
        for job in late {
            if desk.lost.len() < MOST_LOST && desk.lost.insert(job) {
                self.hire();
            }
        }
    }

    /// Ends when the pool is gone, or when another thread has taken this one's place.
    fn work(&self) {
        loop {
            let exit = self.exit.lock().unwrap_or_else(PoisonError::into_inner);
            let Ok(job) = exit.recv() else { return };
            drop(exit);
            let number = {
                let mut desk = self.desk();
                desk.next += 1;
                let number = desk.next;
                desk.due.insert(number, Instant::now() + job.longest);
                number
            };
            // Work answers through what it captured: whoever waits sees that it is gone.
            let _ = catch_unwind(AssertUnwindSafe(job.work));
            let mut desk = self.desk();
            desk.due.remove(&number);
            if desk.lost.remove(&number) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn what_is_too_much_is_refused_and_the_rest_is_done() {
        let pool = Pool::of(1, 2);
        let (started, is_started) = channel();
        let (release, released) = channel::<()>();
        let hold = move || {
            started.send(()).unwrap();
            let _ = released.recv();
        };
        pool.spawn(LONG, hold).unwrap();
        is_started.recv().unwrap();
        let (done, is_done) = channel();
        for number in 0..2 {
            let done = done.clone();
            pool.spawn(LONG, move || done.send(number).unwrap())
                .unwrap();
        }
        assert_eq!(pool.spawn(LONG, || ()), Err(Busy));
        release.send(()).unwrap();
        assert_eq!([is_done.recv().unwrap(), is_done.recv().unwrap()], [0, 1]);
    }

    #[test]
    fn work_that_panics_takes_no_thread_with_it() {
        let pool = Pool::of(1, 8);
        let (done, is_done) = channel();
        pool.spawn(LONG, || panic!("on purpose")).unwrap();
        pool.spawn(LONG, move || done.send(()).unwrap()).unwrap();
        is_done.recv().unwrap();
    }

    #[test]
    fn a_thread_that_does_not_come_back_is_replaced() {
        let pool = Pool::of(1, 8);
        let (started, is_started) = channel();
        let (release, released) = channel::<()>();
        let hang = move || {
            started.send(()).unwrap();
            let _ = released.recv();
        };
        pool.spawn(Duration::ZERO, hang).unwrap();
        is_started.recv().unwrap();
        let (done, is_done) = channel();
        let after = done.clone();
        pool.spawn(LONG, move || done.send(1).unwrap()).unwrap();
        assert_eq!(is_done.recv(), Ok(1));
        release.send(()).unwrap();
        pool.spawn(LONG, move || after.send(2).unwrap()).unwrap();
        assert_eq!(is_done.recv(), Ok(2));
    }
}
