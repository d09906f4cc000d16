//! Alerts of destinations: raised while a breaker holds runs back, resolved once calls go well again. A destination that has not
//! answered for days is paused: what waits for it waits for a person then, and nothing is lost.

use super::health::Telling;
use super::trouble::{AlertKind, Trouble};
use crate::engine::Inner;
use crate::gates::Destination;
use crate::plans::lock;
use crate::wire;
use kernel::Timestamp;
use kernel::gate::State;
use kernel::health::{FULL, share};
use kernel::id::WorkspaceId;
use kernel::run::{Run, said};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const KIND: AlertKind = AlertKind::DestinationFailing;
const EVENT: &str = "destination.failing";
/// An alert says at least this often how things stand.
const RENEWED: Duration = Duration::from_secs(300);
/// What nobody has seen failing for so long is over, whether or not anything was sent since.
const QUIET: Duration = Duration::from_secs(600);

/// What others may have raised is found after so long.
const READ_AGAIN: Duration = Duration::from_secs(600);

/// Destinations whose alerts are not over: whoever looks for all raises and resolves them, so it need not list them each time.
#[derive(Default)]
pub(super) struct Failing {
    known: BTreeSet<(WorkspaceId, String)>,
    /// In which tenure of the first partition they were read, and when.
    read: Option<(u64, Instant)>,
}

impl Inner {
    pub(super) async fn look_at_destinations(self: &Arc<Self>) -> store::Result<()> {
        self.know_failing().await?;
        for workspace in self.gates.workspaces() {
            for destination in self.destinations(workspace).await? {
                if destination.failing_since.is_some() && destination.state != State::Closed {
                    self.warn_of(workspace, &destination).await?;
                }
            }
        }
        let failing: Vec<_> = lock(&self.watch.failing).known.iter().cloned().collect();
        for (workspace, subject) in failing {
            self.settle_alert(workspace, KIND, &subject).await?;
            let known = self.trouble(workspace, KIND, &subject).await?;
            let is_over = match known {
                None => true,
                Some((_, last_at)) => {
                    let there = self.destination_named(workspace, &subject).await?;
                    is_over(there.as_ref(), last_at, self.stamp.now())
                }
            };
            if is_over {
                self.resolve_alert(workspace, KIND, &subject).await?;
                lock(&self.watch.failing)
                    .known
                    .remove(&(workspace, subject));
            }
        }
        Ok(())
    }

    /// Reads which alerts are not over, when others may have changed that: this node has not looked for all before, or not lately.
    async fn know_failing(&self) -> store::Result<()> {
        let tenure = self.nodes.tenure(0);
        let is_known = |failing: &Failing| {
            let read = failing.read;
            read.is_some_and(|(of, at)| of == tenure && at.elapsed() < READ_AGAIN)
        };
        if is_known(&lock(&self.watch.failing)) {
            return Ok(());
        }
        let now = Instant::now();
        let known = self.troubles(KIND).await?;
        *lock(&self.watch.failing) = Failing {
            known: known.into_iter().collect(),
            read: Some((tenure, now)),
        };
        Ok(())
    }

    async fn warn_of(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        destination: &Destination,
    ) -> store::Result<()> {
        let now = self.stamp.now();
        let known = self.trouble(workspace, KIND, &destination.name).await?;
        // A node that has just started knows of the last minutes alone.
        let since = destination.failing_since.unwrap_or(now);
        let since = known
            .as_ref()
            .map_or(since, |(known, _)| known.since.min(since));
        let lasted = Duration::try_from(now.duration_since(since)).unwrap_or_default();
        let level = share(lasted, self.config.breaker.gives_up);
        let is_news = known
            .as_ref()
            .is_none_or(|(known, _)| known.level < Some(level));
        let is_said = !is_news && known.is_some_and(|(_, last_at)| now < last_at + RENEWED);
        if !is_said {
            let cause = destination.last_failure.as_ref();
            let cause = cause.map_or("it does not answer", |failure| &failure.message);
            let (name, count) = (&destination.name, destination.failed);
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            let trouble = Trouble {
                level: Some(level),
                run: destination.last_failure.as_ref().map(|failure| failure.run),
                ..Trouble::of_destination(name, cause, since, count)
            };
            let failing = (workspace, trouble.subject.clone());
            lock(&self.watch.failing).known.insert(failing);
            let owed = match is_news {
                true => self.warning(workspace, destination, &trouble).await?,
                false => None,
            };
            self.raise_and_owe(workspace, &trouble, owed).await?;
        }
        if level == FULL && destination.state != State::Paused {
            let paused = self.pause_destination(workspace, &destination.name, true);
            if let Err(refusal) = paused.await {
                tracing::warn!(?refusal, destination = %destination.name, "it could not be paused yet");
            }
        }
        Ok(())
    }
}

impl Inner {
    /// What flows that watch are told of a destination, as of the call of the last run that it failed; `None`: nobody listens.
    async fn warning(
        &self,
        workspace: WorkspaceId,
        destination: &Destination,
        trouble: &Trouble,
    ) -> store::Result<Option<Telling>> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let Some(last) = &destination.last_failure else {
            return Ok(None);
        };
        if !book.starts_any(EVENT) && !book.pauses(EVENT) {
            return Ok(None);
        }
        let Some(row) = self.store.run(last.run).await? else {
            return Ok(None);
        };
        let run: Run = wire::decode("a run", &row.state)?;
        let flow = self
            .plans
            .version(&*self.store, &*self.world, row.flow, row.flow_version)
            .await?;
        let name = flow.map_or_else(String::new, |flow| flow.plan.name.clone());
        let mut said = said(&run, &row.flow.to_string(), &name);
        let step = run.cursor.as_ref().map(|cursor| cursor.step.as_str());
        let step = step.or(run.failure.as_ref().map(|failure| failure.step.as_str()));
        said.insert(
            "error".into(),
            json!({ "code": last.code, "message": last.message, "step": step, "status": null }),
        );
        said.insert(
            "failing".into(),
            json!({
                "destination": trouble.subject, "level": trouble.level, "failures": trouble.count,
                "since": trouble.since.to_string(),
            }),
        );
        Ok(Some(self.telling(EVENT, last.run, None, said)))
    }
}

fn is_over(destination: Option<&Destination>, last_at: Timestamp, now: Timestamp) -> bool {
    let is_quiet = now >= last_at + QUIET;
    match destination {
        None => is_quiet,
        Some(there) => {
            let is_held = matches!(there.state, State::Open | State::Paused | State::Limited);
            let is_well = !is_held && there.failing_since.is_none();
            is_well && (there.succeeded > 0 || is_quiet)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(state: State, succeeded: u64) -> Destination {
        Destination {
            state,
            succeeded,
            ..Destination::unseen("crm:443".into())
        }
    }

    #[test]
    fn trouble_is_over_when_calls_go_well_or_nobody_has_seen_it_for_long() {
        let (then, soon, late) = (
            Timestamp::UNIX_EPOCH,
            Timestamp::UNIX_EPOCH + Duration::from_secs(5),
            Timestamp::UNIX_EPOCH + QUIET,
        );
        let (well, unused) = (destination(State::Closed, 1), destination(State::Closed, 0));
        assert!(is_over(Some(&well), then, soon));
        assert!(!is_over(Some(&unused), then, soon) && is_over(Some(&unused), then, late));
        assert!(!is_over(None, then, soon) && is_over(None, then, late));
        for state in [State::Open, State::Limited, State::Paused] {
            assert!(
                !is_over(Some(&destination(state, 1)), then, late),
                "{state:?}"
            );
        }
    }
}
