//! When a flow on `call.ended` runs: it waits until the call is settled where it reads what is known only then, or where a sub-flow
//! does that it calls at any depth. Sub-flows count as they are when the call ends, so this is no property of a version.

use crate::plans::{Book, Compiled};
use calls::Kind;
use calls::call::Offered;
use kernel::flow::{Facts, Plan, matches};
use kernel::id::FlowId;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub(crate) fn settles(plan: &Plan, named: impl Fn(&str) -> Option<Arc<Compiled>>) -> bool {
    let ended = Kind::Ended.name();
    if plan.reads_late || !plan.trigger.kinds.iter().any(|kind| kind == ended) {
        return plan.trigger.settles;
    }
    any_called(plan, named, |called| called.reads_late)
}

impl Book {
    /// What the end of a call was for flows, of which these began on it.
    pub fn offered(&self, began: Vec<FlowId>) -> Option<Offered> {
        let waits = self.waits.clone();
        (!began.is_empty() || !waits.is_empty()).then_some(Offered { began, waits })
    }

    /// The flows that a settled end starts, oldest flow first: those that waited for it, and none that began on the end before.
    pub fn settled(&self, facts: &Facts<'_>, offered: Option<Offered>) -> Vec<Arc<Compiled>> {
        let mut flows = self.matching(facts);
        let Some(Offered { began, waits }) = offered else {
            return flows;
        };
        flows.retain(|flow| !began.contains(&flow.id));
        if waits != self.waits {
            let at_once = Facts {
                settled: false,
                ..*facts
            };
            let waited = waits.iter().filter_map(|id| self.by_id(*id));
            let begins =
                |flow: &Arc<Compiled>| matches(&flow.plan.trigger, &at_once) && self.starts(flow);
            flows.extend(waited.filter(begins));
            flows.sort_by_key(|flow| flow.id);
        }
        flows
    }
}

/// Whether this is so of a flow that another one calls, at any depth.
pub(crate) fn any_called(
    plan: &Plan,
    named: impl Fn(&str) -> Option<Arc<Compiled>>,
    is_so: impl Fn(&Plan) -> bool,
) -> bool {
    let (mut seen, mut left) = (HashSet::new(), names(plan));
    while let Some(name) = left.pop() {
        let flow = seen.insert(name.clone()).then(|| named(&name)).flatten();
        match flow {
            Some(flow) if is_so(&flow.plan) => return true,
            Some(flow) => left.extend(names(&flow.plan)),
            None => {}
        }
    }
    false
}

/// Makes those wait that call a flow of these which reads late; whether there are any.
pub(crate) fn follow_sub_flows(
    flows: &mut [(Arc<Compiled>, bool)],
    by_name: &HashMap<String, Arc<Compiled>>,
) -> bool {
    let mut any = false;
    for (flow, _) in flows {
        if settles(&flow.plan, |name| by_name.get(name).cloned()) != flow.plan.trigger.settles {
            let mut settling = Compiled::clone(flow);
            settling.plan.trigger.settles = true;
            *flow = Arc::new(settling);
            any = true;
        }
    }
    any
}

fn names(plan: &Plan) -> Vec<String> {
    plan.sub_flows().map(String::from).collect()
}
