//! What the audit log says of each route: the one table that knows them all. A test walks the routes: one that changes something
//! and does not stand here fails it.

use self::Look::{Counts, Made, Part, Same};
use self::Rule::{Exempt, Keep, Quiet};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// What was done to what kind of thing, and how the thing is found.
    Keep(&'static str, &'static str, Look),
    /// The same, without values: the thing is about a person, who may want to be forgotten.
    Quiet(&'static str, &'static str, Look),
    /// Not recorded, and why.
    Exempt(&'static str),
}

/// Where the thing is read, before and after, as the caller sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Its address is that of the request, up to the first parameter with it.
    Same,
    /// The answer holds the id (or else the name) of what was made.
    Made,
    /// It is not read: only its id is told.
    Part,
    /// No one thing: the numbers of the answer are told, and the id of what it stands for, if it has one.
    Counts,
}

const WORKED_OUT: Rule = Exempt("works something out, and changes nothing");
const COMES_IN: Rule = Exempt("what comes in is kept as events, with who sent it");

macro_rules! rules {
    ($($method:ident $path:literal $rule:expr;)*) => {
        &[$((stringify!($method), $path, $rule),)*]
    };
}

/// By method and path, in the order of paths.
pub const RULES: &[(&str, &str, Rule)] = rules! {
    POST "/v1/agents" Keep("created", "agent", Made);
    PUT "/v1/agents/{id}" Keep("changed", "agent", Same);
    PATCH "/v1/agents/{id}" Keep("changed", "agent", Same);
    DELETE "/v1/agents/{id}" Keep("deleted", "agent", Same);
    POST "/v1/agents/{id}/actions/{n}/test" Keep("tested", "agent", Same);
    POST "/v1/agents/{id}/call-actions/{n}/test" Keep("tested", "agent", Same);
    POST "/v1/alerts/{id}/acknowledge" Keep("acknowledged", "alert", Part);
    POST "/v1/budgets" Keep("created", "budget", Made);
    PUT "/v1/budgets/{id}" Keep("changed", "budget", Same);
    DELETE "/v1/budgets/{id}" Keep("deleted", "budget", Same);
    POST "/v1/calls/analyze" Quiet("analyzed", "calls", Counts);
    POST "/v1/calls/simulate" Quiet("rehearsed", "call", Part);
    DELETE "/v1/calls/{id}" Quiet("deleted", "call", Part);
    POST "/v1/calls/{id}/analyze" Quiet("analyzed", "call", Part);
    POST "/v1/calls/{id}/recordings/{n}/link" Quiet("opened", "recording", Part);
    POST "/v1/campaigns" Keep("created", "campaign", Made);
    PUT "/v1/campaigns/{id}" Keep("changed", "campaign", Same);
    PATCH "/v1/campaigns/{id}" Keep("changed", "campaign", Same);
    DELETE "/v1/campaigns/{id}" Keep("deleted", "campaign", Same);
    POST "/v1/conditions" WORKED_OUT;
    POST "/v1/connections" Keep("created", "connection", Made);
    PUT "/v1/connections/{id}" Keep("changed", "connection", Same);
    DELETE "/v1/connections/{id}" Keep("deleted", "connection", Same);
    POST "/v1/connections/{id}/test" Keep("tested", "connection", Same);
    POST "/v1/contacts" Quiet("created", "contact", Made);
    POST "/v1/contacts/import" Quiet("imported", "contacts", Counts);
    PUT "/v1/contacts/{id}" Quiet("changed", "contact", Same);
    PATCH "/v1/contacts/{id}" Quiet("changed", "contact", Same);
    DELETE "/v1/contacts/{id}" Quiet("deleted", "contact", Part);
    POST "/v1/deliveries/replay" Keep("replayed", "deliveries", Counts);
    POST "/v1/deliveries/replay/preview" WORKED_OUT;
    PUT "/v1/destinations/{name}" Keep("changed", "destination", Same);
    DELETE "/v1/destinations/{name}" Keep("deleted", "destination", Same);
    POST "/v1/destinations/{name}/pause" Keep("paused", "destination", Same);
    POST "/v1/destinations/{name}/resume" Keep("resumed", "destination", Same);
    POST "/v1/endpoints" Keep("created", "endpoint", Made);
    PUT "/v1/endpoints/{id}" Keep("changed", "endpoint", Same);
    PATCH "/v1/endpoints/{id}" Keep("changed", "endpoint", Same);
    DELETE "/v1/endpoints/{id}" Keep("deleted", "endpoint", Same);
    POST "/v1/endpoints/{id}/reconcile" Keep("reconciled", "endpoint", Same);
    POST "/v1/endpoints/{id}/rotate" Keep("rotated", "endpoint", Same);
    POST "/v1/events" COMES_IN;
    POST "/v1/expressions" WORKED_OUT;
    POST "/v1/flows" Keep("created", "flow", Made);
    POST "/v1/flows/cases" WORKED_OUT;
    POST "/v1/flows/check" WORKED_OUT;
    POST "/v1/flows/test" Keep("tested", "flow", Part);
    PUT "/v1/flows/{id}" Keep("changed", "flow", Same);
    PATCH "/v1/flows/{id}" Keep("changed", "flow", Same);
    DELETE "/v1/flows/{id}" Keep("deleted", "flow", Same);
    POST "/v1/flows/{id}/catch-up" Keep("caught_up", "flow", Counts);
    POST "/v1/flows/{id}/detach" Keep("detached", "flow", Same);
    POST "/v1/flows/{id}/diff" WORKED_OUT;
    POST "/v1/flows/{id}/disable" Keep("disabled", "flow", Same);
    POST "/v1/flows/{id}/duplicate" Keep("created", "flow", Made);
    POST "/v1/flows/{id}/enable" Keep("enabled", "flow", Same);
    POST "/v1/flows/{id}/publish" Keep("published", "flow", Same);
    POST "/v1/flows/{id}/recipe" Keep("created", "recipe", Made);
    POST "/v1/flows/{id}/resume" Keep("resumed", "flow", Same);
    POST "/v1/flows/{id}/run" Keep("run", "flow", Same);
    POST "/v1/flows/{id}/test" Keep("tested", "flow", Same);
    POST "/v1/forget" Quiet("forgot", "number", Counts);
    POST "/v1/in/{endpoint}" COMES_IN;
    POST "/v1/keys" Keep("created", "key", Made);
    DELETE "/v1/keys/{id}" Keep("deleted", "key", Same);
    POST "/v1/keys/{id}/rotate" Keep("rotated", "key", Same);
    POST "/v1/members" Keep("invited", "member", Made);
    PATCH "/v1/members/{id}" Keep("changed", "member", Same);
    DELETE "/v1/members/{id}" Keep("deleted", "member", Same);
    POST "/v1/members/{id}/link" Keep("invited", "member", Same);
    DELETE "/v1/members/{id}/link" Keep("revoked", "member", Same);
    POST "/v1/providers/{name}/check" WORKED_OUT;
    POST "/v1/providers/{name}/send" COMES_IN;
    POST "/v1/recipes" Keep("created", "recipe", Made);
    POST "/v1/recipes/import" Keep("imported", "recipe", Made);
    PUT "/v1/recipes/{id}" Keep("changed", "recipe", Same);
    DELETE "/v1/recipes/{id}" Keep("deleted", "recipe", Same);
    POST "/v1/recipes/{id}/install" Keep("created", "flow", Made);
    POST "/v1/recipes/{id}/preview" WORKED_OUT;
    POST "/v1/recipes/{id}/share" Keep("shared", "recipe", Same);
    DELETE "/v1/recipes/{id}/share" Keep("unshared", "recipe", Same);
    POST "/v1/runs/cancel" Keep("cancelled", "runs", Counts);
    POST "/v1/runs/replay" Keep("replayed", "runs", Counts);
    POST "/v1/runs/replay/preview" WORKED_OUT;
    POST "/v1/runs/{id}/cancel" Keep("cancelled", "run", Part);
    POST "/v1/runs/{id}/replay" Keep("replayed", "run", Part);
    POST "/v1/samples" WORKED_OUT;
    POST "/v1/secrets" Keep("set", "secret", Made);
    DELETE "/v1/secrets/{name}" Keep("deleted", "secret", Same);
    POST "/v1/session/end" Keep("signed_out", "session", Part);
    PUT "/v1/settings/network" Keep("changed", "network", Same);
    PUT "/v1/settings/notify" Keep("changed", "notifications", Same);
    DELETE "/v1/settings/notify" Keep("deleted", "notifications", Same);
    PUT "/v1/settings/pausing" Keep("changed", "pausing", Same);
    PUT "/v1/settings/prices" Keep("changed", "prices", Same);
    PUT "/v1/settings/quiet" Keep("changed", "quiet agents", Same);
    PUT "/v1/settings/recordings" Keep("changed", "recordings", Same);
    PUT "/v1/settings/redaction" Keep("changed", "redaction", Same);
    PUT "/v1/settings/retention" Keep("changed", "retention", Same);
    PUT "/v1/settings/workspace" Keep("changed", "workspace", Same);
};

/// The rule of a route; `None`: it only reads. What changes something and is not in the table is recorded as best it can be.
pub fn of(method: &str, path: &str) -> Option<Rule> {
    let mut rules = RULES.iter();
    match rules.find(|(m, p, _)| (*m, *p) == (method, path)) {
        Some((_, _, rule)) => Some(*rule),
        None if matches!(method, "GET" | "HEAD" | "OPTIONS") => None,
        None => Some(Keep("changed", "other", Part)),
    }
}

/// The collection in which things of a kind are read by their id: where they are made.
pub fn collection(what: &str) -> Option<&'static str> {
    let mut rules = RULES.iter();
    let made = rules.find(|(_, path, rule)| {
        let kind = match rule {
            Keep(_, kind, Made) | Quiet(_, kind, Made) => *kind,
            _ => return false,
        };
        kind == what && !path.contains('{')
    });
    made.map(|(_, path, _)| *path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_route_that_changes_something_is_in_the_table_and_nothing_else_is() {
        let document = crate::openapi();
        let mut routes = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            let methods = item.as_object().unwrap().keys();
            let changing = methods.filter(|method| *method != "get");
            routes.extend(changing.map(|method| (method.to_uppercase(), path.clone())));
        }
        let known = RULES
            .iter()
            .map(|(m, p, _)| ((*m).to_owned(), (*p).to_owned()));
        let known: BTreeSet<_> = known.collect();
        let missing: Vec<_> = routes.difference(&known).collect();
        assert!(
            missing.is_empty(),
            "say in audit/rules.rs what the audit log tells of {missing:?}, or why nothing"
        );
        let gone: Vec<_> = known.difference(&routes).collect();
        assert!(gone.is_empty(), "no such routes: {gone:?}");
        assert_eq!(known.len(), RULES.len());
    }

    #[test]
    fn what_is_made_is_read_where_its_kind_is_kept() {
        for (_, path, rule) in RULES {
            if let Keep(_, what, Made) | Quiet(_, what, Made) = rule {
                assert!(collection(what).is_some(), "{path}");
            }
        }
    }
}
