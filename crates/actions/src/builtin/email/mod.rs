//! `email.send`: one mail through a mail server. Its Message-ID comes from the step's key, so that a mail which arrives twice
//! after a broken connection is known as one.

mod inputs;
mod pool;
mod record;

pub(super) use inputs::{Mail, complete_addresses, list, sender};
pub(crate) use pool::{Pool, try_out};

use super::{Action, Call, Done};
use crate::connection::smtp::{KIND, Server};
use crate::describe::Input::{Addresses, Files, LongText, Text, Url};
use crate::describe::{FieldWords, Words};
use crate::failure::{Code, Fault};
use crate::guard::destination;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::{Failure, Output, Request, Retriable};
use kernel::usage::{Meter, Used};
use mail::{Receipt, Trouble};
use pool::Line;
use serde_json::{Map, Value, json};
use std::time::Duration;
use tokio::time::timeout_at;

pub(super) struct EmailSend(ActionSpec);

impl EmailSend {
    pub(super) fn new() -> Self {
        let field = |name, place, help| Field {
            name,
            place,
            required: false,
            secrets: false,
            help,
        };
        let to = "one address (`Ada <ada@example.com>`), or a list of them";
        Self(ActionSpec {
            name: "email.send",
            fields: vec![
                Field {
                    required: true,
                    ..field("to", Place::Text, to)
                },
                field("cc", Place::Text, to),
                field("bcc", Place::Text, "the same; they are named to nobody"),
                field("from", Place::Text, "the connection's sender unless given"),
                field("reply_to", Place::Text, "where answers go"),
                Field {
                    required: true,
                    ..field("subject", Place::Text, "one line of at most 500 bytes")
                },
                field(
                    "text",
                    Place::Text,
                    "the mail as text; made from `html` unless given",
                ),
                field("html", Place::Html, "the mail as HTML; values are escaped"),
                field(
                    "attachments",
                    Place::Json,
                    "a list of {name, url} or {name, text}, with `type` where it is not plain; 10 MiB in all",
                ),
                field(
                    "unsubscribe",
                    Place::Text,
                    "an https: or mailto: address that takes the reader off the list",
                ),
            ],
            retry: Retry {
                attempts: 5,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(10),
                    factor: 4.0,
                    max: Duration::from_secs(1_800),
                },
            },
            timeout: Duration::from_secs(60),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects {
                kinds: &[KIND.name],
                required: true,
            },
            complete: inputs::complete,
        })
    }
}

#[async_trait::async_trait]
impl Action for EmailSend {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        let to = "{{ contact.first_name }} <{{ contact.email }}>";
        let files = json!([{ "name": "recording.mp3", "url": "{{ recording_url }}" }]);
        let html = "<p>Hello {{ contact.first_name }}</p>";
        Words {
            label: "Send a mail",
            description: "Sends a mail through a mail server of yours.",
            fields: vec![
                FieldWords::new("to", "To", Addresses, to),
                FieldWords::new("subject", "Subject", Text, "Thanks for your call"),
                FieldWords::new("text", "Text", LongText, "{{ summary }}"),
                FieldWords::new("html", "HTML", LongText, html),
                FieldWords::new("cc", "Copy to", Addresses, "sales@example.com"),
                FieldWords::new("bcc", "Blind copy to", Addresses, "archive@example.com"),
                FieldWords::new("reply_to", "Answers to", Addresses, "sales@example.com"),
                FieldWords::new("from", "From", Addresses, "Sales <sales@example.com>"),
                FieldWords::new("attachments", "Attachments", Files, files),
                FieldWords::new(
                    "unsubscribe",
                    "Unsubscribe at",
                    Url,
                    "https://example.com/leave",
                ),
            ],
            sample_answer: json!({
                "message_id": "<0123456789abcdef@example.com>", "answer": "250 OK queued as 7", "refused": []
            }),
        }
    }

    /// The connection decides, so that all mail of a node counts as one destination.
    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        match Mail::read(call).await {
            Ok(mail) => send(&mail, call).await,
            Err(failure) => failure.into(),
        }
    }

    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        Ok(shown(&Mail::without_files(call)?, call))
    }
}

/// A mail as people see it, nothing cut off.
pub(super) fn shown(mail: &Mail, call: &Call<'_>) -> Request {
    record::request(mail, call, usize::MAX)
}

/// Hands a mail to the call's mail server.
pub(super) async fn send(mail: &Mail, call: &Call<'_>) -> Done {
    let started = std::time::Instant::now();
    let mut line = None;
    let sending = async {
        let line = line.insert(call.mail.take(mail, call).await?);
        let to: Vec<&str> = mail.recipients().map(|to| to.email.as_str()).collect();
        line.session
            .send(&mail.from.email, &to, &mail.bytes)
            .await
            .map_err(|trouble| pool::Stop::from(trouble).said(&line.session))
    };
    let sent = timeout_at(call.deadline, sending).await;
    let has_left = line
        .as_ref()
        .is_some_and(|line: &Line| line.session.has_left());
    let (result, said) = match sent {
        Ok(Ok(receipt)) => {
            let said = line.as_ref().map(|line| line.session.said().to_owned());
            (Ok(receipt), said.unwrap_or_default())
        }
        Ok(Err(stop)) => {
            let failure = if has_left {
                unknown(stop.failure)
            } else {
                stop.failure
            };
            (Err(failure), stop.said)
        }
        Err(_) => {
            let said = line.as_ref().map(|line| line.session.said().to_owned());
            let failure = match has_left {
                true => Code::TimeoutAfterSending.because(
                    "the mail server did not say within the time-out whether it takes the mail",
                ),
                false => Code::Timeout
                    .because("the mail server did not get as far as the mail within the time-out"),
            };
            (Err(failure.into()), said.unwrap_or_default())
        }
    };
    let exchange = record::exchange(mail, call, &line, &result, &said, started);
    if result.is_ok()
        && let Some(line) = line
    {
        call.mail.give_back(line);
    }
    let used = match &result {
        Ok(receipt) => Used::new(
            Meter::Mails,
            (mail
                .recipients()
                .count()
                .saturating_sub(receipt.refused.len())) as u64,
        ),
        Err(_) => Used::default(),
    };
    Done {
        result: result.map(|receipt| output(mail, &receipt, call)),
        exchange: Some(exchange),
        used,
    }
}

fn unknown(failure: Failure) -> Failure {
    Failure {
        retry: Retriable::Unknown,
        ..failure
    }
}

fn output(mail: &Mail, receipt: &Receipt, call: &Call<'_>) -> Output {
    let refused = receipt.refused.iter();
    let refused: Vec<Value> = refused
        .map(|(email, reply)| json!({ "email": email, "answer": reply.to_string() }))
        .collect();
    let mut body = json!({
        "message_id": mail.message_id,
        "answer": receipt.reply.to_string(),
        "refused": refused,
    });
    call.secrets.mask_value(&mut body);
    Output {
        status: Some(receipt.reply.code),
        headers: Value::Null,
        body,
    }
}

/// What a server's or the network's answer means for the step.
fn failure(trouble: &Trouble, connection: &str) -> Failure {
    let (fault, status, retry) = match trouble {
        Trouble::Refused { what: "the sign-in" | "the user name" | "AUTH LOGIN", reply } if !reply.is_for_now() => (
            Code::SignIn.because(format!(
                "the mail server does not accept the user name and password of connection `{connection}`: {reply}. \
                 Correct them there; many providers want an app password"
            )),
            Some(reply.code),
            None,
        ),
        Trouble::Refused { reply, .. } => (
            Code::MailRefused.because(trouble.to_string()),
            Some(reply.code),
            reply.is_for_now().then_some(Retriable::Yes),
        ),
        Trouble::Unable(why) => (Code::MailRefused.because(why.clone()), None, None),
        Trouble::Nonsense(why) => (
            Code::BadResponse.because(why.clone()),
            None,
            Some(Retriable::Yes),
        ),
        Trouble::Broken(_) => (Code::Reset.because(trouble.to_string()), None, None),
    };
    let mut failure = Failure::from(fault);
    failure.status = status;
    failure.retry = retry.unwrap_or(failure.retry);
    failure
}

/// `host:port` of a mail server, as other destinations are named.
fn address(server: &Server<'_>) -> String {
    let url = format!("https://{}:{}/", server.host, server.port);
    destination(&url).unwrap_or_else(|| format!("{}:{}", server.host, server.port))
}

fn bad_input(message: String) -> Fault {
    Code::BadInput.because(message)
}
