//! A `wait` step: for a stretch of time or until a moment, and then until a window of the week is open. Both are texts that
//! may hold placeholders; what can be checked on save is.

use super::compile::Compiler;
use super::fields;
use super::object::Object;
use super::plan::Kind;
use super::reads::Sight;
use super::window::Window;
use crate::lang::{Expr, Filters, Place, Report, Template};
use crate::{Scope, Timestamp};
use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde_json::{Map, Value};

/// The longest wait.
const MAX_DAYS: i64 = 366;
const MAX_TEXT: usize = 1_000;

#[derive(Debug, Clone)]
pub(crate) struct Wait {
    first: First,
    window: Option<Window>,
}

#[derive(Debug, Clone)]
enum First {
    For(Template),
    Until(Template),
    Nothing,
}

/// Why there is no moment to wait for: a code and a message.
pub(crate) type NoMoment = (&'static str, String);

impl Wait {
    /// The moment when the wait ends; not after `now` when there is nothing to wait for.
    pub(crate) fn until(
        &self,
        now: Timestamp,
        scope: &dyn Scope,
        report: &mut Report,
    ) -> Result<Timestamp, NoMoment> {
        let until = match &self.first {
            First::Nothing => now,
            First::For(template) => {
                let stretch = stretch(&rendered(template, scope, report)?)?;
                now.checked_add(stretch).map_err(|_| too_long())?
            }
            First::Until(template) => moment(rendered(template, scope, report)?)?,
        };
        let until = match &self.window {
            Some(window) => window.opening(until.max(now), scope, report)?,
            None => until,
        };
        if until.duration_since(now) > SignedDuration::from_hours(24 * MAX_DAYS) {
            return Err(too_long());
        }
        Ok(until)
    }
}

pub(super) fn rendered(
    template: &Template,
    scope: &dyn Scope,
    report: &mut Report,
) -> Result<Value, NoMoment> {
    template
        .render(scope, report)
        .map_err(|mistake| ("template", mistake.0))
}

pub(super) fn bad(message: String) -> NoMoment {
    ("bad_time", message)
}

fn too_long() -> NoMoment {
    (
        "wait_too_long",
        format!("the wait would take longer than {MAX_DAYS} days"),
    )
}

fn stretch(value: &Value) -> Result<SignedDuration, NoMoment> {
    let unclear = || {
        bad(format!(
            "{} is not a stretch of time such as `10m`, `2h 30m` or `3 days`",
            super::names::shown(value.as_str().unwrap_or_default())
        ))
    };
    let text = value.as_str().filter(|text| text.len() <= 100);
    let span: Span = text
        .and_then(|text| text.parse().ok())
        .ok_or_else(unclear)?;
    let stretch = span.to_duration(SpanRelativeTo::days_are_24_hours());
    stretch
        .ok()
        .filter(|stretch| !stretch.is_negative())
        .ok_or_else(unclear)
}

/// A moment is what the filters of the language take for one.
fn moment(value: Value) -> Result<Timestamp, NoMoment> {
    let unclear = || {
        bad(format!(
            "{} is not a time",
            super::names::shown(&value.to_string())
        ))
    };
    let read = Expr::parse("until | to_iso", "", Filters::default())
        .map_err(|problem| bad(problem.message))?;
    let scope = Map::from_iter([("until".to_owned(), value.clone())]);
    let iso = read.eval(&scope, &mut Report::default());
    let iso = iso.map_err(|_| unclear())?;
    iso.as_str()
        .and_then(|iso| iso.parse().ok())
        .ok_or_else(unclear)
}

impl<'a> Compiler<'a> {
    pub(super) fn wait(&mut self, step: &Object<'a>, sight: Sight) -> Option<Kind> {
        let at = step.place("wait");
        let known = fields::WAIT_OBJECT;
        let wait = Object::strict(step.get("wait")?, &at, "`wait`", known, &mut self.problems)?;
        let given = |name| wait.get(name).is_some();
        match (given("for"), given("until"), given("window")) {
            (true, true, _) => {
                self.problem(&wait.at, "`wait` has either `for` or `until`, not both");
            }
            (false, false, false) => {
                self.problem(&wait.at, "`wait` needs `for`, `until` or `window`");
            }
            _ => {}
        }
        let stretch = wait.text("for", MAX_TEXT, &mut self.problems);
        let stretch = stretch.map(|text| {
            let check = |value: Value| stretch_of(&value);
            self.checked(text, Place::Text, &wait.place("for"), sight, check)
        });
        let moment = wait.text("until", MAX_TEXT, &mut self.problems);
        let moment = moment.map(|text| {
            let check = |value: Value| moment_of(value);
            self.checked(text, Place::Json, &wait.place("until"), sight, check)
        });
        let window = match wait.get("window") {
            Some(window) => Some(self.window(window, &wait.place("window"), sight)?),
            None => None,
        };
        let first = match (stretch, moment) {
            (Some(template), _) => First::For(template),
            (None, Some(template)) => First::Until(template),
            (None, None) => First::Nothing,
        };
        Some(Kind::Wait(Box::new(Wait { first, window })))
    }

    /// A text that is looked at on save already when it holds no placeholder.
    pub(super) fn checked(
        &mut self,
        text: &str,
        place: Place,
        at: &str,
        sight: Sight,
        check: impl FnOnce(Value) -> Result<(), NoMoment>,
    ) -> Template {
        let before = self.problems.len();
        let template = self.template(&text.into(), place, at, sight);
        if template.paths().is_empty() && self.problems.len() == before {
            let rendered = rendered(&template, &Map::new(), &mut Report::default());
            if let Err((_, message)) = rendered.and_then(check) {
                self.problem(at, &message);
            }
        }
        template
    }
}

fn stretch_of(value: &Value) -> Result<(), NoMoment> {
    let longest = SignedDuration::from_hours(24 * MAX_DAYS);
    match stretch(value)? {
        stretch if stretch > longest => Err(too_long()),
        _ => Ok(()),
    }
}

fn moment_of(value: Value) -> Result<(), NoMoment> {
    moment(value).map(drop)
}
