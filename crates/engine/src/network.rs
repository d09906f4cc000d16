//! What of internal networks a workspace may reach beside what is open to the whole server, and where its requests come from, as
//! far as somebody has noted that. The guard in `actions` judges; here is only what it is told.

use crate::settings::Settings;
use crate::{Engine, Refusal};
use actions::AllowedNetwork;
use kernel::Problem;
use kernel::id::WorkspaceId;
use std::sync::Arc;

/// Whoever needs more opens a wider network, or runs the server with them.
const MOST: usize = 100;
const LONGEST: usize = 100;

const FORBIDDEN: &str = "must be empty: this server runs with `--forbid-internal-networks`; ask whoever runs it for `--allow-network`";
const ALLOW: &str = "allow_networks";
const EGRESS: &str = "egress_addresses";

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Network {
    /// `CIDR[:PORT]` each.
    pub allow: Vec<String>,
    /// Addresses or networks, for people to read.
    pub egress: Vec<String>,
}

impl Network {
    pub(crate) fn of(settings: &Settings) -> Self {
        Self {
            allow: settings.part(ALLOW),
            egress: settings.part(EGRESS),
        }
    }

    /// What the guard lets through.
    pub(crate) fn opened(&self) -> Arc<[AllowedNetwork]> {
        let read = self.allow.iter().filter_map(|text| text.parse().ok());
        read.collect()
    }

    fn problems(&self, forbidden: bool) -> Vec<Problem> {
        if forbidden && !self.allow.is_empty() {
            return vec![Problem::new(format!("/{ALLOW}"), FORBIDDEN)];
        }
        let allow = list(ALLOW, &self.allow, |network| {
            let kind = network.shut()?;
            Some(format!("is {kind}, which stays shut whatever is opened"))
        });
        let egress = list(EGRESS, &self.egress, |network| {
            let port = network.port()?;
            Some(format!("has the port {port}: requests leave from any port"))
        });
        [allow, egress].concat()
    }
}

/// What is wrong with a list of networks: `of` knows what may be wrong with one that can be read.
fn list(
    name: &str,
    all: &[String],
    of: impl Fn(&AllowedNetwork) -> Option<String>,
) -> Vec<Problem> {
    if all.len() > MOST {
        let message = format!("has {} entries, at most {MOST} are kept", all.len());
        return vec![Problem::new(format!("/{name}"), message)];
    }
    let wrong = |at: usize, text: &String| {
        if text.len() > LONGEST {
            return Some(format!("has more than {LONGEST} characters"));
        }
        if all[..at].contains(text) {
            return Some(format!("`{text}` stands here twice"));
        }
        match text.parse::<AllowedNetwork>() {
            Ok(network) => of(&network).map(|why| format!("`{text}` {why}")),
            Err(why) => Some(why),
        }
    };
    let all = all.iter().enumerate();
    let all = all.filter_map(|(at, text)| {
        let message = wrong(at, text)?;
        Some(Problem::new(format!("/{name}/{at}"), message))
    });
    all.collect()
}

impl Engine {
    /// And the version to save over.
    pub async fn network(&self, workspace: WorkspaceId) -> store::Result<(Network, u32)> {
        let (settings, version) = self.inner.settings(workspace).await?;
        Ok((Network::of(&settings), version))
    }

    /// Whether whoever runs this server forbids that workspaces open networks.
    pub fn forbids_networks(&self) -> bool {
        self.inner.config.forbid_internal_networks
    }

    /// Keeps both lists, and goes by them at once; `expect` is the version that they replace, where the caller cares. Answers the
    /// version that there is then.
    pub async fn save_network(
        &self,
        workspace: WorkspaceId,
        expect: Option<u32>,
        network: &Network,
    ) -> Result<u32, Refusal> {
        let problems = network.problems(self.forbids_networks());
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let set = |settings: &mut Settings| {
            settings.set(ALLOW, &network.allow);
            settings.set(EGRESS, &network.egress);
        };
        self.inner.change_settings(workspace, expect, set).await
    }
}
