//! `POST /v3/list-calls`, oldest first, and `GET /v2/get-call/{id}` for what the list leaves out (transcript and recording): a call is
//! the `call_ended`, and where it was analysed the `call_analyzed`, that would have been sent.

use super::at;
use crate::listing::{Ask, CallList, Listed, Page, State, Window, bearer};
use crate::listing::{encoded, json, named, too_many};
use crate::{Field, Wrong, field, settings};
use serde_json::{Value, json as value};

pub struct Calls;

const FIELDS: &[Field] = &[
    Field {
        name: "api_key",
        ..settings::secret(
            "API key",
            "Any key of the workspace, under API Keys in Retell's dashboard.",
        )
    },
    settings::optional(
        "agent_id",
        "Agents",
        "Only calls of these agents, by id, separated by commas; all calls of the workspace unless given.",
    ),
];

impl CallList for Calls {
    fn origin(&self) -> &'static str {
        "https://api.retellai.com"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, api: &Value) -> Vec<Wrong> {
        too_many(api, "agent_id").into_iter().collect()
    }

    fn most(&self) -> usize {
        100
    }

    fn page(&self, api: &Value, window: Window, next: Option<&str>, most: usize) -> Ask {
        let between = [window.from.as_millisecond(), window.to.as_millisecond()];
        let mut body = value!({
            "filter_criteria": { "start_timestamp": { "type": "range", "op": "bt", "value": between } },
            "sort_order": "ascending",
            "limit": most,
        });
        let agents = named(api, "agent_id");
        if !agents.is_empty() {
            let agents = agents.iter().map(|id| value!({ "agent_id": id }));
            body["filter_criteria"]["agent"] = agents.collect();
        }
        if let Some(next) = next {
            body["pagination_key"] = next.into();
        }
        Ask {
            method: "POST",
            path: "/v3/list-calls".into(),
            headers: vec![bearer(api)],
            body: Some(body),
        }
    }

    fn read(&self, _: &Value, body: &[u8], _: Option<&str>, _: usize) -> Result<Page, String> {
        let answer = json(body, "Retell")?;
        let calls = answer["items"]
            .as_array()
            .ok_or("Retell answered no list of calls: is this its API?")?;
        let next = field::text(&answer, &["/pagination_key"]);
        Ok(Page {
            calls: calls.iter().filter_map(listed).collect(),
            next: next.filter(|_| answer["has_more"] == true),
        })
    }

    fn one(&self, api: &Value, id: &str) -> Option<Ask> {
        let path = format!("/v2/get-call/{}", encoded(id));
        Some(Ask::get(path, bearer(api)))
    }

    fn read_one(&self, body: &[u8]) -> Result<Vec<Vec<u8>>, String> {
        let call = json(body, "Retell")?;
        match field::text(&call, &["/call_id"]) {
            Some(_) => Ok(messages(&call)),
            None => Err("Retell answered no call: is this its API?".into()),
        }
    }
}

fn listed(call: &Value) -> Option<Listed> {
    let status = field::text(call, &["/call_status"]).unwrap_or_default();
    let has_ended = matches!(status.as_str(), "ended" | "error" | "not_connected");
    let began = at(call, "/start_timestamp");
    Some(Listed {
        id: field::text(call, &["/call_id"])?,
        began,
        state: match has_ended {
            true => State::Ended(at(call, "/end_timestamp").or(began)),
            false => State::Live,
        },
        messages: match has_ended {
            true => messages(call),
            false => Vec::new(),
        },
        part: None,
        in_part: true,
    })
}

fn messages(call: &Value) -> Vec<Vec<u8>> {
    let message = |event: &str| value!({ "event": event, "call": call }).to_string();
    let is_analyzed = field::object(call, &["/call_analysis"]).is_some();
    let mut messages = vec![message("call_ended")];
    messages.extend(is_analyzed.then(|| message("call_analyzed")));
    messages.into_iter().map(String::into_bytes).collect()
}
