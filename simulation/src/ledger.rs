//! What was sent to the world, by run and step: what is under way, how often, under which key, and what came of it.

use crate::host::Host;
use crate::model::Model;
use kernel::flow::OnUnknown;
use kernel::id::RunId;
use kernel::run::{Perform, Run, Status};
use std::collections::BTreeMap;

/// What whoever asked could know of one sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// It may have been done.
    UnderWay,
    Done,
    /// It was surely not done.
    Refused,
    Unknown,
}

#[derive(Debug)]
pub struct Sent {
    pub key: String,
    pub came: Came,
}

#[derive(Default)]
pub struct Ledger {
    pub sent: BTreeMap<(RunId, String), Vec<Sent>>,
    /// Whose calls to the world are under way, by host and run.
    under_way: BTreeMap<(u32, RunId), u32>,
}

impl Ledger {
    /// A node begins to perform: it must own the run, hold it once, and perform what the run's row says is next.
    pub fn begin(
        &mut self,
        model: &Model,
        host: &Host,
        run: RunId,
        perform: &Perform,
        is_punctual: bool,
    ) -> Option<String> {
        let (name, step) = (host.name(), &perform.step);
        let wrong = |what: String| Some(format!("{name} began `{step}` of {run}, {what}"));
        let held = self.under_way.entry((host.number, run)).or_default();
        *held += 1;
        if *held > 1 {
            return wrong("which it is performing already".into());
        }
        let owner = model.owner(run.part());
        if owner != Some(&name) {
            return wrong(format!("whose partition is {owner:?}'s"));
        }
        let Some(row) = model.runs.get(&run) else {
            return wrong("which does not exist".into());
        };
        let Ok(known) = serde_json::from_slice::<Run>(&row.state) else {
            return wrong("which cannot be read".into());
        };
        let at = known.cursor.as_ref().map(|cursor| cursor.step.as_str());
        if row.status.is_final() || at != Some(step) || perform.attempt < known.attempt {
            let (status, attempt) = (row.status, known.attempt);
            return wrong(format!(
                "attempt {}, which stands at {at:?}, attempt {attempt}, {status:?}",
                perform.attempt
            ));
        }
        let is_early = row.due_at.is_some_and(|due_at| due_at > host.now());
        if is_punctual && row.status == Status::Waiting && is_early {
            return wrong(format!(
                "which waits until {:?}, at {}",
                row.due_at,
                host.now()
            ));
        }
        None
    }

    pub fn end(&mut self, host: &Host, run: RunId) {
        if let Some(held) = self.under_way.get_mut(&(host.number, run)) {
            *held -= 1;
        }
    }

    /// The request leaves the house; says which sending it is, and what is wrong with it.
    pub fn send(
        &mut self,
        model: &Model,
        run: RunId,
        perform: &Perform,
        most: u32,
    ) -> (usize, Option<String>) {
        let sent = self.sent.entry((run, perform.step.clone())).or_default();
        sent.push(Sent {
            key: perform.key.clone(),
            came: Came::UnderWay,
        });
        let (last, earlier) = sent.split_last().expect("one was pushed");
        let takeovers = model.epoch(run.part()) - 1;
        let step = &perform.step;
        let fault = if earlier.iter().any(|other| other.key != last.key) {
            Some(format!(
                "`{step}` of {run} was sent under several keys: {sent:?}"
            ))
        } else if perform.on_unknown == OnUnknown::Stop
            && earlier.iter().any(|other| other.came != Came::Refused)
        {
            Some(format!(
                "`{step}` of {run} must not be sent twice, and was: {sent:?}"
            ))
        } else if sent.len() as u64 > u64::from(most) + takeovers {
            Some(format!(
                "`{step}` of {run} may have {most} attempts and {takeovers} take-overs, and was sent {} times",
                sent.len()
            ))
        } else {
            None
        };
        (sent.len() - 1, fault)
    }

    pub fn came(&mut self, run: RunId, step: &str, number: usize, came: Came) {
        if let Some(sent) = self.sent.get_mut(&(run, step.to_owned())) {
            sent[number].came = came;
        }
    }
}
