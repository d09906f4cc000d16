//! Facts of the routes, told over HTTP; `SWITCHHOOK_TEST_STORE=postgres` says them of the other store.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

mod agents;
mod audit;
mod budgets;
mod campaigns;
mod connections;
mod contacts;
mod developers;
mod finding;
mod flow_tests;
mod flows;
mod members;
mod permissions;
mod recipes;
mod reconcile;
mod redaction;
mod resources;
mod testing;
mod trends;
mod world;
