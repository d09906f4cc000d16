//! Which flows use a connection: by its name, by its id, or as the only one of its kind.

use crate::Refusal;
use crate::engine::Inner;
use crate::plans::Book;
use actions::Actions;
use kernel::id::{ConnectionId, FlowId, WorkspaceId};
use std::sync::Arc;
use store::catalog::Document;

/// How many flows a refusal names.
const NAMED: usize = 5;

pub(super) struct Users<'a> {
    book: Arc<Book>,
    world: &'a dyn Actions,
    /// How many connections there are of each kind.
    kinds: Vec<String>,
}

impl Users<'_> {
    pub(super) fn of(&self, document: &Document, kind: &str) -> Vec<(FlowId, String)> {
        let id = ConnectionId::from_bytes(document.id).to_string();
        let is_only = self.kinds.iter().filter(|known| *known == kind).count() == 1;
        let uses = |action: &str, named: Option<&str>| match named {
            Some(named) => named == document.name || named == id,
            None => is_only && self.takes(action, kind),
        };
        let using = self.book.all().filter(|flow| {
            let mut actions = flow.plan.actions();
            actions.any(|(action, named)| uses(action, named))
        });
        let mut using: Vec<_> = using
            .map(|flow| (flow.id, flow.plan.name.clone()))
            .collect();
        using.sort();
        using
    }

    /// Whether an action that names no connection takes the only one of this kind.
    fn takes(&self, action: &str, kind: &str) -> bool {
        let spec = self.world.spec(action);
        spec.is_some_and(|spec| spec.connects.required && spec.connects.kinds.contains(&kind))
    }
}

impl Inner {
    pub(super) async fn connection_users(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Users<'_>, Refusal> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let known = self.named_connections(workspace).await?;
        Ok(Users {
            book,
            world: &*self.world,
            kinds: known.into_iter().map(|known| known.kind).collect(),
        })
    }

    /// Refuses what would leave a name in flows that means nothing any more.
    pub(super) async fn refuse_if_named(
        &self,
        workspace: WorkspaceId,
        name: &str,
        what: &str,
    ) -> Result<(), Refusal> {
        let users = self.connection_users(workspace).await?;
        let naming = users
            .book
            .all()
            .filter(|flow| flow.connections.iter().any(|named| named == name));
        let naming: Vec<_> = naming
            .map(|flow| (flow.id, flow.plan.name.clone()))
            .collect();
        match naming.is_empty() {
            true => Ok(()),
            false => Err(in_use(&naming, what)),
        }
    }
}

pub(super) fn in_use(flows: &[(FlowId, String)], what: &str) -> Refusal {
    let mut names: Vec<_> = flows
        .iter()
        .take(NAMED)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    if flows.len() > NAMED {
        names.push(format!("{} more", flows.len() - NAMED));
    }
    Refusal::NotNow(format!(
        "flows use this connection: {}; change them first, or pass force=true: their steps fail once it {what}",
        names.join(", ")
    ))
}
