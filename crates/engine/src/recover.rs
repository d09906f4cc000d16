//! Taking up runs that are only in the store: those of an earlier process at the start, and those that did not fit in memory.

use crate::draft::Draft;
use crate::engine::Inner;
use crate::job::{Course, Job};
use crate::plans::lock;
use crate::refusal::failed;
use crate::timed::run_timer;
use crate::watch::Note;
use crate::wire::{self, EventDetail};
use futures_util::future::join_all;
use kernel::id::{MessageId, RunId, WorkspaceId};
use kernel::run::{
    Entry, EntryKind, EntryResult, Input, Next, Retriable, Run, Status, Transition, raised,
};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::catalog::Kind;
use store::journal::{Committed, RunRow, Timer, TimerKind};
use tokio::time::Instant;

const PAGE: u32 = 256;
/// The store is asked this often for runs that nobody told of: a hint may be lost, or its sender.
const POLL: Duration = Duration::from_secs(2);
/// A look at very many takes long: then the next comes so many times as much later.
const SELDOM: u32 = 20;

impl Inner {
    /// Leaves a run to the store, which may know it as ready: there is no room in memory, or nobody knows whether it was stored.
    pub(crate) fn spill(&self, run: RunId) {
        self.let_go(run);
        self.spilled.store(true, Ordering::Release);
    }

    /// Keeps of a ready run that this node holds no more than its id: its lane has its share of the queue.
    pub(crate) fn put_aside(&self, run: RunId, owner: WorkspaceId, destination: &Arc<str>) {
        if !self.active.set_aside(run) || !self.aside.put(owner, destination, run) {
            self.spill(run);
        }
    }

    /// There may be ready runs that only the store knows.
    pub(crate) fn look_for_work(&self) {
        self.spilled.store(true, Ordering::Release);
        self.room.notify_one();
    }

    /// Takes up ready runs from the store: when there may be some that nobody here holds, and every now and then in any case.
    pub(crate) async fn feed(self: Arc<Self>) {
        // A deadline, not a pause: a busy node is woken all the time, and looks all the same.
        let mut poll = Instant::now();
        loop {
            if self.nodes.may_begin() {
                self.take_back().await;
                if self.spilled.swap(false, Ordering::AcqRel) {
                    let began = Instant::now();
                    if let Err(error) = self.feed_all().await {
                        tracing::warn!(%error, "taking up runs waits for the store");
                    }
                    poll = Instant::now() + POLL.max(began.elapsed() * SELDOM);
                }
            }
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = tokio::time::sleep_until(poll) => {
                    self.spilled.store(true, Ordering::Release);
                    poll = Instant::now() + POLL;
                }
                () = self.room.notified() => {}
            }
        }
    }

    /// Takes up page by page, in order, as long as there is room.
    async fn feed_all(self: &Arc<Self>) -> store::Result<()> {
        let mut after = None;
        while self.nodes.may_begin() && !self.aside.is_full() && !self.stopping.is_cancelled() {
            after = self.feed_page(after).await?;
            if after.is_none() {
                break;
            }
            self.take_back().await;
        }
        Ok(())
    }

    /// Takes up runs that were set aside, of lanes that have room now.
    async fn take_back(self: &Arc<Self>) {
        if self.aside.len() == 0 {
            return;
        }
        let runs = {
            let queue = lock(&self.queue);
            self.aside
                .take(|owner, destination| queue.wants_for(owner, destination).min(PAGE as usize))
        };
        let runs = runs.into_iter().filter(|run| self.active.take_back(*run));
        let (ours, others): (Vec<RunId>, Vec<RunId>) =
            runs.partition(|run| self.nodes.works_on(run.part()));
        others.into_iter().for_each(|run| self.let_go(run));
        let taken = ours.into_iter().map(|run| self.take_up_entered(run));
        for taken in join_all(taken).await {
            if let Err(error) = taken {
                tracing::warn!(%error, "a run that was set aside waits for the store");
                self.spilled.store(true, Ordering::Release);
            }
        }
    }

    /// Takes up one page; says where the next begins.
    async fn feed_page(self: &Arc<Self>, after: Option<RunId>) -> store::Result<Option<RunId>> {
        let page = self.store.ready(&self.nodes.works(), after, PAGE).await?;
        let unknown = page.iter().filter(|run| !self.active.holds(**run));
        for taken in join_all(unknown.map(|run| self.take_up_ready(*run))).await {
            taken?;
        }
        Ok(page.last().filter(|_| page.len() == PAGE as usize).copied())
    }

    /// The run is entered into memory before its row is read: whoever held it before has committed by then.
    pub(crate) async fn take_up_ready(self: &Arc<Self>, id: RunId) -> store::Result<()> {
        if self.active.enter(id) {
            self.take_up_entered(id).await?;
        }
        Ok(())
    }

    async fn take_up_entered(self: &Arc<Self>, id: RunId) -> store::Result<()> {
        let tenure = self.nodes.tenure(id.part());
        let row = self.store.run(id).await.inspect_err(|_| self.let_go(id))?;
        let Some(row) = row.filter(|row| row.status == Status::Running) else {
            self.let_go(id);
            return Ok(());
        };
        // Whatever else is needed would be read for nothing.
        if let Some(destination) = &row.destination
            && lock(&self.queue).room_for(row.workspace, destination) == 0
        {
            self.put_aside(id, row.workspace, &destination.as_str().into());
            return Ok(());
        }
        let takeovers = u32::try_from(self.nodes.epoch(id.part()).saturating_sub(row.epoch))
            .unwrap_or(u32::MAX);
        self.take_up(row, tenure, Input::Resumed { takeovers }, Vec::new())
            .await
            .inspect_err(|_| self.let_go(id))
    }

    /// Goes on with a run that this process has entered into memory, and whose row it read in `tenure` or later: as a job, or by
    /// committing what came of `input` at once.
    pub(crate) async fn take_up(
        self: &Arc<Self>,
        row: RunRow,
        tenure: u64,
        input: Input,
        timers: Vec<Timer>,
    ) -> store::Result<()> {
        let run: Run = wire::decode("a run", &row.state)?;
        let Some(course) = self.course(&row).await? else {
            return self.end_without_course(&row, run, timers).await;
        };
        let mut transition = course.advance(run, input, self.stamp.now());
        if matches!(transition.next, Next::AsBefore) {
            self.let_go(row.id);
            return self.clear(timers).await;
        }
        let destination = match &transition.next {
            Next::Perform(perform) => Some(self.destination(perform)),
            Next::Sleep { .. } | Next::Await { .. } | Next::AsBefore | Next::End => None,
        };
        // A run that a timer woke, and whose turn is far away, waits for it as a ready one: the timer must not be in the way.
        // So does one whose owner was lost since it began to wait, perhaps by this very attempt: the next loss counts then.
        let has_lost = self.nodes.epoch(row.id.part()) > row.epoch;
        let waits = |destination: &Arc<str>| {
            let queue = lock(&self.queue);
            has_lost
                || queue.room_for(row.workspace, destination) == 0
                || queue.is_held(row.workspace, destination)
        };
        match (transition.next, destination) {
            // Nothing is written before the attempt: its result will be. What was decided on the way to it is.
            (Next::Perform(perform), Some(destination))
                if transition.entries.is_empty() && (timers.is_empty() || !waits(&destination)) =>
            {
                let (run, version, ready_at) = (transition.run, row.version, Instant::now());
                self.enqueue(vec![Job {
                    course,
                    run,
                    version,
                    perform,
                    destination,
                    ready_at,
                    tenure,
                    timers,
                }]);
                Ok(())
            }
            (next, _) => {
                transition.next = next;
                let mut draft = Draft::default();
                let book = self.flows_for(row.workspace, &transition).await?;
                let (version, tried) = (row.version, row.destination.as_deref());
                self.go_on(
                    &mut draft,
                    book.as_deref(),
                    course,
                    transition,
                    version,
                    tried,
                );
                self.write_taking_up(draft, &row, timers).await
            }
        }
    }

    /// Commits what came of taking a run up, and clears the timers that made it wait.
    async fn write_taking_up(
        self: &Arc<Self>,
        mut draft: Draft,
        row: &RunRow,
        timers: Vec<Timer>,
    ) -> store::Result<()> {
        let wake = row
            .due_at
            .filter(|_| row.status == Status::Waiting)
            .map(|due_at| run_timer(TimerKind::WakeRun, row.id, due_at));
        let mut fired: Vec<Timer> = timers.into_iter().chain(wake).collect();
        fired.dedup();
        // A run that was woken too early, because the clock jumped back, sleeps on with the same timer.
        let set = &draft.unit.set_timers;
        let kept = |timer: &&Timer| !set.iter().any(|set| is_same(set, timer));
        draft.unit.clear_timers = fired.iter().filter(kept).cloned().collect();
        let goes_on = draft.goes_on.is_some();
        let committed = self.commit(draft).await?;
        self.timers.done(&fired);
        self.let_go_unless(goes_on, row.id, &committed);
        Ok(())
    }

    /// Lets a run go. What was asked of it meanwhile is asked again: of the run as it is in the store then.
    pub(crate) fn let_go(&self, run: RunId) {
        let unheard = self.active.leave(run);
        unheard.iter().for_each(|timer| self.timers.again(timer));
    }

    /// Lets a run go that has nothing more to do here. Who lost it looks again at who owns what, and at the run.
    pub(crate) fn let_go_unless(&self, goes_on: bool, run: RunId, committed: &Committed) {
        if goes_on && *committed == Committed::Durable {
            return;
        }
        self.let_go(run);
        match committed {
            Committed::Lost => self.nodes.doubt(),
            Committed::Stale(workspace, _) => {
                self.plans.forget(*workspace);
                self.timers.look();
            }
            Committed::Durable | Committed::Conflict(_) => return,
        }
        self.spilled.store(true, Ordering::Release);
    }

    /// What a run needs besides its own value; `None` when its flow no longer compiles or its payload is gone.
    pub(crate) async fn course(&self, row: &RunRow) -> store::Result<Option<Course>> {
        let Some(flow) = self
            .plans
            .version(&*self.store, &*self.world, row.flow, row.flow_version)
            .await?
        else {
            return Ok(None);
        };
        let Some((event, message)) = self.event(row).await? else {
            return Ok(None);
        };
        Ok(Some(Course {
            workspace: row.workspace,
            flow,
            event: Arc::new(event),
            message,
        }))
    }

    /// The event that a run began with, and its message.
    pub(crate) async fn event(
        &self,
        row: &RunRow,
    ) -> store::Result<Option<(calls::Event, MessageId)>> {
        let Some(event) = self.store.event(row.event).await? else {
            return Ok(None);
        };
        let detail: EventDetail = wire::decode("an event", &event.detail)?;
        self.gates.heed(row.workspace, detail.generation);
        let Some(message) = self.store.message(event.message).await? else {
            return Ok(None);
        };
        let book = self
            .plans
            .book(&*self.store, &*self.world, row.workspace)
            .await?;
        let stored = wire::stored_event(&event, &message, book.workspace_name.clone())?;
        Ok(stored.map(|event| (event, message.id)))
    }

    /// A run whose flow or payload is gone cannot go on: it fails, visibly.
    async fn end_without_course(
        self: &Arc<Self>,
        row: &RunRow,
        mut run: Run,
        timers: Vec<Timer>,
    ) -> store::Result<()> {
        let now = self.stamp.now();
        let message = "the version of the flow, or the payload, that this run needs is gone";
        let failure = failed("course_gone", message.into(), Retriable::No);
        let entry = Entry {
            number: run.entries,
            step: String::new(),
            rounds: Vec::new(),
            kind: EntryKind::Run,
            action: None,
            attempt: run.attempt,
            result: EntryResult::Failed,
            started_at: now,
            ended_at: now,
            queued_us: 0,
            error: Some(failure.clone()),
            retry_at: None,
            warnings: Vec::new(),
            detail: serde_json::Value::Null,
            exchange: None,
        };
        let alive = run.awaits();
        (run.status, run.failure, run.entries) = (Status::Failed, Some(failure), run.entries + 1);
        let mut draft = Draft::default();
        self.last_words(&mut draft, row, &run).await?;
        let transition = Transition {
            run,
            entries: vec![entry],
            next: Next::End,
            reply: None,
            raise: Vec::new(),
            cancel: alive,
        };
        self.end(&mut draft, transition, row);
        self.write_taking_up(draft, row, timers).await
    }
}

impl Inner {
    /// What a run raises about itself whose own flow or payload is gone.
    async fn last_words(&self, draft: &mut Draft, row: &RunRow, run: &Run) -> store::Result<()> {
        let event = self.store.event(row.event).await?;
        let kind = event.and_then(|event| calls::Kind::parse(&event.kind));
        let flow = self.store.get(Kind::Flow, row.flow.bytes()).await?;
        let name = flow.map(|flow| flow.name).unwrap_or_default();
        let watches = kind.is_some_and(calls::Kind::watches);
        if run.parent.is_none() {
            draft.noted.push(Note {
                workspace: row.workspace,
                flow: row.flow,
                gone: None,
            });
        }
        let Some(raised) = raised(run, watches, &row.flow.to_string(), &name) else {
            return Ok(());
        };
        let book = self
            .plans
            .current(&*self.store, &*self.world, row.workspace)
            .await?;
        if let Some((of, message, stored)) = self.anchor(row).await? {
            self.signal(draft, &book, (&of, message), (&raised.kind, raised.said));
            if !draft.unit.events.is_empty() {
                draft.unit.messages.extend(stored);
            }
        }
        Ok(())
    }
}

/// As the store sees it, which keeps microseconds.
fn is_same(one: &Timer, other: &Timer) -> bool {
    let at = |timer: &Timer| timer.due_at.as_microsecond();
    (one.kind, one.subject, at(one)) == (other.kind, other.subject, at(other))
}
