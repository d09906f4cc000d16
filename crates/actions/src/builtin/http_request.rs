//! `http.request`: any request over HTTP, as the flow writes it.

use super::{Action, Call, Done, auth, content, input};
use crate::describe::{FieldWords, Input, Words};
use crate::draft::Draft;
use crate::failure::Fault;
use crate::guard::destination;
use http::Method;
use kernel::Problem;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::Request;
use serde_json::{Map, Value, json};
use std::time::Duration;

pub(super) const METHODS: Input = Input::Choice(&[
    ("GET", "GET: read"),
    ("POST", "POST: create"),
    ("PUT", "PUT: replace"),
    ("PATCH", "PATCH: change"),
    ("DELETE", "DELETE: remove"),
]);

pub(super) struct HttpRequest(ActionSpec);

impl HttpRequest {
    pub(super) fn new() -> Self {
        Self(ActionSpec {
            name: "http.request",
            fields: vec![
                field(
                    "method",
                    Place::Text,
                    "GET, or POST when there is a body, unless given",
                ),
                Field {
                    required: true,
                    ..field("url", Place::Url, "http or https")
                },
                field("headers", Place::Headers, "an object of name and text"),
                field(
                    "query",
                    Place::Query,
                    "an object of name and text, appended to the URL",
                ),
                field("json", Place::Json, "the body as a JSON value"),
                field("body", Place::Body, "the body as text"),
                field(
                    "form",
                    Place::Form,
                    "the body as an object of name and text",
                ),
                field(
                    "auth",
                    Place::Text,
                    "a bearer token, or {bearer}, {basic: {user, password}}, {header: {name, value}}, {connection}",
                ),
            ],
            retry: Retry {
                attempts: 5,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(2),
                    factor: 4.0,
                    max: Duration::from_secs(600),
                },
            },
            timeout: Duration::from_secs(15),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects {
                kinds: &["bearer", "basic", "header"],
                required: false,
            },
            complete,
        })
    }
}

pub(super) fn field(name: &'static str, place: Place, help: &'static str) -> Field {
    Field {
        name,
        place,
        required: false,
        secrets: name != "method",
        help,
    }
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems = content::check(with);
    problems.extend(auth::check(with));
    problems.extend(input::check_method(with));
    problems
}

#[async_trait::async_trait]
impl Action for HttpRequest {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        let phone = json!({ "phone": "{{ caller_number }}" });
        Words {
            label: "HTTP request",
            description: "Calls any address on the web: a CRM, a helpdesk, a system of your own.",
            fields: vec![
                FieldWords::new("method", "Method", METHODS, "POST"),
                FieldWords::new("url", "URL", Input::Url, "https://api.crm.example/leads"),
                FieldWords::new("auth", "Sign in with", Input::Auth, "{{ secrets.crm_key }}"),
                FieldWords::new(
                    "headers",
                    "Headers",
                    Input::Pairs,
                    json!({ "X-Source": "calls" }),
                ),
                FieldWords::new("query", "Query", Input::Pairs, phone.clone()),
                FieldWords::new("json", "JSON", Input::Json, phone.clone()).one_of("Body"),
                FieldWords::new("form", "Form", Input::Pairs, phone).one_of("Body"),
                FieldWords::new("body", "Text", Input::LongText, "{{ summary }}").one_of("Body"),
            ],
            sample_answer: json!({ "id": "lead_123", "status": "created" }),
        }
    }

    fn destination(&self, with: &Map<String, Value>) -> Option<String> {
        destination(with.get("url")?.as_str()?)
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        match draft(call) {
            Ok(draft) => call.http.send(draft, call).await,
            Err(fault) => fault.into(),
        }
    }

    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        Ok(draft(call)?.shown())
    }
}

fn draft(call: &Call<'_>) -> Result<Draft, Fault> {
    let (with, secrets) = (&call.perform.with, &call.secrets);
    let default = if content::is_given(with) {
        Method::POST
    } else {
        Method::GET
    };
    let url = content::with_query(input::url(with)?, with)?;
    let mut draft = Draft::new(input::method(with, default)?, &url, secrets)?;
    for (name, value) in input::pairs(with, "headers")? {
        draft.header(name, &value, secrets)?;
    }
    let auth = input::given(with, "auth");
    auth::write(&mut draft, auth, call.connection.as_deref(), secrets)?;
    content::write(&mut draft, with, secrets)?;
    call.mark(&mut draft)?;
    Ok(draft)
}
