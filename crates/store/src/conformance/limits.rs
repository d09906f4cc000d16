//! Facts about limits: what was taken is written over what was read, by one of several who read the same.

use super::sharing::Pair;
use super::world::{Shared, at};
use kernel::Timestamp;

const KEY: [u8; 16] = [7; 16];

pub async fn a_limit_is_written_over_what_was_read(store: Shared) {
    assert_eq!(store.limit(KEY).await.unwrap().used_until, None);
    let write = async |expect, until| store.use_limit(KEY, expect, until).await.unwrap();
    assert!(write(None, at(10)).await);
    assert!(!write(None, at(11)).await);
    assert!(!write(Some(at(9)), at(11)).await);
    assert!(write(Some(at(10)), at(12)).await);
    // Back as well: what is right is not the store's business.
    assert!(write(Some(at(12)), at(3)).await);
    assert_eq!(store.limit(KEY).await.unwrap().used_until, Some(at(3)));
    assert_eq!(store.limit([8; 16]).await.unwrap().used_until, None);
}

pub async fn limits_are_told_with_a_clock_that_goes_on(store: Shared) {
    let first = store.limit(KEY).await.unwrap().now;
    let exact = Timestamp::from_microsecond(1_790_000_000_123_457).unwrap();
    assert!(store.use_limit(KEY, None, exact).await.unwrap());
    let limit = store.limit(KEY).await.unwrap();
    assert_eq!(limit.used_until, Some(exact));
    assert!(limit.now >= first);
}

pub async fn of_two_who_read_the_same_one_takes((one, two): Pair) {
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let store = if task % 2 == 0 { &one } else { &two }.clone();
            tokio::spawn(async move {
                let mut taken = 0;
                while taken < 16 {
                    let used = store.limit(KEY).await.unwrap().used_until;
                    let next = used.map_or(at(1), |used| used + std::time::Duration::from_secs(1));
                    taken += i32::from(store.use_limit(KEY, used, next).await.unwrap());
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    // Each was a second, and none was taken twice.
    assert_eq!(two.limit(KEY).await.unwrap().used_until, Some(at(8 * 16)));
}
