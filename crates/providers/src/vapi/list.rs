//! `GET /call`: Vapi's calls, the newest first, whole: each is the end-of-call report that would have been sent. There is no cursor;
//! the next page is what was created no later than the last of this one, so that calls of one moment are not lost between two.
//! Were it the oldest first, all is the other way round; once it is known which, it stays so.

use crate::listing::{Ask, CallList, Listed, Page, State, Window, bearer};
use crate::listing::{encoded, json, named, too_many};
use crate::{Field, Wrong, field, settings, time};
use serde_json::{Map, Value, json as value};

pub struct Calls;

const FIELDS: &[Field] = &[
    Field {
        name: "api_key",
        ..settings::secret(
            "API key",
            "A private key of the organisation, under API Keys in Vapi's dashboard.",
        )
    },
    settings::optional(
        "assistant_id",
        "Assistants",
        "Only calls of these assistants, by id, separated by commas; all calls of the organisation unless given.",
    ),
    settings::optional(
        "phone_number_id",
        "Phone number",
        "Only calls over this number, by its id.",
    ),
];

/// All before it are asked for, and if there are none all after it: one moment does not say in which order calls come.
const EITHER: &str = "either";

/// What a report has beside its call.
const APART: [&str; 7] = [
    "artifact",
    "analysis",
    "startedAt",
    "endedAt",
    "endedReason",
    "cost",
    "costs",
];
/// What the artifact has, too.
const TWICE: [&str; 5] = [
    "messages",
    "transcript",
    "recordingUrl",
    "stereoRecordingUrl",
    "summary",
];

impl CallList for Calls {
    fn origin(&self) -> &'static str {
        "https://api.vapi.ai"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, api: &Value) -> Vec<Wrong> {
        too_many(api, "assistant_id").into_iter().collect()
    }

    fn most(&self) -> usize {
        50
    }

    fn page(&self, api: &Value, window: Window, next: Option<&str>, most: usize) -> Ask {
        let mut path = format!("/call?limit={most}");
        let bounds = match next.and_then(|next| next.split_once(' ')) {
            Some((bound @ ("createdAtGe" | "createdAtGt"), at)) => [
                (bound, at.to_owned()),
                ("createdAtLe", window.to.to_string()),
            ],
            Some((bound, at)) => [
                ("createdAtGe", window.from.to_string()),
                (
                    if bound == EITHER {
                        "createdAtLt"
                    } else {
                        bound
                    },
                    at.to_owned(),
                ),
            ],
            None => [
                ("createdAtGe", window.from.to_string()),
                ("createdAtLe", window.to.to_string()),
            ],
        };
        for (name, at) in bounds {
            path.push_str(&format!("&{name}={}", encoded(&at)));
        }
        if let [assistant] = named(api, "assistant_id")[..] {
            path.push_str(&format!("&assistantId={}", encoded(assistant)));
        }
        if let [number] = named(api, "phone_number_id")[..] {
            path.push_str(&format!("&phoneNumberId={}", encoded(number)));
        }
        Ask::get(path, bearer(api))
    }

    fn read(
        &self,
        api: &Value,
        body: &[u8],
        next: Option<&str>,
        most: usize,
    ) -> Result<Page, String> {
        let answer = json(body, "Vapi")?;
        let calls = answer
            .as_array()
            .ok_or("Vapi answered no list of calls: is this its API?")?;
        let assistants = named(api, "assistant_id");
        let is_meant = |call: &&Value| {
            let of = field::text(call, &["/assistantId"]).unwrap_or_default();
            assistants.is_empty() || assistants.contains(&of.as_str())
        };
        Ok(Page {
            next: after(calls, next, most),
            calls: calls.iter().filter(is_meant).filter_map(listed).collect(),
        })
    }
}

/// The bound of the next page. Where all were created at one moment, it is left behind.
fn after(calls: &[Value], asked: Option<&str>, most: usize) -> Option<String> {
    let asked = asked.and_then(|asked| asked.split_once(' '));
    if let (Some((EITHER, at)), true) = (asked, calls.is_empty()) {
        return Some(format!("createdAtGt {at}"));
    }
    if calls.len() < most {
        return None;
    }
    let at = |call: Option<&Value>| time::at(call?, &["/createdAt"]);
    let (first, last) = (at(calls.first())?, at(calls.last())?);
    let is_rising = match asked {
        Some(("createdAtGe" | "createdAtGt", _)) => true,
        Some(_) => false,
        None if first == last => return Some(format!("{EITHER} {last}")),
        None => first < last,
    };
    let bound = match (is_rising, first == last) {
        (true, false) => "createdAtGe",
        (true, true) => "createdAtGt",
        (false, false) => "createdAtLe",
        (false, true) => "createdAtLt",
    };
    Some(format!("{bound} {last}"))
}

fn listed(call: &Value) -> Option<Listed> {
    let id = field::text(call, &["/id"])?;
    let ended_at = time::at(call, &["/endedAt"]);
    let has_ended = call["status"] == "ended";
    Some(Listed {
        began: time::at(call, &["/createdAt", "/startedAt"]),
        state: match has_ended {
            true => State::Ended(ended_at.or_else(|| time::at(call, &["/updatedAt"]))),
            false => State::Live,
        },
        messages: match has_ended {
            true => vec![report(call)],
            false => Vec::new(),
        },
        part: None,
        in_part: false,
        id,
    })
}

fn report(call: &Value) -> Vec<u8> {
    let mut inner = call.as_object().cloned().unwrap_or_default();
    let mut message = Map::new();
    message.insert("type".into(), "end-of-call-report".into());
    // Analysed again, it is another message.
    let at = time::at(call, &["/updatedAt", "/endedAt"]).map(|at| at.as_millisecond());
    if let Some(at) = at {
        message.insert("timestamp".into(), at.into());
    }
    for name in APART {
        if let Some(part) = inner.shift_remove(name) {
            message.insert(name.into(), part);
        }
    }
    let artifact = message.get("artifact");
    for name in TWICE {
        if artifact.is_some_and(|artifact| !artifact[name].is_null()) {
            inner.shift_remove(name);
        }
    }
    message.insert("call".into(), inner.into());
    value!({ "message": message }).to_string().into_bytes()
}
