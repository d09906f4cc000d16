//! Taking things away: bodies and entries that outlived their time, and everything of one call.

use crate::connection::Params;
use crate::filter::first_id;
use crate::reader::Readers;
use crate::rows::{self, get};
use crate::sql::sql;
use crate::value::Key;
use kernel::Timestamp;
use kernel::id::CallId;
use std::collections::BTreeMap;
use store::Result;

/// The slot of the counts that removal writes; writers use others.
const SLOT: i16 = -1;

pub async fn prune(lists: &Readers, before: Timestamp, limit: u32) -> Result<u64> {
    let link = lists.lend().await?;
    let young = Key(first_id(before.as_millisecond()));
    let old = async |query, limit: i64| {
        let params: &Params<'_> = &[&before.as_microsecond(), &young, &limit];
        link.rows(query, params).await
    };
    let limit = i64::from(limit);
    let bodies = old(sql!("archive/prunable_bodies"), limit).await?;
    let entries = old(
        sql!("archive/prunable_entries"),
        limit - bodies.len() as i64,
    )
    .await?;
    let mut removed = 0;
    if !bodies.is_empty() {
        let messages: Vec<Key> = bodies
            .iter()
            .map(|row| get(row, 0))
            .collect::<Result<_, _>>()?;
        removed += link
            .execute(sql!("archive/prune_body"), &[&messages])
            .await?;
    }
    if !entries.is_empty() {
        let runs: Vec<Key> = entries
            .iter()
            .map(|row| get(row, 0))
            .collect::<Result<_, _>>()?;
        let numbers: Vec<i32> = entries
            .iter()
            .map(|row| get(row, 1))
            .collect::<Result<_, _>>()?;
        removed += link
            .execute(sql!("archive/prune_entry"), &[&runs, &numbers])
            .await?;
    }
    Ok(removed)
}

pub async fn forget(lists: &Readers, call: CallId) -> Result<bool> {
    let link = lists.lend().await?;
    let call = Key::from(call);
    link.begin(sql!("writer/begin")).await?;
    if link
        .row(sql!("archive/forget_call"), &[&call])
        .await?
        .is_none()
    {
        link.end(sql!("writer/rollback")).await?;
        return Ok(false);
    }
    for query in [
        sql!("archive/forget_bodies"),
        sql!("archive/forget_messages"),
        sql!("archive/forget_events"),
        sql!("archive/forget_entries"),
    ] {
        link.execute(query, &[&call]).await?;
    }
    let mut counts: BTreeMap<(Key, i16), i64> = BTreeMap::new();
    for run in link.rows(sql!("archive/forget_runs"), &[&call]).await? {
        let status = rows::status_number(rows::status_of(&run, 1)?);
        *counts.entry((get(&run, 0)?, status)).or_default() -= 1;
    }
    let workspaces: Vec<Key> = counts.keys().map(|(workspace, _)| *workspace).collect();
    let statuses: Vec<i16> = counts.keys().map(|(_, status)| *status).collect();
    let changes: Vec<i64> = counts.into_values().collect();
    let params: &Params<'_> = &[&workspaces, &statuses, &changes, &SLOT];
    link.execute(sql!("writer/add_count"), params).await?;
    link.end(sql!("writer/commit")).await?;
    Ok(true)
}
