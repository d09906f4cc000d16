//! The statement as its entry shows it: its text, the values bound to it, and what came back. Long values are cut, and secrets
//! masked.

use super::{Trail, connection, dialect};
use crate::builtin::Call;
use crate::builtin::input::text;
use crate::client::{micros, timing};
use crate::connection::Connection;
use crate::connection::database::Server;
use crate::draft::cut;
use crate::guard::destination;
use ::sql::{Answer, Dialect, Statement};
use kernel::run::{Exchange, Failure, Request, Response, Timing};
use serde_json::json;
use std::time::Instant;

/// Of each value, and of how many: an insert may have thousands.
const MOST_OF_A_VALUE: usize = 500;
const MOST_VALUES: usize = 100;

pub(super) fn request(statement: &Statement, call: &Call<'_>, keep: usize) -> Request {
    let (body, truncated) = cut(call.secrets.shown(&statement.text), keep);
    let values = statement.values.iter().take(MOST_VALUES).enumerate();
    let mut headers: Vec<(String, String)> = values
        .map(|(at, value)| {
            let shown = match value.is_null() {
                true => "null".into(),
                false => call.secrets.shown(&text(value)),
            };
            (format!("${}", at + 1), cut(shown, MOST_OF_A_VALUE).0)
        })
        .collect();
    if statement.values.len() > MOST_VALUES {
        let more = statement.values.len() - MOST_VALUES;
        headers.push(("…".into(), format!("{more} more values")));
    }
    Request {
        method: "SQL".into(),
        url: connection(call).map(url).unwrap_or_default(),
        headers,
        body: Some(body),
        truncated,
    }
}

pub(super) fn exchange(
    statement: &Statement,
    call: &Call<'_>,
    trail: &Trail,
    result: &Result<Answer, Failure>,
    started: Instant,
) -> Exchange {
    let response = result.as_ref().ok().map(|answer| {
        let shown = json!({ "count": answer.count, "rows": answer.rows }).to_string();
        let (body, truncated) = cut(call.secrets.mask(&shown).into_owned(), call.http.keep());
        Response {
            status: 0,
            headers: Vec::new(),
            body: Some(body),
            truncated,
        }
    });
    Exchange {
        request: request(statement, call, call.http.keep()),
        response,
        timing: Timing {
            total_us: micros(started.elapsed()),
            ..timing(trail.opening.as_deref())
        },
    }
}

fn url(connection: &Connection) -> String {
    match dialect(connection) {
        Dialect::Sqlite => format!("sqlite:{}", connection.text("file")),
        _ => format!(
            "{}://{}/{}",
            connection.kind,
            address(connection),
            connection.text("database")
        ),
    }
}

/// `host:port`, as other destinations are named.
pub(super) fn address(connection: &Connection) -> String {
    let Server { host, port, .. } = Server::of(connection);
    let url = format!("https://{host}:{port}/");
    destination(&url).unwrap_or_else(|| format!("{host}:{port}"))
}
