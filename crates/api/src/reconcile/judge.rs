//! What is to be done about one call that a platform lists: nothing, or its messages are accepted as if they had come. What cannot be
//! read or taken is said with its reason, and holds nothing else up.

use super::Source;
use super::look::setback;
use crate::state::State;
use calls::Observation;
use engine::Refusal;
use engine::reconciled::{Look, Setback, back};
use kernel::id::CallId;
use providers::listing::{Listed, State as Progress};
use std::collections::HashSet;
use std::time::Duration;

/// A call that has ended since is left to its webhooks.
const GRACE: Duration = Duration::from_secs(120);
/// So many are named one by one.
const NAMED: usize = 100;

pub(super) struct Judge<'a> {
    state: &'a State,
    source: &'a Source,
    dry: bool,
    /// Pages may overlap.
    seen: HashSet<(String, Option<String>)>,
    pub backfilled: Vec<(String, Option<CallId>)>,
    pub refused: Vec<(String, String)>,
}

impl<'a> Judge<'a> {
    pub fn new(state: &'a State, source: &'a Source, dry: bool) -> Self {
        Self {
            state,
            source,
            dry,
            seen: HashSet::new(),
            backfilled: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// An error ends the look: it is nothing about this call.
    pub async fn judge(&mut self, look: &mut Look, call: Listed) -> Result<(), Setback> {
        if !self.seen.insert((call.id.clone(), call.part.clone())) {
            return Ok(());
        }
        if call.part.is_some() && !self.knows(&call.id).await? {
            return Ok(());
        }
        look.found.listed += 1;
        let now = self.state.engine.now();
        match call.state {
            Progress::Live => {
                look.found.live += 1;
                // Some calls never end in a list.
                let longest = back(now, self.source.inbox.provider.policy().watchdog);
                if call.began.is_none_or(|began| began >= longest) {
                    look.keep_open(call.began);
                }
            }
            Progress::Ended(Some(at)) if at > back(now, GRACE) => {
                look.found.waiting += 1;
                look.keep_open(call.began);
            }
            Progress::Ended(_) => self.catch_up(look, call).await?,
        }
        Ok(())
    }

    async fn catch_up(&mut self, look: &mut Look, call: Listed) -> Result<(), Setback> {
        let told = match self.read(&call.messages) {
            Ok(told) => told,
            Err(why) => {
                self.refuse(look, &call.id, why);
                return Ok(());
            }
        };
        let inbox = &self.source.inbox;
        let engine = &self.state.engine;
        let is_news = engine.is_news(inbox.workspace, inbox.id, &told).await;
        if !is_news.map_err(held_up)? {
            look.found.known += 1;
            return Ok(());
        }
        if self.dry {
            look.found.backfilled += 1;
            self.name(call.id, None);
            return Ok(());
        }
        let told = match self.whole(&call).await? {
            None => told,
            Some(Ok(told)) => told,
            Some(Err(why)) => {
                self.refuse(look, &call.id, why);
                return Ok(());
            }
        };
        match engine.accept(inbox.workspace, Some(inbox.id), told).await {
            Ok(receipts) => {
                metrics::counter!("switchhook_reconciler_backfilled_total").increment(1);
                look.found.backfilled += 1;
                self.name(call.id, receipts.first().map(|receipt| receipt.call));
                Ok(())
            }
            Err(refusal @ (Refusal::Unavailable(_) | Refusal::Overloaded(_))) => {
                Err(held_up(refusal))
            }
            Err(refusal) => {
                self.refuse(look, &call.id, refusal.to_string());
                Ok(())
            }
        }
    }

    async fn knows(&self, call: &str) -> Result<bool, Setback> {
        let inbox = &self.source.inbox;
        let (engine, provider) = (&self.state.engine, inbox.provider.name());
        let known = engine.knows_call(inbox.workspace, provider, call);
        known.await.map_err(held_up)
    }

    /// What the list leaves out; `None`: nothing.
    async fn whole(
        &self,
        call: &Listed,
    ) -> Result<Option<Result<Vec<Observation>, String>>, Setback> {
        let list = self.source.list;
        let Some(ask) = list
            .one(&self.source.api, &call.id)
            .filter(|_| call.in_part)
        else {
            return Ok(None);
        };
        match self.source.ask(self.state, ask).await {
            Ok(body) => Ok(Some(
                list.read_one(&body)
                    .and_then(|messages| self.read(&messages)),
            )),
            // Deleted meanwhile, or too large: the others are not.
            Err(why @ actions::Unanswered::TooLarge(_)) => Ok(Some(Err(why.to_string()))),
            Err(actions::Unanswered::Refused {
                status: 404 | 410,
                message,
            }) => Ok(Some(Err(message))),
            Err(why) => Err(setback(why)),
        }
    }

    /// Read as a webhook is.
    fn read(&self, messages: &[Vec<u8>]) -> Result<Vec<Observation>, String> {
        let mut told = Vec::new();
        for body in messages {
            let request = providers::Request {
                method: "POST",
                url: "",
                headers: &[],
                body,
            };
            let read = self.source.inbox.provider.read(&request);
            told.extend(read.map_err(|unreadable| unreadable.to_string())?);
        }
        if told.is_empty() {
            return Err("the platform says nothing of how it went".into());
        }
        told.iter_mut()
            .for_each(|observation| observation.backfilled = true);
        Ok(told)
    }

    fn name(&mut self, id: String, call: Option<CallId>) {
        if self.backfilled.len() < NAMED {
            self.backfilled.push((id, call));
        }
    }

    fn refuse(&mut self, look: &mut Look, id: &str, why: String) {
        look.found.refused += 1;
        tracing::warn!(endpoint = %self.source.inbox.id, call = id, %why, "a call that a platform lists was not taken");
        if self.refused.len() < NAMED {
            self.refused.push((id.to_owned(), why));
        }
    }
}

fn held_up(refusal: Refusal) -> Setback {
    Setback {
        error: refusal.to_string(),
        wait: None,
        is_lasting: false,
    }
}
