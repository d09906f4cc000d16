//! The list of contacts as a table that can be imported again: walked twice, once for the columns that are in use, once for the
//! rows, so that no long list is held.

use super::filter::{ContactQuery, read};
use crate::auth::{Caller, Read};
use crate::csv::{self, Plain};
use crate::errors::{Code, Error, Result};
use crate::params::Params;
use crate::redact::LookedThrough;
use crate::table::{self, Lines};
use axum::Extension;
use axum::response::{IntoResponse, Response};
use calls::Confidential;
use calls::confidential::MASK;
use calls::contact::Contact;
use engine::contacts::ContactWalk;
use kernel::Problem;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::IntoParams;

const USUAL: u32 = 100_000;
const MOST: u32 = 1_000_000;
const MOST_COLUMNS: usize = 1_000;

const FIELDS: [&str; 6] = [
    "phone",
    "first_name",
    "last_name",
    "email",
    "company",
    "do_not_call",
];

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct Length {
    /// How many contacts at most, the newest ones.
    #[param(minimum = 1, maximum = 1000000, default = 100000)]
    limit: Option<u32>,
}

/// Export contacts
///
/// The contacts of a list as CSV with a header, newest first, with every column that any of them has. An import reads it again.
#[utoipa::path(get, path = "/v1/contacts.csv", tag = "contacts", security(("key" = ["read"])), params(ContactQuery, Length),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn csv(caller: Caller<Read>, mut params: Params) -> Result<Response> {
    let filter = read(&mut params, &caller);
    let left = params.number("limit", 1..=MOST, USUAL) as usize;
    params.finish()?;
    let room = caller.state.stream_room()?;
    let engine = &caller.state.engine;
    let walk = || engine.walk_contacts(caller.workspace, filter.clone());
    let columns = columns(walk(), left).await?;
    let header = FIELDS.into_iter().chain(columns.iter().map(String::as_str));
    let head = csv::line(header, Plain::Numbers);
    let rows = Rows {
        hidden: caller.hidden.clone(),
        walk: walk(),
        columns: columns.into_iter().collect(),
        left,
    };
    let table = table::send(room, "contacts.csv", head, rows).await?;
    Ok((Extension(LookedThrough), table).into_response())
}

async fn columns(mut walk: ContactWalk, mut left: usize) -> Result<BTreeSet<String>> {
    let mut columns = BTreeSet::new();
    while left > 0
        && let Some(step) = walk.next().await?
    {
        for contact in step.iter().take(left) {
            columns.extend(contact.value.columns.keys().cloned());
        }
        left = left.saturating_sub(step.len());
        if columns.len() > MOST_COLUMNS {
            let message = format!(
                "these contacts have more than {MOST_COLUMNS} different columns: narrow them with `search` or `columns`"
            );
            let problem = Problem::new("limit", message);
            return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
        }
    }
    Ok(columns)
}

struct Rows {
    hidden: Option<Arc<Confidential>>,
    walk: ContactWalk,
    columns: Vec<String>,
    /// How many may still come.
    left: usize,
}

impl Lines for Rows {
    async fn next(&mut self) -> Result<Option<String>> {
        if self.left == 0 {
            return Ok(None);
        }
        let Some(step) = self.walk.next().await? else {
            return Ok(None);
        };
        let rows = step.iter().take(self.left);
        let hidden = self.hidden.as_deref();
        let text = rows.map(|contact| line(&contact.value, &self.columns, hidden));
        let text = text.collect();
        self.left = self.left.saturating_sub(step.len());
        Ok(Some(text))
    }
}

fn line(contact: &Contact, columns: &[String], hidden: Option<&Confidential>) -> String {
    let told = |text: &Option<String>| text.clone().unwrap_or_default();
    let fields = [
        contact.phone.clone(),
        told(&contact.first_name),
        told(&contact.last_name),
        told(&contact.email),
        told(&contact.company),
        contact.do_not_call.to_string(),
    ];
    let own = columns.iter().map(|name| match contact.columns.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    });
    let names = FIELDS.into_iter().chain(columns.iter().map(String::as_str));
    let cells = names
        .zip(fields.into_iter().chain(own))
        .map(|(name, cell)| {
            let field = format!("contact.{name}");
            let is_hidden =
                name != "do_not_call" && hidden.is_some_and(|hidden| hidden.hides(&field));
            match is_hidden && !cell.is_empty() {
                true => MASK.into(),
                false => cell,
            }
        });
    csv::line(cells, Plain::Numbers)
}
