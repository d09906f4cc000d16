//! A page of records from another store, in one transaction; whatever is there already stays as it is.

use super::write::column;
use crate::connection::Link;
use crate::failure::Failure;
use crate::rows::status_number;
use crate::sql::sql;
use crate::value::{Key, some_text, text};
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use store::Tally;
use store::catalog::Document;
use store::codec::pack;
use store::crash;
use store::journal::{CallRow, EntryRow, EventRow, MessageRow, RunRow, Timer};
use store::transfer::Record;

type Done = Result<u64, Failure>;

#[derive(Default)]
struct Page {
    generations: Vec<(WorkspaceId, u64)>,
    documents: Vec<Document>,
    versions: Vec<Document>,
    calls: Vec<CallRow>,
    messages: Vec<MessageRow>,
    events: Vec<EventRow>,
    runs: Vec<RunRow>,
    entries: Vec<EntryRow>,
    timers: Vec<Timer>,
    tallies: Vec<Tally>,
}

pub async fn import(link: &Link, records: Vec<Record>) -> Result<(), Failure> {
    let mut page = Page::default();
    for record in records {
        match record {
            Record::Generation(workspace, generation) => {
                page.generations.push((workspace, generation));
            }
            Record::Document(row) => page.documents.push(row),
            Record::Version(row) => page.versions.push(row),
            Record::Call(row) => page.calls.push(row),
            Record::Message(row) => page.messages.push(row),
            Record::Event(row) => page.events.push(row),
            Record::Run(row) => page.runs.push(row),
            Record::Entry(row) => page.entries.push(row),
            Record::Timer(row) => page.timers.push(row),
            Record::Tally(row) => page.tallies.push(row),
        }
    }
    crash::point("before_begin");
    link.begin(sql!("writer/begin")).await?;
    generations(link, &page.generations).await?;
    documents(link, sql!("transfer/import_documents"), &page.documents).await?;
    documents(link, sql!("transfer/import_versions"), &page.versions).await?;
    calls(link, &page.calls).await?;
    messages(link, &page.messages).await?;
    events(link, &page.events).await?;
    runs(link, &page.runs).await?;
    entries(link, &page.entries).await?;
    timers(link, &page.timers).await?;
    tallies(link, &page.tallies).await?;
    crash::point("before_commit");
    link.end(sql!("writer/commit")).await?;
    crash::point("after_commit");
    Ok(())
}

async fn generations(link: &Link, rows: &[(WorkspaceId, u64)]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let params = [
        &column(rows, |row| Key::from(row.0)) as _,
        &column(rows, |row| row.1 as i64) as _,
    ];
    link.execute(sql!("transfer/import_generations"), &params)
        .await
}

async fn documents(link: &Link, query: &'static str, rows: &[Document]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let params = [
        &column(rows, |d| d.kind as i16) as _,
        &column(rows, |d| Key(d.id)) as _,
        &column(rows, |d| Key::from(d.workspace)) as _,
        &column(rows, |d| d.version as i32) as _,
        &column(rows, |d| text(&d.name)) as _,
        &column(rows, |d| some_text(d.alias.as_ref())) as _,
        &column(rows, |d| d.enabled) as _,
        &column(rows, |d| d.created_at.as_microsecond()) as _,
        &column(rows, |d| d.updated_at.as_microsecond()) as _,
        &column(rows, |d| &d.body[..]) as _,
    ];
    link.execute(query, &params).await
}

async fn calls(link: &Link, rows: &[CallRow]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let states = column(rows, |c| pack(&c.state));
    let params = [
        &column(rows, |c| Key::from(c.id)) as _,
        &column(rows, |c| Key(c.key)) as _,
        &column(rows, |c| Key::from(c.workspace)) as _,
        &column(rows, |c| c.version as i64) as _,
        &column(rows, |c| text(&c.listing.provider)) as _,
        &column(rows, |c| text(&c.listing.provider_call_id)) as _,
        &column(rows, |c| some_text(c.listing.direction.as_ref())) as _,
        &column(rows, |c| some_text(c.listing.from.as_ref())) as _,
        &column(rows, |c| some_text(c.listing.to.as_ref())) as _,
        &column(rows, |c| some_text(c.listing.agent.as_ref())) as _,
        &column(rows, |c| some_text(c.listing.campaign.as_ref())) as _,
        &column(rows, |c| some_text(c.listing.status.as_ref())) as _,
        &column(rows, |c| some_text(c.listing.disposition.as_ref())) as _,
        &column(rows, |c| c.listing.duration_s) as _,
        &column(rows, |c| micros(c.listing.started_at)) as _,
        &column(rows, |c| micros(c.listing.ended_at)) as _,
        &column(&states, |state| &state[..]) as _,
        &column(rows, |c| some_text(c.listing.sentiment.as_ref())) as _,
        &column(rows, |c| some_text(c.listing.answers.as_ref())) as _,
        &column(rows, |c| some_text(c.listing.words.as_ref())) as _,
    ];
    link.execute(sql!("transfer/import_calls"), &params).await
}

async fn messages(link: &Link, rows: &[MessageRow]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let params = [
        &column(rows, |m| Key::from(m.id)) as _,
        &column(rows, |m| Key::from(m.workspace)) as _,
        &column(rows, |m| Key::from(m.call)) as _,
        &column(rows, |m| m.endpoint.map(Key::from)) as _,
        &column(rows, |m| text(&m.provider)) as _,
        &column(rows, |m| text(&m.provider_event)) as _,
        &column(rows, |m| m.received_at.as_microsecond()) as _,
    ];
    link.execute(sql!("transfer/import_messages"), &params)
        .await?;
    // Those of pruned messages are empty, and rest nowhere.
    let whole: Vec<&MessageRow> = rows.iter().filter(|m| !m.body.is_empty()).collect();
    let bodies = column(&whole, |m| pack(&m.body));
    let params = [
        &column(&whole, |m| Key::from(m.id)) as _,
        &column(&bodies, |body| &body[..]) as _,
    ];
    link.execute(sql!("transfer/import_bodies"), &params).await
}

async fn events(link: &Link, rows: &[EventRow]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let params = [
        &column(rows, |e| Key::from(e.id)) as _,
        &column(rows, |e| Key::from(e.workspace)) as _,
        &column(rows, |e| Key::from(e.call)) as _,
        &column(rows, |e| Key::from(e.message)) as _,
        &column(rows, |e| text(&e.kind)) as _,
        &column(rows, |e| e.at.as_microsecond()) as _,
        &column(rows, |e| &e.detail[..]) as _,
    ];
    link.execute(sql!("transfer/import_events"), &params).await
}

async fn runs(link: &Link, rows: &[RunRow]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let states = column(rows, |r| pack(&r.state));
    let params = [
        &column(rows, |r| Key::from(r.id)) as _,
        &column(rows, |r| Key::from(r.workspace)) as _,
        &column(rows, |r| Key::from(r.flow)) as _,
        &column(rows, |r| r.flow_version as i32) as _,
        &column(rows, |r| Key::from(r.call)) as _,
        &column(rows, |r| Key::from(r.event)) as _,
        &column(rows, |r| r.replay_of.map(Key::from)) as _,
        &column(rows, |r| status_number(r.status)) as _,
        &column(rows, |r| some_text(r.destination.as_ref())) as _,
        &column(rows, |r| r.version as i64) as _,
        &column(rows, |r| r.epoch as i64) as _,
        &column(rows, |r| some_text(r.error.as_ref())) as _,
        &column(rows, |r| r.updated_at.as_microsecond()) as _,
        &column(rows, |r| micros(r.due_at)) as _,
        &column(&states, |state| &state[..]) as _,
        &column(rows, |r| r.id.part() as i16) as _,
        &column(rows, |r| r.parent.map(Key::from)) as _,
    ];
    link.execute(sql!("transfer/import_runs"), &params).await
}

async fn entries(link: &Link, rows: &[EntryRow]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let bodies = column(rows, |e| pack(&e.body));
    let params = [
        &column(rows, |e| Key::from(e.run)) as _,
        &column(rows, |e| e.number as i32) as _,
        &column(&bodies, |body| &body[..]) as _,
    ];
    link.execute(sql!("transfer/import_entries"), &params).await
}

async fn timers(link: &Link, rows: &[Timer]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let params = [
        &column(rows, |t| t.due_at.as_microsecond()) as _,
        &column(rows, |t| t.kind as i16) as _,
        &column(rows, |t| Key(t.subject)) as _,
        &column(rows, |t| t.part as i16) as _,
    ];
    link.execute(sql!("transfer/import_timers"), &params).await
}

async fn tallies(link: &Link, rows: &[Tally]) -> Done {
    if rows.is_empty() {
        return Ok(0);
    }
    let params = [
        &column(rows, |t| t.hour as i32) as _,
        &column(rows, |t| Key(t.key().series)) as _,
        &column(rows, |t| i32::from(t.meter)) as _,
        &column(rows, |t| t.amount as i64) as _,
        &column(rows, |t| Key::from(t.workspace)) as _,
        &column(rows, |t| t.flow.map(Key::from)) as _,
        &column(rows, |t| some_text(t.agent())) as _,
        &column(rows, |t| some_text(t.destination.as_ref())) as _,
    ];
    link.execute(sql!("transfer/import_tallies"), &params).await
}

fn micros(time: Option<Timestamp>) -> Option<i64> {
    time.map(Timestamp::as_microsecond)
}
