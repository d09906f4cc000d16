//! How looking for missed calls is set and how it does, as an endpoint shows it. Keys are never shown.

use super::KeptReconcile;
use engine::reconciled::{Found, Reconciled};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Calls whose webhooks never came are looked for at the platform.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reconcile {
    pub every_s: u32,
    pub look_back_h: u32,
    /// Where the API is, if not where the platform has it.
    #[schema(required = true)]
    pub base_url: Option<String>,
    /// Which calls are meant. Keys are not shown.
    #[schema(value_type = Object)]
    pub api: Map<String, Value>,
    #[schema(required = true)]
    pub last_at: Option<Timestamp>,
    #[schema(required = true)]
    pub next_at: Option<Timestamp>,
    /// All calls that began before are known.
    #[schema(required = true)]
    pub known_until: Option<Timestamp>,
    /// By the last look.
    pub found: Counts,
    /// By all looks.
    pub backfilled: u64,
    #[schema(required = true)]
    pub failing_since: Option<Timestamp>,
    /// In a row.
    pub failures: u32,
    /// What is wrong and what to do.
    #[schema(required = true)]
    pub error: Option<String>,
}

/// How many calls a look has found.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = ReconcileCounts)]
pub struct Counts {
    pub listed: u64,
    /// Nothing of them is missing.
    pub known: u64,
    /// They were missing, or their end was.
    pub backfilled: u64,
    /// They go on.
    pub live: u64,
    /// They ended less than two minutes ago: their webhooks may be on the way.
    pub waiting: u64,
    /// They could not be taken.
    pub refused: u64,
}

impl From<Found> for Counts {
    fn from(found: Found) -> Self {
        Self {
            listed: found.listed,
            known: found.known,
            backfilled: found.backfilled,
            live: found.live,
            waiting: found.waiting,
            refused: found.refused,
        }
    }
}

impl Reconcile {
    pub fn new(kept: KeptReconcile, stand: Reconciled) -> Self {
        Self {
            every_s: kept.every_s,
            look_back_h: kept.look_back_h,
            base_url: kept.base_url,
            api: kept.shown,
            last_at: stand.last_at,
            next_at: stand.next_at,
            known_until: stand.until,
            found: stand.found.into(),
            backfilled: stand.backfilled,
            failing_since: stand.failing_since,
            failures: stand.failures,
            error: stand.error,
        }
    }
}
