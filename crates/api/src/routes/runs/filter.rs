//! Which runs: the same names in the query of a list and in the body of a bulk request.

use crate::errors::Result;
use crate::params::Params;
use crate::routes::{agents, campaigns};
use crate::shapes::run::Status;
use crate::state::State;
use jiff::Timestamp;
use kernel::id::WorkspaceId;
use store::archive::{Parts, RunFilter};
use utoipa::{IntoParams, ToSchema};

/// Which runs. All that are given must hold.
#[derive(IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = RunFilter)]
#[allow(dead_code, reason = "describes what `read` reads")]
pub struct RunFilterIn {
    /// Id of the flow.
    flow: Option<String>,
    /// One or more, repeated or separated by commas.
    #[param(explode = true)]
    status: Option<Vec<Status>>,
    /// Started at or after.
    from: Option<Timestamp>,
    /// Started before.
    to: Option<Timestamp>,
    /// Name or id of the campaign.
    campaign: Option<String>,
    /// Name or id of the agent.
    agent: Option<String>,
    /// Id of the call.
    call: Option<String>,
    /// Id of the event that caused them.
    event: Option<String>,
    /// Id of a run: its branches, items and sub-flows.
    parent: Option<String>,
    /// `true`: only runs of whole flows, without branches and items.
    whole: Option<bool>,
}

pub fn read(params: &mut Params, workspace: WorkspaceId) -> RunFilter {
    RunFilter {
        workspace: Some(workspace),
        flow: params.id("flow"),
        statuses: params.words("status"),
        call: params.id("call"),
        event: params.id("event"),
        from: params.time("from"),
        to: params.time("to"),
        agent: params.text("agent"),
        campaign: params.text("campaign"),
        parts: parts(params),
    }
}

/// With the names under which runs are listed, where our ids are given.
pub async fn named(
    state: &State,
    workspace: WorkspaceId,
    mut filter: RunFilter,
) -> Result<RunFilter> {
    filter.agent = agents::listed(state, workspace, filter.agent).await?;
    filter.campaign = campaigns::listed(state, workspace, filter.campaign).await?;
    Ok(filter)
}

fn parts(params: &mut Params) -> Parts {
    let (parent, whole) = (params.id("parent"), params.parsed("whole"));
    match (parent, whole.unwrap_or(false)) {
        (Some(_), true) => {
            params.wrong("whole", "goes with no `parent`: give one of the two");
            Parts::With
        }
        (Some(run), false) => Parts::Of(run),
        (None, true) => Parts::Without,
        (None, false) => Parts::With,
    }
}
