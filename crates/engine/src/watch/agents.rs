//! Alerts of agents that are quiet: raised once, over with the next call, or when nobody expects one any more. Whether an agent
//! is quiet is decided in `kernel::quiet`, from counters alone.

use super::trouble::{AlertKind, Trouble};
use crate::engine::Inner;
use crate::pages::Pages;
use crate::plans::lock;
use kernel::id::WorkspaceId;
use kernel::quiet::{Quiet, judge};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;
use store::catalog::Kind;
use tokio::time::Instant;

const KIND: AlertKind = AlertKind::AgentQuiet;
/// Silence is a matter of quarters of an hour.
const EVERY: Duration = Duration::from_secs(300);

/// What a workspace wants to hear of its agents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuietAlerts {
    pub enabled: bool,
    /// Agents, as calls name them, that may be as quiet as they like.
    pub except: Vec<String>,
}

impl Default for QuietAlerts {
    fn default() -> Self {
        Self {
            enabled: true,
            except: Vec::new(),
        }
    }
}

impl QuietAlerts {
    /// Under which the settings of a workspace keep it.
    pub const NAME: &str = "quiet";

    pub(crate) fn wants(&self, agent: &str) -> bool {
        self.enabled && !self.except.iter().any(|except| except == agent)
    }
}

impl Trouble {
    fn of_agent(agent: &str, quiet: &Quiet) -> Self {
        let (usual, expected) = (quiet.usual, quiet.expected);
        let calls = if usual == 1 { "call" } else { "calls" };
        let cause = format!(
            "some {expected} calls were to be expected since: does the platform still send, does the number still lead to the agent?"
        );
        Self {
            kind: KIND,
            subject: agent.to_owned(),
            title: format!("{agent} is quiet: usually {usual} {calls} an hour, now none"),
            cause,
            since: quiet.since,
            count: 1,
            level: None,
            flow: None,
            run: None,
            address: None,
        }
    }
}

impl Inner {
    /// Looks at the agents of all workspaces, now and then.
    pub(super) async fn look_at_agents(&self) -> store::Result<()> {
        let now = Instant::now();
        let looked = *lock(&self.watch.looked_at_agents);
        if looked.is_some_and(|looked| now < looked + EVERY) {
            return Ok(());
        }
        let open = self.troubles(KIND).await?;
        let mut pages = Pages::new(&*self.store, None, Kind::Workspace);
        while let Some(page) = pages.next().await? {
            for document in &page {
                let workspace = WorkspaceId::from_bytes(document.id);
                let open = open.iter().filter(|(of, _)| *of == workspace);
                let open: Vec<&str> = open.map(|(_, agent)| agent.as_str()).collect();
                if let Err(error) = self.tell_of_agents(workspace, &open).await {
                    tracing::warn!(%error, %workspace, "agents cannot be looked at");
                }
            }
        }
        *lock(&self.watch.looked_at_agents) = Some(now);
        Ok(())
    }

    async fn tell_of_agents(&self, workspace: WorkspaceId, open: &[&str]) -> store::Result<()> {
        let Some(quiet) = self.quiet_agents(workspace).await? else {
            return Ok(());
        };
        for (agent, quiet) in &quiet {
            if !open.contains(&agent.as_str()) {
                self.raise_alert(workspace, &Trouble::of_agent(agent, quiet))
                    .await?;
            }
        }
        for agent in open.iter().filter(|agent| !quiet.contains_key(**agent)) {
            self.resolve_alert(workspace, KIND, agent).await?;
        }
        Ok(())
    }

    /// Agents that are quiet and of which the workspace wants to hear; `None`: nobody can tell.
    async fn quiet_agents(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<Option<BTreeMap<String, Quiet>>> {
        let wanted = self.quiet_alerts(workspace).await?;
        if !wanted.enabled {
            return Ok(Some(BTreeMap::new()));
        }
        let now = self.stamp.now();
        let Some(agents) = self.calls_of_agents(workspace).await? else {
            return Ok(None);
        };
        let agents = agents.into_iter().filter(|(agent, _)| wanted.wants(agent));
        let quiet = agents.filter_map(|(agent, hours)| Some((agent, judge(&hours, now)?)));
        Ok(Some(quiet.collect()))
    }

    pub(crate) async fn quiet_alerts(&self, workspace: WorkspaceId) -> store::Result<QuietAlerts> {
        Ok(self.setting(workspace, QuietAlerts::NAME).await?.0)
    }
}
