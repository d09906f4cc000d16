//! `sql.*` against a real MariaDB: the same promises as elsewhere, in a protocol of our own reading.

use crate::receiver::{Act, Receiver};
use crate::world::{Names, Workspace, closed, failure, nets, open, step};
use actions::{Actions, CertificateDer, Config, World};
use kernel::run::{Outcome, Retriable};
use lab::MariaDb;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// A static is never dropped: its keeper ends it.
static SERVER: LazyLock<MariaDb> = LazyLock::new(|| {
    let tls = [
        format!("--ssl-cert={FIXTURES}/valid.pem"),
        format!("--ssl-key={FIXTURES}/receiver.key"),
    ];
    let server = MariaDb::start(&[&tls[0], &tls[1]]).unwrap();
    server
        .sql("create user shop@'%' identified by 'canary-password';; grant all on *.* to shop@'%'")
        .unwrap();
    server
});

/// A workspace with one connection to a database in which `sql` has run.
fn office(sql: &str, more: Value) -> Workspace {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("d{}", COUNT.fetch_add(1, Ordering::Relaxed));
    SERVER
        .sql(&format!(
            "create database {name} character set utf8mb4;; use {name};; {sql}"
        ))
        .unwrap();
    let mut fields = json!({ "host": "127.0.0.1", "port": SERVER.port, "user": "shop", "password": "canary-password",
        "database": name, "tls": "off" });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("CRM", "mysql", fields)
}

fn sql(texts: &[&str], values: Value) -> Value {
    json!({ "sql": { "text": texts, "values": values } })
}

async fn run(world: &World, office: &Workspace, action: &str, with: Value) -> Outcome {
    world.perform(&step(action, with), office).await
}

async fn rows(world: &World, office: &Workspace, text: &str) -> Value {
    let outcome = run(world, office, "sql.query", sql(&[text], json!([]))).await;
    outcome.result.unwrap().body["rows"].clone()
}

const LEADS: &str = "create table leads (id int primary key auto_increment, phone varchar(500) character set utf8mb4 collate utf8mb4_bin unique,
    budget decimal(12,2), data json, at datetime(3), hot bool default false, note varchar(5))";

#[tokio::test]
async fn every_type_comes_back_as_json_has_it() {
    let (world, office) = (open(), office("create table t (b bool, i tinyint, s smallint, m mediumint, big bigint, u bigint unsigned, f double, f4 float,
        n decimal(30,4), t text, nothing int, e enum('ok','bad'), raw varbinary(9), d date, clock time(1), h time, local datetime, moment timestamp(3) null, y year, bits bit(12));;
        insert into t values (true, -7, -300, -70000, -9007199254740993, 18446744073709551615, 1.5, 0.1, 12345678901234567890.12, '𝕏é', null, 'ok', 'hi',
        '2026-11-26', '10:20:30.5', '-100:00:00', '2026-11-26 10:00', '2026-11-26 10:00:00.25', 2026, b'101')", json!({})));
    let zone = sql(&["select *, moment as again from t"], json!([]));
    let output = run(&world, &office, "sql.query", zone)
        .await
        .result
        .unwrap();
    let mut row = output.body["rows"][0].clone();
    let moment = row["moment"].take();
    assert!(moment.as_str().unwrap().ends_with(":00.25Z"), "{moment}");
    assert_eq!(moment, row["again"].take());
    assert_eq!(
        row,
        json!({
            "b": 1, "i": -7, "s": -300, "m": -70000, "big": -9_007_199_254_740_993_i64, "u": u64::MAX, "f": 1.5, "f4": 0.1,
            "n": "12345678901234567890.1200", "t": "𝕏é", "nothing": null, "e": "ok", "raw": "aGk=", "d": "2026-11-26",
            "clock": "10:20:30.5", "h": "-100:00:00", "local": "2026-11-26T10:00:00", "moment": null, "y": 2026, "bits": 5, "again": null
        })
    );
    let many = rows(
        &world,
        &office,
        "select 1 a, null b, 2 c, null d, 3 e, null f, 4 g, null h, 5 i, null j",
    )
    .await;
    assert_eq!(
        many[0],
        json!({ "a": 1, "b": null, "c": 2, "d": null, "e": 3, "f": null, "g": 4, "h": null, "i": 5, "j": null })
    );
}

#[tokio::test]
async fn rows_are_inserted_updated_and_found() {
    let (world, office) = (open(), office(LEADS, json!({})));
    let with = json!({ "table": "leads", "values": { "phone": "+1", "budget": 1500.5, "data": { "deep": [1, "x"] },
        "at": "2026-11-26T12:00:00.5+02:00", "hot": true } });
    let output = run(&world, &office, "sql.insert", with)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body,
        json!({ "count": 1, "rows": [], "insert_id": 1 })
    );
    let found = sql(
        &[
            "select phone, budget, data, at, hot from leads where budget > ",
            " and hot = ",
            "",
        ],
        json!([1500, true]),
    );
    let output = run(&world, &office, "sql.query", found)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body["rows"],
        json!([{ "phone": "+1", "budget": "1500.50", "data": "{\"deep\":[1,\"x\"]}", "at": "2026-11-26T10:00:00.5", "hot": 1 }])
    );
    // Rows that were found count, also where nothing in them changes.
    let change = json!({ "table": "leads", "set": { "hot": true }, "where": { "phone": "+1" } });
    assert_eq!(
        run(&world, &office, "sql.update", change)
            .await
            .result
            .unwrap()
            .body["count"],
        1
    );
    let with = |conflict: Value| json!({ "table": "leads", "rows": [{ "phone": "+1", "hot": false }, { "phone": "+2", "hot": false }], "on_conflict": conflict, "keys": "phone" });
    let refused = failure(run(&world, &office, "sql.insert", with(json!(null))).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("sql_refused", Retriable::No)
    );
    run(&world, &office, "sql.insert", with(json!("ignore")))
        .await
        .result
        .unwrap();
    assert_eq!(
        rows(&world, &office, "select hot from leads order by id").await,
        json!([{ "hot": 1 }, { "hot": 0 }])
    );
    run(&world, &office, "sql.insert", with(json!("update")))
        .await
        .result
        .unwrap();
    assert_eq!(
        rows(&world, &office, "select hot from leads order by id").await,
        json!([{ "hot": 0 }, { "hot": 0 }])
    );
    // What does not fit is refused, not cut.
    let long = json!({ "table": "leads", "values": { "note": "too long for it" } });
    assert_eq!(
        failure(run(&world, &office, "sql.insert", long).await).code,
        "sql_refused"
    );
    let back = json!({ "table": "leads", "values": { "phone": "+3" }, "returning": "phone" });
    assert_eq!(
        run(&world, &office, "sql.insert", back)
            .await
            .result
            .unwrap()
            .body["rows"],
        json!([{ "phone": "+3" }])
    );
}

#[tokio::test]
async fn no_value_and_no_name_becomes_a_part_of_the_statement() {
    let (world, office) = (open(), office(LEADS, json!({})));
    for text in [
        "'; drop table leads; -- ",
        "1 or 1=1",
        "\\'; drop table leads; # ",
        "?",
        "\" or \"\"=\"",
        "𝕏\u{202e}'\"`\\\0",
        "/*! 1 */",
    ] {
        let with = json!({ "table": "leads", "values": { "phone": text } });
        run(&world, &office, "sql.insert", with)
            .await
            .result
            .unwrap();
        let found = sql(
            &["select phone from leads where phone = ", ""],
            json!([text]),
        );
        let output = run(&world, &office, "sql.query", found)
            .await
            .result
            .unwrap();
        assert_eq!(output.body["rows"], json!([{ "phone": text }]));
        let change =
            json!({ "table": "leads", "set": { "budget": "7" }, "where": { "phone": text } });
        assert_eq!(
            run(&world, &office, "sql.update", change)
                .await
                .result
                .unwrap()
                .body["count"],
            1,
            "{text}"
        );
        let names = json!({ "table": "leads", "values": { format!("phone`) values ('x'); {}", text.replace('\0', "")): "x" } });
        assert_eq!(
            failure(run(&world, &office, "sql.insert", names).await).code,
            "sql_refused"
        );
    }
    let escaped = failure(
        run(
            &world,
            &office,
            "sql.query",
            sql(&["select 'it\\'s ", "'"], json!(["x"])),
        )
        .await,
    );
    assert!(
        escaped.message.contains("0 places for values"),
        "{}",
        escaped.message
    );
    for text in [
        "select 1; drop table leads",
        "load data local infile '/etc/passwd' into table leads",
        "commit and chain; select 1",
    ] {
        let refused = failure(run(&world, &office, "sql.execute", sql(&[text], json!([]))).await);
        assert_eq!(refused.code, "sql_refused", "{text}: {}", refused.message);
    }
    assert_eq!(
        rows(&world, &office, "select count(*) n from leads").await,
        json!([{ "n": 7 }])
    );
}

#[tokio::test]
async fn what_only_reads_can_change_nothing() {
    let (world, office) = (
        open(),
        office(
            "create table t (n int);; create function put() returns int modifies sql data begin insert into t values (1); return 1; end",
            json!({}),
        ),
    );
    for text in [
        "select put()",
        "with a as (select 1) delete from t",
        "(select 1) union select put()",
    ] {
        let refused = failure(run(&world, &office, "sql.query", sql(&[text], json!([]))).await);
        assert_eq!(refused.code, "sql_refused", "{text}: {}", refused.message);
    }
    assert_eq!(
        rows(&world, &office, "select count(*) n from t").await,
        json!([{ "n": 0 }])
    );
}

#[tokio::test]
async fn a_procedure_gives_its_first_answer() {
    let (world, office) = (
        open(),
        office(
            "create table t (n int);; create procedure p(in a int) begin insert into t values (a); select a as got; select 2 as other; end",
            json!({}),
        ),
    );
    for n in [7, 8] {
        let called = run(
            &world,
            &office,
            "sql.execute",
            sql(&["call p(", ")"], json!([n])),
        )
        .await;
        assert_eq!(called.result.unwrap().body["rows"], json!([{ "got": n }]));
    }
    assert_eq!(
        rows(&world, &office, "select count(*) n from t").await,
        json!([{ "n": 2 }])
    );
}

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
async fn a_row_that_another_unique_index_holds_is_not_overwritten() {
    let setup = format!(
        "{LEADS};; alter table leads add unique (note);; insert into leads (phone, note, hot) values ('+1', 'a', false), ('+2', 'b', false)"
    );
    let (world, office) = (open(), office(&setup, json!({})));
    let with = json!({ "table": "leads", "rows": [{ "phone": "+2", "note": "c", "hot": true }, { "phone": "+3", "note": "a", "hot": true }],
        "on_conflict": "update", "keys": "phone" });
    run(&world, &office, "sql.insert", with)
        .await
        .result
        .unwrap();
    assert_eq!(
        rows(
            &world,
            &office,
            "select phone, note, hot from leads order by id"
        )
        .await,
        json!([{ "phone": "+1", "note": "a", "hot": 0 }, { "phone": "+2", "note": "c", "hot": 1 }])
    );
}

#[tokio::test]
async fn a_statement_without_end_and_an_answer_without_end_are_stopped() {
    let (world, office) = (open(), office("create table t (n int)", json!({})));
    for (action, text, time, code, retry) in [
        (
            "sql.query",
            "select sleep(600)",
            2,
            "timeout",
            Retriable::Yes,
        ),
        (
            "sql.execute",
            "insert into t select sleep(600)",
            2,
            "timeout",
            Retriable::Yes,
        ),
        (
            "sql.query",
            "select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b",
            2,
            "timeout",
            Retriable::Yes,
        ),
        (
            "sql.query",
            "select repeat('x', 16000000) as big",
            20,
            "output_too_large",
            Retriable::No,
        ),
        (
            "sql.query",
            "select repeat('x', 10000) as big from seq_1_to_900",
            20,
            "output_too_large",
            Retriable::No,
        ),
        (
            "sql.query",
            "select seq from seq_1_to_100000000",
            20,
            "output_too_large",
            Retriable::No,
        ),
    ] {
        let mut step = step(action, sql(&[text], json!([])));
        step.timeout = Duration::from_secs(time);
        let began = Instant::now();
        let refused = failure(world.perform(&step, &office).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, retry),
            "{text}: {}",
            refused.message
        );
        assert!(began.elapsed() < Duration::from_secs(time + 2), "{text}");
    }
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
    let lost = failure(outcome);
    assert_eq!(
        (&*lost.code, lost.retry),
        ("reset", Retriable::Unknown),
        "{}",
        lost.message
    );
    assert!(lost.message.contains("nobody knows"), "{}", lost.message);
}

#[tokio::test]
async fn who_cannot_get_in_is_told_what_to_correct() {
    let world = open();
    for (more, code, retry, says) in [
        (
            json!({ "password": "canary-wrong" }),
            "sign_in",
            Retriable::No,
            "`CRM`",
        ),
        (
            json!({ "database": "gone" }),
            "sql_refused",
            Retriable::No,
            "correct the database",
        ),
        (
            json!({ "user": "stranger" }),
            "sign_in",
            Retriable::No,
            "stranger",
        ),
        (json!({ "port": 1 }), "connect", Retriable::Yes, "refused"),
    ] {
        let office = office("select 1", more.clone());
        let outcome = run(&world, &office, "sql.query", sql(&["select 1"], json!([]))).await;
        assert!(!format!("{outcome:?}").contains("canary"), "{outcome:?}");
        let refused = failure(outcome);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, retry),
            "{more}: {}",
            refused.message
        );
        assert!(
            refused.message.contains(says),
            "{more}: {}",
            refused.message
        );
        assert_eq!(
            world.try_connection(office.take(), &office).await.works,
            Some(false)
        );
    }
    let office = office("select 1", json!({}));
    let verdict = world.try_connection(office.take(), &office).await;
    assert!(
        verdict.works == Some(true) && verdict.message.contains("MariaDB 1"),
        "{}",
        verdict.message
    );
}

#[tokio::test]
async fn over_tls_the_certificate_is_checked_and_an_authority_of_ones_own_is_trusted() {
    let authority = std::fs::read_to_string(format!("{FIXTURES}/authority.pem")).unwrap();
    let world = |trust: bool| {
        World::new(Config {
            allowed: nets(&["127.0.0.0/8"]),
            trust: match trust {
                true => vec![CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()],
                false => Vec::new(),
            },
            resolver: Some(Names::of(&[
                ("receiver.test", &[&["127.0.0.1"]]),
                ("other.test", &[&["127.0.0.1"]]),
            ])),
            ..Config::default()
        })
    };
    let ask = sql(&["show status like 'ssl_version'"], json!([]));
    let on = |more: Value| {
        let mut fields = json!({ "host": "receiver.test", "tls": "on" });
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        office("select 1", fields)
    };
    for (world, office) in [
        (world(true), on(json!({}))),
        (
            world(false),
            on(json!({ "authority": authority.replace('\n', "") })),
        ),
    ] {
        let outcome = run(&world, &office, "sql.query", ask.clone()).await;
        assert!(outcome.exchange.as_ref().unwrap().timing.tls_us.is_some());
        let body = outcome.result.unwrap().body;
        assert!(
            body["rows"][0]["Value"]
                .as_str()
                .unwrap()
                .starts_with("TLSv1"),
            "{body}"
        );
    }
    for (world, office) in [
        (world(false), on(json!({}))),
        (world(true), on(json!({ "host": "other.test" }))),
    ] {
        assert_eq!(
            failure(run(&world, &office, "sql.query", ask.clone()).await).code,
            "tls"
        );
    }
}

/// What a server of MySQL says first: an old version, no TLS, and the way of signing in that is given.
fn greeting(plugin: &str) -> Vec<u8> {
    let mut said = b"\x0a8.0.40\0\x07\0\0\0abcdefgh\0".to_vec();
    said.extend_from_slice(&[0xff, 0xf7, 45, 2, 0, 0xff, 0xff, 21]);
    said.extend_from_slice(&[0; 10]);
    said.extend_from_slice(b"ijklmnopqrst\0");
    said.extend_from_slice(plugin.as_bytes());
    said.push(0);
    packet(0, &said)
}

fn packet(turn: u8, said: &[u8]) -> Vec<u8> {
    let mut packet = (said.len() as u32).to_le_bytes().to_vec();
    packet[3] = turn;
    packet.extend_from_slice(said);
    packet
}

#[tokio::test]
async fn a_server_that_wants_more_than_it_may_gets_nothing() {
    let clear = [&[0xfe][..], b"mysql_clear_password\0"].concat();
    let infile = [
        greeting("mysql_native_password"),
        packet(2, &[0, 0, 0, 2, 0, 0, 0]),
        packet(1, b"\xfb/etc/passwd"),
    ]
    .concat();
    for (said, tls, code, says) in [
        (
            greeting("mysql_native_password"),
            "on",
            "tls",
            "turn TLS on",
        ),
        (
            [greeting("mysql_native_password"), packet(2, &clear)].concat(),
            "off",
            "sign_in",
            "TLS alone",
        ),
        (
            [greeting("caching_sha2_password"), packet(2, &[1, 4])].concat(),
            "off",
            "sign_in",
            "TLS alone",
        ),
        (
            [
                greeting("mysql_native_password"),
                packet(2, b"\xfedialog\0"),
            ]
            .concat(),
            "off",
            "sign_in",
            "`dialog`",
        ),
        (infile, "off", "bad_response", "not MySQL"),
        (packet(0, &[0xff; 5]), "off", "sql_refused", ""),
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
            "off",
            "bad_response",
            "check host and port",
        ),
        (
            packet(3, b"x"),
            "off",
            "bad_response",
            "check host and port",
        ),
        (packet(0, b""), "off", "bad_response", "check host and port"),
        (
            packet(0, b"\x0a8.0"),
            "off",
            "bad_response",
            "check host and port",
        ),
        (
            vec![0xff, 0xff, 0xff, 0],
            "off",
            "output_too_large",
            "ask for less",
        ),
    ] {
        let server = Receiver::talking(vec![vec![Act::Send(said.clone()), Act::Hang]]).await;
        let fields = json!({ "host": "127.0.0.1", "port": server.port, "user": "u", "password": "canary-password", "database": "d", "tls": tls });
        let office = Workspace::connected("CRM", "mysql", fields);
        let refused =
            failure(run(&open(), &office, "sql.query", sql(&["select 1"], json!([]))).await);
        assert_eq!(refused.code, code, "{said:?}: {}", refused.message);
        assert!(refused.message.contains(says), "{}", refused.message);
    }
}

#[tokio::test]
async fn no_internal_address_hears_a_byte() {
    let server = Receiver::talking(vec![vec![Act::Hang]]).await;
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
    ] {
        let fields = json!({ "host": host, "port": server.port, "user": "u", "database": "d" });
        let office = Workspace::connected("CRM", "mysql", fields);
        let refused = failure(
            run(
                &closed(),
                &office,
                "sql.query",
                sql(&["select 1"], json!([])),
            )
            .await,
        );
        assert_eq!(
            (&*refused.code, refused.retry),
            ("blocked", Retriable::No),
            "{host}"
        );
    }
    assert_eq!(server.connections(), 0);
}
