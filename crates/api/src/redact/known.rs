//! Whose values may stand in an answer, read from the store: those of the calls, events and runs that it is about. Nothing is read that
//! is not needed; what cannot be read any more hides everything.

use crate::errors::Result;
use crate::routes::calls;
use crate::state::State;
use ::calls::Confidential;
use ::calls::confidential::MASK;
use actions::Masks;
use kernel::id::{CallId, EventId, RunId, WorkspaceId};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What somebody looks at, and may not see all of.
pub struct Sight<'a> {
    pub state: &'a State,
    pub workspace: WorkspaceId,
    pub confidential: &'a Arc<Confidential>,
    pub path: &'a str,
    /// A refusal tells little; it is shown even where nothing is known.
    pub succeeded: bool,
}

/// Something that leads to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Call(CallId),
    Event(EventId),
    Run(RunId),
}

impl Subject {
    pub fn read(text: &str) -> Option<Self> {
        match text.split_once('_')?.0 {
            "call" => text.parse().ok().map(Subject::Call),
            "evt" => text.parse().ok().map(Subject::Event),
            "run" => text.parse().ok().map(Subject::Run),
            _ => None,
        }
    }
}

impl Sight<'_> {
    /// What the address is about.
    pub async fn of_path(&self) -> Result<BTreeSet<Subject>> {
        let mut parts = self.path.split('/').skip(2);
        if let (Some("calls"), Some(id)) = (parts.next(), parts.next())
            && Subject::read(id).is_none()
        {
            let id = percent_decode_str(id).decode_utf8_lossy();
            let call = calls::find(self.state, self.workspace, &id).await.ok();
            return Ok(call.map(|row| Subject::Call(row.id)).into_iter().collect());
        }
        Ok(self.path.split('/').filter_map(Subject::read).collect())
    }

    pub async fn masks(&self, subjects: &BTreeSet<Subject>) -> Result<Masks> {
        let mut calls = BTreeSet::new();
        let mut events = BTreeSet::new();
        let mut runs = BTreeSet::new();
        for subject in subjects {
            match subject {
                Subject::Call(id) => drop(calls.insert(*id)),
                Subject::Event(id) => drop(events.insert(*id)),
                Subject::Run(id) => drop(runs.insert(*id)),
            }
        }
        let store = self.state.engine.store();
        if calls.is_empty() || events.is_empty() {
            for run in runs {
                let row = store.run(run).await?;
                if let Some(row) = row.filter(|row| row.workspace == self.workspace) {
                    calls.insert(row.call);
                    events.insert(row.event);
                }
            }
        }
        let mut values = None;
        for event in events {
            let row = store.event(event).await?;
            let Some(row) = row.filter(|row| row.workspace == self.workspace) else {
                continue;
            };
            calls.insert(row.call);
            if let Some(message) = store.message(row.message).await? {
                let mut told = object(&message.body);
                let found = values.get_or_insert_with(Vec::new);
                if let Some(Value::Object(call)) = told.get_mut("call") {
                    found.extend(self.confidential.values(call));
                }
                if let Some(Value::Object(tool)) = object(&row.detail).get_mut("tool") {
                    found.extend(self.confidential.values_of_tool(tool));
                }
            }
        }
        for call in calls {
            let row = store.call_by_id(call).await?;
            if let Some(row) = row.filter(|row| row.workspace == self.workspace) {
                let found = values.get_or_insert_with(Vec::new);
                self.of_call(object(&row.state), found);
            }
        }
        let Some(values) = values else {
            return Ok(match self.succeeded {
                true => Masks::everything(MASK),
                false => Masks::new(MASK),
            });
        };
        let mut masks = Masks::new(MASK);
        let values: BTreeSet<String> = values.into_iter().collect();
        values.iter().for_each(|value| masks.cover(value));
        Ok(masks)
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

fn object(bytes: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(bytes).unwrap_or_default()
}
