//! Taking things away: bodies and entries that outlived their time, and everything of one call.

use crate::connection::Params;
use crate::reader::Readers;
use crate::rows::{self, get};
use crate::sql::sql;
use crate::value::Key;
use kernel::Timestamp;
use kernel::id::CallId;
use std::collections::BTreeMap;
use store::Result;
use store::archive::{Forgetting, Forgotten};

/// The slot of the counts that removal writes; writers use others.
const SLOT: i16 = -1;

pub async fn prune(lists: &Readers, calls: &[CallId], before: Timestamp) -> Result<u64> {
    let link = lists.lend().await?;
    let calls: Vec<Key> = calls.iter().map(|call| Key::from(*call)).collect();
    let params: &Params<'_> = &[&calls, &before.as_microsecond()];
    let bodies = link.execute(sql!("archive/prune_bodies"), params).await?;
    let entries = link.execute(sql!("archive/prune_entries"), params).await?;
    Ok(bodies + entries)
}

pub async fn forget(lists: &Readers, call: CallId) -> Result<Forgetting> {
    let link = lists.lend().await?;
    let call = Key::from(call);
    link.begin(sql!("writer/begin")).await?;
    if link
        .row(sql!("archive/forget_call"), &[&call])
        .await?
        .is_none()
    {
        link.end(sql!("writer/rollback")).await?;
        return Ok(Forgetting::Unknown);
    }
    // A message that starts a run writes the call too, and waits for this.
    if link
        .row(sql!("archive/forget_needed"), &[&call])
        .await?
        .is_some()
    {
        link.end(sql!("writer/rollback")).await?;
        return Ok(Forgetting::Needed);
    }
    let remove = async |query| link.execute(query, &[&call]).await;
    remove(sql!("archive/forget_bodies")).await?;
    let mut forgotten = Forgotten {
        messages: remove(sql!("archive/forget_messages")).await?,
        events: remove(sql!("archive/forget_events")).await?,
        entries: remove(sql!("archive/forget_entries")).await?,
        runs: 0,
    };
    let mut counts: BTreeMap<(Key, i16), i64> = BTreeMap::new();
    for run in link.rows(sql!("archive/forget_runs"), &[&call]).await? {
        let status = rows::status_number(rows::status_of(&run, 1)?);
        *counts.entry((get(&run, 0)?, status)).or_default() -= 1;
        forgotten.runs += 1;
    }
    let workspaces: Vec<Key> = counts.keys().map(|(workspace, _)| *workspace).collect();
    let statuses: Vec<i16> = counts.keys().map(|(_, status)| *status).collect();
    let changes: Vec<i64> = counts.into_values().collect();
    let params: &Params<'_> = &[&workspaces, &statuses, &changes, &SLOT];
    link.execute(sql!("writer/add_count"), params).await?;
    link.end(sql!("writer/commit")).await?;
    Ok(Forgetting::Done(forgotten))
}
