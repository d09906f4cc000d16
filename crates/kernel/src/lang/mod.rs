//! The value language: expressions, conditions and templates. Every evaluation ends, in time linear in its input, and
//! text that a template put out is never read as a template again.

mod condition;
mod escape;
mod eval;
mod expr;
pub mod filter;
pub mod moment;
mod nearest;
mod node;
mod number;
mod output;
mod parse;
mod path;
mod place;
pub mod preview;
mod relation;
pub mod secret;
mod template;
mod token;
mod value;
mod wanted;

pub use condition::Condition;
pub use expr::Expr;
pub use filter::{Filter, Filters};
pub use nearest::nearest;
pub use place::Place;
pub use template::Template;
pub(crate) use template::pieces::end as expression_end;
pub use wanted::{Bound, Key, Side, size};

/// The most a filter or a list in an expression may put out, and the longest template, in bytes.
pub const MAX_OUTPUT: usize = 1 << 20;
/// The most a template may put out, in bytes: the payload of the longest call that servers take unless told otherwise, and some.
pub const MAX_RENDERED: usize = 20 << 20;
/// The most that the filters and comparisons of one evaluation may look at, in bytes.
pub const MAX_WORK: usize = 64 << 20;
/// The longest expression, in bytes.
pub const MAX_EXPRESSION: usize = 16 << 10;
/// How deep expressions, paths and JSON trees may nest.
pub const MAX_DEPTH: usize = 64;

/// A dotted path that a template reads: its root and the rest, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path {
    pub root: String,
    pub rest: Vec<Segment>,
    /// Written as `${path}`: looks in the payload view first.
    pub view: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    Key(String),
    /// `[0]` or `.0`; in an object, the key of these digits.
    Index(usize),
}

/// What an evaluation noticed besides its value.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Paths that do not exist, and texts that a filter could not make out, as written, each once; at most 100.
    pub missing: Vec<String>,
    /// How much filters and comparisons have looked at, in bytes.
    pub work: usize,
}

impl Report {
    fn miss(&mut self, written: &str) {
        if self.missing.len() < 100 && !self.missing.iter().any(|known| known == written) {
            self.missing.push(written.to_owned());
        }
    }
}

/// Why an evaluation has no value: a required path is missing, a filter refused its input, a bound was passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake(pub String);
