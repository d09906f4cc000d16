//! `code.run` and `csv.build`: what comes of them as steps, and that they neither block others nor end the process.

use crate::world::{Workspace, completed, failure, open, step};
use actions::{Actions, World};
use kernel::run::{Outcome, Perform, Retriable};
use serde_json::{Value, json};
use std::time::Duration;

async fn run(world: &World, with: Value, timeout: Duration) -> Outcome {
    let perform = Perform {
        timeout,
        ..step("code.run", with)
    };
    world.perform(&perform, &Workspace::default()).await
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn what_code_returns_is_the_body_and_what_it_logs_is_shown() {
    let world = open();
    let with = json!({
        "code": "console.log('got', inputs.calls.length);\nreturn { longest: Math.max(...inputs.calls), said: inputs.said };",
        "inputs": { "calls": [3, 9, 4], "said": "\"}); throw 1; {{ secrets.crm }}" }
    });
    let outcome = run(&world, with, SECOND).await;
    let exchange = outcome.exchange.unwrap();
    let said = "\"}); throw 1; {{ secrets.crm }}";
    assert_eq!(
        outcome.result.unwrap().body,
        json!({ "longest": 9, "said": said })
    );
    let response = exchange.response.unwrap();
    assert_eq!(
        response.headers,
        [("console".to_owned(), "got 3".to_owned())]
    );
    assert!(exchange.request.body.unwrap().contains("[3,9,4]"));
}

#[tokio::test]
async fn mistakes_and_limits_are_told_apart() {
    let world = open();
    let fails = async |code: &str| {
        let outcome = run(&world, json!({ "code": code }), Duration::from_millis(200)).await;
        failure(outcome)
    };
    let thrown = fails("const a = 1;\nthrow new Error('no such item');").await;
    assert_eq!(
        (thrown.code.as_str(), thrown.retry),
        ("code_failed", Retriable::No)
    );
    assert!(
        thrown.message.starts_with("line 2, column") && thrown.message.contains("no such item"),
        "{}",
        thrown.message
    );
    let late = fails("for (;;);").await;
    assert_eq!(
        (late.code.as_str(), late.retry),
        ("code_limit", Retriable::No)
    );
    assert_eq!(
        fails("const a = []; for (;;) a.push('x'.repeat(1e6) + a.length)")
            .await
            .code,
        "code_limit"
    );
    assert_eq!(
        fails("return 'x'.repeat(2e6)").await.code,
        "output_too_large"
    );
    let odd = run(&world, json!({ "code": "", "inputs": [1] }), SECOND).await;
    assert_eq!(failure(odd).code, "bad_input");
}

#[tokio::test]
async fn loops_without_end_hold_nobody_up() {
    let world = open();
    let endless = json!({ "code": "for (;;);" });
    let loops = (0..20).map(|_| run(&world, endless.clone(), Duration::from_millis(100)));
    let mut loops: Vec<_> = loops.map(Box::pin).collect();
    let beside = async {
        // One thread serves all of this test: it is free while code computes.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        run(&world, json!({ "code": "return 1" }), SECOND).await
    };
    let mut beside = std::pin::pin!(beside);
    let mut quick = None;
    let all = async {
        for one in &mut loops {
            assert_eq!(failure(one.await).code, "code_limit");
        }
    };
    tokio::join!(all, async { quick = Some((&mut beside).await) });
    assert_eq!(quick.unwrap().result.unwrap().body, json!(1));
}

#[tokio::test]
async fn a_mistake_in_code_is_found_on_save_and_braces_are_none() {
    let world = open();
    let problems = |with: Value| completed(&world, "code.run", with).1;
    assert_eq!(problems(json!({ "code": "return inputs.;" })), ["/code"]);
    assert_eq!(
        problems(json!({ "code": 5, "inputs": [] })),
        ["/code", "/inputs"]
    );
    let braces = json!({ "code": "const a = {b: {c: 1}}; {{ return a }}", "inputs": "{{ all }}" });
    assert!(problems(braces).is_empty());
    // Nothing runs while it is looked at.
    assert!(problems(json!({ "code": "for (;;);" })).is_empty());
}

#[tokio::test]
async fn a_table_is_built_without_reaching_anything() {
    let world = open();
    assert!(world.is_pure("csv.build") && world.is_pure("code.run"));
    assert!(!world.is_pure("http.request") && !world.is_pure("storage.put"));
    let with = json!({ "rows": [{ "caller": "+14155550100", "said": "=cmd()" }] });
    let outcome = world
        .perform(&step("csv.build", with), &Workspace::default())
        .await;
    let body = outcome.result.unwrap().body;
    assert_eq!(
        body,
        json!({ "text": "caller,said\r\n+14155550100,'=cmd()\r\n", "rows": 1 })
    );
}
