//! Live tests: nobody waits in one, and none is counted, but what holds the runs to a destination back holds it back too. A test
//! that may send takes its token of the rate, so that what a receiver gets is never more than was set.

use super::settings::read;
use super::tokens::key;
use super::{Lane, RateSetting};
use crate::engine::Inner;
use crate::plans::lock;
use crate::refusal::failed;
use kernel::Timestamp;
use kernel::gate::bucket::take;
use kernel::id::WorkspaceId;
use kernel::run::{Failure, Perform, Retriable};
use std::time::Duration;

/// How often nodes may be faster before a test is told to come again.
const TRIES: usize = 8;
const CROWDED: Duration = Duration::from_millis(50);
const CODE: &str = "held_back";

/// Why nothing is sent.
enum Refused {
    Paused,
    Failing(Timestamp),
    Rate(Timestamp),
}

impl Inner {
    /// Lets a test send, or says why not and until when.
    pub(crate) async fn let_try(
        &self,
        workspace: WorkspaceId,
        perform: &Perform,
    ) -> Result<(), Failure> {
        let lane = (workspace, self.destination(perform));
        let why = match self.refused(&lane).await {
            Ok(None) => return Ok(()),
            Ok(Some(Refused::Paused)) => "is paused: resume it first".to_owned(),
            Ok(Some(Refused::Failing(until))) => {
                format!("is held back since it fails or asked for a pause, until {until}")
            }
            Ok(Some(Refused::Rate(until))) => format!("has its rate used up until {until}"),
            Err(error) => {
                format!("may be held back, which the store cannot say at the moment: {error}")
            }
        };
        let to = &lane.1;
        let message = format!("`{to}` {why}; a test does not wait, and nothing was sent");
        Err(failed(CODE, message, Retriable::No))
    }

    async fn refused(&self, lane: &Lane) -> store::Result<Option<Refused>> {
        let setting = self.find_destination(lane.0, &lane.1).await?;
        let setting = setting.as_ref().map(read).unwrap_or_default();
        if setting.paused.is_some() {
            return Ok(Some(Refused::Paused));
        }
        if let Some(until) = self.next_probe(lane) {
            return Ok(Some(Refused::Failing(until)));
        }
        Ok(match setting.rate {
            Some(rate) => self.take_one(lane, rate).await?.map(Refused::Rate),
            None => None,
        })
    }

    /// When the next call may go to a destination that this node or another has found shut.
    fn next_probe(&self, lane: &Lane) -> Option<Timestamp> {
        let here = {
            let kept = lock(&self.gates.kept);
            let known = kept.lanes.get(lane);
            known.and_then(|known| known.gate.next_probe())
        };
        let here = here.map(|at| self.time(at));
        let elsewhere = self.elsewhere(lane.0).into_iter();
        let elsewhere = elsewhere.filter(|(name, _)| *name == lane.1);
        let now = self.stamp.now();
        let shut = elsewhere.filter_map(|(_, told)| told.next_probe_at);
        shut.chain(here).filter(|until| *until > now).max()
    }

    /// `None`: a token was taken, to be spent now.
    async fn take_one(&self, lane: &Lane, rate: RateSetting) -> store::Result<Option<Timestamp>> {
        let (key, rate) = (key(lane), rate.rate());
        let at = |wait: Duration| self.stamp.now().saturating_add(wait).ok();
        for _ in 0..TRIES {
            let limit = self.store.limit(key).await?;
            let taken = match take(&rate, limit.used_until, limit.now, 1) {
                Ok(taken) => taken,
                Err(wait) => return Ok(at(wait)),
            };
            if taken.chunk.first.is_positive() {
                return Ok(at(taken.chunk.first.unsigned_abs()));
            }
            let used = limit.used_until;
            if self.store.use_limit(key, used, taken.used_until).await? {
                return Ok(None);
            }
        }
        Ok(at(CROWDED))
    }
}
