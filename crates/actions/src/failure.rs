//! Every way in which a call to the world can fail, each with its code and what it means for a retry.
//! `docs/failures.md` explains the codes to people; a test holds that it knows them all.

use kernel::run::{Failure, Retriable};

/// A failure in the making: what went wrong, before it is known of which step.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) message: String,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let (code, retry) = fault.code.row();
        Self {
            code: code.into(),
            message: fault.message,
            step: String::new(),
            status: None,
            output: None,
            retry,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    UnknownAction,
    BadInput,
    BadUrl,
    BadHeader,
    SecretMissing,
    ConnectionMissing,
    Blocked,
    Dns,
    Connect,
    Tls,
    /// Before the request left.
    Timeout,
    /// After it left.
    TimeoutAfterSending,
    /// Before the request left.
    Reset,
    /// After it left.
    ResetAfterSending,
    BadResponse,
    HttpStatus,
    Gone,
    /// A connection's user and password were not accepted.
    SignIn,
    MailRefused,
    CalendarMissing,
    EventMissing,
    /// Another event is where this one should be, or others change it all the time.
    EventConflict,
    /// The model, or its vendor's filter, will not answer.
    ModelRefused,
    /// The answer was cut off at the limit of tokens.
    ModelTruncated,
    /// The answer is not what was asked for, also when told what is wrong with it.
    ModelAnswer,
    /// The database does not take the statement.
    SqlRefused,
    OutputTooLarge,
}

impl Code {
    pub(crate) fn because(self, message: impl Into<String>) -> Fault {
        Fault {
            code: self,
            message: message.into(),
        }
    }

    fn row(self) -> (&'static str, Retriable) {
        match self {
            Code::UnknownAction => ("unknown_action", Retriable::No),
            Code::BadInput => ("bad_input", Retriable::No),
            Code::BadUrl => ("bad_url", Retriable::No),
            Code::BadHeader => ("bad_header", Retriable::No),
            Code::SecretMissing => ("secret_missing", Retriable::No),
            Code::ConnectionMissing => ("connection_missing", Retriable::No),
            Code::SignIn => ("sign_in", Retriable::No),
            // Decided by the server's reply: see `email.send`.
            Code::MailRefused => ("mail_refused", Retriable::No),
            Code::CalendarMissing => ("calendar_missing", Retriable::No),
            Code::EventMissing => ("event_missing", Retriable::No),
            // Another event stays; changes by others pass: see `calendar.update`.
            Code::EventConflict => ("event_conflict", Retriable::No),
            // Asked the same way it would say the same.
            Code::ModelRefused => ("model_refused", Retriable::No),
            Code::ModelTruncated => ("model_truncated", Retriable::No),
            Code::ModelAnswer => ("model_answer", Retriable::No),
            // Decided by the database's code: see `sql`.
            Code::SqlRefused => ("sql_refused", Retriable::No),
            Code::Blocked => ("blocked", Retriable::No),
            Code::Dns => ("dns", Retriable::Yes),
            Code::Connect => ("connect", Retriable::Yes),
            // An expired certificate is renewed, a handshake that broke off may not break off again.
            Code::Tls => ("tls", Retriable::Yes),
            Code::Timeout => ("timeout", Retriable::Yes),
            Code::TimeoutAfterSending => ("timeout", Retriable::Unknown),
            Code::Reset => ("reset", Retriable::Yes),
            Code::ResetAfterSending => ("reset", Retriable::Unknown),
            // The request arrived somewhere; what came of it cannot be read.
            Code::BadResponse => ("bad_response", Retriable::Unknown),
            // Decided by the status: see `client::status`.
            Code::HttpStatus => ("http_status", Retriable::No),
            // 410 to a webhook.
            Code::Gone => ("gone", Retriable::Gone),
            Code::OutputTooLarge => ("output_too_large", Retriable::No),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_on_failures_knows_every_code() {
        let page = include_str!("../../../docs/failures.md");
        for code in [
            Code::UnknownAction,
            Code::BadInput,
            Code::BadUrl,
            Code::BadHeader,
            Code::SecretMissing,
            Code::ConnectionMissing,
            Code::SignIn,
            Code::MailRefused,
            Code::CalendarMissing,
            Code::EventMissing,
            Code::EventConflict,
            Code::ModelRefused,
            Code::ModelTruncated,
            Code::ModelAnswer,
            Code::SqlRefused,
            Code::Blocked,
            Code::Dns,
            Code::Connect,
            Code::Tls,
            Code::Timeout,
            Code::Reset,
            Code::BadResponse,
            Code::HttpStatus,
            Code::Gone,
            Code::OutputTooLarge,
        ] {
            let (name, _) = code.row();
            assert!(page.contains(&format!("| `{name}` |")), "{name}");
        }
    }
}
