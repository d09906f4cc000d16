//! `calendar.create`, `.update`, `.cancel` and `.free`: appointments in a calendar over CalDAV, or as invitations by mail. Which of
//! the two it is, the step's connection says; both know an appointment by its uid.

mod caldav;
mod fields;
mod finder;
mod free;
mod inputs;
mod invite;
mod server;

use super::{Action, Call, Done};
use crate::connection::{Connection, caldav as kind};
use crate::describe::Words;
use crate::failure::{Code, Fault};
use calendar::Span;
use finder::{Finder, account};
use inputs::{Wanted, bad};
use kernel::flow::ActionSpec;
use kernel::lang::moment;
use kernel::run::{Exchange, Output, Request};
use kernel::usage::Used;
use serde_json::{Map, Value};
use server::{Server, Stop, short};
use std::sync::Arc;
use tokio::time::timeout_at;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Create,
    Update,
    Cancel,
    Free,
}

pub(super) struct Calendar {
    verb: Verb,
    spec: ActionSpec,
    finder: Arc<Finder>,
}

/// All of them, which remember together where calendars are.
pub(super) fn all() -> [Box<dyn Action>; 4] {
    let finder = Arc::<Finder>::default();
    [Verb::Create, Verb::Update, Verb::Cancel, Verb::Free].map(|verb| -> Box<dyn Action> {
        Box::new(Calendar {
            verb,
            spec: fields::spec(verb),
            finder: finder.clone(),
        })
    })
}

#[async_trait::async_trait]
impl Action for Calendar {
    fn spec(&self) -> &ActionSpec {
        &self.spec
    }

    fn words(&self) -> Words {
        fields::words(self.verb)
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
        if connection.kind != kind::KIND.name {
            return invite::send(self.verb, call).await;
        }
        match self.in_calendar(connection, call).await {
            Ok(done) => done,
            Err(stop) => stop.into(),
        }
    }

    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        let with = &call.perform.with;
        let kind = call
            .connection
            .as_deref()
            .map(|connection| &*connection.kind);
        if kind.is_some_and(|kind| kind != kind::KIND.name) {
            return invite::preview(self.verb, call);
        }
        // A time may come from a step that a dry test did not take.
        match self.verb {
            Verb::Free => free::check(with)?,
            _ => Wanted::read(with)?.span(None).map(drop)?,
        }
        let inputs = Value::Object(with.clone());
        Ok(Request {
            method: self.spec.name.to_owned(),
            url: String::new(),
            headers: Vec::new(),
            body: Some(call.secrets.shown(&inputs.to_string())),
            truncated: false,
        })
    }
}

impl Calendar {
    async fn in_calendar(&self, connection: &Connection, call: &Call<'_>) -> Result<Done, Stop> {
        let server = Server::of(connection, call)?;
        match self.verb {
            Verb::Create => caldav::create(&server, &self.finder).await,
            Verb::Update => caldav::update(&server, &self.finder).await,
            Verb::Cancel => caldav::cancel(&server, &self.finder).await,
            Verb::Free => free::find(&server, &self.finder).await,
        }
    }
}

fn required_span(wanted: &Wanted) -> Result<Span, Fault> {
    let span = wanted.span(None)?;
    span.ok_or_else(|| bad("`start` is missing or empty: when is the appointment?".into()))
}

/// When it begins and ends, as other times are written.
fn times(span: &Span) -> [Value; 2] {
    match span {
        Span::Moments { start, end } => [start, end].map(moment::written),
        Span::Days { .. } => [span.start().into(), span.end().into()],
    }
}

/// What the step answers, secrets masked.
fn answer(
    mut body: Value,
    status: Option<u16>,
    exchange: Option<Exchange>,
    call: &Call<'_>,
) -> Done {
    call.secrets.mask_value(&mut body);
    Done {
        result: Ok(Output {
            status,
            headers: Value::Null,
            body,
        }),
        exchange,
        used: Used::default(),
    }
}

/// Signs in, and lists the calendars; nothing is written.
pub(crate) async fn try_out(connection: &Connection, call: &Call<'_>) -> Result<String, Fault> {
    let server = Server::of(connection, call)?;
    let wanted = connection.text("calendar").trim();
    let tried = async {
        let account = account(&server, !wanted.is_empty()).await?;
        let picked = account.pick(wanted, &connection.name)?;
        let names: Vec<_> = account
            .calendars
            .iter()
            .map(|one| format!("`{}`", short(&one.name)))
            .collect();
        Ok(format!(
            "the server accepts the user and password; events go to `{}`; calendars: {}; nothing was written",
            short(&picked.name),
            names.join(", ")
        ))
    };
    match timeout_at(call.deadline, tried).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(stop)) => {
            let stop: Stop = stop;
            Err(Code::CalendarMissing.because(stop.failure.message))
        }
        Err(_) => Err(Code::Timeout
            .because("the calendar server does not answer within 15 s: check the address")),
    }
}
