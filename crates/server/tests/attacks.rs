//! What an attacker sends, and that nothing comes of it: over HTTP, with the real binary. Each test fails when its defence
//! is taken away; `docs/security.md` says which is which.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

mod world;

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use world::{ROOT, Receiver, Server, command, ended, text};

const CANARY: &str = "canary-5ecret-4711-never-shown";
const ECHO: &str = "{\"you_sent\":\"Bearer canary-5ecret-4711-never-shown\"}";

/// A flow of one request with the canary in its header and its URL.
fn with_secret(name: &str, url: &str) -> Value {
    json!({ "name": name, "on": ["call.ended"], "steps": [{ "id": "send", "do": "http.request", "retry": { "attempts": 1 }, "with": {
        "method": "POST", "url": format!("{url}?key={{{{ secrets.crm }}}}"), "headers": { "Authorization": "Bearer {{ secrets.crm }}" }, "json": { "call": "{{ call_id }}" } } }] })
}

fn request(id: &str, url: &str, body: Value) -> Value {
    json!({ "id": id, "do": "http.request", "with": { "method": "POST", "url": url, "json": body },
            "retry": { "attempts": 3, "first_s": 0.05, "factor": 1 } })
}

/// Every file below a directory.
fn files(directory: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_in_no_answer_no_log_line_no_metric_and_no_file() {
    let (dir, logs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (good, bad) = (
        Receiver::start(|_| (200, ECHO)).await,
        Receiver::start(|_| (422, ECHO)).await,
    );
    let log = logs.path().join("log");
    let mut traced = command(dir.path());
    traced.env("SWITCHHOOK_LOG", "trace");
    let mut server = Server::spawn_logging(traced, fs::File::create(&log).unwrap()).unwrap();
    let mut shown = Vec::new();
    let new = |value: Value| json!({ "name": "crm", "value": value });
    shown.push(server.ask("POST", "/v1/secrets", &new(CANARY.into())).await);
    shown.push(
        server
            .ask("POST", "/v1/secrets", &new(json!([CANARY])))
            .await,
    );
    shown.push(
        server
            .ask(
                "POST",
                "/v1/secrets",
                &json!({ "name": "no name", "value": CANARY }),
            )
            .await,
    );
    let endpoint = |auth: Value| json!({ "provider": "custom", "name": "e", "auth": auth });
    shown.push(
        server
            .ask(
                "POST",
                "/v1/endpoints",
                &endpoint(json!({ "secret": CANARY })),
            )
            .await,
    );
    shown.push(
        server
            .ask("POST", "/v1/endpoints", &endpoint(CANARY.into()))
            .await,
    );
    for (name, url) in [
        ("succeeds", good.url()),
        ("fails", bad.url()),
        ("blocked", "http://10.0.0.1/".into()),
        ("nobody listens", "http://127.0.0.1:1/".into()),
        ("no such name", "http://nothing.invalid/".into()),
    ] {
        server.flow(with_secret(name, &url)).await;
    }
    let mut echoed = with_secret("what comes back is used again", &good.url());
    echoed["steps"][0]["save"] = json!({ "echoed": "{{ body.you_sent }}" });
    let again = [
        json!({ "id": "name", "set": { "again": "{{ echoed }}" } }),
        request(
            "two",
            &good.url(),
            json!({ "it": "{{ again }}", "all": "{{ steps.send.body }}" }),
        ),
    ];
    echoed["steps"].as_array_mut().unwrap().extend(again);
    server.flow(echoed).await;
    let answer = server.send(&ended("c-1")).await;
    let runs: Vec<String> = answer["events"][0]["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| run.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(runs.len(), 6);
    let mut failed = None;
    for run in &runs {
        if server.ended(run).await["status"] == "failed" {
            failed = Some(run);
        }
    }
    assert_eq!(
        good.wait(1).await[0].header("authorization"),
        format!("Bearer {CANARY}")
    );
    let replay = format!("/v1/runs/{}/replay", failed.unwrap());
    shown.push(
        server
            .ask(
                "POST",
                &replay,
                &json!({ "from": "start", "version": "same" }),
            )
            .await,
    );
    let mut paths: Vec<String> = [
        "flows",
        "runs",
        "calls",
        "events",
        "endpoints",
        "secrets",
        "keys",
        "stats",
        "session",
    ]
    .iter()
    .map(|list| format!("/v1/{list}"))
    .collect();
    paths.extend(runs.iter().map(|run| format!("/v1/runs/{run}")));
    for list in ["flows", "endpoints", "calls", "events"] {
        let id = text(&server.get(&format!("/v1/{list}")).await, "/data/0/id");
        paths.push(format!("/v1/{list}/{id}"));
    }
    paths.push("/metrics".into());
    for path in paths {
        let answer = server.ask("GET", &path, &Value::Null).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        shown.push(answer);
    }
    for answer in &shown {
        assert!(!answer.text.contains(CANARY), "{}", answer.text);
    }
    for file in files(dir.path()) {
        assert!(
            !holds(&fs::read(&file).unwrap(), CANARY),
            "{} while it runs",
            file.display()
        );
    }
    assert_eq!(server.stop(), Some(0));
    for file in files(dir.path()) {
        let bytes = fs::read(&file).unwrap();
        for secret in [CANARY, ROOT] {
            assert!(!holds(&bytes, secret), "{secret} in {}", file.display());
        }
    }
    let log = fs::read_to_string(&log).unwrap();
    assert!(log.lines().count() > 20, "tracing is on: {log}");
    for secret in [CANARY, ROOT] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_signed_an_inbound_webhook_is_shown_nowhere() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let payload = json!({ "all": "{{ payload }}" });
    let flow = json!({ "name": "all", "on": ["call.ended"], "steps": [request("send", &receiver.url(), payload)] });
    server.flow(flow).await;
    let endpoint = json!({ "provider": "custom", "name": "e", "auth": { "secret": CANARY } });
    let endpoint = server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let url = text(&endpoint, "/url");
    let path = &url[url.find("/v1/in/").unwrap()..];
    let bearer = format!("Bearer {CANARY}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("cookie", CANARY),
        ("content-type", "application/json"),
    ];
    let answer = server
        .call("POST", path, &headers, ended("c-1").to_string())
        .await
        .unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text);
    let run = text(&server.get("/v1/runs").await, "/data/0/id");
    let event = text(&server.get("/v1/events").await, "/data/0/id");
    let call = text(&server.get("/v1/calls").await, "/data/0/id");
    assert_eq!(server.ended(&run).await["status"], "succeeded");
    for path in [
        format!("/v1/runs/{run}"),
        format!("/v1/events/{event}"),
        format!("/v1/calls/{call}"),
    ] {
        let shown = server.get(&path).await.to_string();
        assert!(!shown.contains(CANARY), "{path}: {shown}");
    }
    let delivered = &receiver.all()[0];
    assert!(
        !delivered.body.contains(CANARY) && !format!("{:?}", delivered.headers).contains(CANARY)
    );
}

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

#[tokio::test(flavor = "multi_thread")]
async fn script_from_a_call_or_a_receiver_stays_json_and_pages_run_no_inline_script() {
    const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "<script>alert(3)</script>")).await,
    );
    let server = Server::start(dir.path());
    server.flow(json!({ "name": SCRIPT, "on": ["call.ended"], "steps": [request("send", &receiver.url(), json!({}))] })).await;
    let mut event = ended("c-1");
    event["call"]["transcript"][0]["text"] = SCRIPT.into();
    event["call"]["contact"] = json!({ "name": SCRIPT });
    event["call"]["agent"] = json!({ "id": "a", "name": SCRIPT });
    let answer = server.send(&event).await;
    let run = text(&answer, "/events/0/runs/0");
    server.ended(&run).await;
    for path in [
        format!("/v1/calls/{}", text(&answer, "/events/0/call_id")),
        format!("/v1/runs/{run}"),
        "/v1/flows".into(),
        "/v1/<script>".into(),
    ] {
        let shown = server
            .ask(
                "GET",
                &path.replace('<', "%3C").replace('>', "%3E"),
                &Value::Null,
            )
            .await;
        let header = |name: &str| shown.headers[name].to_str().unwrap().to_owned();
        assert!(
            header("content-type").contains("json"),
            "{path}: {:?}",
            shown.headers
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'",
            "{path}"
        );
        shown.json();
    }
    for path in [
        "/",
        "/calls/%3Cscript%3Ealert(1)%3C/script%3E",
        "/docs",
        "/docs/errors",
        "/sign-in?token=%3Cscript%3Ealert(1)%3C/script%3E",
    ] {
        let page = server.call("GET", path, &[], "").await.unwrap();
        let header = |name: &str| page.headers[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        let script = policy
            .split(';')
            .find(|part| part.trim().starts_with("script-src"))
            .unwrap_or("default-src 'none'");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(
            !script.contains("unsafe") && !script.contains("http"),
            "{path}: {policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert!(
            !page.text.contains("<script>alert"),
            "{path}: {}",
            page.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_sent_again_with_a_changed_body_is_a_duplicate_and_changes_nothing() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    server.flow(json!({ "name": "f", "on": ["call.ended"], "steps": [request("send", &receiver.url(), json!({ "to": "{{ customer_number }}" }))] })).await;
    let mut event = ended("c-1");
    event["id"] = "evt-1".into();
    let first = server.send(&event).await;
    let run = text(&first, "/events/0/runs/0");
    server.ended(&run).await;
    event["call"]["to"] = "+15559999".into();
    event["call"]["duration_s"] = json!(9999);
    let second = server.send(&event).await;
    assert_eq!(
        (&second["duplicates"], &second["events"][0]["runs"]),
        (&json!(1), &first["events"][0]["runs"])
    );
    let call = server
        .get(&format!("/v1/calls/{}", text(&first, "/events/0/call_id")))
        .await;
    assert_eq!(call["snapshot"]["to"], "+15550101", "{call:#}");
    assert_eq!(
        server.get("/v1/runs").await["data"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_under_way_keeps_its_version_when_its_flow_is_changed_disabled_or_deleted() {
    let (dir, receiver, other) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|n| if n == 0 { (503, "{}") } else { (200, "{}") }).await,
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let flow = |url: &str| json!({ "name": "f", "on": ["call.ended"], "steps": [request("one", url, json!({ "step": 1 })), request("two", url, json!({ "step": 2 }))] });
    let id = server.flow(flow(&receiver.url())).await;
    receiver.hold();
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    receiver.wait(1).await;
    let path = format!("/v1/flows/{id}");
    server.ask("PUT", &path, &flow(&other.url())).await.ok(200);
    server
        .ask("POST", &format!("{path}/disable"), &Value::Null)
        .await
        .ok(200);
    assert_eq!(server.ask("DELETE", &path, &Value::Null).await.status, 204);
    receiver.release();
    let run = server.ended(&run).await;
    assert_eq!(
        (&run["status"], &run["flow"]["version"]),
        (&json!("succeeded"), &json!(1)),
        "{run:#}"
    );
    let steps: Vec<Value> = receiver
        .all()
        .iter()
        .map(|received| received.json()["step"].clone())
        .collect();
    assert_eq!(
        (steps, other.all().len()),
        (vec![json!(1), json!(1), json!(2)], 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_deleted_while_a_retry_waits_is_sent_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (503, "{}")).await;
    let server = Server::start(dir.path());
    server
        .ask(
            "POST",
            "/v1/secrets",
            &json!({ "name": "crm", "value": CANARY }),
        )
        .await
        .ok(201);
    let mut flow = with_secret("f", &receiver.url());
    flow["steps"][0]["retry"] = json!({ "attempts": 3, "first_s": 0.05, "factor": 1 });
    server.flow(flow).await;
    receiver.hold();
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    receiver.wait(1).await;
    assert_eq!(
        server
            .ask("DELETE", "/v1/secrets/crm", &Value::Null)
            .await
            .status,
        204
    );
    receiver.release();
    let run = server.ended(&run).await;
    let last = run["entries"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|entry| !entry["error"].is_null());
    assert_eq!(last.unwrap()["error"]["code"], "secret_missing", "{run:#}");
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_numbers_names_and_content_types_are_data_and_nothing_else() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let body = json!({ "from": "{{ call.from }}", "all": "{{ outcome }}" });
    server.flow(json!({ "name": "f", "on": ["call.ended"], "steps": [request("send", &receiver.url(), body)] })).await;
    let digits = format!("+{}", "9".repeat(40));
    let odd = [
        "+1 (555) 010-0100 ext. 7",
        "+00",
        "call me",
        "anonymous",
        &digits,
        "sip:bob@evil.example;x=y",
    ];
    for (n, number) in odd.iter().enumerate() {
        let mut event = ended(&format!("c-{n}"));
        event["call"]["from"] = (*number).into();
        event["call"]["analysis"]["structured"] = json!({ "__proto__": { "admin": true }, "constructor": "x", "big": 9_007_199_254_740_993_u64, "files": [{ "filepath": "/etc/passwd" }] });
        let answer = server.ask("POST", "/v1/events", &event).await;
        assert_eq!(answer.status, 202, "{number:?}: {}", answer.text);
        let run = server
            .ended(&text(&answer.json(), "/events/0/runs/0"))
            .await;
        assert_eq!(run["status"], "succeeded", "{run:#}");
        let sent = receiver.all()[n].json();
        let structured = event["call"]["analysis"]["structured"].as_object().unwrap();
        for (name, value) in structured {
            assert_eq!(&sent["all"][name], value, "{number:?}");
        }
        assert!(sent["from"].is_string() || sent["from"].is_null(), "{sent}");
    }
    let mut smuggled = ended("c-smuggled");
    smuggled["call"]["from"] = "+1555\r\nX-Evil: 1".into();
    let refused = server.ask("POST", "/v1/events", &smuggled).await.ok(422);
    assert_eq!(refused["errors"][0]["path"], "/call/from");
    let auth = format!("Bearer {ROOT}");
    for kind in [
        "multipart/form-data; boundary=x",
        "text/html",
        "application/x-www-form-urlencoded",
        "application/xml",
    ] {
        let headers = [("authorization", auth.as_str()), ("content-type", kind)];
        let answer = server
            .call("POST", "/v1/flows", &headers, "{\"name\":\"f\"}")
            .await
            .unwrap();
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (415, &json!("unsupported_media_type")),
            "{kind}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_planted_before_signing_in_is_not_the_session() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let link = server
        .sign_in
        .clone()
        .expect("a link is printed at the first start");
    let planted = format!("switchhook={}", "a".repeat(43));
    let opened = server
        .call(
            "GET",
            link.strip_prefix(&server.url).unwrap(),
            &[("cookie", &planted)],
            "",
        )
        .await
        .unwrap();
    let set = opened.headers["set-cookie"].to_str().unwrap();
    assert!(
        !set.starts_with(&planted) && set.contains("HttpOnly"),
        "{set}"
    );
    let real = set.split(';').next().unwrap().to_owned();
    for (cookie, status) in [
        (planted.clone(), 401),
        (format!("{planted}; {real}"), 401),
        (real, 200),
    ] {
        let session = server
            .call("GET", "/v1/session", &[("cookie", &cookie)], "")
            .await
            .unwrap();
        assert_eq!(session.status, status, "{cookie}");
    }
}

/// Every delivery of ours counts the deliveries that led to it; a flow cannot hide that.
#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_sends_to_the_address_it_listens_at_ends_after_eight_rounds() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let endpoint = json!({ "provider": "custom", "name": "e", "signature": "off", "auth": {} });
    let endpoint = server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let url = text(&endpoint, "/url");
    let inbox = format!("{}{}", server.url, &url[url.find("/v1/in/").unwrap()..]);
    let event = json!({ "kind": "call.ended", "call": { "provider_call_id": "{{ provider_call_id }}x", "analysis": { "summary": "s" } } });
    let mut send = request("send", &inbox, event);
    send["with"]["headers"] = json!({ "Switchhook-Hops": "0" });
    // The second flow starts later than its event, when the call is settled.
    for (name, condition) in [("at once", "duration != 7"), ("settled", "summary exists")] {
        let flow = json!({ "name": name, "on": ["call.ended"], "where": { "if": condition }, "steps": [send] });
        let id = server.flow(flow).await;
        server.send(&ended(&format!("c-{name}"))).await;
        let path = format!("/v1/runs?flow={id}&status=failed");
        let failed = server
            .until(&path, |page| {
                page["data"].as_array().is_some_and(|runs| !runs.is_empty())
            })
            .await;
        let last = server
            .get(&format!("/v1/runs/{}", text(&failed, "/data/0/id")))
            .await;
        let answer = text(&last, "/entries/0/exchange/response/body");
        assert!(answer.contains("loop_detected"), "{last:#}");
        let runs = server.get(&format!("/v1/runs?flow={id}&limit=100")).await;
        assert_eq!(runs["data"].as_array().map(Vec::len), Some(9), "{name}");
        server
            .ask("DELETE", &format!("/v1/flows/{id}"), &Value::Null)
            .await
            .ok(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_flows_that_send_to_each_other_end_after_eight_rounds() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let endpoint = json!({ "provider": "custom", "name": "e", "signature": "off", "auth": {} });
    let endpoint = server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let url = text(&endpoint, "/url");
    let inbox = format!("{}{}", server.url, &url[url.find("/v1/in/").unwrap()..]);
    for (hears, says) in [("ping", "pong"), ("pong", "ping")] {
        let event = json!({ "kind": "call.ended", "call": {
            "provider_call_id": "{{ provider_call_id }}x", "analysis": { "summary": says } } });
        let condition = format!("summary == '{hears}'");
        let flow = json!({ "name": hears, "on": ["call.ended"], "where": { "if": condition }, "steps": [request("send", &inbox, event)] });
        server.flow(flow).await;
    }
    let mut first = ended("c");
    first["call"]["analysis"]["summary"] = "ping".into();
    server.send(&first).await;
    let failed = server
        .until("/v1/runs?status=failed", |page| !page["data"][0].is_null())
        .await;
    let last = server
        .get(&format!("/v1/runs/{}", text(&failed, "/data/0/id")))
        .await;
    let answer = text(&last, "/entries/0/exchange/response/body");
    assert!(answer.contains("loop_detected"), "{last:#}");
    let runs = server.get("/v1/runs?limit=100").await;
    assert_eq!(runs["data"].as_array().map(Vec::len), Some(9));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_deleted_by_force_while_a_retry_waits_is_used_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (503, "{}")).await;
    let server = Server::start(dir.path());
    let bearer = json!({ "name": "CRM", "kind": "bearer", "fields": { "token": CANARY } });
    let made = server.ask("POST", "/v1/connections", &bearer).await.ok(201);
    let path = format!("/v1/connections/{}", text(&made, "/id"));
    let mut send = request("send", &receiver.url(), json!({}));
    send["connection"] = "CRM".into();
    server
        .flow(json!({ "name": "f", "on": ["call.ended"], "steps": [send] }))
        .await;
    receiver.hold();
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    let first = receiver.wait(1).await[0].header("authorization");
    assert_eq!(first, format!("Bearer {CANARY}"));
    let refused = server.ask("DELETE", &path, &Value::Null).await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    let force = format!("{path}?force=true");
    server.ask("DELETE", &force, &Value::Null).await.ok(204);
    receiver.release();
    let run = server.ended(&run).await;
    let entries = run["entries"].as_array().unwrap();
    let last = entries.iter().rfind(|entry| !entry["error"].is_null());
    let code = &last.unwrap()["error"]["code"];
    assert_eq!(
        (&run["status"], code),
        (&json!("failed"), &json!("connection_missing")),
        "{run:#}"
    );
    assert_eq!(receiver.all().len(), 1);
    assert!(!run.to_string().contains(CANARY));
}
