//! The analysis of an agent's calls: what its settings ask for is read out of the transcript, beside what the platform has found,
//! and kept as the call's analysis; where that fails, the reason is. When it starts is the fold's.

use super::plain;
use calls::agent::{Agent, Extracts, Variable};
use serde_json::{Value, json};

/// Of a system prompt, what a model is told of it.
const LONGEST_TASK: usize = 20_000;

pub(super) fn flow(agent: &Agent) -> Option<Value> {
    let extraction = agent.extraction.as_ref()?;
    // Who may see them is nothing to whoever looks for them.
    let seen = |variable: &Variable| Variable {
        confidential: false,
        ..variable.clone()
    };
    let variables: Vec<Variable> = agent.variables.iter().map(seen).collect();
    let mut with = json!({
        "variables": variables,
        "questions": agent.questions,
        "dispositions": agent.dispositions,
        "transcript": "{{ transcript_turns }}",
        "said_at": "{{ ended_at | default(timestamp) }}",
    });
    if extraction.when != Extracts::Always {
        // Read by its own path, the flow would wait for the analysis that it makes.
        with["analysis"] = "{{ [call] | map('analysis') | first }}".into();
        with["fill"] = (extraction.when == Extracts::Missing).into();
    }
    if let Some(prompt) = &agent.system_prompt {
        let task: String = prompt.chars().take(LONGEST_TASK).collect();
        with["task"] = plain(&task).into();
    }
    let given = [
        ("model", &extraction.model),
        ("fallback_connection", &extraction.fallback_connection),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            with[name] = plain(value).into();
        }
    }
    if let Some(zone) = &extraction.zone {
        with["zone"] = zone.as_str().into();
    }
    let mut read = json!({ "id": "read", "do": "llm.extract", "with": with, "save": { "read": "{{ body }}" } });
    if let Some(connection) = &extraction.connection {
        read["connection"] = connection.as_str().into();
    }
    if let Some(timeout_s) = extraction.timeout_s {
        read["timeout_s"] = timeout_s.into();
    }
    Some(json!({
        "on": ["call.ended"],
        "where": { "if": "call.agent.profile.extracts == true" },
        "steps": [read, { "id": "keep", "do": "analysis.keep", "with": { "analysis": "{{ read }}" } }],
        "on_failure": [{ "id": "say", "do": "analysis.keep", "with": { "failed": "the analysis failed: {{ error.message }}" } }],
    }))
}
