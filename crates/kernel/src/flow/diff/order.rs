//! Which steps stand elsewhere: in another list, or in another order among those that stayed. The fewest that explain the
//! new order count as moved.

use super::steps::Steps;
use std::collections::{HashMap, HashSet};

pub(super) fn moved<'a>(before: &Steps, after: &'a Steps) -> HashSet<&'a str> {
    let places: HashMap<&str, (usize, &str)> = before
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| (step.id.as_str(), (at, step.place.as_str())))
        .collect();
    let mut moved = HashSet::new();
    // The steps that stayed in each list, in their new order, with their old positions.
    let mut stayed: HashMap<&str, Vec<(usize, &str)>> = HashMap::new();
    for step in &after.steps {
        match places.get(step.id.as_str()) {
            Some((at, place)) if *place == step.place => {
                stayed.entry(place).or_default().push((*at, &step.id));
            }
            Some(_) => drop(moved.insert(step.id.as_str())),
            None => {}
        }
    }
    for list in stayed.values() {
        let kept = longest_rising(&list.iter().map(|(at, _)| *at).collect::<Vec<_>>());
        let others = list.iter().filter(|(at, _)| !kept.contains(at));
        moved.extend(others.map(|(_, id)| *id));
    }
    moved
}

/// The members of a longest subsequence that only rises.
fn longest_rising(list: &[usize]) -> HashSet<usize> {
    // `ends[n]`: the index of the least number that ends a rising subsequence of n + 1.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(list.len());
    for (index, number) in list.iter().enumerate() {
        let at = ends.partition_point(|end| list[*end] < *number);
        previous.push(at.checked_sub(1).map(|at| ends[at]));
        if at == ends.len() {
            ends.push(index);
        } else {
            ends[at] = index;
        }
    }
    let mut next = ends.last().copied();
    let mut kept = HashSet::new();
    while let Some(index) = next {
        kept.insert(list[index]);
        next = previous[index];
    }
    kept
}
