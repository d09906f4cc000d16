//! Language models as values: a question becomes a request in a vendor's wire format, an answer in it becomes text, a value
//! that fits a JSON Schema, and what it used. It opens no socket and knows no key; nothing that a server answers can make it
//! panic.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod answer;
mod ask;
mod dialect;
mod json;
mod manner;
mod price;
mod schema;
mod trouble;

pub use answer::{Answer, Stop, Unreadable, Usage};
pub use ask::{Ask, By, Turn, Wire};
pub use dialect::Dialect;
pub use json::value as value_in;
pub use manner::{Manner, Way};
pub use price::Price;
pub use schema::{Flaw, Schema};
pub use trouble::{Cause, Trouble};
