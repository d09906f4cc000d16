//! Settings of a workspace: whether recordings are copied and where to, and how long what is kept.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use axum::Json;
use engine::recordings::{Keep, Recordings, SignIn};
use engine::retention::Retention;
use kernel::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = KeepRecordings)]
pub enum KeepAs {
    /// The platform's links, as long as they open.
    Link,
    /// Copies of our own.
    Copy,
}

fn usual_mb() -> u32 {
    Recordings::default().max_mb
}

fn usual_days() -> u32 {
    Recordings::default().days
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingSettings {
    keep: KeepAs,
    /// The connection of a bucket (S3), by name or id; null: this server's directory for recordings.
    #[serde(default)]
    #[schema(required = false)]
    connection: Option<String>,
    /// A larger recording is not copied, in mebibytes.
    #[serde(default = "usual_mb")]
    #[schema(default = 200, minimum = 1, maximum = 1024)]
    max_mb: u32,
    /// Days after its call that a copy is removed.
    #[serde(default = "usual_days")]
    #[schema(default = 180, minimum = 1, maximum = 3650)]
    days: u32,
    /// Days that a link of ours opens in what goes out (`recording_url` of e-mails, webhooks and templates); null: what goes out has the
    /// platform's link. For copies, where the server knows its address (`--public-url`); at most `days`.
    #[serde(default)]
    #[schema(required = false, minimum = 1, maximum = 3650)]
    link_days: Option<u32>,
    /// Platforms whose recordings open only to whoever signs in.
    #[serde(default)]
    sign_in: Vec<RecordingSignIn>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingSignIn {
    #[schema(example = "twilio")]
    provider: String,
    /// A connection of kind `twilio`, `vonage`, `bearer`, `basic` or `header`, by name or id.
    connection: String,
    /// The only hosts, and hosts below them, that hear the credentials; those that are known of the platform unless given.
    #[serde(default)]
    #[schema(example = json!(["twilio.com"]))]
    hosts: Vec<String>,
}

impl From<Recordings> for RecordingSettings {
    fn from(known: Recordings) -> Self {
        let sign_in = |known: SignIn| RecordingSignIn {
            provider: known.provider,
            connection: known.connection,
            hosts: known.hosts,
        };
        Self {
            keep: match known.keep {
                Keep::Link => KeepAs::Link,
                Keep::Copy => KeepAs::Copy,
            },
            connection: known.connection,
            max_mb: known.max_mb,
            days: known.days,
            link_days: known.link_days,
            sign_in: known.sign_in.into_iter().map(sign_in).collect(),
        }
    }
}

impl From<RecordingSettings> for Recordings {
    fn from(new: RecordingSettings) -> Self {
        let sign_in = |new: RecordingSignIn| SignIn {
            provider: new.provider,
            connection: new.connection,
            hosts: new.hosts,
        };
        Self {
            keep: match new.keep {
                KeepAs::Link => Keep::Link,
                KeepAs::Copy => Keep::Copy,
            },
            connection: new.connection,
            max_mb: new.max_mb,
            days: new.days,
            link_days: new.link_days,
            sign_in: new.sign_in.into_iter().map(sign_in).collect(),
        }
    }
}

/// Show how recordings are kept
#[utoipa::path(get, path = "/v1/settings/recordings", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = RecordingSettings, headers(("etag" = String)))))]
pub async fn show_recordings(caller: Caller<Read>) -> Result<(ETag, Json<RecordingSettings>)> {
    let engine = &caller.state.engine;
    let (known, version) = engine.recording_settings(caller.workspace).await?;
    Ok((etag(version), Json(known.into())))
}

/// Say how recordings are kept
///
/// Copies are made by a flow that these settings keep, as soon as a platform says that a recording is ready: its runs, retries and replays are those of a flow.
#[utoipa::path(put, path = "/v1/settings/recordings", tag = "settings", security(("key" = ["admin"])),
    request_body = RecordingSettings, params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = RecordingSettings, headers(("etag" = String)))))]
pub async fn save_recordings(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(new): Body<RecordingSettings>,
) -> Result<(ETag, Json<RecordingSettings>)> {
    let known = new.sign_in.iter().enumerate();
    let unknown = known.filter(|(_, new)| providers::find(&new.provider).is_none());
    let problems: Vec<Problem> = unknown
        .map(|(at, new)| {
            let message = format!(
                "`{}` is no platform that is known here: see GET /v1/providers",
                new.provider
            );
            Problem::new(format!("/sign_in/{at}/provider"), message)
        })
        .collect();
    if !problems.is_empty() {
        return Err(Error::invalid(Code::InvalidRequest, problems));
    }
    let (workspace, by) = (caller.workspace, caller.known.author());
    let engine = &caller.state.engine;
    let saved = engine.save_recording_settings(workspace, expect, new.into(), by);
    let (known, version) = saved.await?;
    Ok((etag(version), Json(known.into())))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionSettings {
    /// Days that platforms' messages and the journals of runs are kept; null: as long as the server's `--retention-days` says.
    #[serde(default)]
    #[schema(required = false, minimum = 1, maximum = 3650)]
    payload_days: Option<u32>,
    /// Days that calls are kept with everything of them; null: for ever.
    #[serde(default)]
    #[schema(required = false, minimum = 1, maximum = 3650)]
    call_days: Option<u32>,
    /// Days that copies of recordings are kept.
    #[serde(default = "usual_days")]
    #[schema(default = 180, minimum = 1, maximum = 3650)]
    recording_days: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionShown {
    #[serde(flatten)]
    settings: RetentionSettings,
    /// What `payload_days` is where it is null.
    usual_payload_days: u64,
}

/// Show how long what is kept
#[utoipa::path(get, path = "/v1/settings/retention", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = RetentionShown, headers(("etag" = String)))))]
pub async fn show_retention(caller: Caller<Read>) -> Result<(ETag, Json<RetentionShown>)> {
    let engine = &caller.state.engine;
    let (known, recording_days, version) = engine.retention(caller.workspace).await?;
    let settings = RetentionSettings {
        payload_days: known.payload_days,
        call_days: known.call_days,
        recording_days,
    };
    Ok((etag(version), Json(shown(&caller.state.engine, settings))))
}

fn shown(engine: &engine::Engine, settings: RetentionSettings) -> RetentionShown {
    RetentionShown {
        settings,
        usual_payload_days: engine.usual_retention().as_secs() / (24 * 3_600),
    }
}

/// Say how long what is kept
///
/// What is older is removed within minutes, in small portions; what a run that is not over needs is kept until it is.
#[utoipa::path(put, path = "/v1/settings/retention", tag = "settings", security(("key" = ["admin"])),
    request_body = RetentionSettings, params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = RetentionShown, headers(("etag" = String)))))]
pub async fn save_retention(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(new): Body<RetentionSettings>,
) -> Result<(ETag, Json<RetentionShown>)> {
    let retention = Retention {
        payload_days: new.payload_days,
        call_days: new.call_days,
    };
    let engine = &caller.state.engine;
    let saved = engine.save_retention(caller.workspace, expect, &retention, new.recording_days);
    let version = saved.await?;
    Ok((etag(version), Json(shown(engine, new))))
}
