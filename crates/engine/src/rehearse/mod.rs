//! Trying things out without a trace: previews of texts and rehearsals of flows, on sample events, on events that somebody
//! makes up, and on those of past calls. Nothing here is stored.

mod expression;
mod occasion;

pub use expression::Attempt;
pub use occasion::Occasion;
