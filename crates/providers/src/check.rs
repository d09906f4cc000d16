//! A recorded request, offline: is its signature right, what does it say, what would be answered. Behind `switchhook providers check`.
//! Nothing is stored or raised; what the request says is printed whatever its signature.

use crate::guide::renamed;
use crate::{Answer, Provider, Reply, Request, Signature, all, find};
use calls::Observation;
use kernel::Timestamp;
use serde_json::{Map, Value, json};

/// What describes the request; every other member of the document is a setting of the endpoint.
const OF_THE_REQUEST: [&str; 5] = ["method", "url", "headers", "body", "verify_at_unix_ms"];

/// `request` is `{method, url, headers, body, secret|public_key, …, verify_at_unix_ms?}`; `now` counts where it names no time.
pub fn check(name: &str, request: &Value, now: Timestamp) -> Result<Value, String> {
    let provider = find(name).ok_or_else(|| {
        let known: Vec<_> = all().iter().map(|provider| provider.name()).collect();
        format!(
            "no provider is called {name:?}; known are {}",
            known.join(", ")
        )
    })?;
    let recorded = Recorded::read(request, now)?;
    Ok(judge(provider, &recorded))
}

/// A request that was written down, with the settings to judge it by.
pub struct Recorded {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    auth: Value,
    now: Timestamp,
}

impl Recorded {
    pub fn read(document: &Value, now: Timestamp) -> Result<Self, String> {
        let members = document.as_object().ok_or("a request is a JSON object")?;
        let text = |name: &str, default: &str| match members.get(name) {
            None | Some(Value::Null) => Ok(default.to_owned()),
            Some(Value::String(text)) => Ok(text.clone()),
            Some(_) => Err(format!("/{name}: is a text")),
        };
        let settings = members
            .iter()
            .filter(|(name, _)| !OF_THE_REQUEST.contains(&name.as_str()));
        let settings: Map<String, Value> = settings
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Ok(Self {
            method: text("method", "POST")?,
            url: text("url", "")?,
            headers: headers(members.get("headers"))?,
            body: match members.get("body") {
                None | Some(Value::Null) => Vec::new(),
                Some(Value::String(text)) => text.clone().into_bytes(),
                Some(json) => json.to_string().into_bytes(),
            },
            auth: settings.into(),
            now: match members.get("verify_at_unix_ms") {
                None | Some(Value::Null) => now,
                Some(at) => at
                    .as_i64()
                    .and_then(|at| Timestamp::from_millisecond(at).ok())
                    .ok_or_else(|| {
                        format!("/verify_at_unix_ms: {at} is not a time in milliseconds since 1970")
                    })?,
            },
        })
    }

    pub fn request(&self) -> Request<'_> {
        Request {
            method: &self.method,
            url: &self.url,
            headers: &self.headers,
            body: &self.body,
        }
    }

    /// The same about another call.
    pub fn rename(&mut self, old: &str, new: &str) {
        self.url = renamed(&self.url, old, new);
        if let Ok(text) = std::str::from_utf8(&self.body) {
            self.body = renamed(text, old, new).into_bytes();
        }
    }
}

/// An object of texts, or of lists of texts where a header came several times.
fn headers(value: Option<&Value>) -> Result<Vec<(String, String)>, String> {
    let mut headers = Vec::new();
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Ok(headers);
    };
    let members = value.as_object().ok_or("/headers: is an object of texts")?;
    for (name, value) in members {
        let values = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => return Err(format!("/headers/{name}: is a text or a list of texts")),
            };
            headers.push((name.to_ascii_lowercase(), text));
        }
    }
    Ok(headers)
}

/// What the platform's code makes of it.
pub fn judge(provider: &dyn Provider, recorded: &Recorded) -> Value {
    let request = recorded.request();
    let (signature, reason) = match provider.verify(&request, &recorded.auth, recorded.now) {
        Signature::Valid => ("valid", Value::Null),
        Signature::Invalid(reason) => ("invalid", reason.into()),
        Signature::None => ("none", "no secret is given to check with".into()),
    };
    let mut judged =
        json!({ "signature": signature, "reason": reason, "events": [], "reply": null });
    match provider.read(&request) {
        Ok(observations) => {
            let reply = provider.reply(&request, &observations, &Answer::default());
            judged["events"] = observations.iter().flat_map(events).collect();
            judged["reply"] = shown(&reply);
        }
        Err(unreadable) => {
            judged["unreadable"] =
                json!({ "path": unreadable.path, "message": unreadable.message });
        }
    }
    judged
}

fn shown(reply: &Reply) -> Value {
    let mut shown =
        json!({ "status": reply.status, "content_type": reply.content_type, "body": reply.body });
    for (name, value) in &reply.headers {
        shown["headers"][*name] = value.clone().into();
    }
    shown
}

/// One event per claim, in the form `POST /v1/events` takes.
fn events(observation: &Observation) -> Vec<Value> {
    let claims = observation.claims.iter().enumerate();
    let event = |(index, kind): (usize, &calls::Kind)| {
        // Two events of one message must not look like one sent twice.
        let id = match index {
            0 => observation.dedupe.clone(),
            _ => format!("{}:{}", observation.dedupe, kind.name()),
        };
        let mut event = json!({ "kind": kind.name(), "id": id });
        if let Some(at) = observation.at {
            event["at"] = at.to_string().into();
        }
        event["provider"] = observation.provider.clone().into();
        event["call"] = json!(observation.call);
        if let Some(tool) = &observation.tool {
            event["tool"] = json!(tool);
        }
        if let Some(step) = &observation.script_step {
            event["script_step"] = step.clone();
        }
        event
    };
    claims.map(event).collect()
}
