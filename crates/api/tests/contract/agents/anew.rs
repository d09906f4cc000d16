//! Flows of an older version, or of a save that ended half way: made again as their settings mean them now.

use super::*;
use crate::world::home;

/// An office whose workspace is kept as one.
async fn at_home() -> Office {
    let office = Office::open().await;
    let (store, home) = (office.world.engine.store(), home(office.world.ours));
    assert_eq!(store.put(home, 0).await.unwrap(), Put::Saved);
    office
}

/// The whole audit log of what Switchhook did by itself, as `action what`.
async fn told(office: &Office) -> Vec<String> {
    let list = office.call("GET", "/v1/audit?by=system", Value::Null).await;
    let list = list.expect(200);
    let mut told: Vec<String> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            assert_eq!(entry["by"]["via"], "system");
            let paths = entry["changes"].as_array().unwrap().iter();
            let paths = paths.map(|change| change["path"].as_str().unwrap());
            let paths: Vec<&str> = paths.take(1).collect();
            format!("{} {}", entry["action"].as_str().unwrap(), paths.join(" "))
        })
        .collect();
    told.sort();
    told
}

/// Keeps another document of a flow, as another version of Switchhook would have made it.
async fn make_older(office: &Office, flow: &Value, change: impl Fn(&mut Value)) {
    let store = office.world.engine.store();
    let id: kernel::id::FlowId = flow["id"].as_str().unwrap().parse().unwrap();
    let kept = store.get(Kind::Flow, id.bytes()).await.unwrap().unwrap();
    let mut body: Value = serde_json::from_slice(&kept.body).unwrap();
    let key = |body: &Value| body["key"].as_str().unwrap().to_owned();
    let before = key(&body);
    change(&mut body);
    let alias = kept.alias.as_ref();
    let older = Document {
        alias: alias.map(|alias| alias.replace(&before, &key(&body))),
        body: body.to_string().into_bytes().into(),
        version: kept.version + 1,
        ..kept.clone()
    };
    let put = store.put(older, kept.version).await.unwrap();
    assert_eq!(put, Put::Saved);
}

#[tokio::test]
async fn a_flow_of_an_older_form_is_made_anew_once_and_told_of() {
    let office = at_home().await;
    let made = office.make(sarah()).await;
    let copies = json!({ "keep": "copy" });
    let copies = office.call("PUT", "/v1/settings/recordings", copies).await;
    copies.expect(200);
    let hook = json!({ "webhook_url": "https://ops.example/hook" });
    let hook = office.call("PUT", "/v1/settings/notify", hook).await;
    hook.expect(200);
    let flows = || async {
        let all = office.call("GET", "/v1/flows", Value::Null).await;
        all.expect(200)["data"].as_array().unwrap().clone()
    };
    let before = flows().await;
    api::derive_anew(&office.world.state).await.unwrap();
    assert_eq!(flows().await, before, "what is as it should be stays");
    assert_eq!(told(&office).await, Vec::<String>::new());

    for flow in &before {
        make_older(&office, flow, |body| body["note"] = "Kept.".into()).await;
    }
    // A flow of somebody's own is nobody else's business, whatever its key looks like.
    let own = json!({ "name": "Own", "key": format!("{}-x", made["id"].as_str().unwrap().replace('_', "-")), "on": ["call.ended"], "steps": [{ "id": "s", "stop": "succeeded" }] });
    let own = office.call("POST", "/v1/flows", own).await.expect(201);
    api::derive_anew(&office.world.state).await.unwrap();
    for flow in &before {
        let now = office.flow(flow).await;
        assert_eq!(now["version"], 3, "{now}");
        assert_ne!(now["document"]["note"], "Kept.");
        assert_eq!(now["enabled"], true);
    }
    assert_eq!(office.flow(&own).await["version"], 1);
    assert_eq!(told(&office).await.len(), before.len());
    api::derive_anew(&office.world.state).await.unwrap();
    assert_eq!(told(&office).await.len(), before.len());
}

#[tokio::test]
async fn a_workspace_that_cannot_be_read_does_not_keep_those_behind_it() {
    let office = at_home().await;
    let made = office.make(sarah()).await;
    let flow = &made["flows"][0];
    make_older(&office, flow, |body| body["note"] = "Kept.".into()).await;
    // The newest, and so the first.
    let broken = kernel::id::WorkspaceId::from_bytes([0xfe; 16]);
    let store = office.world.engine.store();
    for (kind, body) in [(Kind::Workspace, "{}"), (Kind::Agent, "no agent")] {
        let document = Document {
            kind,
            name: "broken".into(),
            body: body.into(),
            ..home(broken)
        };
        assert_eq!(store.put(document, 0).await.unwrap(), Put::Saved);
    }
    let left_out = api::derive_anew(&office.world.state).await.unwrap();
    assert_eq!(left_out, 1);
    assert_eq!(office.flow(flow).await["version"], 3);
    assert_eq!(told(&office).await.len(), 1);
}

#[tokio::test]
async fn a_flow_that_settings_want_no_longer_goes_and_one_that_is_missing_comes() {
    let office = at_home().await;
    let made = office.make(sarah()).await;
    let flow = &made["flows"][0];
    // Under another key it is another part's.
    let key = format!("{}-earlier", made["id"].as_str().unwrap().replace('_', "-"));
    make_older(&office, flow, |body| body["key"] = key.as_str().into()).await;
    api::derive_anew(&office.world.state).await.unwrap();
    let path = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
    office
        .call("GET", &path, Value::Null)
        .await
        .refused(404, "not_found");
    let now = office.call("GET", &path_of(&made), Value::Null).await;
    let now = now.expect(200)["flows"].as_array().unwrap().len();
    assert_eq!(now, made["flows"].as_array().unwrap().len());
    let told = told(&office).await;
    let acts: Vec<_> = told.iter().map(|told| told.split(' ').next()).collect();
    assert_eq!(acts, [Some("created"), Some("deleted")]);
}
