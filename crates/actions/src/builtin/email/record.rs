//! The mail as its entry shows it: envelope and headers, what it says, and the dialogue with the server. Bodies are cut, and
//! secrets masked.

use super::super::Call;
use super::address;
use super::inputs::Mail;
use super::pool::Line;
use crate::client::{micros, timing};
use crate::connection::smtp::Server;
use crate::draft::cut;
use kernel::run::{Exchange, Failure, Request, Response, Timing};
use mail::{Mailbox, Receipt};
use serde_json::{Map, Value};
use std::time::Instant;

pub(super) fn exchange(
    mail: &Mail,
    call: &Call<'_>,
    line: &Option<Line>,
    result: &Result<Receipt, Failure>,
    said: &str,
    started: Instant,
) -> Exchange {
    let timing = Timing {
        total_us: micros(started.elapsed()),
        ..timing(line.as_ref().map(|line| line.session.stream().opening()))
    };
    let status = match result {
        Ok(receipt) => Some(receipt.reply.code),
        Err(failure) => failure.status,
    };
    let (said, truncated) = cut(call.secrets.mask(said).into_owned(), call.http.keep());
    let response = (!said.is_empty()).then(|| Response {
        status: status.unwrap_or_default(),
        headers: Vec::new(),
        body: Some(said),
        truncated,
    });
    Exchange {
        request: request(mail, call, call.http.keep()),
        response,
        timing,
    }
}

pub(super) fn request(mail: &Mail, call: &Call<'_>, keep: usize) -> Request {
    let server = call
        .connection
        .as_deref()
        .map(|connection| address(&Server::of(connection)));
    let mut headers = vec![("from".to_owned(), mail.from.to_string())];
    for (name, list) in [("to", &mail.to), ("cc", &mail.cc), ("bcc", &mail.bcc)] {
        if !list.is_empty() {
            headers.push((name.into(), listed(list)));
        }
    }
    headers.extend(mail.headers.iter().cloned());
    headers.push(("message-id".into(), mail.message_id.clone()));
    headers.extend(
        mail.attached
            .iter()
            .map(|file| ("attachment".to_owned(), file.clone())),
    );
    // Each is cut alone: what is kept stays an object.
    let (mut body, mut truncated) = (Map::new(), false);
    for (name, said) in &mail.said {
        let share = keep / mail.said.len();
        let (said, is_cut) = cut(call.secrets.mask(said).into_owned(), share);
        body.insert((*name).into(), said.into());
        truncated |= is_cut;
    }
    let masked = |(name, value): (String, String)| (name, call.secrets.mask(&value).into_owned());
    Request {
        method: "MAIL".into(),
        url: format!("smtp://{}", server.unwrap_or_default()),
        headers: headers.into_iter().map(masked).collect(),
        body: Some(Value::Object(body).to_string()),
        truncated,
    }
}

fn listed(list: &[Mailbox]) -> String {
    list.iter()
        .map(Mailbox::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
