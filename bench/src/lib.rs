//! What the benchmarks and the fault suite share: the event that is sent, its senders and receiver, the process under
//! measurement, the arithmetic of tables. Nothing here knows what is measured, or what should come out.

pub mod load;
pub mod payload;
pub mod process;
pub mod receiver;
pub mod table;
