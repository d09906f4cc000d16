//! Which runs a command means, by the names that the API has for it.

use clap::Args;
use serde_json::{Map, Value};

#[derive(Args)]
pub struct Filter {
    /// Only runs of this flow, by its id.
    #[arg(long)]
    flow: Option<String>,
    /// Only runs with this status (running, waiting, succeeded, failed, cancelled; several with commas).
    #[arg(long)]
    status: Option<String>,
    /// Only runs that started at this time or later, e.g. 2026-11-20T08:00:00Z.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Only runs that started before this time.
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// Only runs on calls of this campaign, by name or id.
    #[arg(long)]
    campaign: Option<String>,
    /// Only runs on calls of this agent, by name or id.
    #[arg(long)]
    agent: Option<String>,
    /// Only runs on this call, by its id.
    #[arg(long)]
    call: Option<String>,
}

impl Filter {
    pub fn given(&self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("flow", self.flow.clone()),
            ("status", self.status.clone()),
            ("from", self.from.clone()),
            ("to", self.to.clone()),
            ("campaign", self.campaign.clone()),
            ("agent", self.agent.clone()),
            ("call", self.call.clone()),
        ]
    }

    /// `None`: it narrows nothing.
    pub fn body(&self) -> Option<Value> {
        let given = self.given().into_iter();
        let given = given.filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
        let given: Map<String, Value> = given.collect();
        (!given.is_empty()).then(|| given.into())
    }
}
