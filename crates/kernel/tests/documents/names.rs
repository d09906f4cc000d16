//! Names that a document reads and saves: which are known where, which are reserved, where a secret may stand.

use super::*;

#[test]
fn a_reserved_name_is_not_saved_over() {
    for name in [
        "duration",
        "outcome",
        "steps",
        "secrets",
        "item",
        "now",
        "flow_name",
        "body",
        "error",
        "args",
    ] {
        let message = one_problem(&flow(json!([{ "id": "a", "set": { name: 1 } }])));
        assert_eq!(
            message,
            format!("/steps/0/set/{name}: `{name}` is a reserved name: save under another one")
        );
    }
    let message = one_problem(&flow(json!([step(json!({ "save": { "lead/id": 1 } }))])));
    assert!(
        message.starts_with("/steps/0/save/lead~1id: `lead/id` is no name"),
        "{message}"
    );
}

#[test]
fn a_path_that_cannot_exist_is_refused_and_an_unknown_name_is_a_warning() {
    let read = |on: Value, text: &str| json!({ "name": "A flow", "on": on, "steps": [step(json!({ "with": { "url": "https://x.example/", "json": { "a": { "b": text } } } }))] });
    let message = one_problem(&read(
        json!(["call.dialing"]),
        "Budget: {{ outcome.budget }}",
    ));
    assert_eq!(
        message,
        "/steps/0/with/json/a/b: `outcome.budget` cannot exist here: it is known only after the call"
    );
    let warned = plan(&read(
        json!(["call.dialing", "call.ended"]),
        "{{ outcome.budget }}",
    ))
    .unwrap();
    assert_eq!(
        warned.warnings[0].message,
        "`outcome.budget` is missing at call.dialing: it is known only after the call"
    );
    let warned = plan(&read(json!(["call.ended"]), "{{ order_id }}")).unwrap();
    assert_eq!(warned.warnings.len(), 1);
    assert_eq!(warned.warnings[0].path, "/steps/0/with/json/a/b");
    assert_eq!(
        warned.warnings[0].message,
        "`order_id` is not a name that is known here"
    );
    assert_eq!(
        plan(&read(json!(["call.ended"]), "{{ execution_id }} {{ now }}"))
            .unwrap()
            .warnings,
        []
    );
}

#[test]
fn names_of_the_kernel_are_known_only_in_their_places() {
    let text = |text: &str| step(json!({ "with": { "url": "https://x.example/", "json": text } }));
    for (expression, message) in [
        (
            "{{ error.code }}",
            "`error` is known only in `catch` and in `on_failure`",
        ),
        ("{{ item.name }}", "`item` is known only in a loop"),
        ("{{ steps.b.body }}", "there is no step `b`"),
        ("{{ steps.1.body }}", "there is no step `1`"),
        (
            "{{ steps.a.boddy }}",
            "the output of step `a` has no `boddy`; did you mean `body`?",
        ),
    ] {
        assert_eq!(
            one_problem(&flow(json!([text(expression)]))),
            format!("/steps/0/with/json: {message}")
        );
    }
    let message = one_problem(&flow(
        json!([{ "id": "a", "set": { "x": "{{ steps.a.body }}" } }]),
    ));
    assert_eq!(message, "/steps/0/set/x: step `a` leaves no output");
    let mut document = flow(json!([step(
        json!({ "save": { "id": "{{ body.id }}", "server": "{{ headers.server }}" } })
    )]));
    document["on_failure"] = json!([{ "id": "b", "do": "email.send", "with": { "to": "x", "text": "{{ error.code }}" } }]);
    assert_eq!(plan(&document).unwrap().warnings, []);
}

#[test]
fn a_secret_may_stand_only_where_it_leaves_in_a_request() {
    let with = |with: Value| flow(json!([step(json!({ "with": with }))]));
    let headers = json!({ "url": "https://x.example/{{ secrets.a }}", "headers": { "X": "{{ secrets.b }}" } });
    assert!(plan(&with(headers)).is_ok());
    for (document, path) in [
        (
            flow(json!([{ "id": "a", "set": { "x": "{{ secrets.a }}" } }])),
            "/steps/0/set/x",
        ),
        (
            flow(json!([step(json!({ "save": { "x": "{{ secrets.a }}" } }))])),
            "/steps/0/save/x",
        ),
        (
            flow(json!([step(json!({ "if": "secrets.a == 'x'" }))])),
            "/steps/0/if",
        ),
        (
            flow(
                json!([{ "id": "a", "do": "sms.send", "with": { "to": "+1", "text": "{{ secrets.a }}" } }]),
            ),
            "/steps/0/with/text",
        ),
    ] {
        let message = one_problem(&document);
        assert!(
            message.starts_with(&format!("{path}: `secrets.a")),
            "{message}"
        );
    }
}
