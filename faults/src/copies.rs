//! Very many waiting runs, quickly: one that the engine has made is copied, with its call, message, event and journal, under other
//! ids. What a row means is the engine's: bodies are texts in which the names of things are exchanged.

use anyhow::{Context, ensure};
use bench::payload;
use bytes::Bytes;
use kernel::id::{CallId, Id, MessageId, RunId};
use store::Store;
use store::archive::{Page, RunFilter};
use store::journal::{
    CallPut, CallRow, Committed, EntryRow, EventRow, MessageRow, RunRow, Timer, TimerKind, Unit,
};

/// Copies written together.
const TOGETHER: u64 = 250;

/// Everything that stands in the store about one run.
struct Original {
    number: u64,
    call: CallRow,
    message: MessageRow,
    event: EventRow,
    run: RunRow,
    entries: Vec<EntryRow>,
}

/// Copies the one run that there is, which delivers event `number`, for each of `numbers`.
pub async fn make(
    store: &dyn Store,
    number: u64,
    numbers: std::ops::RangeInclusive<u64>,
) -> anyhow::Result<()> {
    let original = Original::find(store, number).await?;
    for first in numbers.clone().step_by(TOGETHER as usize) {
        let mut unit = Unit::default();
        for number in first..=(first + TOGETHER - 1).min(*numbers.end()) {
            original.copy(number, &mut unit);
        }
        let committed = store.commit(unit).await?;
        ensure!(
            committed == Committed::Durable,
            "copies were not taken: {committed:?}"
        );
    }
    Ok(())
}

impl Original {
    async fn find(store: &dyn Store, number: u64) -> anyhow::Result<Self> {
        let page = Page {
            before: None,
            limit: 1,
        };
        let run = store
            .runs(&RunFilter::default(), page)
            .await?
            .pop()
            .context("a run")?;
        let event = store.event(run.event).await?.context("an event")?;
        Ok(Self {
            number,
            call: store.call_by_id(run.call).await?.context("a call")?,
            message: store.message(event.message).await?.context("a message")?,
            entries: store.entries(run.id).await?,
            event,
            run,
        })
    }

    fn copy(&self, number: u64, unit: &mut Unit) {
        let named = |number: u64| format!("{}{number:010}-", payload::MARK);
        let names = |text: &str| text.replace(&named(self.number), &named(number));
        let provider_call_id = names(&self.call.listing.provider_call_id);
        let key = calls::call_key(
            self.call.workspace,
            &self.call.listing.provider,
            &provider_call_id,
        );
        let part = calls::part(key);
        let (call, message, run) = (
            CallId::of(self.call.id, part, number),
            MessageId::of(self.message.id, part, number),
            RunId::of(self.run.id, part, number),
        );
        let body = |body: &Bytes| -> Bytes {
            names(&String::from_utf8_lossy(body))
                .replace(&self.call.id.to_string(), &call.to_string())
                .replace(&self.run.id.to_string(), &run.to_string())
                .into()
        };
        let mut row = CallRow {
            id: call,
            key,
            version: 1,
            state: body(&self.call.state),
            ..self.call.clone()
        };
        row.listing.provider_call_id = provider_call_id;
        unit.calls.push(CallPut { expect: None, row });
        unit.messages.push(MessageRow {
            id: message,
            call,
            body: body(&self.message.body),
            ..self.message.clone()
        });
        unit.events.push(EventRow {
            id: message.cast(),
            call,
            message,
            ..self.event.clone()
        });
        unit.entries
            .extend(self.entries.iter().map(|entry| EntryRow {
                run,
                ..entry.clone()
            }));
        unit.runs.push(RunRow {
            id: run,
            call,
            event: message.cast(),
            epoch: 0,
            state: body(&self.run.state),
            ..self.run.clone()
        });
        unit.set_timers.extend(self.run.due_at.map(|due_at| Timer {
            part,
            due_at,
            kind: TimerKind::WakeRun,
            subject: run.bytes(),
        }));
    }
}

trait Of {
    /// An id made when `original` was.
    fn of(original: Self, part: u16, number: u64) -> Self;
}

impl<K: kernel::id::Kind> Of for Id<K> {
    fn of(original: Self, part: u16, number: u64) -> Self {
        Id::new(
            original.unix_ms(),
            part,
            (u128::from(number) << 32).to_be_bytes(),
        )
    }
}
