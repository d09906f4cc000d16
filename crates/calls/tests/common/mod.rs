//! Building blocks of the tests: messages of one call, times, and a call that is told them.
#![allow(dead_code, clippy::unwrap_used)]

use calls::{Call, Folded, Kind, Moment, Observation, Policy, TimerKind};
use kernel::Timestamp;
use serde_json::{Value, json};

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_763_659_680 + seconds).unwrap()
}

pub fn told(dedupe: &str, claims: &[Kind]) -> Observation {
    Observation {
        provider: "vapi".into(),
        provider_event: "message".into(),
        dedupe: dedupe.into(),
        claims: claims.to_vec(),
        at: None,
        complete: false,
        no_analysis_to_come: false,
        work: None,
        adds_turns: false,
        made_up: false,
        leg: false,
        backfilled: false,
        exact: false,
        hops: 0,
        call: snapshot(json!({})),
        tool: None,
        script_step: None,
        raw: Default::default(),
    }
}

/// A snapshot with the given fields and the call's id.
pub fn snapshot(mut fields: Value) -> calls::Snapshot {
    fields["provider_call_id"] = "c-1".into();
    serde_json::from_value(fields).unwrap()
}

pub fn analysis(value: i64) -> calls::Snapshot {
    snapshot(json!({"analysis": {"summary": "Wants a demo", "structured": {"budget": value}}}))
}

/// A call that is told one message after the other, and what came of it.
#[derive(Default)]
pub struct Told {
    pub call: Option<Call>,
    pub moments: Vec<Moment>,
    pub policy: Policy,
}

impl Told {
    pub fn tell(&mut self, message: &Observation, now: Timestamp) -> Vec<(Kind, bool)> {
        let folded = calls::fold(self.call.take(), message, "ep", now, &self.policy);
        self.keep(folded)
    }

    pub fn fire(&mut self, timer: TimerKind, now: Timestamp) -> Vec<(Kind, bool)> {
        let call = self.call.take().unwrap();
        let folded = calls::expire(call, timer, now, &self.policy);
        self.keep(folded)
    }

    /// Fires the earliest timer until there is none.
    pub fn fire_all(&mut self) {
        while let Some((timer, due)) = self.next_timer() {
            self.fire(timer, due);
        }
    }

    pub fn next_timer(&self) -> Option<(TimerKind, Timestamp)> {
        let timers = calls::fold::timers(self.call.as_ref()?);
        timers.into_iter().min_by_key(|(_, due)| *due)
    }

    pub fn call(&self) -> &Call {
        self.call.as_ref().unwrap()
    }

    /// Kinds raised so far; `true` marks the settled offer.
    pub fn kinds(&self) -> Vec<(Kind, bool)> {
        self.moments.iter().map(|m| (m.kind, m.settled)).collect()
    }

    fn keep(&mut self, folded: Folded) -> Vec<(Kind, bool)> {
        let raised = folded.moments.iter().map(|m| (m.kind, m.settled)).collect();
        self.moments.extend(folded.moments);
        self.call = Some(folded.call);
        raised
    }
}
