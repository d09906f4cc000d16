//! What a call is: event kinds, the per-call state machine, variables, payloads and sample events.
//! Pure: no I/O, no clock, no database; what a platform said comes in as observations, what flows see goes out as moments.

pub mod agent;
pub mod call;
pub mod campaign;
pub mod confidential;
pub mod contact;
mod edited;
pub mod end_reason;
pub mod event;
pub mod fold;
pub mod generic;
mod key;
pub mod kind;
mod names;
mod nearest;
mod number;
pub mod observation;
mod payload;
pub mod recording;
pub mod samples;
pub mod schema;
mod shape;
pub mod variables;

pub use call::{Call, Snapshot};
pub use confidential::Confidential;
pub use edited::edited;
pub use event::Event;
pub use fold::{Folded, Moment, Policy, TimerKind, expire, fold, fold_among, is_news};
pub use key::{call_key, dedupe_hash, part};
pub use kind::Kind;
pub use observation::{Observation, Tool};
