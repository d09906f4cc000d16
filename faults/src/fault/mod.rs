//! One file per fault: breaks one thing in a world, and says what came of it. Registered in `registry`.

pub mod clock;
pub mod database;
pub mod disk_full;
pub mod hanging;
pub mod kill9;
pub mod network;
pub mod nodes;
pub mod overload;
pub mod pause;
pub mod timers;
pub mod two_binaries;
pub mod upgrade;
