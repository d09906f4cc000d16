//! The connections that a `do` step uses: named beside `do`, or as `auth.connection` of a request, and a second one to fall back
//! on. Whether they exist is checked where the workspace's connections are known; a flow that is loaded again stays valid
//! without them.

use super::compile::Compiler;
use super::names::{shown, suggest};
use super::object::Object;
use super::{ActionSpec, Connection};
use serde_json::Value;

const MAX_NAME: usize = 200;
/// Where an action takes a second connection in its `with`.
pub(super) const SECOND: &str = "fallback_connection";

pub(super) fn read(
    compiler: &mut Compiler<'_>,
    step: &Object<'_>,
    spec: Option<&ActionSpec>,
) -> Option<String> {
    let beside = step.text("connection", MAX_NAME, &mut compiler.problems);
    let inside = step
        .get("with")
        .and_then(|with| with.pointer("/auth/connection"));
    let (name, at) = match (beside, inside) {
        (Some(name), _) => (Some(name), step.place("connection")),
        (None, Some(Value::String(name))) => {
            (Some(name.as_str()), step.place("with") + "/auth/connection")
        }
        (None, Some(_)) => {
            let at = step.place("with") + "/auth/connection";
            compiler.problem(at, "the name of a connection is a text");
            return None;
        }
        (None, None) => (None, step.place("connection")),
    };
    if let Some(spec) = spec {
        if name.is_some() && spec.connects.kinds.is_empty() {
            // Flows of an earlier time hold one where nothing was read: they go on as they did.
            compiler.warn(
                at,
                &format!("`{}` uses no connection: this one is ignored", spec.name),
            );
            return None;
        }
        check(compiler, spec, name, &at);
    }
    name.map(str::to_owned)
}

/// The one that an action with such a field goes through when the first one fails.
pub(super) fn second(
    compiler: &mut Compiler<'_>,
    step: &Object<'_>,
    spec: Option<&ActionSpec>,
) -> Option<String> {
    let spec = spec.filter(|spec| spec.fields.iter().any(|field| field.name == SECOND))?;
    let at = format!("{}/{SECOND}", step.place("with"));
    match step.get("with")?.get(SECOND)? {
        Value::Null => None,
        Value::String(name) => {
            check(compiler, spec, Some(name), &at);
            Some(name.clone())
        }
        _ => {
            compiler.problem(at, "the name of a connection is a text");
            None
        }
    }
}

fn check(compiler: &mut Compiler<'_>, spec: &ActionSpec, name: Option<&str>, at: &str) {
    let kinds = spec.connects.kinds;
    let Some(known) = compiler.schema.connections() else {
        return;
    };
    let fits = |known: &&Connection| kinds.contains(&known.kind.as_str());
    let listed = kinds.join("`, `");
    let Some(name) = name else {
        let fitting = known.iter().filter(fits).count();
        return match fitting {
            _ if !spec.connects.required => {}
            1 => {}
            0 => compiler.warn(
                at,
                &format!(
                    "`{}` needs a connection of kind `{listed}`, and there is none yet",
                    spec.name
                ),
            ),
            _ => {
                let names: Vec<_> = known.iter().filter(fits).map(|c| shown(&c.name)).collect();
                let names = names.join(", ");
                compiler.problem(at, &format!("name one of the connections {names}"));
            }
        };
    };
    match known
        .iter()
        .find(|known| known.name == name || known.id == name)
    {
        Some(found) if !fits(&found) => compiler.problem(
            at,
            &format!(
                "{} is a connection of kind `{}`; `{}` uses `{listed}`",
                shown(name),
                found.kind,
                spec.name
            ),
        ),
        Some(_) => {}
        None => {
            let near = suggest(
                name,
                known.iter().filter(fits).map(|known| known.name.as_str()),
            );
            compiler.problem(at, &format!("there is no connection {}{near}", shown(name)));
        }
    }
}
