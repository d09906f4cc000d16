//! One form of every record, whichever store it came from: fields in order, each of a fixed size or behind its length, so
//! that no two records share a form. It is hashed as it is made; it is never kept.

use super::Record;
use crate::catalog::Document;
use crate::journal::{CallListing, CallRow, EventRow, MessageRow, RunRow};
use kernel::Timestamp;
use sha2::{Digest as _, Sha256};

/// SHA-256.
pub type Digest = [u8; 32];

/// The hash of a record and the length of its form. `epochs` are those of the store that it came from.
pub fn digest(record: &Record, epochs: &[u64]) -> (Digest, u64) {
    let mut form = Form {
        hash: Sha256::new(),
        bytes: 0,
    };
    form.number(record.table() as u64);
    match record {
        Record::Generation(workspace, generation) => {
            form.raw(&workspace.bytes());
            form.number(*generation);
        }
        Record::Document(document) | Record::Version(document) => form.document(document),
        Record::Call(call) => form.call(call),
        Record::Message(message) => form.message(message),
        Record::Event(event) => form.event(event),
        Record::Run(run) => form.run(run, epochs),
        Record::Entry(entry) => {
            form.raw(&entry.run.bytes());
            form.number(entry.number.into());
            form.bytes(&entry.body);
        }
        Record::Timer(timer) => {
            form.number(timer.part.into());
            form.time(timer.due_at);
            form.number(timer.kind as u64);
            form.raw(&timer.subject);
        }
        Record::Tally(tally) => {
            form.raw(&tally.workspace.bytes());
            form.number(tally.hour.into());
            form.some(tally.flow, |form, id| form.raw(&id.bytes()));
            form.some(tally.agent(), |form, agent| form.text(agent));
            form.some(tally.destination.as_deref(), |form, name| form.text(name));
            form.number(tally.meter.into());
            form.number(tally.amount);
        }
    }
    (form.hash.finalize().into(), form.bytes)
}

struct Form {
    hash: Sha256,
    bytes: u64,
}

impl Form {
    fn raw(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    fn number(&mut self, number: u64) {
        self.raw(&number.to_be_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.raw(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn time(&mut self, time: Timestamp) {
        self.number(time.as_microsecond() as u64);
    }

    fn some<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.raw(&[value.is_some().into()]);
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn some_text(&mut self, text: &Option<String>) {
        self.some(text.as_deref(), Self::text);
    }

    fn document(&mut self, document: &Document) {
        self.number(document.kind as u64);
        self.raw(&document.id);
        self.raw(&document.workspace.bytes());
        self.number(document.version.into());
        self.text(&document.name);
        self.some_text(&document.alias);
        self.raw(&[document.enabled.into()]);
        self.time(document.created_at);
        self.time(document.updated_at);
        self.bytes(&document.body);
    }

    fn call(&mut self, call: &CallRow) {
        self.raw(&call.id.bytes());
        self.raw(&call.key);
        self.raw(&call.workspace.bytes());
        self.number(call.version);
        self.bytes(&call.state);
        self.listing(&call.listing);
    }

    fn listing(&mut self, listing: &CallListing) {
        self.text(&listing.provider);
        self.text(&listing.provider_call_id);
        let texts = [
            &listing.direction,
            &listing.from,
            &listing.to,
            &listing.agent,
            &listing.campaign,
            &listing.status,
            &listing.disposition,
            &listing.sentiment,
            &listing.answers,
            &listing.words,
        ];
        texts.into_iter().for_each(|text| self.some_text(text));
        // Adding zero makes one zero of the two: SQLite keeps no sign of it.
        self.some(listing.duration_s, |form, seconds| {
            form.number((seconds + 0.0).to_bits());
        });
        self.some(listing.started_at, Self::time);
        self.some(listing.ended_at, Self::time);
    }

    fn message(&mut self, message: &MessageRow) {
        self.raw(&message.id.bytes());
        self.raw(&message.workspace.bytes());
        self.raw(&message.call.bytes());
        self.some(message.endpoint, |form, id| form.raw(&id.bytes()));
        self.text(&message.provider);
        self.text(&message.provider_event);
        self.time(message.received_at);
        self.bytes(&message.body);
    }

    fn event(&mut self, event: &EventRow) {
        self.raw(&event.id.bytes());
        self.raw(&event.workspace.bytes());
        self.raw(&event.call.bytes());
        self.raw(&event.message.bytes());
        self.text(&event.kind);
        self.time(event.at);
        self.bytes(&event.detail);
    }

    fn run(&mut self, run: &RunRow, epochs: &[u64]) {
        self.raw(&run.id.bytes());
        self.raw(&run.workspace.bytes());
        self.raw(&run.flow.bytes());
        self.number(run.flow_version.into());
        self.raw(&run.call.bytes());
        self.raw(&run.event.bytes());
        self.some(run.replay_of, |form, id| form.raw(&id.bytes()));
        self.number(run.status as u64);
        self.some_text(&run.destination);
        self.number(run.version);
        self.number(epochs[usize::from(run.id.part())].saturating_sub(run.epoch));
        self.bytes(&run.state);
        self.some_text(&run.error);
        self.time(run.updated_at);
        self.some(run.due_at, Self::time);
        self.some(run.parent, |form, id| form.raw(&id.bytes()));
    }
}
