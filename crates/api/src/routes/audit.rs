//! The audit log as people read it: a filtered list, and the same as a table.

use crate::audit::{self, Actor, Entry, Filter};
use crate::auth::{Admin, Caller};
use crate::csv::{self, Plain};
use crate::errors::Result;
use crate::network::sender;
use crate::page::{List, Paging};
use crate::params::Params;
use crate::redact::LookedThrough;
use crate::state::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::request::Parts;
use jiff::Timestamp;
use kernel::id::{Audit, AuditId};
use serde::Serialize;
use serde_json::Value;
use store::archive::Page;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Rows of a table at most, and how many are read at once.
const MOST_ROWS: usize = 50_000;
const PAGE: u32 = 500;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditRow)]
pub struct Row {
    #[schema(value_type = String)]
    entry_id: AuditId,
    at: Timestamp,
    #[serde(flatten)]
    entry: Entry,
}

/// Read the audit log
///
/// Newest first, kept for 400 days. Every filter that is given must fit. With `format=csv` the answer is a table of the newest
/// 50,000 entries that do.
#[utoipa::path(get, path = "/v1/audit", tag = "audit", security(("key" = ["admin"])), params(Paging,
    ("by" = Option<String>, Query, description = "Id of a member or key, or `root`."),
    ("action" = Option<String>, Query, description = "What was done, such as `changed`."),
    ("what" = Option<String>, Query, description = "Kind of thing, such as `flow`."),
    ("id" = Option<String>, Query, description = "Id of the thing; the name of a secret or destination."),
    ("from" = Option<String>, Query, description = "Then or later.", example = "2026-11-20T17:30:05Z"),
    ("to" = Option<String>, Query, description = "Then or earlier."),
    ("format" = Option<String>, Query, description = "`json` or `csv`.")),
    responses((status = 200, content((List<Row> = "application/json"), (String = "text/csv")))))]
pub async fn list(caller: Caller<Admin>, mut params: Params, parts: Parts) -> Result<Response> {
    let page = params.page::<Audit>();
    let filter = Filter {
        by: params.text("by"),
        action: params.text("action"),
        what: params.text("what"),
        id: params.text("id"),
        from: params.time("from"),
        to: params.time("to"),
    };
    let format = params.text("format");
    let as_table = format.as_deref() == Some("csv");
    if let Some(other) = format.filter(|format| !matches!(&format[..], "csv" | "json")) {
        params.refuse("format", format!("`{other}` is neither `json` nor `csv`"));
    }
    let words = [&filter.by, &filter.action, &filter.what, &filter.id];
    if words.into_iter().flatten().any(|word| word.len() > 300) {
        params.refuse("", "a filter has more than 300 bytes");
    }
    params.finish()?;
    if as_table {
        return table(&caller, &parts, &filter).await;
    }
    let store = caller.state.engine.store().as_ref();
    let (entries, next) = audit::list(store, caller.workspace, &filter, page).await?;
    let data = entries.into_iter().map(|(document, entry)| Row {
        entry_id: AuditId::from_bytes(document.id),
        at: document.created_at,
        entry,
    });
    let list = List {
        data: data.collect(),
        next: next.map(|next| next.to_string()),
    };
    Ok(Json(list).into_response())
}

async fn table(caller: &Caller<Admin>, parts: &Parts, filter: &Filter) -> Result<Response> {
    let state = &caller.state;
    let address = sender(parts, &state.settings).map(|ip| ip.to_string());
    let by = Actor::from(&caller.known);
    let taken = Entry::plain(by, address, "exported", "audit");
    let mut text = String::from("at,by,by_id,via,address,action,what,id,name,changes\r\n");
    let (mut before, mut rows) = (None, 0);
    loop {
        let page = Page {
            before,
            limit: PAGE,
        };
        let store = state.engine.store().as_ref();
        let (entries, next) = audit::list(store, caller.workspace, filter, page).await?;
        rows += entries.len();
        for (document, entry) in entries {
            line(&mut text, document.created_at, &entry);
        }
        before = next;
        if before.is_none() || rows >= MOST_ROWS {
            break;
        }
    }
    audit::keep(state, caller.workspace, &taken).await;
    let file = csv::file("audit.csv", text);
    Ok((Extension(LookedThrough), file).into_response())
}

fn line(text: &mut String, at: Timestamp, entry: &Entry) {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let changes = entry.changes.iter().map(|change| {
        let (before, after) = (plain(&change.before), plain(&change.after));
        format!("{}: {before} → {after}", change.path)
    });
    let counts = entry.counts.iter();
    let counts = counts.map(|(name, value)| format!("{name}: {value}"));
    let differences: Vec<String> = changes.chain(counts).collect();
    let cells = [
        at.to_string(),
        entry.by.name.clone(),
        entry.by.id.clone(),
        plain(&serde_json::json!(entry.by.via)),
        entry.address.clone().unwrap_or_default(),
        entry.action.clone(),
        entry.what.clone(),
        entry.id.clone().unwrap_or_default(),
        entry.name.clone().unwrap_or_default(),
        differences.join("; "),
    ];
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// Whatever it holds; names come from anybody.
fn quoted(cell: &str) -> String {
    format!(
        "\"{}{}\"",
        csv::guard(cell, Plain::Nothing),
        cell.replace('"', "\"\"")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_one_cell_and_is_never_a_formula() {
        assert_eq!(quoted("a \"b\",\nc"), "\"a \"\"b\"\",\nc\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
