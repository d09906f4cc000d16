//! Saving, publishing, switching and removing flows. A save that changes nothing makes no version.

use super::kept::join;
use super::key::{alias, give_key, has_key, key_of};
use super::{Author, Flow, Origin, Standing, split};
use crate::Refusal;
use crate::engine::Inner;
use kernel::Problem;
use kernel::flow::complete_ids;
use kernel::id::{FlowId, WorkspaceId};
use serde_json::Value;
use store::catalog::{Document, Kind, Put, Write};

/// Characters of a flow's name.
const MAX_NAME: usize = 200;

/// What whoever changes a flow says beside its document.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The newest version they know of, where they care.
    pub expect: Option<u32>,
    /// To be kept, not to be run.
    pub draft: bool,
    pub by: Option<Author>,
    pub note: Option<String>,
    /// The settings that the flow is derived from.
    pub kept_by: Option<String>,
}

impl Change {
    fn origin(&self) -> Origin {
        Origin {
            by: self.by.clone(),
            note: self.note.clone(),
            draft: self.draft,
            kept_by: self.kept_by.clone(),
            ..Origin::default()
        }
    }

    fn fits(&self, newest: u32) -> Result<(), Refusal> {
        match self.expect {
            Some(expect) if expect != newest => Err(Refusal::Conflict(newest)),
            _ => Ok(()),
        }
    }
}

/// A flow that is being changed, as it is before.
pub(super) struct Before {
    pub head: Document,
    pub standing: Standing,
    pub document: Value,
    pub origin: Origin,
}

impl Before {
    /// A flow that is derived from settings is changed there alone.
    fn may_change(&self, by: Option<&str>) -> Result<(), Refusal> {
        match self.origin.kept_by.as_deref() {
            Some(settings) if by != Some(settings) => Err(Refusal::NotNow(format!(
                "this flow is derived from {settings}: change it there, or detach it (`POST /v1/flows/{{id}}/detach`) and edit it as a flow"
            ))),
            _ => Ok(()),
        }
    }
}

impl Flow {
    /// What saving a document over this version would keep.
    pub fn as_saved(&self, mut document: Value) -> Value {
        complete_ids(&mut document);
        take_switch(&mut document);
        if !has_key(&document) && !self.document["key"].is_null() {
            give_key(&mut document, self.document["key"].clone());
        }
        document
    }
}

impl Inner {
    /// `id: None` makes a flow. Its `enabled` is the switch: where it says nothing, a new flow is on and another stays as it is.
    pub(crate) async fn save_flow(
        &self,
        workspace: WorkspaceId,
        id: Option<FlowId>,
        mut document: Value,
        change: Change,
    ) -> Result<Flow, Refusal> {
        complete_ids(&mut document);
        match self.plan(workspace, &document).await? {
            Err(problems) if !change.draft => return Err(Refusal::Invalid(problems)),
            _ => {}
        }
        let name = name(&document)?;
        let wish = take_switch(&mut document);
        let before = match id {
            Some(id) => Some(self.before(workspace, id).await?),
            None => None,
        };
        if let Some(before) = &before {
            before.may_change(change.kept_by.as_deref())?;
        }
        let newest = before.as_ref().map_or(0, |before| before.standing.newest);
        change.fits(newest)?;
        let mut origin = change.origin();
        origin.leaving = before.as_ref().is_some_and(|before| before.origin.leaving);
        // A key that we give is none that somebody could miss: where it was taken in the meantime, chance gives another.
        let is_ours = !has_key(&document);
        if is_ours {
            let kept = before.as_ref().map(|before| &before.document["key"]);
            let key = match kept.filter(|key| !key.is_null()) {
                Some(key) => key.clone(),
                None => self.free_key(workspace, &name).await?.into(),
            };
            give_key(&mut document, key);
        }
        if let Some(before) = &before
            && self.is_unchanged(before, &document, change.draft).await?
        {
            let id = FlowId::from_bytes(before.head.id);
            return match wish {
                Some(enabled) if !change.draft => self.switch_flow(workspace, id, enabled).await,
                _ => self.flow_version(workspace, id, newest).await,
            };
        }
        let live = before.as_ref().and_then(|before| before.standing.live);
        let earlier = before.as_ref().and_then(|before| match live {
            Some(_) => Some(before.head.enabled),
            None => before.origin.enabled,
        });
        let enabled = wish.or(earlier).unwrap_or(true);
        if change.draft {
            origin.enabled = wish.or(earlier.filter(|_| live.is_none()));
        }
        let how = match live {
            Some(_) if change.draft => Write::Beside,
            Some(_) if wish.is_none() => Write::Unswitched,
            _ => Write::Whole,
        };
        let now = self.stamp.now();
        let saved = Document {
            kind: Kind::Flow,
            id: id.unwrap_or_else(|| self.stamp.id(0)).bytes(),
            workspace,
            version: newest + 1,
            name,
            alias: alias(workspace, &document),
            enabled: enabled && !change.draft,
            created_at: before.map_or(now, |before| before.head.created_at),
            updated_at: now,
            body: join(document.clone(), &origin),
        };
        match self.write(saved.clone(), newest, how).await {
            Err(Refusal::Taken(_)) if is_ours => {
                give_key(&mut document, self.chance_key(&saved.name).into());
                let saved = Document {
                    alias: alias(workspace, &document),
                    body: join(document, &origin),
                    ..saved
                };
                self.write(saved, newest, how).await
            }
            answer => answer,
        }
    }

    /// Puts a draft (`None`: the newest) or an earlier version in force, as a new version that says which.
    pub(crate) async fn publish_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        version: Option<u32>,
        change: Change,
    ) -> Result<Flow, Refusal> {
        let before = self.before(workspace, id).await?;
        before.may_change(None)?;
        let Standing { live, newest, .. } = before.standing;
        change.fits(newest)?;
        if live == Some(newest) && version.is_none_or(|version| version == newest) {
            return match version {
                Some(_) => self.flow(workspace, id).await,
                None => Err(Refusal::NotNow(
                    "there is no draft to publish: name the version to go back to".into(),
                )),
            };
        }
        let from = version.unwrap_or(newest);
        let kept = self.store.version(Kind::Flow, id.bytes(), from).await?;
        let kept = kept.ok_or(Refusal::NotFound("such version of the flow"))?;
        let (mut document, origin) = split(&kept.body)?;
        // A version from when settings kept the flow has their key, which the next flow of theirs needs.
        let was_kept = origin.kept_by.is_some();
        if (was_kept || !has_key(&document)) && has_key(&before.document) {
            give_key(&mut document, before.document["key"].clone());
        }
        if let Some(members) = document.as_object_mut().filter(|_| was_kept) {
            members.shift_remove("note");
        }
        let plan = self.plan(workspace, &document).await?;
        plan.map_err(Refusal::Invalid)?;
        let how = match (live, origin.enabled) {
            (Some(_), None) => Write::Unswitched,
            _ => Write::Whole,
        };
        let enabled = origin.enabled.unwrap_or(true);
        let origin = Origin {
            draft: false,
            published_from: origin.draft.then_some(from),
            rolled_back_from: (!origin.draft).then_some(from),
            ..change.origin()
        };
        let saved = Document {
            version: newest + 1,
            alias: alias(workspace, &document),
            enabled,
            created_at: before.head.created_at,
            updated_at: self.stamp.now(),
            body: join(document, &origin),
            ..kept
        };
        self.write(saved, newest, how).await
    }

    /// Starts or stops new runs, without a new version.
    pub(crate) async fn switch_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        enabled: bool,
    ) -> Result<Flow, Refusal> {
        let before = self.before(workspace, id).await?;
        before.may_change(None)?;
        if enabled && before.standing.live.is_none() {
            return Err(Refusal::NotNow(
                "the flow has only drafts so far: publish it".into(),
            ));
        }
        self.store.switch(Kind::Flow, id.bytes(), enabled).await?;
        self.plans.forget(workspace);
        self.flow(workspace, id).await
    }

    pub(crate) async fn delete_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<(), Refusal> {
        self.before(workspace, id).await?.may_change(None)?;
        self.remove_flow(workspace, id).await
    }

    /// Removes a flow, also one that is derived from settings.
    pub(crate) async fn remove_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<(), Refusal> {
        self.store
            .delete(Kind::Flow, id.bytes(), self.stamp.now())
            .await?;
        self.plans.forget(workspace);
        self.let_flow_go(workspace, id).await?;
        Ok(())
    }

    pub(super) async fn before(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<Before, Refusal> {
        let (head, standing) = self.standing(workspace, id).await?;
        let (document, origin) = split(&head.body)?;
        Ok(Before {
            head,
            standing,
            document,
            origin,
        })
    }

    /// Whether the newest version is this document, and as much published as it is to be.
    async fn is_unchanged(
        &self,
        before: &Before,
        document: &Value,
        draft: bool,
    ) -> Result<bool, Refusal> {
        let Standing { live, newest, .. } = before.standing;
        if newest == before.head.version {
            return Ok(before.document == *document && (draft || live.is_some()));
        }
        let newest = self
            .store
            .version(Kind::Flow, before.head.id, newest)
            .await?;
        let newest = newest.map(|newest| split(&newest.body)).transpose()?;
        Ok(draft && newest.is_some_and(|(newest, _)| newest == *document))
    }

    pub(super) async fn write(
        &self,
        saved: Document,
        expect: u32,
        how: Write,
    ) -> Result<Flow, Refusal> {
        let put = self.store.write(saved.clone(), expect, how).await?;
        self.plans.forget(saved.workspace);
        match put {
            Put::Saved => {
                let id = FlowId::from_bytes(saved.id);
                self.flow_version(saved.workspace, id, expect + 1).await
            }
            Put::Conflict(version) => Err(Refusal::Conflict(version)),
            Put::Taken => {
                let alias = saved.alias.unwrap_or_default();
                Err(Refusal::Taken(format!("the key `{}`", key_of(&alias))))
            }
        }
    }
}

/// All that a draft must have.
fn name(document: &Value) -> Result<String, Refusal> {
    let name = document.get("name").and_then(Value::as_str);
    let fits = |name: &&str| !name.trim().is_empty() && name.chars().nth(MAX_NAME).is_none();
    name.filter(fits).map(String::from).ok_or_else(|| {
        let message = format!("even a draft needs a `name` of 1 to {MAX_NAME} characters");
        Refusal::Invalid(vec![Problem::new("/name", message)])
    })
}

fn take_switch(document: &mut Value) -> Option<bool> {
    let members = document.as_object_mut()?;
    members.shift_remove("enabled")?.as_bool()
}
