//! Why a step fails by the kernel's own decision: a mistake in a template, a bound passed. The same data would fail again, so
//! it is never retried.

use super::{Failure, Retriable};
use crate::lang::Mistake;

#[derive(Debug)]
pub(super) struct Refusal {
    code: &'static str,
    message: String,
}

impl Refusal {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// The failure of the step that it happened in.
    pub(super) fn at(self, step: &str) -> Failure {
        Failure {
            code: self.code.to_owned(),
            message: self.message,
            step: step.to_owned(),
            status: None,
            output: None,
            retry: Retriable::No,
        }
    }
}

impl From<Mistake> for Refusal {
    fn from(mistake: Mistake) -> Self {
        Self::new("template", mistake.0)
    }
}
