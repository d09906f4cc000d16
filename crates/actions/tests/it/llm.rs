//! `llm.ask` against vendors in three formats: what is asked, what is taken from answers, and what becomes of those that are
//! none.

mod answers;
mod refusals;
mod settings;

use crate::receiver::{Act, Receiver, answer};
use crate::vendor::{FORMATS, Format, KEY, Say, Vendor};
use crate::world::{Workspace, closed, completed, failure, open, step};
use actions::Actions;
use kernel::run::{Outcome, Perform, Retriable};
use kernel::usage::{Meter, Used};
use models::Way;
use serde_json::{Value, json};
use std::time::Duration;

fn shape() -> Value {
    json!({ "type": "object", "properties": {
        "mood": { "enum": ["good", "bad"] }, "budget": { "type": "number", "minimum": 0 } }, "required": ["mood"] })
}

fn question(schema: bool) -> Perform {
    let mut with = json!({ "prompt": "How was it?\nCustomer: {{ secrets.key }} fine!", "system": "Read the call." });
    if schema {
        with["schema"] = shape();
    }
    step("llm.ask", with)
}

fn text(text: &str) -> Say {
    Say::Text(text.into())
}

fn refusing(status: u16, body: Value) -> Say {
    Say::Raw(status, None, body.to_string())
}

async fn ask(vendor: &Vendor, step: &Perform) -> Outcome {
    let office = Workspace::connected("Model", vendor.kind(), vendor.fields());
    open().perform(step, &office).await
}
