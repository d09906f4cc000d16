//! Finds the triggers that may start on an event without looking at all of them: each stands under the one of its demands
//! that is rarest. `matches` has the last word, so the index may only ever give too many.

use super::memo::{Memo, Roots};
use super::trigger::{ENDED, digits};
use super::{Facts, Trigger, matches};
use crate::lang::{Key, Path};
use std::collections::{BTreeSet, HashMap};

/// What a trigger can demand a value of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Field {
    Campaign,
    Agent,
    Disposition,
    Status,
    Number,
    /// The beginning of a number.
    Prefix,
    /// A path of the condition, by its place in `paths`.
    Path(usize),
}

type Demand = (Field, Key);

/// The triggers of one kind of event, by their places in a list that the caller has.
#[derive(Debug, Default)]
pub struct Index {
    kind: String,
    /// On `call.ended`, those for the call that has just ended and those for the settled one; else all are in the first.
    parts: [Part; 2],
    /// The paths of all demands, and the roots that conditions read.
    paths: Vec<Path>,
    roots: Roots,
}

#[derive(Debug, Default)]
struct Part {
    by: HashMap<Demand, Vec<usize>>,
    /// Those that demand nothing that can be looked up.
    rest: Vec<usize>,
    fields: Vec<Field>,
    /// The lengths of all prefixes.
    lengths: BTreeSet<usize>,
}

impl Index {
    pub fn new<'t>(kind: &str, triggers: impl Iterator<Item = &'t Trigger> + Clone) -> Index {
        let mut index = Index {
            kind: kind.to_owned(),
            ..Index::default()
        };
        let mut common: HashMap<Demand, usize> = HashMap::new();
        let mut known = HashMap::new();
        let mut demands = Vec::new();
        for trigger in triggers.clone() {
            let clauses = index.clauses(trigger, &mut known);
            for demand in clauses.iter().flatten() {
                *common.entry(demand.clone()).or_default() += 1;
            }
            demands.push(clauses);
        }
        for (at, (trigger, clauses)) in triggers.zip(demands).enumerate() {
            let paths = trigger
                .condition
                .iter()
                .flat_map(|condition| condition.paths());
            paths.for_each(|path| index.roots.add(&path));
            let frequency = |clause: &Vec<Demand>| -> usize {
                clause.iter().map(|demand| common[demand]).sum()
            };
            let part = &mut index.parts[usize::from(kind == ENDED && trigger.settles)];
            match clauses.into_iter().min_by_key(frequency) {
                Some(clause) => clause.into_iter().for_each(|demand| part.add(demand, at)),
                None => part.rest.push(at),
            }
        }
        index
    }

    /// The places of all triggers that the event starts, in order.
    pub fn matching<'t>(
        &self,
        facts: &Facts<'_>,
        trigger: impl Fn(usize) -> &'t Trigger,
    ) -> Vec<usize> {
        let memo = Memo::new(facts.scope, &self.roots);
        let facts = Facts {
            scope: &memo,
            ..*facts
        };
        let part = &self.parts[usize::from(self.kind == ENDED && facts.settled)];
        let mut found = part.rest.clone();
        for field in &part.fields {
            self.values(*field, part, &facts, |key| {
                found.extend(part.by.get(&(*field, key)).into_iter().flatten());
            });
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|at| matches(trigger(*at), &facts));
        found
    }

    /// What the event has of a field.
    fn values(&self, field: Field, part: &Part, facts: &Facts<'_>, mut each: impl FnMut(Key)) {
        let text = |text: &str| Key::Text(text.into());
        let both = |names: [Option<&str>; 2], each: &mut dyn FnMut(Key)| {
            names
                .into_iter()
                .flatten()
                .for_each(|name| each(text(name)));
        };
        let word = |word: Option<&str>, each: &mut dyn FnMut(Key)| {
            word.into_iter()
                .for_each(|word| each(text(&word.to_lowercase())));
        };
        match field {
            Field::Campaign => both(facts.campaign, &mut each),
            Field::Agent => both(facts.agent, &mut each),
            Field::Disposition => word(facts.disposition, &mut each),
            Field::Status => word(facts.status, &mut each),
            Field::Number => {
                for number in facts.numbers.into_iter().flatten() {
                    each(text(&digits(number)));
                }
            }
            Field::Prefix => {
                for number in facts.numbers.into_iter().flatten().map(digits) {
                    let starts = part
                        .lengths
                        .iter()
                        .filter_map(|length| number.get(..*length));
                    starts.for_each(|start| each(text(start)));
                }
            }
            Field::Path(at) => {
                let value = self.paths[at].find(facts.scope);
                value
                    .and_then(|value| Key::of(&value))
                    .into_iter()
                    .for_each(each);
            }
        }
    }

    /// All that must hold of a trigger, each as the values of which one will do.
    fn clauses(&mut self, trigger: &Trigger, known: &mut HashMap<Path, usize>) -> Vec<Vec<Demand>> {
        let filters = &trigger.filters;
        let listed = [
            (Field::Campaign, &filters.campaigns),
            (Field::Agent, &filters.agents),
            (Field::Disposition, &filters.dispositions),
            (Field::Status, &filters.statuses),
            (Field::Number, &filters.numbers),
        ];
        let mut clauses: Vec<Vec<Demand>> = listed
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(field, values)| values.iter().map(|value| demand(field, value)).collect())
            .collect();
        let wanted = trigger
            .condition
            .iter()
            .flat_map(|condition| condition.wanted());
        for (path, keys) in wanted {
            let at = *known.entry(path.clone()).or_insert_with(|| {
                self.paths.push(path.clone());
                self.paths.len() - 1
            });
            let field = Field::Path(at);
            clauses.push(keys.into_iter().map(|key| (field, key)).collect());
        }
        clauses
    }
}

fn demand(field: Field, value: &str) -> Demand {
    match (field, value.strip_suffix('*')) {
        (Field::Number, Some(start)) => (Field::Prefix, Key::Text(start.into())),
        _ => (field, Key::Text(value.into())),
    }
}

impl Part {
    fn add(&mut self, demand: Demand, at: usize) {
        if !self.fields.contains(&demand.0) {
            self.fields.push(demand.0);
        }
        if let (Field::Prefix, Key::Text(start)) = &demand {
            self.lengths.insert(start.len());
        }
        self.by.entry(demand).or_default().push(at);
    }
}
