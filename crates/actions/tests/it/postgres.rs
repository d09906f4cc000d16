//! `sql.*` against a real PostgreSQL: what is read and written, what a value can never do, and what comes of refusals.

use crate::receiver::{Act, Receiver};
use crate::world::{Names, Workspace, closed, completed, failure, nets, open, secret, step};
use actions::{Actions, CertificateDer, Config, World};
use kernel::run::{Outcome, Retriable};
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A workspace with one connection to a fresh database in which `sql` has run.
fn office(sql: &str) -> Workspace {
    let url = lab::database();
    lab::sql(&url, sql).unwrap();
    at(&url, json!({}))
}

/// `postgres://user@host:port/database`; `more` are fields of the connection.
fn at(url: &str, more: Value) -> Workspace {
    let url = url::Url::parse(url).unwrap();
    let mut fields = json!({
        "host": url.host_str().unwrap(), "port": url.port().unwrap(), "user": url.username(),
        "database": url.path().trim_start_matches('/'), "tls": "off"
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("CRM", "postgres", fields)
}

/// A statement as its template renders: a value is bound between each two texts.
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

const LEADS: &str = "create table leads (id int primary key generated always as identity, phone text unique, budget numeric(12,2),
    tags text[], data jsonb, at timestamptz, hot boolean default false, raw bytea)";

#[tokio::test]
async fn every_type_comes_back_as_json_has_it() {
    let (world, office) = (open(), office("create type mood as enum ('ok', 'bad')"));
    let text = "select true as b, 7::int2 as i, 9007199254740993 as big, 1.5::float8 as f, 0.1::float4 as f4, 'NaN'::float8 as nan,
        12345678901234567890.1200 as n, 'x' as t, null as nothing, 'ok'::mood as m, '{\"a\":[1]}'::jsonb as j, '\\x6869'::bytea as raw,
        date '2026-11-26' as d, time '10:20:30.5' as clock, timestamp '2026-11-26 10:00' as local,
        timestamptz '2026-11-26 10:00+02' as moment, interval '1 day 2 hours' as span, array[1, null, 3] as list,
        array[['a'],['b']] as deep, '{}'::text[] as none, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid as u, inet '10.0.0.1/8' as net";
    assert_eq!(
        rows(&world, &office, text).await[0],
        json!({
            "b": true, "i": 7, "big": 9_007_199_254_740_993_i64, "f": 1.5, "f4": 0.1, "nan": "NaN",
            "n": "12345678901234567890.1200", "t": "x", "nothing": null, "m": "ok", "j": { "a": [1] }, "raw": "aGk=",
            "d": "2026-11-26", "clock": "10:20:30.5", "local": "2026-11-26T10:00:00", "moment": "2026-11-26T08:00:00Z",
            "span": "P1DT2H", "list": [1, null, 3], "deep": [["a"], ["b"]], "none": [],
            "u": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "net": "10.0.0.1/8"
        })
    );
    let text = sql(&["select point(1, 2) as place"], json!([]));
    let refused = failure(run(&world, &office, "sql.query", text).await);
    assert!(
        refused.message.contains("`place::text`"),
        "{}",
        refused.message
    );
}

#[tokio::test]
async fn values_take_the_type_of_their_column() {
    let (world, office) = (open(), office(LEADS));
    let with = json!({ "table": "leads", "values": {
        "phone": "+14155550100", "budget": 1500.5, "tags": ["a\"b", "c,d"], "data": { "deep": [1, "x"] },
        "at": "2026-11-26T10:00:00Z", "hot": "true", "raw": "aGk=" }, "returning": "id, budget" });
    let output = run(&world, &office, "sql.insert", with)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body,
        json!({ "count": 1, "rows": [{ "id": 1, "budget": "1500.50" }] })
    );
    let found = sql(
        &[
            "select phone, tags, data, at, hot, raw from leads where budget > ",
            " and hot = ",
            " and phone = any(",
            ")",
        ],
        json!([1500, true, ["+14155550100", "x"]]),
    );
    let output = run(&world, &office, "sql.query", found)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body["rows"],
        json!([{ "phone": "+14155550100", "tags": ["a\"b", "c,d"], "data": { "deep": [1, "x"] }, "at": "2026-11-26T10:00:00Z",
                 "hot": true, "raw": "aGk=" }])
    );
    let change = json!({ "table": "leads", "set": { "hot": false, "budget": null }, "where": { "phone": "+14155550100" },
        "returning": ["hot", "budget"] });
    let output = run(&world, &office, "sql.update", change)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body,
        json!({ "count": 1, "rows": [{ "hot": false, "budget": null }] })
    );
    let gone = sql(&["delete from leads where id = $1;"], json!([]));
    let mut with = gone;
    with["params"] = json!(["1"]);
    let output = run(&world, &office, "sql.execute", with)
        .await
        .result
        .unwrap();
    assert_eq!(output.body["count"], 1);
}

#[tokio::test]
async fn a_row_that_is_there_is_left_changed_or_an_error_as_the_step_says() {
    let (world, office) = (open(), office(LEADS));
    let with = |hot: bool, conflict: Value| {
        json!({ "table": "public.leads", "rows": [{ "phone": "1", "hot": hot }, { "phone": "2", "hot": hot }],
                "on_conflict": conflict, "keys": "phone" })
    };
    let count = |outcome: Outcome| outcome.result.unwrap().body["count"].clone();
    assert_eq!(
        count(run(&world, &office, "sql.insert", with(false, json!(null))).await),
        2
    );
    let refused = failure(run(&world, &office, "sql.insert", with(true, json!(null))).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("sql_refused", Retriable::No)
    );
    assert!(
        refused.message.contains("leads_phone_key"),
        "{}",
        refused.message
    );
    assert_eq!(
        count(run(&world, &office, "sql.insert", with(true, json!("ignore"))).await),
        0
    );
    assert_eq!(
        count(run(&world, &office, "sql.insert", with(true, json!("update"))).await),
        2
    );
    let hot = rows(&world, &office, "select count(*) from leads where hot").await;
    assert_eq!(hot, json!([{ "count": 2 }]));
}

#[tokio::test]
async fn no_value_and_no_name_becomes_a_part_of_the_statement() {
    let (world, office) = (open(), office(LEADS));
    for text in [
        "'; drop table leads; --",
        "1 or 1=1",
        "\\'; select pg_sleep(9); --",
        "$1",
        "{{ secrets.crm }}",
        "' || (select version()) || '",
        "𝕏\u{202e}'\"`\\",
        "null",
    ] {
        let with = json!({ "table": "leads", "values": { "phone": text, "data": { text: text }, "tags": [text, "\\"] },
            "returning": "phone, data, tags" });
        let output = run(&world, &office, "sql.insert", with)
            .await
            .result
            .unwrap();
        assert_eq!(
            output.body["rows"],
            json!([{ "phone": text, "data": { text: text }, "tags": [text, "\\"] }])
        );
        let found = sql(
            &["select count(*) from leads where phone = ", ""],
            json!([text]),
        );
        let output = run(&world, &office, "sql.query", found)
            .await
            .result
            .unwrap();
        assert_eq!(output.body["rows"], json!([{ "count": 1 }]), "{text}");
        let change =
            json!({ "table": "leads", "set": { "budget": "7" }, "where": { "phone": text } });
        let output = run(&world, &office, "sql.update", change)
            .await
            .result
            .unwrap();
        assert_eq!(output.body["count"], 1, "{text}");
        for with in [
            json!({ "table": format!("leads\" {text}"), "values": { "phone": "x" } }),
            json!({ "table": "leads", "values": { format!("phone\") values ('x'); {text}"): "x" } }),
        ] {
            let refused = failure(run(&world, &office, "sql.insert", with).await);
            assert_eq!(refused.code, "sql_refused", "{}", refused.message);
        }
    }
    let nothing = failure(
        run(
            &world,
            &office,
            "sql.query",
            sql(&["select ", ""], json!(["a\0b"])),
        )
        .await,
    );
    assert_eq!(nothing.code, "sql_refused", "{}", nothing.message);
    let inside = failure(
        run(
            &world,
            &office,
            "sql.query",
            sql(&["select $$", "$$"], json!(["x"])),
        )
        .await,
    );
    assert!(
        inside.message.contains("0 places for values"),
        "{}",
        inside.message
    );
    let two = failure(
        run(
            &world,
            &office,
            "sql.execute",
            sql(&["select 1; drop table leads"], json!([])),
        )
        .await,
    );
    assert_eq!(two.code, "sql_refused", "{}", two.message);
    assert_eq!(
        rows(&world, &office, "select count(*) from leads").await,
        json!([{ "count": 8 }])
    );
}

#[tokio::test]
async fn what_only_reads_can_change_nothing() {
    let (world, office) = (
        open(),
        office(
            "create table t (n int); create function put() returns int language sql as 'insert into t values (1) returning n'",
        ),
    );
    for text in [
        "with a as (insert into t values (1) returning n) select * from a",
        "select put()",
        "select nextval('s')",
        "select * into u from t",
    ] {
        let refused = failure(run(&world, &office, "sql.query", sql(&[text], json!([]))).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("sql_refused", Retriable::No),
            "{text}"
        );
    }
    for text in [
        "insert into t values (1)",
        "/* select */ delete from t",
        "set role x",
        "commit",
        "",
    ] {
        let refused = failure(run(&world, &office, "sql.query", sql(&[text], json!([]))).await);
        assert_eq!(refused.code, "bad_input", "{text}: {}", refused.message);
    }
    assert_eq!(
        rows(&world, &office, "select count(*) from t").await,
        json!([{ "count": 0 }])
    );
    let put = sql(&["select put()"], json!([]));
    let output = run(&world, &office, "sql.execute", put)
        .await
        .result
        .unwrap();
    assert_eq!(output.body["rows"], json!([{ "put": 1 }]));
}

#[tokio::test]
async fn a_statement_without_end_and_an_answer_without_end_are_stopped() {
    let (world, office) = (open(), office("create table t (n int)"));
    for (action, text, code, retry) in [
        (
            "sql.query",
            "select pg_sleep(600)",
            "timeout",
            Retriable::Yes,
        ),
        (
            "sql.execute",
            "insert into t select 1 from pg_sleep(600)",
            "timeout",
            Retriable::Yes,
        ),
        (
            "sql.query",
            "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r",
            "timeout",
            Retriable::Yes,
        ),
        (
            "sql.query",
            "select repeat('x', 100000000) as big",
            "output_too_large",
            Retriable::No,
        ),
        (
            "sql.query",
            "select repeat('x', 10000) as big from generate_series(1, 900)",
            "output_too_large",
            Retriable::No,
        ),
        (
            "sql.query",
            "select a.n from generate_series(1, 30000) a(n), generate_series(1, 30000) b",
            "output_too_large",
            Retriable::No,
        ),
        (
            "sql.execute",
            "insert into t select n from generate_series(1, 2000) n returning n",
            "output_too_large",
            Retriable::No,
        ),
    ] {
        let mut step = step(action, sql(&[text], json!([])));
        let time = match code {
            "timeout" => 2,
            _ => 20,
        };
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
    // Nor goes anything on behind our back, or is anything kept.
    let left = "select count(*) from pg_stat_activity where query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()";
    assert_eq!(rows(&world, &office, left).await, json!([{ "count": 0 }]));
    assert_eq!(
        rows(&world, &office, "select count(*) from t").await,
        json!([{ "count": 0 }])
    );
    let few = json!({ "sql": { "text": ["select n from generate_series(1, 9) n"], "values": [] }, "max_rows": 5 });
    let refused = failure(run(&world, &office, "sql.query", few).await);
    assert!(
        refused.message.contains("more than 5 rows"),
        "{}",
        refused.message
    );
}

#[tokio::test]
async fn steps_share_lines_and_wait_where_there_are_no_more() {
    let url = lab::database();
    let (world, office) = (open(), at(&url, json!({ "connections": 2 })));
    let ask = || {
        rows(
            &world,
            &office,
            "select pg_backend_pid() as pid from pg_sleep(0.1)",
        )
    };
    let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
    let mut pids: Vec<String> = [a, b, c, d]
        .iter()
        .map(|rows| rows[0]["pid"].to_string())
        .collect();
    pids.sort();
    pids.dedup();
    assert_eq!(pids.len(), 2, "{pids:?}");
    let outcome = run(&world, &office, "sql.query", sql(&["select 1"], json!([]))).await;
    assert!(outcome.exchange.unwrap().timing.reused);
    // A line that the server has closed is not used again.
    lab::sql(&url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'switchhook' and datname = current_database()").unwrap();
    assert_eq!(
        rows(&world, &office, "select 1 as n").await,
        json!([{ "n": 1 }])
    );
}

#[tokio::test]
async fn who_only_waited_for_a_line_is_told_so_and_may_try_again() {
    let (world, office) = (open(), at(&lab::database(), json!({ "connections": 1 })));
    let holds = step(
        "sql.query",
        sql(&["select 1 as n from pg_sleep(2)"], json!([])),
    );
    let mut waits = step("sql.execute", sql(&["select 1"], json!([])));
    waits.timeout = Duration::from_millis(300);
    let (held, waited) = tokio::join!(
        world.perform(&holds, &office),
        world.perform(&waits, &office)
    );
    held.result.unwrap();
    let waited = failure(waited);
    assert_eq!(
        (&*waited.code, waited.retry),
        ("busy", Retriable::Yes),
        "{}",
        waited.message
    );
    assert!(
        waited.message.contains("`connections`"),
        "{}",
        waited.message
    );
}

#[tokio::test]
async fn what_a_statement_holds_for_its_session_the_next_one_does_not_find() {
    let url = lab::database();
    let (world, office) = (open(), at(&url, json!({ "connections": 1 })));
    rows(&world, &office, "select pg_advisory_lock(7), set_config('statement_timeout', '1', false), set_config('search_path', 'x', false)").await;
    let set = sql(&["set search_path = y"], json!([]));
    run(&world, &office, "sql.execute", set)
        .await
        .result
        .unwrap();
    let text = "select current_setting('search_path') as path, (select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())) as locks";
    assert_eq!(
        rows(&world, &office, text).await,
        json!([{ "path": "\"$user\", public", "locks": 0 }])
    );
}

#[tokio::test]
async fn an_answer_to_commit_that_is_lost_leaves_the_result_unknown() {
    let dir = tempfile::tempdir().unwrap();
    let mut cluster =
        lab::Cluster::start_with(&dir.path().join("c"), lab::Options::set(&["fsync=off"])).unwrap();
    let url = cluster.url("postgres");
    let late = "create table t (n int primary key);
        create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(600); return null; end';
        create constraint trigger late after insert on t deferrable initially deferred for each row execute function wait();
        create table u (n int primary key references t deferrable initially deferred)";
    lab::sql(&url, late).unwrap();
    let (world, office) = (open(), at(&url, json!({})));
    // What the server refuses at the last moment is refused, and no doubt.
    let orphan = json!({ "table": "u", "values": { "n": 5 } });
    let refused = failure(run(&world, &office, "sql.insert", orphan).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("sql_refused", Retriable::No),
        "{}",
        refused.message
    );
    let mut step = step("sql.insert", json!({ "table": "t", "values": { "n": 1 } }));
    step.timeout = Duration::from_secs(60);
    let kill = async {
        let busy = "select count(*) from pg_stat_activity where query = 'commit' and wait_event = 'PgSleep'";
        while lab::sql(&url, busy).unwrap() == "0" {
            tokio::task::yield_now().await;
        }
        cluster.stop(lab::Mode::Kill).unwrap();
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
    let dir = tempfile::tempdir().unwrap();
    let cluster =
        lab::Cluster::start_with(&dir.path().join("c"), lab::Options::set(&["fsync=off"])).unwrap();
    lab::sql(
        &cluster.url("postgres"),
        "create user shop password 'right'",
    )
    .unwrap();
    let hba = lab::sql(&cluster.url("postgres"), "show hba_file").unwrap();
    std::fs::write(
        &hba,
        "host all shop all scram-sha-256\nhost all switchhook all trust\n",
    )
    .unwrap();
    lab::sql(&cluster.url("postgres"), "select pg_reload_conf()").unwrap();
    let url = cluster.url("postgres");
    for (more, code, retry, says) in [
        (
            json!({ "user": "shop", "password": "canary-password" }),
            "sign_in",
            Retriable::No,
            "`CRM`",
        ),
        (
            json!({ "user": "shop" }),
            "sign_in",
            Retriable::No,
            "password",
        ),
        (
            json!({ "user": "shop", "password": "right", "database": "gone" }),
            "sql_refused",
            Retriable::No,
            "correct the database",
        ),
        (
            json!({ "user": "stranger", "password": "x" }),
            "sign_in",
            Retriable::No,
            "stranger",
        ),
        (json!({ "tls": "on" }), "tls", Retriable::No, "turn TLS on"),
        (json!({ "port": 1 }), "connect", Retriable::Yes, "refused"),
    ] {
        let office = at(&url, more.clone());
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
        let verdict = world.try_connection(office.take(), &office).await;
        assert_eq!(verdict.works, Some(false), "{}", verdict.message);
        assert!(verdict.message.contains(says), "{}", verdict.message);
    }
    let office = at(&url, json!({ "user": "shop", "password": "right" }));
    let verdict = world.try_connection(office.take(), &office).await;
    assert_eq!(verdict.works, Some(true), "{}", verdict.message);
    assert!(
        verdict.message.contains("PostgreSQL 1") && verdict.message.contains("`shop`"),
        "{}",
        verdict.message
    );
}

#[tokio::test]
async fn over_tls_the_certificate_is_checked_and_an_authority_of_ones_own_is_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("c");
    let mut cluster = lab::Cluster::start_with(&home, lab::Options::set(&["fsync=off"])).unwrap();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    for (from, to) in [("valid.pem", "server.crt"), ("receiver.key", "server.key")] {
        let (to, owner) = (home.join(to), std::fs::metadata(&home).unwrap());
        std::fs::copy(format!("{fixtures}/{from}"), &to).unwrap();
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        std::fs::set_permissions(&to, std::fs::Permissions::from_mode(0o600)).unwrap();
        chown(&to, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    lab::sql(&cluster.url("postgres"), "alter system set ssl = on").unwrap();
    cluster.restart(lab::Mode::Fast).unwrap();
    let authority = std::fs::read_to_string(format!("{fixtures}/authority.pem")).unwrap();
    let names = || {
        Names::of(&[
            ("receiver.test", &[&["127.0.0.1"]]),
            ("other.test", &[&["127.0.0.1"]]),
        ])
    };
    let world = |trust: bool| {
        World::new(Config {
            allowed: nets(&["127.0.0.0/8"]),
            trust: match trust {
                true => vec![CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()],
                false => Vec::new(),
            },
            resolver: Some(names()),
            ..Config::default()
        })
    };
    let office = |more: Value| {
        let mut fields = json!({ "host": "receiver.test", "tls": "on" });
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        at(&cluster.url("postgres"), fields)
    };
    let ask = sql(
        &["select ssl from pg_stat_ssl where pid = pg_backend_pid()"],
        json!([]),
    );
    for (world, office) in [
        (world(true), office(json!({}))),
        (world(false), office(json!({ "authority": authority }))),
    ] {
        let outcome = run(&world, &office, "sql.query", ask.clone()).await;
        assert!(outcome.exchange.as_ref().unwrap().timing.tls_us.is_some());
        assert_eq!(
            outcome.result.unwrap().body["rows"],
            json!([{ "ssl": true }])
        );
    }
    for (world, office) in [
        (world(false), office(json!({}))),
        (world(true), office(json!({ "host": "other.test" }))),
        (world(false), office(json!({ "authority": "nonsense" }))),
    ] {
        assert_eq!(
            failure(run(&world, &office, "sql.query", ask.clone()).await).code,
            "tls"
        );
    }
}

#[tokio::test]
async fn no_internal_address_hears_a_byte_of_a_statement() {
    let server = Receiver::talking(vec![vec![Act::Hang]]).await;
    let port = server.port;
    for (host, code) in [
        ("127.0.0.1", "blocked"),
        ("localhost", "blocked"),
        ("0x7f.1", "blocked"),
        ("[::1]", "blocked"),
        ("10.0.0.1", "blocked"),
        ("169.254.169.254", "blocked"),
        ("metadata.test", "blocked"),
    ] {
        let world = match host {
            "metadata.test" => World::new(Config {
                resolver: Some(Names::of(&[(
                    "metadata.test",
                    &[&["93.184.216.34", "169.254.169.254"]],
                )])),
                ..Config::default()
            }),
            _ => closed(),
        };
        let office = Workspace::connected(
            "CRM",
            "postgres",
            json!({ "host": host, "port": port, "user": "u", "database": "d" }),
        );
        let refused =
            failure(run(&world, &office, "sql.query", sql(&["select 1"], json!([]))).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, Retriable::No),
            "{host}: {}",
            refused.message
        );
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_is_no_database_or_says_nothing_fails_with_what_it_means() {
    for (script, tls, code) in [
        (
            vec![
                Act::Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
                Act::Hang,
            ],
            "on",
            "bad_response",
        ),
        (
            vec![
                Act::Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
                Act::Hang,
            ],
            "off",
            "timeout",
        ),
        (vec![Act::Hang], "on", "timeout"),
        (vec![Act::Hang], "off", "timeout"),
        (
            vec![Act::Endless(vec![b'N'; 1 << 16])],
            "off",
            "bad_response",
        ),
    ] {
        let server = Receiver::talking(vec![script]).await;
        let office = at(
            &format!("postgres://u@127.0.0.1:{}/d", server.port),
            json!({ "tls": tls }),
        );
        let mut step = step("sql.query", sql(&["select 1"], json!([])));
        step.timeout = Duration::from_secs(1);
        let refused = failure(open().perform(&step, &office).await);
        assert_eq!(refused.code, code, "{tls}: {}", refused.message);
        assert_ne!(refused.retry, Retriable::Unknown);
    }
}

#[tokio::test]
async fn a_record_and_a_preview_show_statement_and_values_but_no_secret() {
    let url = lab::database();
    lab::sql(&url, LEADS).unwrap();
    let mut office = at(&url, json!({ "password": "canary-password" }));
    office.secrets = [("crm", vec!["canary-0123456789"])].into_iter().collect();
    let with = sql(
        &["select ", "::text as a, ", "::text as b"],
        json!([secret("crm"), "+1555"]),
    );
    let world = open();
    let preview = world
        .preview(&step("sql.query", with.clone()), &office)
        .await
        .unwrap();
    assert_eq!(
        preview.body.as_deref(),
        Some("select $1::text as a, $2::text as b")
    );
    assert_eq!(
        preview.headers,
        [
            ("$1".to_owned(), "‹secret:crm›".to_owned()),
            ("$2".to_owned(), "+1555".to_owned())
        ]
    );
    assert!(preview.url.starts_with("postgres://127.0.0.1:") && preview.method == "SQL");
    let outcome = run(&world, &office, "sql.query", with).await;
    assert!(!format!("{outcome:?}").contains("canary"), "{outcome:?}");
    let exchange = outcome.exchange.unwrap();
    assert_eq!(exchange.request, preview);
    assert!(exchange.response.unwrap().body.unwrap().contains("+1555"));
    assert_eq!(
        outcome.result.unwrap().body["rows"],
        json!([{ "a": "‹secret:crm›", "b": "+1555" }])
    );
}

#[tokio::test]
async fn what_is_surely_wrong_is_said_on_save() {
    let world = open();
    for (action, with, paths) in [
        (
            "sql.query",
            json!({ "sql": "delete from t" }),
            &["/sql"][..],
        ),
        ("sql.query", json!({ "sql": "{{ args.sql }}" }), &["/sql"]),
        ("sql.execute", json!({ "sql": "{{ args.sql }}" }), &["/sql"]),
        (
            "sql.query",
            json!({ "sql": "select {{ a }}", "params": [1], "max_rows": 0 }),
            &["/params", "/max_rows"],
        ),
        (
            "sql.query",
            json!({ "sql": "select {{ a }}", "max_rows": 10 }),
            &[],
        ),
        (
            "sql.insert",
            json!({ "table": "{{ t }}", "values": {}, "rows": [], "on_conflict": "x" }),
            &["/table", "/on_conflict", "/values"],
        ),
        ("sql.insert", json!({ "table": "t" }), &["/values"]),
        (
            "sql.update",
            json!({ "table": "t", "set": { "a": 1 }, "where": { "b": 2 }, "returning": "{{ x }}" }),
            &["/returning"],
        ),
    ] {
        assert_eq!(completed(&world, action, with.clone()).1, paths, "{with}");
    }
    let office = office(LEADS);
    for with in [
        json!({ "table": "leads", "set": { "hot": true }, "where": {} }),
        json!({ "table": "leads", "set": { "hot": true }, "where": { "phone": null } }),
        json!({ "table": "leads", "set": {}, "where": { "phone": "x" } }),
        json!({ "table": "leads", "set": "x", "where": { "phone": "x" } }),
    ] {
        assert_eq!(
            failure(run(&world, &office, "sql.update", with).await).code,
            "bad_input"
        );
    }
}
