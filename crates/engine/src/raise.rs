//! Events about runs: as part of the unit that ends a run, with the runs of the flows that watch for it. Such an event belongs to
//! the call, and to the message, that the run was about.

use crate::draft::{Draft, event_row};
use crate::engine::Inner;
use crate::job::Course;
use crate::plans::{Book, Compiled};
use crate::wire::EventDetail;
use calls::Event;
use kernel::Timestamp;
use kernel::id::{EventId, FlowId, MessageId, RunId};
use kernel::run::{Input, Raise, Run};
use serde_json::{Map, Value};
use std::sync::Arc;
use store::journal::EventRow;

impl Inner {
    /// Adds a new run of a flow on an event.
    pub(crate) fn start(
        &self,
        draft: &mut Draft,
        book: &Book,
        flow: Arc<Compiled>,
        event: &Arc<Event>,
        message: MessageId,
    ) -> RunId {
        let run = Run::new(self.stamp.id(event.call_id.part()));
        self.start_run(draft, book, flow, (event, message), run)
    }

    /// The same of an event of long ago.
    pub(crate) fn start_late(
        &self,
        draft: &mut Draft,
        book: &Book,
        flow: Arc<Compiled>,
        event: &Arc<Event>,
        message: MessageId,
    ) -> RunId {
        let run = Run {
            late: true,
            ..Run::new(self.stamp.id(event.call_id.part()))
        };
        self.start_run(draft, book, flow, (event, message), run)
    }

    fn start_run(
        &self,
        draft: &mut Draft,
        book: &Book,
        flow: Arc<Compiled>,
        (event, message): (&Arc<Event>, MessageId),
        run: Run,
    ) -> RunId {
        let course = Course {
            workspace: event.workspace_id,
            flow,
            event: event.clone(),
            message,
        };
        self.begin(draft, book, course, run, Input::Started, None)
    }

    /// Adds what a run raises about itself, and the runs that start on it.
    pub(crate) fn raise(
        &self,
        draft: &mut Draft,
        book: &Book,
        course: &Course,
        raised: Vec<Raise>,
    ) {
        for Raise { kind, said } in raised {
            self.signal(draft, book, (&course.event, course.message), (&kind, said));
        }
    }

    /// Adds an event about a run of `of`, as part of the same message, and the runs that it starts.
    pub(crate) fn signal(
        &self,
        draft: &mut Draft,
        book: &Book,
        of: (&Event, MessageId),
        (kind, said): (&str, Map<String, Value>),
    ) {
        let demand = (of.0.workspace_id, book.generation);
        if !draft.unit.matched_with.contains(&demand) {
            draft.unit.matched_with.push(demand);
        }
        let id = self.stamp.id(of.0.call_id.part());
        let Some(event) = about(of.0, id, kind, said, self.stamp.now()) else {
            return;
        };
        let started = self.matched(draft, book, &event, of.1);
        if !started.is_empty() || book.pauses(kind) {
            let row = signal_row(&event, of.1, None, book.generation);
            draft.unit.events.push(row);
        }
    }
}

/// An event about a run, of the call that the run was about; `None`: no such kind.
pub(crate) fn about(
    of: &Event,
    id: EventId,
    kind: &str,
    said: Map<String, Value>,
    at: Timestamp,
) -> Option<Arc<Event>> {
    Some(Arc::new(Event {
        id,
        kind: calls::Kind::parse(kind)?,
        at,
        settled: false,
        synthetic: true,
        signal: Some(Arc::new(said)),
        ..of.clone()
    }))
}

pub(crate) fn signal_row(
    event: &Event,
    message: MessageId,
    only: Option<FlowId>,
    generation: u64,
) -> EventRow {
    let detail = EventDetail {
        synthetic: true,
        tool: event.tool.clone(),
        script_step: event.script_step.clone(),
        signal: event.signal.clone(),
        only,
        generation,
        ..EventDetail::default()
    };
    event_row(event, message, &detail)
}

/// Such a flow is started for many failures at once, by whoever watches over the one that fails.
pub(crate) fn is_throttled(flow: &Compiled, event: &Event) -> bool {
    event.kind == calls::Kind::RunFailed && flow.plan.trigger.every.is_some()
}
