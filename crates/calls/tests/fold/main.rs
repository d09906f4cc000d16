//! Facts about the per-call state machine, one message or timer at a time.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod end;
mod memory;
mod messages;

use calls::{Kind, Policy, TimerKind, Tool};
use common::{Told, analysis, at, snapshot, told};
use serde_json::json;
use std::time::Duration;

const ENDED: (Kind, bool) = (Kind::Ended, false);
const SETTLED: (Kind, bool) = (Kind::Ended, true);
const ANALYZED: (Kind, bool) = (Kind::Analyzed, false);
