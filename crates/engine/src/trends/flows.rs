//! How each flow did in a stretch of time.

use super::figures::Figures;
use crate::Refusal;
use crate::engine::Inner;
use kernel::id::{FlowId, WorkspaceId};
use kernel::quiet::hour;
use kernel::timeline::MOST_DAYS;
use kernel::{Problem, Timestamp};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use store::catalog::Kind;
use store::tally::By;

/// Nobody reads a longer list.
const MOST: usize = 100;

#[derive(Debug, Clone)]
pub struct FlowFigures {
    pub flow: FlowId,
    /// `None`: it was deleted.
    pub name: Option<String>,
    pub figures: Figures,
}

impl Inner {
    pub(crate) async fn flow_figures(
        &self,
        workspace: WorkspaceId,
        from: Timestamp,
        to: Timestamp,
        agent: Option<String>,
    ) -> Result<Vec<FlowFigures>, Refusal> {
        if to.duration_since(from).as_secs() > MOST_DAYS * 24 * 3600 {
            let message = format!("is more than {MOST_DAYS} days after `from`");
            return Err(Refusal::Invalid(vec![Problem::new("to", message)]));
        }
        // An hour that has begun belongs to it.
        let hours = hour(from)..hour(to) + 1;
        let filter = self.shown_counters(workspace, hours, None, agent);
        let by = By {
            flow: true,
            ..By::default()
        };
        let mut flows: BTreeMap<FlowId, Figures> = BTreeMap::new();
        for sum in self.store.tallies(&filter, by).await? {
            if let Some(flow) = sum.flow {
                flows.entry(flow).or_default().count(&sum);
            }
        }
        let mut flows: Vec<_> = flows
            .into_iter()
            .filter(|(_, figures)| figures.has_runs())
            .collect();
        flows.sort_by_key(|(_, figures)| Reverse((figures.failed, figures.begun)));
        flows.truncate(MOST);
        let mut named = Vec::with_capacity(flows.len());
        for (flow, figures) in flows {
            let document = self.store.get(Kind::Flow, flow.bytes()).await?;
            named.push(FlowFigures {
                flow,
                name: document.map(|document| document.name),
                figures,
            });
        }
        Ok(named)
    }
}
