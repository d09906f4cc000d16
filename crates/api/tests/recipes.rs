//! Recipes over HTTP: what comes with the server and what is one's own, from a recipe to a flow and back, and handing them on.
#![allow(clippy::unwrap_used)]

mod world;

use api::Scope;
use serde_json::{Value, json};
use world::{World, world};

struct Desk {
    world: World,
    ours: String,
    theirs: String,
}

async fn desk() -> Desk {
    let world = world().await;
    let ours = world.key(world.ours, Scope::Write).await;
    let theirs = world.key(world.theirs, Scope::Write).await;
    Desk {
        world,
        ours,
        theirs,
    }
}

impl Desk {
    async fn ask(&self, method: &str, path: &str, body: Value) -> world::Answer {
        self.world.call(&self.ours, method, path, body).await
    }

    async fn get(&self, path: &str) -> Value {
        self.ask("GET", path, Value::Null).await.expect(200)
    }
}

fn recipe(key: &str) -> Value {
    json!({ "key": key, "name": "Hook", "description": "Sends a hook.", "category": "webhooks",
        "inputs": [{ "name": "url", "label": "Address", "type": "url", "required": true }, { "name": "said", "label": "Said", "type": "text", "default": "hello" }],
        "flow": { "name": "Hook [[said]]", "on": ["call.ended"], "steps": [{ "id": "send", "do": "http.request", "with": { "url": { "$input": "url" }, "json": { "said": "[[said]]!" } } }] } })
}

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

#[tokio::test]
async fn a_recipe_is_checked_before_it_is_kept_and_nobody_overwrites_one_unseen() {
    let desk = desk().await;
    let mut wrong = recipe("hook");
    wrong["flow"]["steps"][0]["with"]["json"] = json!("[[sad]]");
    let refused = desk.ask("POST", "/v1/recipes", wrong).await;
    let errors = refused.json()["errors"].to_string();
    refused.refused(422, "invalid_recipe");
    assert!(errors.contains("/flow/steps/0/with/json"), "{errors}");
    let made = desk.ask("POST", "/v1/recipes", recipe("hook")).await;
    let etag = made.headers["etag"].to_str().unwrap().to_owned();
    let id = made.expect(201)["id"].as_str().unwrap().to_owned();
    desk.ask("POST", "/v1/recipes", recipe("hook"))
        .await
        .refused(409, "already_exists");
    desk.ask("POST", "/v1/recipes", recipe("crm-lead"))
        .await
        .refused(409, "already_exists");
    let mut changed = recipe("hook");
    changed["name"] = "Other".into();
    let put = |tag: &str, path: String| {
        let request = http::Request::put(path)
            .header("authorization", format!("Bearer {}", desk.ours))
            .header("content-type", "application/json")
            .header("if-match", tag);
        request
            .body(axum::body::Body::from(changed.to_string()))
            .unwrap()
    };
    let path = format!("/v1/recipes/{id}");
    let saved = desk.world.send(put(&etag, path.clone())).await.expect(200);
    assert_eq!(
        (&saved["name"], &saved["version"]),
        (&json!("Other"), &json!(2))
    );
    desk.world
        .send(put(&etag, path.clone()))
        .await
        .refused(412, "version_conflict");
    for (method, path) in [
        ("PUT", "/v1/recipes/crm-lead"),
        ("DELETE", "/v1/recipes/crm-lead"),
    ] {
        desk.ask(method, path, recipe("crm-lead"))
            .await
            .refused(409, "not_now");
    }
    desk.ask("DELETE", &path, Value::Null).await.expect(204);
    desk.ask("GET", &path, Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_flow_becomes_a_recipe_without_what_belongs_to_its_workspace() {
    let desk = desk().await;
    let flow = json!({ "name": "Lead", "on": ["call.ended"], "where": { "agents": ["Sarah"] }, "cases": [],
        "steps": [{ "id": "a", "do": "http.request", "with": { "url": "https://example.com/", "auth": "{{ secrets.crm_key }}" } }] });
    let id = desk.ask("POST", "/v1/flows", flow).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/v1/flows/{id}/recipe");
    let made = desk
        .ask(
            "POST",
            &path,
            json!({ "category": "crm", "description": "Makes a lead." }),
        )
        .await
        .expect(201);
    assert_eq!(
        (&made["key"], &made["category"]),
        (&json!("lead"), &json!("crm"))
    );
    let kinds: Vec<&str> = made["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| input["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["secret", "agents"]);
    assert_eq!(
        made["document"]["flow"]["steps"][0]["with"]["auth"],
        "{{ secrets.[[crm_key]] }}"
    );
    assert_eq!(made["document"]["flow"].get("key"), None);
    let again = desk.ask("POST", &path, json!({})).await.expect(201);
    assert_eq!(again["key"], "lead-2");
    desk.ask("POST", &path, json!({ "key": "lead" }))
        .await
        .refused(409, "already_exists");
    desk.ask("POST", &path, json!({ "category": "leads" }))
        .await
        .refused(422, "invalid_recipe");
    let installed = json!({ "inputs": { "crm_key": "other_key", "agents": ["Tom"] } });
    let flow = desk
        .ask("POST", "/v1/recipes/lead/install", installed)
        .await
        .expect(201);
    assert_eq!(flow["document"]["where"]["agents"], json!(["Tom"]));
    assert_eq!(
        flow["document"]["steps"][0]["with"]["auth"],
        "{{ secrets.other_key }}"
    );
}

#[tokio::test]
async fn another_workspace_takes_a_copy_by_link_until_it_is_taken_back() {
    let desk = desk().await;
    desk.ask("POST", "/v1/recipes", recipe("hook"))
        .await
        .expect(201);
    let shared = desk
        .ask("POST", "/v1/recipes/hook/share", json!({ "days": 7 }))
        .await
        .expect(201);
    let link = shared["link"].as_str().unwrap().to_owned();
    assert!(
        link.starts_with("https://hooks.example/recipes?link=share_"),
        "{link}"
    );
    assert!(desk.get("/v1/recipes/hook").await["shared_until"].is_string());
    assert!(
        !desk
            .get("/v1/recipes/hook")
            .await
            .to_string()
            .contains(&link[link.len() - 64..])
    );
    let import = |link: String| {
        let body = json!({ "link": link });
        desk.world
            .call(&desk.theirs, "POST", "/v1/recipes/import", body)
    };
    let copy = import(link.clone()).await.expect(201);
    assert_eq!(
        (&copy["key"], &copy["source"]),
        (&json!("hook"), &json!("imported"))
    );
    assert_eq!(copy["shared_until"], Value::Null);
    // Once more it stands beside the first.
    assert_eq!(import(link.clone()).await.expect(201)["key"], "hook-2");
    // What was taken in is looked at before it is switched on.
    let on = json!({ "inputs": { "url": "https://example.com/" }, "enabled": true });
    let path = "/v1/recipes/hook/install";
    desk.world
        .call(&desk.theirs, "POST", path, on.clone())
        .await
        .refused(409, "not_now");
    let off = json!({ "inputs": { "url": "https://example.com/" } });
    let flow = desk
        .world
        .call(&desk.theirs, "POST", path, off)
        .await
        .expect(201);
    assert_eq!(flow["enabled"], false);
    for (link, status) in [
        ("x", 422),
        ("share_0", 422),
        (&*link.replace("share_0", "share_1"), 404),
        (&*format!("{}{}", &link[..link.len() - 4], "0000"), 404),
    ] {
        assert_eq!(import(link.to_owned()).await.status, status, "{link}");
    }
    // A new link takes the place of the one before, and a change of the recipe leaves the link alone.
    let second = desk
        .ask("POST", "/v1/recipes/hook/share", json!({}))
        .await
        .expect(201);
    let second = second["link"].as_str().unwrap().to_owned();
    import(link).await.refused(404, "not_found");
    desk.ask("PUT", "/v1/recipes/hook", recipe("hook"))
        .await
        .expect(200);
    import(second.clone()).await.expect(201);
    desk.ask("DELETE", "/v1/recipes/hook/share", Value::Null)
        .await
        .expect(204);
    import(second).await.refused(404, "not_found");
    desk.ask("POST", "/v1/recipes/hook/share", json!({ "days": 0 }))
        .await
        .refused(422, "invalid_request");
    desk.ask("POST", "/v1/recipes/crm-lead/share", json!({}))
        .await
        .refused(409, "not_now");
}

#[tokio::test]
async fn a_copy_by_link_says_no_name_of_the_workspace_that_shares() {
    let desk = desk().await;
    let flow = json!({ "name": "Lead", "on": ["call.ended"], "where": { "agents": ["Sarah of Sales"] },
        "steps": [{ "id": "a", "do": "http.request", "with": { "url": "https://example.com/", "auth": "{{ secrets.crm_key }}" } }] });
    let flow = desk.ask("POST", "/v1/flows", flow).await.expect(201);
    let path = format!("/v1/flows/{}/recipe", flow["id"].as_str().unwrap());
    let made = desk.ask("POST", &path, json!({})).await.expect(201);
    assert_eq!(made["inputs"][0]["example"], "crm_key");
    let shared = desk
        .ask("POST", "/v1/recipes/lead/share", json!({}))
        .await
        .expect(201);
    let body = json!({ "link": shared["link"] });
    let copy = desk
        .world
        .call(&desk.theirs, "POST", "/v1/recipes/import", body)
        .await
        .expect(201);
    for input in copy["document"]["inputs"].as_array().unwrap() {
        assert_eq!(input.get("example"), None, "{input}");
    }
    assert!(!copy.to_string().contains("Sarah"), "{copy}");
}

#[tokio::test]
async fn a_file_is_taken_in_under_a_key_that_is_free() {
    let desk = desk().await;
    let exported = desk.get("/v1/recipes/crm-lead").await["document"].clone();
    let import =
        |recipe: &Value| desk.ask("POST", "/v1/recipes/import", json!({ "recipe": recipe }));
    let copy = import(&exported).await.expect(201);
    assert_eq!(
        (&copy["key"], &copy["source"]),
        (&json!("crm-lead-2"), &json!("imported"))
    );
    assert_eq!(copy["document"]["flow"], exported["flow"]);
    import(&json!({ "key": "a" }))
        .await
        .refused(422, "invalid_recipe");
    let both = json!({ "recipe": exported, "link": "x" });
    desk.ask("POST", "/v1/recipes/import", both)
        .await
        .refused(422, "invalid_request");
    let mut large = recipe("large");
    large["description"] = "x".repeat(2_001).into();
    let refused = import(&large).await;
    assert!(
        refused.text.contains("/recipe/description"),
        "{}",
        refused.text
    );
    let mut huge = recipe("huge");
    huge["cases"] = json!([{ "name": "x".repeat(300_000) }]);
    let refused = import(&huge).await;
    assert!(refused.text.contains("at most 262144"), "{}", refused.text);
}

#[tokio::test]
async fn the_schema_of_recipes_is_served() {
    let desk = desk().await;
    let schema = desk
        .world
        .call("", "GET", "/schema/recipe.json", Value::Null)
        .await;
    assert_eq!(schema.headers["content-type"], "application/schema+json");
    assert_eq!(schema.expect(200)["title"], "Recipe");
}
