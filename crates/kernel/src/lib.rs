//! What a flow means: language, plan, run and `advance`, as pure functions over values.
//! No I/O, no clock, no async, no randomness: time and ids come in as arguments.

pub mod flow;
pub mod gate;
pub mod health;
pub mod id;
pub mod lang;
pub mod problem;
pub mod quiet;
pub mod recipe;
pub mod rehearse;
pub mod retry;
pub mod run;
pub mod scope;
pub mod timeline;
pub mod usage;

pub use jiff::Timestamp;
pub use problem::Problem;
pub use scope::Scope;
