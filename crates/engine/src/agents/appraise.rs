//! What analysing calls again would take, before anybody does it: how much a model would read, by the length of what was said,
//! and what that costs, by what analyses of the same agent have cost lately. An estimate, and never more than that.

use crate::Refusal;
use crate::engine::Inner;
use calls::agent::{Agent, Extracts};
use kernel::id::{CallId, FlowId, WorkspaceId};
use kernel::usage::{Meter, hour};
use std::sync::Arc;
use store::tally::{By, TallyFilter};

/// Bytes of a token, about.
const TOKEN: u64 = 4;
/// Tokens of what a question says beside the transcript, before variables are described.
const QUESTION: u64 = 600;
const LATELY_H: u32 = 90 * 24;

/// What one call would take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appraisal {
    /// The flow that would do it.
    pub flow: FlowId,
    /// None: rules do it.
    pub input_tokens: u64,
}

impl Inner {
    pub(crate) async fn appraise(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: CallId,
    ) -> Result<Appraisal, Refusal> {
        let (_, call) = self.call_of(workspace, id).await?;
        let (agent, flow) = self.analyses(workspace, &call).await?;
        let agent = self.kept::<Agent>(workspace, agent).await?.value;
        let asks = agent.extraction.as_ref().is_some_and(|extraction| {
            extraction.connection.is_some() && extraction.when != Extracts::Never
        });
        let said: usize = call
            .snapshot
            .transcript
            .iter()
            .map(|turn| turn.text.len() + 16)
            .sum();
        let told = agent.system_prompt.as_deref().map_or(0, str::len);
        let described: usize = agent
            .variables
            .iter()
            .map(|variable| variable.description.len() + 80)
            .sum();
        let bytes = (said + told + described) as u64;
        Ok(Appraisal {
            flow,
            input_tokens: if asks { QUESTION + bytes / TOKEN } else { 0 },
        })
    }

    /// What so many tokens cost a flow, by its last 90 days; `None`: it has not paid for any.
    pub(crate) async fn cost_lately(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        input_tokens: u64,
    ) -> Result<Option<f64>, Refusal> {
        let now = hour(self.stamp.now());
        let filter = TallyFilter {
            workspace,
            from_hour: now.saturating_sub(LATELY_H),
            to_hour: now + 1,
            flow: Some(flow),
            agent: None,
            destination: None,
            meters: vec![Meter::TokensIn.number(), Meter::ModelCost.number()],
            limit: 10,
        };
        let sums = self.store.tallies(&filter, By::default()).await?;
        let of = |meter: Meter| {
            let sum = sums.iter().find(|sum| sum.meter == meter.number());
            sum.map(|sum| sum.amount).filter(|amount| *amount > 0)
        };
        let (Some(read), Some(cost)) = (of(Meter::TokensIn), of(Meter::ModelCost)) else {
            return Ok(None);
        };
        Ok(Some(cost as f64 / read as f64 * input_tokens as f64 / 1e6))
    }
}
