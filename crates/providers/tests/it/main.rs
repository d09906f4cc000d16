//! What the providers promise, proven from outside: recorded messages, signed requests, answers, bad input.
#![allow(clippy::unwrap_used)]

mod answers;
mod attacks;
mod bad_input;
mod check;
mod custom;
mod fixtures;
mod folding;
mod forge;
mod listing;
mod rehearsal;
mod samples;
mod signed;
mod table;
mod transcripts;
mod unknown;
mod vapi_messages;
mod vapi_replies;
mod vapi_signatures;
mod world;
