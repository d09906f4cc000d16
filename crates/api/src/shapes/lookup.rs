//! What rows of a list point at, each read once: calls, events and the names of flows.

use super::call::CallSummary;
use super::event::{Detail, EventSummary};
use super::run::{HeldBack, RunEvent, RunFlow, RunSummary};
use crate::errors::Result;
use engine::Engine;
use jiff::Timestamp;
use kernel::id::{CallId, EventId, FlowId};
use std::collections::HashMap;
use store::catalog::Kind;
use store::journal::{EventRow, RunRow};

pub struct Lookup<'a> {
    engine: &'a Engine,
    calls: HashMap<CallId, Option<CallSummary>>,
    events: HashMap<EventId, RunEvent>,
    flows: HashMap<(FlowId, u32), String>,
}

impl<'a> Lookup<'a> {
    pub fn new(engine: &'a Engine) -> Self {
        Self {
            engine,
            calls: HashMap::new(),
            events: HashMap::new(),
            flows: HashMap::new(),
        }
    }

    pub async fn call(&mut self, id: CallId) -> Result<Option<CallSummary>> {
        if let Some(call) = self.calls.get(&id) {
            return Ok(call.clone());
        }
        let row = self.engine.store().call_by_id(id).await?;
        let call = row.as_ref().map(CallSummary::from);
        self.calls.insert(id, call.clone());
        Ok(call)
    }

    async fn event(&mut self, id: EventId) -> Result<RunEvent> {
        if let Some(event) = self.events.get(&id) {
            return Ok(event.clone());
        }
        let row = self.engine.store().event(id).await?;
        let event = RunEvent {
            id,
            edited: row.as_ref().and_then(|row| Detail::of(row).edited),
            kind: row.map(|row| row.kind).unwrap_or_default(),
        };
        self.events.insert(id, event.clone());
        Ok(event)
    }

    async fn flow(&mut self, id: FlowId, version: u32) -> Result<String> {
        if let Some(name) = self.flows.get(&(id, version)) {
            return Ok(name.clone());
        }
        let document = self
            .engine
            .store()
            .version(Kind::Flow, id.bytes(), version)
            .await?;
        let name = document.map(|document| document.name).unwrap_or_default();
        self.flows.insert((id, version), name.clone());
        Ok(name)
    }

    pub async fn run(&mut self, row: &RunRow, now: Timestamp) -> Result<RunSummary> {
        let flow = RunFlow {
            id: row.flow,
            name: self.flow(row.flow, row.flow_version).await?,
            version: row.flow_version,
        };
        let event = self.event(row.event).await?;
        let call = self.call(row.call).await?;
        let held = self.engine.held(row).map(HeldBack::from);
        Ok(RunSummary {
            held,
            ..RunSummary::new(row, flow, event, call, now)
        })
    }

    pub async fn runs(&mut self, rows: &[RunRow], now: Timestamp) -> Result<Vec<RunSummary>> {
        let mut runs = Vec::with_capacity(rows.len());
        for row in rows {
            runs.push(self.run(row, now).await?);
        }
        Ok(runs)
    }

    pub async fn events(&mut self, rows: &[EventRow]) -> Result<Vec<EventSummary>> {
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            events.push(EventSummary::new(row, self.call(row.call).await?));
        }
        Ok(events)
    }
}
