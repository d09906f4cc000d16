//! Sub-flows: what they are given, what they give back, and when a flow runs whose sub-flow reads how a call went.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_sub_flow_gets_inputs_and_gives_back_what_it_saved() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{\"id\":\"contact-1\"}")).await;
    let server = Server::start(dir.path());
    let mut find = post("find", &receiver.url(), json!({ "phone": "{{ phone }}" }));
    find["save"] = json!({ "contact_id": "{{ body.id }}" });
    let called = server
        .flow(json!({ "name": "Find contact", "enabled": false, "on": ["call.ended"], "steps": [find] }))
        .await;
    let call = |name: &str| json!({ "id": "find", "flow": name, "with": { "phone": "+1555" }, "save": { "found": "{{ body.contact_id }}" } });
    let end = post("end", &receiver.url(), json!({ "contact": "{{ found }}" }));
    let whole = run(&server, json!([call("Find contact"), end])).await;
    assert_eq!(whole["status"], "succeeded", "{whole:#}");
    let all = receiver.all();
    assert_eq!(all[0].json(), json!({ "phone": "+1555" }));
    assert_eq!(all[1].json(), json!({ "contact": "contact-1" }));
    let runs = all_ended(&server).await;
    let child = runs
        .values()
        .find(|run| run["flow"]["id"] == called.as_str());
    let child = child.expect("a run of the sub-flow");
    assert_eq!(child["parent_id"], whole["id"]);

    // Done again alone, it has the inputs and the key that it had.
    let path = format!("/v1/runs/{}/replay", text(child, "/id"));
    let again = server.ask("POST", &path, &json!({ "from": "start" })).await;
    let again = server.ended(&text(&again.ok(202), "/id")).await;
    assert_eq!(again["status"], "succeeded", "{again:#}");
    // Nobody waits for it: it is a run of its own in lists.
    let whole = server.get("/v1/runs?whole=true").await;
    assert_eq!(whole["data"][0]["id"], again["id"]);
    let all = receiver.wait(3).await;
    assert_eq!(all[2].json(), json!({ "phone": "+1555" }));
    assert_eq!(
        all[2].header("idempotency-key"),
        all[0].header("idempotency-key")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_waits_for_the_outcome_that_a_sub_flow_reads() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let note = |value: &str| json!([{ "id": "note", "set": { "found": value } }]);
    let inner = |value: &str| json!({ "name": "Inner", "enabled": false, "on": ["call.started"], "steps": note(value) });
    let late = json!({ "name": "Inner", "enabled": false, "on": ["call.analyzed"], "steps": note("{{ outcome.interested }}") });
    let id = server.flow(late).await;
    let call = |name: &str| json!([{ "id": "call", "flow": name, "save": { "found": "{{ body.found }}" } }]);
    let middle = json!({ "name": "Middle", "enabled": false, "on": ["call.started"], "steps": call("Inner") });
    server.flow(middle).await;
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let end = post("end", &receiver.url(), json!({ "found": "{{ found }}" }));
    let steps = [call("Middle")[0].clone(), end];
    let outer = json!({ "name": "Outer", "on": ["call.ended"], "steps": steps });
    let fit = server.ask("POST", "/v1/flows/check", &outer).await.ok(200);
    assert_eq!(fit["settles"], true, "{fit}");
    let sample = json!({ "flow": outer });
    let tried = server.ask("POST", "/v1/flows/test", &sample).await.ok(200);
    assert_eq!(tried["matched"], true, "{tried}");
    server.flow(outer).await;

    let told = |kind: &str, id: &str| json!({ "kind": kind, "call": { "provider_call_id": id, "from": "+1", "to": "+2", "analysis": { "structured": { "interested": "very" } } } });
    let ended = |id: &str| json!({ "kind": "call.ended", "call": { "provider_call_id": id, "from": "+1", "to": "+2" } });
    let first = server.send(&ended("c-1")).await;
    assert_eq!(first["events"][0]["runs"], json!([]), "{first}");
    server.send(&told("call.analyzed", "c-1")).await;
    assert_eq!(receiver.wait(1).await[0].json()["found"], "very");

    // The sub-flow of now counts: one that reads nothing late lets the flow begin at once.
    let path = format!("/v1/flows/{id}");
    server
        .ask("PUT", &path, &inner("{{ call_id }}"))
        .await
        .ok(200);
    let second = server.send(&ended("c-2")).await;
    assert_eq!(second["events"][0]["runs"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_runs_once_on_a_call_whatever_is_published_between_its_end_and_its_settling() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let (early, late) = ("{{ call_id }}", "{{ outcome.interested }}");
    let note = |value: &str| json!({ "id": "note", "set": { "found": value } });
    let inner = |value: &str| json!({ "name": "Inner", "enabled": false, "on": ["call.analyzed"], "steps": [note(value)] });
    let call = json!({ "id": "call", "flow": "Inner" });
    let outer = |value: &str| json!({ "name": "Outer", "on": ["call.ended"], "steps": [call, note(value)] });
    let ids = [
        server.flow(inner(early)).await,
        server.flow(outer(early)).await,
    ];
    let told = |kind: &str, id: &str| json!({ "kind": kind, "call": { "provider_call_id": id, "from": "+1", "to": "+2", "analysis": { "structured": { "interested": "very" } } } });
    let ended = |id: &str| json!({ "kind": "call.ended", "call": { "provider_call_id": id, "from": "+1", "to": "+2" } });
    let begun = |answer: &Value| answer["events"][0]["runs"].as_array().unwrap().len();
    let words = [early, late];
    for case in 0..16usize {
        let word = |bit: usize| words[case >> bit & 1];
        let id = format!("c-{case}");
        let publish = async |flows: [Value; 2]| {
            for (id, flow) in ids.iter().zip(flows) {
                let path = format!("/v1/flows/{id}");
                server.ask("PUT", &path, &flow).await.ok(200);
            }
        };
        publish([inner(word(0)), outer(word(1))]).await;
        let first = begun(&server.send(&ended(&id)).await);
        assert_eq!(first, usize::from(word(0) == early && word(1) == early));
        publish([inner(word(2)), outer(word(3))]).await;
        let second = begun(&server.send(&told("call.analyzed", &id)).await);
        assert_eq!(first + second, 1, "{case:04b}: {first} and {second}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sub_flow_that_is_not_there_fails_its_step() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let call = json!({ "id": "call", "flow": "nobody" });
    let caught = json!({ "id": "caught", "try": [call.clone()], "catch": [{ "id": "note", "set": { "why": "{{ error.code }}" } }] });
    let mut last = call;
    last["id"] = "last".into();
    let inside = json!({ "id": "both", "parallel": [[caught], [last]] });
    let whole = run(&server, json!([inside])).await;
    assert_eq!(whole["status"], "failed", "{whole:#}");
    assert_eq!(entry(&whole, "both")["error"]["code"], "flow_gone");
    assert_eq!(all_ended(&server).await.len(), 3);
}
