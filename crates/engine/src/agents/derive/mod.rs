//! The flows that an agent's settings mean: one for all that follows its calls, and one for each request at a moment.
//! Pure: settings in, documents out.

mod after;
mod extraction;
mod mail;
mod moment;
mod when;

use calls::agent::{Action, Agent, CallAction};
use kernel::Problem;
use kernel::id::AgentId;
use serde_json::{Value, json};

/// The key of a flow tells which settings it is of.
fn key(id: AgentId, part: &str) -> String {
    format!("{id}-{part}").replace('_', "-")
}

const AFTER: &str = "after-calls";
/// Of the key of the flow that analyses calls, the part behind the agent.
pub const EXTRACTION: &str = "extracts-values";

/// The key of the flow that analyses an agent's calls.
pub(super) fn extraction_key(id: AgentId) -> String {
    key(id, EXTRACTION)
}

/// All flows of an agent, each with its key.
pub(super) fn flows(id: AgentId, agent: &Agent) -> Vec<Value> {
    let after = after::flow(agent)
        .map(|flow| framed(id, AFTER, &format!("After calls of {}", agent.name), flow));
    let moments = agent.call_actions.iter().filter(|action| action.enabled);
    let moments = moments.map(|action| {
        let name = match &action.name {
            Some(name) => format!("{}: {name}", agent.name),
            None => format!("Call of {}, {}", agent.name, action.moment.words()),
        };
        framed(id, &action.id, &name, moment::flow(action))
    });
    let extraction = extraction::flow(agent)
        .map(|flow| framed(id, EXTRACTION, &format!("Analysis of {}", agent.name), flow));
    after.into_iter().chain(extraction).chain(moments).collect()
}

/// The step that does an action.
pub(super) fn step_of(action: &Action) -> String {
    format!("do_{}", action.id)
}

/// What is the same for all.
fn framed(id: AgentId, part: &str, name: &str, flow: Value) -> Value {
    let mut framed = json!({
        "key": key(id, part),
        "name": name.chars().take(200).collect::<String>(),
        "note": format!("Kept by {}.", super::settings(id)),
    });
    let whole = framed.as_object_mut().expect("it is an object");
    if let Value::Object(members) = flow {
        whole.extend(members);
    }
    let filters = whole.entry("where").or_insert_with(|| json!({}));
    filters["agents"] = json!([id.to_string()]);
    framed
}

/// Which part of the settings a flow is of: all that follows calls, their analysis, or one request.
pub(super) enum Of {
    After,
    Extraction,
    Moment(String),
}

pub(super) fn part_of(id: AgentId, key_of_flow: &str) -> Option<Of> {
    let part = key_of_flow.strip_prefix(&key(id, ""))?;
    Some(match part {
        AFTER => Of::After,
        EXTRACTION => Of::Extraction,
        part => Of::Moment(part.to_owned()),
    })
}

/// Where the settings of the analysis are, what it looks for apart.
const EXTRACTION_AT: &str = "/extraction";

/// Each action as a flow of its own without filters, and where its settings are.
pub(super) fn alone(id: AgentId, agent: &Agent) -> Vec<(String, Value)> {
    let actions = agent.actions.iter().enumerate();
    let actions =
        actions.map(|(at, action)| (format!("/actions/{at}"), after::alone(agent, action)));
    let moments = agent.call_actions.iter().enumerate();
    let moments = moments.map(|(at, action)| (format!("/call_actions/{at}"), moment::flow(action)));
    let extraction = extraction::flow(agent).map(|flow| (EXTRACTION_AT.to_owned(), flow));
    actions
        .chain(moments)
        .chain(extraction)
        .map(|(at, flow)| (at, framed(id, "test", "Test", flow)))
        .collect()
}

/// An operator's own words where templates stand.
fn plain(text: &str) -> String {
    text.replace("${", "$${").replace("{{", "{{ '{{' }}")
}

/// The flow that tries out one request.
pub(super) fn alone_at(id: AgentId, action: &CallAction) -> Value {
    let mut flow = framed(id, "test", "Test", moment::flow(action));
    flow["where"] = json!({});
    flow
}

pub(super) fn alone_after(id: AgentId, agent: &Agent, action: &Action) -> Value {
    let mut flow = framed(id, "test", "Test", after::alone(agent, action));
    flow["where"] = json!({});
    flow
}

/// Says of a problem in a flow of one action where in the settings it is.
pub(super) fn blame(at: &str, problem: Problem) -> Problem {
    let field = problem
        .path
        .split_once("/with/")
        .map(|(_, field)| field)
        .or_else(|| {
            problem
                .path
                .ends_with("/connection")
                .then_some("connection")
        })
        .or_else(|| problem.path.starts_with("/where/if").then_some("when/if"))
        .or_else(|| problem.path.ends_with("/if").then_some("when/if"));
    let path = match field {
        Some(wanted)
            if at == EXTRACTION_AT
                && ["variables", "questions", "dispositions"]
                    .iter()
                    .any(|of| wanted.starts_with(of)) =>
        {
            format!("/{wanted}")
        }
        Some("json" | "form") => format!("{at}/body"),
        Some(field) => format!("{at}/{field}"),
        None => at.to_owned(),
    };
    Problem::new(path, problem.message)
}

#[cfg(test)]
mod tests;
