//! Counters put into the parts of a stretch of time.

use super::figures::Figures;
use crate::Refusal;
use crate::engine::Inner;
use kernel::Timestamp;
use kernel::id::{FlowId, WorkspaceId};
use kernel::quiet::hour;
use kernel::timeline::{Step, TimeZone, cut};
use std::ops::Range;
use store::Tally;
use store::tally::{By, Slice, TallyFilter};

#[derive(Debug, Clone)]
pub struct Stretch {
    pub from: Timestamp,
    pub to: Timestamp,
    pub step: Step,
    pub zone: TimeZone,
}

#[derive(Debug, Clone)]
pub struct Part<F = Figures> {
    pub from: Timestamp,
    pub to: Timestamp,
    pub figures: F,
}

#[derive(Debug, Clone)]
pub struct Timeline<F = Figures> {
    /// The first part begins with it, and the last ends with `to`.
    pub from: Timestamp,
    pub to: Timestamp,
    pub parts: Vec<Part<F>>,
    pub total: F,
}

impl Inner {
    pub(super) async fn timeline(
        &self,
        workspace: WorkspaceId,
        stretch: &Stretch,
        flow: Option<FlowId>,
        agent: Option<String>,
    ) -> Result<Timeline, Refusal> {
        let filter = |hours| self.shown_counters(workspace, hours, flow, agent);
        self.summed(stretch, filter, Figures::count).await
    }

    /// What `filter` takes of the hours of a stretch, counted into its parts.
    pub(super) async fn summed<F: Default>(
        &self,
        stretch: &Stretch,
        filter: impl FnOnce(Range<i64>) -> TallyFilter,
        count: fn(&mut F, &Tally),
    ) -> Result<Timeline<F>, Refusal> {
        let edges = cut(stretch.from, stretch.to, stretch.step, &stretch.zone);
        let edges = edges.map_err(|problem| Refusal::Invalid(vec![problem]))?;
        let pairs = edges.iter().zip(edges.iter().skip(1));
        let parts = pairs.map(|(from, to)| Part {
            from: *from,
            to: *to,
            figures: F::default(),
        });
        let mut parts: Vec<Part<F>> = parts.collect();
        let mut total = F::default();
        let hours = match (edges.first(), edges.last()) {
            (Some(first), Some(last)) => hour(*first)..hour(*last),
            _ => 0..0,
        };
        let by = By {
            time: Slice::Hour,
            ..By::default()
        };
        for sum in self.store.tallies(&filter(hours), by).await? {
            count(&mut total, &sum);
            let at = |part: &Part<F>| hour(part.to) <= i64::from(sum.hour);
            let place = parts.partition_point(at);
            if let Some(part) = parts.get_mut(place) {
                count(&mut part.figures, &sum);
            }
        }
        Ok(Timeline {
            from: edges.first().copied().unwrap_or(stretch.from),
            to: edges.last().copied().unwrap_or(stretch.to),
            parts,
            total,
        })
    }
}
