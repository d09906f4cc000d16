//! Connections that steps name: checked where the workspace's are known, never resolved here.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::flow::{Plan, compile};
use serde_json::{Value, json};
use world::World;

const KNOWN: [(&str, &str, &str); 3] = [
    ("Sales mail", "con_1", "smtp"),
    ("Support mail", "con_2", "smtp"),
    ("CRM", "con_3", "bearer"),
];

fn flow(step: Value) -> Value {
    json!({ "name": "f", "on": ["call.ended"], "steps": [step] })
}

fn mail(connection: Value) -> Value {
    flow(json!({
        "id": "m", "do": "email.send", "connection": connection,
        "with": { "to": "a@example.com", "text": "Hi" }
    }))
}

fn request(auth: Value) -> Value {
    flow(
        json!({ "id": "r", "do": "http.request", "with": { "url": "https://e.com/", "auth": auth } }),
    )
}

fn told(flow: &Value, known: &[(&str, &str, &str)]) -> Result<Vec<String>, Vec<String>> {
    let texts = |problems: Vec<kernel::Problem>| {
        let texts = problems.into_iter();
        texts
            .map(|p| format!("{}: {}", p.path, p.message))
            .collect()
    };
    compile(flow, &World::with_connections(known))
        .map(|plan| texts(plan.warnings))
        .map_err(texts)
}

#[test]
fn a_step_names_a_connection_by_its_name_or_its_id() {
    for name in ["Sales mail", "con_2"] {
        assert_eq!(told(&mail(json!(name)), &KNOWN), Ok(vec![]), "{name}");
    }
}

#[test]
fn an_unknown_connection_is_a_problem_with_a_suggestion() {
    let problem =
        "/steps/0/connection: there is no connection `Sale mail`; did you mean `Sales mail`?";
    assert_eq!(
        told(&mail(json!("Sale mail")), &KNOWN),
        Err(vec![problem.into()])
    );
}

#[test]
fn a_connection_of_another_kind_is_a_problem() {
    let problem =
        "/steps/0/connection: `CRM` is a connection of kind `bearer`; `email.send` uses `smtp`";
    assert_eq!(told(&mail(json!("CRM")), &KNOWN), Err(vec![problem.into()]));
}

#[test]
fn a_connection_of_an_action_that_uses_none_is_ignored_with_a_warning() {
    let warning = "/steps/0/connection: `webhook.send` uses no connection: this one is ignored";
    for name in ["CRM", "gone since"] {
        let hook = flow(
            json!({ "id": "h", "do": "webhook.send", "connection": name, "with": { "url": "https://e.com/" } }),
        );
        assert_eq!(told(&hook, &KNOWN), Ok(vec![warning.into()]));
        let plan = compile(&hook, &World::with_connections(&KNOWN)).unwrap();
        let used: Vec<_> = plan.actions().collect();
        assert_eq!(used, [("webhook.send", None)]);
    }
}

#[test]
fn without_a_name_the_only_connection_of_the_kind_is_used() {
    let unnamed = mail(Value::Null);
    assert_eq!(told(&unnamed, &KNOWN[..1]), Ok(vec![]));
    let several = "/steps/0/connection: name one of the connections `Sales mail`, `Support mail`";
    assert_eq!(told(&unnamed, &KNOWN), Err(vec![several.into()]));
    let none = "/steps/0/connection: `email.send` needs a connection of kind `smtp`, and there is none yet";
    assert_eq!(told(&unnamed, &[]), Ok(vec![none.into()]));
}

#[test]
fn a_request_may_name_its_connection_in_auth() {
    let named = |plan: &Plan| {
        plan.actions()
            .map(|(_, name)| name.map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let flow = request(json!({ "connection": "CRM" }));
    let plan = compile(&flow, &World::with_connections(&KNOWN));
    // The small world's request has no field `auth`; what it names is read all the same.
    assert!(plan.is_err_and(|problems| problems.iter().all(|p| !p.path.ends_with("/connection"))));
    let problem =
        "/steps/0/with/auth/connection: there is no connection `CRN`; did you mean `CRM`?";
    let problems = told(&request(json!({ "connection": "CRN" })), &KNOWN).unwrap_err();
    assert!(problems.contains(&problem.to_owned()), "{problems:?}");
    let plan = compile(&mail(json!("Sales mail")), &World::new()).unwrap();
    assert_eq!(named(&plan), [Some("Sales mail".to_owned())]);
}

#[test]
fn where_connections_are_not_known_any_name_passes() {
    assert!(compile(&mail(json!("gone since")), &World::new()).is_ok());
}

#[test]
fn a_connection_to_fall_back_on_is_checked_and_counted_like_the_first() {
    let ask = |other: Value| {
        flow(json!({ "id": "q", "do": "llm.ask", "connection": "GPT",
                     "with": { "prompt": "Hi", "fallback_connection": other } }))
    };
    let known = [
        ("GPT", "con_1", "openai"),
        ("Claude", "con_2", "openai"),
        KNOWN[2],
    ];
    let plan = compile(&ask(json!("Claude")), &World::with_connections(&known)).unwrap();
    let used: Vec<_> = plan.actions().collect();
    assert_eq!(
        used,
        [("llm.ask", Some("GPT")), ("llm.ask", Some("Claude"))]
    );
    let at = "/steps/0/with/fallback_connection";
    for (other, problem) in [
        (
            json!("Claud"),
            "there is no connection `Claud`; did you mean `Claude`?",
        ),
        (
            json!("CRM"),
            "`CRM` is a connection of kind `bearer`; `llm.ask` uses `openai`",
        ),
        (json!(7), "the name of a connection is a text"),
    ] {
        assert_eq!(
            told(&ask(other), &known),
            Err(vec![format!("{at}: {problem}")])
        );
    }
    assert_eq!(told(&ask(Value::Null), &known), Ok(vec![]));
}
