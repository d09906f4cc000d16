//! Actions against real receivers on this machine: what goes over the wire, what comes of it, and what never leaves.
#![allow(clippy::unwrap_used)]

mod ask;
mod calendar;
mod code;
mod dial;
mod docs;
mod extraction;
mod files;
mod guard;
mod hostile;
mod invitations;
mod llm;
mod mail;
mod mariadb;
mod phone;
mod postgres;
mod preview;
mod receiver;
mod recordings;
mod request;
mod secrets;
mod sms;
mod sql;
mod sqlite;
mod tls;
mod vendor;
mod webhook;
mod world;
