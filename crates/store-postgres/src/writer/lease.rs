//! Who owns which partition. The store's clock is the server's; a take-over removes the row of the lost node, which waits for
//! the batch that holds it, and counts the epochs up in the same transaction.

use crate::connection::Link;
use crate::failure::Failure;
use crate::reader::Readers;
use crate::rows::get;
use crate::sql::sql;
use std::time::Duration;
use store::journal::Roster;
use store::{Parts, Result};

const TRIES: usize = 4;
/// What the end of a node adds to the epochs of its partitions.
const LOST: i64 = 1;
const IN_GOOD_ORDER: i64 = 0;

pub async fn attend(points: &Readers, node: &str, ttl: Duration, wanted: &Parts) -> Result<Roster> {
    let once = || async { attend_once(&*points.lend().await?, node, ttl, wanted).await };
    again(once).await
}

pub async fn leave(points: &Readers, node: &str) -> Result<()> {
    let once = || async {
        let link = points.lend().await?;
        link.execute(sql!("writer/leave"), &[&vec![node], &IN_GOOD_ORDER])
            .await
    };
    again(once).await.map(drop)
}

/// What raced with another is done again.
async fn again<T, F: Future<Output = Result<T, Failure>>>(once: impl Fn() -> F) -> Result<T> {
    let mut tries = 1;
    loop {
        match once().await {
            Err(failure) if failure.is_a_race() && tries < TRIES => tries += 1,
            done => return Ok(done?),
        }
    }
}

async fn attend_once(
    link: &Link,
    node: &str,
    ttl: Duration,
    wanted: &Parts,
) -> Result<Roster, Failure> {
    let bits = &wanted.bits()[..];
    let ttl = i64::try_from(ttl.as_micros()).unwrap_or(i64::MAX / 4);
    link.begin(sql!("writer/begin")).await?;
    let late = link.rows(sql!("writer/attend"), &[&node, &ttl]).await?;
    let late: Vec<&str> = late
        .iter()
        .map(|row| get(row, 0))
        .collect::<Result<_, _>>()?;
    if !late.is_empty() {
        link.execute(sql!("writer/leave"), &[&late, &LOST]).await?;
    }
    let row = link
        .row(sql!("writer/roster"), &[&node, &bits])
        .await?
        .ok_or_else(|| Failure::Unreadable("an empty roster".into()))?;
    link.end(sql!("writer/commit")).await?;
    let mut nodes: Vec<String> = get(&row, 0)?;
    nodes.sort_unstable();
    let epochs: Vec<i64> = get(&row, 1)?;
    let mine: Option<Vec<i16>> = get(&row, 2)?;
    Ok(Roster {
        nodes,
        mine: mine.into_iter().flatten().map(|part| part as u16).collect(),
        epochs: epochs.into_iter().map(|epoch| epoch as u64).collect(),
    })
}
