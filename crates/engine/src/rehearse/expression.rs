//! What a text comes to on an event, while somebody still writes it.

use crate::engine::Inner;
use calls::Event;
use kernel::flow::{Known, supplied};
use kernel::lang::preview::{Form, Preview, preview};
use kernel::{Scope, Timestamp};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A text to be tried.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub text: String,
    pub form: Form,
    /// What earlier steps would have saved, and whatever else the place of the text would see (`item`, `body`, `steps`, …).
    pub saved: Map<String, Value>,
}

impl Inner {
    pub(crate) fn preview(&self, event: &Event, attempt: &Attempt) -> Preview {
        let scope = Sight {
            event,
            saved: &attempt.saved,
            now: self.stamp.now(),
        };
        let known = |path: &kernel::lang::Path| {
            if attempt.saved.contains_key(&path.root) || supplied(&path.root) {
                return Known::Yes;
            }
            match calls::schema::variable(path, event.kind.name()) {
                // Inputs have names of their own.
                Known::Unknown(_) if event.get(&path.root).is_some() => Known::Yes,
                known => known,
            }
        };
        preview(&attempt.text, attempt.form, &scope, &known, filters::ALL)
    }
}

/// The names of an event, behind those that a run would have.
struct Sight<'a> {
    event: &'a Event,
    saved: &'a Map<String, Value>,
    now: Timestamp,
}

impl Scope for Sight<'_> {
    fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
        if let Some(saved) = self.saved.get(name) {
            return Some(Cow::Borrowed(saved));
        }
        match name {
            "now" => Some(Cow::Owned(self.now.to_string().into())),
            _ => self.event.get(name),
        }
    }

    fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.event.view(name)
    }
}
