//! One look at a platform's list: page after page, each judged call by call. Where it is stands in the store after every page, so
//! that it goes on there whatever happens; how it ended decides when the next one comes.

use super::Source;
use super::judge::Judge;
use crate::errors::Result;
use crate::state::State;
use actions::Unanswered;
use engine::reconciled::{Found, Look, Reconciled, Setback, back};
use kernel::id::CallId;
use providers::listing::{Page, Window};
use std::collections::HashSet;
use std::time::Duration;
use tokio::time::Instant;

/// When a look that was stopped half-way goes on.
const SOON: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    /// Nothing is accepted, and nothing is kept of it.
    pub dry: bool,
    /// So far back from now, wherever the reconciler stands.
    pub over: Option<Duration>,
    /// After so many pages, or so long, it goes on another time.
    pub pages: usize,
    pub within: Duration,
}

/// What a look has found.
pub(crate) struct Looked {
    pub look: Look,
    /// By the platform's id; ours where it was accepted.
    pub backfilled: Vec<(String, Option<CallId>)>,
    /// By the platform's id, and why.
    pub refused: Vec<(String, String)>,
    pub end: End,
}

pub(crate) enum End {
    Over,
    /// There is more to look at.
    More,
    Failed(Setback),
}

pub(crate) async fn look(state: &State, source: &Source, how: How) -> Result<Looked> {
    let engine = &state.engine;
    let (stand, version) = engine.reconciled(source.inbox.id).await?;
    let now = engine.now();
    let (retention, ..) = engine.retention(source.inbox.workspace).await?;
    let days = u64::from(retention.call_days.unwrap_or(u32::MAX));
    // What is older would be kept anew.
    let kept_for = Duration::from_secs(days * 86_400);
    let mut look = match how.over {
        Some(over) => Look::over(back(now, over.min(kept_for)), now),
        None => stand.begin(now, source.look_back.min(kept_for), source.made_at),
    };
    let mut book = Book {
        state,
        source,
        // Only the next look in turn moves the place where the reconciler stands.
        version: (!how.dry && how.over.is_none()).then_some(version),
        placed: look.found,
        stand,
    };
    let mut judge = Judge::new(state, source, how.dry);
    let end = pages(state, source, how, &mut look, &mut judge, &mut book).await?;
    book.close(&look, &end).await?;
    count(how, &end);
    Ok(Looked {
        look,
        backfilled: judge.backfilled,
        refused: judge.refused,
        end,
    })
}

async fn pages(
    state: &State,
    source: &Source,
    how: How,
    look: &mut Look,
    judge: &mut Judge<'_>,
    book: &mut Book<'_>,
) -> Result<End> {
    let began = Instant::now();
    let mut seen = HashSet::from([look.next.clone()]);
    let mut size = source.list.most();
    for _ in 0..how.pages {
        let page = match page(state, source, look, &mut size).await {
            Ok(page) => page,
            Err(setback) => return Ok(End::Failed(setback)),
        };
        for call in page.calls {
            // The page is gone through again: what is known by then takes no time.
            if began.elapsed() > how.within {
                return Ok(End::More);
            }
            if let Err(setback) = judge.judge(look, call).await {
                return Ok(End::Failed(setback));
            }
        }
        if page.next.is_none() {
            return Ok(End::Over);
        }
        if !seen.insert(page.next.clone()) {
            let error = "the list does not go on: its next page is one that was there before";
            return Ok(End::Failed(lasting(error.into(), true)));
        }
        (look.next, look.moved) = (page.next, true);
        book.turn(look).await?;
        if began.elapsed() > how.within {
            break;
        }
    }
    Ok(End::More)
}

/// The next page, in smaller parts where it is too large.
async fn page(
    state: &State,
    source: &Source,
    look: &Look,
    size: &mut usize,
) -> std::result::Result<Page, Setback> {
    let (from, to) = (look.from, look.to);
    loop {
        let next = look.next.as_deref();
        let ask = source
            .list
            .page(&source.api, Window { from, to }, next, *size);
        match source.ask(state, ask).await {
            Ok(body) => {
                let page = source.list.read(&source.api, &body, next, *size);
                return page.map_err(|error| lasting(error, true));
            }
            Err(Unanswered::TooLarge(_)) if *size > 1 => *size /= 2,
            Err(why) => return Err(setback(why)),
        }
    }
}

pub(super) fn setback(why: Unanswered) -> Setback {
    match why {
        Unanswered::Later(wait, error) => Setback {
            error,
            wait: Some(wait),
            is_lasting: false,
        },
        Unanswered::Refused { status, message } => match status {
            401 | 403 => lasting(
                format!("{message}. Check the key, and what it may read"),
                true,
            ),
            404 => lasting(
                format!("{message}. Check the account and the address of the API"),
                true,
            ),
            _ => lasting(message, false),
        },
        other => lasting(other.to_string(), false),
    }
}

fn lasting(error: String, is_lasting: bool) -> Setback {
    Setback {
        error,
        wait: None,
        is_lasting,
    }
}

/// Where the reconciler stands, as it is written while it looks. Whoever else writes meanwhile goes on from there.
struct Book<'a> {
    state: &'a State,
    source: &'a Source,
    stand: Reconciled,
    /// What was found up to the place where the look stands.
    placed: Found,
    /// To write over; `None`: nothing is written any more.
    version: Option<u32>,
}

impl Book<'_> {
    async fn turn(&mut self, look: &Look) -> Result<()> {
        self.placed = look.found;
        self.stand.look = Some(look.clone());
        self.write().await
    }

    /// A look that ends within a page finds the whole page again; what it has back-filled it has.
    fn at_place(&self, look: &Look) -> Look {
        let backfilled = look.found.backfilled;
        Look {
            found: Found {
                backfilled,
                ..self.placed
            },
            moved: look.moved || backfilled > self.placed.backfilled,
            ..look.clone()
        }
    }

    async fn close(&mut self, look: &Look, end: &End) -> Result<()> {
        if self.version.is_none() {
            return Ok(());
        }
        let (now, every) = (self.state.engine.now(), self.source.every);
        let was_failing = self.stand.failures > 0;
        match end {
            End::Over => {
                self.stand.backfilled += look.found.backfilled;
                self.stand.finish(look, now, every);
            }
            End::More => self.stand.pause(self.at_place(look), now, SOON),
            End::Failed(setback) => {
                let look = self.at_place(look);
                self.stand.fail(look, setback, now, every);
            }
        }
        self.write().await?;
        // Whoever switched it off meanwhile is told nothing.
        if self.version.is_some() {
            self.tell(end, was_failing).await?;
        }
        Ok(())
    }

    async fn tell(&self, end: &End, was_failing: bool) -> Result<()> {
        let (engine, inbox) = (&self.state.engine, &self.source.inbox);
        match end {
            End::Failed(setback) => {
                tracing::info!(endpoint = %inbox.id, error = %setback.error, "the calls of an endpoint could not be looked for");
                if self.stand.is_trouble(setback) {
                    let name = &self.source.name;
                    let told =
                        engine.cannot_reconcile(inbox.workspace, inbox.id, name, &self.stand);
                    told.await?;
                }
            }
            End::Over | End::More if was_failing => {
                engine.reconciles_again(inbox.workspace, inbox.id).await?;
            }
            End::Over | End::More => {}
        }
        Ok(())
    }

    async fn write(&mut self) -> Result<()> {
        let Some(version) = self.version else {
            return Ok(());
        };
        let (workspace, id) = (self.source.inbox.workspace, self.source.inbox.id);
        let kept = self
            .state
            .engine
            .keep_reconciled(workspace, id, &self.stand, version);
        self.version = kept.await?;
        Ok(())
    }
}

fn count(how: How, end: &End) {
    if how.dry {
        return;
    }
    let result = if matches!(end, End::Failed(_)) {
        "failed"
    } else {
        "ok"
    };
    metrics::counter!("switchhook_reconciler_looks_total", "result" => result).increment(1);
}
