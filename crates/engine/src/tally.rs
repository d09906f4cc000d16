//! What is counted of the engine's work, as part of the unit that does it: what a unit says and what it counts are durable
//! together, or not at all. Where counters go and what they cost is not known here.

use crate::job::{Course, Job};
use crate::listing::agent;
use calls::{Call, Moment};
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use kernel::run::{Next, Outcome, Status, Transition};
use kernel::usage::{Meter, hour};
use std::time::Duration;
use store::Tally;
use store::journal::RunRow;

/// Moments that a message raised, and the end of the call among them. Further offers of an end are not counted again.
pub(crate) fn of_moments(
    workspace: WorkspaceId,
    call: &Call,
    moments: &[Moment],
    now: Timestamp,
) -> impl Iterator<Item = Tally> {
    let known = &call.snapshot;
    let new = || {
        let moments = moments.iter();
        moments.filter(|moment| !moment.settled && !moment.to_analyze)
    };
    let has_ended = new().any(|moment| moment.kind == calls::Kind::Ended);
    let seconds = known.talk_s.or(known.duration_s).unwrap_or(0.0);
    let counted = [
        (Meter::Events, new().count() as u64),
        (Meter::CallsEnded, has_ended.into()),
        (
            Meter::CallSeconds,
            // A call of more than a day is a mistake of whoever tells of it.
            if has_ended {
                seconds.clamp(0.0, 86_400.0).round() as u64
            } else {
                0
            },
        ),
    ];
    let agent = agent(known);
    let counted = counted.into_iter().filter(|(_, amount)| *amount > 0);
    counted.map(move |(meter, amount)| Tally {
        workspace,
        hour: hour(now),
        flow: None,
        agent: agent.clone(),
        destination: None,
        meter: meter.number(),
        amount,
    })
}

/// A call that is heard of for the first time.
pub(crate) fn of_call(workspace: WorkspaceId, call: &Call, now: Timestamp) -> Tally {
    Tally {
        workspace,
        hour: hour(now),
        flow: None,
        agent: agent(&call.snapshot),
        destination: None,
        meter: Meter::CallsBegun.number(),
        amount: 1,
    }
}

/// The meter of a run that is over now.
fn ended(transition: &Transition) -> Option<Meter> {
    match (transition.run.status, &transition.next) {
        (Status::Succeeded, Next::End) => Some(Meter::RunsSucceeded),
        (Status::Failed, Next::End) => Some(Meter::RunsFailed),
        _ => None,
    }
}

/// The end of a run whose course is gone, and with it the call's agent.
pub(crate) fn of_end(row: &RunRow, transition: &Transition, now: Timestamp) -> Option<Tally> {
    ended(transition).map(|meter| Tally {
        workspace: row.workspace,
        hour: hour(now),
        flow: Some(row.flow),
        agent: None,
        destination: None,
        meter: meter.number(),
        amount: 1,
    })
}

impl Course {
    pub(crate) fn tally(&self, meter: Meter, amount: u64, now: Timestamp) -> Tally {
        Tally {
            workspace: self.workspace,
            hour: hour(now),
            flow: Some(self.flow.id),
            agent: agent(&self.event.call),
            destination: None,
            meter: meter.number(),
            amount,
        }
    }

    pub(crate) fn tally_end(&self, transition: &Transition, now: Timestamp) -> Option<Tally> {
        ended(transition).map(|meter| self.tally(meter, 1, now))
    }

    /// When what the run answers has happened: the end of the call where the platform told of it, else its message.
    fn since(&self) -> Timestamp {
        let came = i64::try_from(self.event.id.unix_ms()).ok();
        let came = came.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let is_end = self.event.kind == calls::Kind::Ended && !self.event.settled;
        let ended = self.event.call.ended_at.filter(|_| is_end);
        ended.or(came).unwrap_or(self.event.at)
    }
}

impl Job {
    /// What came of its call to the world. `is_first`: nothing was done of this run before.
    pub(crate) fn tally(&self, outcome: &Outcome, is_first: bool) -> Vec<Tally> {
        let now = outcome.ended_at;
        let of = |meter, amount| self.course.tally(meter, amount, now);
        let mut tallies: Vec<Tally> = outcome.used.iter().map(|(meter, n)| of(meter, n)).collect();
        if outcome.result.is_ok() {
            tallies.push(of(Meter::Actions, 1));
            let is_own = self.run.parent.is_none() && self.run.root == self.run.id;
            if is_first && is_own && !self.run.late {
                let took = Duration::try_from(now.duration_since(self.course.since()));
                tallies.push(of(Meter::of_latency(took.unwrap_or_default()), 1));
            }
        }
        tallies
    }
}
