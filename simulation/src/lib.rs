//! The engine and the kernel, as they are, over a model store and a made-up world, with everything that may go wrong decided
//! by a seed. One seed is one thread, takes no real time, and is told the same way whenever it is told again.

pub mod chance;
mod cluster;
mod counted;
mod ending;
mod flows;
mod gates;
pub mod host;
mod ledger;
pub mod line;
pub mod model;
mod panics;
mod people;
mod promises;
mod rules;
mod senders;
mod story;
mod trace;
pub mod universe;
pub mod weather;
mod world;

pub use story::{Told, tell};
