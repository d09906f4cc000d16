//! What something is tried out on, as requests name it: a kind, a past call, or an event of one's own; at most one of them.

use crate::auth::Caller;
use crate::errors::{Code, Error, Result};
use crate::redact;
use crate::routes::calls;
use ::calls::{Event, Kind};
use engine::{Occasion, Refusal, Wanted};
use kernel::Problem;
use serde_json::Value;

/// The kind of a name that somebody gave.
pub fn kind(name: &str, path: &str) -> Result<Kind, Problem> {
    Kind::parse(name).ok_or_else(|| {
        let known: Vec<&str> = Kind::all().map(Kind::name).collect();
        let known = known.join(", ");
        Problem::new(
            path,
            format!("`{name}` is not an event kind; known: {known}"),
        )
    })
}

/// The occasion that a request names, if it names one.
pub async fn occasion<P>(
    caller: &Caller<P>,
    sample: Option<&str>,
    call: Option<&str>,
    event: Option<Value>,
) -> Result<Option<Occasion>> {
    let invalid = |problem| Error::invalid(Code::InvalidRequest, vec![problem]);
    let given = [
        ("/kind", sample.is_some()),
        ("/call_id", call.is_some()),
        ("/event", event.is_some()),
    ];
    let mut given = given
        .into_iter()
        .filter_map(|(path, given)| given.then_some(path));
    if let (Some(_), Some(second)) = (given.next(), given.next()) {
        let message = "give one of a kind, a call and an event of your own";
        return Err(invalid(Problem::new(second, message)));
    }
    if let Some(name) = sample {
        let kind = kind(name, "/kind").map_err(invalid)?;
        return Ok(Some(Occasion::Sample(kind)));
    }
    if let Some(id) = call {
        let row = calls::find(caller, id).await?;
        return Ok(Some(Occasion::Call(row.id)));
    }
    Ok(event.map(Occasion::Told))
}

/// The event of an occasion as the caller sees it: whatever is worked out from it tells no more than that.
pub async fn event<P>(
    caller: &Caller<P>,
    occasion: Occasion,
    wanted: Wanted<'_>,
) -> Result<Event, Refusal> {
    // Whoever tells an event knows it.
    let is_made_up = !matches!(occasion, Occasion::Call(_));
    let engine = &caller.state.engine;
    let event = engine.occasion(caller.workspace, occasion, wanted).await?;
    match &caller.hidden {
        Some(hidden) if !is_made_up => {
            let shown = redact::event(&caller.state, caller.workspace, hidden, event).await;
            let unread = "what is confidential of the call could not be read: try again";
            shown.map_err(|_| Refusal::Unavailable(unread.into()))
        }
        _ => Ok(event),
    }
}

/// Says of an event's problems where in the request they are.
pub fn below_event(error: Refusal) -> Error {
    match error {
        Refusal::Invalid(problems) => {
            let below =
                |problem: Problem| Problem::new(format!("/event{}", problem.path), problem.message);
            Error::invalid(
                Code::InvalidRequest,
                problems.into_iter().map(below).collect(),
            )
        }
        other => other.into(),
    }
}
