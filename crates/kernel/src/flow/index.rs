//! Finds the triggers that may start on an event without looking at all of them: each stands under the one of its demands
//! that is rarest. `matches` has the last word, so the index may only ever give too many.

use super::bounds::Bounds;
use super::memo::{Memo, Roots};
use super::trigger::{ENDED, digits};
use super::{Facts, Trigger, matches};
use crate::lang::{Bound, Key, Path, Side, size};
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
    Duration,
    /// A path of the condition, by its place in `paths`.
    Path(usize),
}

type Demand = (Field, Key);

/// What must hold of a trigger.
enum Clause {
    /// One of these will do.
    OneOf(Vec<Demand>),
    Bound(Field, Bound),
}

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

/// Bounds with the places of their triggers, by what they bound.
type Sides = HashMap<(Field, Side), Vec<(f64, usize)>>;

#[derive(Debug, Default)]
struct Part {
    by: HashMap<Demand, Vec<usize>>,
    bounds: Vec<(Field, Bounds)>,
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
        let mut common = Common::default();
        let mut known = HashMap::new();
        let mut bounds: [Sides; 2] = Default::default();
        let mut demands = Vec::new();
        for trigger in triggers.clone() {
            let clauses = index.clauses(trigger, &mut known);
            clauses.iter().for_each(|clause| common.count(clause));
            demands.push(clauses);
        }
        for (at, (trigger, clauses)) in triggers.zip(demands).enumerate() {
            let paths = trigger
                .condition
                .iter()
                .flat_map(|condition| condition.paths());
            paths.for_each(|path| index.roots.add(&path));
            let part = usize::from(kind == ENDED && trigger.settles);
            match clauses.into_iter().min_by_key(|clause| common.of(clause)) {
                Some(Clause::OneOf(demands)) => {
                    let part = &mut index.parts[part];
                    demands.into_iter().for_each(|demand| part.add(demand, at));
                }
                Some(Clause::Bound(field, bound)) => {
                    let side = bounds[part].entry((field, bound.side)).or_default();
                    side.push((bound.at, at));
                }
                None => index.parts[part].rest.push(at),
            }
        }
        for (part, bounds) in index.parts.iter_mut().zip(bounds) {
            let sorted = bounds.into_iter();
            part.bounds = sorted
                .map(|((field, side), bounds)| (field, Bounds::new(side, bounds)))
                .collect();
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
        for (field, bounds) in &part.bounds {
            let value = self.size(*field, &facts);
            found.extend(value.into_iter().flat_map(|value| bounds.kept(value)));
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|at| matches(trigger(*at), &facts));
        found
    }

    /// What the event has of a field that is compared with numbers.
    fn size(&self, field: Field, facts: &Facts<'_>) -> Option<f64> {
        match field {
            Field::Path(at) => size(&*self.paths[at].find(facts.scope)?),
            _ => facts.duration_s,
        }
    }

    /// What the event has of a field.
    fn values(&self, field: Field, part: &Part, facts: &Facts<'_>, mut each: impl FnMut(Key)) {
        let text = |text: &str| Key::Text(text.into());
        let any = |names: &[Option<&str>], each: &mut dyn FnMut(Key)| {
            names.iter().flatten().for_each(|name| each(text(name)));
        };
        let word = |word: Option<&str>, each: &mut dyn FnMut(Key)| {
            word.into_iter()
                .for_each(|word| each(text(&word.to_lowercase())));
        };
        match field {
            Field::Campaign => any(&facts.campaign, &mut each),
            Field::Agent => any(&facts.agent, &mut each),
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
            Field::Duration => {}
            Field::Path(at) => {
                let value = self.paths[at].find(facts.scope);
                value
                    .and_then(|value| Key::of(&value))
                    .into_iter()
                    .for_each(each);
            }
        }
    }

    /// All that must hold of a trigger and can be looked up.
    fn clauses(&mut self, trigger: &Trigger, known: &mut HashMap<Path, usize>) -> Vec<Clause> {
        let filters = &trigger.filters;
        let listed = [
            (Field::Campaign, &filters.campaigns),
            (Field::Agent, &filters.agents),
            (Field::Disposition, &filters.dispositions),
            (Field::Status, &filters.statuses),
            (Field::Number, &filters.numbers),
        ];
        let mut clauses: Vec<Clause> = listed
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(field, values)| values.iter().map(|value| demand(field, value)).collect())
            .map(Clause::OneOf)
            .collect();
        let sides = [
            (Side::Least, filters.min_duration_s),
            (Side::Most, filters.max_duration_s),
        ];
        for (side, at) in sides {
            let bound = at.map(|at| Clause::Bound(Field::Duration, Bound { side, at }));
            clauses.extend(bound);
        }
        let Some(condition) = &trigger.condition else {
            return clauses;
        };
        let mut field = |path: &Path| {
            Field::Path(*known.entry(path.clone()).or_insert_with(|| {
                self.paths.push(path.clone());
                self.paths.len() - 1
            }))
        };
        for (path, keys) in condition.wanted() {
            let field = field(path);
            clauses.push(Clause::OneOf(
                keys.into_iter().map(|key| (field, key)).collect(),
            ));
        }
        for (path, bound) in condition.bounds() {
            clauses.push(Clause::Bound(field(path), bound));
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

/// How many triggers have a clause.
#[derive(Default)]
struct Common {
    demands: HashMap<Demand, usize>,
    bounds: HashMap<(Field, Side), usize>,
}

impl Common {
    fn count(&mut self, clause: &Clause) {
        match clause {
            Clause::OneOf(demands) => {
                for demand in demands {
                    *self.demands.entry(demand.clone()).or_default() += 1;
                }
            }
            Clause::Bound(field, bound) => {
                *self.bounds.entry((*field, bound.side)).or_default() += 1;
            }
        }
    }

    /// How many triggers an event that has what is asked for probably makes look at; of bounds it keeps to every other one.
    fn of(&self, clause: &Clause) -> usize {
        match clause {
            Clause::OneOf(demands) => demands.iter().map(|demand| self.demands[demand]).sum(),
            Clause::Bound(field, bound) => self.bounds[&(*field, bound.side)].div_ceil(2),
        }
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
