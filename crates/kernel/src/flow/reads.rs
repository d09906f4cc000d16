//! Whether the paths that a flow reads can exist where it reads them, and which names it may write. Names that the kernel
//! itself supplies are decided here, all others by the schema.

use super::compile::{Compiler, MAX_PROBLEMS};
use super::names::{is_variable, key, shown, suggest, written};
use super::trigger::{ENDED, WATCHES};
use super::{Known, Schema};
use crate::lang::{Filters, Path, Place, Template};
use crate::problem::{Problem, below};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

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

/// Whether a run gives this name, somewhere in its flow or everywhere, whatever its event.
pub fn supplied(name: &str) -> bool {
    SYSTEM.contains(&name) || PLACED.contains(&name)
}

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
    /// `error`, in `catch` and `on_failure`.
    pub(super) error: bool,
    pub(super) secrets: bool,
    /// The path begins with the item or the index of a loop around it.
    pub(super) looped: bool,
}

/// What a step leaves for later ones.
pub(super) struct Leaves {
    pub(super) fields: &'static [&'static str],
    /// The place of the loop outside of which it is gone.
    pub(super) scope: String,
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
    is_reserved(name, schema)
        .then(|| format!("`{name}` is a reserved name: save under another one"))
}

/// Whether a name belongs to the kernel or to the events.
pub(super) fn is_reserved(name: &str, schema: &dyn Schema) -> bool {
    let root = Path {
        root: name.to_owned(),
        rest: Vec::new(),
        view: false,
    };
    // Of a name that is unknown at one kind the nearest known one is looked for: that is asked once, not at each kind.
    let kind = schema.kinds().first();
    let known = |kind: &&str| !matches!(schema.variable(&root, kind), Known::Unknown(_));
    SYSTEM.contains(&name) || PLACED.contains(&name) || kind.is_some_and(known)
}

/// Adds what cannot be to the problems, and what is doubtful to the warnings; says whether anything is read that is known
/// only once a call that has ended is settled.
pub(super) fn check(compiler: &mut Compiler<'_>, kinds: &[String]) -> bool {
    let mut warnings: Vec<Problem> = std::mem::take(&mut compiler.warnings);
    let mut wrong: Vec<Problem> = Vec::new();
    let mut late = false;
    for read in &compiler.reads {
        let (list, message) = match verdict(compiler, read, kinds, &mut late) {
            Verdict::Fine => continue,
            Verdict::Wrong(message) => (&mut wrong, message),
            Verdict::Doubtful(message) => (&mut warnings, message),
        };
        let problem = Problem::new(&read.at, message);
        if list.len() < MAX_PROBLEMS && !list.contains(&problem) {
            list.push(problem);
        }
    }
    for (name, at) in &compiler.items {
        if compiler.names.contains_key(name) {
            let message = format!("`{name}` is also saved by a step: give `as` another name");
            wrong.push(Problem::new(at, message));
        }
    }
    compiler.problems.append(&mut wrong);
    compiler.warnings = warnings;
    late
}

fn verdict(compiler: &Compiler<'_>, read: &Read, kinds: &[String], late: &mut bool) -> Verdict {
    let path = &read.path;
    let sight = read.sight;
    match path.root.as_str() {
        _ if sight.looped => Verdict::Fine,
        "steps" => step_output(compiler, read),
        "secrets" if path.rest.is_empty() => {
            Verdict::Wrong("name the secret: `secrets.<name>`".into())
        }
        "secrets" if sight.secrets => Verdict::Fine,
        "secrets" => Verdict::Wrong(format!(
            "`{}` may stand only in a field that leaves in a request (URL, query, headers, body, auth): here it would be stored",
            written(path)
        )),
        "error" if sight.error => Verdict::Fine,
        "error" if !kinds.iter().any(|kind| WATCHES.contains(&kind.as_str())) => {
            Verdict::Wrong("`error` is known only in `catch` and in `on_failure`".into())
        }
        "item" | "index" => Verdict::Wrong(format!("`{}` is known only in a loop", path.root)),
        "body" | "headers" | "status" if sight.own => Verdict::Fine,
        root if SYSTEM.contains(&root) => Verdict::Fine,
        root if compiler.names.contains_key(root) => saved(&compiler.names[root], read),
        _ => {
            *late |= compiler.schema.variable(path, ENDED) == Known::Late;
            by_schema(compiler.schema, path, kinds)
        }
    }
}

/// A path must be possible at one of the flow's kinds; at the others it is missing, which is worth a warning.
fn by_schema(schema: &dyn Schema, path: &Path, kinds: &[String]) -> Verdict {
    let mut never = None;
    let mut unknown = None;
    let mut possible = false;
    for kind in kinds {
        match schema.variable(path, kind) {
            Known::Yes | Known::Late => possible = true,
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

/// A name saved inside a loop is gone behind it.
fn saved(scopes: &BTreeSet<String>, read: &Read) -> Verdict {
    if scopes
        .iter()
        .any(|scope| read.at.starts_with(scope.as_str()))
    {
        return Verdict::Fine;
    }
    Verdict::Doubtful(format!(
        "`{}` is saved inside a loop and gone behind it: name it in the loop's `collect`",
        read.path.root
    ))
}

fn step_output(compiler: &Compiler<'_>, read: &Read) -> Verdict {
    let path = &read.path;
    let Some(id) = path.rest.first().map(key) else {
        return Verdict::Fine;
    };
    match (compiler.ids.get(&id), path.rest.get(1).map(key)) {
        (None, _) => {
            let near = suggest(&id, compiler.ids.keys().map(String::as_str));
            Verdict::Wrong(format!("there is no step {}{near}", shown(&id)))
        }
        (Some(leaves), _) if leaves.fields.is_empty() => {
            Verdict::Wrong(format!("step `{id}` leaves no output"))
        }
        (Some(leaves), _) if !read.at.starts_with(&leaves.scope) => Verdict::Wrong(format!(
            "step `{id}` stands inside a loop and its output is gone behind it: name it in the loop's `collect`"
        )),
        (Some(leaves), Some(field)) if !leaves.fields.contains(&field.as_str()) => {
            let near = suggest(&field, leaves.fields.iter().copied());
            Verdict::Wrong(format!(
                "the output of step `{id}` has no {}{near}",
                shown(&field)
            ))
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
