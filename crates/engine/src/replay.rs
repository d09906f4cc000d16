//! Doing a finished run again: from its start or from the failed step, with its own version of the flow or the newest.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayFrom {
    Start,
    FailedStep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayVersion {
    /// The version that the run had.
    Same,
    Latest,
}
