//! Calls, new and changed, with the list of the rare ones beside them.

use super::Db;
use super::changes::{CallChange, Changes, listed};
use super::write::{Written, column, execute};
use crate::value::{Key, some_text, text};
use kernel::Timestamp;
use store::journal::CallListing;

/// Workspace, status and id of calls that enter or leave the list of rare ones.
type Listed<'a> = Vec<(Key, std::borrow::Cow<'a, str>, Key)>;

pub async fn insert_calls(db: &Db, changes: &Changes<'_>) -> Written {
    let rows: Vec<&CallChange<'_>> = changes
        .calls
        .values()
        .filter(|call| call.before.is_none())
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let entering: Listed<'_> = rows
        .iter()
        .filter_map(|call| listing(call, call.row.listing.status.as_ref()))
        .collect();
    let params = [
        &column(&rows, |c| Key(c.id)) as _,
        &column(&rows, |c| Key(c.row.key)) as _,
        &column(&rows, |c| Key::from(c.workspace)) as _,
        &column(&rows, |c| c.row.version as i64) as _,
        &column(&rows, |c| text(&c.row.listing.provider)) as _,
        &column(&rows, |c| text(&c.row.listing.provider_call_id)) as _,
        &column(&rows, |c| some_text(c.row.listing.direction.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.from.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.to.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.agent.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.campaign.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.status.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.disposition.as_ref())) as _,
        &column(&rows, |c| c.row.listing.duration_s) as _,
        &column(&rows, |c| micros(&c.row.listing, |l| l.started_at)) as _,
        &column(&rows, |c| micros(&c.row.listing, |l| l.ended_at)) as _,
        &column(&rows, |c| &c.row.state[..]) as _,
        &column(&rows, |c| some_text(c.row.listing.sentiment.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.answers.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.words.as_ref())) as _,
        &column(&entering, |l| l.0) as _,
        &column(&entering, |l| &*l.1) as _,
        &column(&entering, |l| l.2) as _,
    ];
    execute(db, &db.hot.insert_call, &params).await
}

pub async fn update_calls(db: &Db, changes: &Changes<'_>) -> Written {
    let mut rows: Vec<&CallChange<'_>> = Vec::new();
    let mut expected: Vec<i64> = Vec::new();
    let (mut leaving, mut entering): (Listed<'_>, Listed<'_>) = (Vec::new(), Vec::new());
    for call in changes.calls.values() {
        let Some((version, before)) = &call.before else {
            continue;
        };
        rows.push(call);
        expected.push(*version as i64);
        if *before != call.row.listing.status {
            leaving.extend(listing(call, before.as_ref()));
            entering.extend(listing(call, call.row.listing.status.as_ref()));
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let params = [
        &column(&rows, |c| Key(c.row.key)) as _,
        &expected as _,
        &column(&rows, |c| c.row.version as i64) as _,
        &column(&rows, |c| text(&c.row.listing.provider)) as _,
        &column(&rows, |c| text(&c.row.listing.provider_call_id)) as _,
        &column(&rows, |c| some_text(c.row.listing.direction.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.from.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.to.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.agent.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.campaign.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.status.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.disposition.as_ref())) as _,
        &column(&rows, |c| c.row.listing.duration_s) as _,
        &column(&rows, |c| micros(&c.row.listing, |l| l.started_at)) as _,
        &column(&rows, |c| micros(&c.row.listing, |l| l.ended_at)) as _,
        &column(&rows, |c| &c.row.state[..]) as _,
        &column(&rows, |c| some_text(c.row.listing.sentiment.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.answers.as_ref())) as _,
        &column(&rows, |c| some_text(c.row.listing.words.as_ref())) as _,
        &column(&leaving, |l| l.0) as _,
        &column(&leaving, |l| &*l.1) as _,
        &column(&leaving, |l| l.2) as _,
        &column(&entering, |l| l.0) as _,
        &column(&entering, |l| &*l.1) as _,
        &column(&entering, |l| l.2) as _,
    ];
    execute(db, &db.hot.update_call, &params).await
}

fn listing<'a>(
    call: &CallChange<'_>,
    status: Option<&'a String>,
) -> Option<(Key, std::borrow::Cow<'a, str>, Key)> {
    listed(status).map(|status| (call.workspace.into(), text(status), Key(call.id)))
}

fn micros(listing: &CallListing, time: fn(&CallListing) -> Option<Timestamp>) -> Option<i64> {
    time(listing).map(Timestamp::as_microsecond)
}
