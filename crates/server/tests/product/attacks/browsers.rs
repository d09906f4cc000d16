//! What a browser is shown and keeps: no script of others, no cookie of others.

use super::*;

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
