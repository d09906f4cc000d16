//! Writes of the catalogue: a document replaces the version that was expected, or says which one is there. Rare, so each is a
//! transaction of its own; one that raced with another is done again and finds what the other wrote.

use super::write::column;
use crate::connection::{Link, Params};
use crate::failure::Failure;
use crate::reader::Readers;
use crate::rows::get;
use crate::sql::sql;
use crate::value::{Key, some_text, text};
use std::collections::HashSet;
use store::Result;
use store::catalog::{Document, Kind, Put, Write};
use store::crash;

const TRIES: usize = 4;

pub async fn put(points: &Readers, document: &Document, expect: u32, how: Write) -> Result<Put> {
    for _ in 0..TRIES {
        let link = points.lend().await?;
        crash::point("before_begin");
        match put_once(&link, document, expect as i32, how).await {
            Ok(Some(put)) => return Ok(put),
            Ok(None) => {}
            Err(failure) if failure.is_a_race() || failure.is_repeated() => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(Failure::Away("others write this document all the time".into()).into())
}

/// `None`: somebody else was faster.
async fn put_once(
    link: &Link,
    d: &Document,
    expect: i32,
    how: Write,
) -> Result<Option<Put>, Failure> {
    let in_force = how != Write::Beside;
    let (kind, id, alias) = (d.kind as i16, Key(d.id), some_text(d.alias.as_ref()));
    link.begin(sql!("writer/begin")).await?;
    let before = link
        .row(sql!("catalog/before_put"), &[&kind, &id, &alias])
        .await?
        .ok_or_else(|| Failure::Unreadable("no versions".into()))?;
    let current: Option<i32> = get(&before, 0)?;
    let kept: Option<i32> = get(&before, 1)?;
    let holder: Option<Key> = get(&before, 2)?;
    let newest = current.map_or(0, |current| kept.unwrap_or(0).max(current));
    let refused = if newest != expect || newest == 0 && !in_force {
        Some(Put::Conflict(newest as u32))
    } else if holder.is_some_and(|holder| holder != id) {
        Some(Put::Taken)
    } else {
        None
    };
    if refused.is_some() {
        link.end(sql!("writer/rollback")).await?;
        return Ok(refused);
    }
    // A document that was deleted and comes back goes on after its kept versions: those never change.
    let version = current.max(kept).unwrap_or(0) + 1;
    let body = &d.body[..];
    let row: &Params<'_> = &[
        &kind,
        &id,
        &Key::from(d.workspace),
        &version,
        &text(&d.name),
        &alias,
        &d.enabled,
        &d.created_at.as_microsecond(),
        &d.updated_at.as_microsecond(),
        &body,
        &current.unwrap_or(0),
        &(how == Write::Unswitched),
    ];
    if in_force && link.execute(sql!("catalog/put"), row).await? == 0 {
        link.end(sql!("writer/rollback")).await?;
        return Ok(None);
    }
    if d.kind.keeps_versions() {
        link.execute(sql!("catalog/keep_version"), &row[..10])
            .await?;
    }
    if in_force {
        count_generation(link, d.kind, Key::from(d.workspace)).await?;
    }
    commit(link).await?;
    Ok(Some(Put::Saved))
}

pub async fn put_all(points: &Readers, documents: &[(Document, u32)]) -> Result<Vec<bool>> {
    for _ in 0..TRIES {
        let link = points.lend().await?;
        crash::point("before_begin");
        match put_all_once(&link, documents).await {
            Ok(written) => return Ok(written),
            Err(failure) if failure.is_a_race() || failure.is_repeated() => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(Failure::Away("others write these documents all the time".into()).into())
}

async fn put_all_once(link: &Link, documents: &[(Document, u32)]) -> Result<Vec<bool>, Failure> {
    let (new, known): (Vec<_>, Vec<_>) = documents.iter().partition(|(_, expect)| *expect == 0);
    let mut written = HashSet::new();
    link.begin(sql!("writer/begin")).await?;
    if !new.is_empty() {
        let params = [
            &column(&new, |(d, _)| d.kind as i16) as _,
            &column(&new, |(d, _)| Key(d.id)) as _,
            &column(&new, |(d, _)| Key::from(d.workspace)) as _,
            &column(&new, |_| 1i32) as _,
            &column(&new, |(d, _)| text(&d.name)) as _,
            &column(&new, |(d, _)| some_text(d.alias.as_ref())) as _,
            &column(&new, |(d, _)| d.enabled) as _,
            &column(&new, |(d, _)| d.created_at.as_microsecond()) as _,
            &column(&new, |(d, _)| d.updated_at.as_microsecond()) as _,
            &column(&new, |(d, _)| &d.body[..]) as _,
        ];
        for row in link.rows(sql!("catalog/insert_all"), &params).await? {
            written.insert(get::<Key>(&row, 0)?);
        }
    }
    if !known.is_empty() {
        let params = [
            &column(&known, |(d, _)| d.kind as i16) as _,
            &column(&known, |(d, _)| Key(d.id)) as _,
            &column(&known, |(_, expect)| *expect as i32 + 1) as _,
            &column(&known, |(d, _)| text(&d.name)) as _,
            &column(&known, |(d, _)| d.updated_at.as_microsecond()) as _,
            &column(&known, |(d, _)| &d.body[..]) as _,
            &column(&known, |(_, expect)| *expect as i32) as _,
        ];
        for row in link.rows(sql!("catalog/replace_all"), &params).await? {
            written.insert(get::<Key>(&row, 0)?);
        }
    }
    commit(link).await?;
    let is_written = |(document, _): &(Document, u32)| written.contains(&Key(document.id));
    Ok(documents.iter().map(is_written).collect())
}

/// Changes one document, if it is there to be changed.
pub async fn touch(
    points: &Readers,
    query: &'static str,
    params: &Params<'_>,
    kind: Kind,
) -> Result<bool> {
    let link = points.lend().await?;
    link.begin(sql!("writer/begin")).await?;
    let touched = link.row(query, params).await?;
    if let Some(row) = &touched {
        count_generation(&link, kind, get(row, 0)?).await?;
    }
    commit(&link).await?;
    Ok(touched.is_some())
}

async fn count_generation(link: &Link, kind: Kind, workspace: Key) -> Result<(), Failure> {
    if kind.matches() {
        link.execute(sql!("catalog/count_generation"), &[&workspace])
            .await?;
    }
    Ok(())
}

async fn commit(link: &Link) -> Result<(), Failure> {
    crash::point("before_commit");
    link.end(sql!("writer/commit")).await?;
    crash::point("after_commit");
    Ok(())
}
