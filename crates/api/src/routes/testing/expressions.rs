//! What a text comes to, while somebody still writes it.

use super::occasion::{below_event, event, occasion};
use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::shapes::snapshot::NewEvent;
use ::calls::Kind;
use axum::Json;
use engine::{Attempt, Occasion, Wanted};
use kernel::Problem;
use kernel::lang::preview::{self, Form};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Expression {
    #[schema(example = "Hi {{ contact.first_name }}")]
    text: String,
    /// `template` unless given; `condition`, `json` or `url`.
    #[serde(default, rename = "as")]
    #[schema(example = "template")]
    form: Option<String>,
    /// On the sample of this kind; `call.ended` when neither a kind nor a call nor an event is given.
    #[serde(default)]
    kind: Option<String>,
    /// On a past call: our id, or `provider:their id`.
    #[serde(default)]
    call_id: Option<String>,
    /// On an event of your own.
    #[serde(default)]
    #[schema(value_type = Option<NewEvent>)]
    event: Option<Value>,
    /// What earlier steps would have saved, and anything else that the place of the text would see (`item`, `body`, …).
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    saved: Option<Map<String, Value>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Previewed {
    /// Typed; null when there are problems. Secrets are named, never shown.
    #[schema(value_type = Value, required = true)]
    value: Value,
    /// The value as it stands in a text.
    text: String,
    warnings: Vec<Remark>,
    problems: Vec<Remark>,
}

/// Something about a part of the text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Remark {
    message: String,
    /// Where the part begins and ends, in UTF-16 units: the way JavaScript counts.
    from: usize,
    to: usize,
}

/// Preview an expression
///
/// Answers 200 even to a text with problems: they say where they are.
#[utoipa::path(post, path = "/v1/expressions", tag = "testing", security(("key" = ["read"])), request_body = Expression,
    responses((status = 200, body = Previewed)))]
pub async fn preview(
    caller: Caller<Read>,
    Body(wanted): Body<Expression>,
) -> Result<Json<Previewed>> {
    let form = form(wanted.form.as_deref().unwrap_or("template"))?;
    let (kind, call) = (wanted.kind.as_deref(), wanted.call_id.as_deref());
    let occasion = occasion(&caller, kind, call, wanted.event).await?;
    let engine = &caller.state.engine;
    let occasion = occasion.unwrap_or(Occasion::Sample(Kind::Ended));
    let event = event(&caller, occasion, Wanted::default())
        .await
        .map_err(below_event)?;
    let attempt = Attempt {
        text: wanted.text,
        form,
        saved: wanted.saved.unwrap_or_default(),
    };
    let preview = engine.preview(&event, &attempt);
    let remarks = |remarks: Vec<preview::Remark>| {
        let remarks = remarks.into_iter();
        remarks
            .map(|remark| Remark::new(&attempt.text, remark))
            .collect()
    };
    Ok(Json(Previewed {
        value: preview.value.unwrap_or_default(),
        text: preview.text,
        warnings: remarks(preview.warnings),
        problems: remarks(preview.problems),
    }))
}

fn form(name: &str) -> Result<Form> {
    Form::parse(name).ok_or_else(|| {
        let known = Form::ALL.map(|(name, _)| name).join(", ");
        let message = format!("`{name}` is not known; known: {known}");
        Error::invalid(Code::InvalidRequest, vec![Problem::new("/as", message)])
    })
}

impl Remark {
    fn new(text: &str, remark: preview::Remark) -> Self {
        let units = |end: usize| text[..end].encode_utf16().count();
        Self {
            message: remark.message,
            from: units(remark.range.start),
            to: units(remark.range.end),
        }
    }
}
