//! "Tell me when something fails", for a whole workspace and without writing a flow: the settings are kept as a flow that watches
//! all others, which nobody can edit and which does nothing that a flow of one's own could not.

use crate::Refusal;
use crate::engine::Inner;
use crate::flows::{Change, split};
use kernel::Problem;
use kernel::flow::WATCHES;
use kernel::id::{FlowId, WorkspaceId};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use store::catalog::Document;

/// What signs the webhook.
const SECRET: &str = "notify_webhook";
pub(crate) const SETTINGS: &str = "/v1/settings/notify";
const KEY: &str = "settings-notify";
const NAME: &str = "Tell me when something fails";
pub const USUAL_INTERVAL_S: u32 = 300;
const LONGEST_INTERVAL_S: u32 = 86_400;
const LONGEST_URL: usize = 2_000;

/// Whom to tell, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    pub webhook_url: String,
    pub has_secret: bool,
    /// At most one message in so long for each flow that fails; 0: one for each run.
    pub min_interval_s: u32,
    /// The flow that does it.
    pub flow: FlowId,
    /// Of that flow's document.
    pub version: u32,
}

#[derive(Debug, Clone)]
pub struct NewNotify {
    pub webhook_url: String,
    /// `None`: the one that is kept stays, if there is one.
    pub secret: Option<String>,
    pub min_interval_s: u32,
}

impl Inner {
    pub(crate) async fn notify(&self, workspace: WorkspaceId) -> Result<Option<Notify>, Refusal> {
        let document = self.notifier(workspace).await?;
        document.map(|document| read(&document)).transpose()
    }

    /// `expect` is the version that it replaces, where the caller cares; 0: nobody was told.
    pub(crate) async fn save_notify(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        expect: Option<u32>,
        new: NewNotify,
    ) -> Result<Notify, Refusal> {
        check(&new)?;
        let current = self.notifier(workspace).await?;
        let version = current.as_ref().map_or(0, |current| current.version);
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version));
        }
        let kept = current.as_ref().map(read).transpose()?;
        let signs = new.secret.is_some() || kept.is_some_and(|kept| kept.has_secret);
        let wanted = flow(&new, signs);
        // The secret that is kept goes on signing where this is refused.
        self.check_flow(workspace, &wanted).await.map_err(blame)?;
        if let Some(secret) = &new.secret {
            self.save_secret(workspace, SECRET, secret, Duration::ZERO)
                .await?;
        }
        let change = Change {
            expect,
            ..Change::default()
        };
        let saved = self.keep_flows(workspace, SETTINGS, vec![wanted], change);
        saved.await.map_err(blame)?;
        let saved = self.notifier(workspace).await?;
        let saved = saved.ok_or(Refusal::NotFound("such flow any more"))?;
        let flow = FlowId::from_bytes(saved.id);
        // A receiver that was gone is another one now.
        self.resume(workspace, flow).await?;
        Ok(Notify {
            webhook_url: new.webhook_url,
            has_secret: signs,
            min_interval_s: new.min_interval_s,
            flow,
            version: saved.version,
        })
    }

    /// The flow that the settings mean now, which says itself what they are.
    pub(crate) async fn notify_flows(&self, workspace: WorkspaceId) -> Result<Vec<Value>, Refusal> {
        let Some(told) = self.notify(workspace).await? else {
            return Ok(Vec::new());
        };
        let new = NewNotify {
            webhook_url: told.webhook_url,
            secret: None,
            min_interval_s: told.min_interval_s,
        };
        Ok(vec![flow(&new, told.has_secret)])
    }

    pub(crate) async fn delete_notify(&self, workspace: WorkspaceId) -> Result<bool, Refusal> {
        if self.notifier(workspace).await?.is_none() {
            return Ok(false);
        }
        self.keep_flows(workspace, SETTINGS, Vec::new(), Change::default())
            .await?;
        self.delete_secret(workspace, SECRET).await?;
        Ok(true)
    }

    /// The flow that does it. One that somebody else made under its key is none.
    async fn notifier(&self, workspace: WorkspaceId) -> Result<Option<Document>, Refusal> {
        let Some(document) = self.flow_of_key(workspace, KEY).await? else {
            return Ok(None);
        };
        let (_, origin) = split(&document.body)?;
        Ok((origin.kept_by.as_deref() == Some(SETTINGS)).then_some(document))
    }
}

fn flow(new: &NewNotify, signs: bool) -> Value {
    let mut with = json!({ "url": new.webhook_url, "payload": "flat" });
    if signs {
        with["secret"] = format!("{{{{ secrets.{SECRET} }}}}").into();
    }
    json!({
        "key": KEY,
        "name": NAME,
        "note": "Kept by /v1/settings/notify.",
        "on": WATCHES,
        "where": { "every_s": new.min_interval_s },
        "steps": [{ "id": "tell", "do": "webhook.send", "with": with }],
    })
}

fn read(document: &Document) -> Result<Notify, Refusal> {
    let (body, _) = split(&document.body)?;
    let with = &body["steps"][0]["with"];
    let interval = body["where"]["every_s"].as_u64().unwrap_or_default();
    Ok(Notify {
        webhook_url: with["url"].as_str().unwrap_or_default().to_owned(),
        has_secret: with["secret"].is_string(),
        min_interval_s: u32::try_from(interval).unwrap_or(LONGEST_INTERVAL_S),
        flow: FlowId::from_bytes(document.id),
        version: document.version,
    })
}

fn check(new: &NewNotify) -> Result<(), Refusal> {
    let mut problems = Vec::new();
    let url = new.webhook_url.to_ascii_lowercase();
    if !(url.starts_with("https://") || url.starts_with("http://") || url.starts_with("{{")) {
        let message =
            "`webhook_url` is an http or https address, or `{{ secrets.name }}` that holds one";
        problems.push(Problem::new("/webhook_url", message));
    }
    if new.webhook_url.len() > LONGEST_URL {
        let message = format!("`webhook_url` has at most {LONGEST_URL} characters");
        problems.push(Problem::new("/webhook_url", message));
    }
    if new.min_interval_s > LONGEST_INTERVAL_S {
        let message = format!("`min_interval_s` is 0 to {LONGEST_INTERVAL_S}");
        problems.push(Problem::new("/min_interval_s", message));
    }
    if new
        .secret
        .as_ref()
        .is_some_and(|secret| secret.is_empty() || secret.len() > LONGEST_URL)
    {
        let message = format!("`secret` has 1 to {LONGEST_URL} characters");
        problems.push(Problem::new("/secret", message));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(problems))
    }
}

/// All that can be wrong with the flow is its URL.
fn blame(refusal: Refusal) -> Refusal {
    let Refusal::Invalid(problems) = refusal else {
        return refusal;
    };
    let at_url = |problem: Problem| Problem::new("/webhook_url", problem.message);
    Refusal::Invalid(problems.into_iter().map(at_url).collect())
}
