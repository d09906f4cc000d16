//! What is put into a hole: its type, data that stays data, conditions, secrets and connections.

use super::*;

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
