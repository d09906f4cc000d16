//! What the trouble with a statement means for its step: above all whether it may have been done.

use super::Trail;
use crate::builtin::Call;
use crate::client::is_endless;
use crate::failure::Code;
use ::sql::Trouble;
use kernel::run::{Failure, Retriable};
use std::time::Duration;
use tokio::time::Instant;

const DOUBT: &str = "nobody knows whether the change was made: the database was asked to keep it, and has not answered";

/// How long the database may take: a little less than there is, so that it is the database that says so.
pub(super) fn left(call: &Call<'_>) -> Duration {
    let left = call.deadline.saturating_duration_since(Instant::now());
    left - left / 20
}

/// The time-out came before any answer.
pub(super) fn late(trail: &Trail) -> Failure {
    if let Some(why) = trail.waits {
        return Code::Busy.because(why).into();
    }
    let reached = trail.opening.is_some() || trail.course.is_some();
    let kept = trail.writes
        && trail
            .course
            .as_ref()
            .is_some_and(|course| !course.give_up());
    let (code, message) = match (trail.in_doubt || kept, reached) {
        (true, _) => (Code::TimeoutAfterSending, DOUBT.to_owned()),
        (false, true) => {
            let kept = match trail.writes {
                true => "; nothing was changed",
                false => "",
            };
            (
                Code::Timeout,
                format!("the database has not answered within the time-out{kept}"),
            )
        }
        (false, false) => (
            Code::Timeout,
            "nobody answered as a database does within the time-out: check host and port".into(),
        ),
    };
    code.because(message).into()
}

pub(super) fn failure(trouble: &Trouble, connection: &str, in_doubt: bool) -> Failure {
    let (fault, retry) = match trouble {
        Trouble::SignIn(why) => (
            Code::SignIn.because(format!(
                "the database does not accept the user and password of connection `{connection}`: {why}. Correct them there"
            )),
            None,
        ),
        Trouble::NoDatabase(why) => (
            Code::SqlRefused.because(format!(
                "{why}: correct the database of connection `{connection}`"
            )),
            None,
        ),
        Trouble::Refused { message, again } => (
            Code::SqlRefused.because(message.clone()),
            again.then_some(Retriable::Yes),
        ),
        Trouble::Time(why) => (
            Code::Timeout.because(format!("the database stopped the statement: {why}")),
            None,
        ),
        Trouble::TooLarge(why) => (Code::OutputTooLarge.because(why.clone()), None),
        Trouble::Input(why) => (Code::BadInput.because(why.clone()), None),
        Trouble::NoTls => (
            Code::Tls.because(format!(
                "{trouble}: turn TLS on there, or set `tls` of connection `{connection}` to `off` where the network between is trusted"
            )),
            Some(Retriable::No),
        ),
        Trouble::Nonsense(why) => (Code::BadResponse.because(why.clone()), Some(Retriable::Yes)),
        Trouble::Broken(cause) if is_endless(&**cause) => (
            Code::OutputTooLarge.because("the answer is larger than is read: ask for less"),
            None,
        ),
        Trouble::Broken(_) => (Code::Reset.because(trouble.to_string()), None),
    };
    let mut failure = Failure::from(fault);
    failure.retry = retry.unwrap_or(failure.retry);
    if in_doubt {
        failure.retry = Retriable::Unknown;
        let doubt = match trouble {
            Trouble::Refused { .. } | Trouble::Time(_) => {
                "what it did before that may have been kept"
            }
            _ => DOUBT,
        };
        failure.message = format!("{}; {doubt}", failure.message);
    }
    failure
}
