//! An agent on the wire: its settings as they were sent, and the flows that they keep.

use super::settings;
use calls::agent::Agent;
use engine::resource::Kept;
use jiff::Timestamp;
use kernel::id::{AgentId, FlowId};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedAgent)]
pub struct Shown {
    #[schema(value_type = String, example = "agent_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: AgentId,
    /// Also the `ETag`.
    version: u32,
    #[serde(flatten)]
    #[schema(value_type = settings::Agent)]
    settings: Value,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// An agent with the flows that its settings keep.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgentDetail)]
pub struct Detail {
    #[serde(flatten)]
    agent: Shown,
    /// They are read here and changed by the settings; `POST /v1/flows/{id}/detach` takes one out of them.
    flows: Vec<Derived>,
}

/// A flow that an agent's settings keep.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgentFlow)]
pub struct Derived {
    #[schema(value_type = String)]
    id: FlowId,
    name: String,
    /// The call action that it does; null: the analysis, or all that follows calls.
    #[schema(required = true, example = "c1")]
    call_action: Option<String>,
    /// It analyses the agent's calls.
    extracts: bool,
    /// It starts no runs until it is resumed.
    paused: bool,
}

/// Every setting, also those that are as they are unless said.
fn whole(agent: &Agent) -> Value {
    let mut whole = json!({
        "name": "", "language": null, "numbers": [], "provider": null, "provider_agent_id": null, "system_prompt": null,
        "variables": [], "questions": [], "dispositions": [], "extraction": null, "settle_within_s": null, "actions": [], "call_actions": [],
    });
    let given = serde_json::to_value(agent).expect("our own types have text keys only");
    if let (Some(whole), Value::Object(given)) = (whole.as_object_mut(), given) {
        whole.extend(given);
    }
    whole
}

impl From<Kept<Agent>> for Shown {
    fn from(kept: Kept<Agent>) -> Self {
        Self {
            id: kept.id,
            version: kept.version,
            settings: whole(&kept.value),
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }
}

impl Detail {
    pub fn new(agent: Kept<Agent>, flows: Vec<engine::flows::Flow>) -> Self {
        let start = format!("{}-", agent.id).replace('_', "-");
        let known: Vec<String> = agent
            .value
            .call_actions
            .iter()
            .map(|action| action.id.clone())
            .collect();
        let flow = |flow: engine::flows::Flow| {
            let key = flow.document["key"].as_str().unwrap_or_default();
            let part = key.strip_prefix(&start).unwrap_or_default();
            Derived {
                id: flow.id,
                extracts: part == engine::agents::EXTRACTION,
                call_action: known.iter().find(|id| *id == part).cloned(),
                paused: flow.paused.is_some(),
                name: flow.name,
            }
        };
        Self {
            flows: flows.into_iter().map(flow).collect(),
            agent: agent.into(),
        }
    }
}
