//! A message of a platform, looked at before anything happens: what is read from it, what would be answered, which moments it
//! raises and what those would start. Nothing is stored or sent.

use super::read::find;
use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::shapes::foreseen::Foreseen;
use crate::shapes::snapshot::NewEvent;
use axum::Json;
use axum::extract::Path;
use calls::Observation;
use kernel::Problem;
use kernel::id::Call;
use providers::{Provider, Recorded};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A request as the platform would send it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderMessage {
    /// POST unless given.
    #[serde(default)]
    method: Option<String>,
    /// The address as the platform sees it, where its signature or a query counts.
    #[serde(default)]
    url: Option<String>,
    /// Texts, or lists of texts, by name.
    #[serde(default)]
    #[schema(value_type = Option<Object>, example = json!({"content-type": "application/json"}))]
    headers: Option<Map<String, Value>>,
    /// JSON, or the text of another format.
    #[serde(default)]
    body: Value,
    /// What an endpoint would check the signature with.
    #[serde(default)]
    #[schema(value_type = Option<Object>, write_only)]
    auth: Option<Map<String, Value>>,
    /// The message is taken for one about a call that nobody has heard of: its call id is replaced.
    #[serde(default)]
    new_call: bool,
}

#[derive(Serialize, ToSchema)]
pub struct CheckedMessage {
    /// `valid`, `invalid`, or `none` where nothing is given to check with.
    #[schema(value_type = String)]
    signature: Value,
    #[schema(value_type = Option<String>, required = true)]
    reason: Value,
    /// Why it cannot be read as a message of this platform, if it cannot.
    unreadable: Option<String>,
    /// What it tells, as events of our own form.
    #[schema(value_type = Vec<NewEvent>)]
    events: Value,
    /// What the platform would be answered if no flow did: `{status, content_type, body}`.
    #[schema(value_type = Option<Object>, required = true)]
    reply: Value,
    /// The moments that it raises, and what each would start.
    foreseen: Vec<Foreseen>,
}

/// Check a provider's message
///
/// What would be made of it, with each flow that it would start tried out dry. Nothing is stored or sent.
#[utoipa::path(post, path = "/v1/providers/{name}/check", tag = "providers", security(("key" = ["read"])), request_body = ProviderMessage,
    responses((status = 200, body = CheckedMessage)))]
pub async fn check(
    caller: Caller<Read>,
    Path(name): Path<String>,
    Body(message): Body<ProviderMessage>,
) -> Result<Json<CheckedMessage>> {
    let provider = find(&name)?;
    let engine = &caller.state.engine;
    let recorded = message.recorded(provider, engine)?;
    let judged = providers::judge(provider, &recorded);
    let read = provider.read(&recorded.request());
    let unreadable = read.as_ref().err().map(|why| match why.path.as_str() {
        "" => why.message.clone(),
        path => format!("{path}: {}", why.message),
    });
    let _room = caller.state.test_room()?;
    let seen = read.unwrap_or_default();
    let hidden = caller.hidden.as_deref();
    let foreseen = engine.foresee(caller.workspace, &seen, hidden).await?;
    Ok(Json(CheckedMessage {
        signature: judged["signature"].clone(),
        reason: judged["reason"].clone(),
        unreadable,
        events: judged["events"].clone(),
        reply: judged["reply"].clone(),
        foreseen: foreseen.into_iter().map(Foreseen::from).collect(),
    }))
}

impl ProviderMessage {
    /// The request, about another call where that is wanted.
    pub fn recorded(&self, provider: &dyn Provider, engine: &engine::Engine) -> Result<Recorded> {
        let mut document = self.auth.clone().unwrap_or_default();
        let headers = self.headers.clone().map(Value::Object);
        document.insert("method".into(), json!(self.method));
        document.insert("url".into(), json!(self.url));
        document.insert("headers".into(), headers.unwrap_or_default());
        document.insert("body".into(), self.body.clone());
        let mut recorded = Recorded::read(&document.into(), engine.now()).map_err(refused)?;
        if self.new_call {
            let told = provider.read(&recorded.request()).unwrap_or_default();
            let ids = told.iter().filter(|told| !told.made_up).map(id);
            let mut ids: Vec<String> = ids.map(str::to_owned).collect();
            ids.dedup();
            for old in ids {
                let chance = engine.new_id::<Call>().bytes();
                let chance = u64::from_be_bytes(chance[8..].try_into().expect("eight of 16 bytes"));
                recorded.rename(&old, &providers::new_id(&old, chance, engine.now()));
            }
        }
        Ok(recorded)
    }
}

fn id(told: &Observation) -> &str {
    &told.call.provider_call_id
}

/// `/headers/x: is a text`, as a problem with its path.
fn refused(message: String) -> Error {
    let (path, message) = message.split_once(": ").unwrap_or(("", message.as_str()));
    let problem = Problem::new(path, message);
    Error::invalid(Code::InvalidRequest, vec![problem])
}
