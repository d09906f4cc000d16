//! Flows as documents: checked before they are kept, immutable versions, matching from the moment the save is answered.

use crate::Refusal;
use crate::engine::Inner;
use crate::schema::Vocabulary;
use crate::watch::Paused;
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
    /// Why it starts no runs for now.
    pub paused: Option<Paused>,
    /// Derived from settings there, and changed there.
    pub kept_by: Option<String>,
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
    fn plan(&self, document: &Value) -> Result<Plan, Refusal> {
        compile(document, &Vocabulary(&*self.world)).map_err(Refusal::Invalid)
    }

    pub(crate) fn check_flow(&self, document: &Value) -> Result<Fit, Refusal> {
        let mut document = document.clone();
        complete_ids(&mut document);
        let plan = self.plan(&document)?;
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
        document: Value,
    ) -> Result<Flow, Refusal> {
        let current = match id {
            Some(id) => Some(self.flow_document(workspace, id).await?),
            None => None,
        };
        current.as_ref().map_or(Ok(()), free)?;
        self.keep_flow(workspace, current, expect, document, None)
            .await
    }

    /// Keeps a document as the next version of `current`; with an alias when it is derived from settings.
    pub(crate) async fn keep_flow(
        &self,
        workspace: WorkspaceId,
        current: Option<Document>,
        expect: Option<u32>,
        mut document: Value,
        alias: Option<String>,
    ) -> Result<Flow, Refusal> {
        complete_ids(&mut document);
        let plan = self.plan(&document)?;
        let id = current.as_ref().map(|current| current.id);
        let version = current.as_ref().map_or(0, |current| current.version);
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version));
        }
        let now = self.stamp.now();
        let saved = Document {
            kind: Kind::Flow,
            id: id.unwrap_or_else(|| self.stamp.id::<kernel::id::Flow>(0).bytes()),
            workspace,
            version: version + 1,
            name: plan.name.clone(),
            alias,
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
            Put::Saved => {
                let flow = read(&saved)?;
                Ok(Flow {
                    warnings: plan.warnings,
                    paused: self.pause_of(flow.id).await?,
                    ..flow
                })
            }
            Put::Conflict(version) => Err(Refusal::Conflict(version)),
            Put::Taken => Err(Refusal::Taken(saved.name)),
        }
    }

    pub(crate) async fn flow(&self, workspace: WorkspaceId, id: FlowId) -> Result<Flow, Refusal> {
        let flow = read(&self.flow_document(workspace, id).await?)?;
        let warnings = self
            .check_flow(&flow.document)
            .map(|fit| fit.warnings)
            .unwrap_or_default();
        let paused = self.pause_of(id).await?;
        Ok(Flow {
            warnings,
            paused,
            ..flow
        })
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
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let shown = page.iter().map(|document| {
            let flow = read(document)?;
            let paused = book.paused(flow.id).cloned();
            Ok(Flow { paused, ..flow })
        });
        shown.collect()
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
        free(&self.flow_document(workspace, id).await?)?;
        self.remove_flow(workspace, id).await
    }

    pub(crate) async fn remove_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<(), Refusal> {
        self.store
            .delete(Kind::Flow, id.bytes(), self.stamp.now())
            .await?;
        self.plans.forget(workspace);
        self.forget_health(workspace, id).await?;
        Ok(())
    }

    async fn flow_document(&self, workspace: WorkspaceId, id: FlowId) -> Result<Document, Refusal> {
        let document = self.store.get(Kind::Flow, id.bytes()).await?;
        document
            .filter(|document| document.workspace == workspace)
            .ok_or(Refusal::NotFound("such flow"))
    }
}

/// What keeps a flow with this alias: `/v1/settings/notify` for `notify/…`.
fn kept_by(alias: &str) -> Option<String> {
    let (settings, _) = alias.split_once('/')?;
    Some(format!("/v1/settings/{settings}"))
}

/// A flow that is derived from settings is changed there alone.
fn free(document: &Document) -> Result<(), Refusal> {
    match document.alias.as_deref().and_then(kept_by) {
        Some(settings) => Err(Refusal::NotNow(format!(
            "this flow is derived from {settings}: change it there, or duplicate it and change the copy"
        ))),
        None => Ok(()),
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
        paused: None,
        kept_by: document.alias.as_deref().and_then(kept_by),
    })
}
