//! Working on receipts: call by call, each in a transaction of its own, so that whatever ends it in between, the next round goes
//! on. Runs that are not final are cancelled first, and their calls come last.

use super::{Number, Receipt, Removed, read};
use crate::Refusal;
use crate::engine::Inner;
use crate::wire;
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use std::sync::Arc;
use std::time::Duration;
use store::archive::{CallFilter, Page};
use store::catalog::{Document, Kind, Put};

/// Another node's receipts are seen after this; and what was in the way is tried again.
const EVERY: Duration = Duration::from_secs(20);
/// How long cancelled runs get before their calls are looked at again.
const PAUSE: Duration = Duration::from_millis(250);
const PAGE: u32 = 50;
const MOST_RUNS: u32 = 500;
const TRIES: usize = 16;

impl Inner {
    pub(crate) async fn forget_numbers(self: Arc<Self>) {
        // All of them once, in case the last process left some; afterwards the newest.
        let mut all = true;
        loop {
            let mut waits = EVERY;
            match self.work_on_receipts(all).await {
                Ok(true) => waits = PAUSE,
                Ok(false) => all = false,
                Err(error) => tracing::warn!(%error, "forgetting numbers waits for the store"),
            }
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = self.forgetting.notified() => {}
                () = tokio::time::sleep(waits) => {}
            }
        }
    }

    /// A round for each receipt that is not done; whether one should be taken up again soon.
    async fn work_on_receipts(self: &Arc<Self>, all: bool) -> Result<bool, Refusal> {
        let (mut soon, mut before) = (false, None);
        loop {
            let page = self.store.list(None, Kind::Receipt, before, PAGE).await?;
            for document in page.iter().filter(|document| document.enabled) {
                soon |= self.work_on(document).await?;
            }
            before = page.last().map(|last| last.id);
            if !all || page.len() < PAGE as usize {
                return Ok(soon);
            }
        }
    }

    /// One round; whether it is to be taken up again soon.
    async fn work_on(self: &Arc<Self>, document: &Document) -> Result<bool, Refusal> {
        let receipt = read(document)?.receipt;
        let Some(number) = self.number_of(document, &receipt)? else {
            return Ok(false);
        };
        let workspace = document.workspace;
        match self.forget_round(document, &number).await {
            Ok(0) => {
                let others = self.others_about(workspace, &number, true).await;
                match others {
                    Ok(removed) => {
                        self.note(document, removed, |receipt, now| {
                            receipt.done_at = Some(now);
                            (receipt.sealed, receipt.waits_for) = (None, None);
                        })
                        .await?;
                        Ok(false)
                    }
                    Err(Refusal::NotNow(_)) => Ok(true),
                    Err(other) => Err(other),
                }
            }
            Ok(waiting) => {
                let why = format!("{waiting} calls have runs that are being cancelled");
                self.note(document, Removed::default(), |receipt, _| {
                    receipt.waits_for = Some(why.clone());
                })
                .await?;
                Ok(true)
            }
            Err(Refusal::NotNow(why)) => {
                self.note(document, Removed::default(), |receipt, _| {
                    receipt.waits_for = Some(why.clone());
                })
                .await?;
                Ok(false)
            }
            Err(other) => Err(other),
        }
    }

    /// Goes through the calls that there were when it was asked for; how many are still there.
    async fn forget_round(
        self: &Arc<Self>,
        document: &Document,
        number: &Number,
    ) -> Result<usize, Refusal> {
        let (workspace, mut waiting) = (document.workspace, 0);
        for form in number.forms() {
            let filter = CallFilter {
                workspace: Some(workspace),
                number: Some(form.to_owned()),
                // Calls that come later are new.
                to: Some(document.created_at),
                ..CallFilter::default()
            };
            let mut before = None;
            loop {
                let page = Page {
                    before,
                    limit: PAGE,
                };
                let calls = self.store.calls(&filter, page).await?;
                for call in &calls {
                    if self.cancel_runs(workspace, call.id).await? {
                        waiting += 1;
                        continue;
                    }
                    let Some((gone, copies)) = self.forget_call(workspace, call.id).await? else {
                        continue;
                    };
                    let removed = Removed {
                        calls: 1,
                        messages: gone.messages,
                        events: gone.events,
                        runs: gone.runs,
                        entries: gone.entries,
                        recordings: copies,
                        ..Removed::default()
                    };
                    self.note(document, removed, |_, _| {}).await?;
                }
                before = calls.last().map(|call| call.id);
                if calls.len() < PAGE as usize {
                    break;
                }
            }
        }
        Ok(waiting)
    }

    /// Asks for the end of a call's runs; whether there were any that are not final.
    async fn cancel_runs(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        call: kernel::id::CallId,
    ) -> Result<bool, Refusal> {
        let live = self.live_runs(workspace, call, MOST_RUNS).await?;
        for run in &live {
            match self.cancel(workspace, *run).await {
                // It has ended, or gone, by itself.
                Ok(()) | Err(Refusal::NotNow(_) | Refusal::NotFound(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(!live.is_empty())
    }

    /// Adds to a receipt what was removed; another node may work on the same one.
    async fn note(
        &self,
        document: &Document,
        removed: Removed,
        change: impl Fn(&mut Receipt, Timestamp),
    ) -> Result<(), Refusal> {
        for _ in 0..TRIES {
            let known = self.store.get(Kind::Receipt, document.id).await?;
            let mut known = known.ok_or(Refusal::NotFound("such receipt any more"))?;
            let before: Receipt = wire::decode("a receipt", &known.body)?;
            let (mut receipt, version, now) = (before.clone(), known.version, self.stamp.now());
            receipt.removed.add(removed);
            change(&mut receipt, now);
            if receipt == before || before.done_at.is_some() {
                return Ok(());
            }
            known.enabled = receipt.done_at.is_none();
            known.updated_at = now;
            known.version = version + 1;
            known.body = wire::encode(&receipt);
            if self.store.put(known, version).await? == Put::Saved {
                return Ok(());
            }
        }
        Err(Refusal::Unavailable(
            "the receipt is changed all the time".into(),
        ))
    }
}

impl Removed {
    fn add(&mut self, more: Removed) {
        for (sum, more) in [
            (&mut self.calls, more.calls),
            (&mut self.messages, more.messages),
            (&mut self.events, more.events),
            (&mut self.runs, more.runs),
            (&mut self.entries, more.entries),
            (&mut self.recordings, more.recordings),
            (&mut self.contacts, more.contacts),
            (&mut self.columns, more.columns),
            (&mut self.alerts, more.alerts),
            (&mut self.answers, more.answers),
        ] {
            *sum += more;
        }
    }
}
