//! A unit of writes in the making, with the jobs that begin once it is durable. Pure assembly: nothing is read or committed here.

use crate::engine::Inner;
use crate::figures::Advanced;
use crate::job::{Course, Job};
use crate::listing::one_line;
use crate::live::{Notice, progress};
use crate::past::Past;
use crate::plans::{Book, Compiled};
use crate::raise::is_throttled;
use crate::tally;
use crate::timed::run_timer;
use crate::watch::Note;
use crate::wire::{self, EventDetail, MessageBody, Place};
use calls::{Call, Event, Kind, Moment};
use kernel::Timestamp;
use kernel::id::{Event as EventKind, MessageId, RunId, WorkspaceId};
use kernel::run::{Input, Next, Run, Status, Transition};
use kernel::usage::Meter;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;
use store::journal::{EntryRow, EventRow, MessageRow, RunAdvance, RunRow, TimerKind, Unit};
use tokio::time::Instant;

#[derive(Default)]
pub(crate) struct Draft {
    pub unit: Unit,
    /// What new runs begin with.
    pub begins: Vec<Job>,
    /// What the run that took a step does next.
    pub goes_on: Option<Job>,
    /// What is to be looked at once it is durable: failures, and webhooks that are gone.
    pub noted: Vec<Note>,
    /// What watchers hear of runs that went on, and what is counted of all runs, once it is durable.
    pub news: Vec<Notice>,
    pub advanced: Advanced,
}

impl Draft {
    /// Keeps a moment that nobody was told of before.
    pub(crate) fn tell_of(&mut self, past: &Past) {
        if let Some((message, event)) = past.new.clone() {
            self.unit.messages.push(message);
            self.unit.events.push(event);
        }
    }
}

/// One message (or fired timer) of a call and what it raised.
pub(crate) struct Told<'a> {
    pub place: &'a Place,
    pub call: &'a mut Call,
    pub moments: &'a [Moment],
    pub message: MessageRow,
    pub raw: Arc<serde_json::Value>,
    pub dedupe: u64,
}

impl Inner {
    /// Adds a message, the events it raised and the runs they start; returns the runs. The call notes whom its end was offered.
    pub(crate) fn tell(&self, draft: &mut Draft, book: &Book, told: Told<'_>) -> Vec<RunId> {
        let Told {
            place,
            call,
            moments,
            mut message,
            raw,
            dedupe,
        } = told;
        let raised = call
            .raised
            .iter()
            .map(|raised| (raised.kind, raised.at))
            .collect();
        let body = MessageBody {
            call: Arc::new(call.snapshot.clone()),
            moments: raised,
            raw,
            hops: call.hops,
        };
        message.body = wire::encode(&body);
        let mut runs = Vec::new();
        for (n, moment) in moments.iter().enumerate() {
            let id = message.id.cast::<EventKind>().behind(n);
            let event = Arc::new(wire::event(moment, id, place, &body));
            let mut detail = EventDetail::new(moment, dedupe, book.generation);
            let begun = draft.unit.runs.len();
            let started = if moment.to_analyze {
                let facts = calls::schema::facts(&event);
                let flow = book.analyzing(&facts);
                let waits = || book.analyzing_later(&facts);
                detail.only = flow.as_ref().map(|flow| flow.id).or_else(waits);
                let run = flow.map(|flow| self.start(draft, book, flow, &event, message.id));
                run.into_iter().collect()
            } else if moment.settled {
                let flows = book.settled(&calls::schema::facts(&event), call.offered.take());
                self.start_all(draft, book, flows, &event, message.id)
            } else {
                self.matched(draft, book, &event, message.id)
            };
            if moment.kind == Kind::Ended && !moment.settled && !moment.to_analyze {
                let begun = draft.unit.runs[begun..].iter();
                let begun = begun.filter(|run| started.contains(&run.id));
                call.offered = book.offered(begun.map(|run| run.flow).collect());
            }
            // A second offer of `call.ended` is a row only when somebody waited for it, or would if it were not paused.
            let is_first = !moment.settled && !moment.to_analyze;
            let is_owed = match moment.to_analyze {
                true => detail.only.is_some(),
                false => moment.settled && book.pauses(event.kind.name()),
            };
            if is_first || is_owed || !started.is_empty() {
                draft
                    .unit
                    .events
                    .push(event_row(&event, message.id, &detail));
            }
            runs.extend(started);
        }
        let counted = tally::of_moments(place.workspace, call, moments, message.received_at);
        draft.unit.tallies.extend(counted);
        draft.unit.messages.push(message);
        runs
    }

    pub(crate) fn matched(
        &self,
        draft: &mut Draft,
        book: &Book,
        event: &Arc<Event>,
        message: MessageId,
    ) -> Vec<RunId> {
        if !book.starts_any(event.kind.name()) {
            return Vec::new();
        }
        let mut matching = book.matching(&calls::schema::facts(event));
        matching.retain(|flow| !is_throttled(flow, event));
        self.start_all(draft, book, matching, event, message)
    }

    fn start_all(
        &self,
        draft: &mut Draft,
        book: &Book,
        flows: Vec<Arc<Compiled>>,
        event: &Arc<Event>,
        message: MessageId,
    ) -> Vec<RunId> {
        let started = flows
            .into_iter()
            .map(|flow| self.start(draft, book, flow, event, message));
        started.collect()
    }

    /// Adds a new run with its first steps taken, and its children with theirs.
    pub(crate) fn begin(
        &self,
        draft: &mut Draft,
        book: &Book,
        course: Course,
        run: Run,
        input: Input,
        replay_of: Option<RunId>,
    ) -> RunId {
        let id = run.id;
        let transition = course.advance(run, input, self.stamp.now());
        let (transition, children) = self.settle(&course, transition, Some(book));
        self.add(draft, book, course, transition, replay_of);
        self.begin_all(draft, book, children);
        id
    }

    /// Adds children with their first steps taken, those of children behind those of their parents.
    fn begin_all(&self, draft: &mut Draft, book: &Book, children: Vec<(Course, Run)>) {
        let mut children = VecDeque::from(children);
        while let Some((course, run)) = children.pop_front() {
            let transition = course.advance(run, Input::Started, self.stamp.now());
            let (transition, more) = self.settle(&course, transition, Some(book));
            self.add(draft, book, course, transition, None);
            children.extend(more);
        }
    }

    fn add(
        &self,
        draft: &mut Draft,
        book: &Book,
        course: Course,
        mut transition: Transition,
        replay_of: Option<RunId>,
    ) {
        let raised = std::mem::take(&mut transition.raise);
        self.raise(draft, book, &course, raised);
        draft.noted.extend(Note::of(&course, &transition));
        draft.advanced.add(&transition);
        let now = self.stamp.now();
        let begun = course.tally(Meter::RunsBegun, 1, now);
        let ended = course.tally_end(&transition, now);
        draft
            .unit
            .tallies
            .extend([Some(begun), ended].into_iter().flatten());
        let face = self.face(&transition, None);
        draft.unit.runs.push(RunRow {
            id: transition.run.id,
            workspace: course.workspace,
            flow: course.flow.id,
            flow_version: course.flow.version,
            call: course.event.call_id,
            event: course.event.id,
            replay_of,
            status: transition.run.status,
            destination: face.destination.as_deref().map(str::to_owned),
            version: 1,
            epoch: 0,
            state: wire::encode(&*kept(&transition)),
            error: face.error,
            updated_at: self.stamp.now(),
            due_at: face.due_at,
            // Nobody waits for a sub-flow that is done again by itself.
            parent: match (replay_of, &transition.run.parent) {
                (None, Some(parent)) => Some(parent.run),
                _ => None,
            },
        });
        let job = self.follow(&mut draft.unit, course, transition, 1, face.destination);
        draft.begins.extend(job);
    }

    /// Adds the next step of a run that was at `version`; `book` is what `flows_for` gave, and `tried` where it has just tried.
    pub(crate) fn go_on(
        &self,
        draft: &mut Draft,
        book: Option<&Book>,
        course: Course,
        transition: Transition,
        version: u64,
        tried: Option<&str>,
    ) {
        let (mut transition, children) = self.settle(&course, transition, book);
        if let Some(book) = book {
            self.begin_all(draft, book, children);
            let raised = std::mem::take(&mut transition.raise);
            self.raise(draft, book, &course, raised);
        }
        draft.noted.extend(Note::of(&course, &transition));
        let ended = course.tally_end(&transition, self.stamp.now());
        draft.unit.tallies.extend(ended);
        let destination = self.write_advance(draft, course.workspace, &transition, version, tried);
        draft.goes_on = self.follow(
            &mut draft.unit,
            course,
            transition,
            version + 1,
            destination,
        );
    }

    /// Adds the end of a run that has no course any more.
    pub(crate) fn end(&self, draft: &mut Draft, transition: Transition, row: &RunRow) {
        let ended = tally::of_end(row, &transition, self.stamp.now());
        draft.unit.tallies.extend(ended);
        self.write_advance(draft, row.workspace, &transition, row.version, None);
        self.write_outcome(&mut draft.unit, &transition);
    }

    fn write_advance(
        &self,
        draft: &mut Draft,
        workspace: WorkspaceId,
        transition: &Transition,
        version: u64,
        tried: Option<&str>,
    ) -> Option<Arc<str>> {
        draft.advanced.add(transition);
        if self.live.is_watched() {
            draft.news.extend(progress(workspace, transition));
        }
        let face = self.face(transition, tried);
        draft.unit.lease = Some(self.nodes.lease(transition.run.id.part()));
        draft.unit.advanced.push(RunAdvance {
            id: transition.run.id,
            expect: version,
            status: transition.run.status,
            destination: face.destination.as_deref().map(str::to_owned),
            state: wire::encode(&*kept(transition)),
            error: face.error,
            updated_at: self.stamp.now(),
            due_at: face.due_at,
        });
        face.destination
    }

    fn face(&self, transition: &Transition, tried: Option<&str>) -> Face {
        let (mut destination, mut due_at) = (None, None);
        match &transition.next {
            Next::Perform(perform) => destination = Some(self.destination(perform)),
            Next::Sleep { until } => {
                due_at = Some(*until);
                // It sleeps to try again there.
                destination = tried.filter(|_| transition.run.attempt > 1).map(Arc::from);
            }
            Next::Await { until, .. } => due_at = *until,
            Next::AsBefore | Next::End => {}
        }
        let failure = transition
            .run
            .failure
            .as_ref()
            .filter(|_| transition.run.status == Status::Failed);
        Face {
            destination,
            due_at,
            error: failure.map(|failure| one_line(&failure.message)),
        }
    }

    /// What a new run and one that goes on have in common: entries, and the timer or the job that comes next.
    fn follow(
        &self,
        unit: &mut Unit,
        course: Course,
        transition: Transition,
        version: u64,
        destination: Option<Arc<str>>,
    ) -> Option<Job> {
        self.write_outcome(unit, &transition);
        let run = transition.run;
        match transition.next {
            Next::Await { until: None, .. } | Next::AsBefore | Next::End => None,
            Next::Sleep { until }
            | Next::Await {
                until: Some(until), ..
            } => {
                unit.set_timers
                    .push(run_timer(TimerKind::WakeRun, run.id, until));
                None
            }
            Next::Perform(perform) => Some(Job {
                course,
                version,
                perform,
                tenure: self.nodes.tenure(run.id.part()),
                run,
                destination: destination.expect("a run that performs has a destination"),
                ready_at: Instant::now(),
                timers: Vec::new(),
            }),
        }
    }

    /// What a transition leaves behind whatever comes next: its entries, and what its relatives are to be told.
    fn write_outcome(&self, unit: &mut Unit, transition: &Transition) {
        let run = &transition.run;
        let rows = transition.entries.iter().map(|entry| EntryRow {
            run: run.id,
            number: entry.number,
            body: wire::encode(entry),
        });
        unit.entries.extend(rows);
        let now = self.stamp.now();
        let cancelled = transition.cancel.iter();
        unit.set_timers
            .extend(cancelled.map(|child| run_timer(TimerKind::CancelRun, *child, now)));
        if run.status.is_final() && run.parent.is_some() {
            unit.set_timers
                .push(run_timer(TimerKind::JoinRun, run.id, now));
        }
    }
}

/// A run as it is kept while its call to the world waits for its turn: nothing of that may have been sent.
fn kept(transition: &Transition) -> Cow<'_, Run> {
    match &transition.next {
        Next::Perform(perform) => transition.run.unsent(perform),
        _ => Cow::Borrowed(&transition.run),
    }
}

struct Face {
    destination: Option<Arc<str>>,
    due_at: Option<Timestamp>,
    error: Option<String>,
}

pub(crate) fn event_row(event: &Event, message: MessageId, detail: &EventDetail) -> EventRow {
    EventRow {
        id: event.id,
        workspace: event.workspace_id,
        call: event.call_id,
        message,
        kind: event.kind.name().into(),
        at: event.at,
        detail: wire::encode(detail),
    }
}
