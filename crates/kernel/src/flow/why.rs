//! Why an event does not start a flow: each filter that refuses it, with what it wanted and what it saw. Says something
//! exactly when [`matches`](super::matches) says no.

use super::Facts;
use super::trigger::{ENDED, Trigger, covers, digits};
use crate::lang::{Condition, Expr, Filters, Report};
use crate::problem::{Problem, below};
use serde_json::Value;

/// `document` is the flow's, for the words of its condition.
pub fn why_not(
    document: &Value,
    trigger: &Trigger,
    facts: &Facts<'_>,
    filters: Filters,
) -> Vec<Problem> {
    let mut why = Vec::new();
    let mut say = |path: &str, message: String| why.push(Problem::new(path, message));
    if !trigger.kinds.iter().any(|kind| kind == facts.kind) {
        let kinds = trigger.kinds.join(", ");
        say(
            "/on",
            format!("the flow starts on {kinds}, not on {}", facts.kind),
        );
    } else if facts.kind == ENDED && trigger.settles != facts.settled {
        say("/on", settling(trigger.settles));
    }
    let wanted = &trigger.filters;
    let named = |list: &[String], found: &[Option<&str>]| {
        let mut found = found.iter().flatten();
        list.is_empty() || found.any(|name| list.iter().any(|wanted| wanted == name))
    };
    for (name, list, found) in [
        ("campaigns", &wanted.campaigns, &facts.campaign[..]),
        ("agents", &wanted.agents, &facts.agent[..]),
    ] {
        if !named(list, found) {
            let mut saw: Vec<&str> = found.iter().flatten().copied().collect();
            saw.dedup();
            let saw = saw.join(" / ");
            say(&place(name), refused(&list.join(", "), &saw));
        }
    }
    for (name, list, found) in [
        ("dispositions", &wanted.dispositions, facts.disposition),
        ("statuses", &wanted.statuses, facts.status),
    ] {
        if !list.is_empty() && !found.is_some_and(|word| list.contains(&word.to_lowercase())) {
            say(
                &place(name),
                refused(&list.join(", "), found.unwrap_or_default()),
            );
        }
    }
    if let Some(connected) = wanted.connected
        && facts.connected != Some(connected)
    {
        let saw = facts
            .connected
            .map(|saw| saw.to_string())
            .unwrap_or_default();
        say(&place("connected"), refused(&connected.to_string(), &saw));
    }
    let seconds = facts
        .duration_s
        .map(|s| format!("{s} s"))
        .unwrap_or_default();
    if let Some(min) = wanted.min_duration_s
        && !facts.duration_s.is_some_and(|s| s >= min)
    {
        say(
            &place("min_duration_s"),
            refused(&format!("at least {min} s"), &seconds),
        );
    }
    if let Some(max) = wanted.max_duration_s
        && !facts.duration_s.is_some_and(|s| s <= max)
    {
        say(
            &place("max_duration_s"),
            refused(&format!("at most {max} s"), &seconds),
        );
    }
    let mut numbers = facts.numbers.into_iter().flatten();
    let dialled = |number: &str| wanted.numbers.iter().any(|n| covers(n, &digits(number)));
    if !wanted.numbers.is_empty() && !numbers.any(dialled) {
        let saw = facts
            .numbers
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" and ");
        say(&place("numbers"), refused(&wanted.numbers.join(", "), &saw));
    }
    if let Some(condition) = &trigger.condition {
        let held = condition.holds(facts.scope, &mut Report::default());
        if !held.clone().unwrap_or(false) {
            let text = document["where"]["if"].as_str().unwrap_or_default();
            let mistake = held.err().map(|mistake| mistake.0);
            say(
                &place("if"),
                mistake.unwrap_or_else(|| unheld(text, facts, filters)),
            );
        }
    }
    why
}

fn place(name: &str) -> String {
    below("/where", name)
}

fn settling(settles: bool) -> String {
    match settles {
        true => "the flow reads what is known only when the call is settled: it starts then",
        false => "the flow has started when the call ended; now the call is settled",
    }
    .to_owned()
}

fn refused(wanted: &str, saw: &str) -> String {
    match saw {
        "" => format!("wanted {wanted}; this event does not say"),
        saw => format!("wanted {wanted}; saw {saw}"),
    }
}

/// The part of a condition that does not hold, and what stands on its left.
fn unheld(text: &str, facts: &Facts<'_>, filters: Filters) -> String {
    let value = |text: &str| {
        let expr = Expr::parse(text, "", filters).ok()?;
        let value = expr.eval(facts.scope, &mut Report::default()).ok()?;
        Some(value.into_owned())
    };
    let holds = |part: &Condition| {
        let expr = Expr::parse(&part.text(), "", filters).ok();
        expr.is_some_and(|e| {
            e.holds(facts.scope, &mut Report::default())
                .unwrap_or(false)
        })
    };
    let mut part = Condition::of_text(text, filters).ok();
    while let Some(Condition::All(terms)) = part {
        part = terms.into_iter().find(|term| !holds(term));
    }
    let Some(part) = part else {
        return format!("`{text}` does not hold");
    };
    let left = match &part {
        Condition::Compare { left, .. } => Some(left),
        Condition::Not(inner) => match &**inner {
            Condition::Compare { left, .. } | Condition::Text(left) => Some(left),
            _ => None,
        },
        Condition::Text(text) => Some(text),
        _ => None,
    };
    let saw = left.and_then(|left| Some(format!(": `{left}` is {}", value(left)?)));
    format!("`{}` does not hold{}", part.text(), saw.unwrap_or_default())
}
