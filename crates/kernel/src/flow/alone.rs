//! One step of a flow by itself, with those inside it: what surrounds it is gone, as if the flow had nothing else to do.

use super::plan::{Kind, Owner, Plan};
use std::collections::BTreeSet;

impl Plan {
    /// `None`: there is no such step.
    pub fn alone(&self, step: &str) -> Option<Plan> {
        let at = *self.index.get(step)?;
        let inside = self.inside(at);
        let (block, behind) = (self.ops.get(at)?.block, self.ops.get(at)?.next);
        let mut plan = self.clone();
        for inner in inside.iter().chain([&at]) {
            let op = &mut plan.ops[*inner];
            if op.block == block {
                op.block = 0;
                op.next = op.next.filter(|next| Some(*next) != behind);
            }
        }
        plan.ops[at].next = None;
        plan.blocks[0].owner = Owner::Steps;
        plan.blocks[0].first = Some(at);
        plan.on_failure = None;
        Some(plan)
    }

    /// The steps inside a step, at any depth.
    fn inside(&self, at: usize) -> BTreeSet<usize> {
        let mut inside = BTreeSet::new();
        let mut open = self.begins(at);
        let behind = self.ops[at].next;
        while let Some(inner) = open.pop() {
            if Some(inner) == behind || !inside.insert(inner) {
                continue;
            }
            open.extend(self.begins(inner));
            open.extend(self.ops[inner].next);
        }
        inside
    }

    /// The first steps of the parts of a step.
    fn begins(&self, at: usize) -> Vec<usize> {
        let first = |block: &usize| self.blocks.get(*block).and_then(|block| block.first);
        match &self.ops[at].kind {
            Kind::If {
                then, otherwise, ..
            } => then.iter().chain(otherwise).copied().collect(),
            Kind::Switch { cases, otherwise } => {
                let cases = cases.iter().filter_map(|(_, first)| *first);
                cases.chain(*otherwise).collect()
            }
            Kind::Try { body, catch } => [body, catch].into_iter().filter_map(first).collect(),
            Kind::Each(each) => first(&each.body).into_iter().collect(),
            Kind::Parallel(parallel) => parallel.branches.iter().filter_map(first).collect(),
            Kind::Do(_)
            | Kind::Set(_)
            | Kind::Wait(_)
            | Kind::Flow(_)
            | Kind::Reply(_)
            | Kind::Stop { .. } => Vec::new(),
        }
    }
}
