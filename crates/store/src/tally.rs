//! Counters of what was done, by the hour: written by the unit that did it, so that they are exact, and summed when they are
//! read. What a meter means is somebody else's business.

use kernel::id::{FlowId, WorkspaceId};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// So many series are remembered by their hash.
const KNOWN: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub workspace: WorkspaceId,
    /// Whole hours since 1970.
    pub hour: u32,
    pub flow: Option<FlowId>,
    /// Of the call, as lists show it; an empty one is none.
    pub agent: Option<String>,
    /// Where something went: such counters are apart from all others, and have neither flow nor agent.
    pub destination: Option<String>,
    pub meter: u16,
    /// Far below what a sum of them can hold.
    pub amount: u64,
}

/// What tells a counter from all others, in the order in which they are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TallyKey {
    pub hour: u32,
    /// A hash of workspace, flow and agent, or of workspace and destination.
    pub series: [u8; 16],
    pub meter: u16,
}

impl Tally {
    pub fn key(&self) -> TallyKey {
        self.key_in(self.series())
    }

    fn key_in(&self, series: [u8; 16]) -> TallyKey {
        TallyKey {
            hour: self.hour,
            series,
            meter: self.meter,
        }
    }

    fn series(&self) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(self.workspace.bytes());
        hash.update(self.flow.map_or([0; 16], |flow| flow.bytes()));
        hash.update(self.agent.as_deref().unwrap_or_default());
        let mut hash: [u8; 32] = hash.finalize().into();
        if let Some(destination) = &self.destination {
            // Over a hash: no agent's name comes to the same.
            let over = Sha256::new().chain_update(hash);
            hash = over.chain_update(destination).finalize().into();
        }
        let mut series = [0; 16];
        series.copy_from_slice(&hash[..16]);
        series
    }

    pub fn agent(&self) -> Option<&String> {
        self.agent.as_ref().filter(|agent| !agent.is_empty())
    }
}

/// A workspace's series of a flow or none, and whether they are named by destinations or by agents.
type Named = (WorkspaceId, Option<FlowId>, bool);

/// The series that were counted lately: few of them count for all, so a writer hashes each but once.
#[derive(Default)]
pub struct Series {
    known: HashMap<Named, HashMap<String, [u8; 16]>>,
    hashed: usize,
}

impl Series {
    pub fn key(&mut self, tally: &Tally) -> TallyKey {
        let to = tally.destination.as_deref();
        let name = to.or(tally.agent.as_deref()).unwrap_or_default();
        let of = (tally.workspace, tally.flow, to.is_some());
        let known = self.known.get(&of).and_then(|names| names.get(name));
        if let Some(series) = known {
            return tally.key_in(*series);
        }
        if self.hashed >= KNOWN {
            *self = Self::default();
        }
        self.hashed += 1;
        let series = tally.series();
        let names = self.known.entry(of).or_default();
        names.insert(name.to_owned(), series);
        tally.key_in(series)
    }
}

/// Which counters are summed.
#[derive(Debug, Clone, PartialEq)]
pub struct TallyFilter {
    pub workspace: WorkspaceId,
    pub from_hour: u32,
    /// The first hour that does not belong to it.
    pub to_hour: u32,
    pub flow: Option<FlowId>,
    pub agent: Option<String>,
    pub destination: Option<String>,
    /// None: all of them.
    pub meters: Vec<u16>,
    /// The most sums that are told.
    pub limit: u32,
}

/// What has a sum of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct By {
    pub time: Slice,
    pub flow: bool,
    pub agent: bool,
    pub destination: bool,
}

impl TallyFilter {
    /// Whether counters of destinations are summed, or all others.
    pub fn is_of_destinations(&self, by: By) -> bool {
        by.destination || self.destination.is_some()
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Slice {
    /// All of it, under the first hour that was asked for.
    #[default]
    All = 0,
    /// Days of UTC, each under its first hour.
    Day = 1,
    Hour = 2,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_hashed_once_and_has_the_key_that_it_has_alone() {
        let mut series = Series::default();
        for n in 0..1_000_u16 {
            let tally = Tally {
                workspace: WorkspaceId::from_bytes([1; 16]),
                hour: u32::from(n),
                flow: (n % 2 == 0).then(|| FlowId::from_bytes([2; 16])),
                agent: (n % 3 > 0).then(|| format!("Agent {}", n % 3)),
                destination: None,
                meter: n % 7,
                amount: 1,
            };
            assert_eq!(series.key(&tally), tally.key());
            let sent = Tally {
                agent: None,
                destination: tally.agent.clone(),
                ..tally.clone()
            };
            assert_eq!(series.key(&sent), sent.key());
            assert_eq!(sent.key() == tally.key(), tally.agent.is_none());
        }
        assert_eq!(series.hashed, 10);
    }
}
