//! A contact on the wire.

use calls::campaign::Campaign;
use calls::contact::Contact;
use engine::contacts::Counted;
use engine::resource::Kept;
use jiff::Timestamp;
use kernel::id::{CampaignId, ContactId};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// The documented form of `calls::contact::Contact`.
#[derive(ToSchema)]
#[schema(as = NewContact)]
#[allow(dead_code, reason = "describes JSON")]
pub struct New {
    /// With its country; kept in E.164. Unique in the workspace.
    #[schema(example = "+14155550100")]
    phone: String,
    #[schema(example = "Ada", max_length = 1000)]
    first_name: Option<String>,
    #[schema(example = "Lovelace", max_length = 1000)]
    last_name: Option<String>,
    #[schema(example = "ada@example.com", max_length = 1000)]
    email: Option<String>,
    #[schema(example = "Analytical", max_length = 1000)]
    company: Option<String>,
    #[schema(default = false, required = false)]
    do_not_call: bool,
    /// Texts, numbers, true or false by name; templates see them as `contact.<name>`. At most 100.
    #[schema(value_type = Object, required = false, example = json!({"lead_source": "fair"}))]
    columns: Map<String, Value>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedContact)]
pub struct Shown {
    #[schema(value_type = String, example = "cont_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: ContactId,
    /// Also the `ETag`.
    version: u32,
    phone: String,
    #[schema(required = true)]
    first_name: Option<String>,
    #[schema(required = true)]
    last_name: Option<String>,
    #[schema(required = true)]
    email: Option<String>,
    #[schema(required = true)]
    company: Option<String>,
    do_not_call: bool,
    #[schema(value_type = Object)]
    columns: Map<String, Value>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<Kept<Contact>> for Shown {
    fn from(kept: Kept<Contact>) -> Self {
        let contact = kept.value;
        Self {
            id: kept.id,
            version: kept.version,
            phone: contact.phone,
            first_name: contact.first_name,
            last_name: contact.last_name,
            email: contact.email,
            company: contact.company,
            do_not_call: contact.do_not_call,
            columns: contact.columns,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ContactCount {
    contacts: u64,
    /// All were looked at; else the newest 100,000.
    complete: bool,
}

impl From<Counted> for ContactCount {
    fn from(counted: Counted) -> Self {
        Self {
            contacts: counted.contacts,
            complete: counted.complete,
        }
    }
}

/// A campaign that a contact is of.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactCampaign {
    #[schema(value_type = String, example = "camp_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: CampaignId,
    name: String,
    /// Neither the contact nor the campaign says that it is not to be called.
    may_be_called: bool,
}

impl From<(Kept<Campaign>, bool)> for ContactCampaign {
    fn from((campaign, may_be_called): (Kept<Campaign>, bool)) -> Self {
        Self {
            id: campaign.id,
            name: campaign.value.name,
            may_be_called,
        }
    }
}
