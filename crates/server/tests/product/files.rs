//! Flows as files, by the command line against a real server: export, plan, apply, from one workspace to another.

use crate::world::{ROOT, Server, ended, text};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    #[track_caller]
    fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{}{}", self.out, self.err))
    }
}

fn flows(server: &Server, args: &[&str], dir: &Path) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchhook"));
    command.arg("flows").arg(args[0]).arg(dir).args(&args[1..]);
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .args(["--url", &server.url, "--key", ROOT])
        .output()
        .unwrap();
    Ran {
        code: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

fn lead(seconds: u32) -> Value {
    json!({ "name": "CRM lead", "on": ["call.ended"], "steps": [
        { "id": "lead", "do": "http.request", "with": { "method": "POST", "url": "https://crm.example/leads" }, "timeout_s": seconds }] })
}

fn write(dir: &Path, name: &str, document: &Value) {
    fs::write(dir.join(name), format!("{document:#}")).unwrap();
}

async fn versions(server: &Server, id: &str) -> usize {
    let list = server.get(&format!("/v1/flows/{id}/versions")).await;
    list["data"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn flows_move_from_one_server_to_another_without_ids() {
    let (dev_data, prod_data, git) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let (dev, prod) = (
        Server::start(dev_data.path()),
        Server::start(prod_data.path()),
    );
    let id = dev.flow(lead(15)).await;
    let mut off = lead(5);
    off["name"] = "Off for now".into();
    off["enabled"] = false.into();
    dev.flow(off).await;
    for format in ["json", "yaml"] {
        let dir = git.path().join(format);
        flows(&dev, &["export", "--format", format], &dir).ended(0);
        let mut names: Vec<String> = fs::read_dir(&dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                format!("crm-lead.{format}"),
                format!("off-for-now.{format}")
            ]
        );
        let text = fs::read_to_string(dir.join(format!("crm-lead.{format}"))).unwrap();
        assert!(
            text.contains("crm-lead") && !text.contains("flow_"),
            "{text}"
        );
        let plan = flows(&dev, &["plan", "--json"], &dir).ended(0);
        assert_eq!(plan.json()["changes"], false);
        let again = flows(&dev, &["export", "--format", format, "--json"], &dir)
            .ended(0)
            .json();
        assert_eq!(again["files"][0]["written"], false);
    }
    let dir = git.path().join("yaml");
    let plan = flows(&prod, &["plan", "--json"], &dir).ended(0).json();
    assert_eq!(plan["flows"].as_array().unwrap().len(), 2);
    flows(&prod, &["apply"], &dir).ended(0);
    let plan = flows(&prod, &["plan", "--json"], &dir).ended(0);
    assert_eq!(plan.json()["changes"], false);
    let there = prod.get("/v1/flows?sort=name").await;
    let there: Vec<(String, bool)> = there["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|flow| (text(flow, "/key"), flow["enabled"] == true))
        .collect();
    assert_eq!(
        there,
        [
            ("crm-lead".to_owned(), true),
            ("off-for-now".to_owned(), false)
        ]
    );
    let mut renamed = lead(15);
    renamed["name"] = "Another name".into();
    dev.ask("PUT", &format!("/v1/flows/{id}"), &renamed)
        .await
        .ok(200);
    flows(&dev, &["export", "--format", "yaml"], &dir).ended(0);
    let plan = flows(&prod, &["plan"], &dir).ended(0);
    assert!(
        plan.out.contains("~ update crm-lead") && plan.out.contains("0 to create"),
        "{}",
        plan.out
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_reads_like_a_diff_and_apply_does_it_once() {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    write(dir.path(), "crm-lead.json", &lead(15));
    let made = flows(&server, &["apply", "--note", "commit 1"], dir.path()).ended(0);
    assert!(made.out.contains("+ create crm-lead"), "{}", made.out);
    let id = text(&server.get("/v1/flows").await, "/data/0/id");
    let mut renamed = lead(30);
    renamed["name"] = "Lead in the CRM".into();
    write(dir.path(), "crm-lead.json", &renamed);
    let plan = flows(&server, &["plan"], dir.path()).ended(0);
    for line in [
        "~ update crm-lead",
        "name: \"CRM lead\" → \"Lead in the CRM\"",
        "step `lead`: timeout_s 15 → 30",
    ] {
        assert!(plan.out.contains(line), "{}", plan.out);
    }
    flows(&server, &["apply"], dir.path()).ended(0);
    let after = versions(&server, &id).await;
    let again = flows(&server, &["apply"], dir.path()).ended(0);
    assert!(again.out.contains("1 unchanged"), "{}", again.out);
    assert_eq!(versions(&server, &id).await, after);
    assert_eq!(
        server.get(&format!("/v1/flows/{id}")).await["document"]["steps"][0]["timeout_s"],
        30
    );
    let mut off = renamed.clone();
    off["enabled"] = false.into();
    write(dir.path(), "crm-lead.json", &off);
    flows(&server, &["apply"], dir.path()).ended(0);
    assert_eq!(
        server.get(&format!("/v1/flows/{id}")).await["enabled"],
        false
    );
    assert_eq!(
        versions(&server, &id).await,
        after,
        "a switch is no version"
    );
    write(dir.path(), "crm-lead.json", &renamed);
    let plan = flows(&server, &["plan", "--json"], dir.path()).ended(0);
    assert_eq!(plan.json()["changes"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_changed_while_any_file_has_problems() {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    write(dir.path(), "good.json", &lead(15));
    fs::write(dir.path().join("twice.yaml"), "name: a\nname: b\n").unwrap();
    fs::write(dir.path().join("latin.json"), b"{\n\"name\": \"\xfc\"}").unwrap();
    let unread = flows(&server, &["apply"], dir.path()).ended(1);
    for said in [
        "twice.yaml:2: ",
        "latin.json:2: is not UTF-8 text",
        "2 problems",
    ] {
        assert!(unread.err.contains(said), "{}", unread.err);
    }
    fs::remove_file(dir.path().join("latin.json")).unwrap();
    fs::write(
        dir.path().join("twice.yaml"),
        "name: a\non: [call.endet]\nsteps:\n  - do: http.request\n    timeout_s: 999\n",
    )
    .unwrap();
    let mut secret = lead(15);
    secret["steps"][0]["with"]["headers"] =
        json!({ "Authorization": "Bearer {{ secrets.crm_key }}" });
    write(dir.path(), "secret.json", &secret);
    let refused = flows(&server, &["apply"], dir.path()).ended(1);
    for said in [
        "twice.yaml: /on/0: ",
        "twice.yaml: /steps/0/timeout_s: ",
        "secret.json: the workspace has no secret `crm_key`",
    ] {
        assert!(refused.err.contains(said), "{}", refused.err);
    }
    assert_eq!(server.get("/v1/flows").await["data"], json!([]));
    let told = flows(&server, &["plan", "--json"], dir.path())
        .ended(1)
        .json();
    assert!(told["problems"].as_array().unwrap().len() >= 3);
    let bomb = format!(
        "a0: &a0 [x]\n{}",
        (1..40)
            .map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1))
            .collect::<String>()
    );
    fs::write(dir.path().join("bomb.yml"), bomb).unwrap();
    let many = format!(
        "{{\"name\":\"x\",\"steps\":[{}]}}",
        vec!["{\"set\":{}}"; 1_000_000].join(",")
    );
    fs::write(dir.path().join("many.json"), many).unwrap();
    let refused = flows(&server, &["apply"], dir.path()).ended(1);
    for said in ["bomb.yml:", "many.json:1: has "] {
        assert!(refused.err.contains(said), "{}", refused.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_derived_from_settings_is_no_file_and_stays() {
    let home = tempfile::tempdir().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(home.path());
    server.flow(lead(10)).await;
    let notify = json!({ "webhook_url": "https://ops.example/alerts" });
    server
        .ask("PUT", "/v1/settings/notify", &notify)
        .await
        .ok(200);
    flows(&server, &["export"], dir.path()).ended(0);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let plan = flows(&server, &["plan", "--prune", "--json"], dir.path()).ended(0);
    assert_eq!(plan.json()["changes"], false);
    flows(&server, &["apply", "--prune", "--yes"], dir.path()).ended(0);
    server
        .ask("GET", "/v1/settings/notify", &Value::Null)
        .await
        .ok(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn flows_without_a_file_are_deleted_only_when_that_is_said_twice() {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    server.flow(lead(15)).await;
    let left = flows(&server, &["apply"], dir.path()).ended(0);
    assert!(
        left.out.contains("--prune would delete): crm-lead"),
        "{}",
        left.out
    );
    let plan = flows(&server, &["plan", "--prune", "--json"], dir.path()).ended(0);
    assert_eq!(plan.json()["changes"], true);
    let unsure = flows(&server, &["apply", "--prune"], dir.path()).ended(1);
    assert!(unsure.err.contains("--yes"), "{}", unsure.err);
    assert_eq!(
        server.get("/v1/flows").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    flows(&server, &["apply", "--prune", "--yes"], dir.path()).ended(0);
    assert_eq!(server.get("/v1/flows").await["data"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_apply_that_stopped_in_the_middle_leaves_drafts_and_the_next_finishes() {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    let id = server.flow(lead(15)).await;
    write(dir.path(), "crm-lead.json", &lead(30));
    let mut second = lead(5);
    second["name"] = "Second".into();
    write(dir.path(), "second.json", &second);
    // What an apply that ended after its drafts leaves behind.
    let mut draft = lead(30);
    draft["key"] = "crm-lead".into();
    server
        .ask("PUT", &format!("/v1/flows/{id}?draft=true"), &draft)
        .await
        .ok(200);
    second["key"] = "second".into();
    server
        .ask("POST", "/v1/flows?draft=true", &second)
        .await
        .ok(201);
    let before = versions(&server, &id).await;
    let runs = server.send(&ended("c-1")).await;
    assert_eq!(
        runs["events"][0]["runs"].as_array().unwrap().len(),
        1,
        "drafts do not run"
    );
    let applied = flows(&server, &["apply"], dir.path()).ended(0);
    assert!(applied.out.contains("published: second"), "{}", applied.out);
    assert_eq!(
        versions(&server, &id).await,
        before + 1,
        "the draft that was there is published"
    );
    let plan = flows(&server, &["plan", "--json"], dir.path()).ended(0);
    assert_eq!(plan.json()["changes"], false);
    let runs = server.send(&ended("c-2")).await;
    assert_eq!(runs["events"][0]["runs"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_is_named() {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut server = Server::start(data.path());
    write(dir.path(), "crm-lead.json", &lead(15));
    server.kill();
    let away = flows(&server, &["apply"], dir.path()).ended(1);
    assert!(away.err.contains(&server.url), "{}", away.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn flows_that_call_each_other_come_in_from_files_and_end_at_the_depth_limit() {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    for (name, other) in [("Ping", "Pong"), ("Pong", "Ping")] {
        let flow = json!({ "name": name, "enabled": name == "Ping", "on": ["call.ended"], "steps": [{ "id": "call", "flow": other }] });
        write(dir.path(), &format!("{}.json", name.to_lowercase()), &flow);
    }
    flows(&server, &["apply"], dir.path()).ended(0);
    let sent = server.send(&ended("c-1")).await;
    let run = server.ended(&text(&sent, "/events/0/runs/0")).await;
    assert_eq!(run["status"], "failed", "{run:#}");
    assert_eq!(run["entries"][0]["error"]["code"], "too_deep", "{run:#}");
    let runs = server.get("/v1/runs?limit=100").await;
    let runs = runs["data"].as_array().unwrap();
    assert_eq!(runs.len(), 9);
    assert!(runs.iter().all(|run| run["status"] == "failed"));
}
