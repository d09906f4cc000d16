//! A recipe of a saved flow: what belongs to one workspace (connections, secrets, agents, campaigns) becomes inputs, what
//! belongs to one flow (its key, its switch, its tests) is left out. Filled with the same values it is the same flow.

use super::text::{self, Part};
use super::walk::{self, Spot, Visitor};
use crate::flow::names::is_variable;
use crate::flow::{Schema, slug};
use crate::lang::secret;
use serde_json::{Map, Value, json};

/// What people say about a recipe.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// A slug of the name where there is none.
    pub key: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub category: Option<String>,
}

/// The document of a recipe; whoever keeps it checks it.
pub fn from_flow(flow: &Value, about: About, schema: &dyn Schema) -> Value {
    let mut flow = flow.clone();
    if let Some(members) = flow.as_object_mut() {
        for own in ["$schema", "key", "enabled", "cases"] {
            members.shift_remove(own);
        }
    }
    let mut opener = Opener::default();
    let mut opened = walk::flow(&flow, schema, "", &mut opener);
    for (filter, label) in [("agents", "Agents"), ("campaigns", "Campaigns")] {
        let place = opened.pointer_mut(&format!("/where/{filter}"));
        let names = flow["where"][filter]
            .as_array()
            .filter(|names| !names.is_empty());
        if let (Some(place), Some(names)) = (place, names) {
            let name = opener.free(filter);
            *place = json!({ "$input": name });
            opener.inputs.push(json!({
                "name": name, "label": label, "type": filter, "help": "Only their calls; all when empty", "example": names,
            }));
        }
    }
    let given = flow["name"].as_str().unwrap_or("Flow");
    let name = about.name.unwrap_or_else(|| given.to_owned());
    let description = about
        .description
        .or(flow["note"].as_str().map(str::to_owned));
    json!({
        "key": about.key.unwrap_or_else(|| slug::of(&name)),
        "name": name,
        "description": description.unwrap_or_else(|| format!("Made of the flow {given}.")),
        "category": about.category.unwrap_or_else(|| "other".into()),
        "inputs": opener.inputs,
        "flow": opened,
    })
}

/// What was one value, and the input that asks for it now.
#[derive(Default)]
struct Opener {
    inputs: Vec<Value>,
    connections: Vec<(String, String)>,
    secrets: Vec<(String, String)>,
}

impl Opener {
    /// A name that no input has.
    fn free(&self, base: &str) -> String {
        let base: String = base
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '_'
                }
            })
            .take(50)
            .collect();
        let base = match base.trim_matches('_') {
            "" => "input".to_owned(),
            name if is_variable(name) => name.to_owned(),
            name => format!("input_{name}"),
        };
        let numbered = (2..).map(|n| format!("{base}_{n}"));
        let taken = |name: &String| self.inputs.iter().any(|input| input["name"] == **name);
        let mut names = std::iter::once(base.clone()).chain(numbered);
        names.find(|name| !taken(name)).unwrap_or_default()
    }

    fn connection(&mut self, named: &str, kinds: &[&str]) -> Value {
        let known = self.connections.iter().find(|(known, _)| known == named);
        if let Some((_, input)) = known {
            return json!({ "$input": input });
        }
        let name = self.free(named);
        self.connections.push((named.to_owned(), name.clone()));
        self.inputs.push(json!({
            "name": name, "label": named.chars().take(100).collect::<String>(), "type": "connection", "kinds": kinds, "required": true, "example": named,
        }));
        json!({ "$input": name })
    }

    fn secret(&mut self, named: &str) -> String {
        if let Some((_, input)) = self.secrets.iter().find(|(known, _)| known == named) {
            return input.clone();
        }
        let name = self.free(named);
        self.secrets.push((named.to_owned(), name.clone()));
        self.inputs.push(json!({
            "name": name, "label": format!("Secret {named}"), "type": "secret", "required": true, "example": named,
        }));
        name
    }

    fn template(&mut self, written: &str) -> String {
        let marked = text::said(written);
        let parts = text::template(&marked);
        let secrets: Vec<Option<String>> = parts
            .iter()
            .map(|part| match part {
                Part::Placeholder(placeholder) => {
                    let input = self.secret(secret_of(placeholder)?);
                    Some(format!("{{{{ secrets.[[{input}]] }}}}"))
                }
                _ => None,
            })
            .collect();
        let opened = parts.into_iter().zip(&secrets).map(|opened| match opened {
            (_, Some(secret)) => Part::Placeholder(secret),
            (Part::Literal(literal), _) => Part::Literal(text::said(&literal).into()),
            (part, _) => part,
        });
        text::written(&opened.collect::<Vec<_>>())
    }
}

/// The secret that a placeholder is: one can only stand alone.
fn secret_of(placeholder: &str) -> Option<&str> {
    let inside = placeholder
        .strip_prefix("{{")
        .and_then(|inside| inside.strip_suffix("}}"))
        .or_else(|| placeholder.strip_prefix("${")?.strip_suffix('}'))?;
    let path = inside.trim().strip_prefix("secrets")?;
    let dotted = path.strip_prefix('.');
    let quoted = || {
        let key = path.strip_prefix('[')?.strip_suffix(']')?.trim();
        let key = key.trim_matches(['\'', '"']);
        Some(key)
    };
    let name = dotted.or_else(quoted)?;
    secret::is_name(name).then_some(name)
}

impl Visitor for Opener {
    fn text(&mut self, text: &str, spot: Spot, _: &str) -> Value {
        match spot {
            Spot::Connection(kinds) if !kinds.is_empty() => self.connection(text, kinds),
            Spot::Template(_) => self.template(text).into(),
            _ => text::said(text).into(),
        }
    }

    fn hole(&mut self, name: &Value, _: Spot, _: &str) -> Option<Value> {
        Some(walk::said(Map::from_iter([("$input".to_owned(), name.clone())])).into())
    }

    fn object(&mut self, members: Map<String, Value>) -> Map<String, Value> {
        walk::said(members)
    }
}
