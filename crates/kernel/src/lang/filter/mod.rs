//! The filters: pure functions of an input and arguments, one line of registration each. What fails says why; the
//! caller adds where.

mod arguments;
mod encode;
mod list;
mod number;
mod object;
mod text;
mod time;

use super::nearest::nearest;
use super::node::Node;
use arguments::Kind::{self, Algorithm, Any, Count, Format, Key, Number, Span, Text, Zone};
use serde_json::Value;
use std::borrow::Cow;

/// What a filter is given, as its input and as its arguments.
type Input<'a> = Cow<'a, Value>;
/// What it makes of that, or why it cannot.
type Made = Result<Value, String>;
type Run = fn(Input<'_>, &[Input<'_>]) -> Made;

#[derive(Debug)]
pub(super) struct Filter {
    pub name: &'static str,
    required: &'static [Kind],
    optional: &'static [Kind],
    pub run: Run,
    /// Runs only on a missing, null or empty input, which then is no warning.
    pub fills: bool,
}

const fn filter(
    name: &'static str,
    required: &'static [Kind],
    optional: &'static [Kind],
    run: Run,
) -> Filter {
    Filter {
        name,
        required,
        optional,
        run,
        fills: false,
    }
}

static FILTERS: [Filter; 45] = [
    Filter {
        fills: true,
        ..filter("default", &[Any], &[], object::default)
    },
    Filter {
        fills: true,
        ..filter("required", &[], &[], object::required)
    },
    filter("add_time", &[Span], &[], time::add_time),
    filter("base64", &[], &[], encode::base64),
    filter("bool", &[], &[], number::bool),
    filter("csv", &[], &[], encode::csv),
    filter("date", &[Format], &[], time::date),
    filter("entries", &[], &[], object::entries),
    filter("first", &[], &[], list::first),
    filter("hash", &[], &[Algorithm], encode::hash),
    filter("hmac", &[Text], &[Algorithm], encode::hmac),
    filter("html_escape", &[], &[], encode::html_escape),
    filter("in_zone", &[Zone], &[], time::in_zone),
    filter("join", &[], &[Text], list::join),
    filter("json", &[], &[], encode::json),
    filter("last", &[], &[], list::last),
    filter("length", &[], &[], list::length),
    filter("lower", &[], &[], text::lower),
    filter("map", &[Key], &[], list::map),
    filter("markdown_escape", &[], &[], encode::markdown_escape),
    filter("mask", &[], &[Count], text::mask),
    filter("max", &[], &[Key], list::max),
    filter("merge", &[Any], &[], object::merge),
    filter("min", &[], &[Key], list::min),
    filter("number", &[], &[], number::number),
    filter("omit", &[Text], &[Text; 31], object::omit),
    filter("parse_date", &[], &[Zone], time::parse_date),
    filter("pick", &[Text], &[Text; 31], object::pick),
    filter("replace", &[Text, Text], &[], text::replace),
    filter("round", &[], &[Number], number::round),
    filter("slug", &[], &[], text::slug),
    filter("sort", &[], &[Key], list::sort),
    filter("split", &[Text], &[], text::split),
    filter("sum", &[], &[Key], list::sum),
    filter("text", &[], &[], text::text),
    filter("title", &[], &[], text::title),
    filter("to_iso", &[], &[], time::to_iso),
    filter("to_unix", &[], &[], time::to_unix),
    filter("trim", &[], &[], text::trim),
    filter("truncate", &[Count], &[Text], text::truncate),
    filter("unbase64", &[], &[], encode::unbase64),
    filter("unique", &[], &[Key], list::unique),
    filter("upper", &[], &[], text::upper),
    filter("urlencode", &[], &[], encode::urlencode),
    filter("where", &[Key], &[Any], list::r#where),
];

pub(super) fn named(name: &str) -> Result<&'static Filter, String> {
    FILTERS
        .iter()
        .find(|filter| filter.name == name)
        .ok_or_else(
            || match nearest(name, FILTERS.iter().map(|filter| filter.name)) {
                Some(known) => format!("there is no filter `{name}`, did you mean `{known}`?"),
                None => format!("there is no filter `{name}`"),
            },
        )
}

impl Filter {
    /// Checks what is known before anything runs: the number of arguments, and those that are literals.
    pub fn check(&self, arguments: &[Node]) -> Result<(), String> {
        let (least, most) = (
            self.required.len(),
            self.required.len() + self.optional.len(),
        );
        if !(least..=most).contains(&arguments.len()) {
            let wanted = if least == most {
                format!("{least}")
            } else {
                format!("{least} to {most}")
            };
            return Err(format!(
                "the filter `{}` takes {wanted} arguments, not {}",
                self.name,
                arguments.len()
            ));
        }
        for (kind, argument) in self.required.iter().chain(self.optional).zip(arguments) {
            if let Some(value) = argument.literal() {
                kind.check(value)
                    .map_err(|reason| format!("the filter `{}`: {reason}", self.name))?;
            }
        }
        Ok(())
    }
}
