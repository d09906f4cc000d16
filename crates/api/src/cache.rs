//! A small map whose values are forgotten after a while and when it is full. It is never the truth: whoever needs a value
//! at once after a change removes it, and what was read before that is not put back.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub struct Cache<K, V> {
    ttl: Duration,
    capacity: usize,
    inner: Mutex<Inner<K, V>>,
}

struct Inner<K, V> {
    removals: u64,
    values: HashMap<K, (Instant, V)>,
}

/// How a cache was when its value was looked for elsewhere.
#[derive(Clone, Copy)]
pub struct Since(u64);

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    pub fn new(ttl: Duration, capacity: usize) -> Self {
        Self {
            ttl,
            capacity,
            inner: Mutex::new(Inner {
                removals: 0,
                values: HashMap::new(),
            }),
        }
    }

    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q, now: Instant) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let inner = self.lock();
        let (at, value) = inner.values.get(key)?;
        (now.saturating_duration_since(*at) < self.ttl).then(|| value.clone())
    }

    /// To be asked before the truth is read.
    pub fn since(&self) -> Since {
        Since(self.lock().removals)
    }

    /// Nothing where anything was removed since: it may be this one.
    pub fn put(&self, key: K, value: V, now: Instant, Since(since): Since) {
        let Inner { removals, values } = &mut *self.lock();
        if *removals != since {
            return;
        }
        if values.len() >= self.capacity && !values.contains_key(&key) {
            values.retain(|_, (at, _)| now.saturating_duration_since(*at) < self.ttl);
            if values.len() >= self.capacity {
                values.clear();
            }
        }
        values.insert(key, (now, value));
    }

    pub fn remove<Q: Eq + Hash + ?Sized>(&self, key: &Q)
    where
        K: Borrow<Q>,
    {
        let mut inner = self.lock();
        inner.removals += 1;
        inner.values.remove(key);
    }

    fn lock(&self) -> MutexGuard<'_, Inner<K, V>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_forgotten_after_its_time_and_when_it_is_removed() {
        let (cache, now) = (Cache::new(Duration::from_secs(5), 8), Instant::now());
        cache.put("a", 1, now, cache.since());
        assert_eq!(cache.get("a", now + Duration::from_secs(4)), Some(1));
        assert_eq!(cache.get("a", now + Duration::from_secs(5)), None);
        cache.remove("a");
        assert_eq!(cache.get("a", now), None);
    }

    #[test]
    fn what_was_read_before_a_removal_is_not_put_back() {
        let (cache, now) = (Cache::new(Duration::from_secs(5), 8), Instant::now());
        let since = cache.since();
        cache.remove("a");
        cache.put("a", 1, now, since);
        assert_eq!(cache.get("a", now), None);
        cache.put("a", 2, now, cache.since());
        assert_eq!(cache.get("a", now), Some(2));
    }

    #[test]
    fn it_never_holds_more_than_its_capacity() {
        let (cache, now) = (Cache::new(Duration::from_secs(5), 8), Instant::now());
        for key in 0..100 {
            cache.put(key, key, now, cache.since());
        }
        let held = (0..100).filter(|key| cache.get(key, now).is_some()).count();
        assert!((1..=8).contains(&held), "{held}");
        assert_eq!(cache.get(&99, now), Some(99));
    }
}
