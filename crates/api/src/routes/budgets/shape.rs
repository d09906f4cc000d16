//! A budget on the wire.

use engine::watch::Standing;
use jiff::Timestamp;
use kernel::id::{BudgetId, FlowId};
use kernel::usage::budget;
use serde::Serialize;
use utoipa::ToSchema;

/// The documented form of `kernel::usage::Budget`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BudgetSettings)]
pub struct Settings {
    /// Unique in the workspace.
    #[schema(example = "Texts of November", max_length = 100)]
    name: String,
    /// What is used in calls of this agent alone, by the name under which calls list it; null: of all.
    #[schema(example = "Sarah", max_length = 200)]
    agent: Option<String>,
    /// What this flow uses alone; null: all of them.
    #[schema(value_type = Option<String>)]
    flow: Option<FlowId>,
    /// `credits`, or a meter: `events`, `calls_begun`, `calls_ended`, `call_seconds`, `runs_begun`, `runs_failed`, `actions`, `sms_segments`,
    /// `mails`, `tokens_in`, `tokens_out`, `model_cost` (in dollars).
    #[schema(required = false, default = "credits")]
    of: String,
    #[schema(exclusive_minimum = 0)]
    limit: f64,
    per: Per,
    #[schema(required = false)]
    at_limit: AtLimit,
}

/// In the zone of the workspace's prices.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BudgetPer)]
pub enum Per {
    Day,
    Month,
}

/// `alert` unless said: what happens at 100 %.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BudgetAtLimit)]
pub enum AtLimit {
    Alert,
    Stop,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Budget)]
pub struct Shown {
    #[schema(value_type = String, example = "bud_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: BudgetId,
    /// Also the `ETag`.
    version: u32,
    #[serde(flatten)]
    settings: Settings,
    used: f64,
    /// In per cent of the limit, rounded down.
    share: u64,
    /// When the period began.
    from: Timestamp,
    /// When the next one begins.
    to: Timestamp,
    /// Flows that are paused because it is used up.
    #[schema(value_type = Vec<String>)]
    paused_flows: Vec<FlowId>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<Standing> for Shown {
    fn from(standing: Standing) -> Self {
        let kept = standing.kept;
        let budget = kept.value.settings;
        Self {
            id: kept.id,
            version: kept.version,
            used: standing.used,
            share: (standing.used / budget.limit * 100.0 + 1e-9) as u64,
            from: standing.from,
            to: standing.to,
            paused_flows: standing.paused,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
            settings: Settings {
                name: budget.name,
                agent: budget.agent,
                flow: budget.flow,
                of: budget.of,
                limit: budget.limit,
                per: match budget.per {
                    budget::Per::Day => Per::Day,
                    budget::Per::Month => Per::Month,
                },
                at_limit: match budget.at_limit {
                    budget::AtLimit::Alert => AtLimit::Alert,
                    budget::AtLimit::Stop => AtLimit::Stop,
                },
            },
        }
    }
}
