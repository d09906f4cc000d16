//! The settings as they come in and as they are kept: filters open, keys sealed under the endpoint's id.

use crate::errors::{Code, Error, Result};
use crate::state::State;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kernel::Problem;
use kernel::id::EndpointId;
use providers::{CallList, listing};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::ops::RangeInclusive;
use store::catalog::Document;
use url::Url;
use utoipa::ToSchema;

const EVERY_S: RangeInclusive<u32> = 60..=86_400;
const USUAL_EVERY_S: u32 = 300;
const LOOK_BACK_H: RangeInclusive<u32> = 1..=168;
const USUAL_LOOK_BACK_H: u32 = 24;
const LONGEST_URL: usize = 500;

/// What is not given stays as it is, or is as usual.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReconcileSettings)]
pub struct ReconcileIn {
    /// The key of the platform's API, and which calls are meant: `call_list` in `GET /v1/providers`. An empty text removes a value.
    #[schema(value_type = Option<Object>, example = json!({"api_key": "…", "agent_id": "agent_1"}))]
    pub api: Option<Map<String, Value>>,
    /// Seconds between two looks.
    #[schema(minimum = 60, maximum = 86400, default = 300)]
    pub every_s: Option<u32>,
    /// How far back the first look goes, and any after a pause.
    #[schema(minimum = 1, maximum = 168, default = 24)]
    pub look_back_h: Option<u32>,
    /// Where the API is, if not where the platform has it. An empty text means the platform's.
    #[schema(example = "https://api.eu.vapi.ai")]
    pub base_url: Option<String>,
}

/// As stored in an endpoint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptReconcile {
    pub every_s: u32,
    pub look_back_h: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// What is no secret.
    pub shown: Map<String, Value>,
    /// All of it, in base64.
    sealed: String,
}

fn place(document: &Document) -> String {
    let id = EndpointId::from_bytes(document.id);
    format!("{}/endpoint/{id}/reconcile", document.workspace)
}

pub(crate) fn opened_api(
    state: &State,
    document: &Document,
    kept: &KeptReconcile,
) -> Result<Map<String, Value>> {
    let sealed = BASE64_STANDARD.decode(&kept.sealed).unwrap_or_default();
    let plain = state
        .engine
        .vault()
        .open(&sealed, place(document).as_bytes())?;
    Ok(serde_json::from_slice(&plain).unwrap_or_default())
}

/// What is to be kept of new settings over those that there are; refused with all that is wrong.
pub fn keep(
    state: &State,
    document: &Document,
    provider: &str,
    new: ReconcileIn,
    current: Option<&KeptReconcile>,
) -> Result<KeptReconcile> {
    let Some(list) = providers::find(provider).and_then(|provider| provider.call_list()) else {
        return Err(refuse(vec![Problem::new("/reconcile", unlisted(provider))]));
    };
    let mut api = match current {
        Some(current) => opened_api(state, document, current)?,
        None => Map::new(),
    };
    for (name, value) in new.api.unwrap_or_default() {
        match value.as_str() == Some("") || value.is_null() {
            true => _ = api.shift_remove(&name),
            false => _ = api.insert(name, value),
        }
    }
    let usual = |given: Option<u32>, kept: Option<u32>, usual| given.or(kept).unwrap_or(usual);
    let every_s = usual(new.every_s, current.map(|kept| kept.every_s), USUAL_EVERY_S);
    let look_back_h = usual(
        new.look_back_h,
        current.map(|kept| kept.look_back_h),
        USUAL_LOOK_BACK_H,
    );
    let base_url = match new.base_url {
        Some(given) => Some(given.trim().to_owned()).filter(|url| !url.is_empty()),
        None => current.and_then(|kept| kept.base_url.clone()),
    };
    let problems = problems(list, &api, every_s, look_back_h, base_url.as_deref());
    if !problems.is_empty() {
        return Err(refuse(problems));
    }
    let plain = serde_json::to_vec(&api).expect("JSON is JSON");
    let sealed = state
        .engine
        .vault()
        .seal(&plain, place(document).as_bytes());
    let secrets = list.fields().iter().filter(|field| field.secret);
    for field in secrets {
        api.shift_remove(field.name);
    }
    Ok(KeptReconcile {
        every_s,
        look_back_h,
        base_url,
        shown: api,
        sealed: BASE64_STANDARD.encode(sealed),
    })
}

fn problems(
    list: &dyn CallList,
    api: &Map<String, Value>,
    every_s: u32,
    look_back_h: u32,
    base_url: Option<&str>,
) -> Vec<Problem> {
    let wrong = listing::problems(list, &Value::Object(api.clone())).into_iter();
    let wrong =
        wrong.map(|(name, message)| Problem::new(format!("/reconcile/api/{name}"), message));
    let mut problems: Vec<_> = wrong.collect();
    let ranges = [
        ("every_s", every_s, EVERY_S),
        ("look_back_h", look_back_h, LOOK_BACK_H),
    ];
    for (name, given, range) in ranges {
        if !range.contains(&given) {
            let message = format!(
                "is {given}; {} to {} are possible",
                range.start(),
                range.end()
            );
            problems.push(Problem::new(format!("/reconcile/{name}"), message));
        }
    }
    if base_url.is_some_and(|url| !is_base(url)) {
        let message = "is the address of an API such as `https://api.example.com`, without a query, a user or a password";
        problems.push(Problem::new("/reconcile/base_url", message));
    }
    problems
}

fn is_base(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
    let is_bare = url.query().is_none() && url.fragment().is_none();
    let is_open = url.username().is_empty() && url.password().is_none();
    is_http && is_bare && is_open && text.len() <= LONGEST_URL
}

fn unlisted(provider: &str) -> String {
    let lists = providers::all()
        .iter()
        .filter(|each| each.call_list().is_some());
    let names: Vec<_> = lists.map(|each| each.name()).collect();
    format!(
        "calls of `{provider}` cannot be looked for; those of {} can",
        names.join(", ")
    )
}

fn refuse(problems: Vec<Problem>) -> Error {
    Error::invalid(Code::InvalidRequest, problems)
}
