//! Durable timers: the store knows them all, this loop asks for those that are due. A timer stays in the store until what it
//! started is committed, so a crash in between fires it again.

use crate::draft::{Draft, Told};
use crate::engine::Inner;
use crate::intake::call_row;
use crate::plans::lock;
use crate::timed::{call_timers, reset_timers};
use crate::wire::{self, Place};
use calls::Call;
use futures_util::future::join_all;
use kernel::Timestamp;
use kernel::id::{CallId, MessageId, RunId};
use kernel::run::{Input, Status};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::Parts;
use store::journal::{CallPut, CallRow, Committed, MessageRow, Timer, TimerKind};
use tokio::sync::Notify;

/// How many timers are fired at once.
const BATCH: usize = 128;
/// The clock may jump: never sleep longer than this without looking at it again.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);
const BUSY: Duration = Duration::from_millis(20);

#[derive(Default)]
pub(crate) struct Timers {
    /// Fired, but what they started is not committed yet.
    firing: Mutex<HashSet<Timer>>,
    next: Mutex<Next>,
    sooner: Notify,
}

#[derive(Default)]
struct Next {
    /// When the loop wakes up by itself; `None` while it looks at what is due.
    wakes_at: Option<Timestamp>,
    /// The soonest that was expected since it began to look: it may have looked before that was there.
    expected: Option<Timestamp>,
}

impl Timers {
    /// New timers were committed: wakes the loop when one is due before it would wake by itself.
    pub fn expect(&self, timers: &[Timer]) {
        if let Some(soonest) = timers.iter().map(|timer| timer.due_at).min() {
            self.expect_at(soonest);
        }
    }

    pub fn expect_at(&self, soonest: Timestamp) {
        let mut next = lock(&self.next);
        match next.wakes_at {
            Some(wakes_at) if soonest < wakes_at => self.sooner.notify_one(),
            Some(_) => {}
            None => {
                let expected = next.expected.map_or(soonest, |other| other.min(soonest));
                next.expected = Some(expected);
            }
        }
    }

    fn look_begins(&self) {
        *lock(&self.next) = Next::default();
    }

    /// The look is over: the loop wakes up then, or sooner where more is expected by now.
    fn look_ends(&self, wakes_at: Timestamp) -> Timestamp {
        let mut next = lock(&self.next);
        let expected = next.expected.take();
        let wakes_at = expected.map_or(wakes_at, |expected| expected.min(wakes_at));
        next.wakes_at = Some(wakes_at);
        wakes_at
    }

    /// What these timers started is committed, and with it their removal.
    pub fn done(&self, timers: &[Timer]) {
        if !timers.is_empty() {
            let mut firing = lock(&self.firing);
            timers.iter().for_each(|timer| _ = firing.remove(timer));
        }
    }

    /// This timer started nothing: it is to be fired again.
    pub fn again(&self, timer: &Timer) {
        lock(&self.firing).remove(timer);
        self.sooner.notify_one();
    }

    /// Another node fires what is due in these partitions.
    pub fn forget(&self, parts: &Parts) {
        lock(&self.firing).retain(|timer| !parts.has(timer.part));
    }

    /// Something may be due that was not this node's before.
    pub fn look(&self) {
        self.sooner.notify_one();
    }

    fn enter(&self, timer: &Timer) -> bool {
        lock(&self.firing).insert(timer.clone())
    }
}

impl Inner {
    pub(crate) async fn run_timers(self: Arc<Self>) {
        loop {
            self.timers.look_begins();
            let next = self.fire_due().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "timers wait for the store");
                Some(self.stamp.now() + Duration::from_secs(1))
            });
            let now = self.stamp.now();
            let longest = now + LONGEST_SLEEP;
            let next = next.map_or(longest, |next| next.min(longest));
            let until = self.timers.look_ends(next).duration_since(now);
            let wait = Duration::try_from(until).unwrap_or_default();
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = self.timers.sooner.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Fires everything that is due, as far as there is room; says when to look again.
    async fn fire_due(self: &Arc<Self>) -> store::Result<Option<Timestamp>> {
        loop {
            let now = self.stamp.now();
            if self.aside.is_full() {
                return Ok(Some(now + BUSY));
            }
            let limit = BATCH + lock(&self.timers.firing).len();
            let due = self
                .store
                .due(&self.nodes.works(), now, limit as u32)
                .await?;
            let all_seen = due.timers.len() < limit;
            let fresh: Vec<Timer> = due
                .timers
                .into_iter()
                .filter(|timer| self.timers.enter(timer))
                .collect();
            if fresh.is_empty() {
                return Ok(if all_seen { due.next } else { Some(now + BUSY) });
            }
            let fired = join_all(fresh.into_iter().map(|timer| self.fire_one(timer))).await;
            let mut has_failed = false;
            for (timer, fired) in fired {
                if let Err(error) = fired {
                    tracing::warn!(%error, ?timer, "a timer could not be fired yet");
                    self.timers.done(&[timer]);
                    has_failed = true;
                }
            }
            if has_failed {
                return Ok(Some(now + Duration::from_secs(1)));
            }
        }
    }

    async fn fire_one(self: &Arc<Self>, timer: Timer) -> (Timer, store::Result<()>) {
        let fired = match timer.kind {
            TimerKind::WakeRun => self.wake(&timer).await,
            TimerKind::CancelRun => self.carry_out_cancellation(&timer).await,
            TimerKind::JoinRun => self.tell_parent(&timer).await,
            TimerKind::CallGrace => self.expire(&timer, calls::TimerKind::Grace).await,
            TimerKind::CallSettle => self.expire(&timer, calls::TimerKind::Settle).await,
            TimerKind::CallWatchdog => self.expire(&timer, calls::TimerKind::Watchdog).await,
        };
        (timer, fired)
    }

    async fn wake(self: &Arc<Self>, timer: &Timer) -> store::Result<()> {
        let id = RunId::from_bytes(timer.subject);
        if self.active.defer(id, timer.clone()) {
            return Ok(());
        }
        if !self.active.enter(id) {
            self.timers.again(timer);
            return Ok(());
        }
        let tenure = self.nodes.tenure(id.part());
        let row = self
            .store
            .run(id)
            .await
            .inspect_err(|_| self.let_go(id))?
            .filter(|row| row.status == Status::Waiting && row.due_at == Some(timer.due_at));
        let Some(row) = row else {
            self.let_go(id);
            return self.clear(vec![timer.clone()]).await;
        };
        self.take_up(row, tenure, Input::Woken, vec![timer.clone()])
            .await
            .inspect_err(|_| self.let_go(id))
    }

    async fn carry_out_cancellation(self: &Arc<Self>, timer: &Timer) -> store::Result<()> {
        let id = RunId::from_bytes(timer.subject);
        if self.active.cancel(id, timer.clone()) {
            self.cancel_held(&HashSet::from([id]));
            return Ok(());
        }
        if !self.active.enter(id) {
            self.timers.again(timer);
            return Ok(());
        }
        let tenure = self.nodes.tenure(id.part());
        let row = self
            .store
            .run(id)
            .await
            .inspect_err(|_| self.let_go(id))?
            .filter(|row| !row.status.is_final());
        let Some(row) = row else {
            self.let_go(id);
            return self.clear(vec![timer.clone()]).await;
        };
        self.take_up(row, tenure, Input::Cancelled, vec![timer.clone()])
            .await
            .inspect_err(|_| self.let_go(id))
    }

    /// A call's timer: what was waited for has not come in time.
    async fn expire(self: &Arc<Self>, timer: &Timer, kind: calls::TimerKind) -> store::Result<()> {
        let id = CallId::from_bytes(timer.subject);
        loop {
            let Some(row) = self.store.call_by_id(id).await? else {
                return self.clear(vec![timer.clone()]).await;
            };
            let _turn = self.turns.take(&[row.key]).await;
            let call: Call = wire::decode("a call", &row.state)?;
            if !call_timers(id, &call).contains(timer) {
                return self.clear(vec![timer.clone()]).await;
            }
            match self
                .commit(self.expired(timer, kind, &row, call).await?)
                .await?
            {
                Committed::Durable => break,
                Committed::Stale(workspace, _) => self.forget(workspace),
                Committed::Conflict(_) | Committed::Lost => {}
            }
        }
        self.timers.done(std::slice::from_ref(timer));
        Ok(())
    }

    async fn expired(
        &self,
        timer: &Timer,
        kind: calls::TimerKind,
        row: &CallRow,
        call: Call,
    ) -> store::Result<Draft> {
        let book = self
            .plans
            .book(&*self.store, &*self.world, row.workspace)
            .await?;
        // The clock may have jumped back since the timer was found due: it is, or it would be cleared without having fired.
        let now = self.stamp.now().max(timer.due_at);
        let before = call_timers(row.id, &call);
        let policy = (self.config.policy)(&call.provider);
        let mut folded = calls::expire(call, kind, now, &policy);
        let mut draft = Draft::default();
        draft
            .unit
            .matched_with
            .push((row.workspace, book.generation));
        if !folded.moments.is_empty() {
            let place = Place {
                workspace: row.workspace,
                workspace_name: book.workspace_name.clone(),
                call: row.id,
                provider: folded.call.provider.as_str().into(),
            };
            let id: MessageId = self.stamp.id(row.id.part());
            let message = MessageRow {
                id,
                workspace: row.workspace,
                call: row.id,
                endpoint: None,
                provider: folded.call.provider.clone(),
                provider_event: "timer".into(),
                received_at: now,
                body: bytes::Bytes::new(),
            };
            let told = Told {
                place: &place,
                call: &mut folded.call,
                moments: &folded.moments,
                message,
                raw: Arc::default(),
                dedupe: 0,
            };
            self.tell(&mut draft, &book, told);
        }
        let mut after = call_timers(row.id, &folded.call);
        after.retain(|kept| kept != timer);
        reset_timers(&mut draft.unit, &before, &after);
        draft.unit.calls.push(CallPut {
            expect: Some(row.version),
            row: call_row(
                row.id,
                row.key,
                row.workspace,
                row.version + 1,
                &folded.call,
            ),
        });
        Ok(draft)
    }

    /// Removes timers that no longer mean anything.
    pub(crate) async fn clear(self: &Arc<Self>, timers: Vec<Timer>) -> store::Result<()> {
        let mut draft = Draft::default();
        draft.unit.clear_timers.clone_from(&timers);
        self.commit(draft).await?;
        self.timers.done(&timers);
        Ok(())
    }
}
