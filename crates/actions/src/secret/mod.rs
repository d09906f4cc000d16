//! The secrets of one call to the world: fetched for the markers that stand in its inputs, written into what is sent,
//! and masked in everything that is kept. Their values never leave this crate in any other way.

use crate::Surroundings;
use crate::connection::Connection;
use crate::failure::Code;
use crate::masks::{Values, forms, mask_tree};
use kernel::lang::secret::{Mode, replace, write};
use kernel::run::Failure;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;

/// What stands in place of a value that is secret by its place, not by its name (a cookie, an authorisation).
pub(crate) const MASK: &str = "‹masked›";

#[derive(Default)]
pub(crate) struct Secrets {
    /// Name and active values, the newest first; never without one.
    known: Vec<(String, Vec<Arc<str>>)>,
    values: Values,
}

impl Secrets {
    /// Fetches every secret that a marker in `with` names, and the values of the run's other secrets: what a receiver learned
    /// from one step, another must not show.
    pub(crate) async fn fetch(
        with: &Map<String, Value>,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, Failure> {
        let mut names = Vec::new();
        with.values().for_each(|value| collect(value, &mut names));
        let mut secrets = Self::default();
        for name in names {
            let active = surroundings.secret(&name).await?.unwrap_or_default();
            if active.is_empty() {
                let message = format!("there is no secret `{name}`");
                return Err(Code::SecretMissing.because(message).into());
            }
            for value in &active {
                secrets.values.add(&shown(&name), forms(value));
            }
            secrets.known.push((name, active));
        }
        for name in surroundings.secrets_of_run() {
            if secrets.known.iter().all(|(known, _)| known != name) {
                let active = surroundings.secret(name).await?.unwrap_or_default();
                active
                    .iter()
                    .for_each(|value| secrets.values.add(&shown(name), forms(value)));
            }
        }
        Ok(secrets)
    }

    /// Masks what a connection holds, too.
    pub(crate) fn cover(&mut self, connection: &Connection) {
        for (field, secret) in &connection.secrets {
            let name = format!("{}.{field}", connection.name);
            self.values.add(&shown(&name), forms(secret));
        }
    }

    /// The text as it is sent.
    pub(crate) fn reveal<'t>(&self, marked: &'t str) -> Cow<'t, str> {
        self.write(marked, |mode, value| mode.escape(value))
    }

    /// A JSON text as it is sent, whose markers stand inside its strings.
    pub(crate) fn reveal_json<'t>(&self, marked: &'t str) -> Cow<'t, str> {
        self.write(marked, |_, value| Mode::JsonText.escape(value))
    }

    /// The text with every active value of its secret, newest first, where it is one marker; else as it is sent.
    pub(crate) fn reveal_all(&self, marked: &str) -> Vec<String> {
        let alone = self
            .known
            .iter()
            .find(|(name, _)| write(Mode::Plain, name) == marked);
        match alone {
            Some((_, active)) => active.iter().map(|value| value.to_string()).collect(),
            None => vec![self.reveal(marked).into_owned()],
        }
    }

    /// The text as people see it: `‹secret:name›` for every marker and for every value.
    pub(crate) fn shown(&self, marked: &str) -> String {
        let named = infallible(replace(marked, |_, name| Ok(shown(name))));
        self.mask(&named).into_owned()
    }

    /// Text from outside with every value of a secret masked, in whatever encoding it stands there.
    pub(crate) fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.values.mask(text)
    }

    /// The same for every text and key of a JSON value, where an escape such as `\u0041` hides nothing; whether a value
    /// was found.
    pub(crate) fn mask_value(&self, value: &mut Value) -> bool {
        if self.values.is_empty() {
            return false;
        }
        mask_tree(value, &|text| self.mask(text))
    }

    fn write<'t>(&self, marked: &'t str, escape: impl Fn(Mode, &str) -> String) -> Cow<'t, str> {
        infallible(replace(marked, |mode, name| {
            let known = self.known.iter().find(|(known, _)| known == name);
            Ok(known.map_or_else(String::new, |(_, active)| escape(mode, &active[0])))
        }))
    }
}

/// What stands in place of a secret's value.
fn shown(name: &str) -> String {
    format!("‹secret:{name}›")
}

/// The names that markers in a value carry, each once.
fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            infallible(replace(text, |_, name| {
                if !names.iter().any(|known| known == name) {
                    names.push(name.into());
                }
                Ok(String::new())
            }));
        }
        Value::Array(list) => list.iter().for_each(|item| collect(item, names)),
        Value::Object(map) => map.values().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// A text percent-encoded for a query or form, except that a marker stays one, to be encoded when it is replaced.
pub(crate) fn encode_component(text: &str) -> String {
    let mut names = Vec::new();
    let holes = infallible(replace(text, |_, name| {
        names.push(write(Mode::Url, name));
        Ok("\u{FDD0}".into())
    }));
    let mut names = names.into_iter();
    let mut encoded = String::with_capacity(text.len());
    for (position, part) in holes.split('\u{FDD0}').enumerate() {
        if position > 0 {
            encoded.push_str(&names.next().unwrap_or_default());
        }
        encoded.push_str(&Mode::Url.escape(part));
    }
    encoded
}

fn infallible<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests;
