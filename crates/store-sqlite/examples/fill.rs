//! Fills a workspace with copies of its newest calls, their events and finished runs, for looking at screens at scale. The
//! server must be stopped. Usage: `fill DIRECTORY [runs]`; prints how long it took.

use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, Id, Kind, MessageId, RunId};
use std::collections::HashMap;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use store::archive::{Page, RunFilter};
use store::journal::{CallPut, CallRow, Committed, EntryRow, EventRow, MessageRow, RunRow, Unit};
use store::{Archive, Journal};
use store_sqlite::Sqlite;

/// Over how many days the copies are spread, as many as payloads are kept.
const DAYS: u64 = 30;

/// A call with all that hangs on it.
struct Template {
    call: CallRow,
    message: MessageRow,
    event: EventRow,
    runs: Vec<(RunRow, Vec<EntryRow>)>,
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().expect("usage: fill DIRECTORY [runs]");
    let wanted: u64 = arguments
        .next()
        .map_or(100_000, |runs| runs.parse().expect("a number of runs"));
    let store =
        Sqlite::open(directory.as_ref()).expect("the database opens: is the server stopped?");
    let templates = templates(&store).await;
    assert!(!templates.is_empty(), "there is no finished run to copy");
    let began = Instant::now();
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.expect("a clock after 1970").as_millis() as u64;
    let each = DAYS * 86_400_000 / wanted.max(1);
    let (mut made, mut unit) = (0, Unit::default());
    for template in templates.iter().cycle() {
        if made >= wanted {
            break;
        }
        // From the oldest to the newest, as they would have come in: rows are appended.
        let at = now - (wanted - made) * each;
        made += template.copy(at, made, &mut unit);
        if unit.runs.len() >= 200 {
            commit(&store, std::mem::take(&mut unit)).await;
        }
    }
    commit(&store, unit).await;
    store.close().await;
    println!("{made} runs in {:.1} s", began.elapsed().as_secs_f64());
}

async fn commit(store: &Sqlite, unit: Unit) {
    let committed = store.commit(unit).await.expect("a unit is taken");
    assert_eq!(committed, Committed::Durable);
}

/// The newest runs that are over, by the event that began them.
async fn templates(store: &Sqlite) -> Vec<Template> {
    let page = Page {
        before: None,
        limit: 200,
    };
    let runs = store.runs(&RunFilter::default(), page).await;
    let mut found: HashMap<EventId, Template> = HashMap::new();
    for run in runs.expect("runs are listed") {
        if !run.status.is_final() {
            continue;
        }
        let entries = store.entries(run.id).await.expect("a journal is read");
        if let Some(template) = found.get_mut(&run.event) {
            template.runs.push((run, entries));
            continue;
        }
        let event = store.event(run.event).await.expect("an event is read");
        let call = store.call_by_id(run.call).await.expect("a call is read");
        let (Some(event), Some(call)) = (event, call) else {
            continue;
        };
        let message = store.message(event.message).await;
        if let Some(message) = message.expect("a message is read") {
            let runs = vec![(run, entries)];
            let template = Template {
                call,
                message,
                event,
                runs,
            };
            found.insert(template.event.id, template);
        }
    }
    found.into_values().collect()
}

impl Template {
    /// Adds a copy that was made at `ms`; says how many runs it has.
    fn copy(&self, ms: u64, n: u64, unit: &mut Unit) -> u64 {
        let call: CallId = id(ms, self.call.id, n, 1);
        let event: EventId = id(ms, self.event.id, n, 2);
        let message: MessageId = id(ms, self.message.id, n, 3);
        let at = Timestamp::from_millisecond(ms as i64).expect("a time of these years");
        let mut row = self.call.clone();
        row.id = call;
        row.key = call.bytes();
        row.version = 1;
        row.state = renamed(&row.state, &[(self.call.id.to_string(), call.to_string())]);
        row.listing.provider_call_id = format!("copy-{n}");
        row.listing.started_at = Some(at);
        row.listing.ended_at = row
            .listing
            .duration_s
            .and_then(|seconds| at.checked_add(jiff_seconds(seconds)).ok());
        unit.calls.push(CallPut { expect: None, row });
        unit.messages.push(MessageRow {
            id: message,
            call,
            received_at: at,
            ..self.message.clone()
        });
        unit.events.push(EventRow {
            id: event,
            call,
            message,
            at,
            ..self.event.clone()
        });
        for (k, (run, entries)) in self.runs.iter().enumerate() {
            let new: RunId = id(ms + k as u64, run.id, n, 4 + k as u64);
            let names = [
                (run.id.to_string(), new.to_string()),
                (run.event.to_string(), event.to_string()),
                (run.call.to_string(), call.to_string()),
            ];
            let took = run.updated_at.as_millisecond() - run.id.unix_ms() as i64;
            let ended = Timestamp::from_millisecond(new.unix_ms() as i64 + took);
            unit.runs.push(RunRow {
                id: new,
                call,
                event,
                replay_of: None,
                parent: None,
                version: 1,
                epoch: 0,
                state: renamed(&run.state, &names),
                updated_at: ended.expect("a time of these years"),
                ..run.clone()
            });
            unit.entries.extend(entries.iter().map(|entry| EntryRow {
                run: new,
                ..entry.clone()
            }));
        }
        self.runs.len() as u64
    }
}

fn jiff_seconds(seconds: f64) -> std::time::Duration {
    std::time::Duration::from_secs_f64(seconds.clamp(0.0, 86_400.0))
}

/// In the same partition, made at another time.
fn id<K: Kind>(ms: u64, like: Id<K>, n: u64, salt: u64) -> Id<K> {
    let mut random = [0; 16];
    random[..8].copy_from_slice(&n.to_be_bytes());
    random[8..].copy_from_slice(&(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ salt).to_be_bytes());
    Id::new(ms, like.part(), random)
}

/// The same JSON with other ids in it.
fn renamed(json: &Bytes, names: &[(String, String)]) -> Bytes {
    let mut text = String::from_utf8(json.to_vec()).expect("JSON is a text");
    for (old, new) in names {
        text = text.replace(old.as_str(), new);
    }
    text.into()
}
