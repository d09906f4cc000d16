//! Why the engine did not do what it was asked, by what the asker can do about it.

use kernel::Problem;
use kernel::run::{Failure, Retriable};
use std::fmt::Display;

#[derive(Debug, Clone, thiserror::Error)]
pub enum Refusal {
    #[error("there is no {0}")]
    NotFound(&'static str),
    #[error("the document has {} problems", .0.len())]
    Invalid(Vec<Problem>),
    /// Somebody else changed the document; it has this version now.
    #[error("the document was changed meanwhile: it has version {0} now")]
    Conflict(u32),
    #[error("{0} is already taken")]
    Taken(String),
    /// The state of the thing does not allow it.
    #[error("{0}")]
    NotNow(String),
    /// What a replay needs has been pruned.
    #[error("the payload of this run has expired and was removed; it cannot be replayed")]
    PayloadExpired,
    /// Too much at once: try again in so many seconds.
    #[error("too many requests at once; try again in {0} s")]
    Overloaded(u32),
    /// The store is away or full: try again later; nothing was kept.
    #[error("the store is unavailable; nothing was kept, try again later")]
    Unavailable(String),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Refusal::Unavailable(error.to_string())
    }
}

/// A failure of a step that no action made.
pub(crate) fn failed(code: &str, message: String, retry: Retriable) -> Failure {
    Failure {
        code: code.into(),
        message,
        step: String::new(),
        status: None,
        output: None,
        retry,
    }
}

/// What a step needs of this server cannot be had now.
pub(crate) fn unavailable(what: &str, why: impl Display) -> Failure {
    failed("unavailable", format!("{what}: {why}"), Retriable::Yes)
}
