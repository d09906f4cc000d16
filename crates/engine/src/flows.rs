//! Flows as documents: checked before they are kept, immutable versions, matching from the moment the save is answered.

use crate::Refusal;
use crate::engine::Inner;
use crate::schema::Vocabulary;
use crate::wire;
use kernel::flow::{Plan, compile, complete_ids};
use kernel::id::{FlowId, WorkspaceId};
use kernel::{Problem, Timestamp};
use serde_json::Value;
use store::catalog::{Document, Kind, Put};

/// How many versions of a flow are shown.
const SHOWN_VERSIONS: u32 = 200;

/// A flow as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    pub id: FlowId,
    pub workspace: WorkspaceId,
    pub version: u32,
    pub name: String,
    pub enabled: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// As people wrote it, step ids completed.
    pub document: Value,
    /// What is allowed but looks wrong.
    pub warnings: Vec<Problem>,
}

/// What is known of a document that may be saved.
#[derive(Debug)]
pub struct Fit {
    /// What is allowed but looks wrong.
    pub warnings: Vec<Problem>,
    /// On `call.ended` it waits until the call is settled.
    pub settles: bool,
}

impl Inner {
    async fn plan(&self, workspace: WorkspaceId, document: &Value) -> Result<Plan, Refusal> {
        let connections = self.named_connections(workspace).await?;
        let vocabulary = Vocabulary {
            world: &*self.world,
            connections: Some(&connections),
        };
        compile(document, &vocabulary).map_err(Refusal::Invalid)
    }

    pub(crate) async fn check_flow(
        &self,
        workspace: WorkspaceId,
        document: &Value,
    ) -> Result<Fit, Refusal> {
        let mut document = document.clone();
        complete_ids(&mut document);
        let plan = self.plan(workspace, &document).await?;
        Ok(Fit {
            settles: plan.trigger.settles,
            warnings: plan.warnings,
        })
    }

    pub(crate) async fn save_flow(
        &self,
        workspace: WorkspaceId,
        id: Option<FlowId>,
        expect: Option<u32>,
        mut document: Value,
    ) -> Result<Flow, Refusal> {
        complete_ids(&mut document);
        let plan = self.plan(workspace, &document).await?;
        let current = match id {
            Some(id) => Some(self.flow_document(workspace, id).await?),
            None => None,
        };
        let version = current.as_ref().map_or(0, |current| current.version);
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version));
        }
        let now = self.stamp.now();
        let saved = Document {
            kind: Kind::Flow,
            id: id.unwrap_or_else(|| self.stamp.id(0)).bytes(),
            workspace,
            version: version + 1,
            name: plan.name.clone(),
            alias: None,
            enabled: document
                .get("enabled")
                .and_then(Value::as_bool)
                .unwrap_or(true),
            created_at: current.map_or(now, |current| current.created_at),
            updated_at: now,
            body: wire::encode(&document),
        };
        let put = self.store.put(saved.clone(), version).await?;
        self.plans.forget(workspace);
        match put {
            Put::Saved => Ok(Flow {
                warnings: plan.warnings,
                ..read(&saved)?
            }),
            Put::Conflict(version) => Err(Refusal::Conflict(version)),
            Put::Taken => Err(Refusal::Taken(saved.name)),
        }
    }

    pub(crate) async fn flow(&self, workspace: WorkspaceId, id: FlowId) -> Result<Flow, Refusal> {
        let flow = read(&self.flow_document(workspace, id).await?)?;
        let warnings = self
            .check_flow(workspace, &flow.document)
            .await
            .map(|fit| fit.warnings)
            .unwrap_or_default();
        Ok(Flow { warnings, ..flow })
    }

    pub(crate) async fn flows(
        &self,
        workspace: WorkspaceId,
        before: Option<FlowId>,
        limit: u32,
    ) -> Result<Vec<Flow>, Refusal> {
        let page = self
            .store
            .list(
                Some(workspace),
                Kind::Flow,
                before.map(FlowId::bytes),
                limit,
            )
            .await?;
        page.iter().map(read).collect()
    }

    pub(crate) async fn flow_versions(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<Vec<Flow>, Refusal> {
        let versions = self
            .store
            .versions(Kind::Flow, id.bytes(), SHOWN_VERSIONS)
            .await?;
        if versions
            .first()
            .is_none_or(|newest| newest.workspace != workspace)
        {
            return Err(Refusal::NotFound("such flow"));
        }
        versions.iter().map(read).collect()
    }

    pub(crate) async fn delete_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<(), Refusal> {
        self.flow_document(workspace, id).await?;
        self.store
            .delete(Kind::Flow, id.bytes(), self.stamp.now())
            .await?;
        self.plans.forget(workspace);
        Ok(())
    }

    async fn flow_document(&self, workspace: WorkspaceId, id: FlowId) -> Result<Document, Refusal> {
        let document = self.store.get(Kind::Flow, id.bytes()).await?;
        document
            .filter(|document| document.workspace == workspace)
            .ok_or(Refusal::NotFound("such flow"))
    }
}

fn read(document: &Document) -> Result<Flow, Refusal> {
    Ok(Flow {
        id: FlowId::from_bytes(document.id),
        workspace: document.workspace,
        version: document.version,
        name: document.name.clone(),
        enabled: document.enabled,
        created_at: document.created_at,
        updated_at: document.updated_at,
        document: wire::decode("a flow", &document.body)?,
        warnings: Vec::new(),
    })
}
