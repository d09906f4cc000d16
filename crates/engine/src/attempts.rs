//! Attempts as they are counted by destination: committed with what came of them. Of a workspace that sends to very many places in
//! an hour the rest counts under one name, so that a template in a host cannot make counters without end.

use crate::job::Job;
use crate::plans::lock;
use kernel::gate::Verdict;
use kernel::id::WorkspaceId;
use kernel::run::Outcome;
use kernel::usage::{attempts, hour};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::Tally;

/// So many destinations of a workspace have counters of their own in an hour, on each node.
pub const MOST: usize = 200;
/// A host has at most 253 characters.
const LONGEST: usize = 300;
/// All others.
pub const OTHERS: &str = "other";

/// Which destinations have counters of their own.
#[derive(Default)]
pub(crate) struct Named(Mutex<InHour>);

#[derive(Default)]
struct InHour {
    hour: u32,
    names: HashMap<WorkspaceId, HashSet<Arc<str>>>,
}

impl Named {
    fn name<'d>(&self, workspace: WorkspaceId, destination: &'d Arc<str>, hour: u32) -> &'d str {
        if destination.len() > LONGEST {
            return OTHERS;
        }
        let mut known = lock(&self.0);
        if known.hour < hour {
            known.hour = hour;
            known.names.clear();
        }
        let names = known.names.entry(workspace).or_default();
        let is_named =
            names.contains(destination) || names.len() < MOST && names.insert(destination.clone());
        if is_named { destination } else { OTHERS }
    }

    /// What is counted of a call to the world; `None`: it never left.
    pub fn tally(&self, job: &Job, outcome: &Outcome) -> Option<Tally> {
        let took = Duration::try_from(outcome.ended_at.duration_since(outcome.started_at));
        let verdict = Verdict::of(&outcome.result);
        let meter = attempts::number(verdict, took.unwrap_or_default())?;
        let (workspace, hour) = (job.course.workspace, hour(outcome.ended_at));
        let name = self.name(workspace, &job.destination, hour);
        Some(Tally {
            workspace,
            hour,
            flow: None,
            agent: None,
            destination: Some(name.to_owned()),
            meter,
            amount: 1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_has_so_many_names_in_an_hour_and_no_more() {
        let (named, one) = (Named::default(), WorkspaceId::from_bytes([1; 16]));
        let host = |n: usize| Arc::<str>::from(format!("h{n}.example:443"));
        let own = |of, hour| {
            let hosts = (0..MOST + 5).map(host);
            hosts.filter(|to| named.name(of, to, hour) == &**to).count()
        };
        assert_eq!(own(one, 7), MOST);
        assert_eq!(own(one, 7), MOST, "those that have one keep it");
        assert_eq!(own(WorkspaceId::from_bytes([2; 16]), 7), MOST);
        assert_eq!(named.name(one, &host(MOST), 7), OTHERS);
        assert_eq!(named.name(one, &host(MOST), 8), &*host(MOST));
        // What ended just before the hour was over.
        assert_eq!(named.name(one, &host(MOST), 7), &*host(MOST));
        let long = "x".repeat(LONGEST + 1).into();
        assert_eq!(named.name(one, &long, 8), OTHERS);
    }
}
