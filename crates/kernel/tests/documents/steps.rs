//! Steps among each other: which are reached, who waits for a reply, their ids; and the plan of them.

use super::*;
use kernel::flow::{compile, complete_ids};
use world::World;

#[test]
fn a_step_after_a_stop_is_never_reached() {
    let stop = json!({ "id": "stop", "stop": "succeeded" });
    let never = "this step is never reached: the step before it always stops the flow";
    assert_eq!(
        one_problem(&flow(json!([stop, step(json!({}))]))),
        format!("/steps/1: {never}")
    );
    assert!(plan(&flow(json!([stop, step(json!({ "run_when": "always" }))]))).is_ok());
    let both = json!({ "id": "if", "if": "duration", "then": [stop], "else": [{ "id": "stop2", "stop": "failed" }] });
    assert_eq!(
        one_problem(&flow(json!([both, step(json!({}))]))),
        format!("/steps/1: {never}")
    );
    let one = json!({ "id": "if", "if": "duration", "then": [stop] });
    assert!(plan(&flow(json!([one, step(json!({}))]))).is_ok());
}

#[test]
fn a_reply_needs_somebody_who_asks() {
    let mut document = flow(json!([{ "id": "a", "reply": { "x": 1 } }]));
    assert!(one_problem(&document).starts_with("/steps/0/reply: nobody waits for a reply here"));
    document["on"] = json!(["call.ended", "tool.called"]);
    assert!(plan(&document).is_ok());
}

#[test]
fn ids_are_given_once_and_kept() {
    let mut document = json!({
        "steps": [
            { "do": "http.request" },
            { "set": { "x": 1 } },
            { "if": "duration", "then": [{ "do": "http.request" }], "else": [{ "id": "step1", "set": {} }] },
            { "id": null, "do": "http.request" },
        ],
        "on_failure": [{ "do": "email.send" }, { "id": "http_request_2", "do": "http.request" }]
    });
    complete_ids(&mut document);
    let ids = |pointer: &str| {
        document.pointer(pointer).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(ids("/steps/0"), "http_request");
    assert_eq!(ids("/steps/1"), "step2");
    assert_eq!(ids("/steps/2"), "step3");
    assert_eq!(ids("/steps/2/then/0"), "http_request_3");
    assert_eq!(ids("/steps/2/else/0"), "step1");
    assert_eq!(ids("/steps/3"), "http_request_4");
    assert_eq!(ids("/on_failure/0"), "email_send");
    assert_eq!(
        document["steps"][0]
            .as_object()
            .unwrap()
            .keys()
            .next()
            .unwrap(),
        "id"
    );
    let again = {
        let mut again = document.clone();
        complete_ids(&mut again);
        again
    };
    assert_eq!(again, document);
}

#[test]
fn a_plan_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    shared(&compile(&flow(json!([step(json!({}))])), &World::new()).unwrap());
}
