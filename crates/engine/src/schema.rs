//! What flows are checked against: the kinds and variables of `calls`, the actions of `actions`, all
//! filters.

use actions::Actions;
use kernel::flow::{ActionSpec, Connection, Known, Schema};
use kernel::lang::{Filters, Path};

pub(crate) struct Vocabulary<'a> {
    pub world: &'a dyn Actions,
    /// Those of the workspace, where names of connections are to be checked.
    pub connections: Option<&'a [Connection]>,
}

impl<'a> Vocabulary<'a> {
    /// For a flow that was checked when it was saved.
    pub fn of(world: &'a dyn Actions) -> Self {
        Self {
            world,
            connections: None,
        }
    }
}

impl Schema for Vocabulary<'_> {
    fn kinds(&self) -> &[&'static str] {
        &calls::schema::KINDS
    }

    fn variable(&self, path: &Path, kind: &str) -> Known {
        calls::schema::variable(path, kind)
    }

    fn action(&self, name: &str) -> Option<&ActionSpec> {
        self.world.spec(name)
    }

    fn actions(&self) -> Vec<&str> {
        self.world.names()
    }

    fn connections(&self) -> Option<&[Connection]> {
        self.connections
    }

    fn filters(&self) -> Filters {
        filters::ALL
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::flow::compile;
    use serde_json::json;

    #[test]
    fn a_flow_may_name_every_filter() {
        let world = actions::World::new(actions::Config::default());
        let flow = json!({
            "name": "Call back", "on": ["call.ended"], "where": { "if": "customer_number | phone_type == 'mobile'" },
            "steps": [{ "id": "when", "set": { "at": "{{ vars.when | parse_date('Europe/Berlin') | required }}" } }]
        });
        let plan = compile(&flow, &Vocabulary::of(&world)).map(|plan| plan.warnings);
        assert_eq!(
            plan.map_err(|problems| format!("{problems:?}")),
            Ok(Vec::new())
        );
    }
}
