//! Counters of what was done, by the hour: written by the unit that did it, so that they are exact, and summed when they are
//! read. What a meter means is somebody else's business.

use kernel::id::{FlowId, WorkspaceId};
use sha2::{Digest, Sha256};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub workspace: WorkspaceId,
    /// Whole hours since 1970.
    pub hour: u32,
    pub flow: Option<FlowId>,
    /// Of the call, as lists show it; an empty one is none.
    pub agent: Option<String>,
    pub meter: u16,
    /// Far below what a sum of them can hold.
    pub amount: u64,
}

/// What tells a counter from all others, in the order in which they are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TallyKey {
    pub hour: u32,
    /// A hash of workspace, flow and agent.
    pub series: [u8; 16],
    pub meter: u16,
}

impl Tally {
    pub fn key(&self) -> TallyKey {
        let mut hash = Sha256::new();
        hash.update(self.workspace.bytes());
        hash.update(self.flow.map_or([0; 16], |flow| flow.bytes()));
        hash.update(self.agent.as_deref().unwrap_or_default());
        let hash: [u8; 32] = hash.finalize().into();
        let mut series = [0; 16];
        series.copy_from_slice(&hash[..16]);
        TallyKey {
            hour: self.hour,
            series,
            meter: self.meter,
        }
    }

    pub fn agent(&self) -> Option<&String> {
        self.agent.as_ref().filter(|agent| !agent.is_empty())
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
