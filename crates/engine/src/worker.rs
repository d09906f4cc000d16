//! The other half of the engine, which fits on a screen: claim → perform → advance → commit.

use crate::draft::Draft;
use crate::engine::Inner;
use crate::figures;
use crate::job::Job;
use crate::live::{arrivals, progress};
use crate::plans::lock;
use futures_util::FutureExt;
use kernel::id::RunId;
use kernel::run::{Failure, Input, Outcome, Retriable, Transition};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use store::journal::{Committed, Timer};

impl Inner {
    /// Gives jobs their place in the queue; those that do not fit in memory stay in the store until there is room.
    pub(crate) fn enqueue(self: &Arc<Self>, jobs: Vec<Job>) {
        let mut queue = lock(&self.queue);
        for job in jobs {
            if queue.waiting() < self.config.queued || job.timer.is_some() {
                queue.push(job);
            } else {
                let run = job.run.id;
                drop(job);
                self.spill(run);
            }
        }
        drop(queue);
        self.pump();
    }

    /// Starts as many jobs as there are free slots, while this node may begin anything.
    pub(crate) fn pump(self: &Arc<Self>) {
        while self.nodes.may_begin() {
            let job = lock(&self.queue).pop();
            let Some(job) = job else { break };
            if self.nodes.works_on(job.run.id.part()) {
                self.active.set_under_way(job.run.id, true);
                self.tasks.spawn(self.clone().drive(job));
            } else {
                self.hand_back(&job);
            }
        }
        self.room.notify_one();
    }

    /// A job whose partition is another node's now: nothing of it was done.
    fn hand_back(&self, job: &Job) {
        lock(&self.queue).release(&job.destination);
        self.timers.done(job.timer.as_slice());
        if let Some(cancellation) = self.active.leave(job.run.id) {
            self.timers.done(&[cancellation]);
        }
    }

    async fn drive(self: Arc<Self>, job: Job) {
        let destination = job.destination.clone();
        let transition = match self.active.take_cancellation(job.run.id) {
            Some(timer) => self.cancelled(&job, timer),
            None => self.performed(&job).await,
        };
        lock(&self.queue).release(&destination);
        self.pump();
        let (transition, timers) = transition;
        self.conclude(job, transition, timers).await;
    }

    async fn performed(&self, job: &Job) -> (Transition, Vec<Timer>) {
        let queued = job.ready_at.elapsed();
        let surroundings = self.surroundings(&job.course);
        let world = self.world.perform(&job.perform, &surroundings);
        let started_at = self.stamp.now();
        // An action that panics is a failed attempt of its step, never the end of the node.
        let mut outcome = AssertUnwindSafe(world)
            .catch_unwind()
            .await
            .unwrap_or_else(|_| self.panicked(started_at));
        outcome.queued = queued;
        let now = self.stamp.now();
        let transition =
            job.course
                .advance(job.run.clone(), Input::Performed(Box::new(outcome)), now);
        match self.active.take_cancellation(job.run.id) {
            Some(timer) if !transition.run.status.is_final() => {
                let mut entries = transition.entries;
                let mut cancelled = job.course.advance(transition.run, Input::Cancelled, now);
                entries.append(&mut cancelled.entries);
                cancelled.entries = entries;
                (cancelled, vec![timer])
            }
            timer => (transition, timer.into_iter().collect()),
        }
    }

    fn cancelled(&self, job: &Job, timer: Timer) -> (Transition, Vec<Timer>) {
        (
            job.course
                .advance(job.run.clone(), Input::Cancelled, self.stamp.now()),
            vec![timer],
        )
    }

    fn panicked(&self, started_at: kernel::Timestamp) -> Outcome {
        let failure = Failure {
            code: "internal".into(),
            message: "the action failed inside switchhook; the server's log has the details".into(),
            step: String::new(),
            status: None,
            output: None,
            retry: Retriable::Unknown,
        };
        Outcome {
            result: Err(failure),
            exchange: None,
            started_at,
            ended_at: self.stamp.now(),
            queued: Duration::ZERO,
        }
    }

    /// Commits what came of a job, and passes the run on to its next thing.
    async fn conclude(
        self: &Arc<Self>,
        job: Job,
        transition: Transition,
        cancellation: Vec<Timer>,
    ) {
        let (run, workspace) = (job.run.id, job.course.workspace);
        let fired: Vec<Timer> = job.timer.into_iter().chain(cancellation).collect();
        let mut draft = Draft::default();
        let progress = self
            .live
            .is_watched()
            .then(|| progress(workspace, &transition));
        figures::advanced(&transition);
        self.go_on(&mut draft, job.course, transition, job.version);
        draft.unit.clear_timers.extend(fired.iter().cloned());
        let goes_on = draft.goes_on.is_some();
        let committed = self.commit_surely(draft).await;
        self.timers.done(&fired);
        let Some(committed) = committed else { return };
        if committed == Committed::Durable {
            self.announce(progress.into_iter().flatten());
        }
        self.let_go_unless(goes_on, run, &committed);
    }

    /// Commits as soon as the store can; `None` when the engine stops first (the run is taken up after the restart).
    async fn commit_surely(self: &Arc<Self>, draft: Draft) -> Option<Committed> {
        let Draft { unit, goes_on, .. } = draft;
        let mut wait = Duration::from_millis(50);
        loop {
            match self.store.commit(unit.clone()).await {
                Ok(committed) => {
                    if committed == Committed::Durable {
                        self.begun(&unit.set_timers, goes_on.into_iter().collect());
                    }
                    return Some(committed);
                }
                Err(error) => tracing::warn!(%error, "a step's result waits for the store"),
            }
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return None,
                () = tokio::time::sleep(wait) => wait = (wait * 2).min(Duration::from_secs(5)),
            }
        }
    }

    /// Commits a unit; what it begins begins once it is durable, here or where it belongs.
    pub(crate) async fn commit(self: &Arc<Self>, draft: Draft) -> store::Result<Committed> {
        let Draft {
            unit,
            begins,
            goes_on,
        } = draft;
        let timers = unit.set_timers.clone();
        let arrivals = self.live.is_watched().then(|| arrivals(&unit));
        let (mut jobs, others): (Vec<Job>, Vec<Job>) = begins
            .into_iter()
            .partition(|job| self.nodes.works_on(job.run.id.part()));
        // Entered before they are in the store, so that nobody takes them up beside.
        let entered: Vec<RunId> = jobs.iter().map(|job| job.run.id).collect();
        entered.iter().for_each(|run| _ = self.active.enter(*run));
        let committed = self.store.commit(unit).await;
        if !matches!(committed, Ok(Committed::Durable)) {
            entered.iter().for_each(|run| _ = self.active.leave(*run));
            return committed;
        }
        jobs.extend(goes_on);
        self.tell_others(&others, &timers);
        self.begun(&timers, jobs);
        self.announce(arrivals.into_iter().flatten());
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
