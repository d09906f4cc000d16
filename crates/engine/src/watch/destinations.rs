//! Alerts of destinations: raised while a breaker holds runs back, resolved once calls go well again. A destination that has not
//! answered for days is paused: what waits for it waits for a person then, and nothing is lost.

use super::alerts::{AlertKind, Trouble};
use crate::engine::Inner;
use crate::gates::Destination;
use kernel::Timestamp;
use kernel::gate::State;
use kernel::health::{FULL, share};
use std::time::Duration;

/// An alert says at least this often how things stand.
const RENEWED: Duration = Duration::from_secs(300);
/// What nobody has seen failing for so long is over, whether or not anything was sent since.
const QUIET: Duration = Duration::from_secs(600);

impl Inner {
    pub(super) async fn look_at_destinations(&self) -> store::Result<()> {
        for workspace in self.gates.workspaces() {
            for destination in self.destinations(workspace).await? {
                if destination.failing_since.is_some() && destination.state != State::Closed {
                    self.warn_of(workspace, &destination).await?;
                }
            }
        }
        for (workspace, trouble, last_at) in self.troubles(AlertKind::DestinationFailing).await? {
            let there = self.destination_named(workspace, &trouble.subject).await?;
            if is_over(there.as_ref(), last_at, self.stamp.now()) {
                let (kind, subject) = (trouble.kind, &trouble.subject);
                self.resolve_alert(workspace, kind, subject).await?;
            }
        }
        Ok(())
    }

    async fn warn_of(
        &self,
        workspace: kernel::id::WorkspaceId,
        destination: &Destination,
    ) -> store::Result<()> {
        let (kind, now) = (AlertKind::DestinationFailing, self.stamp.now());
        let known = self.trouble(workspace, kind, &destination.name).await?;
        // A node that has just started knows of the last minutes alone.
        let since = destination.failing_since.unwrap_or(now);
        let since = known
            .as_ref()
            .map_or(since, |(known, _)| known.since.min(since));
        let lasted = Duration::try_from(now.duration_since(since)).unwrap_or_default();
        let level = share(lasted, self.config.breaker.gives_up);
        let is_said = known
            .is_some_and(|(known, last_at)| known.level >= Some(level) && now < last_at + RENEWED);
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
            self.raise_alert(workspace, &trouble).await?;
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
