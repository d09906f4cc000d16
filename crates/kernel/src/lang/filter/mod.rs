//! The filters: pure functions of an input and arguments, one line of registration each. What fails says why; the
//! caller adds where.

pub(super) mod arguments;
mod encode;
mod list;
mod number;
mod object;
mod text;
mod time;

use super::moment;
use super::nearest::nearest;
use super::node::Node;
use crate::Scope;
use arguments::Kind::{Any, Count, Key, Like, Number, Text};
pub use arguments::{Kind, text as text_of};
use serde_json::Value;
use std::borrow::Cow;

/// What a filter is given, as its input and as its arguments.
pub type Input<'a> = Cow<'a, Value>;
/// What it makes of that, or why it cannot.
pub type Made = Result<Value, String>;
pub type Run = fn(Input<'_>, &[Input<'_>]) -> Made;

/// A pure function that expressions call by name.
#[derive(Debug)]
pub struct Filter {
    pub name: &'static str,
    required: &'static [Kind],
    optional: &'static [Kind],
    /// Names of the scope whose values it is given after all its arguments.
    implied: &'static [&'static str],
    pub(super) run: Run,
    /// Runs only on a missing, null or empty input, which then is no warning.
    pub(super) fills: bool,
    /// Gives null for what it cannot make out, which is a warning.
    pub(super) doubts: bool,
}

impl Filter {
    pub const fn new(
        name: &'static str,
        required: &'static [Kind],
        optional: &'static [Kind],
        run: Run,
    ) -> Filter {
        Filter {
            name,
            required,
            optional,
            implied: &[],
            run,
            fills: false,
            doubts: false,
        }
    }

    /// Null for an input that is there becomes a warning.
    pub const fn doubting(self) -> Filter {
        Filter {
            doubts: true,
            ..self
        }
    }

    /// Arguments are filled up with nulls to all that it takes; then come these values of the scope, null where missing.
    pub const fn implying(self, implied: &'static [&'static str]) -> Filter {
        Filter { implied, ..self }
    }

    /// How many arguments it takes, at least and at most.
    pub fn takes(&self) -> (usize, usize) {
        let least = self.required.len();
        (least, least + self.optional.len())
    }

    pub(super) fn imply<'a>(&self, arguments: &mut Vec<Input<'a>>, scope: &'a dyn Scope) {
        if !self.implied.is_empty() {
            arguments.resize(self.takes().1, Cow::Owned(Value::Null));
            let values = self.implied.iter().map(|name| scope.get(name));
            arguments.extend(values.map(|value| value.unwrap_or(Cow::Owned(Value::Null))));
        }
    }
}

/// The filters that an expression may name: the kernel's own, and a table of those that need more than the kernel may see.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filters(&'static [Filter]);

impl Filters {
    pub const fn with(more: &'static [Filter]) -> Filters {
        Filters(more)
    }

    pub fn iter(self) -> impl Iterator<Item = &'static Filter> {
        FILTERS.iter().chain(self.0)
    }

    pub(super) fn named(self, name: &str) -> Result<&'static Filter, String> {
        self.iter()
            .find(|filter| filter.name == name)
            .ok_or_else(
                || match nearest(name, self.iter().map(|filter| filter.name)) {
                    Some(known) => format!("there is no filter `{name}`, did you mean `{known}`?"),
                    None => format!("there is no filter `{name}`"),
                },
            )
    }
}

const fn filter(
    name: &'static str,
    required: &'static [Kind],
    optional: &'static [Kind],
    run: Run,
) -> Filter {
    Filter::new(name, required, optional, run)
}

/// A pattern of strftime.
const FORMAT: Kind = Like(time::check_format);
/// A name of the IANA time zone database.
pub const ZONE: Kind = Like(|name| moment::zone(name).map(drop));
/// A stretch of time.
const SPAN: Kind = Like(|written| time::span(written).map(drop));
const ALGORITHM: Kind = Like(|name| encode::Algorithm::named(name).map(drop));

static FILTERS: [Filter; 44] = [
    Filter {
        fills: true,
        ..filter("default", &[Any], &[], object::default)
    },
    Filter {
        fills: true,
        ..filter("required", &[], &[], object::required)
    },
    filter("add_time", &[SPAN], &[], time::add_time),
    filter("base64", &[], &[], encode::base64),
    filter("bool", &[], &[], number::bool),
    filter("csv", &[], &[], encode::csv),
    filter("date", &[FORMAT], &[], time::date),
    filter("entries", &[], &[], object::entries),
    filter("first", &[], &[], list::first),
    filter("hash", &[], &[ALGORITHM], encode::hash),
    filter("hmac", &[Text], &[ALGORITHM], encode::hmac),
    filter("html_escape", &[], &[], encode::html_escape),
    filter("in_zone", &[ZONE], &[], time::in_zone),
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

impl Filter {
    /// Checks what is known before anything runs: the number of arguments, and those that are literals.
    pub(super) fn check(&self, arguments: &[Node]) -> Result<(), String> {
        let (least, most) = self.takes();
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
