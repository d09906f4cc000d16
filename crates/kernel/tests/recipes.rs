//! Recipes: what is wrong with one is said with its place; what is put into a hole stays data; a flow becomes a recipe and the
//! same flow again.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::Problem;
use kernel::recipe::{About, JSON_SCHEMA, Recipe, Type, fields, from_flow};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use world::World;

fn recipe(inputs: Value, step: Value) -> Value {
    json!({ "key": "a", "name": "A", "description": "Does a thing.", "category": "crm", "inputs": inputs,
        "flow": { "name": "A", "on": ["call.ended"], "steps": [step] } })
}

fn problems(document: &Value) -> Vec<String> {
    let checked = Recipe::check(document, &World::new());
    let shown = |problem: Problem| format!("{}: {}", problem.path, problem.message);
    checked
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(shown)
        .collect()
}

#[track_caller]
fn installed(document: &Value, inputs: Value) -> Value {
    let world = World::new();
    let recipe = Recipe::check(document, &world).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let inputs = inputs.as_object().unwrap();
    let flow = recipe.install(inputs, &world);
    let flow = flow.unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    assert_eq!(world::problems(&flow), [""; 0], "{flow:#}");
    flow["steps"][0].clone()
}

fn http(json: Value) -> Value {
    json!({ "id": "a", "do": "http.request", "with": { "url": "https://example.com/", "json": json } })
}

#[test]
fn a_whole_value_keeps_its_type_and_is_absent_where_nothing_is_given() {
    let document = recipe(
        json!([{ "name": "n", "label": "N", "type": "number" }, { "name": "data", "label": "D", "type": "json" },
            { "name": "who", "label": "W", "type": "agents", "default": ["Sarah"] }]),
        http(
            json!({ "n": { "$input": "n" }, "data": { "$input": "data" }, "who": { "$input": "who" }, "$$input": 1, "x": { "$$input": "n" } }),
        ),
    );
    let given = json!({ "n": 2.5, "data": { "text": "{{ a }}", "list": [true, "${b}"] } });
    assert_eq!(
        installed(&document, given)["with"]["json"],
        json!({ "n": 2.5, "data": { "text": "{{ '{{' }} a }}", "list": [true, "$${b}"] }, "who": ["Sarah"], "$$input": 1, "x": { "$input": "n" } })
    );
    assert_eq!(
        installed(&document, json!({ "n": null }))["with"]["json"],
        json!({ "who": ["Sarah"], "$$input": 1, "x": { "$input": "n" } })
    );
}

#[test]
fn what_is_given_stays_data_unless_its_type_says_template() {
    let document = recipe(
        json!([{ "name": "said", "label": "S", "type": "long_text", "required": true },
            { "name": "greeting", "label": "G", "type": "template", "required": true }]),
        http(
            json!({ "a": "{{ caller_number }}: [[said]] {[[said]]", "b": { "$input": "said" }, "c": "[[greeting]]!", "d": { "$input": "greeting" },
            "e": "{{ [[said]] | json }}", "f": "{{ 'it is [[said]]' }}", "g": "[[!said]]" }),
        ),
    );
    let given = json!({ "said": "{{ secrets.crm }} [[greeting]] it's", "greeting": "Hi {{ contact.first_name }} [[said]]" });
    assert_eq!(
        installed(&document, given)["with"]["json"],
        json!({
            "a": "{{ caller_number }}: {{ '{{' }} secrets.crm }} [[greeting]] it's {{ '{{' }}{ secrets.crm }} [[greeting]] it's",
            "b": "{{ '{{' }} secrets.crm }} [[greeting]] it's",
            "c": "Hi {{ contact.first_name }} [[said]]!",
            "d": "Hi {{ contact.first_name }} [[said]]",
            "e": r"{{ '{{ secrets.crm }} [[greeting]] it\'s' | json }}",
            "f": r"{{ 'it is {{ secrets.crm }} [[greeting]] it\'s' }}",
            "g": "[[said]]",
        })
    );
}

#[test]
fn values_stand_in_conditions_as_the_language_writes_them() {
    let document = json!({ "key": "a", "name": "A", "description": "D", "category": "crm",
        "inputs": [{ "name": "least", "label": "L", "type": "number", "required": true }, { "name": "word", "label": "W", "type": "text" },
            { "name": "yes", "label": "Y", "type": "boolean", "default": false }, { "name": "who", "label": "W", "type": "campaigns" },
            { "name": "also", "label": "A", "type": "condition", "default": "true" }],
        "flow": { "name": "A [[word]]", "on": ["call.ended"], "where": { "campaigns": { "$input": "who" }, "if": "outcome.budget >= [[least]] and [[yes]] != (campaign_name in [[who]])" },
            "steps": [{ "id": "a", "if": { "$input": "also" }, "then": [{ "id": "b", "do": "http.request", "if": "not [[also]]", "with": { "url": "https://example.com/" } }, { "id": "c", "set": { "x": "{{ outcome.a == [[word]] }}" } }] }] } });
    let world = World::new();
    let recipe = Recipe::check(&document, &world).unwrap();
    let install = |given: Value| recipe.install(given.as_object().unwrap(), &world).unwrap();
    let flow = install(
        json!({ "least": -5, "word": "it's", "who": ["a'b", "c"], "also": "duration > 5" }),
    );
    assert_eq!(
        flow["where"],
        json!({ "campaigns": ["a'b", "c"], "if": "outcome.budget >= -5 and false != (campaign_name in ['a\\'b', 'c'])" })
    );
    assert_eq!(flow["name"], "A it's");
    assert_eq!(flow["steps"][0]["if"], "duration > 5");
    assert_eq!(flow["steps"][0]["then"][0]["if"], "not (duration > 5)");
    assert_eq!(
        flow["steps"][0]["then"][1]["set"]["x"],
        "{{ outcome.a == 'it\\'s' }}"
    );
    let flow = install(json!({ "least": 0 }));
    assert_eq!(
        flow["where"],
        json!({ "if": "outcome.budget >= 0 and false != (campaign_name in null)" })
    );
    assert_eq!(
        flow["steps"][0]["then"][1]["set"]["x"],
        "{{ outcome.a == null }}"
    );
}

#[test]
fn secrets_and_connections_go_in_by_name() {
    let document = recipe(
        json!([{ "name": "key", "label": "K", "type": "secret", "required": true },
            { "name": "account", "label": "A", "type": "connection", "kinds": ["bearer"], "required": true }]),
        json!({ "id": "a", "do": "http.request", "connection": { "$input": "account" },
            "with": { "url": { "$input": "key" }, "headers": { "x-key": "Key {{ secrets.[[key]] }}" } } }),
    );
    let step = installed(
        &document,
        json!({ "key": "crm_key", "account": "My {{ CRM }}" }),
    );
    assert_eq!(step["connection"], "My {{ CRM }}");
    assert_eq!(
        step["with"],
        json!({ "url": "{{ secrets.crm_key }}", "headers": { "x-key": "Key {{ secrets.crm_key }}" } })
    );
}

#[test]
fn all_that_is_wrong_with_a_recipe_is_said_at_once_with_its_place() {
    let document = json!({
        "key": "Not a slug", "name": "", "category": "webhook", "colour": "red",
        "inputs": [{ "name": "1", "type": "text" }, { "name": "ok", "label": "L", "type": "txt" },
            { "name": "c", "label": "L", "type": "choice" }, { "name": "d", "label": "L", "type": "text", "kinds": ["smtp"] },
            { "name": "e", "label": "L", "type": "url", "default": "example.com" }, 5],
        "flow": { "key": "a", "cases": [] },
    });
    let said = problems(&document).join("\n");
    for wanted in [
        "/key: a `key` is small letters, digits and single hyphens, such as `not-a-slug`, not `Not a slug`",
        "/name: `name` must not be empty",
        "/description: a recipe needs a `description`",
        "/category: `webhook` is none of",
        "did you mean `webhooks`?",
        "/colour: a recipe has no field `colour`",
        "/inputs/0/label: an input needs a `label`",
        "/inputs/0/name: `1` is no name",
        "/inputs/1/type: `type` must be",
        "/inputs/2/choices: an input of the type `choice` names its `choices`",
        "/inputs/3/kinds: `kinds` does not go with the type `text`",
        "/inputs/4/default: `example.com` is no address",
        "/inputs/5: an input must be an object",
        "/flow/key: each flow",
        "/flow/cases: the cases of a recipe stand beside its `flow`",
    ] {
        assert!(said.contains(wanted), "{wanted} is missing in\n{said}");
    }
}

#[test]
fn a_hole_that_would_not_hold_is_refused_where_it_stands() {
    let inputs = json!([{ "name": "key", "label": "K", "type": "secret", "required": true },
        { "name": "maybe", "label": "M", "type": "secret" }, { "name": "text", "label": "T", "type": "text" },
        { "name": "data", "label": "D", "type": "json" }, { "name": "tpl", "label": "T", "type": "template" },
        { "name": "unused", "label": "U", "type": "text" }]);
    let step = json!({ "id": "a", "note": "[[tpl]]", "do": "http.request", "if": "[[data]] == 1 and secrets.[[text]]", "with": { "url": "https://example.com/[[texts]]",
        "headers": { "[[text]]": "[[key]]" }, "json": { "a": { "$input": 5 }, "b": "{{ [[key]] }} {{ '[[tpl]]' }} {{ secrets.[[maybe]] }}" } } });
    let said = problems(&recipe(inputs, step)).join("\n");
    for wanted in [
        "/flow/steps/0/with/json/b: `maybe` may be left out",
        "/inputs/5: nothing in the flow takes `unused`",
        "/flow/steps/0/note: no placeholder works here, so `tpl`",
        "/flow/steps/0/if: `data` is a `json`, which cannot stand inside an expression",
        "/flow/steps/0/if: `text` names a secret here",
        "/flow/steps/0/with/url: there is no input `texts`; did you mean `text`?",
        "/flow/steps/0/with/headers/[[text]]: the name of a member cannot have a hole",
        "/flow/steps/0/with/headers/[[text]]: the value of a secret is written {{ secrets.[[key]] }}",
        "/flow/steps/0/with/json/a: `$input` must be the name of an input",
        "/flow/steps/0/with/json/b: in an expression a secret is written `secrets.[[key]]`",
        "/flow/steps/0/with/json/b: `tpl` is a `template`",
    ] {
        assert!(said.contains(wanted), "{wanted} is missing in\n{said}");
    }
}

#[test]
fn nothing_that_is_given_becomes_a_part_of_a_program_or_of_the_flow() {
    let inputs = json!([{ "name": "text", "label": "T", "type": "text", "default": "x" },
        { "name": "data", "label": "D", "type": "json", "default": {} }]);
    let code = |code: Value, given: Value| json!({ "id": "a", "do": "code.run", "with": { "code": code, "inputs": given } });
    let sound = code(
        json!("return '[[!text]]' + inputs.t"),
        json!({ "t": { "$input": "text" }, "d": "{{ [[text]] }}", "more": { "$input": "data" } }),
    );
    assert_eq!(problems(&recipe(inputs.clone(), sound)), [""; 0]);
    let hole = json!({ "$input": "data" });
    let every = json!({ "t": "[[text]]", "d": hole });
    let url = "https://example.com/";
    for (step, at) in [
        (
            code(json!("return '[[text]]'"), every.clone()),
            "0/with/code",
        ),
        (code(json!({ "$input": "text" }), every), "0/with/code"),
        (
            json!({ "id": "a", "do": "http.request", "with": hole, "note": "[[text]]" }),
            "0/with",
        ),
        (
            json!({ "id": "a", "do": "[[text]]", "with": { "url": url, "json": hole } }),
            "0/do",
        ),
        (
            json!({ "id": "a", "do": { "$input": "text" }, "with": { "url": url, "json": hole } }),
            "0/do",
        ),
        (
            json!({ "id": "a", "if": "[[text]] == 'x'", "then": hole }),
            "0/then",
        ),
        (
            json!({ "id": "a", "if": "[[text]] == 'x'", "then": [hole] }),
            "0/then/0",
        ),
        (
            json!({ "id": "a", "note": "[[text]]", "parallel": [hole] }),
            "0/parallel/0",
        ),
        (
            json!({ "id": "a", "note": "[[text]]", "wait": hole }),
            "0/wait",
        ),
    ] {
        let said = problems(&recipe(inputs.clone(), step.clone()));
        let wanted = format!("/flow/steps/{at}: `");
        let says =
            |said: &String| said.starts_with(&wanted) && said.contains("would become a part");
        assert!(said.iter().any(says), "{step}: {said:?}");
    }
    let mut whole = recipe(inputs, http(json!("[[text]]")));
    whole["flow"]["where"] = hole;
    assert!(problems(&whole)[0].starts_with("/flow/where: `data` would become a part"));
}

#[test]
fn a_flow_that_does_not_compile_with_samples_is_refused_with_its_path() {
    let inputs = json!([{ "name": "s", "label": "S", "type": "number" }]);
    let mut step = http(json!({}));
    step["timeout_s"] = json!({ "$input": "s" });
    step["with"]["json"] = "{{ outcom.x }}".into();
    step["save"] = json!({ "duration": "x" });
    let said = problems(&recipe(inputs, step));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("/flow/steps/0/save/duration: ")
            && said[0].ends_with("(filled with its examples)"),
        "{said:?}"
    );
}

#[test]
fn inputs_are_checked_by_their_types_all_at_once() {
    let names = Type::names();
    let inputs: Vec<Value> = names
        .iter()
        .map(|kind| {
            let mut input =
                json!({ "name": kind, "label": kind, "type": kind, "required": *kind == "text" });
            match *kind {
                "choice" => input["choices"] = json!(["a", { "value": "b", "label": "Bee" }]),
                "connection" => input["kinds"] = json!(["smtp"]),
                _ => {}
            }
            input
        })
        .collect();
    let holes: Map<String, Value> = names
        .iter()
        .filter(|kind| !["connection", "condition"].contains(*kind))
        .map(|kind| ((*kind).to_owned(), json!({ "$input": kind })))
        .collect();
    let mut step = http(holes.into());
    step["connection"] = json!({ "$input": "connection" });
    step["if"] = json!({ "$input": "condition" });
    let world = World::new();
    let recipe = Recipe::check(&recipe(inputs.into(), step), &world).unwrap();
    let refusals = |given: Value| -> Vec<String> {
        let refused = recipe.install(given.as_object().unwrap(), &world);
        let refused = refused.err().unwrap_or_default().into_iter();
        refused
            .map(|problem| format!("{}: {}", problem.path, problem.message))
            .collect()
    };
    for (kind, good, bad) in [
        ("text", json!("a"), json!("a\nb")),
        ("long_text", json!("a\nb"), json!(5)),
        (
            "template",
            json!("{{ outcome.a }}"),
            json!("{{ outcome. }}"),
        ),
        ("condition", json!("duration > 5"), json!("duration >")),
        ("number", json!(-1.5), json!("5")),
        ("boolean", json!(false), json!("true")),
        ("choice", json!("b"), json!("Bee")),
        (
            "url",
            json!("http://localhost:8080"),
            json!("javascript:alert(1)"),
        ),
        ("phone", json!("+14155550100"), json!("4155550100")),
        (
            "email",
            json!("Ada <ada@example.com>"),
            json!("ada@example.com, b@example.com"),
        ),
        ("secret", json!("crm_key"), json!("crm-key")),
        ("connection", json!("Mail"), json!(["Mail"])),
        ("agents", json!(["Sarah"]), json!("Sarah")),
        ("campaigns", json!([]), json!([""])),
        ("json", json!([1, { "a": null }]), json!("x".repeat(70_000))),
    ] {
        let mut given = json!({ "text": "a" });
        given[kind] = good;
        assert_eq!(refusals(given.clone()), [""; 0], "{kind}");
        given[kind] = bad;
        let refused = refusals(given);
        assert!(
            refused.len() == 1 && refused[0].starts_with(&format!("/inputs/{kind}: ")),
            "{kind} {refused:?}"
        );
    }
    assert_eq!(
        refusals(json!({ "texts": 1, "url": "x" })),
        [
            "/inputs/texts: the recipe has no input `texts`; did you mean `text`?",
            "/inputs/text: is needed: text",
            "/inputs/url: `x` is no address such as `https://example.com/leads`",
        ]
    );
    assert_eq!(refusals(json!({ "text": "" })).len(), 1);
}

#[test]
fn a_flow_becomes_a_recipe_and_the_same_flow_again() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples/");
    let world = World::new();
    for name in [
        "crm-lead",
        "support-ticket",
        "appointment",
        "sales-workflow",
    ] {
        let text = std::fs::read_to_string(format!("{folder}{name}.json")).unwrap();
        let mut flow: Value = serde_json::from_str(&text).unwrap();
        kernel::flow::complete_ids(&mut flow);
        let document = from_flow(&flow, About::default(), &world);
        let recipe = Recipe::check(&document, &world)
            .unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}\n{document:#}"));
        assert!(!recipe.inputs.is_empty());
        assert!(!document["flow"].to_string().contains("secrets.api_key"));
        let again = recipe.install(&recipe.samples(), &world).unwrap();
        flow.as_object_mut().unwrap().shift_remove("cases");
        assert_eq!(again, flow, "{name}");
    }
}

#[test]
fn a_flow_with_everything_that_looks_like_a_hole_survives_being_a_recipe() {
    let world = World::new();
    let flow = json!({ "key": "own", "name": "[[a]] [[!b]]", "note": "For [[c]]", "enabled": false, "on": ["call.ended"],
        "where": { "agents": ["Sarah"], "campaigns": ["K"], "if": "outcome.a == '[[a]]'" },
        "steps": [{ "id": "a", "do": "http.request", "connection": "My CRM!", "with": { "url": "https://example.com/[[a]]",
            "headers": { "x": "{{ secrets.crm_key }}{{ secrets['crm_key'] }}${secrets.other}" },
            "json": { "a": { "$input": "a" }, "b": { "$$input": 1 }, "c": "$${[[a]] {{ '[[a]]' }} { [[[a]]] $", "d": "{{ secrets.crm_key }}" } } },
            { "id": "b", "do": "http.request", "connection": "My CRM!", "with": { "url": "https://example.com/" } }] });
    let document = from_flow(&flow, About::default(), &world);
    let recipe =
        Recipe::check(&document, &world).unwrap_or_else(|wrong| panic!("{wrong:#?}\n{document:#}"));
    let names: Vec<&str> = recipe
        .inputs
        .iter()
        .map(|input| input.name.as_str())
        .collect();
    assert_eq!(names, ["my_crm", "crm_key", "other", "agents", "campaigns"]);
    let mut inputs = recipe.samples();
    inputs.insert("my_crm".into(), "My CRM!".into());
    let again = recipe.install(&inputs, &world).unwrap();
    let mut flow = flow;
    for own in ["key", "enabled"] {
        flow.as_object_mut().unwrap().shift_remove(own);
    }
    flow["steps"][0]["with"]["headers"]["x"] =
        "{{ secrets.crm_key }}{{ secrets.crm_key }}{{ secrets.other }}".into();
    assert_eq!(again, flow);
}

#[test]
fn the_json_schema_names_the_fields_that_the_reader_knows() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let names = |pointer: &str| -> BTreeSet<String> {
        match schema.pointer(pointer).unwrap() {
            Value::Object(members) => members.keys().cloned().collect(),
            Value::Array(items) => items
                .iter()
                .map(|item| item.as_str().unwrap().into())
                .collect(),
            other => panic!("{other}"),
        }
    };
    for (pointer, known) in [
        ("/properties", fields::RECIPE),
        ("/properties/category/enum", fields::CATEGORIES),
        ("/$defs/input/properties", fields::INPUT),
        ("/$defs/input/properties/type/enum", &Type::names()),
        ("/$defs/choice/properties", fields::CHOICE),
    ] {
        let known = known.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(names(pointer), known, "{pointer}");
    }
}
