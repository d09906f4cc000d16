//! What goes wrong between us and a receiver, told from hyper's errors: which failure it is, and whether the request may
//! have arrived.

use super::stream::Endless;
use crate::failure::{Code, Fault};
use std::error::Error;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("{0}")]
    Blocked(String),
    #[error("{0}")]
    Dns(String),
    #[error("{0}")]
    Connect(String),
    #[error("{0}")]
    Tls(String),
}

impl Trouble {
    pub(crate) fn fault(&self) -> Fault {
        let code = match self {
            Trouble::Blocked(_) => Code::Blocked,
            Trouble::Dns(_) => Code::Dns,
            Trouble::Connect(_) => Code::Connect,
            Trouble::Tls(_) => Code::Tls,
        };
        code.because(self.to_string())
    }
}

/// `sent`: a connection was found, so that the request may have arrived.
pub(crate) fn fault(error: &(dyn Error + 'static), sent: bool) -> Fault {
    if let Some(trouble) = find::<Trouble>(error) {
        return trouble.fault();
    }
    if is_endless(error) {
        return Code::OutputTooLarge.because("the receiver sends without end");
    }
    let deepest = causes(error).last().unwrap_or(error);
    match find::<hyper::Error>(error) {
        Some(cause) if cause.is_parse_too_large() => {
            Code::OutputTooLarge.because("the answer has more headers than are read")
        }
        Some(cause) if cause.is_parse() => {
            Code::BadResponse.because(format!("the answer is not HTTP: {deepest}"))
        }
        _ if sent => Code::ResetAfterSending.because(format!(
            "the connection broke before the answer was complete: {deepest}"
        )),
        _ => Code::Reset.because(format!(
            "the connection broke before the request left: {deepest}"
        )),
    }
}

/// Whether reading was stopped because the other side sends without end.
pub(crate) fn is_endless(error: &(dyn Error + 'static)) -> bool {
    find::<Endless>(error).is_some()
}

fn find<'e, T: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e T> {
    causes(error).find_map(|error| error.downcast_ref())
}

/// The error and what lies under it. An I/O error's own source is skipped by its `source`.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        next = match error.downcast_ref::<std::io::Error>() {
            Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
            None => error.source(),
        };
        Some(error)
    })
}
