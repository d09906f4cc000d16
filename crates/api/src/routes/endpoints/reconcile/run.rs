//! A look at once, for people and for tests of the settings.

use super::shape::Counts;
use crate::audit::ChangedNothing;
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::reconcile::{End, How, Looked, Source, look};
use crate::routes::endpoints::read::find;
use crate::shapes::id::At;
use axum::{Extension, Json};
use jiff::Timestamp;
use kernel::Problem;
use kernel::id::{CallId, Endpoint as EndpointKind};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

const MOST_PAGES: usize = 20;
const WITHIN: Duration = Duration::from_secs(30);
const MOST_HOURS: u32 = 168;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReconcileNow)]
pub struct Wanted {
    /// Says what would be done, and does nothing.
    #[serde(default)]
    dry_run: bool,
    /// Looks so far back from now, also before the endpoint was made, and leaves where the reconciler stands as it is.
    #[schema(minimum = 1, maximum = 168)]
    look_back_h: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReconcileReport)]
pub struct Report {
    dry_run: bool,
    /// Calls that began in this time were asked for.
    from: Timestamp,
    to: Timestamp,
    found: Counts,
    /// Those that were missing (in a dry run: are), at most a hundred.
    backfilled: Vec<Filled>,
    /// Those that could not be taken, at most a hundred.
    refused: Vec<Refused>,
    /// Not all of the list was looked at: the reconciler goes on by itself, a dry run can be narrowed by `look_back_h`.
    more: bool,
    /// Why the look ended before its time; null: it did not.
    #[schema(required = true)]
    error: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReconciledCall)]
pub struct Filled {
    provider_call_id: String,
    /// Null in a dry run.
    #[schema(value_type = Option<String>, required = true)]
    call_id: Option<CallId>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefusedCall)]
pub struct Refused {
    provider_call_id: String,
    reason: String,
}

/// Look for missed calls now
///
/// Asks the platform which calls there were, and takes those in whose webhooks never came. An error of the platform is in the answer.
#[utoipa::path(post, path = "/v1/endpoints/{id}/reconcile", tag = "endpoints", security(("key" = ["write"])), request_body = Wanted,
    responses((status = 200, body = Report)))]
pub async fn reconcile(
    caller: Caller<Write>,
    At(id): At<EndpointKind>,
    Body(wanted): Body<Wanted>,
) -> Result<(Option<Extension<ChangedNothing>>, Json<Report>)> {
    let state = &caller.state;
    let document = find(state, caller.workspace, id).await?;
    if wanted
        .look_back_h
        .is_some_and(|hours| hours == 0 || hours > MOST_HOURS)
    {
        let problem = Problem::new("/look_back_h", format!("is 1 to {MOST_HOURS} hours"));
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let not_now = |why: &str| Error::new(Code::NotNow, why);
    if !document.enabled {
        return Err(not_now("the endpoint is disabled; enable it first"));
    }
    let source = Source::open(state, &document)?;
    let source = source.ok_or_else(|| {
        not_now("the endpoint has no `reconcile` settings; set them with PATCH first")
    })?;
    let how = How {
        dry: wanted.dry_run,
        over: wanted
            .look_back_h
            .map(|hours| Duration::from_secs(u64::from(hours) * 3600)),
        pages: MOST_PAGES,
        within: WITHIN,
    };
    let looked = look(state, &source, how).await?;
    let dry = how.dry.then_some(Extension(ChangedNothing));
    Ok((dry, Json(report(how.dry, looked))))
}

fn report(dry_run: bool, looked: Looked) -> Report {
    let filled = looked.backfilled.into_iter();
    let refused = looked.refused.into_iter();
    Report {
        dry_run,
        from: looked.look.from,
        to: looked.look.to,
        found: looked.look.found.into(),
        backfilled: filled
            .map(|(provider_call_id, call_id)| Filled {
                provider_call_id,
                call_id,
            })
            .collect(),
        refused: refused
            .map(|(provider_call_id, reason)| Refused {
                provider_call_id,
                reason,
            })
            .collect(),
        more: matches!(looked.end, End::More),
        error: match looked.end {
            End::Failed(setback) => Some(setback.error),
            End::Over | End::More => None,
        },
    }
}
