//! What is wrong with a recipe, said at once with its place.

use super::*;

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
