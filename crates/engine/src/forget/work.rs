//! Working on receipts: call by call, each in a transaction of its own, so that whatever ends it in between, the next round goes
//! on. Runs that are not final are cancelled first, and their calls come last.

use super::{Number, Receipt, Removed, read};
use crate::Refusal;
use crate::engine::Inner;
use crate::pages::Pages;
use crate::wire;
use kernel::Timestamp;
use kernel::id::{CallId, ReceiptId, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;
use store::archive::{CallFilter, Forgetting, Page};
use store::catalog::{Document, Kind, Put};

/// Another node's receipts are seen after this; and what was in the way is tried again.
const EVERY: Duration = Duration::from_secs(20);
/// How long cancelled runs get before their calls are looked at again.
const PAUSE: Duration = Duration::from_millis(250);
/// So many pauses somebody who deletes one call waits.
const PATIENCE: usize = 20;
const PAGE: u32 = 50;
const MOST_RUNS: u32 = 500;
const TRIES: usize = 16;

impl Inner {
    pub(crate) async fn forget_numbers(self: Arc<Self>) {
        loop {
            let mut waits = EVERY;
            match self.work_on_receipts().await {
                Ok(true) => waits = PAUSE,
                Ok(false) => {}
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
    async fn work_on_receipts(self: &Arc<Self>) -> Result<bool, Refusal> {
        let mut soon = false;
        let mut pages = Pages::new(&*self.store, None, Kind::Receipt).by(PAGE);
        while let Some(page) = pages.next().await? {
            for document in page.iter().filter(|document| document.enabled) {
                match self.work_on(document).await {
                    Ok(again) => soon |= again,
                    // The others do not wait for it.
                    Err(error) => self.put_off(document, &error).await,
                }
            }
        }
        Ok(soon)
    }

    async fn put_off(&self, document: &Document, why: &Refusal) {
        let receipt = ReceiptId::from_bytes(document.id);
        tracing::warn!(%receipt, %why, "a number is not forgotten yet");
        let noted = self.note(document, Removed::default(), |receipt, _| {
            receipt.waits_for = Some(why.to_string());
        });
        if let Err(error) = noted.await {
            tracing::warn!(%receipt, %error, "a receipt cannot say what it waits for");
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
            Ok((0, None)) => {
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
            Ok((waiting, stuck)) => {
                let cancelling = || format!("{waiting} calls have runs that are being cancelled");
                let why = stuck.unwrap_or_else(cancelling);
                self.note(document, Removed::default(), |receipt, _| {
                    receipt.waits_for = Some(why.clone());
                })
                .await?;
                Ok(waiting > 0)
            }
            Err(other) => Err(other),
        }
    }

    /// Goes through the calls that there were when it was asked for; how many wait for their runs, and what is in the way of others.
    async fn forget_round(
        self: &Arc<Self>,
        document: &Document,
        number: &Number,
    ) -> Result<(usize, Option<String>), Refusal> {
        let (workspace, mut waiting, mut stuck) = (document.workspace, 0, None);
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
                    let forgotten = self.try_to_forget(workspace, call.id, document.created_at);
                    match forgotten.await {
                        Ok((forgetting, copies)) => {
                            waiting += usize::from(forgetting == Forgetting::Needed);
                            let removed = removed(forgetting, copies);
                            self.note(document, removed, |_, _| {}).await?;
                        }
                        Err(error) => stuck = Some(error.to_string()),
                    }
                }
                before = calls.last().map(|call| call.id);
                if calls.len() < PAGE as usize {
                    break;
                }
            }
        }
        Ok((waiting, stuck))
    }

    /// A call at once, or as soon as its runs are cancelled. `false`: there was none.
    pub(crate) async fn end_and_forget(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        call: CallId,
    ) -> Result<bool, Refusal> {
        let asked_at = self.stamp.now();
        for pause in [Duration::ZERO].into_iter().chain([PAUSE; PATIENCE]) {
            tokio::time::sleep(pause).await;
            match self.try_to_forget(workspace, call, asked_at).await?.0 {
                Forgetting::Done(_) => return Ok(true),
                Forgetting::Unknown => return Ok(false),
                Forgetting::Needed => {}
            }
        }
        Err(Refusal::NotNow(
            "the call has runs that are being cancelled: try again in a moment".into(),
        ))
    }

    async fn try_to_forget(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        call: CallId,
        asked_at: Timestamp,
    ) -> Result<(Forgetting, u64), Refusal> {
        match self.cancel_runs(workspace, call, asked_at).await? {
            true => Ok((Forgetting::Needed, 0)),
            false => self.forget_call(workspace, call).await,
        }
    }

    /// Asks for the end of a call's runs; whether there were any that are not final.
    async fn cancel_runs(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        call: CallId,
        asked_at: Timestamp,
    ) -> Result<bool, Refusal> {
        let live = self.live_runs(workspace, call, MOST_RUNS).await?;
        for run in &live {
            match self.cancel(workspace, *run, asked_at).await {
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

fn removed(forgetting: Forgetting, recordings: u64) -> Removed {
    let mut removed = Removed {
        recordings,
        ..Removed::default()
    };
    if let Forgetting::Done(gone) = forgetting {
        removed.calls = 1;
        (removed.messages, removed.events) = (gone.messages, gone.events);
        (removed.runs, removed.entries) = (gone.runs, gone.entries);
    }
    removed
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
