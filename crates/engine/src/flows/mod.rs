//! Flows as documents: versions never change, drafts are versions beside the one in force, the switch is no version.
//! A flow that was published or switched matches so from the moment that is answered.

mod ask;
mod derived;
mod find;
mod kept;
mod key;
mod save;

pub use find::{Find, Is, Sort};
pub use kept::{Author, Origin};
pub use save::Change;

use crate::Refusal;
use crate::engine::Inner;
use crate::plans::secrets_of;
use crate::schema::Vocabulary;
use crate::settling::settles;
use crate::watch::Paused;
pub(crate) use kept::split;
use kernel::flow::{Connection, Plan, compile, complete_ids};
use kernel::id::{FlowId, WorkspaceId};
use kernel::{Problem, Timestamp};
use serde_json::Value;
use store::catalog::{Document, Kind};

/// A version of a flow, and how the flow stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    pub id: FlowId,
    pub workspace: WorkspaceId,
    pub version: u32,
    pub name: String,
    /// Whether events start the flow; not a matter of versions.
    pub enabled: bool,
    /// The version in force; `None`: only drafts so far.
    pub live: Option<u32>,
    /// The newest version there is, draft or not: what a change replaces.
    pub newest: u32,
    pub created_at: Timestamp,
    /// When this version was saved.
    pub updated_at: Timestamp,
    pub origin: Origin,
    /// As people wrote it, step ids completed, without `enabled`.
    pub document: Value,
    /// What keeps a draft from being published.
    pub problems: Vec<Problem>,
    /// What is allowed but looks wrong.
    pub warnings: Vec<Problem>,
    /// Why it starts no runs for now.
    pub paused: Option<Paused>,
}

impl Flow {
    /// The draft that waits to be published.
    pub fn draft(&self) -> Option<u32> {
        (self.live != Some(self.newest)).then_some(self.newest)
    }
}

/// What is known of a document that may be saved.
#[derive(Debug)]
pub struct Fit {
    /// What is allowed but looks wrong.
    pub warnings: Vec<Problem>,
    /// On `call.ended` it waits until the call is settled.
    pub settles: bool,
}

/// Where a flow stands now, whichever of its versions is looked at.
#[derive(Clone, Copy)]
struct Standing {
    enabled: bool,
    live: Option<u32>,
    newest: u32,
}

impl Inner {
    /// Compiles a document in the workspace that it is to run in.
    async fn plan(
        &self,
        workspace: WorkspaceId,
        document: &Value,
    ) -> Result<Result<Plan, Vec<Problem>>, Refusal> {
        let known = self.named_connections(workspace).await?;
        Ok(self.plan_with(&known, document))
    }

    fn plan_with(&self, known: &[Connection], document: &Value) -> Result<Plan, Vec<Problem>> {
        let vocabulary = Vocabulary {
            world: &*self.world,
            connections: Some(known),
        };
        compile(document, &vocabulary)
    }

    pub(crate) async fn check_flow(
        &self,
        workspace: WorkspaceId,
        document: &Value,
    ) -> Result<Fit, Refusal> {
        let mut document = document.clone();
        complete_ids(&mut document);
        let plan = self.plan(workspace, &document).await?;
        let plan = plan.map_err(Refusal::Invalid)?;
        let settles = match plan.sub_flows().next() {
            None => plan.trigger.settles,
            Some(_) => {
                let book = self.plans.book(&*self.store, &*self.world, workspace);
                let book = book.await?;
                settles(&plan, |name| book.named(name))
            }
        };
        Ok(Fit {
            settles,
            warnings: plan.warnings,
        })
    }

    /// The secrets that a flow names and the workspace does not have.
    pub(crate) async fn missing_secrets(
        &self,
        workspace: WorkspaceId,
        document: &Value,
    ) -> Result<Vec<String>, Refusal> {
        let mut document = document.clone();
        complete_ids(&mut document);
        let Ok(plan) = self.plan(workspace, &document).await? else {
            return Ok(Vec::new());
        };
        let mut missing = Vec::new();
        for name in secrets_of(&plan) {
            if !self.has_secret(workspace, &name).await? {
                missing.push(name);
            }
        }
        Ok(missing)
    }

    /// The version in force; of a flow that was never published the newest draft.
    pub(crate) async fn flow(&self, workspace: WorkspaceId, id: FlowId) -> Result<Flow, Refusal> {
        let (head, standing) = self.standing(workspace, id).await?;
        let known = self.named_connections(workspace).await?;
        self.with_pause(self.assessed(&head, standing, &known)?)
            .await
    }

    /// One version.
    pub(crate) async fn flow_version(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        version: u32,
    ) -> Result<Flow, Refusal> {
        let (_, standing) = self.standing(workspace, id).await?;
        let kept = self.store.version(Kind::Flow, id.bytes(), version).await?;
        let kept = kept.ok_or(Refusal::NotFound("such version of the flow"))?;
        let known = self.named_connections(workspace).await?;
        self.with_pause(self.assessed(&kept, standing, &known)?)
            .await
    }

    /// The versions below `before` (`None`: all), newest first.
    pub(crate) async fn flow_versions(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<Flow>, Refusal> {
        let (_, standing) = self.standing(workspace, id).await?;
        let versions = self
            .store
            .versions(Kind::Flow, id.bytes(), before, limit)
            .await?;
        versions.iter().map(|kept| read(kept, standing)).collect()
    }

    async fn standing(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<(Document, Standing), Refusal> {
        let head = self.store.get(Kind::Flow, id.bytes()).await?;
        let head = head
            .filter(|head| head.workspace == workspace)
            .ok_or(Refusal::NotFound("such flow"))?;
        let standing = self.standing_of(&head).await?;
        Ok((head, standing))
    }

    async fn standing_of(&self, head: &Document) -> Result<Standing, Refusal> {
        let newest = self.store.versions(Kind::Flow, head.id, None, 1).await?;
        let (_, origin) = split(&head.body)?;
        Ok(Standing {
            enabled: head.enabled,
            live: (!origin.draft).then_some(head.version),
            newest: newest
                .first()
                .map_or(head.version, |newest| newest.version.max(head.version)),
        })
    }

    /// The same with why it starts no runs, asked of the store.
    async fn with_pause(&self, flow: Flow) -> Result<Flow, Refusal> {
        let paused = self.pause_of(flow.id).await?;
        Ok(Flow { paused, ..flow })
    }

    /// With what is wrong with it, and what looks wrong.
    fn assessed(
        &self,
        document: &Document,
        standing: Standing,
        known: &[Connection],
    ) -> Result<Flow, Refusal> {
        let mut flow = read(document, standing)?;
        match self.plan_with(known, &flow.document) {
            Ok(plan) => flow.warnings = plan.warnings,
            Err(problems) => flow.problems = problems,
        }
        Ok(flow)
    }
}

fn read(document: &Document, standing: Standing) -> Result<Flow, Refusal> {
    let (body, origin) = split(&document.body)?;
    Ok(Flow {
        id: FlowId::from_bytes(document.id),
        workspace: document.workspace,
        version: document.version,
        name: document.name.clone(),
        enabled: standing.enabled,
        live: standing.live,
        newest: standing.newest,
        created_at: document.created_at,
        updated_at: document.updated_at,
        origin,
        document: body,
        problems: Vec::new(),
        warnings: Vec::new(),
        paused: None,
    })
}
