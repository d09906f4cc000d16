//! Time, size and lines: what has no end is stopped, what was kept in part or lost is in doubt.

use super::*;

#[tokio::test]
async fn a_procedure_that_kept_a_part_before_its_time_was_over_is_in_doubt() {
    let office = office(
        "create table t (n int);; create procedure p() begin insert into t values (1); commit; select sleep(600); end",
        json!({}),
    );
    let mut step = step("sql.execute", sql(&["call p()"], json!([])));
    step.timeout = Duration::from_secs(2);
    let world = open();
    let late = failure(world.perform(&step, &office).await);
    assert_eq!(
        (&*late.code, late.retry),
        ("timeout", Retriable::Unknown),
        "{}",
        late.message
    );
    assert_eq!(
        rows(&world, &office, "select n from t").await,
        json!([{ "n": 1 }])
    );
}

#[tokio::test]
async fn a_statement_without_end_and_an_answer_without_end_are_stopped() {
    let (world, office) = (open(), office("create table t (n int)", json!({})));
    what_has_no_end_is_stopped(
        &world,
        &office,
        &[
            ("sql.query", "select sleep(600)"),
            ("sql.execute", "insert into t select sleep(600)"),
            (
                "sql.query",
                "select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b",
            ),
        ],
        &[
            ("sql.query", "select repeat('x', 16000000) as big"),
            (
                "sql.query",
                "select repeat('x', 10000) as big from seq_1_to_900",
            ),
            ("sql.query", "select seq from seq_1_to_100000000"),
        ],
    )
    .await;
    assert_eq!(SERVER.sql("select count(*) from information_schema.processlist where info like '%sleep(600)%' and info not like '%processlist%'").unwrap(), "0");
}

#[tokio::test]
async fn steps_share_lines_that_forget_what_was_set() {
    let (world, office) = (open(), office("select 1", json!({ "connections": 1 })));
    let first = rows(
        &world,
        &office,
        "select connection_id() as id, get_lock('x', 1) as held, @a := 5 as a",
    )
    .await;
    let outcome = run(
        &world,
        &office,
        "sql.query",
        sql(
            &["select connection_id() as id, is_used_lock('x') as held, @a as a, '𝕏' as t"],
            json!([]),
        ),
    )
    .await;
    assert!(outcome.exchange.as_ref().unwrap().timing.reused);
    let second = outcome.result.unwrap().body["rows"].clone();
    assert_eq!(
        second,
        json!([{ "id": first[0]["id"], "held": null, "a": null, "t": "𝕏" }])
    );
    SERVER.sql(&format!("kill {}", first[0]["id"])).unwrap();
    assert_eq!(
        rows(&world, &office, "select 1 as n").await,
        json!([{ "n": 1 }])
    );
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_in_doubt() {
    let server = MariaDb::start(&[]).unwrap();
    server.sql("create user shop@'%';; grant all on *.* to shop@'%';; create database d;; create table d.t (n int)").unwrap();
    let fields = json!({ "host": "127.0.0.1", "port": server.port, "user": "shop", "database": "d", "tls": "off" });
    let office = Workspace::connected("CRM", "mysql", fields);
    let world = open();
    let mut step = step(
        "sql.execute",
        sql(&["insert into t select sleep(600)"], json!([])),
    );
    step.timeout = Duration::from_secs(60);
    let kill = async {
        let busy = "select count(*) from information_schema.processlist where state = 'User sleep'";
        while server.sql(busy).unwrap() == "0" {
            tokio::task::yield_now().await;
        }
        drop(server);
    };
    let (outcome, ()) = tokio::join!(world.perform(&step, &office), kill);
    nobody_knows(outcome);
}
