//! Which fields of calls a workspace calls confidential, and where their values stand in a call's JSON: one walk, for hiding them and for
//! collecting them. It says nothing about who may see them; a path that it does not know is refused, never ignored.

use crate::Event;
use kernel::Problem;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What stands in place of a value that whoever reads may not see.
pub const MASK: &str = "[redacted]";
pub const MOST_FIELDS: usize = 100;
pub const LONGEST_FIELD: usize = 100;

/// Fields without parts of their own.
pub const WHOLE: [&str; 7] = [
    "from",
    "to",
    "transcript",
    "summary",
    "recording",
    "answers",
    "transfer",
];
/// Fields that may be named whole, or one part of them.
pub const PARTED: [&str; 4] = ["contact", "variables", "metadata", "tools"];
/// Where the numbers of a call stand.
const SIDES: [&str; 2] = ["from", "to"];
/// Members of a call's contact that tell nothing of a person.
const PLAIN: [&str; 2] = ["id", "do_not_call"];

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Confidential(BTreeSet<String>);

impl Confidential {
    /// Of the fields that an administrator names; `at` is where their list stands.
    pub fn read(fields: &[String], at: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        if fields.len() > MOST_FIELDS {
            let message = format!("has {} fields; at most {MOST_FIELDS}", fields.len());
            problems.push(Problem::new(at, message));
        }
        for (index, field) in fields.iter().take(MOST_FIELDS).enumerate() {
            if let Err(why) = check(field) {
                problems.push(Problem::new(format!("{at}/{index}"), why));
            }
        }
        match problems.is_empty() {
            true => Ok(Self(fields.iter().cloned().collect())),
            false => Err(problems),
        }
    }

    /// With variables that agents call confidential.
    pub fn with_variables<'a>(mut self, names: impl IntoIterator<Item = &'a String>) -> Self {
        let fields = names.into_iter().map(|name| format!("variables.{name}"));
        self.0.extend(fields);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a field is hidden, by itself or with what it is a part of.
    pub fn hides(&self, field: &str) -> bool {
        let whole = field.split_once('.').map(|(whole, _)| whole);
        self.0.contains(field) || whole.is_some_and(|whole| self.0.contains(whole))
    }

    /// Whether anything of a field is hidden.
    pub fn touches(&self, whole: &str) -> bool {
        let part = |field: &String| {
            field
                .strip_prefix(whole)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.0.iter().any(part)
    }

    /// Whether the number on a side of a call is hidden: the contact's is on the customer's side.
    pub fn hides_number(&self, side: &str, direction: Option<&str>) -> bool {
        self.hides(side) || is_customers(side, direction) && self.hides("contact.phone")
    }

    /// Whether texts are hidden that platforms tell piece by piece and in forms of their own, so that no value is sure to be found in them.
    pub fn hides_speech(&self) -> bool {
        let speech = ["transcript", "summary", "answers"];
        speech.iter().any(|field| self.hides(field))
    }

    /// Hides what is confidential in a call in the form of `call` in an event, or in a part of one.
    pub fn hide(&self, call: &mut Map<String, Value>) {
        self.visit(call, &mut hide);
    }

    /// The confidential values of such a call.
    pub fn values(&self, call: &mut Map<String, Value>) -> Vec<String> {
        let mut values = Vec::new();
        self.visit(call, &mut |value| collect(value, &mut values));
        values
    }

    /// Hides what is confidential in a contact as it is kept: its columns stand apart there.
    pub fn hide_contact(&self, contact: &mut Map<String, Value>) {
        for (name, value) in contact.iter_mut() {
            match (name.as_str(), value) {
                ("columns", Value::Object(columns)) => self.parts("contact", columns, &mut hide),
                ("phone" | "first_name" | "last_name" | "email" | "company", value)
                    if self.hides(&format!("contact.{name}")) =>
                {
                    hide(value)
                }
                _ => {}
            }
        }
    }

    /// Hides what a tool was called with.
    pub fn hide_tool(&self, tool: &mut Map<String, Value>) {
        self.visit_tool(tool, &mut hide);
    }

    pub fn values_of_tool(&self, tool: &mut Map<String, Value>) -> Vec<String> {
        let mut values = Vec::new();
        self.visit_tool(tool, &mut |value| collect(value, &mut values));
        values
    }

    /// The confidential values that an event tells by their places.
    pub fn values_of_event(&self, event: &Event) -> Vec<String> {
        let mut values = match serde_json::to_value(&*event.call) {
            Ok(Value::Object(mut call)) => self.values(&mut call),
            _ => Vec::new(),
        };
        if let Some(tool) = &event.tool
            && self.hides(&format!("tools.{}", tool.name))
        {
            collect(&mut tool.arguments.clone(), &mut values);
        }
        values
    }

    /// An event as whoever may not see confidential values sees it, hidden by place: copies of values elsewhere in it stay.
    pub fn hidden(&self, mut event: Event) -> Event {
        let json = serde_json::to_value(&*event.call);
        if let Ok(Value::Object(mut call)) = json {
            self.hide(&mut call);
            // A call that would not be one any more is told of by nothing.
            let call = serde_json::from_value(Value::Object(call)).unwrap_or_default();
            event.call = Arc::new(call);
        }
        if let Some(tool) = &mut event.tool
            && self.hides(&format!("tools.{}", tool.name))
        {
            hide(&mut tool.arguments);
        }
        if let Some(error) = event
            .signal
            .as_mut()
            .and_then(|said| Arc::make_mut(said).get_mut("error"))
        {
            // It may quote what a receiver has answered.
            hide(error);
        }
        if !event.raw.is_null() {
            event.raw = Arc::new(MASK.into());
        }
        event
    }

    fn visit(&self, call: &mut Map<String, Value>, found: &mut dyn FnMut(&mut Value)) {
        let direction = call.get("direction").and_then(Value::as_str);
        let hidden = SIDES.map(|side| self.hides_number(side, direction));
        let is_phone_too = SIDES
            .iter()
            .any(|side| is_customers(side, direction) && self.hides(side));
        for (side, _) in SIDES.iter().zip(hidden).filter(|(_, is_hidden)| *is_hidden) {
            call.get_mut(*side).into_iter().for_each(&mut *found);
        }
        if let Some(Value::Array(turns)) = call.get_mut("transcript")
            && self.hides("transcript")
        {
            let texts = turns.iter_mut().filter_map(|turn| turn.get_mut("text"));
            texts.for_each(&mut *found);
        }
        for (whole, names) in [
            ("recording", &["url", "link"][..]),
            ("transfer", &["to"][..]),
        ] {
            if let Some(Value::Object(members)) = call.get_mut(whole)
                && self.hides(whole)
            {
                let named = members
                    .iter_mut()
                    .filter(|(name, _)| names.contains(&name.as_str()));
                named.for_each(|(_, value)| found(value));
            }
        }
        for whole in PARTED {
            if let Some(Value::Object(parts)) = call.get_mut(whole) {
                self.parts(whole, parts, found);
                if whole == "contact"
                    && is_phone_too
                    && !self.hides("contact.phone")
                    && let Some(phone) = parts.get_mut("phone")
                {
                    found(phone);
                }
            }
        }
        if let Some(Value::Object(analysis)) = call.get_mut("analysis") {
            self.visit_analysis(analysis, found);
        }
    }

    fn visit_tool(&self, tool: &mut Map<String, Value>, found: &mut dyn FnMut(&mut Value)) {
        let name = tool.get("name").and_then(Value::as_str).unwrap_or_default();
        if self.hides(&format!("tools.{name}"))
            && let Some(arguments) = tool.get_mut("arguments")
        {
            found(arguments);
        }
    }

    fn visit_analysis(&self, analysis: &mut Map<String, Value>, found: &mut dyn FnMut(&mut Value)) {
        if let Some(summary) = analysis
            .get_mut("summary")
            .filter(|_| self.hides("summary"))
        {
            found(summary);
        }
        if let Some(Value::Object(structured)) = analysis.get_mut("structured") {
            self.parts("variables", structured, found);
        }
        let mut questions = BTreeSet::new();
        if let Some(Value::Object(answers)) = analysis.get_mut("answers") {
            questions = answers.keys().cloned().collect();
            let hidden = answers.values_mut().filter(|_| self.hides("answers"));
            hidden.for_each(&mut *found);
        }
        if let Some(Value::Object(evidence)) = analysis.get_mut("evidence") {
            for (name, evidence) in evidence {
                let said_of = match questions.contains(name) {
                    true => "answers".to_owned(),
                    false => format!("variables.{name}"),
                };
                let hides = self.hides("transcript") || self.hides(&said_of);
                if let Some(quote) = evidence.get_mut("quote").filter(|_| hides) {
                    found(quote);
                }
            }
        }
    }

    fn parts(
        &self,
        whole: &str,
        parts: &mut Map<String, Value>,
        found: &mut dyn FnMut(&mut Value),
    ) {
        if !self.touches(whole) {
            return;
        }
        for (name, value) in parts {
            if self.hides(&format!("{whole}.{name}")) && !PLAIN.contains(&name.as_str()) {
                found(value);
            }
        }
    }
}

/// Whether the customer may be on a side of a call: either one where nobody says who has called.
fn is_customers(side: &str, direction: Option<&str>) -> bool {
    match direction {
        Some("inbound") => side == "from",
        Some("outbound") => side == "to",
        _ => true,
    }
}

/// The first place where the mask stands in place of a value, as a JSON Pointer.
pub fn masked_at(value: &Value) -> Option<String> {
    let below = |name: &str, value| Some(format!("/{name}{}", masked_at(value)?));
    match value {
        Value::String(text) => (text == MASK).then(String::new),
        Value::Array(list) => {
            let mut list = list.iter().enumerate();
            list.find_map(|(at, item)| below(&at.to_string(), item))
        }
        Value::Object(map) => map
            .iter()
            .find_map(|(name, value)| below(&name.replace('~', "~0").replace('/', "~1"), value)),
        _ => None,
    }
}

fn check(field: &str) -> Result<(), String> {
    if field.len() > LONGEST_FIELD {
        return Err(format!("has more than {LONGEST_FIELD} bytes"));
    }
    let is_known = match field.split_once('.') {
        None => WHOLE.contains(&field) || PARTED.contains(&field),
        Some((whole, part)) => {
            PARTED.contains(&whole) && !part.is_empty() && !part.chars().any(char::is_control)
        }
    };
    match is_known {
        true => Ok(()),
        false => {
            let whole = WHOLE.map(|field| format!("`{field}`")).join(", ");
            let parted = PARTED.map(|field| format!("`{field}` or `{field}.name`"));
            let parted = parted.join(", ");
            Err(format!(
                "`{field}` is not a field that can be hidden; known: {whole}, {parted}"
            ))
        }
    }
}

/// Every text, number and truth; what is there at all stays to be seen.
fn hide(value: &mut Value) {
    match value {
        Value::Null => {}
        Value::Array(list) => list.iter_mut().for_each(hide),
        Value::Object(map) => map.values_mut().for_each(hide),
        value => *value = MASK.into(),
    }
}

fn collect(value: &mut Value, values: &mut Vec<String>) {
    match value {
        Value::String(text) => values.push(std::mem::take(text)),
        Value::Number(number) => values.push(number.to_string()),
        Value::Array(list) => list.iter_mut().for_each(|item| collect(item, values)),
        Value::Object(map) => map.values_mut().for_each(|item| collect(item, values)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests;
