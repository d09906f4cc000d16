//! Recipes by the command line against a real server, to a flow that runs, and from one server to another as files.

use crate::world::{ROOT, Receiver, Server, ended, text};
use serde_json::{Value, json};
use std::fs;
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

fn ran(args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchhook"));
    let Output {
        status,
        stdout,
        stderr,
    } = command.arg("recipes").args(args).output().unwrap();
    Ran {
        code: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

fn recipes(server: &Server, args: &[&str]) -> Ran {
    ran(&[args, &["--url", &server.url, "--key", ROOT]].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recipe_becomes_a_flow_that_runs_and_what_was_given_arrives_as_text() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let receiver = Receiver::start(|_| (201, "{\"id\":\"L-1\"}")).await;
    let url = receiver.url();
    let secret = json!({ "name": "crm_key", "value": "canary" });
    server.ask("POST", "/v1/secrets", &secret).await.ok(201);
    let given = [
        format!("url={url}"),
        "api_key=crm_key".into(),
        "source={{ secrets.crm_key }} $${x} {{ call_id }}".into(),
        "campaigns=".into(),
    ];
    let mut args = vec!["install", "crm-lead", "--json"];
    given
        .iter()
        .for_each(|input| args.extend(["--input", input]));
    let shown = recipes(&server, &[&args[..], &["--dry-run"]].concat()).ended(0);
    assert_eq!(shown.json()["problems"], json!([]));
    let flow = recipes(&server, &args).ended(0).json();
    assert_eq!(flow["enabled"], false);
    let id = text(&flow, "/id");
    let path = format!("/v1/flows/{id}/enable");
    server.ask("POST", &path, &json!({})).await.ok(200);
    let answer = server.send(&ended("c-1")).await;
    let run = text(&answer, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "succeeded");
    let sent: Value = serde_json::from_str(&receiver.all()[0].body).unwrap();
    assert_eq!(sent["source"], "{{ secrets.crm_key }} $${x} {{ call_id }}");
    assert_eq!(sent["summary"], "Wants a demo");
}

#[tokio::test(flavor = "multi_thread")]
async fn recipes_go_from_server_to_server_as_files_and_nothing_runs_of_them() {
    let (one, two, files) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let (one, two) = (Server::start(one.path()), Server::start(two.path()));
    let flow = json!({ "name": "Lead", "on": ["call.ended"], "steps": [{ "id": "a", "do": "http.request",
        "with": { "url": "https://crm.example/", "auth": "{{ secrets.crm_key }}" } }] });
    let id = one.flow(flow).await;
    let made = one
        .ask("POST", &format!("/v1/flows/{id}/recipe"), &json!({}))
        .await;
    assert_eq!(made.ok(201)["key"], "lead");
    let list = recipes(&one, &["list", "--search", "lead"]).ended(0);
    assert!(
        list.out.contains("lead      other     own       Lead"),
        "{}",
        list.out
    );
    for name in ["lead.json", "lead.yaml"] {
        let file = files.path().join(name);
        let file = file.to_str().unwrap();
        recipes(&one, &["export", "lead", file]).ended(0);
        recipes(&two, &["import", file]).ended(0);
    }
    let shown = recipes(&two, &["show", "lead-2"]).ended(0);
    assert!(
        shown
            .out
            .contains("crm_key  secret  needed   Secret crm_key"),
        "{}",
        shown.out
    );
    let (a, b) = (
        two.get("/v1/recipes/lead").await,
        two.get("/v1/recipes/lead-2").await,
    );
    assert_eq!(a["document"]["flow"], b["document"]["flow"]);
    assert_eq!(two.get("/v1/flows").await["data"], json!([]));
    let refused = recipes(
        &two,
        &["install", "lead", "--enable", "--input", "crm_key=key"],
    )
    .ended(1);
    assert!(
        refused.err.contains("imported") && refused.err.contains("not_now"),
        "{}",
        refused.err
    );
    let refused = recipes(&two, &["install", "lead", "--input", "crm_ky=key"]).ended(1);
    assert!(
        refused.err.contains("did you mean `crm_key`?"),
        "{}",
        refused.err
    );
    recipes(&two, &["install", "lead", "--input", "crm_key=key"]).ended(0);
    let linked = one
        .ask("POST", "/v1/recipes/lead/share", &json!({}))
        .await
        .ok(201);
    recipes(&one, &["import", &text(&linked, "/link")]).ended(0);
    let refused = recipes(&two, &["import", &text(&linked, "/link")]).ended(1);
    assert!(refused.err.contains("of another server"), "{}", refused.err);
}

#[test]
fn a_recipe_file_is_tested_without_a_server() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../recipes");
    let file = format!("{folder}/crm-lead.json");
    let tested = ran(&["test", &file]).ended(0);
    assert!(
        tested
            .out
            .contains("ok      an interested caller becomes a lead"),
        "{}",
        tested.out
    );
    let dir = tempfile::tempdir().unwrap();
    let wrong = dir.path().join("wrong.json");
    let mut document: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    document["cases"][0]["expect"]["saved"]["lead_id"] = "other".into();
    document["cases"][1]["inputs"] = json!({ "url": "x" });
    fs::write(&wrong, document.to_string()).unwrap();
    let tested = ran(&["test", wrong.to_str().unwrap()]).ended(1);
    for said in [
        "at /cases/0/expect/saved/lead_id",
        "/cases/1/inputs/url: `x` is no address",
    ] {
        assert!(tested.out.contains(said), "{}", tested.out);
    }
    document["flow"]["steps"] = json!([]);
    fs::write(&wrong, document.to_string()).unwrap();
    let tested = ran(&["test", wrong.to_str().unwrap(), "--json"]).ended(1);
    assert_eq!(tested.json()["ok"], false);
}
