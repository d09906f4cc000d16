//! Tool calls, in the three spellings Vapi has had: nested under `function`, flat, and the older `function-call`.
//! The calls of one message stay in their order, which is the order of the answers.

use super::message::Message;
use crate::{Unreadable, field};
use calls::{Kind, Observation, Tool};
use serde_json::Value;

/// No model asks for more at once; a message that does is not taken for real.
const MOST_CALLS: usize = 128;

pub fn read(message: &Message) -> Result<Vec<Observation>, Unreadable> {
    let tools = tools(message.body());
    if tools.len() > MOST_CALLS {
        return Err(Unreadable {
            path: "/message/toolCallList".into(),
            message: format!(
                "{} tool calls in one message, at most {MOST_CALLS}",
                tools.len()
            ),
        });
    }
    let sent_at = message.text(&["/timestamp"]).unwrap_or_default();
    let observe = |(index, tool): (usize, Tool)| {
        let derived = format!("{sent_at}:{index}:{}", tool.name);
        let key = tool.id.as_deref().unwrap_or(&derived);
        let mut observation = message.observe(Some(key), vec![Kind::ToolCalled])?;
        observation.call.status = Some("in-progress".into());
        observation.tool = Some(tool);
        Ok(observation)
    };
    tools.into_iter().enumerate().map(observe).collect()
}

/// What is called, from `message`.
pub fn tools(body: &Value) -> Vec<Tool> {
    if let Some(call) = body
        .pointer("/functionCall")
        .filter(|call| call.is_object())
    {
        return vec![tool(call)];
    }
    let calls = field::list(body, &["/toolCallList", "/toolCalls"]);
    if !calls.is_empty() {
        return calls.iter().map(tool).collect();
    }
    let wrapped = field::list(body, &["/toolWithToolCallList"]).iter();
    wrapped
        .filter_map(|tool| tool.pointer("/toolCall"))
        .map(tool)
        .collect()
}

fn tool(call: &Value) -> Tool {
    let arguments = [
        "/function/arguments",
        "/function/parameters",
        "/arguments",
        "/parameters",
    ];
    let arguments = arguments
        .into_iter()
        .find_map(|pointer| call.pointer(pointer));
    Tool {
        id: field::text(call, &["/id", "/toolCallId"]),
        name: field::text(call, &["/function/name", "/name"]).unwrap_or_default(),
        arguments: field::arguments(arguments.unwrap_or(&Value::Null)),
    }
}
