//! Which campaign of the workspace a call is of: by our id, by the platform's id of it, or by its name, as the platform names it.
//! A call that names no campaign is of none: a caller id may be that of many calls.

use super::Campaign;
use crate::call::{CampaignProfile, Snapshot};
use std::collections::HashMap;

#[derive(Debug, Default)]
pub(crate) struct Campaigns {
    campaigns: Vec<(CampaignProfile, &'static str)>,
    /// Places of campaigns by our id, by the platform's, and by name: of several the oldest.
    by_id: HashMap<String, usize>,
    by_provider_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl Campaigns {
    /// Oldest first.
    pub fn new<'a>(campaigns: impl IntoIterator<Item = (String, &'a Campaign)>) -> Self {
        let mut known = Campaigns::default();
        for (id, campaign) in campaigns {
            let at = known.campaigns.len();
            known.by_id.insert(id.clone(), at);
            known.by_name.entry(campaign.name.clone()).or_insert(at);
            if let Some(theirs) = &campaign.provider_campaign_id {
                known.by_provider_id.entry(theirs.clone()).or_insert(at);
            }
            let name = campaign.name.clone();
            let profile = CampaignProfile { id, name };
            known.campaigns.push((profile, campaign.kind.name()));
        }
        known
    }

    /// Tells a call which campaign of the workspace it is of, and what the platform has not told of it.
    pub fn complete(&self, call: &mut Snapshot) {
        let Some(told) = &mut call.campaign else {
            return;
        };
        let id = told.id.as_deref();
        let found = id
            .and_then(|id| self.by_id.get(id).or_else(|| self.by_provider_id.get(id)))
            .or_else(|| self.by_name.get(told.name.as_deref()?));
        let Some((profile, kind)) = found.map(|at| &self.campaigns[*at]) else {
            return;
        };
        told.id.get_or_insert_with(|| profile.id.clone());
        told.name.get_or_insert_with(|| profile.name.clone());
        told.kind.get_or_insert_with(|| (*kind).into());
        told.profile = Some(profile.clone());
    }
}
