//! A server's refusal in its own words, and what to do about the commonest.

use super::target::Target;
use crate::failure::Code;
use kernel::run::{Failure, Retriable};
use models::{Cause, Trouble};
use serde_json::Value;

/// What the server says, where it has answered at all.
pub(super) fn trouble(failure: &Failure) -> Option<(u16, Trouble)> {
    let status = failure.status?;
    let body = failure
        .output
        .as_ref()
        .map_or(&Value::Null, |output| &output.body);
    Some((status, Trouble::read(status, body)))
}

pub(super) fn explain(failure: &mut Failure, target: &Target<'_>) {
    let Some((status, trouble)) = trouble(failure) else {
        return;
    };
    let name = &target.connection.name;
    let said = match &*trouble.message {
        "" => failure.message.clone(),
        said => format!("`{name}` answered {status}: {said}"),
    };
    failure.message = match trouble.cause {
        Cause::Key => {
            let refused = Failure::from(Code::SignIn.because(""));
            (failure.code, failure.retry) = (refused.code, refused.retry);
            format!("the key of connection `{name}` is not accepted: correct it there ({said})")
        }
        Cause::NotFound => {
            let model = target.model;
            format!("{said}: correct the model `{model}` or the base URL of connection `{name}`")
        }
        Cause::Credit => {
            // Until a person has paid, nothing changes.
            failure.retry = Retriable::No;
            format!("{said}: the account behind connection `{name}` has no credit left")
        }
        Cause::Content => {
            let refused = Failure::from(Code::ModelRefused.because(""));
            (failure.code, failure.retry) = (refused.code, refused.retry);
            format!("the model's vendor keeps this back ({said})")
        }
        Cause::Other => said,
    };
}
