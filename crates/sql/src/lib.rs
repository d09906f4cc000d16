//! Statements with bound values, and the dialogue with the databases that take them, on whatever stream is given (SQLite: a
//! file). Nothing here opens a socket or wraps TLS: whoever calls does, through the guard. No value ever becomes part of a
//! statement's text.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod answer;
mod build;
mod moment;
pub mod mysql;
pub mod postgres;
pub mod sqlite;
mod statement;
mod trouble;

pub use answer::{Answer, Bounds};
pub use build::{Conflict, Insert, Update, first_word, insert, is_reading, update};
pub use statement::{Dialect, Statement};
pub use trouble::Trouble;

/// Who signs in where.
#[derive(Clone, Copy)]
pub struct Login<'a> {
    pub user: &'a str,
    pub password: &'a str,
    pub database: &'a str,
}
