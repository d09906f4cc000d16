//! Which runs a command means, by the names that the API has for it.

use clap::Args;
use serde_json::{Map, Value};

#[derive(Args)]
pub struct Filter {
    /// Only runs of this flow, by its id.
    #[arg(long, value_parser = given)]
    flow: Option<String>,
    /// Only runs with this status (running, waiting, succeeded, failed, cancelled; several with commas).
    #[arg(long, value_parser = given)]
    status: Option<String>,
    /// Only runs that started at this time or later, e.g. 2026-11-20T08:00:00Z. Beside a run to replay: `start` or `failed_step`, as --from-failed.
    #[arg(long, value_name = "TIME", value_parser = given)]
    pub from: Option<String>,
    /// Only runs that started before this time.
    #[arg(long, value_name = "TIME", value_parser = given)]
    to: Option<String>,
    /// Only runs on calls of this campaign, by name or id.
    #[arg(long, value_parser = given)]
    campaign: Option<String>,
    /// Only runs on calls of this agent, by name or id.
    #[arg(long, value_parser = given)]
    agent: Option<String>,
    /// Only runs on this call, by its id.
    #[arg(long, value_parser = given)]
    call: Option<String>,
}

impl Filter {
    pub fn members(&self) -> Vec<(&'static str, Option<String>)> {
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
        let members = self.members().into_iter();
        let given = members.filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
        let given: Map<String, Value> = given.collect();
        (!given.is_empty()).then(|| given.into())
    }
}

/// An empty value is a variable that was not set, and would mean all runs.
fn given(text: &str) -> Result<String, String> {
    match text.chars().any(|c| c != ',' && !c.is_whitespace()) {
        true => Ok(text.to_owned()),
        false => Err("is empty: give a value, or leave the option out".into()),
    }
}
