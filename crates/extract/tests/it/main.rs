//! Extraction as its callers see it: forms and answers of models, rules, platforms, and what transcripts may try.
#![allow(clippy::unwrap_used)]

mod call;
mod hostile;
mod model;
mod platform;
mod properties;
mod rules;
mod wanted;
