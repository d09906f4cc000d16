//! Reading a recipe's document: its own fields first, then its holes, then the flows that come of it.

use super::fields::{CATEGORIES, RECIPE};
use super::input::Input;
use super::{Recipe, check};
use crate::Problem;
use crate::flow::names::{shown, suggest};
use crate::flow::object::{Object, kind};
use crate::flow::{Schema, compile, slug};
use serde_json::{Map, Value};
use std::collections::HashSet;

const MAX_NAME: usize = 200;
const MAX_DESCRIPTION: usize = 2_000;
const MAX_ICON: usize = 40;
const MAX_INPUTS: usize = 50;
const MAX_CASES: usize = 50;
/// What a flow has of its own, and no recipe can say for it.
const OWN: [&str; 4] = ["$schema", "key", "enabled", "cases"];

pub(super) fn recipe(
    document: &Value,
    schema: &dyn Schema,
    problems: &mut Vec<Problem>,
) -> Option<Recipe> {
    let object = Object::strict(document, "", "a recipe", RECIPE, problems)?;
    for name in ["key", "name", "description", "category", "flow"] {
        if object.get(name).is_none() {
            problems.push(Problem::new(
                object.place(name),
                format!("a recipe needs a `{name}`"),
            ));
        }
    }
    object.text("$schema", MAX_NAME, problems);
    let key = object.text("key", slug::MAX, problems).unwrap_or_default();
    if !key.is_empty() && !slug::is_slug(key) {
        let message = format!(
            "a `key` is small letters, digits and single hyphens, such as {}, not {}",
            shown(&slug::of(key)),
            shown(key)
        );
        problems.push(Problem::new("/key", message));
    }
    let category = object
        .text("category", MAX_NAME, problems)
        .unwrap_or_default();
    if !category.is_empty() && !CATEGORIES.contains(&category) {
        let near = suggest(category, CATEGORIES.iter().copied());
        let message = format!(
            "{} is none of {}{near}",
            shown(category),
            CATEGORIES.join(", ")
        );
        problems.push(Problem::new("/category", message));
    }
    let mut text = |name, most| {
        object
            .text(name, most, problems)
            .unwrap_or_default()
            .to_owned()
    };
    let (name, description) = (text("name", MAX_NAME), text("description", MAX_DESCRIPTION));
    let icon = object.text("icon", MAX_ICON, problems);
    Some(Recipe {
        key: key.to_owned(),
        name,
        description,
        category: category.to_owned(),
        icon: icon.map(str::to_owned),
        inputs: inputs(&object, schema, problems),
        flow: flow(&object, problems),
        cases: list(&object, "cases", MAX_CASES, problems).to_vec(),
    })
}

fn list<'d>(
    object: &Object<'d>,
    name: &str,
    most: usize,
    problems: &mut Vec<Problem>,
) -> &'d [Value] {
    match object.get(name) {
        None => &[],
        Some(Value::Array(list)) if list.len() <= most => list,
        Some(_) => {
            let message = format!("`{name}` must be a list of at most {most}");
            problems.push(Problem::new(object.place(name), message));
            &[]
        }
    }
}

fn inputs(object: &Object<'_>, schema: &dyn Schema, problems: &mut Vec<Problem>) -> Vec<Input> {
    let mut inputs: Vec<Input> = Vec::new();
    let mut names = HashSet::new();
    for (n, value) in list(object, "inputs", MAX_INPUTS, problems)
        .iter()
        .enumerate()
    {
        let at = format!("/inputs/{n}");
        let Some(input) = Input::read(value, &at, schema.filters(), problems) else {
            continue;
        };
        if !names.insert(input.name.clone()) {
            let message = format!("the name `{}` is taken by an earlier input", input.name);
            problems.push(Problem::new(format!("{at}/name"), message));
        }
        inputs.push(input);
    }
    inputs
}

fn flow(object: &Object<'_>, problems: &mut Vec<Problem>) -> Value {
    let Some(flow) = object.get("flow") else {
        return Value::Null;
    };
    let Some(members) = flow.as_object() else {
        let message = format!("`flow` must be an object, not {}", kind(flow));
        problems.push(Problem::new("/flow", message));
        return Value::Null;
    };
    for name in OWN.into_iter().filter(|name| members.contains_key(*name)) {
        let message = match name {
            "cases" => "the cases of a recipe stand beside its `flow`, under `cases`",
            _ => "each flow that is made of the recipe has its own: leave it out here",
        };
        problems.push(Problem::new(format!("/flow/{name}"), message));
    }
    flow.clone()
}

pub(super) fn checked(document: &Value, schema: &dyn Schema) -> Result<Recipe, Vec<Problem>> {
    let mut problems = Vec::new();
    let Some(recipe) = recipe(document, schema, &mut problems) else {
        return Err(problems);
    };
    // An input that is wrong is no reason to say that its holes are.
    let all = object_len(document) == recipe.inputs.len();
    if all && recipe.flow.is_object() {
        check::holes(&recipe.flow, &recipe.inputs, schema, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let tries = [
        (recipe.samples(), "with its examples"),
        (least(&recipe), "with nothing that may be left out"),
    ];
    for (values, how) in tries {
        let flow = recipe.install(&values, schema)?;
        if let Err(wrong) = compile(&flow, schema) {
            let below = wrong.into_iter().map(|problem| {
                let message = format!("{} (filled {how})", problem.message);
                Problem::new(format!("/flow{}", problem.path), message)
            });
            return Err(below.collect());
        }
    }
    Ok(recipe)
}

fn object_len(document: &Value) -> usize {
    document["inputs"].as_array().map_or(0, Vec::len)
}

/// Only what must be given.
fn least(recipe: &Recipe) -> Map<String, Value> {
    let needed = recipe
        .inputs
        .iter()
        .filter(|input| input.required && input.default.is_none());
    needed
        .map(|input| (input.name.clone(), input.sample()))
        .collect()
}
