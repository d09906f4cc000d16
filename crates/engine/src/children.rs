//! Child runs: what a run that begins some needs to know, and how the end of one reaches its parent. The timer that tells it
//! is the child's own, so none takes another's place however many end at once.

use crate::engine::Inner;
use crate::job::Course;
use crate::plans::Book;
use crate::wire;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::{Child, Input, Joined, Next, Run, Transition};
use std::sync::Arc;
use store::journal::{RunRow, Timer, TimerKind};

impl Inner {
    /// The flows that children of this transition, or theirs, may be runs of, or that what it raises may start, as they are now;
    /// `None` when it begins nothing.
    pub(crate) async fn flows_for(
        &self,
        workspace: WorkspaceId,
        transition: &Transition,
    ) -> store::Result<Option<Arc<Book>>> {
        let spawns = matches!(&transition.next, Next::Await { spawn, .. } if !spawn.is_empty());
        if !spawns && transition.raise.is_empty() {
            return Ok(None);
        }
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        Ok(Some(book))
    }

    /// Takes the children out of a transition. A run is told at once of those that cannot begin, and goes on from there.
    pub(crate) fn settle(
        &self,
        course: &Course,
        mut transition: Transition,
        book: Option<&Book>,
    ) -> (Transition, Vec<(Course, Run)>) {
        let mut begun = Vec::new();
        while let Next::Await { spawn, .. } = &mut transition.next {
            let mut refused = Vec::new();
            for child in std::mem::take(spawn) {
                match course_of(&child, course, book) {
                    Some(own) => begun.push((own, child.run)),
                    None => {
                        let name = child.flow.as_deref().unwrap_or_default();
                        let message = format!("there is no flow `{name}` in this workspace");
                        refused.push(Joined::refused(&child, "flow_gone", &message));
                    }
                }
            }
            if refused.is_empty() {
                break;
            }
            let input = Input::Joined(refused);
            let next = course.advance(transition.run, input, self.stamp.now());
            transition = Transition {
                entries: [transition.entries, next.entries].concat(),
                reply: transition.reply.or(next.reply),
                raise: [transition.raise, next.raise].concat(),
                cancel: [transition.cancel, next.cancel].concat(),
                ..next
            };
        }
        (transition, begun)
    }

    /// A child has ended: its parent is told, if that one still waits for it.
    pub(crate) async fn tell_parent(self: &Arc<Self>, timer: &Timer) -> store::Result<()> {
        let child = RunId::from_bytes(timer.subject);
        let ended = self.ended(child).await?;
        let Some((parent, joined)) = ended else {
            return self.clear(vec![timer.clone()]).await;
        };
        if self.active.defer(parent, timer.clone()) {
            return Ok(());
        }
        if !self.active.enter(parent) {
            self.timers.again(timer);
            return Ok(());
        }
        let tenure = self.nodes.tenure(parent.part());
        let row = self
            .store
            .run(parent)
            .await
            .inspect_err(|_| self.let_go(parent))?;
        let Some(row) = row.filter(|row| awaits(row, child)) else {
            self.let_go(parent);
            return self.clear(vec![timer.clone()]).await;
        };
        // Those that have ended meanwhile: one commit tells of them all.
        let others = self.active.take_deferred(parent, TimerKind::JoinRun);
        let told = async {
            let mut all = vec![joined];
            for other in &others {
                let other = self.ended(RunId::from_bytes(other.subject)).await?;
                all.extend(other.map(|(_, joined)| joined));
            }
            let fired = [std::slice::from_ref(timer), &others].concat();
            self.take_up(row, tenure, Input::Joined(all), fired).await
        };
        told.await.inspect_err(|_| {
            self.timers.done(&others);
            self.let_go(parent);
        })
    }

    /// What a run that has ended gives back, and to whom.
    async fn ended(&self, id: RunId) -> store::Result<Option<(RunId, Joined)>> {
        let Some(row) = self.store.run(id).await? else {
            return Ok(None);
        };
        let run: Run = wire::decode("a run", &row.state)?;
        let joined = run.joined();
        Ok(run.parent.and_then(|parent| Some((parent.run, joined?))))
    }
}

fn awaits(row: &RunRow, child: RunId) -> bool {
    let run = wire::decode::<Run>("a run", &row.state);
    !row.status.is_final() && run.is_ok_and(|run| run.awaits().contains(&child))
}

/// What a child needs besides its own value; `None` when there is no such flow.
fn course_of(child: &Child, parent: &Course, book: Option<&Book>) -> Option<Course> {
    let flow = match &child.flow {
        Some(name) => book?.named(name)?,
        None => parent.flow.clone(),
    };
    Some(Course {
        flow,
        ..parent.clone()
    })
}
