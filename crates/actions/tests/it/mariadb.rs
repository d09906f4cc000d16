//! `sql.*` against a real MariaDB: the same promises as elsewhere, in a protocol of our own reading.

mod access;
mod bounds;
mod rows;

use crate::receiver::{Act, Receiver};
use crate::sql::{
    FIXTURES, connected, internal_addresses_hear_nothing, nobody_knows, rows, run, sql,
    the_certificate_is_checked, what_has_no_end_is_stopped, what_to_correct_is_told,
};
use crate::world::{Workspace, failure, open, step};
use actions::Actions;
use kernel::run::Retriable;
use lab::MariaDb;
use serde_json::{Value, json};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A static is never dropped: its keeper ends it.
static SERVER: LazyLock<MariaDb> = LazyLock::new(|| {
    let tls = [
        format!("--ssl-cert={FIXTURES}/valid.pem"),
        format!("--ssl-key={FIXTURES}/receiver.key"),
    ];
    let server = MariaDb::start(&[&tls[0], &tls[1]]).unwrap();
    server
        .sql("create user shop@'%' identified by 'canary-password';; grant all on *.* to shop@'%'")
        .unwrap();
    server
});

/// A workspace with one connection to a database in which `sql` has run.
fn office(sql: &str, more: Value) -> Workspace {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("d{}", COUNT.fetch_add(1, Ordering::Relaxed));
    SERVER
        .sql(&format!(
            "create database {name} character set utf8mb4;; use {name};; {sql}"
        ))
        .unwrap();
    let fields = json!({ "host": "127.0.0.1", "port": SERVER.port, "user": "shop", "password": "canary-password",
        "database": name, "tls": "off" });
    connected("mysql", fields, &more)
}

const LEADS: &str = "create table leads (id int primary key auto_increment, phone varchar(500) character set utf8mb4 collate utf8mb4_bin unique,
    budget decimal(12,2), data json, at datetime(3), hot bool default false, note varchar(5))";
