//! Which calls are meant: the filters of the list, of its export and of analysing many again. They narrow each other.

use crate::auth::Caller;
use crate::errors::Result;
use crate::params::Params;
use crate::redact::UNSEEN;
use crate::routes::{agents, campaigns};
use crate::state::State;
use calls::call::search;
use jiff::Timestamp;
use store::archive::CallFilter;
use utoipa::{IntoParams, ToSchema};

#[derive(IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct CallQuery {
    /// Part of a number, how the platform's id begins, or words in their order out of that id or the contact's names and e-mail
    /// address.
    #[param(example = "0100")]
    search: Option<String>,
    status: Option<String>,
    /// Name or id of the agent.
    agent: Option<String>,
    /// Name or id of the campaign.
    campaign: Option<String>,
    disposition: Option<String>,
    /// The platform.
    #[param(example = "vapi")]
    provider: Option<String>,
    /// As the analysis says it, in whatever case.
    #[param(example = "negative")]
    sentiment: Option<String>,
    /// A key question that was answered.
    #[param(example = "Did they book?")]
    question: Option<String>,
    /// How `question` was answered, in whatever case: `true`, `7`, an item of a list, the first 100 characters of a text.
    #[param(example = "true")]
    answer: Option<String>,
    /// Lasted at least so many seconds.
    #[param(minimum = 0)]
    min_duration_s: Option<f64>,
    /// Lasted at most so many seconds.
    #[param(minimum = 0)]
    max_duration_s: Option<f64>,
    /// Either side of the call, exactly.
    number: Option<String>,
    /// First heard of at or after.
    from: Option<Timestamp>,
    /// First heard of before.
    to: Option<Timestamp>,
}

pub fn read<P>(params: &mut Params, caller: &Caller<P>) -> CallFilter {
    let search = params.search();
    let searched = ["from", "to", "contact"];
    if !search.is_empty() && searched.iter().any(|field| caller.misses(field)) {
        params.wrong("search", UNSEEN);
    }
    let min_duration_s = seconds(params, "min_duration_s");
    let max_duration_s = seconds(params, "max_duration_s");
    if min_duration_s
        .zip(max_duration_s)
        .is_some_and(|(min, max)| min > max)
    {
        params.wrong("max_duration_s", "is less than `min_duration_s`");
    }
    CallFilter {
        workspace: Some(caller.workspace),
        status: params.text("status"),
        agent: params.text("agent"),
        campaign: params.text("campaign"),
        disposition: params.text("disposition"),
        number: params.text("number"),
        from: params.time("from"),
        to: params.time("to"),
        provider: params.text("provider"),
        min_duration_s,
        max_duration_s,
        sentiment: params.text("sentiment").map(|told| told.to_lowercase()),
        answer: answer(params, caller),
        words: search::pattern(&search),
    }
}

/// With the names under which calls are listed, where our ids are given.
pub async fn named(state: &State, mut filter: CallFilter) -> Result<CallFilter> {
    let Some(workspace) = filter.workspace else {
        return Ok(filter);
    };
    filter.agent = agents::listed(state, workspace, filter.agent).await?;
    filter.campaign = campaigns::listed(state, workspace, filter.campaign).await?;
    Ok(filter)
}

fn answer<P>(params: &mut Params, caller: &Caller<P>) -> Option<String> {
    let (question, answer) = (params.text("question"), params.text("answer"));
    if question.is_none() && answer.is_some() {
        params.wrong("answer", "needs the `question` that it answers");
    }
    if answer.is_some() && caller.misses("answers") {
        params.wrong("answer", UNSEEN);
    }
    Some(search::answered(&question?, answer.as_deref()))
}

fn seconds(params: &mut Params, name: &str) -> Option<f64> {
    let seconds: f64 = params.parsed(name)?;
    if !(seconds >= 0.0 && seconds.is_finite()) {
        params.wrong(name, format!("`{seconds}` is no number of seconds"));
    }
    Some(seconds)
}
