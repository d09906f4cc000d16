//! Branches, items side by side and sub-flows over HTTP: what they give back, how they fail, and what a kill leaves of them.

mod sub_flows;

use crate::world;
use crate::world::{Receiver, Server, ended, text};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn post(id: &str, url: &str, body: Value) -> Value {
    json!({ "id": id, "do": "http.request", "with": { "method": "POST", "url": url, "json": body },
            "retry": { "attempts": 2, "first_s": 0.05, "factor": 1 } })
}

async fn run(server: &Server, steps: Value) -> Value {
    let flow = json!({ "name": "family", "on": ["call.ended"], "steps": steps });
    server.flow(flow).await;
    let answer = server.send(&ended("c-1")).await;
    server.ended(&text(&answer, "/events/0/runs/0")).await
}

/// All runs that came of the call, by id.
async fn family(server: &Server) -> BTreeMap<String, Value> {
    let runs = server.get("/v1/runs?limit=100").await;
    let runs = runs["data"].as_array().expect("a page").clone();
    runs.into_iter()
        .map(|run| (text(&run, "/id"), run))
        .collect()
}

async fn all_ended(server: &Server) -> BTreeMap<String, Value> {
    let over = |stats: &Value| {
        let open = |status: &str| stats["runs"][status].as_u64().unwrap_or(0);
        open("running") + open("waiting") == 0
    };
    server.until("/v1/stats", over).await;
    family(server).await
}

fn entry<'a>(run: &'a Value, step: &str) -> &'a Value {
    let entries = run["entries"].as_array().expect("entries");
    let found = entries.iter().rfind(|entry| entry["step"] == step);
    found.unwrap_or_else(|| panic!("no entry of {step} in {run:#}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn branches_run_side_by_side_and_what_they_saved_is_the_flows() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{\"id\":\"7\"}")).await;
    receiver.hold();
    let server = Server::start(dir.path());
    let url = receiver.url();
    let mut left = post("left", &url, json!({ "side": "left" }));
    left["save"] = json!({ "left_id": "{{ body.id }}" });
    let mut right = post("right", &url, json!({ "side": "right" }));
    right["save"] = json!({ "right_id": "{{ body.id }}-r" });
    let quick = json!({ "id": "quick", "set": { "kind": "quick" } });
    let all = json!({ "left": "{{ left_id }}", "right": "{{ right_id }}", "kind": "{{ kind }}" });
    let steps =
        json!([{ "id": "both", "parallel": [[left], [right], [quick]] }, post("end", &url, all)]);
    let flow = json!({ "name": "family", "on": ["call.ended"], "steps": steps });
    server.flow(flow).await;
    let answer = server.send(&ended("c-1")).await;
    assert_eq!(answer["events"][0]["runs"].as_array().unwrap().len(), 1);
    receiver.wait(2).await;
    receiver.release();
    let id = text(&answer, "/events/0/runs/0");
    let whole = server.ended(&id).await;
    assert_eq!(whole["status"], "succeeded", "{whole:#}");
    let last = receiver.wait(3).await[2].json();
    assert_eq!(
        last,
        json!({ "left": "7", "right": "7-r", "kind": "quick" })
    );
    let repeat = server.send(&ended("c-1")).await;
    assert_eq!(repeat["events"][0]["runs"], json!([id]));
    let runs = all_ended(&server).await;
    assert_eq!(runs.len(), 4);
    let children: Vec<&Value> = runs.values().filter(|run| run["parent_id"] == id).collect();
    assert_eq!(children.len(), 3);
    let mut numbers: Vec<_> = children.iter().map(|run| &run["part"]["number"]).collect();
    numbers.sort_by_key(|number| number.as_u64());
    assert_eq!(numbers, [0, 1, 2]);
    assert_eq!(children[0]["part"]["kind"], "branch");

    let ids = async |query: &str| -> BTreeSet<String> {
        let page = server.get(&format!("/v1/runs?{query}")).await;
        let runs = page["data"].as_array().expect("a page").clone();
        runs.iter().map(|run| text(run, "/id")).collect()
    };
    let own: BTreeSet<String> = children.iter().map(|run| text(run, "/id")).collect();
    assert_eq!(ids(&format!("parent={id}")).await, own);
    assert_eq!(ids("whole=true").await, BTreeSet::from([id.clone()]));
    let both = format!("/v1/runs?whole=true&parent={id}");
    let refused = server.ask("GET", &both, &Value::Null).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    let child = text(children[0], "/id");
    let refused = server
        .ask(
            "POST",
            &format!("/v1/runs/{child}/replay"),
            &json!({ "from": "start" }),
        )
        .await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    assert!(refused.text.contains(&id), "{}", refused.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn items_are_counted_each_once() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|n| {
        if n == 3 {
            (422, "{}")
        } else {
            (200, "{\"id\":7}")
        }
    })
    .await;
    let server = Server::start(dir.path());
    let url = receiver.url();
    let mut post_item = post(
        "post",
        &url,
        json!({ "line": "{{ line.text }}", "at": "{{ index }}" }),
    );
    post_item["save"] = json!({ "id": "{{ body.id }}" });
    let each = json!({ "id": "lines", "for_each": "{{ transcript_turns }}", "as": "line", "parallel": 2,
        "on_error": "continue", "collect": { "ids": "{{ id }}" }, "steps": [post_item] });
    let counts = json!({ "in": "{{ steps.lines.in }}", "ok": "{{ steps.lines.ok }}", "failed": "{{ steps.lines.failed }}",
        "skipped": "{{ steps.lines.skipped }}", "ids": "{{ ids }}" });
    let steps = json!([each, post("end", &url, counts)]);
    server
        .flow(json!({ "name": "family", "on": ["call.ended"], "steps": steps }))
        .await;
    let turn = |n: u32| json!({ "role": "agent", "text": format!("line {n}"), "start_s": n });
    let mut event = ended("c-1");
    event["call"]["transcript"] = (0..5).map(turn).collect();
    let answer = server.send(&event).await;
    let whole = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(whole["status"], "succeeded", "{whole:#}");
    let last = receiver.all().last().unwrap().json();
    let wanted = json!({ "in": 5, "ok": 4, "failed": 1, "skipped": 0, "ids": [7, 7, 7, 7] });
    assert_eq!(last, wanted);
    assert_eq!(all_ended(&server).await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_fails_ends_the_others_unless_it_may() {
    let dir = tempfile::tempdir().unwrap();
    let bad = Receiver::start(|_| (422, "{}")).await;
    let server = Server::start(dir.path());
    let wait = json!({ "id": "wait", "wait": { "for": "1h" } });
    let fails = post("fails", &bad.url(), json!({}));
    let both = json!({ "id": "both", "parallel": [[fails], [wait]] });
    let whole = run(&server, json!([both])).await;
    assert_eq!(whole["status"], "failed", "{whole:#}");
    assert_eq!(entry(&whole, "both")["error"]["step"], "fails");
    let runs = all_ended(&server).await;
    let mut ends: Vec<String> = runs.values().map(|run| text(run, "/status")).collect();
    ends.sort();
    assert_eq!(ends, ["cancelled", "failed", "failed"]);

    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let mut both = both;
    both["on_error"] = "continue".into();
    both["parallel"][1][0]["wait"]["for"] = "0s".into();
    let whole = run(&server, json!([both])).await;
    assert_eq!(whole["status"], "succeeded", "{whole:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_cancelled_cancels_its_children() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let wait = |id: &str| json!([{ "id": id, "wait": { "for": "1h" } }]);
    let inner = json!({ "id": "inner", "parallel": [wait("a"), wait("b")] });
    let steps = json!([{ "id": "outer", "parallel": [[inner], wait("c")] }]);
    server
        .flow(json!({ "name": "family", "on": ["call.ended"], "steps": steps }))
        .await;
    let answer = server.send(&ended("c-1")).await;
    let id = text(&answer, "/events/0/runs/0");
    server
        .ask("POST", &format!("/v1/runs/{id}/cancel"), &Value::Null)
        .await
        .ok(202);
    let runs = all_ended(&server).await;
    assert_eq!(runs.len(), 5);
    let ends: BTreeSet<String> = runs.values().map(|run| text(run, "/status")).collect();
    assert_eq!(ends, BTreeSet::from(["cancelled".to_owned()]), "{runs:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_that_end_at_the_same_moment_are_all_told() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    receiver.hold();
    let server = Server::start(dir.path());
    let items: Vec<u32> = (0..40).collect();
    let each = json!({ "id": "each", "for_each": items, "parallel": 40, "steps": [post("post", &receiver.url(), json!("{{ item }}"))] });
    server
        .flow(json!({ "name": "family", "on": ["call.ended"], "steps": [each] }))
        .await;
    let answer = server.send(&ended("c-1")).await;
    receiver.wait(40).await;
    receiver.release();
    let whole = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(whole["status"], "succeeded", "{whole:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_loses_no_branch() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    receiver.hold();
    let mut server = Server::start(dir.path());
    let url = receiver.url();
    let branch = |n: usize| json!([post(&format!("b{n}"), &url, json!({ "branch": n }))]);
    let branches: Vec<Value> = (0..8).map(branch).collect();
    let steps = json!([{ "id": "all", "parallel": branches }, post("end", &url, json!({ "branch": "end" }))]);
    server
        .flow(json!({ "name": "family", "on": ["call.ended"], "steps": steps }))
        .await;
    let answer = server.send(&ended("c-1")).await;
    receiver.wait(8).await;
    server.kill();
    receiver.release();
    let server = Server::start(dir.path());
    let whole = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(whole["status"], "succeeded", "{whole:#}");
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for received in receiver.all() {
        let branch = received.json()["branch"].to_string();
        keys.entry(branch)
            .or_default()
            .insert(received.header("idempotency-key"));
    }
    assert_eq!(keys.len(), 9);
    assert!(keys.values().all(|keys| keys.len() == 1), "{keys:#?}");
    let distinct: BTreeSet<&String> = keys.values().flatten().collect();
    assert_eq!(distinct.len(), 9);
    all_ended(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_branch_begins_in_time_while_another_waits_and_the_run_ends_with_both() {
    let dir = tempfile::tempdir().unwrap();
    let slow = Receiver::start(|_| (200, "{\"id\":\"7\"}")).await;
    let told = Receiver::start(|_| (200, "{}")).await;
    slow.hold();
    let server = Server::start(dir.path());
    let mut left = post("left", &slow.url(), json!({}));
    left["save"] = json!({ "left": "{{ body.id }}" });
    let quick = json!({ "id": "quick", "set": { "right": "done" } });
    let report = json!({ "left": "{{ left }}", "right": "{{ right }}" });
    let steps = json!([
        { "id": "first", "set": { "left": "pending", "right": "pending" } },
        { "id": "all", "last_within_s": 1, "parallel": [[left], [quick], [post("report", &told.url(), report.clone())]] },
        post("end", &told.url(), report),
    ]);
    let flow = json!({ "name": "family", "on": ["call.ended"], "steps": steps });
    server.flow(flow).await;
    let answer = server.send(&ended("c-1")).await;
    let reported = told.wait(1).await[0].json();
    assert_eq!(reported, json!({ "left": "pending", "right": "done" }));
    slow.release();
    let whole = server.ended(&text(&answer, "/events/0/runs/0")).await;
    assert_eq!(whole["status"], "succeeded", "{whole:#}");
    let end = told.wait(2).await[1].json();
    assert_eq!(end, json!({ "left": "7", "right": "done" }));
    assert_eq!(all_ended(&server).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watcher_hears_how_a_run_ends_whose_last_branch_joined_it() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (200, "{}")).await;
    let server = Server::start(dir.path());
    let branch = |id: &str| vec![post(id, &receiver.url(), json!({}))];
    let steps = json!([{ "id": "both", "parallel": [branch("left"), branch("right")] }]);
    server
        .flow(json!({ "name": "family", "on": ["call.ended"], "steps": steps }))
        .await;
    let auth = format!("Bearer {}", world::ROOT);
    let mut stream = server.open("/v1/stream", &[("authorization", &auth)]).await;
    let answer = server.send(&ended("c-1")).await;
    let root = text(&answer, "/events/0/runs/0");
    let (mut heard, mut is_over) = (String::new(), false);
    while !is_over {
        heard.push_str(&stream.next().await.expect("the stream goes on"));
        is_over = heard.lines().any(|line| {
            let said = line.strip_prefix("data:").unwrap_or_default();
            let said = serde_json::from_str::<Value>(said).unwrap_or_default();
            said["id"] == root && said["status"] == "succeeded"
        });
    }
    let metrics = server.call("GET", "/metrics", &[], "").await.unwrap().text;
    let counted = "switchhook_runs_ended_total{status=\"succeeded\"} 3";
    assert!(metrics.contains(counted), "{metrics}");
}
