//! Campaigns as documents: descriptions of who is to be called, which nothing carries out. Calls whose platform names one are found to be its.

use crate::resource::{Kept, Resource, words};
use crate::{Engine, Refusal};
use calls::agent::Agent;
use calls::campaign::{Campaign, CampaignKind};
use calls::contact::Contact;
use kernel::Problem;
use kernel::id::{AgentId, CampaignId, WorkspaceId};
use store::catalog::Kind;

impl Resource for Campaign {
    type Id = kernel::id::Campaign;
    const KIND: Kind = Kind::Campaign;
    const WHAT: &'static str = "such campaign";

    fn name(&self) -> String {
        self.name.to_lowercase()
    }

    fn unique(&self) -> String {
        self.name.clone()
    }

    fn taken(&self) -> String {
        format!("the campaign name `{}`", self.name)
    }
}

impl Engine {
    /// Keeps a new campaign (`id: None`) or a change of one; `expect` is the version that it replaces, where the caller cares.
    pub async fn save_campaign(
        &self,
        workspace: WorkspaceId,
        id: Option<CampaignId>,
        expect: Option<u32>,
        campaign: Campaign,
    ) -> Result<Kept<Campaign>, Refusal> {
        let campaign = self.checked(workspace, campaign).await?;
        let kept = self.inner.keep(workspace, id, expect, campaign).await?;
        self.inner.plans.forget(workspace);
        Ok(kept)
    }

    pub async fn campaign(
        &self,
        workspace: WorkspaceId,
        id: CampaignId,
    ) -> Result<Kept<Campaign>, Refusal> {
        self.inner.kept(workspace, id).await
    }

    /// Newest first; those that have the words of `search` in their names.
    pub async fn campaigns(
        &self,
        workspace: WorkspaceId,
        search: &str,
        before: Option<CampaignId>,
        limit: u32,
    ) -> Result<Vec<Kept<Campaign>>, Refusal> {
        let words = words(search);
        self.inner.listed(workspace, &words, before, limit).await
    }

    /// Outgoing campaigns that a contact is of, of the newest 1,000; and whether it may be called there.
    pub async fn campaigns_of(
        &self,
        workspace: WorkspaceId,
        contact: &Contact,
    ) -> Result<Vec<(Kept<Campaign>, bool)>, Refusal> {
        let campaigns: Vec<Kept<Campaign>> = self.newest(workspace).await?;
        let its = campaigns.into_iter().filter(|campaign| {
            campaign.value.kind == CampaignKind::Outbound && contact.has(&campaign.value.contacts)
        });
        let may = |campaign: &Campaign| {
            !contact.do_not_call && !campaign.do_not_call.contains(&contact.phone)
        };
        Ok(its
            .map(|campaign| {
                let may = may(&campaign.value);
                (campaign, may)
            })
            .collect())
    }

    pub async fn delete_campaign(
        &self,
        workspace: WorkspaceId,
        id: CampaignId,
    ) -> Result<(), Refusal> {
        self.inner.remove::<Campaign>(workspace, id).await?;
        self.inner.plans.forget(workspace);
        Ok(())
    }

    async fn checked(
        &self,
        workspace: WorkspaceId,
        mut campaign: Campaign,
    ) -> Result<Campaign, Refusal> {
        campaign.name = campaign.name.trim().to_owned();
        if let Some(id) = &mut campaign.provider_campaign_id {
            *id = id.trim().to_owned();
        }
        let mut problems = campaign.problems();
        let mut plain = |path: String, number: &mut String| match filters::number(number) {
            Some((found, _)) => *number = found,
            None => {
                let message =
                    format!("`{number}` is no number with its country such as +14155550100");
                problems.push(Problem::new(path, message));
            }
        };
        if let Some(number) = &mut campaign.caller_id {
            plain("/caller_id".into(), number);
        }
        for (at, number) in campaign.do_not_call.iter_mut().enumerate() {
            plain(format!("/do_not_call/{at}"), number);
        }
        if let Some(agent) = &campaign.agent
            && !self.has_agent(workspace, agent).await?
        {
            let message = format!("there is no agent `{agent}`");
            problems.push(Problem::new("/agent", message));
        }
        match problems.is_empty() {
            true => Ok(campaign),
            false => Err(Refusal::Invalid(problems)),
        }
    }

    async fn has_agent(&self, workspace: WorkspaceId, named: &str) -> Result<bool, Refusal> {
        let store = self.store();
        let found = match named.parse::<AgentId>() {
            Ok(id) => store.get(Agent::KIND, id.bytes()).await?,
            Err(_) => {
                let alias = crate::resource::alias(workspace, named);
                store.find(Agent::KIND, &alias).await?
            }
        };
        Ok(found.is_some_and(|found| found.workspace == workspace))
    }
}
