//! From a recipe to a flow: the gallery, inputs, what is installed.

use super::*;

#[tokio::test]
async fn the_gallery_shows_ones_own_before_those_that_come_with_the_server() {
    let desk = desk().await;
    let all = desk.get("/v1/recipes").await;
    let built_in = all["data"].as_array().unwrap().len();
    assert!(built_in >= 12);
    let saved = desk.ask("POST", "/v1/recipes", recipe("hook")).await;
    let saved = saved.expect(201);
    assert_eq!(
        (&saved["source"], &saved["by"]),
        (&json!("own"), &json!("test"))
    );
    let all = desk.get("/v1/recipes").await;
    assert_eq!(all["data"].as_array().unwrap().len(), built_in + 1);
    assert_eq!(all["data"][0]["key"], "hook");
    assert_eq!(all["data"][0]["on"], json!(["call.ended"]));
    let found = |list: Value| list["data"].as_array().unwrap().len();
    assert_eq!(found(desk.get("/v1/recipes?source=own").await), 1);
    assert_eq!(found(desk.get("/v1/recipes?q=SENDS%20a%20hook").await), 1);
    assert_eq!(
        found(
            desk.get("/v1/recipes?category=webhooks&source=built_in")
                .await
        ),
        2
    );
    let theirs = desk
        .world
        .call(&desk.theirs, "GET", "/v1/recipes?source=own", Value::Null);
    assert_eq!(found(theirs.await.expect(200)), 0);
    let wrong = desk
        .ask("GET", "/v1/recipes?source=mine", Value::Null)
        .await;
    wrong.refused(422, "invalid_request");
}

#[tokio::test]
async fn a_recipe_shows_its_inputs_and_the_flow_of_its_examples() {
    let desk = desk().await;
    let shown = desk.get("/v1/recipes/sms-follow-up").await;
    assert_eq!(
        (&shown["id"], &shown["source"]),
        (&Value::Null, &json!("built_in"))
    );
    assert_eq!(shown["inputs"][0]["type"], "connection");
    assert_eq!(shown["inputs"][0]["kinds"], json!(["twilio"]));
    assert_eq!(shown["sample"]["steps"][1]["do"], "sms.send");
    assert_eq!(shown["document"]["key"], "sms-follow-up");
    assert_eq!(shown["problems"], json!([]));
    desk.ask("GET", "/v1/recipes/nothing", Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn installing_makes_a_flow_that_is_off_and_holds_what_was_given_as_data() {
    let desk = desk().await;
    desk.ask("POST", "/v1/recipes", recipe("hook"))
        .await
        .expect(201);
    let given =
        json!({ "inputs": { "url": "https://example.com/a", "said": "{{ secrets.crm }}" } });
    let preview = desk
        .ask("POST", "/v1/recipes/hook/preview", given.clone())
        .await
        .expect(200);
    assert_eq!(preview["problems"], json!([]));
    let step = json!({ "id": "send", "do": "http.request", "with": { "url": "https://example.com/a", "json": { "said": "{{ '{{' }} secrets.crm }}!" } } });
    assert_eq!(preview["document"]["steps"], json!([step]));
    assert_eq!(desk.get("/v1/flows").await["data"], json!([]));
    let flow = desk
        .ask("POST", "/v1/recipes/hook/install", given.clone())
        .await
        .expect(201);
    assert_eq!(
        (&flow["enabled"], &flow["live"]),
        (&json!(false), &json!(1))
    );
    assert_eq!(flow["document"]["steps"], json!([step]));
    assert_eq!(flow["note"], "Installed from the recipe hook");
    let mut on = given;
    on["enabled"] = true.into();
    let second = desk
        .ask("POST", "/v1/recipes/hook/install", on)
        .await
        .expect(201);
    assert_eq!(second["enabled"], true);
    assert_ne!(second["key"], flow["key"]);
}

#[tokio::test]
async fn wrong_inputs_are_said_all_at_once_and_nothing_is_kept() {
    let desk = desk().await;
    desk.ask("POST", "/v1/recipes", recipe("hook"))
        .await
        .expect(201);
    let given = json!({ "inputs": { "url": "example", "sad": 1, "said": 5 } });
    let preview = desk
        .ask("POST", "/v1/recipes/hook/preview", given.clone())
        .await
        .expect(200);
    let paths = |errors: &Value| -> Vec<String> {
        let errors = errors.as_array().unwrap().iter();
        errors
            .map(|error| error["path"].as_str().unwrap().to_owned())
            .collect()
    };
    let wanted = ["/inputs/sad", "/inputs/url", "/inputs/said"];
    assert_eq!(paths(&preview["problems"]), wanted);
    assert_eq!(preview["document"], Value::Null);
    let refused = desk.ask("POST", "/v1/recipes/hook/install", given).await;
    let said = refused.json();
    refused.refused(422, "invalid_request");
    assert_eq!(paths(&said["errors"]), wanted);
    // A connection that is not there is a problem of the flow.
    let given = json!({ "inputs": { "sms": "Texts", "text": "Hi {{ contact.first_name }}" } });
    let preview = desk
        .ask("POST", "/v1/recipes/sms-follow-up/preview", given.clone())
        .await
        .expect(200);
    assert_eq!(
        paths(&preview["problems"]),
        ["/document/steps/1/connection"]
    );
    let refused = desk
        .ask("POST", "/v1/recipes/sms-follow-up/install", given)
        .await;
    refused.refused(422, "invalid_flow");
    assert_eq!(desk.get("/v1/flows").await["data"], json!([]));
}
