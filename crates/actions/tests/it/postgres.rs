//! `sql.*` against a real PostgreSQL: what is read and written, what a value can never do, and what comes of refusals.

mod access;
mod bounds;
mod rows;

use crate::receiver::{Act, Receiver};
use crate::sql::{
    FIXTURES, connected, internal_addresses_hear_nothing, nobody_knows, rows, run, sql,
    the_certificate_is_checked, what_has_no_end_is_stopped, what_to_correct_is_told,
};
use crate::world::{Workspace, completed, failure, open, secret, step};
use actions::Actions;
use kernel::run::{Outcome, Retriable};
use serde_json::{Value, json};
use std::time::Duration;

/// A workspace with one connection to a fresh database in which `sql` has run.
fn office(sql: &str) -> Workspace {
    let url = lab::database();
    lab::sql(&url, sql).unwrap();
    at(&url, json!({}))
}

/// `postgres://user@host:port/database`; `more` are fields of the connection.
fn at(url: &str, more: Value) -> Workspace {
    let url = url::Url::parse(url).unwrap();
    let fields = json!({
        "host": url.host_str().unwrap(), "port": url.port().unwrap(), "user": url.username(),
        "database": url.path().trim_start_matches('/'), "tls": "off"
    });
    connected("postgres", fields, &more)
}

const LEADS: &str = "create table leads (id int primary key generated always as identity, phone text unique, budget numeric(12,2),
    tags text[], data jsonb, at timestamptz, hot boolean default false, raw bytea)";
