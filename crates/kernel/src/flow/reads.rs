//! Whether the paths that a flow reads can exist where it reads them, and which names it may write. Names that the kernel
//! itself supplies are decided here, all others by the schema.

use super::compile::{Compiler, MAX_PROBLEMS};
use super::fields::OUTPUT;
use super::names::{below, is_variable, key, shown, suggest, written};
use super::trigger::ENDED;
use super::{Known, Schema};
use crate::Problem;
use crate::lang::{Filters, Path, Place, Template};
use serde_json::Value;
use std::collections::HashMap;

/// Names that every run knows.
pub(crate) const SYSTEM: &[&str] = &[
    "execution_id",
    "flow_id",
    "flow_name",
    "workspace_id",
    "workspace_name",
    "now",
];
/// Names that exist only in certain places; none of them may be saved over.
const PLACED: &[&str] = &[
    "steps", "secrets", "error", "item", "index", "body", "status", "headers",
];

/// One path read at one place of the document.
pub(super) struct Read {
    pub(super) path: Path,
    pub(super) at: String,
    pub(super) sight: Sight,
}

/// What a place sees besides the common scope.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sight {
    /// The step's own `body`, `status` and `headers`, in `save`.
    pub(super) own: bool,
    /// `error`, in `on_failure`.
    pub(super) error: bool,
    pub(super) secrets: bool,
}

enum Verdict {
    Fine,
    Wrong(String),
    Doubtful(String),
}

/// Why a name may not be set or saved.
pub(super) fn refused_name(name: &str, schema: &dyn Schema) -> Option<String> {
    if !is_variable(name) {
        return Some(format!(
            "{} is no name: a letter or `_`, then letters, digits and `_`, at most 64",
            shown(name)
        ));
    }
    let root = Path {
        root: name.to_owned(),
        rest: Vec::new(),
        view: false,
    };
    let known = |kind: &&str| !matches!(schema.variable(&root, kind), Known::Unknown(_));
    let reserved =
        SYSTEM.contains(&name) || PLACED.contains(&name) || schema.kinds().iter().any(known);
    reserved.then(|| format!("`{name}` is a reserved name: save under another one"))
}

/// Adds what cannot be to the problems; gives the warnings, and whether the flow waits for the call to be settled.
pub(super) fn check(compiler: &mut Compiler<'_>, kinds: &[String]) -> (Vec<Problem>, bool) {
    let mut warnings: Vec<Problem> = Vec::new();
    let mut wrong: Vec<Problem> = Vec::new();
    let mut settles = false;
    for read in &compiler.reads {
        let (list, message) = match verdict(compiler, read, kinds, &mut settles) {
            Verdict::Fine => continue,
            Verdict::Wrong(message) => (&mut wrong, message),
            Verdict::Doubtful(message) => (&mut warnings, message),
        };
        let problem = Problem::new(&read.at, message);
        if list.len() < MAX_PROBLEMS && !list.contains(&problem) {
            list.push(problem);
        }
    }
    compiler.problems.append(&mut wrong);
    (warnings, settles)
}

fn verdict(compiler: &Compiler<'_>, read: &Read, kinds: &[String], settles: &mut bool) -> Verdict {
    let path = &read.path;
    let sight = read.sight;
    match path.root.as_str() {
        "steps" => step_output(compiler, path),
        "secrets" if path.rest.is_empty() => {
            Verdict::Wrong("name the secret: `secrets.<name>`".into())
        }
        "secrets" if sight.secrets => Verdict::Fine,
        "secrets" => Verdict::Wrong(format!(
            "`{}` may stand only in a field that leaves in a request (URL, query, headers, body, auth): here it would be stored",
            written(path)
        )),
        "error" if sight.error => Verdict::Fine,
        "error" => Verdict::Wrong("`error` is known only in `on_failure`".into()),
        "item" | "index" => Verdict::Wrong(format!("`{}` is known only in a loop", path.root)),
        "body" | "headers" | "status" if sight.own => Verdict::Fine,
        root if SYSTEM.contains(&root) || compiler.names.contains(root) => Verdict::Fine,
        _ => by_schema(compiler.schema, path, kinds, settles),
    }
}

/// A path must be possible at one of the flow's kinds; at the others it is missing, which is worth a warning.
fn by_schema(schema: &dyn Schema, path: &Path, kinds: &[String], settles: &mut bool) -> Verdict {
    let mut never = None;
    let mut unknown = None;
    let mut possible = false;
    for kind in kinds {
        match schema.variable(path, kind) {
            Known::Yes => possible = true,
            Known::Late => {
                possible = true;
                *settles |= kind == ENDED;
            }
            Known::Never(reason) => never = never.or(Some((kind, reason))),
            Known::Unknown(near) => unknown = unknown.or(Some(near)),
        }
    }
    let name = written(path);
    match (never, unknown) {
        (Some((kind, reason)), _) if possible => {
            Verdict::Doubtful(format!("`{name}` is missing at {kind}: {reason}"))
        }
        (Some((_, reason)), _) => Verdict::Wrong(format!("`{name}` cannot exist here: {reason}")),
        (None, Some(near)) if !possible => {
            let near = near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            Verdict::Doubtful(format!("`{name}` is not a name that is known here{near}"))
        }
        _ => Verdict::Fine,
    }
}

fn step_output(compiler: &Compiler<'_>, path: &Path) -> Verdict {
    let Some(id) = path.rest.first().map(key) else {
        return Verdict::Fine;
    };
    match (compiler.ids.get(&id), path.rest.get(1).map(key)) {
        (None, _) => {
            let near = suggest(&id, compiler.ids.keys().map(String::as_str));
            Verdict::Wrong(format!("there is no step {}{near}", shown(&id)))
        }
        (Some(false), _) => {
            Verdict::Wrong(format!("step `{id}` leaves no output: only `do` steps do"))
        }
        (Some(true), Some(field)) if !OUTPUT.contains(&field.as_str()) => {
            let near = suggest(&field, OUTPUT.iter().copied());
            Verdict::Wrong(format!("a step's output has no {}{near}", shown(&field)))
        }
        _ => Verdict::Fine,
    }
}

/// Where in a JSON tree each path is read first, so that a problem points at the text and not at the whole tree.
pub(super) fn find(value: &Value, at: &str, filters: Filters, places: &mut HashMap<Path, String>) {
    match value {
        Value::String(_) => {
            let template = Template::compile(value, Place::Text, at, filters, &mut Vec::new());
            for path in template.paths() {
                places.entry(path).or_insert_with(|| at.to_owned());
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find(item, &format!("{at}/{index}"), filters, places);
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                find(value, &below(at, name), filters, places);
            }
        }
        _ => {}
    }
}
