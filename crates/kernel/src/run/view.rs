//! What the texts of a step can see: the step's own output while saving, names that the run supplies, saved names, and
//! behind them the variables of the event.

use super::cursor::{Body, Cursor, Each};
use super::{Context, Failure, Output, Run, kept};
use crate::Scope;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::OnceCell;

pub(super) struct View<'a> {
    context: &'a Context<'a>,
    run: &'a Run,
    own: Option<&'a Own>,
    steps: OnceCell<Value>,
}

impl<'a> View<'a> {
    pub(super) fn new(context: &'a Context<'a>, run: &'a Run) -> Self {
        Self {
            context,
            run,
            own: None,
            steps: OnceCell::new(),
        }
    }

    /// A name that the run itself gives: of the loops around it, the innermost first, then what it has saved.
    fn own(&self, name: &str) -> Option<Cow<'_, Value>> {
        let loops = self.run.cursor.iter().flat_map(Cursor::loops).rev();
        let of = |each: &'a Each| match name {
            "index" => Some(Cow::Owned(each.index.into())),
            _ if name == each.name => each.item(each.index),
            _ => each.saved.get(name).map(Cow::Borrowed),
        };
        loops
            .filter_map(|(_, each)| of(each))
            .next()
            .or_else(|| self.run.saved.get(name).map(Cow::Borrowed))
    }

    /// What the nearest `catch` has caught, or why the run fails.
    fn error(&self) -> Option<&Failure> {
        let frames = self.run.cursor.iter().flat_map(|cursor| &cursor.frames);
        let caught = frames.clone().rev().find_map(|frame| match &frame.body {
            Body::Catch { error } => Some(&**error),
            _ => None,
        });
        let mut outer = frames.filter_map(|frame| frame.outer.failure.as_ref());
        caught.or(outer.next()).or(self.run.failure.as_ref())
    }

    pub(super) fn saving(self, own: &'a Own) -> Self {
        Self {
            own: Some(own),
            ..self
        }
    }
}

impl Scope for View<'_> {
    fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
        if let Some(value) = self.own.and_then(|own| own.get(name)) {
            return Some(Cow::Borrowed(value));
        }
        match name {
            "execution_id" => Some(text(self.run.id.to_string())),
            "flow_name" => Some(text(self.context.plan.name.clone())),
            "now" => Some(text(self.context.now.to_string())),
            "steps" => Some(Cow::Borrowed(
                self.steps
                    .get_or_init(|| Value::Object(self.run.steps.clone())),
            )),
            "error" => self.error().map(|error| Cow::Owned(kept::error(error))),
            _ => self.own(name).or_else(|| self.context.event.get(name)),
        }
    }

    fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.context.event.view(name)
    }
}

fn text(text: String) -> Cow<'static, Value> {
    Cow::Owned(Value::String(text))
}

/// The output of the step that is being saved.
pub(super) struct Own(Map<String, Value>);

impl Own {
    /// Nothing is copied when nobody will look.
    pub(super) fn new(unread: bool, output: &Output) -> Self {
        let mut own = Map::new();
        if !unread {
            own.insert("body".into(), output.body.clone());
            own.insert(
                "status".into(),
                output.status.map_or(Value::Null, Value::from),
            );
            own.insert("headers".into(), output.headers.clone());
        }
        Self(own)
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}
