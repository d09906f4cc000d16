//! What a text comes to while somebody still writes it: its value, what it misses, and what is wrong with it and where.
//! Never refuses: a text with problems has them, and no value.

use super::expr::Expr;
use super::parse::trouble;
use super::template::pieces::pieces;
use super::value::text as plain;
use super::{Filters, Mistake, Path, Place, Report, Template, secret};
use crate::Scope;
use crate::flow::Known;
use serde_json::Value;
use std::ops::Range;

/// What the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A text with placeholders.
    Template,
    Condition,
    /// A text leaf of a JSON tree, or a JSON body when it starts with `{` or `[`.
    Json,
    Url,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// Secrets are named, never shown.
    pub value: Option<Value>,
    /// The value as it stands in a text.
    pub text: String,
    pub warnings: Vec<Remark>,
    pub problems: Vec<Remark>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub message: String,
    /// The part of the text that it is about, in bytes.
    pub range: Range<usize>,
}

impl Form {
    pub const ALL: [(&str, Form); 4] = [
        ("template", Form::Template),
        ("condition", Form::Condition),
        ("json", Form::Json),
        ("url", Form::Url),
    ];

    pub fn parse(name: &str) -> Option<Form> {
        let mut all = Form::ALL.into_iter();
        all.find(|(known, _)| *known == name).map(|(_, form)| form)
    }

    fn place(self, text: &str) -> Place {
        match self {
            Form::Url => Place::Url,
            Form::Json if is_body(text) => Place::JsonBody,
            Form::Json => Place::Json,
            Form::Template | Form::Condition => Place::Text,
        }
    }
}

/// A body of JSON, not a placeholder that stands alone.
fn is_body(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('[') || text.starts_with('{') && !text.starts_with("{{")
}

/// `known` says of a path whether it can exist where the text stands.
pub fn preview(
    text: &str,
    form: Form,
    scope: &dyn Scope,
    known: &dyn Fn(&Path) -> Known,
    filters: Filters,
) -> Preview {
    let mut preview = Preview::default();
    let mut report = Report::default();
    let paths = match form {
        Form::Condition => condition(text, scope, filters, &mut report, &mut preview),
        form => template(text, form, scope, filters, &mut report, &mut preview),
    };
    for path in &paths {
        let (list, message) = match known(path) {
            Known::Yes | Known::Late => continue,
            Known::Never(reason) => (&mut preview.problems, reason),
            Known::Unknown(near) => {
                let near = near.map(|near| format!("; did you mean `{near}`?"));
                let hint = near.unwrap_or_default();
                let message = format!("`{}` is not a name that is known here{hint}", path.root);
                (&mut preview.warnings, message)
            }
        };
        let range = find(text, &path.root);
        list.push(Remark { message, range });
    }
    for written in report.missing {
        let root = written
            .split(['.', '[', ' ', '|'])
            .next()
            .unwrap_or_default();
        let range = find(text, &written);
        let told = preview
            .warnings
            .iter()
            .any(|warning| warning.message.contains(&format!("`{root}`")));
        if !told && preview.problems.is_empty() {
            let message = format!("`{written}` has no value here");
            preview.warnings.push(Remark { message, range });
        }
    }
    if !preview.problems.is_empty() {
        preview.value = None;
        preview.text.clear();
    }
    preview
}

fn condition(
    text: &str,
    scope: &dyn Scope,
    filters: Filters,
    report: &mut Report,
    preview: &mut Preview,
) -> Vec<Path> {
    let expr = match Expr::parse(text, "", filters) {
        Ok(expr) => expr,
        Err(problem) => {
            let range = match Expr::read(text, filters) {
                Ok(_) => find(text, "secrets"),
                Err(_) => trouble(text, filters),
            };
            preview.problems.push(Remark {
                message: problem.message,
                range,
            });
            return Vec::new();
        }
    };
    let holds = expr.holds(scope, report).map(Value::Bool);
    preview.take(text, holds);
    expr.paths()
}

fn template(
    text: &str,
    form: Form,
    scope: &dyn Scope,
    filters: Filters,
    report: &mut Report,
    preview: &mut Preview,
) -> Vec<Path> {
    let mut problems = Vec::new();
    let source = Value::String(text.to_owned());
    let template = Template::compile(&source, form.place(text), "", filters, &mut problems);
    let (_, wrong) = pieces(text, filters);
    for problem in problems {
        let place = wrong.iter().find(|(reason, _)| *reason == problem.message);
        let range = place.map_or(0..text.len(), |(_, range)| inner(text, range, filters));
        preview.problems.push(Remark {
            message: problem.message,
            range,
        });
    }
    if preview.problems.is_empty() {
        preview.take(text, template.render(scope, report));
    }
    template.paths()
}

/// The word inside a placeholder that is wrong, where one is.
fn inner(text: &str, range: &Range<usize>, filters: Filters) -> Range<usize> {
    let inside = text[range.clone()]
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"));
    match inside {
        Some(inside) if Expr::read(inside, filters).is_err() => {
            let at = trouble(inside, filters);
            let from = range.start + 2;
            from + at.start..from + at.end
        }
        _ => range.clone(),
    }
}

fn find(text: &str, part: &str) -> Range<usize> {
    match text.find(part) {
        Some(from) => from..from + part.len(),
        None => 0..text.len(),
    }
}

impl Preview {
    fn take(&mut self, text: &str, value: Result<Value, Mistake>) {
        match value {
            Ok(value) => {
                let value = secret::shown(value);
                self.text = plain(&value)
                    .map(|text| text.into_owned())
                    .unwrap_or_default();
                self.value = Some(value);
            }
            Err(Mistake(message)) => {
                let range = 0..text.len();
                self.problems.push(Remark { message, range });
            }
        }
    }
}
