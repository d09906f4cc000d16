//! `recording.keep`: a copy of a call's recording, fetched from where the platform has it while its link opens. Once per
//! recording, however often it is done; a test fetches it and keeps nothing.

use super::input::{given, text};
use super::{Action, Call, Done, storage};
use crate::connection::{NoConnection, s3};
use crate::describe::{FieldWords, Input, Words};
use crate::failure::{Code, Fault};
use crate::guard::destination;
use crate::recordings::{
    Copied, Drawer, LARGEST, Part, Place, SIGN_IN_KINDS, SignIn, Spot, fetch, take_up,
};
use kernel::Problem;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang;
use kernel::retry::{Retry, Schedule};
use kernel::run::{Failure, Output, Retriable};
use kernel::usage::Used;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout_at;

/// On one node at once.
const AT_ONCE: usize = 8;
const USUAL_MB: u64 = 200;
const MOST_MB: u64 = LARGEST >> 20;
const MOST_SIGN_INS: usize = 50;
const SHAPE: &str = "`sign_in` is a list of {provider, hosts, connection}";

pub(super) struct RecordingKeep {
    spec: ActionSpec,
    places: Semaphore,
}

impl RecordingKeep {
    pub(super) fn new() -> Self {
        let field = |name, place, help| Field {
            name,
            place,
            required: matches!(name, "call" | "url"),
            secrets: false,
            help,
        };
        let spec = ActionSpec {
            name: "recording.keep",
            fields: vec![
                field("call", lang::Place::Text, "our id of the call"),
                // The host comes from the call: so no secret goes there but by `sign_in`.
                field(
                    "url",
                    lang::Place::Text,
                    "where the platform has the recording",
                ),
                field(
                    "max_mb",
                    lang::Place::Text,
                    "a larger one fails the step; 200 unless given, at most 1,024",
                ),
                field(
                    "provider",
                    lang::Place::Text,
                    "the voice platform, which tells what of `sign_in` is meant",
                ),
                field(
                    "sign_in",
                    lang::Place::Json,
                    "a list of {provider, hosts, connection}: what to sign in with at which hosts of a platform",
                ),
            ],
            retry: Retry {
                attempts: 9,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(4),
                    factor: 3.0,
                    max: Duration::from_secs(900),
                },
            },
            timeout: Duration::from_secs(300),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects {
                kinds: &[s3::KIND.name],
                required: false,
            },
            complete,
        };
        Self {
            spec,
            places: Semaphore::new(AT_ONCE),
        }
    }
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let most = with.get("max_mb").map(text);
    let wrong =
        most.is_some_and(|most| !super::content::is_template(&most) && megabytes(&most).is_none());
    let mut problems: Vec<Problem> = wrong
        .then(|| Problem::new("/max_mb", size()))
        .into_iter()
        .collect();
    if with
        .get("sign_in")
        .is_some_and(|given| sign_ins(given).is_none())
    {
        problems.push(Problem::new("/sign_in", SHAPE));
    }
    problems
}

fn size() -> String {
    format!("`max_mb` is a whole number from 1 to {MOST_MB}")
}

fn megabytes(text: &str) -> Option<u64> {
    let number = text.trim().parse().ok()?;
    (1..=MOST_MB).contains(&number).then_some(number << 20)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    provider: String,
    hosts: Vec<String>,
    connection: String,
}

fn sign_ins(given: &Value) -> Option<Vec<Known>> {
    let known: Vec<Known> = serde_json::from_value(given.clone()).ok()?;
    (known.len() <= MOST_SIGN_INS).then_some(known)
}

#[async_trait::async_trait]
impl Action for RecordingKeep {
    fn spec(&self) -> &ActionSpec {
        &self.spec
    }

    fn words(&self) -> Words {
        Words {
            label: "Keep a recording",
            description: "Copies a call's recording before the platform's link expires, into this server's directory or a bucket (S3): Settings does the same for all calls.",
            fields: vec![
                FieldWords::new("call", "Call", Input::Text, "{{ call_id }}"),
                FieldWords::new("url", "Recording", Input::Url, "{{ recording_url }}"),
                FieldWords::new("max_mb", "At most (MB)", Input::Number(MOST_MB), USUAL_MB),
                FieldWords::new("provider", "Platform", Input::Text, "{{ provider }}"),
                FieldWords::new(
                    "sign_in",
                    "Sign in with",
                    Input::Json,
                    json!([{ "provider": "twilio", "hosts": ["api.twilio.com"], "connection": "Twilio" }]),
                ),
            ],
            sample_answer: json!({
                "kept": true, "size": 482_113, "content_type": "audio/mpeg",
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            }),
        }
    }

    fn destination(&self, with: &Map<String, Value>) -> Option<String> {
        destination(with.get("url")?.as_str()?)
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        let asked = match ask(call).await {
            Ok(asked) => asked,
            Err(failure) => return failure.into(),
        };
        let with = &call.perform.with;
        let (id, url) = (field(with, "call"), field(with, "url"));
        let found = timeout_at(call.deadline, call.surroundings.recording(&id, &url)).await;
        let spot = match found {
            Ok(Ok(spot)) => spot,
            Ok(Err(failure)) => return failure.into(),
            Err(_) => return busy().into(),
        };
        if let Some(kept) = &spot.kept {
            return done(told(kept, true));
        }
        let refused = asked.sign_in.as_ref().and_then(|sign_in| {
            let is_strange =
                |host: &&String| !sign_in.may_hear(&asked.provider, host, &spot.signs_in);
            sign_in.hosts.iter().find(is_strange)
        });
        if let Some(host) = refused {
            return Code::BadInput.because(format!("credentials go to `{host}` only where the workspace's settings for recordings name it with this connection")).into();
        }
        let Ok(_place) = timeout_at(call.deadline, self.places.acquire()).await else {
            return busy().into();
        };
        let (part, exchange) = match waiting(&spot, &asked, call).await {
            Ok(Some(part)) => (Ok(part), None),
            Ok(None) => {
                let sign_in = asked.sign_in.as_ref();
                fetch(&url, asked.most, sign_in, &asked.drawer, call).await
            }
            Err(failure) => (Err(failure), None),
        };
        let result = match (part, &spot.path) {
            (Ok(part), Some(path)) => {
                let kept = keep(part, path, &asked.drawer, &id, &url, call).await;
                if let (Ok(_), Some(name)) = (&kept, &spot.arrived) {
                    let _ = asked.drawer.take_away(name);
                }
                kept
            }
            (Ok(part), None) => {
                let place = Place {
                    connection: None,
                    bucket: None,
                    path: String::new(),
                };
                Ok(told(&copied(&part, place), false))
            }
            (Err(failure), _) => Err(failure),
        };
        Done {
            result: result.map(output),
            exchange,
            used: Used::default(),
        }
    }
}

/// What came inside the message itself.
async fn waiting(spot: &Spot, asked: &Asked, call: &Call<'_>) -> Result<Option<Part>, Failure> {
    match &spot.arrived {
        Some(name) => take_up(name, asked.most, &asked.drawer, call).await,
        None => Ok(None),
    }
}

struct Asked {
    most: u64,
    provider: String,
    sign_in: Option<SignIn>,
    drawer: Drawer,
}

async fn ask(call: &Call<'_>) -> Result<Asked, Failure> {
    let with = &call.perform.with;
    let most = match field(with, "max_mb").as_str() {
        "" => USUAL_MB << 20,
        most => megabytes(most).ok_or_else(|| Code::BadInput.because(size()))?,
    };
    let given = given(with, "sign_in").filter(|given| !given.is_null());
    let known = match given.map(sign_ins) {
        Some(known) => known.ok_or_else(|| Code::BadInput.because(SHAPE))?,
        None => Vec::new(),
    };
    let provider = field(with, "provider");
    let sign_in = match known.into_iter().find(|known| known.provider == provider) {
        Some(known) => {
            let connection = call
                .surroundings
                .connection(Some(&known.connection), &SIGN_IN_KINDS)
                .await;
            Some(SignIn {
                connection: connection.map_err(NoConnection::failure)?,
                hosts: known.hosts,
            })
        }
        None => None,
    };
    Ok(Asked {
        most,
        provider,
        sign_in,
        drawer: Drawer::new(call.recordings_directory)?,
    })
}

/// Gives what was fetched its place, and notes it; what will never be noted is not left there.
async fn keep(
    part: Part,
    path: &str,
    drawer: &Drawer,
    id: &str,
    url: &str,
    call: &Call<'_>,
) -> Result<Value, Failure> {
    let connection = call.connection.as_deref();
    let copied = match connection {
        Some(connection) => {
            let place = storage::write_to_bucket(connection, path, &part, call).await?;
            copied(&part, place)
        }
        None => {
            let place = Place {
                connection: None,
                bucket: None,
                path: path.to_owned(),
            };
            let copied = copied(&part, place);
            let (drawer, path) = (drawer.clone(), path.to_owned());
            let renaming = tokio::task::spawn_blocking(move || drawer.keep(&part.path, &path));
            let lost = |_| storage::Trouble {
                message: "the copy was not put in its place".into(),
                passes: true,
            };
            renaming.await.map_err(lost)??;
            copied
        }
    };
    if let Err(failure) = call.surroundings.keep_recording(id, url, &copied).await {
        // It may have been noted all the same; the next attempt writes to the same place.
        if failure.retry != Retriable::No {
            return Err(failure);
        }
        let removed = match connection {
            Some(connection) => storage::remove_from_bucket(connection, &copied.place, call).await,
            None => drawer.remove(path).map_err(Failure::from),
        };
        if let Err(left) = removed {
            tracing::warn!(
                why = left.message,
                "a copy of a recording that is not noted could not be removed"
            );
        }
        return Err(failure);
    }
    Ok(told(&copied, true))
}

fn copied(part: &Part, place: Place) -> Copied {
    Copied {
        place,
        size: part.size,
        sha256: part.sha256.clone(),
        content_type: part.content_type.into(),
    }
}

fn told(copied: &Copied, kept: bool) -> Value {
    json!({ "kept": kept, "size": copied.size, "content_type": copied.content_type, "sha256": copied.sha256 })
}

fn output(body: Value) -> Output {
    Output {
        status: None,
        headers: Value::Null,
        body,
    }
}

fn done(body: Value) -> Done {
    Done {
        result: Ok(output(body)),
        exchange: None,
        used: Used::default(),
    }
}

fn field(with: &Map<String, Value>, name: &str) -> String {
    given(with, name).map(text).unwrap_or_default().into_owned()
}

fn busy() -> Fault {
    Code::Busy.because("too many recordings are being copied on this node")
}
