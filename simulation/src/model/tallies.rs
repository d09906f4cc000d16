//! Counters, and their sums.

use super::Model;
use std::collections::BTreeMap;
use store::Tally;
use store::tally::{By, Slice, TallyFilter};

impl Model {
    pub fn tally(&mut self, tally: &Tally) {
        self.tallies
            .entry(tally.key())
            .and_modify(|sum| sum.amount += tally.amount)
            .or_insert_with(|| tally.clone());
    }

    pub fn sums(&self, filter: &TallyFilter, by: By) -> Vec<Tally> {
        let wanted = |tally: &&Tally| {
            tally.workspace == filter.workspace
                && (filter.from_hour..filter.to_hour).contains(&tally.hour)
                && filter.flow.is_none_or(|flow| tally.flow == Some(flow))
                && (filter.agent.is_none() || tally.agent() == filter.agent.as_ref())
                && tally.destination.is_some() == filter.is_of_destinations(by)
                && (filter.destination.is_none() || tally.destination == filter.destination)
                && (filter.meters.is_empty() || filter.meters.contains(&tally.meter))
        };
        let mut sums = BTreeMap::new();
        for tally in self.tallies.values().filter(wanted) {
            let hour = match by.time {
                Slice::All => filter.from_hour,
                Slice::Day => tally.hour - tally.hour % 24,
                Slice::Hour => tally.hour,
            };
            let flow = tally.flow.filter(|_| by.flow);
            let agent = tally.agent().filter(|_| by.agent);
            let destination = tally.destination.as_ref().filter(|_| by.destination);
            let of = (hour, flow, agent, destination, tally.meter);
            *sums.entry(of).or_default() += tally.amount;
        }
        let sums = sums.into_iter().take(filter.limit as usize);
        sums.map(|((hour, flow, agent, destination, meter), amount)| Tally {
            workspace: filter.workspace,
            hour,
            flow,
            agent: agent.cloned(),
            destination: destination.cloned(),
            meter,
            amount,
        })
        .collect()
    }

    pub fn prune_tallies(&mut self, before_hour: u32, limit: u32) -> u64 {
        let before = self.tallies.len();
        for _ in 0..limit {
            match self.tallies.first_entry() {
                Some(first) if first.key().hour < before_hour => _ = first.remove(),
                _ => break,
            }
        }
        (before - self.tallies.len()) as u64
    }
}
