//! `webhook.send`: a signed webhook as Standard Webhooks describes it, with the event's payload unless the flow gives its
//! own. The message id is the same over all attempts; the timestamp is the attempt's.

use super::http_request::{METHODS, field};
use super::{Action, Call, Done, content, input, signature};
use crate::describe::{FieldWords, Input, Words};
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::guard::destination;
use http::{HeaderName, Method};
use kernel::Timestamp;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::problem::{Problem, below};
use kernel::retry::{Retry, Schedule};
use kernel::run::{Failure, Request};
use serde_json::{Map, Value, json};
use std::time::Duration;
use zeroize::Zeroizing;

/// The waits of Standard Webhooks between ten attempts: about 75 hours in all.
const WAITS_S: [u64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const GONE: &str = "the receiver answered 410 Gone: it will never want this webhook again";
const PREFIX: &str = "webhook-";
const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

pub(super) struct WebhookSend(ActionSpec);

impl WebhookSend {
    pub(super) fn new() -> Self {
        Self(ActionSpec {
            name: "webhook.send",
            fields: vec![
                Field {
                    required: true,
                    ..field("url", Place::Url, "http or https")
                },
                field(
                    "secret",
                    Place::Text,
                    "signs the webhook: `whsec_…`, `whsk_…` (Ed25519), or any text; a list for several",
                ),
                field("headers", Place::Headers, "an object of name and text"),
                Field {
                    secrets: false,
                    ..field(
                        "payload",
                        Place::Literal,
                        "`default` (an envelope) or `flat`",
                    )
                },
                field("json", Place::Json, "a body of your own as a JSON value"),
                field("body", Place::Body, "a body of your own as text"),
                field("method", Place::Text, "POST unless given"),
            ],
            retry: Retry {
                attempts: WAITS_S.len() as u32 + 1,
                schedule: Schedule::Fixed(WAITS_S.map(Duration::from_secs).to_vec()),
            },
            timeout: Duration::from_secs(15),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects::default(),
            complete,
        })
    }
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems = content::check(with);
    problems.extend(input::check_method(with));
    let payload = match with.get("payload").map(Value::as_str) {
        None | Some(Some("default")) => "{{ payload }}",
        Some(Some("flat")) => "{{ payload_flat }}",
        Some(_) => {
            problems.push(Problem::new("/payload", "`payload` is `default` or `flat`"));
            return problems;
        }
    };
    if let Some(Value::Object(headers)) = with.get("headers") {
        problems.extend(headers.keys().filter(|name| is_ours(name)).map(|name| {
            Problem::new(
                below("/headers", name),
                format!("`{name}` is set by the signature"),
            )
        }));
    }
    if !with.contains_key("json") && !with.contains_key("body") {
        with.insert("json".into(), payload.into());
    } else if with.contains_key("payload") {
        problems.push(Problem::new(
            "/payload",
            "`payload` is for webhooks without a body of their own",
        ));
    }
    problems
}

fn is_ours(name: &str) -> bool {
    name.get(..PREFIX.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
}

#[async_trait::async_trait]
impl Action for WebhookSend {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        let own = json!({ "call": "{{ call_id }}" });
        let payloads = Input::Choice(&[
            ("default", "In an envelope: id, type, timestamp, data"),
            ("flat", "The call's data alone"),
        ]);
        Words {
            label: "Send a webhook",
            description: "Sends the call's data, signed, to an address that expects webhooks.",
            fields: vec![
                FieldWords::new("url", "URL", Input::Url, "https://example.com/hooks/calls"),
                FieldWords::new(
                    "secret",
                    "Signing secret",
                    Input::Secret,
                    "{{ secrets.webhook_secret }}",
                ),
                FieldWords::new("payload", "Call data", payloads, "default").one_of("What is sent"),
                FieldWords::new("json", "JSON", Input::Json, own).one_of("What is sent"),
                FieldWords::new("body", "Text", Input::LongText, "{{ summary }}")
                    .one_of("What is sent"),
                FieldWords::new(
                    "headers",
                    "Headers",
                    Input::Pairs,
                    json!({ "X-Source": "calls" }),
                ),
                FieldWords::new("method", "Method", METHODS, "POST"),
            ],
            sample_answer: json!({ "ok": true }),
        }
    }

    fn destination(&self, with: &Map<String, Value>) -> Option<String> {
        destination(with.get("url")?.as_str()?)
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        let mut done = match draft(call) {
            Ok(draft) => call.http.send(draft, call).await,
            Err(fault) => return fault.into(),
        };
        if let Err(failure) = &mut done.result
            && failure.status == Some(410)
        {
            let gone = Failure::from(Code::Gone.because(GONE));
            (failure.code, failure.message, failure.retry) = (gone.code, gone.message, gone.retry);
        }
        done
    }

    /// A signature that somebody could use is never shown: whoever may look may not sign.
    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        let mut request = draft(call)?.shown();
        for (name, value) in &mut request.headers {
            if *name == SIGNATURE.as_str() {
                let shown = value.split(' ').map(|one| match one.starts_with("v1a,") {
                    true => "v1a,‹signature›",
                    false => "v1,‹signature›",
                });
                *value = shown.collect::<Vec<_>>().join(" ");
            }
        }
        Ok(request)
    }
}

fn draft(call: &Call<'_>) -> Result<Draft, Fault> {
    let (with, secrets) = (&call.perform.with, &call.secrets);
    let mut draft = Draft::new(
        input::method(with, Method::POST)?,
        input::url(with)?,
        secrets,
    )?;
    for (name, value) in input::pairs(with, "headers")? {
        draft.header(name, &value, secrets)?;
    }
    content::write(&mut draft, with, secrets)?;
    call.mark(&mut draft)?;
    let id = format!("msg_{}", call.perform.key);
    let timestamp = Timestamp::now().as_second().to_string();
    let signing = signing_secrets(call);
    if !signing.is_empty() {
        let signatures = signature::sign(&signing, &id, &timestamp, draft.bytes());
        draft.set(SIGNATURE, &signatures)?;
    }
    draft.set(ID, &id)?;
    draft.set(TIMESTAMP, &timestamp)?;
    Ok(draft)
}

/// Every secret that a receiver may verify with: those listed, each with all its active values.
fn signing_secrets(call: &Call<'_>) -> Vec<Zeroizing<String>> {
    let listed = match input::given(&call.perform.with, "secret") {
        None => return Vec::new(),
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    listed
        .iter()
        .flat_map(|secret| call.secrets.reveal_all(&input::text(secret)))
        .filter(|secret| !secret.is_empty())
        .map(Zeroizing::new)
        .collect()
}
