//! A scope that makes each value at most once, for when many conditions look at the same event.

use crate::Scope;
use crate::lang::Path;
use serde_json::Value;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

/// The root names that are remembered.
#[derive(Debug, Default)]
pub(super) struct Roots {
    names: HashMap<String, usize>,
}

impl Roots {
    pub fn add(&mut self, path: &Path) {
        let next = self.names.len();
        self.names.entry(path.root.clone()).or_insert(next);
    }
}

pub(super) struct Memo<'a> {
    scope: &'a dyn Scope,
    roots: &'a Roots,
    /// Of each root, its value in the common scope and in the payload view.
    values: Vec<[OnceCell<Option<Cow<'a, Value>>>; 2]>,
}

impl<'a> Memo<'a> {
    pub fn new(scope: &'a dyn Scope, roots: &'a Roots) -> Self {
        Memo {
            scope,
            roots,
            values: roots.names.iter().map(|_| Default::default()).collect(),
        }
    }

    fn kept(
        &self,
        name: &str,
        view: usize,
        make: impl FnOnce() -> Option<Cow<'a, Value>>,
    ) -> Option<Cow<'_, Value>> {
        match self.roots.names.get(name) {
            Some(at) => {
                let value = self.values[*at][view].get_or_init(make);
                value.as_deref().map(Cow::Borrowed)
            }
            None => make(),
        }
    }
}

impl Scope for Memo<'_> {
    fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.kept(name, 0, || self.scope.get(name))
    }

    fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.kept(name, 1, || self.scope.view(name))
    }
}
