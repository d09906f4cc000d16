//! What the texts of a step can see: the step's own output while saving, names that the run supplies, saved names, and
//! behind them the variables of the event.

use super::cursor::{Body, Cursor, Each};
use super::{Context, Output, Run, kept};
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

    /// What a run gives of its own, without what every run has and without its event.
    pub(super) fn of_run(&self, name: &str) -> Option<Cow<'_, Value>> {
        match name {
            "execution_id" | "steps" | "error" => self.get(name),
            "flow_name" | "now" => None,
            _ => self.named(name),
        }
    }

    /// Of the loops around it, the innermost first, then what it has saved, then what its parent gave it.
    fn named(&self, name: &str) -> Option<Cow<'_, Value>> {
        let mut loops = self.run.cursor.iter().flat_map(Cursor::loops).rev();
        let of = |each: &'a Each| match name {
            "index" => Some(Cow::Owned(each.index.into())),
            _ if name == each.name => each.item(each.index),
            _ => each.saved.get(name).map(Cow::Borrowed),
        };
        let looped = loops.find_map(|(_, each)| of(each));
        let saved = || self.run.saved.get(name).map(Cow::Borrowed);
        looped.or_else(saved).or_else(|| self.given(name))
    }

    fn given(&self, name: &str) -> Option<Cow<'_, Value>> {
        let parent = self.run.parent.as_ref()?;
        parent.given.get(name).map(Cow::Borrowed)
    }

    /// A part of a flow tells the id of the run of that flow.
    fn execution_id(&self) -> Cow<'_, Value> {
        let own = || text(self.run.id.to_string());
        self.given("execution_id").unwrap_or_else(own)
    }

    fn outputs(&self) -> Map<String, Value> {
        let given = self.given("steps");
        let mut outputs = match given.as_deref() {
            Some(Value::Object(given)) => given.clone(),
            _ => Map::new(),
        };
        outputs.extend(self.run.steps.clone());
        outputs
    }

    /// What the nearest `catch` has caught, or why the run fails.
    fn error(&self) -> Option<Cow<'_, Value>> {
        let frames = self.run.cursor.iter().flat_map(|cursor| &cursor.frames);
        let caught = frames.clone().rev().find_map(|frame| match &frame.body {
            Body::Catch { error } => Some(&**error),
            _ => None,
        });
        let mut outer = frames.filter_map(|frame| frame.outer.failure.as_ref());
        if let Some(error) = caught.or_else(|| outer.next()) {
            return Some(Cow::Owned(kept::error(error)));
        }
        let own = || {
            self.run
                .failure
                .as_ref()
                .map(|own| Cow::Owned(kept::error(own)))
        };
        self.given("error").or_else(own)
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
            "execution_id" => Some(self.execution_id()),
            "flow_name" => Some(text(self.context.plan.name.clone())),
            "now" => Some(text(self.context.now.to_string())),
            "steps" => Some(Cow::Borrowed(
                self.steps.get_or_init(|| Value::Object(self.outputs())),
            )),
            "error" => self.error().or_else(|| self.context.event.get(name)),
            _ => self.named(name).or_else(|| self.context.event.get(name)),
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
