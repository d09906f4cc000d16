//! `http.request`: what it sends, what it takes, what it refuses.

mod answers;
mod connections;
mod inputs;
mod sending;

use crate::receiver::{Receiver, answer};
use crate::world::{Workspace, completed, failure, open, output, request, secret, step};
use actions::Actions;
use kernel::run::Retriable;
use serde_json::json;
use std::time::Duration;
