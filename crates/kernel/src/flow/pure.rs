//! Reading the steps that need nothing from the world: `set`, `reply`, `stop`.

use super::compile::{Compiler, MAX_NOTE};
use super::fields;
use super::object::Object;
use super::plan::Kind;
use super::reads::Sight;
use super::step::Inside;
use super::trigger::ASKS;
use crate::lang::Place;

impl<'a> Compiler<'a> {
    pub(super) fn set(&mut self, step: &Object<'a>, sight: Sight) -> Option<Kind> {
        let named = self.named(step.get("set")?, &step.place("set"), "`set`", sight);
        Some(Kind::Set(named))
    }

    pub(super) fn stop(&mut self, step: &Object<'a>, sight: Sight) -> Option<Kind> {
        const STATUS: &[&str] = &["succeeded", "failed"];
        let value = step.get("stop")?;
        if value.is_string() {
            let status = step.choice("stop", STATUS, &mut self.problems)?;
            return Some(Kind::Stop {
                failed: status == "failed",
                reason: None,
            });
        }
        let at = step.place("stop");
        let object = Object::strict(
            value,
            &at,
            "`stop`",
            fields::STOP_OBJECT,
            &mut self.problems,
        )?;
        if object.get("status").is_none() {
            let message = "`stop` needs a `status`: `succeeded` or `failed`";
            self.problem(object.place("status"), message);
        }
        let status = object.choice("status", STATUS, &mut self.problems);
        let reason = object.text("reason", MAX_NOTE, &mut self.problems);
        let at = object.place("reason");
        let reason = reason.map(|reason| self.template(&reason.into(), Place::Text, &at, sight));
        Some(Kind::Stop {
            failed: status? == "failed",
            reason,
        })
    }

    /// `reply` makes sense only where somebody waits.
    pub(super) fn reply(
        &mut self,
        step: &Object<'a>,
        inside: Inside,
        sight: Sight,
    ) -> Option<Kind> {
        let at = step.place("reply");
        if !self.asked {
            let asks = ASKS
                .iter()
                .map(|kind| format!("`{kind}`"))
                .collect::<Vec<_>>()
                .join(", ");
            self.problem(
                &at,
                &format!("nobody waits for a reply here: `on` has none of {asks}"),
            );
        }
        if inside.beside {
            let message =
                "a reply cannot stand in what runs in parallel: reply before it or after it";
            self.problem(&at, message);
        }
        step.get("reply")
            .map(|value| Kind::Reply(self.template(value, Place::Json, &at, sight)))
    }
}
