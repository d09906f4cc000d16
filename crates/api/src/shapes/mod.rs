//! Shapes that several resources show: calls, runs and events as lists show them, and the documented form of values that
//! the layers below write as JSON.

pub mod call;
pub mod entry;
pub mod event;
pub mod foreseen;
pub mod id;
pub mod lookup;
pub mod payload;
pub mod run;
pub mod snapshot;

#[cfg(test)]
mod tests;
