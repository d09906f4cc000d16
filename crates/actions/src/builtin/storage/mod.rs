//! `storage.put`: one file into a folder of this server or a bucket of S3, whole or not at all. A file of the same name is
//! replaced, so that an attempt that is repeated does no harm.

mod bucket;
mod connect;
mod content;
mod folder;
mod name;
mod sigv4;

pub(crate) use connect::{check_bucket, check_folder, check_url, try_bucket, try_folder};

use super::input::{given, text};
use super::{Action, Call, Done, content as body};
use crate::client::micros;
use crate::connection::{Connection, directory, s3};
use crate::describe::Input::{Json, LongText, Text, Url};
use crate::describe::{FieldWords, Words};
use crate::draft::cut;
use crate::failure::Code;
use bucket::Bucket;
use connect::{folder_of, place};
use content::Content;
use kernel::Problem;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::{Exchange, Failure, Output, Request, Retriable, Timing};
use kernel::usage::Used;
use name::Name;
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::time::timeout_at;

/// Files that are fetched and stored at once: each is held in memory.
const AT_ONCE: usize = 8;

pub(super) struct StoragePut {
    spec: ActionSpec,
    fetching: Semaphore,
}

impl StoragePut {
    pub(super) fn new() -> Self {
        let field = |name, place, help| Field {
            name,
            place,
            required: name == "name",
            secrets: false,
            help,
        };
        let spec = ActionSpec {
            name: "storage.put",
            fields: vec![
                field(
                    "name",
                    Place::Text,
                    "the file's name, with folders before `/`; one of the same name is replaced",
                ),
                field("text", Place::Text, "what is stored, as text"),
                field("json", Place::Json, "what is stored, as a JSON value"),
                field("base64", Place::Text, "what is stored, as bytes in base64"),
                // The host may come from a call, as that of a recording does: so no secret goes there.
                field(
                    "url",
                    Place::Text,
                    "where to fetch what is stored: at most 50 MiB",
                ),
                field(
                    "content_type",
                    Place::Text,
                    "such as audio/mpeg; known by the address or the name unless given",
                ),
            ],
            retry: Retry {
                attempts: 5,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(5),
                    factor: 4.0,
                    max: Duration::from_secs(600),
                },
            },
            timeout: Duration::from_secs(60),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects {
                kinds: &[directory::KIND.name, s3::KIND.name],
                required: true,
            },
            complete,
        };
        Self {
            spec,
            fetching: Semaphore::new(AT_ONCE),
        }
    }
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems = content::check(with);
    if let Some(Value::String(name)) = with.get("name")
        && !body::is_template(name)
        && let Err(why) = Name::parse(name)
    {
        problems.push(Problem::new("/name", why));
    }
    problems
}

#[async_trait::async_trait]
impl Action for StoragePut {
    fn spec(&self) -> &ActionSpec {
        &self.spec
    }

    fn words(&self) -> Words {
        let tree = json!({ "caller": "{{ caller_number }}" });
        Words {
            label: "Store a file",
            description: "Puts a file into a folder of this server or a bucket (S3): a recording, a transcript, a table.",
            fields: vec![
                FieldWords::new("name", "Name", Text, "recordings/{{ call_id }}.mp3"),
                FieldWords::new("url", "File at an address", Url, "{{ recording_url }}")
                    .one_of("Content"),
                FieldWords::new("text", "Text", LongText, "{{ transcript }}").one_of("Content"),
                FieldWords::new("json", "JSON", Json, tree).one_of("Content"),
                FieldWords::new("base64", "Bytes in base64", Text, "{{ file }}").one_of("Content"),
                FieldWords::new("content_type", "Content type", Text, "audio/mpeg"),
            ],
            sample_answer: json!({
                "name": "recordings/call_1.mp3", "size": 482_113,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "url": "https://files.example.com/recordings/call_1.mp3"
            }),
        }
    }

    /// The connection decides.
    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        let Some(connection) = call.connection.as_deref() else {
            return Code::ConnectionMissing
                .because("there is no connection")
                .into();
        };
        let name = text(given(&call.perform.with, "name").unwrap_or(&Value::Null));
        let name = match Name::parse(&name) {
            Ok(name) => name,
            Err(why) => return Code::BadInput.because(why).into(),
        };
        let _place = match content::is_away(&call.perform.with) {
            false => None,
            true => match timeout_at(call.deadline, self.fetching.acquire()).await {
                Ok(place) => place.ok(),
                Err(_) => {
                    return Code::Busy
                        .because("too many files are being fetched on this node")
                        .into();
                }
            },
        };
        let content = match content::read(name.as_str(), call).await {
            Ok(content) => content,
            Err(failure) => return failure.into(),
        };
        match connection.kind.as_str() {
            "s3" => upload(&name, content, connection, call).await,
            _ => save(&name, content, connection, call).await,
        }
    }
}

async fn upload(name: &Name, content: Content, connection: &Connection, call: &Call<'_>) -> Done {
    let bucket = match Bucket::of(connection) {
        Ok(bucket) => bucket,
        Err(fault) => return fault.into(),
    };
    let prefix = match folder_of(connection, "prefix") {
        Ok(prefix) => prefix,
        Err(fault) => return fault.into(),
    };
    let path = name.below(prefix.as_ref());
    let public = bucket::address_of(connection.text("public_url"), &path);
    let url = public.unwrap_or_else(|| bucket.url(Some(&path)).into());
    let body = told(name, &content, Some(url));
    let draft = bucket.put(&path, content.bytes, content.shown, &content.kind, call);
    let mut done = match draft {
        Ok(draft) => call.http.send(draft, call).await,
        Err(fault) => return fault.into(),
    };
    done.result = match done.result {
        Ok(output) => Ok(Output {
            headers: Value::Null,
            body,
            ..output
        }),
        Err(failure) => Err(bucket.explained(failure)),
    };
    done
}

async fn save(name: &Name, content: Content, connection: &Connection, call: &Call<'_>) -> Done {
    let started = Instant::now();
    let (root, folder) = match place(connection, call) {
        Ok(place) => place,
        Err(fault) => return fault.into(),
    };
    let path = name.below(Some(&folder));
    let url = bucket::address_of(connection.text("public_url"), name);
    let body = told(name, &content, url);
    let (shown, truncated) = cut(
        call.secrets.mask(&content.shown).into_owned(),
        call.http.keep(),
    );
    let request = Request {
        method: "PUT".into(),
        url: format!("file:{}", path.encoded()),
        headers: vec![("content-type".into(), content.kind)],
        body: Some(shown),
        truncated,
    };
    let (bytes, key) = (content.bytes, call.perform.key.clone());
    let attempt = call.perform.attempt;
    let writing =
        tokio::task::spawn_blocking(move || folder::put(&root, &path, &bytes, &key, attempt));
    let result = match timeout_at(call.deadline, writing).await {
        Ok(Ok(Ok(()))) => Ok(Output {
            status: None,
            headers: Value::Null,
            body,
        }),
        Ok(Ok(Err(trouble))) => Err(refused(trouble)),
        Ok(Err(_)) => Err(Code::StorageRefused
            .because("the file was not written")
            .into()),
        Err(_) => Err(Code::TimeoutAfterSending
            .because("the file was not on disk within the time-out")
            .into()),
    };
    let timing = Timing {
        total_us: micros(started.elapsed()),
        ..Timing::default()
    };
    let exchange = Exchange {
        request,
        response: None,
        timing,
    };
    Done {
        result,
        exchange: Some(exchange),
        used: Used::default(),
    }
}

fn told(name: &Name, content: &Content, url: Option<Value>) -> Value {
    let mut body = json!({
        "name": name.as_str(),
        "size": content.bytes.len(),
        "sha256": sigv4::hash(&content.bytes),
    });
    if let Some(url) = url {
        body["url"] = url;
    }
    body
}

fn refused(trouble: folder::Trouble) -> Failure {
    let mut failure = Failure::from(Code::StorageRefused.because(trouble.message));
    if trouble.passes {
        failure.retry = Retriable::Yes;
    }
    failure
}
