//! Facts about the lists of variables that people pick from.
#![allow(clippy::unwrap_used)]

use calls::event::Origin;
use calls::variables::{self, Variable};
use calls::{Event, Kind, samples, schema};
use kernel::flow::{ActionSpec, Known, Schema, compile};
use kernel::id::{CallId, EventId, WorkspaceId};
use kernel::lang::{Expr, Filters, Path, Place, Report, Template};
use serde_json::{Map, Value, json};

fn sample(kind: Kind) -> Event {
    let origin = Origin {
        workspace_id: WorkspaceId::from_bytes([1; 16]),
        workspace_name: "Example".into(),
        call_id: CallId::from_bytes([2; 16]),
        raw: Value::Null.into(),
    };
    samples::event(kind, EventId::from_bytes([3; 16]), &origin)
}

fn evaluated(variable: &Variable, event: &Event) -> Value {
    let template = Template::compile(
        &json!(variable.insert),
        Place::Json,
        "",
        Filters::default(),
        &mut Vec::new(),
    );
    let value = template.render(event, &mut Report::default()).unwrap();
    variables::shown(value)
}

#[test]
fn what_is_listed_is_what_a_template_sees_at_every_kind() {
    for kind in Kind::ALL {
        let event = sample(kind);
        let listed = variables::of(&event);
        for variable in &listed {
            // The time of a run is told as that of the event.
            if variable.group == "system" && variable.path == "now" {
                continue;
            }
            let value = evaluated(variable, &event);
            assert_eq!(value, variable.value, "{} at {kind:?}", variable.insert);
            assert_eq!(variable.known, !value.is_null(), "{}", variable.insert);
        }
        assert!(listed.len() > 60, "{kind:?}: {}", listed.len());
    }
}

struct Words;

impl Schema for Words {
    fn kinds(&self) -> &[&'static str] {
        &schema::KINDS
    }
    fn variable(&self, path: &Path, kind: &str) -> Known {
        schema::variable(path, kind)
    }
    fn action(&self, _: &str) -> Option<&ActionSpec> {
        None
    }
    fn actions(&self) -> Vec<&str> {
        Vec::new()
    }
}

#[test]
fn a_flow_that_uses_everything_listed_has_neither_problems_nor_warnings_but_for_inputs() {
    for kind in Kind::ALL {
        let listed = variables::of(&sample(kind));
        let used = listed.iter().filter(|v| v.group != "inputs");
        let names: Map<String, Value> = used
            .enumerate()
            .map(|(number, variable)| (format!("v{number}"), json!(variable.insert)))
            .collect();
        let names: Vec<(String, Value)> = names.into_iter().collect();
        for some in names.chunks(150) {
            let some: Map<String, Value> = some.iter().cloned().collect();
            let flow =
                json!({"name": "all", "on": [kind.name()], "steps": [{"id": "all", "set": some}]});
            let plan = compile(&flow, &Words);
            let warnings = plan.map(|plan| plan.warnings);
            assert_eq!(warnings, Ok(Vec::new()), "{kind:?}");
        }
    }
}

#[test]
fn the_sample_of_an_ended_call_knows_everything_but_what_a_run_or_a_platform_adds() {
    let listed = variables::of(&sample(Kind::Ended));
    let unknown: Vec<&str> = listed
        .iter()
        .filter(|variable| !variable.known)
        .map(|variable| variable.path.as_str())
        .collect();
    let expected = [
        "phone_type",
        "execution_id",
        "flow_id",
        "flow_name",
        "phone_type",
        "analysis.transfer",
    ];
    assert_eq!(unknown, expected);
}

#[test]
fn names_that_cannot_exist_are_not_offered() {
    let paths = |kind| -> Vec<String> {
        variables::of(&sample(kind))
            .into_iter()
            .map(|variable| variable.path)
            .collect()
    };
    let dialing = paths(Kind::Dialing);
    assert!(dialing.iter().any(|path| path == "contact.first_name"));
    for path in dialing {
        for late in [
            "outcome",
            "answers",
            "args.",
            "tool.",
            "summary",
            "analysis.results",
        ] {
            assert!(!path.starts_with(late), "{path} at call.dialing");
        }
    }
    let tool = paths(Kind::ToolCalled);
    assert!(tool.iter().any(|path| path == "args.date"), "{tool:?}");
}

#[test]
fn an_odd_key_is_written_so_that_the_path_reads_back() {
    let mut told = samples::json(Kind::Dialing);
    let odd = "it's \"odd\" \\ \n.[0]";
    told["call"]["variables"] = json!({odd: "found", "status": "not ours"});
    let observation = calls::generic::read(told).unwrap();
    let mut event = sample(Kind::Dialing);
    event.call = std::sync::Arc::new(observation.call);
    let listed = variables::of(&event);
    let variable = listed.iter().find(|v| v.value == "found").unwrap();
    let expr = Expr::parse(&variable.path, "", Filters::default()).unwrap();
    let value = expr.eval(&event, &mut Report::default()).unwrap();
    assert_eq!(*value, "found");
    // The call's own `status` hides an input of that name.
    let bare = listed
        .iter()
        .filter(|v| v.path == "status" && v.group != "payload");
    assert_eq!(bare.map(|v| v.group).collect::<Vec<_>>(), ["call"]);
}

#[test]
fn an_event_told_again_reads_as_the_same_call() {
    for kind in Kind::ALL {
        let event = sample(kind);
        let told = calls::generic::read(samples::told(&event)).unwrap();
        let mut call = (*event.call).clone();
        call.tools.clear();
        assert_eq!(told.call, call, "{kind:?}");
        assert_eq!(told.tool, event.tool);
    }
}
