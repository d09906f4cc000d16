//! The confidential values of what an answer is about, read from the store, each once for an answer, and the masks that find them. It does
//! not say what is to be hidden of what cannot be read any more: it names it.

use super::known::Subject;
use crate::errors::{Code, Error, Result};
use crate::page::ask;
use crate::state::State;
use actions::Masks;
use calls::Confidential;
use calls::confidential::MASK;
use kernel::id::WorkspaceId;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::archive::Page;
use store::journal::MessageRow;

/// Masks that are kept while an answer is looked through: items next to each other are about few calls.
const KEPT: usize = 8;
/// Messages of a call that are read to find the values of one; of a call with more, nothing is known.
const MOST_MESSAGES: u32 = 50;
/// Bytes of values from which on masks are made and used beside what others wait for.
const MANY: usize = 8 << 10;

pub struct Values<'a> {
    pub state: &'a State,
    pub workspace: WorkspaceId,
    pub confidential: &'a Arc<Confidential>,
    /// `None`: it cannot be read any more.
    told: BTreeMap<Subject, Option<Told>>,
    masks: Vec<(BTreeSet<String>, Arc<Masks>)>,
}

#[derive(Clone)]
struct Told {
    values: Arc<Vec<String>>,
    /// What tells the rest.
    of: Vec<Subject>,
}

/// What finds the values of some subjects, and which of these cannot be read any more.
pub struct Found {
    pub masks: Arc<Masks>,
    pub lost: BTreeSet<Subject>,
    /// Whether it takes long to look for them.
    pub is_slow: bool,
}

impl<'a> Values<'a> {
    pub fn new(
        state: &'a State,
        workspace: WorkspaceId,
        confidential: &'a Arc<Confidential>,
    ) -> Self {
        Self {
            state,
            workspace,
            confidential,
            told: BTreeMap::new(),
            masks: Vec::new(),
        }
    }

    /// Of all subjects, and `more`.
    pub async fn found(
        &mut self,
        subjects: &BTreeSet<Subject>,
        more: Vec<String>,
    ) -> Result<Found> {
        let mut values: BTreeSet<String> = more.into_iter().collect();
        let mut lost = BTreeSet::new();
        for subject in subjects {
            let mut left = vec![*subject];
            while let Some(part) = left.pop() {
                match self.told(part).await? {
                    Some(told) => {
                        values.extend(told.values.iter().cloned());
                        left.extend(told.of);
                    }
                    None => drop(lost.insert(*subject)),
                }
            }
        }
        let is_slow = values.iter().map(String::len).sum::<usize>() > MANY;
        if let Some((_, masks)) = self.masks.iter().find(|(of, _)| *of == values) {
            let masks = masks.clone();
            return Ok(Found {
                masks,
                lost,
                is_slow,
            });
        }
        let of = values.clone();
        let build = move || {
            let mut masks = Masks::new(MASK);
            of.iter().for_each(|value| masks.cover(value));
            Arc::new(masks)
        };
        let masks = beside(is_slow, build).await?;
        self.masks.truncate(KEPT - 1);
        self.masks.insert(0, (values, masks.clone()));
        Ok(Found {
            masks,
            lost,
            is_slow,
        })
    }

    async fn told(&mut self, subject: Subject) -> Result<Option<Told>> {
        if let Some(told) = self.told.get(&subject) {
            return Ok(told.clone());
        }
        let told = self.read(subject).await?;
        self.told.insert(subject, told.clone());
        Ok(told)
    }

    async fn read(&self, subject: Subject) -> Result<Option<Told>> {
        let store = self.state.engine.store();
        let ours = |workspace: WorkspaceId| workspace == self.workspace;
        let mut values = Vec::new();
        let of = match subject {
            Subject::Call(id) => {
                // Platforms have ids that look like ours: one that is no call's hides nothing. Of a call that is gone, events and runs
                // are gone as well.
                let row = store.call_by_id(id).await?;
                if let Some(row) = row.filter(|row| ours(row.workspace)) {
                    self.of_call(object(&row.state), &mut values);
                }
                Vec::new()
            }
            Subject::Event(id) => {
                let row = store.event(id).await?;
                let Some(row) = row.filter(|row| ours(row.workspace)) else {
                    return Ok(None);
                };
                // Once its message is removed, nobody knows what it told.
                let message = store.message(row.message).await?;
                let Some(message) = message.filter(|message| !message.body.is_empty()) else {
                    return Ok(None);
                };
                self.of_message(&message, &mut values);
                if let Some(Value::Object(tool)) = object(&row.detail).get_mut("tool") {
                    values.extend(self.confidential.values_of_tool(tool));
                }
                vec![Subject::Call(row.call)]
            }
            Subject::Run(id) => {
                let row = store.run(id).await?;
                let Some(row) = row.filter(|row| ours(row.workspace)) else {
                    return Ok(None);
                };
                vec![Subject::Event(row.event), Subject::Call(row.call)]
            }
            Subject::Message(id) => {
                let row = store.message(id).await?;
                let Some(row) = row.filter(|row| ours(row.workspace)) else {
                    return Ok(None);
                };
                self.of_message(&row, &mut values);
                vec![Subject::Call(row.call)]
            }
            Subject::Messages(call) => {
                let page = Page {
                    before: None,
                    limit: MOST_MESSAGES,
                };
                let rows = store.messages(self.workspace, call, ask(page)).await?;
                if rows.len() > MOST_MESSAGES as usize {
                    return Ok(None);
                }
                rows.iter()
                    .for_each(|row| self.of_message(row, &mut values));
                vec![Subject::Call(call)]
            }
        };
        Ok(Some(Told {
            values: Arc::new(values),
            of,
        }))
    }

    fn of_message(&self, row: &MessageRow, found: &mut Vec<String>) {
        if let Some(Value::Object(call)) = object(&row.body).get_mut("call") {
            found.extend(self.confidential.values(call));
        }
    }

    /// With its analyses: those before the one that counts, and the platform's.
    fn of_call(&self, mut state: Map<String, Value>, found: &mut Vec<String>) {
        let versions = state.remove("versions");
        let versions = versions.into_iter().flat_map(|versions| match versions {
            Value::Array(versions) => versions,
            _ => Vec::new(),
        });
        let parts = [state.remove("snapshot"), state.remove("theirs")];
        for part in parts.into_iter().flatten().chain(versions) {
            if let Value::Object(mut part) = part {
                found.extend(self.confidential.values(&mut part));
            }
        }
    }
}

/// Work that may take long, where others do not wait for it.
pub async fn beside<T: Send + 'static>(
    is_slow: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    if !is_slow {
        return Ok(work());
    }
    let failed = |_| Error::new(Code::Internal, "the answer could not be looked through");
    tokio::task::spawn_blocking(work).await.map_err(failed)
}

fn object(bytes: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(bytes).unwrap_or_default()
}
