//! `switchhook flows test`: a flow's own cases, without a server.
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples");

struct Ran {
    code: i32,
    text: String,
}

fn test(args: &[&str]) -> Ran {
    let ran = Command::new(env!("CARGO_BIN_EXE_switchhook"))
        .args(["flows", "test"])
        .args(args)
        .output()
        .unwrap();
    let text = [ran.stdout, ran.stderr].concat();
    Ran {
        code: ran.status.code().unwrap(),
        text: String::from_utf8(text).unwrap(),
    }
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn example(name: &str) -> Value {
    let text = std::fs::read_to_string(format!("{EXAMPLES}/{name}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Tests a document that is written to a file of its own.
fn tested(document: &Value, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "flow.json", &document.to_string());
    test(&[&[file.to_str().unwrap()], args].concat())
}

#[test]
fn the_worked_examples_do_what_their_cases_say() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(EXAMPLES)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 4);
    let args: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let ran = test(&[&args[..], &["--json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.text);
    let shown: Value = serde_json::from_str(&ran.text).unwrap();
    for file in shown["files"].as_array().unwrap() {
        assert!(
            file["cases"].as_array().unwrap().len() >= 3,
            "{}",
            file["file"]
        );
    }
}

#[test]
fn a_difference_says_where_what_was_expected_and_what_came() {
    let mut flow = example("crm-lead");
    flow["steps"][0]["with"]["json"]["notes"] = "{{ outcome.note }}".into();
    let ran = tested(&flow, &[]);
    assert_eq!(ran.code, 1, "{}", ran.text);
    let expected = "  FAILED  an interested caller becomes a lead, and sales hears of it
          at /cases/0/expect/actions/0/request/json/notes
            expected \"Wants a \\\"demo\\\"\"
            got      nothing
  ok      a short call starts nothing
";
    assert!(ran.text.contains(expected), "{}", ran.text);
    assert!(ran.text.contains("4 cases, 1 failed"), "{}", ran.text);
}

/// Each expectation, broken in turn, is noticed: a check that holds always is none.
#[test]
fn every_kind_of_expectation_can_fail() {
    let flow = example("crm-lead");
    let broken = [
        (json!({"matches": false}), "/matches"),
        (json!({"status": "failed"}), "/status"),
        (json!({"reason": "no"}), "/reason"),
        (json!({"absent": ["lead"]}), "/absent/0"),
        (json!({"saved": {"lead_id": "other"}}), "/saved/lead_id"),
        (json!({"reply": "x"}), "/reply"),
        (
            json!({"actions": [{"step": "lead"}, {"step": "lead"}]}),
            "/actions/1",
        ),
        (
            json!({"actions": [{"step": "lead", "action": "webhook.send"}]}),
            "/actions/0/action",
        ),
        (
            json!({"actions": [{"step": "lead", "request": {"method": "PUT"}}]}),
            "/actions/0/request/method",
        ),
        (
            json!({"actions": [{"step": "lead", "request": {"url": "https://x"}}]}),
            "/actions/0/request/url",
        ),
        (
            json!({"actions": [{"step": "lead", "request": {"body": "x"}}]}),
            "/actions/0/request/body",
        ),
        (
            json!({"actions": [{"step": "lead", "request": {"headers": {"X-Key": "1"}}}]}),
            "/actions/0/request/headers/x-key",
        ),
        (
            json!({"actions": [{"step": "lead", "request": {"json": {"first_name": "Bob"}}}]}),
            "/actions/0/request/json/first_name",
        ),
    ];
    let mut cases = Vec::new();
    for (expect, _) in &broken {
        let mut case = flow["cases"][0].clone();
        case["expect"] = expect.clone();
        cases.push(case);
    }
    let mut flow = flow.clone();
    flow["cases"] = cases.into();
    let ran = tested(&flow, &["--json"]);
    assert_eq!(ran.code, 1, "{}", ran.text);
    let shown: Value = serde_json::from_str(&ran.text).unwrap();
    let cases = shown["files"][0]["cases"].as_array().unwrap();
    assert_eq!(cases.len(), broken.len());
    for (number, (case, (_, at))) in cases.iter().zip(&broken).enumerate() {
        let differences = case["differences"].as_array().unwrap();
        let path = format!("/cases/{number}/expect{at}");
        assert_eq!(differences.len(), 1, "{at}: {case:#}");
        assert_eq!(differences[0]["path"], path);
    }
}

const YAML: &str = r#"
name: Call back
on: [call.ended]
where: { if: "outcome.again == true" }
steps:
  - id: rest
    wait: { for: 2h }
  - id: ring
    for_each: "{{ outcome.numbers }}"
    as: number
    steps:
      - { id: dial, do: http.request, with: { url: "https://dialler.example/{{ number }}", json: { n: "{{ index }}" } } }
cases:
  - name: every number is dialled
    sample: call.ended
    event: { call: { analysis: { structured: { again: yes, numbers: ["1", "2"] } } } }
    expect: { matches: false }
  - name: every number is dialled, now that `again` is true
    sample: call.ended
    event: { call: { analysis: { structured: { again: true, numbers: ["1", "2"] } } } }
    answers: { dial: [{ status: 202 }, { status: 200, body: { ok: true } }] }
    expect:
      status: succeeded
      actions:
        - { step: dial, request: { url: "https://dialler.example/1" } }
        - { step: dial, request: { url: "https://dialler.example/2", json: { n: 1 } } }
"#;

#[test]
fn a_flow_may_be_written_in_yaml() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "flow.yaml", YAML);
    let ran = test(&[file.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.text);
    assert!(ran.text.contains("2 cases, 0 failed"), "{}", ran.text);
}

#[test]
fn files_may_be_one_anothers_sub_flows() {
    let folder = tempfile::tempdir().unwrap();
    let child = json!({"name": "Child", "on": ["call.ended"], "steps": [{"id": "x", "set": {"shout": "{{ word | upper }}"}}]});
    let parent = json!({"name": "Parent", "on": ["call.ended"],
        "steps": [{"id": "f", "flow": "Child", "with": {"word": "hi"}, "save": {"heard": "{{ body.shout }}"}}],
        "cases": [{"name": "hears", "expect": {"saved": {"heard": "HI"}}}]});
    let child = written(folder.path(), "child.json", &child.to_string());
    let parent = written(folder.path(), "parent.json", &parent.to_string());
    let both = test(&[child.to_str().unwrap(), parent.to_str().unwrap()]);
    assert_eq!(both.code, 0, "{}", both.text);
    assert!(both.text.contains("has no cases"), "{}", both.text);
    let alone = test(&[parent.to_str().unwrap()]);
    assert_eq!(alone.code, 1, "{}", alone.text);
}

#[test]
fn every_connection_is_there_for_a_file() {
    let flow = json!({"name": "f", "on": ["call.ended"], "steps": [
        {"id": "m", "do": "email.send", "with": {"to": "a@b.example", "subject": "Hi", "text": "Hello"}},
        {"id": "t", "do": "sms.send", "connection": "SMS", "with": {"to": "+14155552671", "text": "Hello"}},
        {"id": "r", "do": "http.request", "with": {"url": "https://crm.invalid/", "auth": {"connection": "CRM"}}},
    ], "cases": [{"name": "all are sent", "expect": {"status": "succeeded", "actions": [
        {"step": "m", "action": "email.send"},
        {"step": "t", "action": "sms.send"},
        {"step": "r", "action": "http.request", "request": {"headers": {"authorization": "‹masked›"}}},
    ]}}]});
    let ran = tested(&flow, &[]);
    assert_eq!(ran.code, 0, "{}", ran.text);
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let ten = vec![format!("*a{}", n - 1); 10].join(", ");
        bomb += &format!("a{n}: &a{n} [{ten}]\n");
    }
    let mut misspelt = example("crm-lead");
    misspelt["cases"] = json!([
        {"name": "x", "expect": {"acions": []}},
        {"expect": {"actions": [{"step": "leed"}], "absent": ["no"]}, "sample": "call.over"},
        {"name": "y", "expect": {}, "answers": {"lead": {"state": 1}}, "event": {"kind": "call.ended"}},
    ]);
    let files = [
        ("bomb.yaml", bomb, vec![]),
        ("broken.json", "{\n\"name\": }".into(), vec!["line 2"]),
        ("flow.txt", String::new(), vec!["neither .json nor .yaml"]),
        (
            "wrong.json",
            json!({"name": "f", "on": ["call.over"], "steps": []}).to_string(),
            vec!["/on/0: ", "/steps: "],
        ),
        (
            "cases.json",
            misspelt.to_string(),
            vec![
                "/cases/0/expect/acions: is not known here; did you mean `actions`?",
                "/cases/1/name: ",
                "/cases/1/sample: `call.over` is not an event kind",
                "/cases/1/expect/actions/0/step: the flow has no step `leed`; did you mean `lead`?",
                "/cases/1/expect/absent/0: the flow has no step `no`",
                "/cases/2/event/call: ",
                "/cases/2/answers/lead: ",
            ],
        ),
    ];
    for (name, text, places) in files {
        let file = written(folder.path(), name, &text);
        let ran = test(&[file.to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{name}: {}", ran.text);
        assert!(ran.text.contains("WRONG"), "{name}: {}", ran.text);
        for place in places {
            assert!(ran.text.contains(place), "{name}: {place}: {}", ran.text);
        }
    }
    let gone = test(&[folder.path().join("gone.json").to_str().unwrap()]);
    assert_eq!(gone.code, 1, "{}", gone.text);
    assert_eq!(test(&[]).code, 2);
    assert_eq!(test(&["--jsn", "x.json"]).code, 2);
}
