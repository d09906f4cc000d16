//! Connected sources: endpoints of switches that post nothing, so that Switchhook connects and listens. Each is kept by one node;
//! what is heard is accepted as a webhook is, and the line is opened again whenever it breaks.

mod keep;
mod link;

pub use keep::keep;
pub(crate) use link::{Lines, Link};
