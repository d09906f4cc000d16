//! The analysis of an agent's calls: what its settings ask for is read out of the transcript, and kept as the call's analysis.
//! It starts when a call has ended that is still to be analysed; nobody asks again what a platform has found.

use super::plain;
use calls::agent::Agent;
use serde_json::{Value, json};

/// Of a system prompt, what a model is told of it.
const LONGEST_TASK: usize = 20_000;

pub(super) fn flow(agent: &Agent) -> Option<Value> {
    let extraction = agent.extraction.as_ref()?;
    let mut with = json!({
        "variables": agent.variables,
        "questions": agent.questions,
        "dispositions": agent.dispositions,
        "transcript": "{{ transcript_turns }}",
        "said_at": "{{ ended_at | default(timestamp) }}",
    });
    if let Some(prompt) = &agent.system_prompt {
        let task: String = prompt.chars().take(LONGEST_TASK).collect();
        with["task"] = plain(&task).into();
    }
    let given = [
        ("model", &extraction.model),
        ("fallback_connection", &extraction.fallback_connection),
        ("zone", &extraction.zone),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            with[name] = plain(value).into();
        }
    }
    let mut read = json!({ "id": "read", "do": "llm.extract", "with": with, "save": { "read": "{{ body }}" } });
    if let Some(connection) = &extraction.connection {
        read["connection"] = connection.as_str().into();
    }
    Some(json!({
        "on": ["call.ended"],
        "where": { "if": "call.agent.profile.extracts == true" },
        "steps": [read, { "id": "keep", "do": "analysis.keep", "with": { "analysis": "{{ read }}" } }],
    }))
}
