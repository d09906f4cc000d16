//! The engine's handle, continued: what a reconciler reads and keeps, asks and tells, with what its workspace may reach.

use super::Reconciled;
use crate::watch::{AlertKind, Trouble};
use crate::{Engine, Refusal, wire};
use actions::{Ask, Bytes, Surroundings, Unanswered};
use calls::{Call, Observation};
use kernel::id::{EndpointId, WorkspaceId};
use store::catalog::{Kind, Put};

const KIND: AlertKind = AlertKind::EndpointReconcileFailing;

impl Engine {
    /// Where the reconciler of an endpoint stands, and the version to write over; 0: it has not begun.
    pub async fn reconciled(&self, endpoint: EndpointId) -> Result<(Reconciled, u32), Refusal> {
        let found = self.store().get(Kind::Reconciled, endpoint.bytes()).await?;
        let stand = found
            .as_ref()
            .map(|found| wire::decode("a reconciler", &found.body))
            .transpose()?;
        Ok((
            stand.unwrap_or_default(),
            found.map_or(0, |found| found.version),
        ))
    }

    /// The version that was written; `None`: somebody else has written meanwhile.
    pub async fn keep_reconciled(
        &self,
        workspace: WorkspaceId,
        endpoint: EndpointId,
        stand: &Reconciled,
        expect: u32,
    ) -> Result<Option<u32>, Refusal> {
        let id = endpoint.bytes();
        let note = self.inner.memo(Kind::Reconciled, id, workspace, stand);
        match self.store().put(note, expect).await? {
            Put::Saved => Ok(Some(expect + 1)),
            Put::Conflict(_) | Put::Taken => Ok(None),
        }
    }

    /// The endpoint is gone, or its calls are not looked for any more.
    pub async fn forget_reconciled(
        &self,
        workspace: WorkspaceId,
        endpoint: EndpointId,
    ) -> Result<(), Refusal> {
        let now = self.now();
        self.store()
            .delete(Kind::Reconciled, endpoint.bytes(), now)
            .await?;
        self.reconciles_again(workspace, endpoint).await
    }

    /// Tells people that the calls of an endpoint cannot be looked for.
    pub async fn cannot_reconcile(
        &self,
        workspace: WorkspaceId,
        endpoint: EndpointId,
        name: &str,
        stand: &Reconciled,
    ) -> Result<(), Refusal> {
        let since = stand.failing_since.unwrap_or_else(|| self.now());
        let cause = stand.error.as_deref().unwrap_or_default();
        let trouble = Trouble::of_endpoint(endpoint, name, cause, since, stand.failures);
        self.raise_alert(workspace, &trouble).await
    }

    pub async fn reconciles_again(
        &self,
        workspace: WorkspaceId,
        endpoint: EndpointId,
    ) -> Result<(), Refusal> {
        let subject = endpoint.to_string();
        Ok(self.inner.resolve_alert(workspace, KIND, &subject).await?)
    }

    /// Asks a platform's API.
    pub async fn ask(&self, workspace: WorkspaceId, ask: &Ask) -> Result<Bytes, Unanswered> {
        let surroundings = self.inner.bare_surroundings(workspace).await;
        let surroundings = surroundings.map_err(|refusal| Unanswered::Away(refusal.to_string()))?;
        self.inner.world.ask(ask, surroundings.allowed()).await
    }

    /// Whether a call was heard of, by its platform's id.
    pub async fn knows_call(
        &self,
        workspace: WorkspaceId,
        provider: &str,
        id: &str,
    ) -> Result<bool, Refusal> {
        let key = calls::call_key(workspace, provider, id);
        Ok(self.store().call(key).await?.is_some())
    }

    /// Whether messages of one call tell something that is not known of it. Nothing is news of a call that was removed.
    pub async fn is_news(
        &self,
        workspace: WorkspaceId,
        endpoint: EndpointId,
        told: &[Observation],
    ) -> Result<bool, Refusal> {
        let Some(first) = told.first() else {
            return Ok(false);
        };
        let key = calls::call_key(workspace, &first.provider, &first.call.provider_call_id);
        let row = self.store().call(key).await?;
        if self.inner.is_gone(key).await? {
            return Ok(false);
        }
        let Some(row) = row else {
            return Ok(true);
        };
        let call: Call = wire::decode("a call", &row.state)?;
        let inner = &self.inner;
        let book = inner
            .plans
            .book(&*inner.store, &*inner.world, workspace)
            .await?;
        let policy = (inner.config.policy)(&first.provider);
        let source = endpoint.to_string();
        let now = self.now();
        Ok(calls::is_news(
            &book.agents,
            Some(call),
            told,
            &source,
            now,
            &policy,
        ))
    }
}
