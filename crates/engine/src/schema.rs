//! What flows are checked against: the kinds and variables of `calls`, the actions of `actions`, all
//! filters.

use actions::Actions;
use kernel::flow::{ActionSpec, Known, Schema};
use kernel::lang::{Filters, Path};

pub(crate) struct Vocabulary<'a>(pub &'a dyn Actions);

impl Schema for Vocabulary<'_> {
    fn kinds(&self) -> &[&'static str] {
        &calls::schema::KINDS
    }

    fn variable(&self, path: &Path, kind: &str) -> Known {
        calls::schema::variable(path, kind)
    }

    fn action(&self, name: &str) -> Option<&ActionSpec> {
        self.0.spec(name)
    }

    fn actions(&self) -> Vec<&str> {
        self.0.names()
    }

    fn filters(&self) -> Filters {
        filters::ALL
    }
}
