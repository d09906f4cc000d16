//! Hostile flows, templates and patterns.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_flow_is_refused_at_once_with_its_problems() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let flow =
        |steps: String| format!("{{\"name\":\"f\",\"on\":[\"call.ended\"],\"steps\":[{steps}]}}");
    let set = |id: &str| format!("{{\"id\":\"{id}\",\"set\":{{\"x\":1}}}}");
    let many = |step: &str, count: usize| flow(vec![step; count].join(","));
    let nested = format!(
        "{}{}{}",
        "{\"id\":\"a\",\"if\":\"duration\",\"then\":[".repeat(100_000),
        set("b"),
        "]}".repeat(100_000)
    );
    let shallow = format!(
        "{}{}{}",
        "{\"if\":\"duration\",\"then\":[".repeat(50),
        set("b"),
        "]}".repeat(50)
    );
    let long = "x".repeat(900_000);
    let cases = [
        (
            "a million steps",
            many("{}", 1_000_000),
            413,
            "payload_too_large",
        ),
        (
            "as many steps as a request takes",
            many("{}", 340_000),
            422,
            "invalid_flow",
        ),
        (
            "that many without ids",
            many("{\"set\":{\"x\":1}}", 55_000),
            422,
            "invalid_flow",
        ),
        (
            "that many with one id",
            many(&set("a"), 30_000),
            422,
            "invalid_flow",
        ),
        (
            "two steps with one id",
            many(&set("a"), 2),
            422,
            "invalid_flow",
        ),
        (
            "100,000 levels",
            flow(nested[..1_000_000].to_owned()),
            400,
            "too_deep",
        ),
        ("50 levels", flow(shallow), 422, "invalid_flow"),
        ("a huge id", flow(set(&long)), 422, "invalid_flow"),
        (
            "a huge expression",
            flow(format!("{{\"id\":\"a\",\"if\":\"{long}\",\"then\":[]}}")),
            422,
            "invalid_flow",
        ),
        (
            "a huge kind",
            flow(format!("{{\"id\":\"a\",\"{long}\":1}}")),
            422,
            "invalid_flow",
        ),
        (
            "an unknown action",
            flow("{\"id\":\"a\",\"do\":\"shell.run\",\"with\":{\"cmd\":\"id\"}}".into()),
            422,
            "invalid_flow",
        ),
        (
            "50,000 placeholders",
            flow(format!(
                "{{\"id\":\"a\",\"set\":{{\"x\":\"{}\"}}}}",
                "{{ 1 + }}".repeat(50_000)
            )),
            422,
            "invalid_flow",
        ),
        (
            "a pattern that explodes when compiled",
            flow(
                "{\"id\":\"a\",\"if\":\"duration matches '((a{1000}){1000}){1000}'\",\"then\":[]}"
                    .into(),
            ),
            422,
            "invalid_flow",
        ),
        (
            "a YAML bomb",
            "a: &a [x,x]\nb: &b [*a,*a]\n".into(),
            400,
            "invalid_json",
        ),
    ];
    let auth = format!("Bearer {ROOT}");
    let headers = [
        ("authorization", auth.as_str()),
        ("content-type", "application/json"),
    ];
    for (what, body, status, code) in cases {
        for path in ["/v1/flows", "/v1/flows/check"] {
            let answer = server
                .call("POST", path, &headers, body.clone())
                .await
                .unwrap();
            let shown = &answer.text[..answer.text.len().min(500)];
            assert!(
                answer.text.len() < 2_000_000,
                "{what}: {} bytes",
                answer.text.len()
            );
            let (expected, list) = match (path, status) {
                ("/v1/flows/check", 422) => (200, "problems"),
                _ => (status, "errors"),
            };
            assert_eq!(answer.status, expected, "{what} to {path}: {shown}");
            if expected == status {
                assert_eq!(answer.json()["code"], code, "{what}: {shown}");
            }
            if status == 422 {
                let problems = answer.json()[list].as_array().unwrap().len();
                assert!((1..=201).contains(&problems), "{what}: {problems} problems");
            }
        }
    }
    assert_eq!(server.get("/v1/flows").await["data"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn payloads_of_other_template_engines_do_nothing_here() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let payloads = [
        "{{7*7}}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{{constructor.constructor('return process')().exit()}}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ self.__init__.__globals__.__builtins__ }}",
        "{% import os %}{{ os.popen('id').read() }}",
        "{{#with \"s\" as |string|}}{{/with}}",
        "{{ secrets.crm }}",
        "{{=$json}}",
        "\u{fdd0}\u{fdd1}",
    ];
    for payload in &payloads[4..9] {
        let flow = json!({ "name": payload, "on": ["call.ended"], "steps": [{ "id": "x", "set": { "x": payload } }] });
        let saved = server.ask("POST", "/v1/flows", &flow).await;
        // A name that nothing has is null when it runs, and a warning before.
        let warned = saved.json()["warnings"][0]["message"].is_string();
        assert!(saved.status == 422 || warned, "{payload}: {}", saved.text);
        if saved.status == 201 {
            let path = format!("/v1/flows/{}", text(&saved.json(), "/id"));
            server.ask("DELETE", &path, &Value::Null).await.ok(204);
        }
    }
    let body = json!({ "note": "{{ outcome.note }}", "twice": "{{ again }}" });
    let steps = json!([{ "id": "again", "set": { "again": "{{ outcome.note }}" } }, request("send", &receiver.url(), body)]);
    server
        .flow(json!({ "name": "f", "on": ["call.ended"], "steps": steps }))
        .await;
    for (n, payload) in payloads.iter().enumerate() {
        let mut event = ended(&format!("c-{n}"));
        event["call"]["analysis"]["structured"] = json!({ "note": payload });
        let run = text(&server.send(&event).await, "/events/0/runs/0");
        assert_eq!(server.ended(&run).await["status"], "succeeded");
        let sent = receiver.all()[n].json();
        let literal = payload.replace(['\u{fdd0}', '\u{fdd1}'], "\u{fffd}");
        assert_eq!(sent, json!({ "note": literal, "twice": literal }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pattern_that_backtracks_elsewhere_takes_linear_time_here() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let pattern = "outcome.note matches '^(a+)+$' or outcome.note matches '^(a|aa)*c$' or outcome.note matches outcome.pattern";
    let trigger = json!({ "if": "not (outcome.note matches '^(a*)*b$')" });
    let steps = json!([{ "id": "slow", "if": pattern, "then": [{ "id": "yes", "stop": { "status": "failed", "reason": "it matched" } }] }]);
    server
        .flow(json!({ "name": "f", "on": ["call.ended"], "where": trigger, "steps": steps }))
        .await;
    let mut event = ended("c-1");
    event["call"]["analysis"]["structured"] = json!({ "note": format!("{}!", "a".repeat(100_000)), "pattern": "^(([a-z])+.)+[A-Z]([a-z])+$" });
    // What backtracks would not be over within anybody's patience.
    let run = text(&server.send(&event).await, "/events/0/runs/0");
    let run = server.ended(&run).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
}
