//! Commands that talk to a running server, or work offline. One file per noun.

pub mod client;
pub mod events;
pub mod flows;
pub mod forget;
pub mod keys;
pub mod listen;
pub mod members;
pub mod migrate;
pub mod providers;
pub mod recipes;
pub mod runs;
pub mod simulate;
pub mod usage;
