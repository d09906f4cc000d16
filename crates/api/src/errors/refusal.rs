//! What the engine and the store refuse, as answers.

use super::{Code, Error};
use engine::Refusal;

/// Seconds after which a store that is away is worth another try.
const AWAY: u32 = 5;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            Refusal::NotFound(what) => Error::not_found(what),
            Refusal::Invalid(problems) => Error::invalid(Code::InvalidRequest, problems),
            Refusal::Conflict(_) => Error::new(Code::VersionConflict, detail),
            Refusal::Taken(_) => Error::new(Code::AlreadyExists, detail),
            Refusal::NotNow(_) => Error::new(Code::NotNow, detail),
            Refusal::PayloadExpired => Error::new(Code::PayloadExpired, detail),
            Refusal::Overloaded(seconds) => Error {
                retry_after: Some(seconds),
                ..Error::new(Code::TooManyRequests, detail)
            },
            Refusal::Unavailable(reason) => {
                tracing::warn!(reason, "a request found the store unavailable");
                Error {
                    retry_after: Some(AWAY),
                    ..Error::new(Code::Unavailable, detail)
                }
            }
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Corrupt(reason) => {
                tracing::error!(reason, "a stored document cannot be read");
                Error::new(Code::Internal, "a stored document cannot be read")
            }
            other => Refusal::from(other).into(),
        }
    }
}
