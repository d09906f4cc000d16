//! HTTP in: handlers, request and response types, sessions and keys, the OpenAPI document. It decides nothing about flows
//! or calls (that is the engine's); each resource is one file of handlers, their types and their route lines.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod anew;
mod arrivals;
mod audit;
mod auth;
mod body;
mod cache;
mod csv;
mod document;
mod errors;
mod intake;
mod kept;
mod lines;
mod many;
mod network;
mod page;
mod params;
mod patch;
mod reconcile;
mod redact;
mod reference;
mod repeat;
mod router;
mod routes;
mod shapes;
mod state;
mod table;
mod wrap;

pub use anew::{derive_anew, keep as keep_derived};
pub use auth::{NewKey, Role, Scope, create_key, create_link, owners_link};
pub use document::openapi;
pub use lines::keep as keep_lines;
pub use network::Network;
pub use reconcile::keep as keep_reconcilers;
pub use router::{readers_only, router};
pub use state::{Limits, Metrics, Settings, State};
