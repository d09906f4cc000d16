//! Actions against real receivers on this machine: what goes over the wire, what comes of it, and what never leaves.
#![allow(clippy::unwrap_used)]

mod calendar;
mod dial;
mod docs;
mod guard;
mod hostile;
mod invitations;
mod mail;
mod phone;
mod preview;
mod receiver;
mod request;
mod secrets;
mod sms;
mod tls;
mod webhook;
mod world;
