//! `sms.send`: one text message through a platform, at most once. Whether a message that may have gone out is there is asked of
//! the platform before anything is sent again. A platform is a file and a line here.

mod text;
pub(crate) mod twilio;

use super::input::{given, text as inputs_text};
use super::{Action, Call, Done};
use crate::connection::Connection;
use crate::describe::{FieldWords, Input, Words};
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::{Failure, Request, Retriable};
use kernel::usage::{Meter, Used};
use kernel::{Problem, Timestamp};
use serde_json::{Map, Value, json};
use std::time::Duration;
use text::{Coding, measure};

/// What one message may cost unless the step allows less; platforms take no more.
const MOST_SEGMENTS: u64 = 10;
/// Numbers that cost whoever calls or texts them.
const COSTLY: [&str; 3] = ["premium", "shared_cost", "pager"];

/// A message that may be sent.
pub(crate) struct Sms {
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) text: String,
    pub(crate) segments: u64,
    pub(crate) coding: Coding,
}

/// What a platform says about a message that may have gone out.
pub(crate) enum Found {
    Sent(Box<Done>),
    NotSent,
}

#[async_trait::async_trait]
trait Platform: Send + Sync {
    /// The kind of its connections.
    fn kind(&self) -> &'static str;
    /// The request that sends it.
    fn draft(&self, sms: &Sms, connection: &Connection, call: &Call<'_>) -> Result<Draft, Fault>;
    async fn send(
        &self,
        sms: &Sms,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Done, Fault>;
    /// Looks for the message among those made since then.
    async fn find(
        &self,
        sms: &Sms,
        since: Timestamp,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Found, Failure>;
}

const PLATFORMS: [&dyn Platform; 1] = [&twilio::Twilio];
const KINDS: [&str; 1] = [crate::connection::twilio::KIND.name];

pub(super) struct SmsSend(ActionSpec);

impl SmsSend {
    pub(super) fn new() -> Self {
        let field = |name, help| Field {
            name,
            place: Place::Text,
            required: false,
            secrets: false,
            help,
        };
        let needed = |name, help| Field {
            required: true,
            ..field(name, help)
        };
        Self(ActionSpec {
            name: "sms.send",
            fields: vec![
                needed("to", "a number with its country, such as `+14155550100`"),
                needed("text", "what it says"),
                field("from", "the connection's sender unless given"),
                Field {
                    place: Place::Literal,
                    ..field(
                        "max_segments",
                        "a text longer than this many segments is not sent; 1 to 10, 10 unless given",
                    )
                },
            ],
            retry: Retry {
                attempts: 5,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(3),
                    factor: 4.0,
                    max: Duration::from_secs(600),
                },
            },
            timeout: Duration::from_secs(20),
            on_unknown: OnUnknown::Stop,
            settles: true,
            connects: Connects {
                kinds: &KINDS,
                required: true,
            },
            complete,
        })
    }
}

#[async_trait::async_trait]
impl Action for SmsSend {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        let text = "Hi {{ contact.first_name }}, thanks for your call.";
        Words {
            label: "Send a text message",
            description: "Sends an SMS, once and never twice.",
            fields: vec![
                FieldWords::new("to", "To", Input::Phone, "{{ customer_number }}"),
                FieldWords::new("text", "Text", Input::LongText, text),
                FieldWords::new("from", "From", Input::Text, "+14155550100"),
                FieldWords::new(
                    "max_segments",
                    "Most segments",
                    Input::Number(MOST_SEGMENTS),
                    3,
                ),
            ],
            sample_answer: json!({
                "id": "SM0123456789abcdef", "status": "queued", "to": "+14155552671", "from": "+14155550100",
                "segments": 1, "coding": "GSM-7", "found": false
            }),
        }
    }

    /// The connection decides.
    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        match perform(call).await {
            Ok(done) => done,
            Err(failure) => failure.into(),
        }
    }

    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        let (platform, connection) = through(call)?;
        let sms = read(&call.perform.with, connection)?;
        Ok(platform.draft(&sms, connection, call)?.shown())
    }
}

/// The platform, and the account there.
fn through<'c>(call: &'c Call<'_>) -> Result<(&'static dyn Platform, &'c Connection), Fault> {
    let missing = || Code::ConnectionMissing.because("there is no connection for text messages");
    let connection = call.connection.as_deref().ok_or_else(missing)?;
    let mut platforms = PLATFORMS.into_iter();
    let platform = platforms.find(|platform| platform.kind() == connection.kind);
    Ok((platform.ok_or_else(missing)?, connection))
}

async fn perform(call: &Call<'_>) -> Result<Done, Failure> {
    let (platform, connection) = through(call)?;
    let sms = read(&call.perform.with, connection)?;
    if let Some(since) = call.perform.unsure_since {
        // Who cannot be asked leaves the message as unknown as it was.
        match platform
            .find(&sms, since, connection, call)
            .await
            .map_err(still_unknown)?
        {
            Found::Sent(done) => return Ok(counted(*done, &sms)),
            Found::NotSent => {}
        }
    }
    let mut done = platform.send(&sms, connection, call).await?;
    if let Err(failure) = &mut done.result
        && failure.status.is_some_and(|status| status >= 500)
    {
        // The platform broke while it had the message.
        failure.retry = Retriable::Unknown;
    }
    Ok(counted(done, &sms))
}

/// A message that is out has used its segments, whenever that was found out.
fn counted(mut done: Done, sms: &Sms) -> Done {
    if done.result.is_ok() {
        done.used = Used::new(Meter::SmsSegments, sms.segments);
    }
    done
}

fn still_unknown(failure: Failure) -> Failure {
    Failure {
        message: format!(
            "a message may have gone out before, and the platform could not be asked: {}",
            failure.message
        ),
        retry: Retriable::Unknown,
        ..failure
    }
}

fn read(with: &Map<String, Value>, connection: &Connection) -> Result<Sms, Fault> {
    let bad = |message: String| Code::BadInput.because(message);
    let part = |name| given(with, name).map(inputs_text).unwrap_or_default();
    let to = check_number(&part("to")).map_err(bad)?;
    let text = part("text").trim().to_owned();
    text::check(&text).map_err(bad)?;
    let (coding, segments) = measure(&text);
    let most = most_segments(with).map_err(bad)?;
    if segments > most {
        return Err(bad(format!(
            "the text takes {segments} segments ({} signs as {}); at most {most} are sent: shorten it, such as with `| truncate(300)`",
            text.chars().count(),
            coding.name()
        )));
    }
    let from = part("from").trim().to_owned();
    let from = if from.is_empty() {
        connection.text("from").to_owned()
    } else {
        from
    };
    if from.len() > 64 || from.chars().any(char::is_control) {
        return Err(bad("`from` is no sender".into()));
    }
    Ok(Sms {
        to,
        from,
        text,
        segments,
        coding,
    })
}

fn most_segments(with: &Map<String, Value>) -> Result<u64, String> {
    match given(with, "max_segments") {
        None => Ok(MOST_SEGMENTS),
        Some(most) => most
            .as_u64()
            .filter(|most| (1..=MOST_SEGMENTS).contains(most))
            .ok_or_else(|| format!("`max_segments` is a whole number from 1 to {MOST_SEGMENTS}")),
    }
}

/// The number in E.164, if a text may go to it.
fn check_number(text: &str) -> Result<String, String> {
    let short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    let Some((number, kind)) = filters::number(text) else {
        return Err(format!(
            "`{short}` is no phone number with its country (`+14155550100`) that a numbering plan knows"
        ));
    };
    match COSTLY.contains(&kind) {
        true => Err(format!(
            "`{short}` is a {kind} number: no text is sent to it"
        )),
        false => Ok(number),
    }
}

pub(crate) fn is_e164(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let written = |name: &str| {
        let text = with.get(name).and_then(Value::as_str)?;
        (!super::content::is_template(text)).then_some(text)
    };
    let mut problems = Vec::new();
    if let Some(Err(message)) = written("to").map(check_number) {
        problems.push(Problem::new("/to", message));
    }
    if let Some(Err(message)) = written("text").map(text::check) {
        problems.push(Problem::new("/text", message));
    }
    if let Err(message) = most_segments(with) {
        problems.push(Problem::new("/max_segments", message));
    }
    problems
}
