//! Facts of the whole product, told by its real binary; `SWITCHHOOK_TEST_STORE=postgres` says them of the other store.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

mod access;
mod alerts;
mod analysis;
mod attacks;
mod children;
mod code;
mod crash;
mod databases;
mod destinations;
mod events;
mod examples;
mod files;
mod flow_tests;
mod forget;
mod intake;
mod language;
mod lines;
mod listen;
mod live;
mod messages;
mod migrate;
mod moving;
mod networks;
mod nodes;
mod platforms;
mod recipes;
mod reconcile;
mod recordings;
mod replays;
mod runs;
mod start;
mod usage;
mod vapi;
mod world;
