//! What a `{{ path }}` can see: a table of root names, answered lazily, so that an unused variable costs nothing.

use serde_json::Value;
use std::borrow::Cow;

pub trait Scope {
    /// The value of a root name (`outcome`, `duration`, `lead_id`), or `None` when it does not exist here.
    fn get(&self, name: &str) -> Option<Cow<'_, Value>>;

    /// The value of a root name in the payload view, which `${name}` asks before the common scope.
    fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
        let _ = name;
        None
    }
}

/// A plain JSON object is a scope: used in tests and for samples.
impl Scope for serde_json::Map<String, Value> {
    fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.get(name).map(Cow::Borrowed)
    }
}
