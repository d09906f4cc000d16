//! The cases of a document, run together in a workspace.

use super::*;

async fn cases(world: &World, flow: Value) -> Value {
    world
        .call(ROOT, "POST", "/v1/flows/cases", json!({ "flow": flow }))
        .await
        .expect(200)
}

#[tokio::test]
async fn cases_that_hold_and_cases_that_do_not_are_told_apart() {
    let world = world().await;
    secrets(&world, ROOT).await;
    let mut flow = flow();
    flow["cases"] = json!([
        {"name": "a lead is made", "sample": "call.ended", "event": {"outcome": {"budget": 5000}},
         "answers": {"lead": {"status": 201, "body": {"id": "L-7"}}},
         "expect": {"status": "succeeded", "saved": {"lead_id": "L-7"}}},
        {"name": "nothing is saved", "expect": {"saved": {"lead_id": "L-8"}}},
    ]);
    let shown = cases(&world, flow).await;
    assert_eq!(shown["ok"], false);
    let (first, second) = (&shown["cases"][0], &shown["cases"][1]);
    assert_eq!(
        (&first["name"], &first["ok"]),
        (&json!("a lead is made"), &json!(true)),
        "{first}"
    );
    assert_eq!(first["report"]["status"], "succeeded");
    assert_eq!(second["ok"], false);
    assert_eq!(
        second["differences"][0]["path"],
        "/cases/1/expect/saved/lead_id"
    );
    assert_eq!(second["differences"][0]["expected"], "L-8");
}

#[tokio::test]
async fn a_case_with_a_misspelt_word_is_refused_with_its_place() {
    let world = world().await;
    secrets(&world, ROOT).await;
    let mut flow = flow();
    flow["cases"] = json!([{"name": "a", "expect": {"stat": "succeeded"}}]);
    let answer = world
        .call(ROOT, "POST", "/v1/flows/cases", json!({ "flow": flow }))
        .await;
    let problem = answer.json();
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_eq!(problem["code"], "invalid_flow");
    assert_eq!(problem["errors"][0]["path"], "/flow/cases/0/expect/stat");
}

#[tokio::test]
async fn the_documented_result_of_a_case_has_the_fields_of_a_real_one() {
    let world = world().await;
    secrets(&world, ROOT).await;
    let mut flow = flow();
    flow["cases"] = json!([{"name": "a", "expect": {"matches": false, "absent": ["lead"]}}]);
    let shown = cases(&world, flow).await;
    let document = api::openapi();
    let documented = |name: &str| document["components"]["schemas"][name]["properties"].clone();
    let keys = |value: &Value| {
        let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    let case = &shown["cases"][0];
    assert_eq!(keys(case), keys(&documented("JudgedCase")));
    for key in keys(&case["differences"][0]) {
        assert!(!documented("CaseDifference")[&key].is_null(), "{key}");
    }
}
