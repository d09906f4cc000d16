//! A call as lists show it.

use jiff::Timestamp;
use kernel::id::CallId;
use serde::Serialize;
use store::journal::CallRow;
use utoipa::ToSchema;

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallSummary {
    #[schema(value_type = String, example = "call_01kacwvsy4n5b2m8r0t3x6z9fd")]
    pub id: CallId,
    pub provider: String,
    pub provider_call_id: String,
    /// `inbound`, `outbound`, `web` or `unknown`.
    #[schema(required = true)]
    pub direction: Option<String>,
    #[schema(required = true)]
    pub from: Option<String>,
    #[schema(required = true)]
    pub to: Option<String>,
    #[schema(required = true)]
    pub agent: Option<String>,
    #[schema(required = true)]
    pub campaign: Option<String>,
    #[schema(required = true)]
    pub status: Option<String>,
    #[schema(required = true)]
    pub disposition: Option<String>,
    /// In lower case.
    #[schema(required = true)]
    pub sentiment: Option<String>,
    #[schema(required = true)]
    pub duration_s: Option<f64>,
    #[schema(required = true)]
    pub started_at: Option<Timestamp>,
    #[schema(required = true)]
    pub ended_at: Option<Timestamp>,
    /// When it was first heard of.
    pub created_at: Timestamp,
}

impl From<&CallRow> for CallSummary {
    fn from(row: &CallRow) -> Self {
        let listing = row.listing.clone();
        Self {
            id: row.id,
            provider: listing.provider,
            provider_call_id: listing.provider_call_id,
            direction: listing.direction,
            from: listing.from,
            to: listing.to,
            agent: listing.agent,
            campaign: listing.campaign,
            status: listing.status,
            disposition: listing.disposition,
            sentiment: listing.sentiment,
            duration_s: listing.duration_s,
            started_at: listing.started_at,
            ended_at: listing.ended_at,
            created_at: made_at(row.id),
        }
    }
}

/// When an id, and so the thing that it names, was made.
pub fn made_at<K: kernel::id::Kind>(id: kernel::id::Id<K>) -> Timestamp {
    Timestamp::from_millisecond(id.unix_ms() as i64).unwrap_or(Timestamp::UNIX_EPOCH)
}
