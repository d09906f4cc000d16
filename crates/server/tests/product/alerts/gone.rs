//! Webhooks that are gone.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_is_gone_pauses_its_flow_with_an_alert_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let (gone, told) = (
        receiver(|_| (410, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let flow = server.flow(webhook(&gone.url())).await;
    server.flow(watcher(&["flow.paused"], &told.url())).await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    let run = server.ended(&run).await;
    assert_eq!(
        (&run["status"], &run["entries"][0]["error"]["code"]),
        (&json!("failed"), &json!("gone"))
    );
    let alert = alert(&server, "webhook_gone", |_| true).await;
    assert_eq!(
        (&alert["address"], &alert["flow_id"]),
        (&json!(gone.url().trim_end_matches("/hook")), &json!(flow))
    );
    assert_eq!(alert["run_id"], run["id"]);
    let shown = server.get(&format!("/v1/flows/{flow}")).await;
    assert_eq!(
        (&shown["paused"]["why"], &shown["paused"]["address"]),
        (
            &json!("webhook_gone"),
            &json!(gone.url().trim_end_matches("/hook"))
        )
    );
    assert_eq!(
        server.send(&ended("c-2")).await["events"][0]["runs"],
        json!([])
    );
    assert_eq!(told.wait(1).await[0].json()["code"], "gone");
    assert_eq!(gone.all().len(), 1);
    // Enabling it again, with a pen at the right place, is enough.
    server
        .ask("POST", &format!("/v1/flows/{flow}/enable"), &json!({}))
        .await
        .ok(200);
    assert_eq!(
        server.get(&format!("/v1/flows/{flow}")).await["paused"],
        Value::Null
    );
    assert_eq!(server.get("/v1/alerts?open=true").await["data"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_of_an_agent_that_is_gone_is_switched_off_and_the_others_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let (gone, told) = (
        receiver(|_| (410, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let hook = |url: String| json!({ "kind": "webhook", "enabled": true, "only_completed": false, "url": url });
    let mut lost = hook(gone.url());
    lost["name"] = "CRM".into();
    let settings = json!({ "name": "Sarah", "actions": [lost, hook(told.url())] });
    let made = server.ask("POST", "/v1/agents", &settings).await.ok(201);
    let path = format!("/v1/agents/{}", text(&made, "/id"));
    let call = |id: &str| {
        let mut call = ended(id);
        call["call"]["agent"] = json!({ "name": "Sarah" });
        call["call"]["analysis"] = json!({ "summary": "Hi" });
        call
    };
    server.send(&call("c-1")).await;
    let alert = alert(&server, "webhook_gone", |_| true).await;
    assert_eq!(
        (&alert["agent_id"], &alert["flow_id"], &alert["address"]),
        (
            &made["id"],
            &Value::Null,
            &json!(gone.url().trim_end_matches("/hook"))
        )
    );
    assert_eq!(
        alert["title"],
        "Webhook “CRM” of Sarah is switched off: its receiver is gone"
    );
    let is_off = |agent: &Value| agent["actions"][0]["enabled"] == false;
    let mut settings = server.until(&path, is_off).await;
    assert_eq!(settings["actions"][1]["enabled"], true);
    server.send(&call("c-2")).await;
    told.wait(2).await;
    assert_eq!(gone.all().len(), 1);
    for said in ["id", "version", "created_at", "updated_at", "flows"] {
        settings.as_object_mut().unwrap().shift_remove(said);
    }
    settings["actions"][0]["enabled"] = true.into();
    server.ask("PUT", &path, &settings).await.ok(200);
    let open = server.get("/v1/alerts?open=true").await;
    assert_eq!(open["data"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_an_earlier_version_had_pauses_nothing_when_it_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let (gone, told) = (
        receiver(|_| (410, "{}")).await,
        receiver(|_| (200, "{}")).await,
    );
    let mut server = Server::start(dir.path());
    let at = |url: &str| {
        let mut flow = webhook(url);
        flow["pause_after"] = json!({ "failures": 1, "minutes": 0 });
        flow
    };
    let flow = format!("/v1/flows/{}", server.flow(at(&gone.url())).await);
    let act = async |what: &str| {
        let path = format!("/v1/destinations/{}/{what}", gone.destination());
        server.ask("POST", &path, &Value::Null).await.ok(200)
    };
    act("pause").await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    server.ask("PUT", &flow, &at(&told.url())).await.ok(200);
    act("resume").await;
    let run = server.ended(&run).await;
    assert_eq!(run["entries"][0]["error"]["code"], "gone", "{run:#}");
    // What has failed is looked at before the server ends.
    assert_eq!(server.stop(), Some(0));
    let server = Server::start(dir.path());
    assert_eq!(server.get(&flow).await["paused"], Value::Null);
    assert_eq!(server.get("/v1/alerts").await["data"], json!([]));
    let run = text(&server.send(&ended("c-2")).await, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "succeeded");
}
