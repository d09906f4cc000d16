//! The other half of the engine, which fits on a screen: claim → perform → advance → commit.

use crate::agents::KEEPS;
use crate::draft::Draft;
use crate::engine::Inner;
use crate::gates::LastFailure;
use crate::intent::Intent;
use crate::job::Job;
use crate::live::arrivals;
use crate::plans::Book;
use crate::plans::lock;
use crate::queue::Placed;
use crate::refusal::failed;
use futures_util::FutureExt;
use kernel::gate::{Ticket, Verdict};
use kernel::id::{RunId, WorkspaceId};
use kernel::run::{Failure, Input, Outcome, Output, Retriable, Transition};
use kernel::usage::Used;
use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use store::Tally;
use store::journal::{Committed, Timer, Unit};

impl Inner {
    /// Gives jobs their place in the queue. Of a lane that has its share already, ids alone are kept until it has room.
    pub(crate) fn enqueue(self: &Arc<Self>, jobs: Vec<Job>) {
        let mut queue = lock(&self.queue);
        for job in jobs {
            if !job.timers.is_empty() || queue.room_for(job.owner(), &job.destination) > 0 {
                queue.push(job);
            } else {
                self.put_aside(job.run.id, job.owner(), &job.destination);
            }
        }
        drop(queue);
        self.pump();
    }

    /// Starts as many jobs as there are free slots, while this node may begin anything.
    pub(crate) fn pump(self: &Arc<Self>) {
        while self.nodes.may_begin() {
            let job =
                lock(&self.queue).pop(|owner, to, waiting| self.gates.ask(owner, to, waiting));
            let Some((job, ticket)) = job else { break };
            // Said before it is looked at: a partition is given back only when nothing of it is under way.
            self.active.set_under_way(job.run.id, true);
            if self.nodes.has_worked_on(job.run.id.part(), job.tenure) {
                self.tasks.spawn(self.clone().drive(job, ticket));
            } else {
                self.release(&job, ticket, None);
                self.hand_back(&job);
            }
        }
        self.fetch_tokens();
        self.expect_wake();
        self.room.notify_one();
    }

    /// A job is over, or was not begun: its gate is told, its slot is free.
    pub(crate) fn release(
        &self,
        job: &Job,
        ticket: Ticket,
        result: Option<&Result<Output, Failure>>,
    ) {
        let (owner, to) = (job.owner(), &job.destination);
        let verdict = result.map_or(Verdict::Nothing, Verdict::of);
        let failure = result.and_then(|result| result.as_ref().err());
        let failure = failure.filter(|_| verdict != Verdict::Nothing);
        let failure =
            failure.map(|failure| LastFailure::new(failure, job.run.id, self.stamp.now()));
        let seed = match verdict {
            Verdict::Failed => self.seed(),
            _ => 0,
        };
        self.gates.end(owner, to, ticket, verdict, failure, seed);
        lock(&self.queue).release(owner, to);
    }

    fn seed(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.stamp.chance();
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// A job whose partition is another node's now, or was meanwhile: nothing of it was done here, and the store knows better.
    pub(crate) fn hand_back(&self, job: &Job) {
        job.timers.iter().for_each(|timer| self.timers.again(timer));
        self.spill(job.run.id);
    }

    async fn drive(self: Arc<Self>, mut job: Job, ticket: Ticket) {
        let cancellations = self.active.take_cancellations(job.run.id);
        let is_first = job.version == 1;
        if job.run.intent && cancellations.is_empty() {
            match self.intend(&mut job).await {
                Intent::Written => {}
                Intent::Unwritten => return self.later(job, ticket).await,
                Intent::Refused => {
                    self.release(&job, ticket, None);
                    return self.pump();
                }
            }
        }
        let came = if cancellations.is_empty() {
            self.performed(&job, ticket, is_first).await
        } else {
            self.release(&job, ticket, None);
            self.cancelled(&job, cancellations)
        };
        self.pump();
        self.conclude(job, came).await;
    }

    /// Cancels those of these runs that wait behind a gate: their turn may be far away.
    pub(crate) fn cancel_held(self: &Arc<Self>, runs: &HashSet<RunId>) {
        let withdraw = || lock(&self.queue).withdraw(|job| runs.contains(&job.run.id));
        while let Some(job) = withdraw() {
            self.cancel_withdrawn(job);
        }
    }

    fn cancel_withdrawn(self: &Arc<Self>, job: Job) {
        let run = job.run.id;
        self.active.set_under_way(run, true);
        if !self.nodes.has_worked_on(run.part(), job.tenure) {
            return self.hand_back(&job);
        }
        let cancellations = self.active.take_cancellations(run);
        let came = self.cancelled(&job, cancellations);
        let inner = self.clone();
        self.tasks
            .spawn(async move { inner.conclude(job, came).await });
    }

    async fn performed(self: &Arc<Self>, job: &Job, ticket: Ticket, is_first: bool) -> Came {
        let queued = job.ready_at.elapsed();
        let surroundings = self.surroundings(&job.course);
        let world = async {
            let mut outcome = self.world.perform(&job.perform, &surroundings).await;
            if job.perform.action == KEEPS
                && let Ok(found) = &outcome.result
                && let Err(failure) = self.keep_analysis(job, &found.body).await
            {
                outcome.result = Err(failure);
            }
            outcome
        };
        let started_at = self.stamp.now();
        // An action that panics is a failed attempt of its step, never the end of the node, or of its place in the queue.
        let mut outcome = AssertUnwindSafe(world)
            .catch_unwind()
            .await
            .unwrap_or_else(|_| self.panicked(started_at));
        self.release(job, ticket, Some(&outcome.result));
        outcome.queued = queued;
        let mut tallies = job.tally(&outcome, is_first);
        tallies.extend(self.named.tally(job, &outcome));
        let now = self.stamp.now();
        let transition =
            job.course
                .advance(job.run.clone(), Input::Performed(Box::new(outcome)), now);
        let cancellations = self.active.take_cancellations(job.run.id);
        if cancellations.is_empty() || transition.run.status.is_final() {
            return Came {
                transition,
                cancellations,
                tallies,
            };
        }
        let mut entries = transition.entries;
        let mut cancelled = job.course.advance(transition.run, Input::Cancelled, now);
        entries.append(&mut cancelled.entries);
        cancelled.entries = entries;
        Came {
            transition: cancelled,
            cancellations,
            tallies,
        }
    }

    fn cancelled(&self, job: &Job, cancellations: Vec<Timer>) -> Came {
        // Nothing of it was sent, so nothing is unknown.
        let run = job.run.unsent(&job.perform).into_owned();
        let transition = job.course.advance(run, Input::Cancelled, self.stamp.now());
        Came {
            transition,
            cancellations,
            tallies: Vec::new(),
        }
    }

    fn panicked(&self, started_at: kernel::Timestamp) -> Outcome {
        let message = "the action failed inside switchhook; the server's log has the details";
        Outcome {
            result: Err(failed("internal", message.into(), Retriable::Unknown)),
            exchange: None,
            used: Used::default(),
            started_at,
            ended_at: self.stamp.now(),
            queued: Duration::ZERO,
        }
    }

    /// Commits what came of a job, and passes the run on to its next thing.
    async fn conclude(self: &Arc<Self>, job: Job, came: Came) {
        let Came {
            transition,
            cancellations,
            mut tallies,
        } = came;
        let (run, workspace) = (job.run.id, job.course.workspace);
        let fired: Vec<Timer> = job.timers.into_iter().chain(cancellations).collect();
        let mut transition = Some(transition);
        let (committed, goes_on) = loop {
            let Some(next) = transition.take() else {
                self.timers.done(&fired);
                return self.spill(run);
            };
            let Some(book) = self.flows_surely(workspace, &next).await else {
                return self.timers.done(&fired);
            };
            // Only what looks at flows can be stale: all else is moved, not copied.
            transition = book.is_some().then(|| next.clone());
            let (mut draft, course) = (Draft::default(), job.course.clone());
            let tried = Some(&*job.destination);
            self.go_on(
                &mut draft,
                book.as_deref(),
                course,
                next,
                job.version,
                tried,
            );
            draft.unit.clear_timers.extend(fired.iter().cloned());
            draft.unit.tallies.extend(match transition {
                Some(_) => tallies.clone(),
                None => std::mem::take(&mut tallies),
            });
            let goes_on = draft.goes_on.is_some();
            match self.commit_surely(draft).await {
                Some(Committed::Stale(workspace, _)) => self.plans.forget(workspace),
                committed => break (committed, goes_on),
            }
        };
        self.timers.done(&fired);
        let Some(committed) = committed else { return };
        self.let_go_unless(goes_on, run, &committed);
    }

    /// Commits as soon as the store can; `None` when the engine stops first (the run is taken up after the restart).
    async fn commit_surely(self: &Arc<Self>, mut draft: Draft) -> Option<Committed> {
        let mut wait = Duration::from_millis(50);
        let mut was_lost = false;
        loop {
            let unit = draft.unit.clone();
            match self.commit_unit(unit, &mut draft).await {
                Ok(committed) => {
                    // The answer that was lost may have been that it is durable: then this refusal is of its second time.
                    if was_lost && !matches!(committed, Committed::Durable | Committed::Stale(..)) {
                        self.watch.note(draft.noted);
                    }
                    return Some(committed);
                }
                Err(error) => tracing::warn!(%error, "a step's result waits for the store"),
            }
            was_lost = true;
            if !self.pause(&mut wait).await {
                return None;
            }
        }
    }

    /// The flows that children may be runs of, as soon as the store can tell; `None` when the engine stops first.
    async fn flows_surely(
        &self,
        workspace: WorkspaceId,
        transition: &Transition,
    ) -> Option<Option<Arc<Book>>> {
        let mut wait = Duration::from_millis(50);
        loop {
            match self.flows_for(workspace, transition).await {
                Ok(book) => return Some(book),
                Err(error) => tracing::warn!(%error, "a step's children wait for the store"),
            }
            if !self.pause(&mut wait).await {
                return None;
            }
        }
    }

    /// Waits before the store is asked again, longer every time; `false` when the engine stops.
    pub(crate) async fn pause(&self, wait: &mut Duration) -> bool {
        tokio::select! {
            biased;
            () = self.stopping.cancelled() => return false,
            () = tokio::time::sleep(*wait) => {}
        }
        *wait = (*wait * 2).min(Duration::from_secs(5));
        true
    }

    /// Commits a unit; what it begins begins once it is durable, here or where it belongs.
    pub(crate) async fn commit(self: &Arc<Self>, mut draft: Draft) -> store::Result<Committed> {
        let unit = std::mem::take(&mut draft.unit);
        let committed = self.commit_unit(unit, &mut draft).await;
        if committed.is_err() {
            // The answer alone may be lost, and a look that finds nothing says nothing.
            self.watch.note(draft.noted);
        }
        committed
    }

    /// Commits a unit of a draft, which keeps its jobs unless the unit is durable.
    async fn commit_unit(
        self: &Arc<Self>,
        unit: Unit,
        draft: &mut Draft,
    ) -> store::Result<Committed> {
        let (timers, accepted) = (unit.set_timers.clone(), unit.matched_with.clone());
        let unheard = self.live.unheard();
        let arrivals = unheard.is_none().then(|| arrivals(&unit));
        let (mut jobs, others): (Vec<Job>, Vec<Job>) = std::mem::take(&mut draft.begins)
            .into_iter()
            .partition(|job| self.nodes.works_on(job.run.id.part()));
        // Entered before they are in the store, so that nobody takes them up beside.
        let entered = Entered::new(self, &jobs);
        let committed = self.store.commit(unit).await;
        drop(unheard);
        if !matches!(committed, Ok(Committed::Durable)) {
            if committed.is_ok() {
                entered.leave();
            }
            draft.begins = jobs.into_iter().chain(others).collect();
            return committed;
        }
        entered.stay();
        for (workspace, generation) in accepted {
            self.gates.heed(workspace, generation);
        }
        jobs.extend(draft.goes_on.take());
        self.tell_others(&others, &timers);
        self.begun(&timers, jobs);
        let news = std::mem::take(&mut draft.news);
        self.announce(arrivals.into_iter().flatten().chain(news));
        std::mem::take(&mut draft.advanced).count();
        self.watch.note(std::mem::take(&mut draft.noted));
        committed
    }

    fn begun(self: &Arc<Self>, timers: &[Timer], jobs: Vec<Job>) {
        self.timers.expect(timers);
        jobs.iter()
            .for_each(|job| self.active.set_under_way(job.run.id, false));
        if !jobs.is_empty() {
            self.enqueue(jobs);
        }
    }
}

/// What came of a job.
struct Came {
    transition: Transition,
    /// What asked for the run to be cancelled.
    cancellations: Vec<Timer>,
    tallies: Vec<Tally>,
}

/// New runs in memory whose commit is under way. Whoever asked for it may go away in the middle, or the store before it answers:
/// then nobody here holds them, and the store will say whether they exist.
struct Entered<'a> {
    inner: &'a Inner,
    runs: Vec<RunId>,
}

impl<'a> Entered<'a> {
    fn new(inner: &'a Inner, jobs: &[Job]) -> Self {
        let runs = jobs.iter().map(|job| job.run.id);
        // One that is held already was stored by a commit whose answer was lost, and taken up since: it is not ours to let go.
        let runs = runs.filter(|run| inner.active.enter(*run)).collect();
        Self { inner, runs }
    }

    fn stay(mut self) {
        self.runs.clear();
    }

    /// The store has refused them: there is nothing to look for.
    fn leave(mut self) {
        let runs = std::mem::take(&mut self.runs);
        runs.into_iter().for_each(|run| self.inner.let_go(run));
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.runs.iter().for_each(|run| self.inner.spill(*run));
    }
}
