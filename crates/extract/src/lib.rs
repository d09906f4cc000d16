//! From a transcript to typed values: what a model is asked and what is taken from its answer, rules that work without one,
//! and what a platform has found itself. Pure; a value that no turn of the call says is null, never a guess.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod about;
mod extracted;
mod model;
mod platform;
mod quote;
mod rules;
mod value;
mod wanted;

pub use about::{About, turns};
pub use extracted::{Evidence, Extracted, Flag, Source};
pub use model::{Form, Part};
pub use platform::{filled, left, mapped};
pub use rules::by_rules;
pub use wanted::{Kind, Question, Variable, Wanted};
