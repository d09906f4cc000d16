//! Counters put into the parts of a stretch of time.

use super::figures::Figures;
use crate::Refusal;
use crate::engine::Inner;
use kernel::Timestamp;
use kernel::id::{FlowId, WorkspaceId};
use kernel::quiet::hour;
use kernel::timeline::{Step, TimeZone, cut};
use store::tally::{By, Slice};

#[derive(Debug, Clone)]
pub struct Stretch {
    pub from: Timestamp,
    pub to: Timestamp,
    pub step: Step,
    pub zone: TimeZone,
    pub flow: Option<FlowId>,
    pub agent: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Part {
    pub from: Timestamp,
    pub to: Timestamp,
    pub figures: Figures,
}

#[derive(Debug, Clone)]
pub struct Timeline {
    pub parts: Vec<Part>,
    pub total: Figures,
}

impl Inner {
    pub(super) async fn timeline(
        &self,
        workspace: WorkspaceId,
        stretch: &Stretch,
    ) -> Result<Timeline, Refusal> {
        let edges = cut(stretch.from, stretch.to, stretch.step, &stretch.zone);
        let edges = edges.map_err(|problem| Refusal::Invalid(vec![problem]))?;
        let pairs = edges.iter().zip(edges.iter().skip(1));
        let parts = pairs.map(|(from, to)| Part {
            from: *from,
            to: *to,
            figures: Figures::default(),
        });
        let mut parts: Vec<Part> = parts.collect();
        let mut total = Figures::default();
        let hours = match (edges.first(), edges.last()) {
            (Some(first), Some(last)) => hour(*first)..hour(*last),
            _ => 0..0,
        };
        let by = By {
            time: Slice::Hour,
            ..By::default()
        };
        let (flow, agent) = (stretch.flow, stretch.agent.clone());
        let filter = self.shown_counters(workspace, hours, flow, agent);
        for sum in self.store.tallies(&filter, by).await? {
            total.count(&sum);
            let at = |part: &Part| hour(part.to) <= i64::from(sum.hour);
            let place = parts.partition_point(at);
            if let Some(part) = parts.get_mut(place) {
                part.figures.count(&sum);
            }
        }
        Ok(Timeline { parts, total })
    }
}
