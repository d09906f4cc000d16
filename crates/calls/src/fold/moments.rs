//! Raising moments: each one-shot kind once per call, each repeatable one once per its own key, the end exactly once and
//! its settled offer exactly once after it.

use super::memory::{own_key, record, remember};
use super::{Folded, Moment, Policy, derive, sources};
use crate::{Call, Kind, Observation};
use kernel::Timestamp;
use serde_json::Map;
use std::time::Duration;

const MOST_TOOLS: usize = 100;

pub(super) struct Stage<'p> {
    pub(super) call: Call,
    pub(super) moments: Vec<Moment>,
    pub(super) now: Timestamp,
    pub(super) policy: &'p Policy,
    by_timer: bool,
    pub(super) by_backfill: bool,
}

impl<'p> Stage<'p> {
    pub fn new(call: Call, now: Timestamp, policy: &'p Policy) -> Self {
        Self {
            call,
            moments: Vec::new(),
            now,
            policy,
            by_timer: false,
            by_backfill: false,
        }
    }

    pub fn by_timer(self) -> Self {
        Self {
            by_timer: true,
            ..self
        }
    }

    pub fn by_backfill(self, by_backfill: bool) -> Self {
        Self {
            by_backfill,
            ..self
        }
    }

    pub fn claim(&mut self, kind: Kind, told: &Observation) {
        let at = happened(kind, told).unwrap_or(self.now);
        match kind {
            Kind::Ended => self.claim_end(at, told.complete),
            Kind::Analyzed | Kind::Reanalyzed => self.call.untold_analysis = Some(at),
            Kind::Dialing
            | Kind::Incoming
            | Kind::Started
            | Kind::Answered
            | Kind::VoicemailDetected => {
                if !self.call.has(kind) && !self.call.ended_by_watchdog {
                    self.raise(kind, at);
                }
            }
            Kind::TransferStarted | Kind::TransferEnded if self.call.ended_by_watchdog => {}
            // No message tells of these.
            Kind::RunFailed
            | Kind::FlowFailing
            | Kind::FlowPaused
            | Kind::DestinationFailing
            | Kind::BudgetReached => {}
            Kind::ToolCalled
            | Kind::TransferStarted
            | Kind::TransferEnded
            | Kind::RecordingReady => {
                let is_new = own_key(kind, told).is_none_or(|key| remember(&mut self.call, key));
                let is_told = !told.exact && self.is_told(kind);
                if !is_told && is_new {
                    self.raise(kind, at);
                    self.attach_question(kind, told);
                }
            }
        }
    }

    /// Links and times are not the same in a message and in an answer. What a back-fill says of a kind that was told is the same
    /// moment, and so is the first message of that kind after it.
    fn is_told(&mut self, kind: Kind) -> bool {
        let backfilled = &mut self.call.backfilled;
        if !self.by_backfill {
            let told = backfilled.iter().position(|told| *told == kind);
            return told.map(|told| backfilled.swap_remove(told)).is_some();
        }
        if self.call.has(kind) {
            return true;
        }
        self.call.backfilled.push(kind);
        false
    }

    /// A bare "ended" waits for the report, but not for ever.
    fn claim_end(&mut self, at: Timestamp, complete: bool) {
        if self.call.has(Kind::Ended) {
            return;
        }
        if complete || self.policy.grace.is_zero() {
            self.end(at);
        } else if self.call.grace_until.is_none() {
            self.call.grace_until = Some(after(self.now, self.policy.grace));
        }
    }

    pub fn end_after_grace(&mut self) {
        self.end(self.call.snapshot.ended_at.unwrap_or(self.now));
    }

    pub fn end_by_watchdog(&mut self) {
        self.call.ended_by_watchdog = true;
        self.end(self.now);
    }

    fn end(&mut self, at: Timestamp) {
        self.raise(Kind::Ended, at);
        self.call.end_told_at = Some(self.now);
        self.call.grace_until = None;
        self.call.watchdog_at = None;
        let own = self.call.settle_within_s;
        let wait = own.map_or(self.policy.settle_within, |own| {
            Duration::from_secs(own.into())
        });
        self.call.settle_by = Some(after(self.now, wait));
    }

    /// Of a call in which people spoke, where an agent wants to have it.
    pub fn awaits_recording(&self) -> bool {
        let known = &self.call.snapshot;
        let profile = known
            .agent
            .as_ref()
            .and_then(|agent| agent.profile.as_ref());
        let is_there = known
            .recording
            .as_ref()
            .is_some_and(|recording| recording.url.is_some());
        profile.is_some_and(|profile| profile.awaits_recording)
            && !is_there
            && derive::connected(&self.call) == Some(true)
    }

    pub fn settle(&mut self) {
        self.call.settle_by = None;
        self.tell_analysis();
        if !std::mem::replace(&mut self.call.settled, true) {
            self.moments.push(Moment {
                settled: true,
                ..self.end_again()
            });
        }
    }

    pub fn offer_to_analyze(&mut self) {
        self.moments.push(Moment {
            to_analyze: true,
            ..self.end_again()
        });
    }

    fn end_again(&self) -> Moment {
        let ended = self.call.raised.iter().find(|r| r.kind == Kind::Ended);
        self.moment(Kind::Ended, ended.map_or(self.now, |ended| ended.at))
    }

    pub fn raise(&mut self, kind: Kind, at: Timestamp) {
        record(&mut self.call, kind, at);
        self.moments.push(self.moment(kind, at));
    }

    fn moment(&self, kind: Kind, at: Timestamp) -> Moment {
        Moment {
            kind,
            at,
            settled: false,
            to_analyze: false,
            synthetic: self.by_timer,
            backfilled: self.by_backfill,
            tool: None,
            script_step: None,
        }
    }

    fn attach_question(&mut self, kind: Kind, told: &Observation) {
        let Some(moment) = self.moments.last_mut().filter(|_| kind.asks()) else {
            return;
        };
        moment.tool.clone_from(&told.tool);
        moment.script_step.clone_from(&told.script_step);
        if let Some(tool) = &told.tool {
            keep_tool(&mut self.call.snapshot.tools, tool);
        }
    }

    pub fn finish(mut self) -> Folded {
        derive::derive(&mut self.call);
        sources::tell(&mut self.call);
        Folded {
            call: self.call,
            moments: self.moments,
            duplicate: false,
        }
    }
}

fn keep_tool(tools: &mut Map<String, serde_json::Value>, tool: &crate::Tool) {
    if tools.len() < MOST_TOOLS || tools.contains_key(&tool.name) {
        tools.insert(tool.name.clone(), tool.arguments.clone());
    }
}

/// When it happened by the platform's clock.
fn happened(kind: Kind, told: &Observation) -> Option<Timestamp> {
    let call = &told.call;
    let own = match kind {
        Kind::Started => call.started_at,
        Kind::Answered => call.answered_at,
        Kind::TransferStarted | Kind::TransferEnded => call.transfer.as_ref().and_then(|t| t.at),
        Kind::Ended => call.ended_at,
        _ => None,
    };
    told.at.or(own)
}

pub(super) fn after(now: Timestamp, wait: Duration) -> Timestamp {
    let wait = jiff::SignedDuration::try_from(wait).unwrap_or(jiff::SignedDuration::MAX);
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}
