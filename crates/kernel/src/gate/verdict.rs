//! What the outcome of a call says about its destination.

use crate::run::{Failure, Output, Retriable};
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It answered as it should.
    Well,
    /// It answered, and will not do this: it is there.
    Refused,
    /// It could not be reached, took too long, or said that it cannot: what is tried again.
    Failed,
    /// It asked to be left alone for so long.
    Asked(Duration),
    /// It was not asked, or nobody knows.
    Nothing,
}

impl Verdict {
    pub fn of(result: &Result<Output, Failure>) -> Verdict {
        let failure = match result {
            Ok(_) => return Verdict::Well,
            Err(failure) => failure,
        };
        match failure.retry {
            // An action of ours that broke.
            _ if failure.code == "internal" => Verdict::Nothing,
            Retriable::Yes | Retriable::Unknown => Verdict::Failed,
            Retriable::After(wait) => Verdict::Asked(wait),
            Retriable::No | Retriable::Gone if failure.status.is_some() => Verdict::Refused,
            // It never left the house: a bad URL, a missing secret, a blocked address.
            Retriable::No | Retriable::Gone => Verdict::Nothing,
        }
    }
}
