//! Which recordings of a call there are, and a signed link to one that is copied.

use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::network::origin;
use crate::page::List;
use crate::routes::calls::find;
use axum::Json;
use axum::extract::Path;
use engine::recordings::Recording;
use http::request::Parts;
use jiff::{SignedDuration, Timestamp};
use kernel::Problem;
use kernel::id::RecordingId;
use serde::{Deserialize, Serialize};
use store::journal::CallRow;
use utoipa::ToSchema;

const USUAL_S: u32 = 3_600;
const LONGEST_S: u32 = 7 * 24 * 3_600;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RecordingKept)]
pub enum Kept {
    /// The platform's link, as long as it opens.
    Link,
    /// A copy of ours.
    Copy,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CallRecording)]
pub struct RecordingOut {
    /// Which one of the call's, from 1.
    n: usize,
    kept: Kept,
    /// Of a copy.
    #[schema(value_type = Option<String>, required = true)]
    id: Option<RecordingId>,
    /// The platform's link; null for a copy, which is listened to through a link that is made for it.
    #[schema(required = true)]
    url: Option<String>,
    #[schema(required = true, example = "audio/mpeg")]
    content_type: Option<String>,
    /// In bytes.
    #[schema(required = true)]
    size: Option<u64>,
    /// Of a copy, in hexadecimal.
    #[schema(required = true)]
    sha256: Option<String>,
    #[schema(required = true)]
    duration_s: Option<f64>,
    #[schema(required = true)]
    channels: Option<u32>,
    #[schema(required = true)]
    kept_at: Option<Timestamp>,
    /// When the copy is removed, or the link opens no more, where that is known.
    #[schema(required = true)]
    expires_at: Option<Timestamp>,
}

impl From<Recording> for RecordingOut {
    fn from(recording: Recording) -> Self {
        let (id, copied) = recording.copy.unzip();
        let format = recording.format.map(|format| match format.contains('/') {
            true => format,
            false => format!("audio/{format}"),
        });
        Self {
            n: recording.n,
            kept: match id {
                Some(_) => Kept::Copy,
                None => Kept::Link,
            },
            id,
            url: recording.url,
            size: copied.as_ref().map(|copied| copied.size),
            sha256: copied.as_ref().map(|copied| copied.sha256.clone()),
            content_type: copied.map(|copied| copied.content_type).or(format),
            duration_s: recording.duration_s,
            channels: recording.channels,
            kept_at: recording.kept_at,
            expires_at: recording.expires_at,
        }
    }
}

/// List a call's recordings
///
/// Copies first, in the order in which they were made, then the platform's link where it is not copied.
#[utoipa::path(get, path = "/v1/calls/{id}/recordings", tag = "calls", security(("key" = ["read"])),
    responses((status = 200, body = List<RecordingOut>)))]
pub async fn recordings(
    caller: Caller<Read>,
    Path(id): Path<String>,
) -> Result<Json<List<RecordingOut>>> {
    let row = find(&caller, &id).await?;
    let found = known(&caller, &row).await?;
    Ok(Json(List {
        data: found.into_iter().map(RecordingOut::from).collect(),
        next: None,
    }))
}

async fn known(caller: &Caller<Read>, row: &CallRow) -> Result<Vec<Recording>> {
    let call: calls::Call = serde_json::from_slice(&row.state)
        .map_err(|error| store::Error::Corrupt(format!("{}: {error}", row.id)))?;
    let engine = &caller.state.engine;
    let link = call.snapshot.recording.as_ref();
    Ok(engine.recordings(caller.workspace, row.id, link).await?)
}

fn usual() -> u32 {
    USUAL_S
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRecordingLink)]
pub struct LinkIn {
    /// Seconds until it opens no more.
    #[serde(default = "usual")]
    #[schema(default = 3600, minimum = 1, maximum = 604800)]
    expires_in_s: u32,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordingLink)]
pub struct LinkOut {
    /// Whoever has it can listen until it expires: no session is asked for.
    url: String,
    /// Null: the platform's own link, which opens as long as the platform says.
    #[schema(required = true)]
    expires_at: Option<Timestamp>,
}

/// Make a link to a recording
///
/// `n` as in the list of the call's recordings. A link to a copy answers requests for ranges. For a recording that is not copied it is the platform's own.
#[utoipa::path(post, path = "/v1/calls/{id}/recordings/{n}/link", tag = "calls", security(("key" = ["read"])),
    request_body = LinkIn, responses((status = 200, body = LinkOut)))]
pub async fn recording_link(
    caller: Caller<Read>,
    Path((id, n)): Path<(String, String)>,
    parts: Parts,
    Body(asked): Body<LinkIn>,
) -> Result<Json<LinkOut>> {
    if !(1..=LONGEST_S).contains(&asked.expires_in_s) {
        let message = format!("is a number of seconds from 1 to {LONGEST_S}");
        let problem = Problem::new("/expires_in_s", message);
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    if caller.misses("recording") {
        let detail =
            "recordings are confidential here: whoever may see such values asks with `reveal=true`";
        return Err(Error::new(Code::Forbidden, detail));
    }
    let row = find(&caller, &id).await?;
    let found = known(&caller, &row).await?;
    let wanted = |recording: &Recording| recording.n.to_string() == n;
    let found = found.into_iter().find(wanted);
    let found = found.ok_or_else(|| Error::not_found("recording of this number"))?;
    let Some((recording, _)) = found.copy else {
        return Ok(Json(LinkOut {
            url: found.url.unwrap_or_default(),
            expires_at: found.expires_at,
        }));
    };
    let engine = &caller.state.engine;
    let until = engine.now().as_second() + i64::from(asked.expires_in_s);
    let base = origin(&parts, &caller.state.settings);
    Ok(Json(LinkOut {
        url: format!("{base}{}", engine.recording_path(recording, until)),
        expires_at: Timestamp::UNIX_EPOCH
            .checked_add(SignedDuration::from_secs(until))
            .ok(),
    }))
}
