//! The loop that renews this node's lease and follows the roster.

use super::share::share;
use crate::engine::Inner;
use crate::plans::lock;
use std::sync::Arc;
use std::time::Duration;
use store::Parts;
use store::journal::Roster;
use tokio::time::Instant;

/// A lease is renewed so many times while it lasts.
const RENEWALS: u32 = 3;
/// While partitions change hands the store is asked this often: somebody waits for them.
const CHANGING: Duration = Duration::from_millis(200);

impl Inner {
    /// Joins the other nodes; returns once it is known what this one owns.
    pub(crate) async fn join(self: &Arc<Self>) -> store::Result<()> {
        self.attend_once().await?;
        // The first answer says who else is there, the second gives this node its share of what is free.
        self.attend_once().await
    }

    pub(crate) async fn attend(self: Arc<Self>) {
        loop {
            let renew = self.nodes.ttl / RENEWALS;
            let wait = if self.nodes.has_its_share() {
                renew
            } else {
                CHANGING.min(renew)
            };
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = self.nodes.ask.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
            if let Err(error) = self.attend_once().await {
                tracing::warn!(%error, "the lease waits for the store");
                tokio::time::sleep(CHANGING).await;
                self.nodes.ask.notify_one();
            }
        }
    }

    async fn attend_once(self: &Arc<Self>) -> store::Result<()> {
        let nodes = &self.nodes;
        let wanted = nodes.wanted(&self.active.under_way());
        let asked = Instant::now();
        let roster = self.store.attend(&nodes.name, nodes.ttl, &wanted).await?;
        let (before, _) = nodes.figures();
        let (gained, lost) = nodes.learn(roster, asked);
        if nodes.figures().0 != before {
            self.gates.forget_all();
        }
        if !lost.is_empty() {
            self.timers.forget(&lost);
        }
        if !gained.is_empty() {
            self.look_for_work();
            self.watch.look_back();
        }
        // The lease may have run out for a while: what waits goes on.
        self.timers.look();
        self.pump();
        self.ask_for_news();
        Ok(())
    }
}

impl super::Nodes {
    /// This node's share, and what it holds beside it as long as something of it is under way.
    fn wanted(&self, under_way: &Parts) -> Parts {
        let held = lock(&self.held);
        let mut wanted = held.share.clone();
        under_way
            .iter()
            .filter(|part| held.roster.mine.has(*part))
            .for_each(|part| wanted.add(part));
        wanted
    }

    /// Takes the store's answer to a question of `asked`; says which partitions' work came to this node, and which went.
    fn learn(&self, roster: Roster, asked: Instant) -> (Parts, Parts) {
        let mut held = lock(&self.held);
        // Counted from before the question: the store's clock began later.
        held.until = asked + self.ttl;
        if held.roster == roster {
            return (Parts::none(), Parts::none());
        }
        if held.roster.nodes != roster.nodes {
            held.share = share(&roster.nodes, &self.name);
        }
        let works = roster.mine.iter().filter(|part| held.share.has(*part));
        let works: Parts = works.collect();
        let gained = works.iter().filter(|part| {
            // Lost and won back in between is new as well.
            let at = usize::from(*part);
            !held.works.has(*part) || held.roster.epochs[at] != roster.epochs[at]
        });
        let gained: Parts = gained.collect();
        let lost = held.works.iter().filter(|part| !works.has(*part)).collect();
        if held.roster.nodes != roster.nodes {
            tracing::info!(nodes = ?roster.nodes, partitions = works.len(), "the roster has changed");
        }
        held.roster = roster;
        held.works = works;
        for part in gained.iter() {
            held.tenures[usize::from(part)] += 1;
        }
        (gained, lost)
    }

    fn has_its_share(&self) -> bool {
        let held = lock(&self.held);
        held.roster.mine == held.share
    }
}
