//! Flows that leave their agent, and those that an agent leaves behind.

use super::*;

#[tokio::test]
async fn a_detached_flow_is_one_like_others_and_its_settings_are_empty() {
    let office = Office::open().await;
    let made = office.make(sarah()).await;
    for flow in made["flows"].as_array().unwrap() {
        let path = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
        let freed = office
            .call("POST", &format!("{path}/detach"), Value::Null)
            .await
            .expect(200);
        assert_eq!(
            (&freed["kept_by"], &freed["enabled"]),
            (&Value::Null, &json!(true))
        );
        let mut document = freed["document"].clone();
        document["name"] = "Mine".into();
        office.call("PUT", &path, document).await.expect(200);
        office
            .call("POST", &format!("{path}/detach"), Value::Null)
            .await
            .refused(409, "not_now");
    }
    let left = office
        .call("GET", &path_of(&made), Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (&left["actions"], &left["call_actions"], &left["flows"]),
        (&json!([]), &json!([]), &json!([]))
    );
    // Going back to a version that the settings kept leaves their key to them, and says nothing of them.
    for flow in made["flows"].as_array().unwrap() {
        let path = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
        let mine = office.call("GET", &path, Value::Null).await.expect(200);
        let back = office
            .call("POST", &format!("{path}/publish"), json!({ "version": 1 }))
            .await
            .expect(200);
        assert_eq!(back["document"]["key"], mine["document"]["key"]);
        assert_eq!(back["document"]["note"], Value::Null);
    }
    // The same settings make flows of their own again.
    let again = office
        .call("PUT", &path_of(&made), sarah())
        .await
        .expect(200);
    assert_eq!(again["flows"].as_array().unwrap().len(), 2);
    let all = office
        .call("GET", "/v1/flows", Value::Null)
        .await
        .expect(200);
    assert_eq!(all["data"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_detaching_that_ended_half_way_loses_no_flow_and_is_finished_when_asked_again() {
    let office = Office::open().await;
    let store = office.world.engine.store();
    // As the process leaves it that ends behind the mark.
    let begun = async |flow: &Value| {
        let id: kernel::id::FlowId = flow["id"].as_str().unwrap().parse().unwrap();
        let kept = store.get(Kind::Flow, id.bytes()).await.unwrap().unwrap();
        let mut body: Value = serde_json::from_slice(&kept.body).unwrap();
        body["$origin"]["leaving"] = true.into();
        let marked = Document {
            body: body.to_string().into(),
            ..kept
        };
        let version = marked.version;
        assert_eq!(store.put(marked, version).await.unwrap(), Put::Saved);
        format!("/v1/flows/{}", flow["id"].as_str().unwrap())
    };
    let made = office.make(sarah()).await;
    let path = begun(&made["flows"][0]).await;
    // A save that changes nothing leaves it as it is; one that does not want it any more frees it.
    let same = office
        .call("PUT", &path_of(&made), sarah())
        .await
        .expect(200);
    assert_eq!(same["flows"].as_array().unwrap().len(), 2);
    let mut without = sarah();
    without["actions"] = json!([]);
    without["call_actions"] = json!([]);
    let left = office
        .call("PUT", &path_of(&made), without)
        .await
        .expect(200);
    assert_eq!(left["flows"], json!([]));
    let freed = office.call("GET", &path, Value::Null).await.expect(200);
    assert_eq!(
        (&freed["kept_by"], &freed["enabled"]),
        (&Value::Null, &json!(false))
    );
    let again = office
        .call("PUT", &path_of(&made), sarah())
        .await
        .expect(200);
    let path = begun(&again["flows"][0]).await;
    let freed = office
        .call("POST", &format!("{path}/detach"), Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (&freed["kept_by"], &freed["enabled"]),
        (&Value::Null, &json!(true))
    );
}

#[tokio::test]
async fn what_is_left_of_an_agent_that_is_gone_can_be_freed() {
    let office = Office::open().await;
    let made = office.make(sarah()).await;
    let id: kernel::id::AgentId = made["id"].as_str().unwrap().parse().unwrap();
    let store = office.world.engine.store();
    let now = office.world.engine.now();
    assert!(store.delete(Kind::Agent, id.bytes(), now).await.unwrap());
    let path = format!("/v1/flows/{}", made["flows"][0]["id"].as_str().unwrap());
    office
        .call("POST", &format!("{path}/detach"), Value::Null)
        .await
        .expect(200);
    office.call("DELETE", &path, Value::Null).await.expect(204);
}

#[tokio::test]
async fn a_key_of_its_flows_that_somebody_has_is_named() {
    let office = Office::open().await;
    let mut quiet = sarah();
    quiet["actions"] = json!([]);
    let made = office.make(quiet).await;
    let key = format!("{}-after-calls", made["id"].as_str().unwrap()).replace('_', "-");
    let theirs = json!({ "key": key, "name": "Mine", "on": ["call.ended"], "steps": [{ "id": "a", "set": { "x": 1 } }] });
    office.call("POST", "/v1/flows", theirs).await.expect(201);
    let refused = office
        .call("PUT", &path_of(&made), sarah())
        .await
        .expect(409);
    assert_eq!(refused["code"], "already_exists");
    assert!(
        refused["detail"].as_str().unwrap().contains(&key),
        "{refused}"
    );
}
