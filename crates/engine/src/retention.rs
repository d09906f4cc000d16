//! How long a workspace keeps what: payloads and journals, calls as a whole. What a run that is not final needs is kept as long
//! as it needs it.

use crate::engine::Inner;
use crate::recordings::{set_days, wrong_days};
use crate::settings::Settings;
use crate::{Engine, Refusal};
use jiff::SignedDuration;
use kernel::Timestamp;
use kernel::id::{CallId, WorkspaceId};
use kernel::run::Status;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::archive::{CallFilter, Page, RunFilter};

/// Of the workspace's document.
const PART: &str = "retention";
/// Calls that are looked at in one round.
const PORTION: u32 = 100;
/// Calls whose runs were at work, or that were heard of again, are met when all are gone through again.
const AGAIN: SignedDuration = SignedDuration::from_hours(24);
/// What is kept of endpoints is large, and all of it is read: not with every portion.
const OFTEN: SignedDuration = SignedDuration::from_mins(5);

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Retention {
    /// What the server says unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload_days: Option<u32>,
    /// For ever unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_days: Option<u32>,
}

/// How far a workspace's calls have been gone through, newest first within a stretch of time.
#[derive(Default)]
pub(crate) struct Reach {
    /// Everything before was gone through.
    done: Option<Timestamp>,
    /// The stretch that is gone through: its end, and the call to go on behind.
    going: Option<(Timestamp, Option<CallId>)>,
    /// When all calls were last begun with.
    began: Option<Timestamp>,
    /// Of calls that are removed as a whole.
    behind: Option<CallId>,
    /// The same, of copies that have expired.
    copies: Option<[u8; 16]>,
    /// When what came in at endpoints was last gone through.
    arrived: Option<Timestamp>,
}

fn ago(now: Timestamp, days: u32) -> Timestamp {
    let days = SignedDuration::from_hours(24 * i64::from(days));
    now.checked_sub(days).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Inner {
    /// A portion of each; whether there may be more.
    pub(crate) async fn remove_old(
        &self,
        workspace: WorkspaceId,
        reach: &mut Reach,
    ) -> Result<bool, Refusal> {
        let (retention, _) = self.setting::<Retention>(workspace, PART).await?;
        let now = self.stamp.now();
        let payloads = match retention.payload_days {
            Some(days) => ago(now, days),
            None => now - self.config.retention,
        };
        let mut more = self.prune_payloads(workspace, payloads, reach).await?;
        if let Some(days) = retention.call_days {
            more |= self.remove_calls(workspace, ago(now, days), reach).await?;
        }
        match self.expire_copies(workspace, &mut reach.copies).await {
            Ok(expired) => more |= expired,
            // A bucket that is away: the next round tries again.
            Err(error) => {
                tracing::warn!(%error, "copies of recordings that have expired stay for now")
            }
        }
        let is_due = |last: Timestamp| now.duration_since(last) >= OFTEN;
        if reach.arrived.is_none_or(is_due) {
            reach.arrived = Some(now);
            if let Err(error) = self.remove_arrived(workspace, payloads).await {
                tracing::warn!(%error, %workspace, "old messages of an endpoint stay for now");
            }
        }
        Ok(more)
    }

    async fn prune_payloads(
        &self,
        workspace: WorkspaceId,
        before: Timestamp,
        reach: &mut Reach,
    ) -> Result<bool, Refusal> {
        let now = self.stamp.now();
        if reach
            .began
            .is_none_or(|began| now.duration_since(began) > AGAIN)
        {
            (reach.began, reach.done, reach.going) = (Some(now), None, None);
        }
        // Kept longer from now on: nothing is due for a while.
        if reach.done.is_some_and(|done| done > before) {
            return Ok(false);
        }
        let (until, behind) = reach.going.unwrap_or((before, None));
        let filter = CallFilter {
            workspace: Some(workspace),
            from: reach.done,
            to: Some(until),
            ..CallFilter::default()
        };
        let calls = self.calls_behind(&filter, behind).await?;
        self.store.prune(&calls, before.min(until)).await?;
        let more = calls.len() >= PORTION as usize;
        if more {
            reach.going = Some((until, calls.last().copied()));
        } else {
            (reach.done, reach.going) = (Some(until), None);
        }
        Ok(more)
    }

    async fn remove_calls(
        &self,
        workspace: WorkspaceId,
        before: Timestamp,
        reach: &mut Reach,
    ) -> Result<bool, Refusal> {
        let filter = CallFilter {
            workspace: Some(workspace),
            to: Some(before),
            ..CallFilter::default()
        };
        let calls = self.calls_behind(&filter, reach.behind).await?;
        let more = calls.len() >= PORTION as usize;
        reach.behind = calls.last().copied().filter(|_| more);
        for call in calls {
            if let Err(error) = self.forget_call(workspace, call).await {
                tracing::warn!(%error, %call, "a call that is old enough stays for now");
            }
        }
        Ok(more)
    }

    async fn calls_behind(
        &self,
        filter: &CallFilter,
        before: Option<CallId>,
    ) -> Result<Vec<CallId>, Refusal> {
        let page = Page {
            before,
            limit: PORTION,
        };
        let calls = self.store.calls(filter, page).await?;
        Ok(calls.into_iter().map(|call| call.id).collect())
    }

    /// Runs of a call that are not final.
    pub(crate) async fn live_runs(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        limit: u32,
    ) -> Result<Vec<kernel::id::RunId>, Refusal> {
        let filter = RunFilter {
            workspace: Some(workspace),
            call: Some(call),
            statuses: vec![Status::Running, Status::Waiting],
            ..RunFilter::default()
        };
        let page = Page {
            before: None,
            limit,
        };
        let runs = self.store.runs(&filter, page).await?;
        Ok(runs.into_iter().map(|run| run.id).collect())
    }
}

impl Engine {
    /// With how long copies of recordings are kept, in days, and the version to save over.
    pub async fn retention(
        &self,
        workspace: WorkspaceId,
    ) -> Result<(Retention, u32, u32), Refusal> {
        let (recordings, _) = self.inner.recording_settings(workspace).await?;
        let (retention, version) = self.inner.setting(workspace, PART).await?;
        Ok((retention, recordings.days, version))
    }

    /// `expect` is the version that it replaces, where the caller cares. Answers the version that there is then.
    pub async fn save_retention(
        &self,
        workspace: WorkspaceId,
        expect: Option<u32>,
        retention: &Retention,
        recording_days: u32,
    ) -> Result<u32, Refusal> {
        let days = [
            (retention.payload_days, "/payload_days"),
            (retention.call_days, "/call_days"),
            (Some(recording_days), "/recording_days"),
        ];
        let problems = days
            .into_iter()
            .filter_map(|(days, path)| wrong_days(days?, path));
        let problems: Vec<_> = problems.collect();
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let set = |settings: &mut Settings| {
            settings.set(PART, retention);
            set_days(settings, recording_days);
        };
        self.inner.change_settings(workspace, expect, set).await
    }

    /// How long the server keeps payloads of workspaces that say nothing.
    pub fn usual_retention(&self) -> Duration {
        self.inner.config.retention
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests;
