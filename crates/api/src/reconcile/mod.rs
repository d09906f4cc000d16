//! The reconciler: asks a platform which calls there were, and accepts those whose webhooks never came as if they had. Each endpoint's
//! is kept by one node; what comes after all is recognised, so that no call counts twice.

mod judge;
mod keep;
mod look;
mod source;

pub use keep::keep;
pub(crate) use look::{End, How, Looked, look};
pub(crate) use source::Source;
