//! How long the kernel alone takes, in this process: a body rendered, and the flows found that an event starts. Of many short
//! rounds the best one counts; the others tell what else the machine was doing.

use anyhow::Context;
use bench::payload;
use calls::event::Origin;
use calls::{Event, Policy, fold, generic};
use kernel::flow::{Filters, Index, Trigger};
use kernel::id::{CallId, EventId, WorkspaceId};
use kernel::lang::{self, Expr, Place, Report, Template};
use serde_json::{Map, Value, json};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 50;
const FLOWS: [usize; 2] = [10, 10_000];
const PATHS: [&str; 10] = [
    "call_id",
    "caller_number",
    "duration",
    "outcome.budget",
    "outcome.interested",
    "contact.first_name",
    "contact.email",
    "summary",
    "agent_name",
    "ended_at",
];

/// The cells of its rows, in microseconds.
pub fn cells() -> anyhow::Result<[String; 3]> {
    let event = event()?;
    let matching = |make: fn(usize) -> Trigger| -> String {
        let found = FLOWS.map(|flows| matching_us(&event, flows, make));
        format!("{:.1} / {:.1}", found[0], found[1])
    };
    Ok([
        format!(
            "{:.1} / {:.1}",
            rendering_us(&event, true)?,
            rendering_us(&event, false)?
        ),
        matching(mixed),
        matching(bounds),
    ])
}

/// The event that the other rows send, as flows see it.
fn event() -> anyhow::Result<Event> {
    let body = serde_json::from_slice(&payload::event(1))?;
    let told = generic::read(body)
        .ok()
        .context("the event is well formed")?;
    let at = told.at.context("the event says when")?;
    let folded = fold(None, &told, "", at, &Policy::default());
    let origin = Origin {
        workspace_id: WorkspaceId::from_bytes([1; 16]),
        workspace_name: "Bench".into(),
        call_id: CallId::from_bytes([2; 16]),
        raw: told.raw.clone(),
    };
    let id = || EventId::from_bytes([3; 16]);
    let mut events = folded.call.events(&folded.moments, &origin, id).into_iter();
    events.next().context("the event raises itself")
}

/// A body of about 1.5 KiB with ten values: raw text, or a tree.
fn rendering_us(event: &Event, raw: bool) -> anyhow::Result<f64> {
    let fixed = "what every request of this kind says, word for word ".repeat(2);
    let members = PATHS.iter().enumerate().flat_map(|(n, path)| {
        let value = json!(format!("{{{{ {path} }}}}"));
        [
            (format!("value_{n}"), value),
            (format!("fixed_{n}"), json!(fixed)),
        ]
    });
    let tree = Value::Object(members.collect::<Map<_, _>>());
    let (source, place) = match raw {
        true => (Value::String(tree.to_string()), Place::Body),
        false => (tree, Place::Json),
    };
    let mut problems = Vec::new();
    let template = Template::compile(&source, place, "", lang::Filters::default(), &mut problems);
    anyhow::ensure!(problems.is_empty(), "{problems:?}");
    Ok(best_us(1_000, || {
        template.render(event, &mut Report::default())
    }))
}

fn matching_us(event: &Event, flows: usize, make: fn(usize) -> Trigger) -> f64 {
    let triggers: Vec<Trigger> = (0..flows).map(make).collect();
    let index = Index::new(event.kind.name(), triggers.iter());
    let facts = calls::schema::facts(event);
    best_us(20, || index.matching(&facts, |at| &triggers[at]))
}

fn best_us<T>(times: u32, act: impl Fn() -> T) -> f64 {
    let round = || {
        let started = Instant::now();
        for _ in 0..times {
            black_box(act());
        }
        started.elapsed().as_secs_f64() * 1e6 / f64::from(times)
    };
    (0..ROUNDS).map(|_| round()).fold(f64::MAX, f64::min)
}

/// What workspaces have: most flows are for an agent, a campaign or a number, some for all calls of a kind.
fn mixed(at: usize) -> Trigger {
    let some = |name: &str| vec![format!("{name} {}", at / 10)];
    let filters = Filters::default();
    match at % 50 {
        0 => trigger(
            Filters {
                agents: vec!["Sarah".into()],
                numbers: vec![format!("+1555{at}")],
                ..filters
            },
            None,
        ),
        1..20 => trigger(
            Filters {
                agents: some("Agent"),
                min_duration_s: Some(30.0),
                ..filters
            },
            None,
        ),
        20..30 => trigger(
            Filters {
                campaigns: some("Campaign"),
                statuses: vec!["completed".into()],
                ..filters
            },
            Some("duration >= 60 and caller_number starts_with '+1'"),
        ),
        30..38 => trigger(
            Filters {
                numbers: vec![format!("+1415555{at:04}"), format!("+49{at}*")],
                ..filters
            },
            None,
        ),
        38..48 => trigger(
            filters,
            Some(&format!(
                "campaign_name == 'Campaign {at}' and call_status == 'answered'"
            )),
        ),
        48 => trigger(filters, Some(&format!("duration > {}", 130 + at))),
        _ => trigger(
            Filters {
                min_duration_s: Some(600.0),
                ..filters
            },
            None,
        ),
    }
}

/// Flows that ask for no value, only for more than one.
fn bounds(at: usize) -> Trigger {
    trigger(
        Filters::default(),
        Some(&format!("duration > {}", 500 + at)),
    )
}

fn trigger(filters: Filters, condition: Option<&str>) -> Trigger {
    let parse = |source| Expr::parse(source, "", lang::Filters::default());
    Trigger {
        kinds: vec!["call.ended".into()],
        settles: false,
        condition: condition.map(|source| parse(source).expect("it is well written")),
        filters,
    }
}
